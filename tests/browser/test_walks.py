"""Planning a walk, its briefing, its sheets and its spreadsheet in a real browser."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from audits.agenda.enums import FindingKind
from audits.enums import Area, Role
from checklists.actions import issue_forms, void_sheet
from checklists.models import CityWalk
from tests.checklists.conftest import items, make_checklist
from tests.factories import CityWalkFactory, FindingFactory, MembershipFactory, ScoreFactory, SheetFactory

from .conftest import axe, follow, looks, no_overflow, sign_in


@pytest.fixture
def walk(transactional_db):
    return CityWalkFactory(title="Old Harbour", checklist=make_checklist(), join_code="7KPM3XWD")


@pytest.fixture
def facilitator(walk, page):
    user = MembershipFactory(audit=walk.audit, role=Role.FACILITATOR).user
    sign_in(page, user)
    return user


def address(name, walk, *more):
    return reverse(f"checklists:{name}", args=[walk.audit.slug, walk.uuid, *more])


def test_walk_is_planned_by_keyboard_and_nothing_is_lost_on_the_way(page, walk, facilitator):
    page.goto(reverse("checklists:walk-create", args=[walk.audit.slug]))
    page.get_by_label("Name of the walk").fill("Station Quarter")
    page.get_by_label("Day", exact=True).fill(f"{timezone.localdate() + timedelta(days=30)}")
    page.get_by_label("Begins at").fill("14:00")
    page.get_by_label("Begins at").press("Tab")
    page.get_by_text("16:00–16:45").wait_for()
    page.get_by_label("Meeting point").fill("Station, main hall")
    page.get_by_label("1. Name of the area").fill("Station Square")
    page.get_by_label("2. Name of the area").fill("Library")
    up = page.get_by_role("button", name="Up 2.")
    up.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("1. Name of the area")).to_have_value("Library")
    expect(page.get_by_role("button", name="Up 1.")).to_be_focused()
    page.get_by_role("button", name="Add a place").click()
    page.get_by_label("4. Name of the area").fill("Market")
    page.get_by_role("button", name="Take off 3.").click()
    page.get_by_label("4. Name of the area").wait_for(state="detached")
    page.get_by_label("Urban Environment").check()
    axe(page)
    no_overflow(page)
    looks(page, "walk-form")
    page.get_by_label("Name of the walk").fill("old harbour")
    follow(page.get_by_role("button", name="Save the plan"))
    expect(page.locator("#errors")).to_be_focused()
    follow(page.get_by_role("link", name="There is a walk called"))
    expect(page.locator("#id_title")).to_be_focused()
    axe(page)
    page.keyboard.press("Control+A")
    page.keyboard.type("Station Quarter")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Station Quarter", level=1).wait_for()
    made = CityWalk.objects.get(title="Station Quarter")
    assert [place.name for place in made.places.all()] == ["Library", "Station Square", "Market"]
    axe(page)
    no_overflow(page)
    looks(page, "walk-detail")


def test_briefing_takes_over_what_the_audit_holds(page, walk, facilitator):
    FindingFactory(audit=walk.audit, kind=FindingKind.GOOD_PRACTICE, area=Area.CIVIC, text="Rooms at no charge")
    page.goto(address("walk-briefing", walk))
    page.get_by_label("The city’s strategies").fill("Typed before")
    page.get_by_text("The audit holds 1 thing").click()
    page.get_by_role("button", name="Take over").click()
    page.get_by_role("button", name="Taken over").wait_for()
    expect(page.get_by_label("The city’s services")).to_have_value("Rooms at no charge")
    expect(page.get_by_label("The city’s strategies")).to_have_value("Typed before")
    axe(page)
    no_overflow(page)
    looks(page, "walk-briefing")
    follow(page.get_by_role("button", name="Save the briefing"))
    page.get_by_text("The briefing is saved.").wait_for()
    walk.refresh_from_db()
    assert (walk.briefing_strategies, walk.briefing_services) == ("Typed before", "Rooms at no charge")


def test_pack_comes_by_itself_when_it_is_ready(page, walk, facilitator):
    page.goto(address("walk-pack", walk))
    axe(page)
    no_overflow(page)
    looks(page, "walk-pack")
    page.get_by_label("How many new forms").fill("1")
    page.get_by_role("button", name="Make the PDF").click()
    page.get_by_role("link", name="Download the PDF").wait_for(timeout=120_000)
    axe(page)
    looks(page, "walk-print")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the PDF").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")


def test_spreadsheet_is_looked_at_and_comes_in(page, walk, facilitator):
    keys = [item.key for item in items(walk)]
    page.goto(address("sheet-import", walk))
    axe(page)
    no_overflow(page)
    looks(page, "sheet-import")

    def choose(*rows):
        content = "\n".join([",".join(["number", "group", *keys]), *rows])
        page.get_by_label("Spreadsheet").set_input_files(
            {"name": "sheets.csv", "mimeType": "text/csv", "buffer": content.encode()}
        )
        follow(page.get_by_role("button", name="Look at the file"))

    choose("1,police,5,4,3,9")
    page.get_by_text("9 is not on the scale of 1 to 5.").wait_for()
    axe(page)
    no_overflow(page)
    looks(page, "sheet-import-wrong")
    follow(page.get_by_role("button", name="Choose the corrected file"))
    choose("1,police,5,4,3,2", "2,,1,?,0,5")
    page.get_by_label("Everybody in this list has agreed").check()
    axe(page)
    no_overflow(page)
    looks(page, "sheet-import-right")
    follow(page.get_by_role("button", name="Bring in 2 sheets"))
    page.get_by_text("2 sheets have come in.").wait_for()
    assert walk.sheets.counted().count() == 2


def test_every_page_of_the_sheets_is_accessible(page, walk, facilitator):
    issue_forms(walk=walk, count=2, language="en", by=facilitator)
    answered = SheetFactory(walk=walk, number=3)
    for item in items(walk):
        ScoreFactory(sheet=answered, item=item)
    void_sheet(sheet=SheetFactory(walk=walk, number=4), reason="Typed in twice", by=facilitator)
    CityWalkFactory(audit=walk.audit, checklist=walk.checklist, title="New Town")
    for name, more in (
        ("sheet-list", []),
        ("sheet-create", []),
        ("sheet-participant", [answered.uuid]),
        ("sheet-renumber", [answered.uuid]),
        ("sheet-move", [answered.uuid]),
        ("sheet-void", [answered.uuid]),
        ("walk-state", []),
        ("walk-edit", []),
    ):
        page.goto(address(name, walk, *more))
        axe(page)
        no_overflow(page)
        looks(page, name)
    page.goto(reverse("checklists:walk-list", args=[walk.audit.slug]))
    axe(page)
    no_overflow(page)
    looks(page, "walk-list")


def test_list_of_sheets_keeps_its_button_beside_the_choice(page, walk, facilitator):
    SheetFactory(walk=walk)
    page.goto(address("sheet-list", walk))
    choice = page.get_by_label("Show", exact=True).bounding_box()
    button = page.get_by_role("button", name="Show", exact=True).bounding_box()
    assert 0 < button["x"] - (choice["x"] + choice["width"]) < 40
