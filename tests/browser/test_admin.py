"""The administration of instruments in a real browser, under the site's Content Security Policy."""

from itertools import pairwise

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from audits.instruments import make_own_version
from audits.instruments.admin import admin_url
from audits.models import Translation
from tests.factories import (
    AuditFactory,
    BenchmarkFactory,
    GuideQuestionFactory,
    ItemFactory,
    KeyFactorFactory,
    MembershipFactory,
    SectionFactory,
    UserFactory,
)

from .conftest import axe, follow, looks, no_overflow, sign_in


@pytest.fixture
def platform(page):
    sign_in(page, UserFactory(is_staff=True, is_superuser=True))
    return page


@pytest.fixture
def benchmark():
    benchmark = BenchmarkFactory(title="Anti-discrimination", standard="The city takes steps.")
    for position, key in enumerate("ABCD", 1):
        KeyFactorFactory(benchmark=benchmark, key=key, position=position)
    return benchmark


def codes(benchmark) -> str:
    return "".join(benchmark.factors.order_by("position").values_list("key", flat=True))


def test_factors_are_ordered_by_dragging(platform, benchmark):
    platform.goto(admin_url(benchmark))
    handles = platform.locator("#factors-group td.original p")
    handles.nth(3).drag_to(handles.nth(0))
    expect(platform.locator("#factors-group tr.has_original .field-key input").nth(0)).to_have_value("D")
    expect(platform.locator("#factors-group .field-position input").nth(0)).to_have_value("1")
    axe(platform)
    follow(platform.get_by_role("button", name="Save", exact=True))
    assert codes(benchmark) == "DABC"


def test_factors_are_ordered_by_keyboard(platform, benchmark):
    platform.goto(admin_url(benchmark))
    place = platform.get_by_label("Position").nth(3)
    place.fill("2")
    with platform.expect_navigation():
        place.press("Enter")
    assert codes(benchmark) == "ADBC"


def test_row_is_added_in_place(platform, benchmark):
    factor = benchmark.factors.get(key="A")
    question = GuideQuestionFactory(factor=factor, key="q1", position=1)
    GuideQuestionFactory(factor=factor, key="q1.1", position=2, parent=question)
    platform.goto(admin_url(factor))
    platform.get_by_role("button", name="Add another Guide question").click()
    axe(platform)
    row = platform.locator("#questions-2")
    row.get_by_label("Question", exact=True).fill("And how?")
    row.get_by_label("Belongs to the question").select_option(label=f"1. {question.text}")
    looks(platform, "admin-factor")
    no_overflow(platform)
    follow(platform.get_by_role("button", name="Save", exact=True))
    assert [(one.key, one.parent == question) for one in factor.questions.all()] == [
        ("q1", False),
        ("q1.1", True),
        ("q2", True),
    ]


def test_own_version_from_original_to_difference(platform, benchmark):
    benchmark.origin = "original"
    benchmark.save_base(raw=True)
    platform.goto(admin_url(benchmark))
    expect(platform.get_by_text("This is an original: read-only.")).to_be_visible()
    axe(platform)
    no_overflow(platform)
    looks(platform, "admin-original")
    follow(platform.get_by_role("link", name="Make own version"))
    axe(platform)
    platform.get_by_label("Version").fill("sofia")
    follow(platform.get_by_role("button", name="Make own version"))
    platform.locator("#factors-group .field-statement textarea").nth(0).fill("The city does something else.")
    follow(platform.get_by_role("button", name="Save", exact=True))
    expect(platform.get_by_text("a new code: Ab")).to_be_visible()
    axe(platform)
    follow(platform.get_by_role("link", name="Difference to the original"))
    expect(platform.get_by_text("new code, was A")).to_be_visible()
    axe(platform)
    no_overflow(platform)
    looks(platform, "admin-difference")


def test_texts_are_translated_side_by_side(platform):
    section = SectionFactory(title="Urban Environment and Safety")
    statement = ItemFactory(section=section, key="U1", statement="Outdoor safety is promoted.")
    platform.goto(f"{admin_url(section.checklist, 'translations')}?language=ar")
    box = platform.get_by_role("region", name="Statement U1: statement").get_by_label("Text in العربية")
    assert box.get_attribute("dir") == "rtl"
    box.fill("السلامة في الأماكن المفتوحة.")
    platform.get_by_role("region", name="Statement U1: statement").get_by_label("Reviewed").check()
    axe(platform)
    no_overflow(platform)
    follow(platform.get_by_role("button", name="Save texts"))
    expect(platform.get_by_text("1 text saved.")).to_be_visible()
    looks(platform, "admin-translations")
    translation = Translation.objects.get(object_id=statement.pk)
    assert translation.is_reviewed
    assert make_own_version(section.checklist, code="own", version="own")


def test_team_of_an_audit_is_accessible(platform):
    audit = AuditFactory()
    for _number in range(2):
        MembershipFactory(audit=audit)
    platform.goto(reverse("admin:audits_audit_change", args=[audit.pk]))
    axe(platform)
    no_overflow(platform)
    platform.get_by_role("button", name="Add another").click()
    # The empty box of select2 holds a second one without a name, which no setting of it names.
    expect(platform.get_by_role("combobox", name="Choose a person")).to_be_visible()
    looks(platform, "admin-audit")


def test_fields_of_the_head_stand_close_together_on_a_phone(platform, benchmark):
    platform.set_viewport_size({"width": 360, "height": 740})
    platform.goto(admin_url(benchmark))
    boxes = [platform.locator(f"#id_{name}").bounding_box() for name in ("code", "version", "language")]
    for above, below in pairwise(boxes):
        assert below["y"] - above["y"] - above["height"] < 100
    row = platform.locator(".form-row.field-title").first
    assert row.evaluate("one => getComputedStyle(one).overflow") == "visible"
    looks(platform, "admin-head")


def test_start_page_and_lists_are_accessible(platform, benchmark):
    Translation.objects.create(target=benchmark, field="title", language="ar", text="نص", source="x")
    for address in (
        reverse("admin:index"),
        reverse("admin:benchmarks_benchmark_changelist"),
        reverse("admin:benchmarks_keyfactor_changelist"),
        reverse("admin:audits_translation_changelist"),
        reverse("admin:audits_user_changelist"),
        reverse("admin:audits_user_add"),
        reverse("admin:audits_city_add"),
    ):
        platform.goto(address)
        axe(platform)
        no_overflow(platform)
    platform.goto(reverse("admin:index"))
    looks(platform, "admin-index")
