"""The seeded instruments: how many of each there are, clean wording, and that loading again changes nothing.

The numbers were counted by hand in the toolkits.
"""

import json
import re
import uuid
from collections import Counter
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from audits.enums import Area
from audits.instruments import load_translations, make_own_version
from audits.models import CodesignGuide, Instrument, InstrumentPart, Translation
from audits.models.instrument import Sourced, TreeRow
from benchmarks.enums import CharterRole, Part
from benchmarks.models import Benchmark, CharterCommitment, ContextFactor, Criterion, Example, GuideQuestion, KeyFactor
from checklists.models import Checklist, Item
from deskresearch.models import ResearchGuide
from focusgroups.models import DiscussionGuide
from photovoice.models import PhotovoiceGuide

FOLDER = Path(settings.BASE_DIR) / "fixtures"
FILES = sorted(FOLDER.glob("*.json"))
LANGUAGES = ["ar", "bg", "cs", "hr", "it", "sk", "uk"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]


def keys(queryset):
    return list(queryset.values_list("key", flat=True))


def whole_database() -> dict[str, list[tuple]]:
    with connection.cursor() as cursor:
        tables = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            tables[table] = sorted(cursor.fetchall(), key=repr)
    return tables


def test_checklist_has_30_statements_in_four_sections():
    checklist = Checklist.objects.get(code="integra_checklist", version="1")
    assert checklist.is_original
    sections = list(checklist.sections.all())
    assert [(section.key, section.area) for section in sections] == [(area, area) for area in Area.values]
    assert [section.items.count() for section in sections] == [8, 7, 10, 5]
    assert [section.key for section in sections if section.can_be_per_place] == ["urban"]
    codes = [f"{letter}{n}" for letter, last in zip("VCUA", (8, 7, 10, 5), strict=True) for n in range(1, last + 1)]
    assert keys(Item.objects.order_by("section__position", "position")) == codes
    assert all(item.short and len(item.short) <= 80 for item in Item.objects.all())
    assert Item.objects.get(key="U1").statement == (
        "Outdoor safety is promoted by good street lighting, police patrols and community education."
    )


def test_focus_group_guide_has_14_questions_one_with_four_levels():
    guide = DiscussionGuide.objects.get()
    assert Counter(guide.questions.values_list("area", flat=True)) == {
        Area.VISION: 5,
        Area.URBAN: 3,
        Area.CIVIC: 3,
        Area.ATTITUDES: 3,
    }
    with_levels = guide.questions.get(levels__key="none")
    assert with_levels.text == "How do you assess the level of TCN's social inclusion:"
    assert [level.title for level in with_levels.levels.all()] == ["None", "Low", "Medium", "High"]
    assert (guide.target_groups.count(), guide.topics.count(), guide.report_questions.count()) == (7, 4, 3)


def test_desk_research_guide_has_two_steps_of_8_questions():
    guide = ResearchGuide.objects.get()
    assert keys(guide.source_types) == ["documents", "literature", "secondary_data", "media"]
    assert [(step.aspects.count(), step.questions.count()) for step in guide.steps.all()] == [(3, 8), (0, 8)]


def test_photovoice_guide_sorts_deficiencies_in_three():
    guide = PhotovoiceGuide.objects.get()
    assert guide.themes.count() == 2
    assert guide.upload_options.count() == 3
    top = guide.wrap_up_categories.filter(parent=None)
    assert keys(top) == ["deficiencies", "achievements", "way_ahead"]
    assert keys(top.get(key="deficiencies").sub_categories) == ["most_common", "urgent", "subtle"]


# Guide questions by factor: top level, or (top level, sub-questions).
QUESTIONS = {
    "theme_a": dict(zip(map(str, range(1, 12)), (5, 6, 5, 7, 11, 6, 7, 5, 5, 8, 6), strict=True)),
    "theme_b": dict(zip(map(str, range(1, 9)), (5, 5, 7, 7, 9, 6, 5, 5), strict=True)),
    "theme_cd": {
        **dict(zip((f"KF{n}" for n in range(1, 8)), (5, 5, 5, 3, 3, 1, 3), strict=True)),
        **{"KF/N1": 4, "KF/N2": (3, 4), "KF/N3": (3, 4), "KF/N4": 5, "KF/N5": 7},
    },
    "anti_discrimination": dict(
        zip((f"{n:02}" for n in range(1, 12)), (4, 5, 4, 3, 4, (7, 3), 6, 5, 4, 3, 6), strict=True)
    ),
    "cultural_diversity": dict(
        zip((f"{n:02}" for n in range(1, 14)), (4, 5, 4, 6, 4, 6, (4, 7), 5, 3, 5, 5, 6, 4), strict=True)
    ),
    "unites_codesign": dict.fromkeys(map(str, range(1, 8)), 0),
}
EXAMPLES = {
    "anti_discrimination": [2, 2, 1, 2, 2, 2, 2, 2, 2, 2, 1],
    "cultural_diversity": [2, 2, 2, 2, 2, 2, 1, 2, 2, 2, 1, 2, 2],
}


@pytest.mark.parametrize("code", QUESTIONS)
def test_benchmark_has_its_factors_and_questions(code):
    benchmark = Benchmark.objects.get(code=code)
    factors = list(benchmark.factors.all())
    assert [factor.key for factor in factors] == list(QUESTIONS[code])
    for factor in factors:
        counts = QUESTIONS[code][factor.key]
        top, sub = counts if isinstance(counts, tuple) else (counts, 0)
        assert factor.questions.filter(parent=None).count() == top, factor.key
        assert factor.questions.exclude(parent=None).count() == sub, factor.key
        assert factor.statement
    assert [factor.examples.count() for factor in factors] == EXAMPLES.get(code, [0] * len(factors))
    assert benchmark.rationale
    assert bool(benchmark.standard) is (code != "unites_codesign")


def test_six_benchmarks_add_up():
    assert set(Benchmark.objects.values_list("code", flat=True)) == set(QUESTIONS)
    assert KeyFactor.objects.count() == 62
    assert GuideQuestion.objects.filter(parent=None).count() == 279
    assert GuideQuestion.objects.exclude(parent=None).count() == 18
    assert Example.objects.count() == 44
    cd = KeyFactor.objects.filter(benchmark__code="theme_cd")
    assert (cd.filter(part=Part.CORE).count(), cd.filter(part=Part.NEIGHBOURHOOD).count()) == (7, 5)
    unites = KeyFactor.objects.filter(benchmark__code="unites_codesign")
    counts = [
        (factor.criteria.filter(parent=None).count(), factor.criteria.exclude(parent=None).count()) for factor in unites
    ]
    assert counts == [(4, 2), (0, 0), (4, 0), (3, 0), (4, 0), (4, 5), (2, 0)]
    assert Criterion.objects.exclude(factor__benchmark__code="unites_codesign").count() == 0


def test_methods_and_charter_are_shared_by_all_benchmarks():
    assert ContextFactor.objects.count() == 7
    assert Counter(CharterCommitment.objects.values_list("role", flat=True)) == {
        CharterRole.POLICY_MAKER: 3,
        CharterRole.SERVICE_PROVIDER: 2,
        CharterRole.EMPLOYER: 3,
        CharterRole.BUYER: 3,
    }
    assert apps.get_model("benchmarks.BenchmarkUse").objects.count() == 3
    assert apps.get_model("benchmarks.PeerReviewStep").objects.count() == 7


def test_codesign_guide_is_complete():
    guide = CodesignGuide.objects.get()
    assert guide.stages.count() == 4
    lists = {checklist.key: checklist.items for checklist in guide.checklists.all()}
    assert {key: items.count() for key, items in lists.items()} == {
        "policy_cycle": 4,
        "stakeholder_engagement": 8,
        "codesign_tips": 15,
        "strategic_approach": 8,
    }
    groups = Counter(lists["codesign_tips"].values_list("group", flat=True))
    assert sorted(groups.values()) == [3, 3, 4, 5]
    assert guide.tools.count() == 4
    assert guide.barriers.count() == 8
    assert guide.barriers.get(key="gender").gender_points.count() == 4
    assert guide.tips.count() == 7
    assert guide.examples.count() == 13
    assert guide.examples.filter(unites_city=True).count() == 5
    assert guide.selection_questions.count() == 4
    assert guide.voices.count() == 9


def texts_of(rows):
    for row in rows:
        for field, value in row["fields"].items():
            if isinstance(value, str):
                yield f"{row['model']} {row['fields'].get('key', '')}.{field}", value


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_fixture_is_clean(file):
    """No page-break or list-end artefact, no footnote mark, no double space, no primary key."""
    rows = json.loads(file.read_text(encoding="utf-8"))
    artefact = re.compile(r"[;,]$|; and$|[¹²³\xad\t\r▣❑•]|\S  \S|\.,\.|\?[a-z]|\*\*|^\s|\s$")
    assert [name for name, text in texts_of(rows) if artefact.search(text)] == []
    assert [row for row in rows if "pk" in row] == []
    for row in rows:
        if issubclass(model := apps.get_model(row["model"]), Sourced):
            assert row["fields"]["source_title"], model
            assert row["fields"]["authoring"], model
            assert row["fields"]["source_date"], model


def test_every_installation_has_the_same_identifiers():
    seen = set()
    for model in apps.get_models():
        if not issubclass(model, TreeRow):
            continue
        for row in model.objects.all():
            name = "/".join([row._meta.label_lower, *row.natural_key()])
            assert row.uuid == uuid.uuid5(uuid.NAMESPACE_URL, f"integra:{name}"), name
            assert row.uuid not in seen
            seen.add(row.uuid)
    assert len(seen) == sum(
        model.objects.count() for model in apps.get_models() if issubclass(model, Instrument | InstrumentPart)
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_checklist_is_translated_as_drafts(language):
    rows = Translation.objects.filter(language=language, content_type__app_label="checklists")
    assert Counter(rows.values_list("field", flat=True)) == {"title": 4, "statement": 30, "short": 30}
    assert not rows.filter(text="").exists()
    assert not rows.filter(source="").exists()
    assert not rows.filter(reviewed_at__isnull=False).exists()
    assert all(len(text) <= 80 for text in rows.filter(field="short").values_list("text", flat=True))


PHOTOVOICE = {"theme": 2, "wrapupcategory": 6, "uploadoption": 3, "instruction": 12}


@pytest.mark.parametrize("language", LANGUAGES)
def test_photovoice_guide_is_translated_as_drafts(language):
    rows = Translation.objects.filter(language=language, content_type__app_label="photovoice")
    parts = {(model, field): number for model, number in PHOTOVOICE.items() for field in ("title", "text")}
    whole = {("photovoiceguide", "title"): 1, ("photovoiceguide", "purpose"): 1}
    assert Counter(rows.values_list("content_type__model", "field")) == whole | parts
    assert not rows.filter(text="").exists()
    assert not rows.filter(reviewed_at__isnull=False).exists()


def test_seeding_twice_changes_nothing():
    before = whole_database()
    call_command("seed", verbosity=0)
    assert whole_database() == before


def test_seeding_leaves_own_versions_retirement_and_edited_translations_alone():
    own = make_own_version(Checklist.objects.get(), code="integra_checklist", version="sofia")
    item = Item.objects.get(section__checklist=own, key="V1")
    item.statement, item.key, item.replaces = "Reworded.", "V1b", "V1"
    item.save()
    Benchmark.objects.filter(code="theme_a").update(retired_at=timezone.now())
    edited = Translation.objects.filter(language="bg").first()
    edited.text, edited.revision = "Поправено.", 2
    edited.save()
    cleared = Translation.objects.filter(language="bg").last()
    cleared.text = ""
    cleared.save()
    before = whole_database()
    call_command("seed", verbosity=0)
    assert whole_database() == before


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_plain_loaddata_works(file):
    before = whole_database()
    call_command("loaddata", file.stem, verbosity=0)
    assert whole_database() == before


def test_translation_for_an_unknown_row_is_refused(tmp_path):
    (tmp_path / "bg.json").write_text(
        json.dumps(
            [{"model": "checklists.section", "key": ["integra_checklist", "1", "nowhere"], "texts": {"title": "x"}}]
        )
    )
    with pytest.raises(KeyError):
        load_translations(tmp_path)
