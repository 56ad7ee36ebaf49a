"""List, page and state of a walk."""

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from audits.enums import Role
from checklists.actions import move_walk, void_sheet
from checklists.enums import SheetSource, WalkState
from checklists.models import WalkEvent
from checklists.progress import turnout_of
from tests.checklists.conftest import items
from tests.factories import (
    AuditFactory,
    CityWalkFactory,
    MembershipFactory,
    ParticipantFactory,
    ScoreFactory,
    SheetFactory,
    WalkPlaceFactory,
)


@pytest.fixture
def team(client, facilitator):
    client.force_login(facilitator)
    return client


def address(name, walk, *more):
    return reverse(f"checklists:{name}", args=[walk.audit.slug, walk.uuid, *more])


def list_address(audit):
    return reverse("checklists:walk-list", args=[audit.slug])


def text_of(response):
    return " ".join(response.content.decode().split())


def answered_sheet(walk, **facts):
    sheet = SheetFactory(walk=walk, **facts)
    ScoreFactory(sheet=sheet, item=items(walk)[0])
    return sheet


def printed_form(walk, **facts):
    return SheetFactory(walk=walk, participant=ParticipantFactory(audit=walk.audit, joined_at=None), **facts)


# How many sheets are in --------------------------------------------------------------------------------------


def test_turnout_counts_what_counts(walk, facilitator, django_assert_num_queries):
    answered_sheet(walk, number=1)
    answered_sheet(walk, number=2, source=SheetSource.PHONE)
    void_sheet(sheet=answered_sheet(walk, number=3), reason="Twice", by=facilitator)
    printed_form(walk, number=4)
    SheetFactory(walk=walk, number=5, source=SheetSource.PHONE)
    ScoreFactory(sheet=SheetFactory(walk=walk, number=6), item=items(walk)[0], value=None, comment="No score, words")
    ScoreFactory(sheet=printed_form(walk, number=7), item=items(walk)[0])
    with django_assert_num_queries(1):
        turnout = turnout_of([walk])[walk.pk]
    assert (turnout.sheets_in, turnout.untyped, turnout.unused) == (2, 2, 1)


@pytest.mark.parametrize(
    ("state", "expected"),
    [(WalkState.PLANNED, 25), (WalkState.OPEN, 25), (WalkState.CLOSING, 3), (WalkState.CLOSED, 1)],
)
def test_turnout_expects_the_target_while_people_can_join(walk, state, expected):
    answered_sheet(walk, number=1)
    printed_form(walk, number=2)
    printed_form(walk, number=3)
    walk.state = state
    walk.save()
    assert turnout_of([walk])[walk.pk].expected == expected


def test_turnout_expects_all_forms_where_more_are_printed_than_wanted(walk):
    walk.target = 1
    for number in (1, 2, 3):
        printed_form(walk, number=number)
    assert turnout_of([walk])[walk.pk].expected == 3


# List --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 3])
def test_list_takes_the_same_queries_for_one_walk_and_three(team, walk, facilitator, django_assert_num_queries, number):
    for extra in range(number - 1):
        other = CityWalkFactory(audit=walk.audit, facilitator=facilitator, checklist=walk.checklist)
        WalkPlaceFactory.create_batch(2, walk=other)
        answered_sheet(other, number=extra + 1)
    # The first page of a session also notes when it was seen.
    team.get(list_address(walk.audit))
    with django_assert_num_queries(7):
        assert len(team.get(list_address(walk.audit)).context["walks"]) == number


def test_list_names_places_facilitator_state_and_sheets(team, per_place_walk):
    walk = per_place_walk
    walk.facilitator = MembershipFactory(audit=walk.audit, role=Role.FACILITATOR).user
    walk.save()
    team.force_login(walk.facilitator)
    answered_sheet(walk, number=1)
    words = text_of(team.get(list_address(walk.audit)))
    assert "Station Square · Mill Street underpass" in words
    assert "Sat, 10 Oct 2026" in words
    assert str(walk.facilitator) in words
    assert "1 of 25" in words
    assert address("type-in", walk) in words


@pytest.mark.django_db
def test_list_without_walks_offers_to_plan_one_to_those_who_may(client):
    audit = AuditFactory()
    client.force_login(MembershipFactory(audit=audit, role=Role.FACILITATOR).user)
    assert "Plan the first walk" in text_of(client.get(list_address(audit)))
    client.force_login(MembershipFactory(audit=audit, role=Role.VIEWER).user)
    words = text_of(client.get(list_address(audit)))
    assert "No walks yet" in words
    assert "Plan" not in words.partition("No walks yet")[2]


def test_viewer_reads_list_and_page_without_raw_material(client, walk):
    client.force_login(MembershipFactory(audit=walk.audit, role=Role.VIEWER).user)
    walk.events.create(before="planned", after="open", reason="Rain stopped")
    answered_sheet(walk, number=1)
    for page in (list_address(walk.audit), walk.get_absolute_url()):
        words = text_of(client.get(page))
        assert "1 of 25" in words
        for hidden in ("7KPM", address("sheet-list", walk), address("type-in", walk), "Rain stopped", "/edit/"):
            assert hidden not in words


# Page --------------------------------------------------------------------------------------------------------


def test_page_shows_the_way_to_join_and_the_toolkits_advice_as_facts(team, walk):
    walk.target, walk.discussion_minutes = 35, 10
    walk.save()
    words = text_of(team.get(walk.get_absolute_url()))
    assert "7KPM 3XWD" in words
    assert "http://testserver/join/7KPM3XWD/" in words
    assert "35 participants are wanted; the toolkit recommends 20 to 30." in words
    assert "not met" in words


def test_page_of_a_day_outside_the_audit_says_so(team, walk):
    assert "outside the audit" not in text_of(team.get(walk.get_absolute_url()))
    walk.date = walk.audit.ends_on.replace(year=2027)
    walk.save()
    assert "this day is outside of it" in text_of(team.get(walk.get_absolute_url()))


# State -------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_walk_goes_through_its_states_and_keeps_who_did_it():
    walk = CityWalkFactory(state=WalkState.PLANNED)
    by = MembershipFactory(audit=walk.audit).user
    for to in (WalkState.OPEN, WalkState.CLOSING, WalkState.CLOSED):
        walk = move_walk(walk=walk, to=to, by=by)
    assert walk.closed_at is not None
    walk = move_walk(walk=walk, to=WalkState.OPEN, by=by, reason="A pile of papers was found")
    assert walk.closed_at is None
    assert list(WalkEvent.objects.values_list("before", "after", "reason", "by")) == [
        ("planned", "open", "", by.pk),
        ("open", "closing", "", by.pk),
        ("closing", "closed", "", by.pk),
        ("closed", "open", "A pile of papers was found", by.pk),
    ]


@pytest.mark.parametrize(
    ("state", "to"),
    [("planned", "closing"), ("planned", "closed"), ("open", "closed"), ("closed", "planned"), ("open", "open")],
)
def test_walk_skips_no_state(walk, facilitator, state, to):
    walk.state = state
    walk.save()
    with pytest.raises(ValidationError, match="by now"):
        move_walk(walk=walk, to=to, by=facilitator, reason="Because")
    walk.refresh_from_db()
    assert walk.state == state
    assert not walk.events.exists()


def test_walk_goes_back_only_for_a_reason(team, walk):
    walk.state = WalkState.CLOSED
    walk.closed_at = timezone.now()
    walk.save()
    response = team.post(address("walk-state", walk), {"to": "open", "reason": "  "})
    assert response.context["form"].errors["reason"] == ["Write why the walk is put back."]
    walk.refresh_from_db()
    assert walk.state == WalkState.CLOSED
    team.post(address("walk-state", walk), {"to": "open", "reason": "A pile of papers was found"})
    walk.refresh_from_db()
    assert walk.state == WalkState.OPEN


def test_walk_with_answers_becomes_no_plan_again(team, walk):
    assert "Put it back to planning" in text_of(team.get(address("walk-state", walk)))
    answered_sheet(walk, number=1)
    assert "Put it back to planning" not in text_of(team.get(address("walk-state", walk)))
    response = team.post(address("walk-state", walk), {"to": "planned", "reason": "Mistake"})
    assert "has answers already" in text_of(response)
    walk.refresh_from_db()
    assert walk.state == WalkState.OPEN


def test_state_page_that_was_open_too_long_says_so(team, walk, facilitator):
    move_walk(walk=walk, to=WalkState.CLOSING, by=facilitator)
    move_walk(walk=walk, to=WalkState.CLOSED, by=facilitator)
    response = team.post(address("walk-state", walk), {"to": "closing"})
    assert "Write why the walk is put back." in text_of(response)
    response = team.post(address("walk-state", walk), {"to": "nonsense"})
    assert response.status_code == 200
    walk.refresh_from_db()
    assert walk.state == WalkState.CLOSED


def test_opening_says_what_it_means(team, walk):
    walk.state = WalkState.PLANNED
    walk.save()
    with time_machine.travel("2026-10-10 08:00", tick=False):
        response = team.post(address("walk-state", walk), {"to": "open"}, follow=True)
    assert "is now: open. People can join" in text_of(response)
