"""What the walks tell the audit home."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from audits import methods
from audits.enums import Area, Role
from checklists.enums import WalkState
from checklists.method import METHOD, progress
from checklists.models import ConsensusNote, SheetUpload
from tests.checklists.conftest import items
from tests.factories import (
    AuditFactory,
    CityWalkFactory,
    MembershipFactory,
    ParticipantFactory,
    ScoreFactory,
    SheetFactory,
)


@pytest.fixture(autouse=True)
def _day_of_the_walk():
    with time_machine.travel("2026-10-12 09:00", tick=False):
        yield


def fill(walk, typed, untyped):
    for number in range(1, typed + 1):
        ScoreFactory(sheet=SheetFactory(walk=walk, number=number), item=items(walk)[0])
    for number in range(typed + 1, typed + untyped + 1):
        SheetFactory(walk=walk, number=number, participant=ParticipantFactory(audit=walk.audit, joined_at=None))


def test_walks_are_announced_once():
    assert methods.get("checklists") is METHOD
    assert (str(METHOD.name), METHOD.icon, METHOD.order) == ("City walks", "signpost-split", 30)


def test_progress_says_in_words_what_is_there_and_what_is_missing(walk, facilitator):
    walk.title, walk.target, walk.briefing_services = "Station Quarter", 5, "Written"
    walk.save()
    fill(walk, 2, 3)
    closed = CityWalkFactory(audit=walk.audit, checklist=walk.checklist, state=WalkState.CLOSED)
    fill(closed, 4, 1)
    found = progress(walk.audit, facilitator)
    assert found.words == "1 of 2 walks complete, 6 of 9 sheets in"
    assert (found.state, found.done, found.total) == ("now", 6, 9)
    assert [missing.text for missing in found.missing] == ["3 paper sheets of “Station Quarter” are not typed in"]
    assert found.next_step.text == "Type in 3 paper sheets from the walk “Station Quarter”"
    assert found.next_step.detail == "About 4 minutes."
    assert found.next_step.url == reverse("checklists:type-in", args=[walk.audit.slug, walk.uuid])
    assert found.by_area == {Area.VISION: {"Scores on walks": 6}}


def test_scores_are_counted_where_they_count(walk, facilitator):
    vision, *_others, urban = items(walk)
    sheet = SheetFactory(walk=walk, number=1)
    ScoreFactory(sheet=sheet, item=vision)
    ScoreFactory(sheet=sheet, item=urban)
    ScoreFactory(sheet=sheet, item=items(walk)[1], value=None, missing="dont_know")
    ScoreFactory(sheet=SheetFactory(walk=CityWalkFactory(checklist=walk.checklist)), item=urban)
    assert progress(walk.audit, facilitator).by_area == {
        Area.VISION: {"Scores on walks": 1},
        Area.URBAN: {"Scores on walks": 1},
    }


def test_statements_on_which_people_differ_wait_until_they_are_discussed(walk, facilitator):
    split, agreed = items(walk)[:2]
    for number, value in enumerate((1, 1, 5, 5), start=1):
        sheet = SheetFactory(walk=walk, number=number)
        ScoreFactory(sheet=sheet, item=split, value=value)
        ScoreFactory(sheet=sheet, item=agreed, value=4)
    walk.title, walk.date = "Old Harbour", date(2026, 10, 10)

    def found(state):
        walk.state = state
        walk.save()
        return progress(walk.audit, facilitator)

    waits = "1 statement of “Old Harbour” waits for the group’s discussion"
    assert waits not in [missing.text for missing in found(WalkState.OPEN).missing]
    closed = found(WalkState.CLOSED)
    assert closed.state == "now"
    assert [missing.text for missing in closed.missing] == [waits]
    assert closed.next_step.url == reverse("checklists:consensus-list", args=[walk.audit.slug, walk.uuid])
    ConsensusNote.objects.create(walk=walk, item=split, text="It depends on the hour.")
    discussed = found(WalkState.CLOSED)
    assert (discussed.state, discussed.missing, discussed.next_step) == ("done", (), None)


@pytest.mark.parametrize("number", [1, 3])
def test_progress_takes_the_same_queries_for_one_walk_and_three(walk, facilitator, django_assert_num_queries, number):
    walk.state = WalkState.CLOSED
    walk.save()
    fill(walk, 2, 0)
    for extra in range(number - 1):
        other = CityWalkFactory(audit=walk.audit, checklist=walk.checklist)
        fill(other, extra + 1, 1)
    with django_assert_num_queries(6):
        progress(walk.audit, facilitator)


@pytest.mark.parametrize(
    ("state", "day", "typed", "untyped", "step"),
    [
        ("planned", "2026-10-20", 0, 0, "Print the pack for the walk “Old Harbour”"),
        ("planned", "2026-10-12", 0, 0, "Open the walk “Old Harbour”, so that sheets can come in"),
        ("open", "2026-10-20", 0, 5, None),
        ("open", "2026-10-12", 0, 1, "Type in 1 paper sheet from the walk “Old Harbour”"),
        ("closing", "2026-10-10", 3, 0, "Close the walk “Old Harbour”"),
        ("closed", "2026-10-10", 3, 2, None),
    ],
)
def test_next_step_follows_state_and_day(walk, facilitator, state, day, typed, untyped, step):
    walk.title, walk.state, walk.date = "Old Harbour", state, day
    walk.save()
    fill(walk, typed, untyped)
    found = progress(walk.audit, facilitator).next_step
    assert (found.text if found else None) == step


def test_walk_whose_papers_are_not_out_is_not_behind(walk, facilitator):
    walk.date, walk.briefing_services = "2026-10-20", "Written"
    walk.save()
    fill(walk, 0, 5)
    assert progress(walk.audit, facilitator).missing == ()


@pytest.mark.django_db
def test_audit_without_walks_begins_with_planning_one():
    audit = AuditFactory()
    facilitator = MembershipFactory(audit=audit, role=Role.FACILITATOR).user
    partner = MembershipFactory(audit=audit, role=Role.PARTNER).user
    assert progress(audit, facilitator).next_step.text == "Plan the first city walk"
    found = progress(audit, partner)
    assert (found.state, found.words, found.next_step, found.link_url) == ("todo", "No walks yet", None, "")


def test_partner_is_given_no_step_that_they_may_not_take(walk):
    fill(walk, 1, 2)
    partner = MembershipFactory(audit=walk.audit, role=Role.PARTNER).user
    found = progress(walk.audit, partner)
    assert found.next_step is None
    assert found.link_url == reverse("checklists:walk-list", args=[walk.audit.slug])
    assert [missing.url for missing in found.missing] == [walk.get_absolute_url(), ""]


def test_walks_hand_over_to_the_rooms_below(walk, facilitator):
    SheetUpload.objects.create(walk=walk, by=facilitator, content=b"x", digest="x")
    later = timezone.now() + timedelta(days=400)
    assert METHOD.expire(later, dry_run=True) == {"sheet_uploads": 1}
    assert METHOD.expire(timezone.now() - timedelta(days=400), dry_run=False) == {"sheet_uploads": 0}
    assert SheetUpload.objects.exists()
    METHOD.expire(later, dry_run=False)
    assert not SheetUpload.objects.exists()
