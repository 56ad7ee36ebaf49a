"""A rapporteur's session: notes corrected by two at once, levels, and places on a plan.

Forty notes through a lost connection and a closed browser are taken in `test_focus_group_journey.py`.
"""

import uuid
from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from PIL import Image
from playwright.sync_api import expect

from audits import images
from audits.enums import Area, PictureKind, Role
from audits.participation import actions as participation
from audits.participation.models import Participant
from focusgroups.actions.notes import TallyChange, record
from focusgroups.models import HotSpot, LevelCount, Note
from tests.browser.conftest import PHONE, fits, follow, sign_in
from tests.factories import (
    CityPlanFactory,
    DiscussionQuestionFactory,
    FocusGroupFactory,
    InclusionLevelFactory,
    MembershipFactory,
    NoteFactory,
    ParticipantFactory,
    SeatFactory,
    SessionQuestionFactory,
)


@pytest.fixture
def group(transactional_db):
    group = FocusGroupFactory(title="Old Harbour", audit__city__name="Velmora")
    for number in range(4):
        SessionQuestionFactory(group=group, area=Area.VISION, text=f"How is the city doing with matter {number + 1}?")
    source = DiscussionQuestionFactory(guide=group.guide, key="civic-3", area=Area.CIVIC)
    for level in ("none", "low", "medium", "high"):
        InclusionLevelFactory(question=source, key=level, title=level.title(), text="The city has taken steps.")
    SessionQuestionFactory(group=group, area=Area.CIVIC, text="How included are people?", source=source)
    for number, stakeholder in enumerate(("migrants", "ngo", "schools"), start=1):
        SeatFactory(group=group, number=number, participant=ParticipantFactory(audit=group.audit, group=stakeholder))
    return group


@pytest.fixture
def rapporteur(group):
    return MembershipFactory(audit=group.audit, role=Role.FACILITATOR).user


def address(group, page="notes"):
    return f"/audits/{group.audit.slug}/groups/{group.uuid}/{page}/"


def ready(page):
    """Waits until the script has taken over; it first opens what is kept in the browser, which loading does not wait for."""
    expect(page.locator("#status")).to_be_visible()


def keep(page, *texts):
    for text in texts:
        page.locator("#id_text").fill(text)
        page.keyboard.press("Enter")
        expect(page.locator("#id_text")).to_have_value("")


def test_notes_are_corrected_taken_back_and_split_and_levels_are_counted(page, group, rapporteur, new_page):
    sign_in(page, rapporteur)
    page.goto(address(group))
    ready(page)
    saved = page.locator("#save")
    keep(page, "#2 The bus is late.", "The bus is dear.")
    page.locator("#id_text").fill("#9 Nobody sits there.")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nobody has taken seat 9.")).to_be_visible()

    page.locator("#id_text").fill("A sentence that is said once more. " * 572)
    page.keyboard.press("Enter")
    expect(page.get_by_text("A note has at most 5000 characters; these are 20019.")).to_be_visible()
    page.get_by_role("button", name="Split into 5 notes").click()
    expect(page.locator("#notes > li")).to_have_count(7)

    row = page.locator("#notes > li").first
    row.get_by_role("button", name="Change").click()
    row.get_by_label("Note").fill("The bus is late every day.")
    row.get_by_label("Note").press("Enter")
    expect(row.get_by_role("button", name="Change")).to_be_focused()
    page.locator("#notes > li").nth(1).get_by_role("button", name="Take back").click()
    expect(page.get_by_text("Taken back: The bus is dear.")).to_be_visible()
    expect(saved).to_have_attribute("data-state", "saved")
    page.reload()
    ready(page)
    page.get_by_role("button", name="Undo").click()
    page.locator("#notes > li").nth(1).get_by_role("button", name="Hot").click()
    expect(saved).to_have_attribute("data-state", "saved")

    other = new_page()
    sign_in(other, MembershipFactory(audit=group.audit, role=Role.COORDINATOR).user)
    other.goto(address(group))
    ready(other)
    expect(other.locator("#notes > li")).to_have_count(7)
    page.locator("#notes > li").first.get_by_role("button", name="Change").click()
    changed = other.locator("#notes > li").first
    changed.get_by_role("button", name="Change").click()
    changed.get_by_label("Note").fill("The bus is never on time.")
    changed.get_by_label("Note").press("Enter")
    expect(other.locator("#save")).to_have_attribute("data-state", "saved")
    keep(page, "One more.")
    expect(page.get_by_text("changed this note meanwhile")).to_be_visible()

    for _press in range(4):
        other.keyboard.press("PageDown")
    expect(other.get_by_role("heading", name="How included are people?")).to_be_visible()
    for _click in range(2):
        other.get_by_role("button", name="One more: Medium").click()
    other.get_by_role("spinbutton", name="High").fill("1")
    other.get_by_role("spinbutton", name="High").press("Tab")
    expect(other.get_by_text("3 of 3 at the table")).to_be_visible()
    too_many = other.get_by_text("More are counted than have taken a seat.")
    expect(too_many).to_be_hidden()
    other.get_by_role("button", name="One more: High").click()
    expect(too_many).to_be_visible()
    other.get_by_role("button", name="One less: High").click()
    expect(too_many).to_be_hidden()
    expect(other.locator("#save")).to_have_attribute("data-state", "saved")
    assert {count.level.key: count.people for count in LevelCount.objects.all()} == {"medium": 2, "high": 1}
    fits(page, "session-notes")
    fits(other, "session-levels")

    notes = list(Note.objects.order_by("noted_at"))
    assert [note.hot for note in notes[:2]] == [False, True]
    assert notes[0].text == "The bus is never on time."
    assert "".join(note.text for note in notes[2:7]).count("said once more.") == 572


def test_notes_have_the_clock_of_the_audit_whatever_the_laptop_says(page, group, rapporteur, settings):
    settings.TIME_ZONE = "Asia/Kolkata"
    noted_at = datetime(2026, 10, 9, 12, 0, tzinfo=UTC)
    NoteFactory(group=group, question=group.questions.first(), text="The bus is late.", noted_at=noted_at)
    sign_in(page, rapporteur)
    page.goto(address(group))
    ready(page)
    expect(page.locator("#notes time")).to_have_text("17:30")


def test_note_is_written_on_a_phone_without_scrolling(page, group, rapporteur):
    sign_in(page, rapporteur)
    page.set_viewport_size(PHONE)
    page.goto(address(group))
    ready(page)
    line = page.get_by_label("Note", exact=True).bounding_box()
    assert line["y"] + line["height"] <= PHONE["height"]


def test_what_the_server_answers_is_told_as_it_is(page, group, rapporteur, console):
    sign_in(page, rapporteur)
    page.goto(address(group))
    sync = "**/notes/sync/"
    page.route(sync, lambda route: route.fulfill(status=502, content_type="text/html", body="<h1>Bad gateway</h1>"))
    keep(page, "#3 Never ask me again.")
    expect(page.locator("#save")).to_contain_text("will be sent later")

    # Whoever sits there takes everything back before the note has arrived.
    participation.erase(Participant.objects.get(seat__number=3))
    page.unroute(sync)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#gone")).to_contain_text("has taken everything back")
    expect(page.locator("#notes > li")).to_have_count(0)
    page.reload()
    expect(page.locator("#save")).to_be_visible()
    assert "Never ask" not in page.content() + page.evaluate("JSON.stringify(localStorage)")

    page.locator("[data-go]").last.click()
    change = {"uuid": uuid.uuid4(), "sequence": 1, "question": group.questions.last().uuid, "level": "high"}
    other = MembershipFactory(audit=group.audit, role=Role.FACILITATOR, user__name="Jana Novak").user
    record(group=group, changes=[TallyChange(**change, people=5, seen=0)], device=uuid.uuid4(), by=other)
    page.get_by_role("button", name="One more: High").click()
    expect(page.get_by_text("Jana Novak had counted 5 here. Your 1 counts now.")).to_be_visible()

    page.context.clear_cookies(name="sessionid")
    keep(page, "One more.")
    expect(page.locator("#save")).to_contain_text("Sign in again")
    page.close()
    console.clear()


def test_note_that_another_page_sends_and_is_refused_waits_for_its_own(page, group, rapporteur):
    other = FocusGroupFactory(title="New Harbour", audit=group.audit)
    SessionQuestionFactory(group=other)
    sign_in(page, rapporteur)
    page.goto(address(group))
    sync = "**/notes/sync/"
    page.route(sync, lambda route: route.fulfill(status=204))
    keep(page, "#3 The library helps.")
    expect(page.locator("#save")).to_contain_text("will be sent later")
    Participant.objects.filter(seat__number=3).update(joined_at=None)

    page.goto(address(other))
    page.unroute(sync)
    with page.expect_response(lambda response: str(group.uuid) in response.url and response.request.method == "POST"):
        page.evaluate("dispatchEvent(new Event('online'))")
    page.goto(address(group))
    expect(page.get_by_text("Nobody on seat 3 takes part")).to_be_visible()
    expect(page.get_by_text("The library helps.")).to_be_visible()
    page.get_by_role("button", name="Take back").click()
    expect(page.get_by_text("The library helps.")).to_have_count(0)


def test_places_are_marked_on_a_plan_by_mouse_and_by_keyboard(page, group, rapporteur):
    file = BytesIO()
    Image.new("RGB", (800, 600), "lightsteelblue").save(file, "PNG")
    picture = images.keep(images.draw(ContentFile(file.getvalue(), "plan.png"), PictureKind.PLAN), audit=group.audit)
    CityPlanFactory(audit=group.audit, title="City centre", picture=picture)
    sign_in(page, rapporteur)
    page.goto(address(group, "hot-spots"))
    plan = page.get_by_role("application")

    box = plan.bounding_box()
    plan.click(position={"x": box["width"] / 4, "y": box["height"] / 2})
    page.get_by_role("textbox", name="Place").fill("Station Square")
    page.get_by_label("Safety issue").fill("Dark at night.")
    follow(page.get_by_role("button", name="Mark the place"))
    expect(page.get_by_text("was not saved")).to_be_hidden()
    plan.focus()
    for key in ("Shift+ArrowLeft", "ArrowUp", "ArrowUp"):
        page.keyboard.press(key)
    page.get_by_role("textbox", name="Place").fill("Mill Street")
    page.get_by_label("Safety issue").fill("No pavement.")
    follow(page.get_by_role("button", name="Mark the place"))

    spots = {spot.place: (spot.x, spot.y) for spot in HotSpot.objects.all()}
    assert spots["Mill Street"] == (450, 490)
    assert spots["Station Square"] == (pytest.approx(250, abs=5), pytest.approx(500, abs=5))
    assert not HotSpot.objects.filter(published=True).exists()
    fits(page, "hot-spots")
    page.goto(address(group, "summary"))
    fits(page, "session-summary")
