"""The seven steps of a review: done is what was done, not what has a day."""

from datetime import date

import pytest

from benchmarks.actions import reviews as actions
from benchmarks.models import FeedbackSession, PeerConclusions, PeerJudgement, PeerReview, PeerReviewStep
from tests import factories

YESTERDAY, TODAY, TOMORROW = (date(2026, 10, day) for day in (4, 5, 6))


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2026-10-05 12:00+03:00")


@pytest.fixture
def steps(cast, as_user):
    """The states of the seven steps as a page shows them to somebody."""
    PeerReviewStep.objects.bulk_create(
        PeerReviewStep(key=f"step-{number}", position=number, title=f"Step {number}") for number in range(1, 8)
    )

    def look(user=None):
        page = as_user(user or cast.peer).get(cast.url("review-detail"))
        return [one.state.value for one in page.context["steps"]]

    return look


def visit(cast, *days, **fields):
    for day in days:
        factories.MeetingFactory(review=cast.review, day=day, **fields)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([], "to_come"),
        ([None], "planned"),
        ([TOMORROW], "planned"),
        ([YESTERDAY, TOMORROW], "now"),
        ([TODAY], "now"),
        ([YESTERDAY, None], "done"),
    ],
    ids=["none", "undated", "tomorrow", "in the middle", "today", "over"],
)
def test_visit_follows_its_days(cast, steps, days, expected):
    visit(cast.share(), *days)
    assert steps()[3] == expected


def test_visit_before_its_last_day_goes_on_and_a_feedback_session_is_no_visit(cast, steps):
    PeerReview.objects.update(visit_from=YESTERDAY, visit_to=TOMORROW)
    visit(cast.share(), YESTERDAY)
    assert steps()[3] == "now"
    cast.review.meetings.update(kind="feedback")
    PeerReview.objects.update(visit_from=None, visit_to=None)
    assert steps()[3] == "to_come"


def test_visit_without_days_of_its_meetings_is_over_with_its_own_and_never_planned_after_the_release(cast, steps):
    visit(cast.share(), None)
    PeerReview.objects.update(visit_from=YESTERDAY, visit_to=YESTERDAY)
    assert steps()[3] == "done"
    PeerReview.objects.update(visit_from=None, visit_to=None)
    cast.review.refresh_from_db()
    cast.release()
    assert steps()[3] == "left_out"
    factories.InterviewEvidenceFactory(review=cast.review).factors.add(cast.factors[0])
    assert steps()[3] == "in_part"


def test_release_makes_no_step_done_that_was_not(cast, steps):
    visit(cast.share(), TOMORROW)
    assert steps() == ["done", "to_come", "done", "planned", "to_come", "to_come", "to_come"]
    cast.write()
    PeerConclusions.objects.update(recommendations="")
    assert steps() == ["done", "now", "done", "planned", "now", "now", "to_come"]
    cast.release()
    for user in (cast.peer, cast.viewer):
        assert steps(user) == ["done", "in_part", "done", "planned", "done", "in_part", "to_come"]


def test_what_was_left_out_is_said_so_and_what_is_written_is_done(cast, steps):
    cast.share().release()
    actions.finish(review=cast.review, by=cast.peer)
    assert steps() == ["done", "left_out", "done", "left_out", "left_out", "left_out", "left_out"]
    PeerJudgement.objects.update(verdict="partly")
    PeerConclusions.objects.update(conclusions="So", recommendations="Thus")
    FeedbackSession.objects.update(held_on=YESTERDAY, text="Thanks")
    visit(cast, YESTERDAY)
    factories.InterviewEvidenceFactory(review=cast.review).factors.add(cast.factors[0])
    assert steps() == ["done"] * 7


def test_feedback_session_follows_its_day(cast, steps):
    visit(cast.share(), TOMORROW, kind="feedback")
    assert steps()[6] == "planned"
    cast.release()
    for day, expected in ((TOMORROW, "planned"), (TODAY, "now")):
        FeedbackSession.objects.update(held_on=day)
        assert steps()[6] == expected


def test_steps_tell_the_host_nothing_about_the_peers_work(cast, steps):
    assert steps(cast.coordinator) == ["done", "to_come", "now", "to_come", "to_come", "to_come", "to_come"]
    cast.share()
    before = steps(cast.coordinator)
    cast.write()
    assert steps(cast.coordinator) == before == ["done", "closed", "done", "to_come", "closed", "closed", "to_come"]
