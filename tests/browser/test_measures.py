"""Measures as the team meets them: the coordinator plans one, a partner watches, the review takes one keyboard pass."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from audits.enums import Role
from tests import factories

from .conftest import PHONE, axe, no_overflow, sign_in


def to(name, audit, *args):
    return reverse(f"agenda:{name}", args=[audit.slug, *args])


@pytest.fixture
def team(transactional_db):
    audit = factories.AuditFactory()
    roles = (Role.COORDINATOR, Role.PARTNER)
    return audit, {role: factories.MembershipFactory(audit=audit, role=role).user for role in roles}


@pytest.fixture
def planned(team):
    """Measures of every state and pace, one overdue, one without a day."""
    audit, _users = team
    today = timezone.localdate()
    for number, (days, pace, state) in enumerate(
        [(-20, "quick", "under_way"), (30, "quick", "planned"), (31, "longer", "postponed"), (400, "longer", "done")], 1
    ):
        due = today + timedelta(days=days)
        factories.MeasureFactory(audit=audit, number=number, position=number, due=due, pace=pace, state=state)
    factories.MeasureFactory(audit=audit, number=5, state="dropped")
    return audit


def test_pages_are_accessible_on_screen_and_phone(page, team, planned, live_server):
    audit, users = team
    sign_in(page, users[Role.COORDINATOR])
    for viewport in ({"width": 1280, "height": 900}, PHONE):
        page.set_viewport_size(viewport)
        for name in ("measure-list", "measure-timeline", "measure-review", "measure-create", "measure-pdf"):
            page.goto(live_server.url + to(name, audit))
            axe(page)
            no_overflow(page)
        page.goto(live_server.url + to("measure-detail", audit, 1))
        axe(page)
        no_overflow(page)


def test_marks_stand_on_the_time_line(page, team, planned, live_server):
    audit, users = team
    sign_in(page, users[Role.COORDINATOR])
    page.goto(live_server.url + to("measure-timeline", audit))
    boxes = [mark.bounding_box() for mark in page.locator(".time-lane .under").all()]
    lanes = [lane.bounding_box() for lane in page.locator(".time-lane").all()]
    assert len(boxes) == 4
    for box in boxes:
        assert abs(box["width"] - 16) < 1
        assert any(lane["y"] - 1 <= box["y"] <= lane["y"] + lane["height"] for lane in lanes)


def test_review_is_written_with_the_keyboard_and_saved_at_once(page, team, planned, live_server):
    audit, users = team
    sign_in(page, users[Role.COORDINATOR])
    page.goto(live_server.url + to("measure-review", audit))
    page.locator("#id_m1-state").focus()
    page.keyboard.press("d")  # the select goes to "Done"
    page.locator("#id_m1-note").focus()
    page.keyboard.type("Opened on Monday.")
    page.locator("#id_m2-note").focus()
    page.keyboard.type("The room is missing.")
    page.get_by_role("button", name="Save the review").click()
    expect(page.get_by_text("2 measures are saved.")).to_be_visible()
    assert audit.measures.get(number=1).state == "done"
    assert audit.measures.get(number=2).progress.get().note == "The room is missing."


def test_measure_that_is_saved_again_after_going_back_is_one(page, team, live_server):
    audit, users = team
    sign_in(page, users[Role.COORDINATOR])
    page.goto(live_server.url + to("measure-create", audit))
    page.get_by_label("What will be done?").fill("Open in the evening")
    page.check("[name=area][value=urban]")
    page.check("[name=pace][value=quick]")
    for _again in range(2):
        page.get_by_role("button", name="Save measure").click()
        expect(page.get_by_text("M1 is saved.")).to_be_visible()
        page.go_back()
        expect(page.get_by_label("What will be done?")).to_have_value("Open in the evening")
    assert audit.measures.count() == 1


def test_long_word_and_the_save_button_leave_a_phone_its_room(page, team, live_server):
    audit, users = team
    sign_in(page, users[Role.COORDINATOR])
    page.set_viewport_size(PHONE)
    word = "x" * 190
    due = timezone.localdate() + timedelta(days=9)
    for number, day in ((1, due), (2, None)):
        factories.MeasureFactory(audit=audit, number=number, title=word, responsible=word, objective=word, due=day)
    for name in ("measure-list", "measure-timeline", "measure-review"):
        page.goto(live_server.url + to(name, audit))
        no_overflow(page)
    page.goto(live_server.url + to("measure-list", audit) + "?order=objective")
    no_overflow(page)
    page.goto(live_server.url + to("measure-detail", audit, 1))
    no_overflow(page)
    page.goto(live_server.url + to("measure-review", audit))
    covered = page.locator(".review .form-control, .review .form-select").evaluate_all(
        """all => all.filter((one) => {
          one.scrollIntoView({block: "end"});
          const box = one.getBoundingClientRect();
          return document.elementFromPoint(box.x + 20, box.bottom - 4) !== one;
        }).length"""
    )
    assert covered == 0
