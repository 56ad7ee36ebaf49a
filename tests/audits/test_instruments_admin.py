"""The administration of instruments: doors, the lock, own versions, codes, search, translations."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from audits.instruments import make_own_version
from audits.instruments.admin import InstrumentAdmin, admin_url
from audits.models import CodesignGuide, InstrumentPart, Translation
from audits.models.instrument import TreeRow
from audits.participation.models import ConsentReview
from benchmarks.models import Benchmark
from checklists.models import Checklist, Item
from tests.admin import add_row, errors, posted, said
from tests.factories import ChecklistFactory, CityWalkFactory, ItemFactory, SectionFactory, UserFactory

pytestmark = pytest.mark.django_db

INSTRUMENTS = [model for model, page in admin.site._registry.items() if isinstance(page, InstrumentAdmin)]
PAGES = ("change", "own_version", "difference", "translations", "publish", "retire")


@pytest.fixture(scope="module")
def _checklist(kept):
    call_command("loaddata", "checklist", verbosity=0)


@pytest.fixture
def checklist(_checklist):
    """The seeded original."""
    return Checklist.objects.get()


@pytest.fixture
def own(checklist):
    return make_own_version(checklist, code="integra_checklist", version="sofia")


@pytest.fixture
def platform(client):
    """The client of a platform admin."""
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


def item(instrument, key):
    return Item.objects.get(section__checklist=instrument, key=key)


def section(instrument, key):
    return instrument.sections.get(key=key)


# Doors ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_nobody_but_staff_comes_in(client, own, page):
    for person in (None, UserFactory()):
        if person:
            client.force_login(person)
        response = client.get(admin_url(own, page))
        assert response.status_code == 302
        assert "login" in response["Location"]


@pytest.mark.parametrize("page", PAGES)
def test_staff_without_permission_sees_no_instrument(client, own, page):
    client.force_login(UserFactory(is_staff=True))
    method = client.post if page in ("publish", "retire") else client.get
    assert method(admin_url(own, page)).status_code == 403


def test_staff_who_may_only_look_cannot_change_anything(client, own):
    person = UserFactory(is_staff=True)
    person.user_permissions.add(*Permission.objects.filter(codename__startswith="view_"))
    client.force_login(person)
    assert client.get(admin_url(own)).status_code == 200
    assert client.get(admin_url(own, "translations")).status_code == 200
    assert client.get(admin_url(own, "own_version")).status_code == 403
    for page in ("change", "translations", "retire", "own_version"):
        assert client.post(admin_url(own, page), {}).status_code == 403, page


def test_participants_material_is_not_in_the_administration():
    rooms = {model._meta.app_label for model in admin.site._registry}
    assert rooms == {
        "audits",
        "auth",
        "benchmarks",
        "checklists",
        "deskresearch",
        "focusgroups",
        "participation",
        "photovoice",
    }
    for model in admin.site._registry:
        # Of participation only who compared the consent texts.
        if model._meta.app_label not in ("audits", "auth", "benchmarks") and model is not ConsentReview:
            assert issubclass(model, TreeRow), model


# The start page -------------------------------------------------------------------------------------------


def test_start_page_groups_what_there_is(platform):
    page = platform.get("/admin/")
    groups = page.context["app_list"]
    assert [str(group["name"]) for group in groups] == [
        "Instruments",
        "Search in all instruments",
        "Shared by all benchmarks",
        "Cities and people",
    ]
    assert len(groups[0]["models"]) == 7
    names = [str(model["name"]) for group in groups for model in group["models"]]
    assert len(names) == len(set(names))


def test_start_page_speaks_the_language_of_the_person(platform):
    platform.cookies["django_language"] = "bg"
    page = platform.get("/admin/")
    assert page.context["request"].LANGUAGE_CODE == "bg"
    assert 'lang="bg"' in page.content.decode()


# The lock -------------------------------------------------------------------------------------------------


def test_original_is_shown_and_not_changed(platform, checklist):
    for row in (checklist, section(checklist, "vision"), item(checklist, "V1")):
        page = platform.get(admin_url(row))
        text = page.content.decode()
        assert "This is an original: read-only." in text
        assert 'name="_save"' not in text
        assert 'type="text"' not in text
        assert platform.post(admin_url(row), {}).status_code == 403
        assert platform.post(admin_url(row, "delete"), {"post": "yes"}).status_code == 403
    assert Item.objects.count() == 30


def test_version_in_use_is_shown_with_what_uses_it_and_not_changed(platform, own):
    walk = CityWalkFactory(checklist=own, title="Old town")
    text = platform.get(admin_url(own)).content.decode()
    assert "This version is in use: read-only." in text
    assert f"Old town ({walk.audit})" in text
    assert platform.post(admin_url(own), {}).status_code == 403
    assert platform.post(admin_url(item(own, "V1")), {}).status_code == 403
    assert platform.post(admin_url(own, "delete"), {"post": "yes"}).status_code == 403


def test_version_of_a_planned_walk_is_not_said_to_have_results(platform, own):
    CityWalkFactory(checklist=own)
    text = platform.get(admin_url(own)).content.decode()
    assert "What uses it keeps these words" in text
    assert "Results have been collected" not in text
    assert "1 city walk:" in text
    CityWalkFactory(checklist=own)
    assert "2 city walks:" in platform.get(admin_url(own)).content.decode()


def test_columns_that_say_nothing_are_left_out_where_nothing_can_be_written(platform, own):
    Item.objects.filter(section__checklist=own, section__key="vision").update(short="")
    CityWalkFactory(checklist=own)
    page = platform.get(admin_url(section(own, "vision"))).content.decode()
    assert "column-statement" in page
    assert "column-short" not in page


def test_unused_own_version_can_be_deleted_with_its_translations(platform, own):
    Translation.objects.create(target=item(own, "V1"), field="short", language="bg", text="Ъ")
    response = platform.post(admin_url(own, "delete"), {"post": "yes"})
    assert response.status_code == 302
    assert Checklist.objects.count() == 1
    assert not Translation.objects.exists()


def test_retire_and_take_back(platform, checklist):
    assert platform.get(admin_url(checklist, "retire")).status_code == 405
    page = platform.post(admin_url(checklist, "retire"), follow=True)
    assert "is retired" in page.content.decode()
    assert not Checklist.objects.current().exists()
    platform.post(admin_url(checklist, "retire"))
    assert Checklist.objects.current().exists()


def test_own_version_is_a_draft_until_it_is_published(platform, own):
    page = platform.get(admin_url(own)).content.decode()
    assert "It is offered to nobody until you publish it." in page
    assert admin_url(own, "retire") not in page
    assert own not in Checklist.objects.current()
    Checklist.objects.filter(pk=own.pk).update(title="Another name")
    page = platform.post(admin_url(own, "publish"), follow=True).content.decode()
    assert "No wording in this version differs from" in page
    assert own not in Checklist.objects.current()
    changed = item(own, "V1")
    changed.statement = "Other words."
    changed.save()
    page = platform.post(admin_url(own, "publish"), follow=True).content.decode()
    assert "is published: it is offered for new work." in page
    assert admin_url(own, "publish") not in page
    assert own in Checklist.objects.current()


# Own versions ---------------------------------------------------------------------------------------------


def test_own_version_is_made_and_opened(platform, checklist):
    page = platform.post(
        admin_url(checklist, "own_version"),
        {"title": "City walk checklist", "code": "integra_checklist", "version": "sofia"},
        follow=True,
    )
    own = Checklist.objects.get(version="sofia")
    assert page.redirect_chain == [(admin_url(own), 302)]
    assert "This is an own version: everything can be changed." in page.content.decode()
    assert 'name="_save"' in page.content.decode()


def test_own_version_says_why_a_name_is_refused(platform, checklist, own):
    for version, reason in (
        ("2", "Plain numbers are kept for originals"),
        ("sofia", "There is a version of this name already"),
        ("", "Fill this in."),
    ):
        page = platform.post(
            admin_url(checklist, "own_version"), {"title": "A", "code": "integra_checklist", "version": version}
        )
        assert page.status_code == 200
        assert reason in page.content.decode()
    assert Checklist.objects.count() == 2


def test_difference_page_shows_old_and_new_words(platform, own):
    statement = item(own, "V1")
    statement.statement = statement.statement.replace("a strategy", "a written strategy")
    statement.recode()
    statement.save()
    item(own, "C7").delete()
    text = platform.get(admin_url(own, "difference")).content.decode()
    assert '<ins><span class="visually-hidden">added: </span>written</ins>' in text
    assert "new code, was V1" in text
    assert "<h2>Removed" in text


def test_untouched_paragraphs_read_the_same_after_saving(platform, own):
    for model in (Checklist, Item):
        model.objects.update(**{"purpose" if model is Checklist else "statement": "First.\n\nSecond."})
    for page in (admin_url(own), admin_url(section(own, "vision"))):
        data = posted(platform.get(page))
        assert any("\r\n" in value for value in data.values())
        assert platform.post(page, data).status_code == 302
    own.refresh_from_db()
    assert own.purpose == "First.\n\nSecond."
    assert item(own, "V1").replaces == ""
    Checklist.objects.filter(pk=own.pk).update(purpose="First.\r\n\r\nSecond.")
    assert "The two read the same." in platform.get(admin_url(own, "difference")).content.decode()


def test_difference_names_choices_by_their_labels_and_gives_texts_whole(platform, own):
    row = section(own, "civic")
    row.area, row.can_be_per_place = "vision", True
    row.save()
    long = "The city has a written strategy " + "for everybody who lives and works in it " * 5 + "to the end."
    Item(section=row, key="C99", statement=long, position=99).save()
    text = platform.get(admin_url(own, "difference")).content.decode()
    assert '<ins><span class="visually-hidden">added: </span>City Vision and Services for TCN</ins>' in text
    assert "civic" not in text.split("<main")[-1]
    assert '<ins><span class="visually-hidden">added: </span>yes</ins>' in text
    assert long in text


def test_original_has_no_difference_page(platform, checklist):
    assert platform.get(admin_url(checklist, "difference")).status_code == 404


# Codes ----------------------------------------------------------------------------------------------------


def test_reworded_statement_gets_a_new_code_and_says_what_it_replaces(platform, own):
    url = admin_url(section(own, "vision"))
    data = posted(platform.get(url), **{"items-0-statement": "The city has a plan."})
    page = platform.post(url, data, follow=True)
    assert "a new code: V1b" in page.content.decode()
    changed = item(own, "V1b")
    assert (changed.replaces, changed.statement) == ("V1", "The city has a plan.")
    assert "Replaces the statement V1" in platform.get(admin_url(changed)).content.decode()


def test_statement_reworded_on_its_own_page_gets_a_new_code_too(platform, own):
    row = item(own, "V1")
    data = posted(platform.get(admin_url(row)), statement="The city has a plan.")
    page = platform.post(admin_url(row), data, follow=True)
    assert "a new code: V1b" in page.content.decode()
    assert page.redirect_chain == [(admin_url(section(own, "vision")), 302)]


def test_new_short_form_keeps_the_code(platform, own):
    url = admin_url(section(own, "vision"))
    platform.post(url, posted(platform.get(url), **{"items-0-short": "A strategy"}))
    assert (item(own, "V1").short, item(own, "V1").replaces) == ("A strategy", "")


@pytest.mark.parametrize("name", ["checklist", "benchmark_theme_cd", "benchmark_unites_codesign", "codesign"])
def test_emptied_text_is_refused_beside_its_field_and_everything_is_kept(platform, name):
    call_command("loaddata", name, verbosity=0)
    kind = {"checklist": Checklist, "codesign": CodesignGuide}.get(name, Benchmark)
    own = make_own_version(kind.objects.first(), code="own", version="own")
    pages = {type(row): row for row in own.rows() if type(row) in admin.site._registry}
    for row in pages.values():
        url = admin_url(row)
        page = platform.get(url)
        for inline in [None, *page.context["inline_admin_formsets"]]:
            form = inline.formset.forms[0] if inline and inline.formset.forms else page.context["adminform"].form
            required = [field for field in form if field.field.required and field.name in row_texts(form)]
            if required:
                refused = platform.post(url, posted(page, **{field.html_name: " " for field in required}))
                assert refused.status_code == 200
                assert said(refused) == ["Fill this in."] * len(required), url
    assert kind.objects.get(pk=own.pk).title == own.title


def row_texts(form) -> set[str]:
    return {"title", "statement", "text", "definition", "city", "key"} & set(form.fields)


def test_emptied_statement_on_the_page_of_its_parent_gives_one_message(platform, own):
    url = admin_url(section(own, "vision"))
    page = platform.post(url, posted(platform.get(url), **{"items-0-statement": " ", "items-0-short": "Kept"}))
    assert said(page) == ["Fill this in."]
    assert 'value="Kept"' in page.content.decode()
    page = platform.post(url, add_row(posted(platform.get(url)), "items", key="U99", statement=" "))
    assert said(page) == ["Fill this in."]


def test_section_is_not_deleted_with_its_statements_unasked(platform, own):
    url = admin_url(own)
    page = platform.post(url, posted(platform.get(url), **{"sections-0-DELETE": "on"}))
    (message,) = said(page)
    count = section(own, "vision").items.count()
    assert message.startswith(f"{count} rows stand below it (statements: {count}).")
    assert message in page.content.decode()
    assert own.sections.count() == 4


def test_taken_code_is_refused_beside_its_field(platform, own):
    url = admin_url(section(own, "vision"))
    data = add_row(posted(platform.get(url)), "items", key="A1", statement="Something new.")
    page = platform.post(url, data)
    assert "This version has another one with this code." in errors(page)
    assert Item.objects.filter(section__checklist=own).count() == 30


def test_position_below_one_is_refused_in_plain_words(platform, own):
    url = admin_url(section(own, "vision"))
    page = platform.post(url, posted(platform.get(url), **{"items-0-position": -3}))
    assert said(page) == ["Write a whole number from 1."]


def test_code_with_a_space_is_refused_in_plain_words(platform, own):
    url = admin_url(own)
    page = platform.post(url, posted(platform.get(url), code="Our list"))
    assert said(page) == ["Write it without spaces, from the letters a to z, digits, hyphens and underscores."]


def test_new_statement_stands_last(platform, own):
    url = admin_url(section(own, "vision"))
    data = add_row(posted(platform.get(url)), "items", key="V9", statement="Something new.", short="")
    assert platform.post(url, data).status_code == 302
    assert [row.key for row in section(own, "vision").items.all()][-1] == "V9"


# Search and lists -----------------------------------------------------------------------------------------


FOUND = [
    ("STRATEGY diversity", {"V1"}),
    ("стратегия", {"V1"}),
    ("СТРАТЕГИЯ многообразие", {"V1"}),
    ("осветление", {"U1"}),
    ("osvetleni", {"U1"}),  # Czech "osvětlení", typed without its accents
    ("إنارة", {"U1"}),
    ("انارة", {"U1"}),  # without the hamza
    ("إِنَارَة", {"U1"}),  # with vowel signs
    ("освітлення", {"U1"}),
    ("u1", {"U1", "U10"}),
    ("100%", set()),
]


def test_statement_is_found_in_any_language_and_case(platform, checklist):
    call_command("seed", verbosity=0)
    for words, found in FOUND:
        page = platform.get(reverse("admin:checklists_item_changelist"), {"q": words})
        assert {row.key for row in page.context["cl"].result_list} == found, words


def test_every_list_can_be_searched_in_any_script(platform):
    # The few consent texts are one page, no list of rows.
    others = ("auth", "participation")
    lists = {model: page for model, page in admin.site._registry.items() if model._meta.app_label not in others}
    assert len(lists) > 25
    for model, page in lists.items():
        assert page.search_fields, model
        url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        assert platform.get(url, {"q": "Ünïcode дума كلمة 50%_"}).status_code == 200


def test_lists_take_the_same_number_of_queries_for_more_rows(platform, django_assert_num_queries):
    def row():
        checklist = ChecklistFactory(version="own")
        CityWalkFactory(checklist=checklist)
        statement = ItemFactory(section=SectionFactory(checklist=checklist))
        Translation.objects.create(
            target=statement,
            field="statement",
            language="bg",
            text="Ъ",
            reviewed_by=UserFactory(),
            reviewed_at=timezone.now(),
        )

    pinned = {"checklist": 6, "section": 6, "item": 6}
    row()
    for name in pinned:
        platform.get(reverse(f"admin:checklists_{name}_changelist"))
    platform.get(reverse("admin:audits_translation_changelist"))
    for rows in (1, 3):
        while Checklist.objects.count() < rows:
            row()
        for name, queries in pinned.items():
            with django_assert_num_queries(queries):
                platform.get(reverse(f"admin:checklists_{name}_changelist"))
        with django_assert_num_queries(6):
            platform.get(reverse("admin:audits_translation_changelist"))


def test_list_says_what_is_in_use_and_what_is_retired(platform, own):
    CityWalkFactory(checklist=own)
    Checklist.objects.filter(pk=own.derived_from.pk).update(retired_at=timezone.now())
    draft = make_own_version(own, code="integra_checklist", version="varna")
    Checklist.objects.filter(pk=own.pk).update(is_draft=False)
    url = reverse("admin:checklists_checklist_changelist")
    text = platform.get(url).content.decode()
    assert "in use" in text
    assert "not used yet" in text
    assert [row.pk for row in platform.get(url, {"retired": "no"}).context["cl"].result_list] == [own.pk]
    assert [row.pk for row in platform.get(url, {"retired": "draft"}).context["cl"].result_list] == [draft.pk]


# Pages stay small -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["codesign", "benchmark_cultural_diversity"])
def test_no_page_comes_near_the_limit_of_fields(platform, settings, name):
    call_command("loaddata", name, verbosity=0)
    model = CodesignGuide if name == "codesign" else Benchmark
    own = make_own_version(model.objects.get(), code="own", version="own")
    open_pages = [row for row in own.rows() if type(row) in admin.site._registry]
    largest = max(len(posted(platform.get(admin_url(row)))) for row in open_pages if not _is_like(row, open_pages))
    assert 0 < largest < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS / 2
    page = platform.get(admin_url(own, "translations"))
    assert page.content.decode().count(' name="') < 200


def _is_like(row, rows) -> bool:
    """Of each kind, only the row with the most rows below it is looked at."""
    if not isinstance(row, InstrumentPart):
        return False

    def below(one):
        return sum(model.objects.filter(**{model.parent_field: one}).count() for model in one.children())

    return row != max((one for one in rows if type(one) is type(row)), key=below)


# Translations ---------------------------------------------------------------------------------------------


def texts(response) -> dict:
    return {entry.name: entry for entry in response.context["page"].shown}


def name_of(row, field) -> str:
    return f"{row._meta.model_name}-{row.pk}-{field}"


def sent(entry_name, text, *, revision=0, reviewed=False) -> dict:
    data = {f"{entry_name}-text": text, f"{entry_name}-revision": revision}
    return {**data, f"{entry_name}-reviewed": "on"} if reviewed else data


def test_translations_stand_beside_their_source(platform, checklist):
    call_command("seed", verbosity=0)
    page = platform.get(admin_url(checklist, "translations"), {"language": "ar", "q": "street lighting"})
    text = page.content.decode()
    entry = texts(page)[name_of(item(checklist, "U1"), "statement")]
    assert entry.where == "Statement U1: statement"
    assert entry.state == "draft"
    assert '<div class="source" lang="en" dir="ltr">' in text
    assert 'lang="ar" dir="rtl"' in text
    assert "إنارة" in text


def test_translations_are_saved_with_their_reviewer(platform, checklist):
    row = item(checklist, "V1")
    url = admin_url(checklist, "translations") + "?language=bg"
    page = platform.post(url, sent(name_of(row, "statement"), "Градът има стратегия.", reviewed=True), follow=True)
    assert "1 text saved." in page.content.decode()
    translation = Translation.objects.get()
    assert (translation.text, translation.language, translation.is_reviewed) == ("Градът има стратегия.", "bg", True)
    assert translation.reviewed_by == page.wsgi_request.user
    assert texts(page)[name_of(row, "statement")].state == "reviewed"


def test_saving_untouched_texts_changes_nothing(platform, checklist):
    call_command("seed", verbosity=0)
    url = admin_url(checklist, "translations") + "?language=bg"
    data = {}
    for entry in texts(platform.get(url)).values():
        data |= sent(entry.name, entry.text.replace("\n", "\r\n"), revision=entry.revision)
    before = list(Translation.objects.order_by("pk").values())
    page = platform.post(url, data, follow=True)
    assert "Nothing was changed." in page.content.decode()
    assert list(Translation.objects.order_by("pk").values()) == before


def test_two_writers_see_both_texts_and_lose_none(platform, checklist):
    first, second = item(checklist, "V1"), item(checklist, "V2")
    theirs = Translation.objects.create(
        target=first, field="short", language="bg", text="Тяхното", source=first.short, revision=3
    )
    url = admin_url(checklist, "translations") + "?language=bg&show=missing"
    mine = sent(name_of(first, "short"), "Моето", revision=2)
    page = platform.post(url, mine | sent(name_of(second, "short"), "Друго"))
    text = page.content.decode()
    assert page.status_code == 200
    assert "Тяхното" in text
    assert ">Моето</textarea>" in text
    assert Translation.objects.get(object_id=second.pk, field="short").text == "Друго"
    theirs.refresh_from_db()
    assert theirs.text == "Тяхното"

    platform.post(url, sent(name_of(first, "short"), "Моето", revision=3))
    theirs.refresh_from_db()
    assert theirs.text == "Моето"


def test_too_long_short_form_is_refused_and_kept_in_its_box(platform, checklist):
    row = item(checklist, "V1")
    url = admin_url(checklist, "translations") + "?language=bg"
    page = platform.post(url, sent(name_of(row, "short"), "ъ" * 81))
    assert "At most 80 signs." in page.content.decode()
    assert "ъ" * 81 in page.content.decode()
    assert not Translation.objects.exists()


def test_review_of_no_text_is_refused_beside_it(platform, checklist):
    name = name_of(item(checklist, "V1"), "short")
    page = platform.post(admin_url(checklist, "translations") + "?language=bg", sent(name, " ", reviewed=True))
    assert "There is no text to review yet. Write it first." in page.content.decode()
    assert not Translation.objects.exists()


def test_page_says_whose_review_a_changed_text_has(platform, checklist):
    row, other = item(checklist, "V1"), UserFactory()
    name = name_of(row, "short")
    url = admin_url(checklist, "translations") + "?language=bg"
    translation = Translation.objects.create(
        target=row,
        field="short",
        language="bg",
        text="А",
        source=row.short,
        reviewed_by=other,
        reviewed_at=timezone.now(),
    )
    assert "Whoever saves a changed text" in platform.get(url).content.decode()
    page = platform.post(url, sent(name, "Б", revision=1, reviewed=True), follow=True)
    assert "1 reviewed text was changed; you stand as its reviewer now." in page.content.decode()
    translation.refresh_from_db()
    assert translation.reviewed_by == page.wsgi_request.user
    page = platform.post(url, sent(name, "В", revision=2), follow=True)
    assert "1 text saved." in page.content.decode()
    assert "you stand" not in page.content.decode()
    translation.refresh_from_db()
    assert not translation.is_reviewed


def test_emptied_translation_is_told(platform, own):
    CityWalkFactory(checklist=own)
    row = item(own, "V1")
    Translation.objects.create(
        target=row, field="short", language="bg", text="А", source=row.short, reviewed_at=timezone.now()
    )
    url = admin_url(own, "translations") + "?language=bg"
    data = sent(name_of(row, "short"), "", revision=1, reviewed=True) | sent(name_of(item(own, "V2"), "short"), "Б")
    text = platform.post(url, data, follow=True).content.decode()
    assert "1 text saved. 1 translation removed; readers see the original." in text


def test_texts_are_filtered_by_state_and_words(platform, checklist):
    call_command("seed", verbosity=0)
    url = admin_url(checklist, "translations")
    missing = texts(platform.get(url, {"language": "bg", "show": "missing"}))
    assert {entry.field for entry in missing.values()} == {"title", "purpose", "instructions", "scoring", "limits"}
    assert len(texts(platform.get(url, {"language": "bg", "q": "ОСВЕТЛЕНИЕ"}))) == 2
    assert texts(platform.get(url, {"language": "xx", "show": "nonsense", "p": "99"}))


def test_translations_page_takes_the_same_number_of_queries_for_more_texts(
    platform, checklist, django_assert_num_queries
):
    url = admin_url(checklist, "translations") + "?language=bg"
    platform.get(url)
    with django_assert_num_queries(6):
        platform.get(url)
    call_command("seed", verbosity=0)
    with django_assert_num_queries(6):
        platform.get(url)


def test_translation_in_the_list_leads_beside_its_source(platform, checklist):
    row = item(checklist, "V1")
    translation = Translation.objects.create(target=row, field="short", language="ar", text="نص", source=row.short)
    page = platform.get(admin_url(translation), follow=True)
    assert page.redirect_chain[0][0].startswith(admin_url(checklist, "translations"))
    assert name_of(row, "short") in texts(page)


def test_every_instrument_has_its_pages(platform):
    call_command("seed", verbosity=0)
    roots = [model for model, page in admin.site._registry.items() if isinstance(page, InstrumentAdmin)]
    assert len(roots) == 6
    for model in roots:
        original = model.objects.originals().first()
        assert platform.get(admin_url(original)).status_code == 200
        assert platform.get(admin_url(original, "translations")).status_code == 200
        own = make_own_version(original, code=original.code, version="own")
        assert platform.get(admin_url(own)).status_code == 200
        url = admin_url(own)
        assert platform.post(url, posted(platform.get(url))).status_code == 302, errors(
            platform.post(url, posted(platform.get(url)))
        )
        assert "The two read the same." in platform.get(admin_url(own, "difference")).content.decode()
        assert platform.get(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")).status_code == 200
