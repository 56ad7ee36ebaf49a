"""What the benchmarks tell the audit's home: share judged, what is missing, the next step, days."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audits import methods
from audits.enums import Role
from benchmarks import method
from benchmarks.enums import AssessmentState, Verdict
from benchmarks.models import AssessedFactor, Assessment, PeerReview
from tests import factories
from tests.factories.benchmarks import (
    AssessedFactorFactory,
    AssessmentFactory,
    JudgementFactory,
    PeerFactory,
    PeerReviewFactory,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 10, 5)


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2026-10-05 12:00+03:00")


@pytest.fixture(autouse=True)
def _addresses(monkeypatch):
    """Where they lead, whichever pages are there."""
    for model in (Assessment, AssessedFactor, PeerReview):
        monkeypatch.setattr(model, "get_absolute_url", lambda self: f"/{self._meta.model_name}/{self.uuid}/")


@pytest.fixture
def audit():
    return factories.AuditFactory()


@pytest.fixture
def researcher(audit):
    return factories.MembershipFactory(audit=audit, role=Role.RESEARCHER, user__name="Rada").user


@pytest.fixture
def viewer(audit):
    return factories.MembershipFactory(audit=audit, role=Role.VIEWER).user


def closed(audit, **more):
    return AssessmentFactory(audit=audit, state=AssessmentState.CLOSED, closed_at=timezone.now(), **more)


def waiting(assessment, **more):
    """A factor that nobody has judged yet."""
    return AssessedFactorFactory(assessment=assessment, **more)


def test_benchmarks_are_announced():
    assert methods.get("benchmarks") is method.METHOD
    assert (method.METHOD.order, str(method.METHOD.name), method.METHOD.may_see) == (50, "Benchmarks", "see_results")


def test_audit_without_an_assessment_is_led_to_the_library(audit, researcher, viewer):
    progress = method.progress(audit, researcher)
    assert (progress.state, progress.words, progress.total) == ("todo", "No assessment yet", 0)
    assert progress.next_step.text == "Choose a benchmark and begin an assessment"
    assert progress.next_step.url == method.url(audit)
    assert method.progress(audit, viewer).next_step is None


def test_progress_counts_judged_factors_in_scope(audit, researcher):
    run = AssessmentFactory(audit=audit, title="Autumn")
    JudgementFactory(assessed=waiting(run), verdict=Verdict.NOT_IN_PLACE)
    JudgementFactory(assessed=waiting(run), verdict=Verdict.NOT_JUDGED)
    waiting(run, in_scope=False)
    JudgementFactory(assessed=waiting(closed(audit)), verdict=Verdict.IN_PLACE)
    JudgementFactory(verdict=Verdict.IN_PLACE)
    progress = method.progress(audit, researcher)
    assert (progress.state, progress.done, progress.total) == ("now", 2, 3)
    assert progress.words == "2 assessments, 1 of them closed, 2 of 3 key factors judged"
    assert [(one.text, one.url) for one in progress.missing] == [
        ("1 key factor of “Autumn” is not judged yet", run.get_absolute_url())
    ]
    assert progress.next_step.text == "Go on with the assessment “Autumn”"


def test_progress_is_done_when_all_assessments_are_closed(audit, researcher):
    waiting(closed(audit))
    progress = method.progress(audit, researcher)
    assert (progress.state, progress.missing, progress.next_step) == ("done", (), None)


def test_own_factors_come_first_the_most_urgent_one_opened(audit, researcher):
    run = AssessmentFactory(audit=audit)
    waiting(run, assignee=researcher)
    urgent = waiting(run, assignee=researcher, due=TODAY + timedelta(days=2))
    waiting(run, assignee=researcher, due=TODAY + timedelta(days=9))
    JudgementFactory(assessed=waiting(run, assignee=researcher), verdict=Verdict.PARTLY)
    step = method.progress(audit, researcher).next_step
    assert step.text == "Judge the 3 key factors assigned to you"
    assert step.url == urgent.get_absolute_url()
    assert step.detail == urgent.factor.full_name


def test_days_by_which_somebody_judges_are_deadlines(audit, researcher, viewer):
    run = AssessmentFactory(audit=audit, title="Autumn")
    soon, later = TODAY + timedelta(days=2), TODAY + timedelta(days=9)
    alone = waiting(run, assignee=researcher, due=soon)
    waiting(run, assignee=researcher, due=later)
    waiting(run, assignee=researcher, due=later)
    waiting(run, due=later)
    JudgementFactory(assessed=waiting(run, assignee=researcher, due=soon), verdict=Verdict.IN_PLACE)
    waiting(closed(audit), assignee=researcher, due=soon)
    days = {one.date: one for one in method.progress(audit, researcher).deadlines}
    assert days.keys() == {soon, later}
    assert (days[soon].text, days[soon].who) == (f"Judge key factor “{alone.factor.full_name}”", "You")
    assert days[soon].url == alone.get_absolute_url()
    assert days[later].text == "Judge 2 key factors of “Autumn”"
    assert {one.who for one in method.progress(audit, viewer).deadlines} == {"Rada"}


def test_visit_of_the_peers_is_a_deadline_until_it_begins(audit, researcher):
    coming, begun = TODAY + timedelta(days=20), TODAY - timedelta(days=1)
    review = PeerReviewFactory(assessment__audit=audit, assessment__title="Autumn", visit_from=coming)
    PeerReviewFactory(assessment__audit=audit, visit_from=begun, visit_to=coming)
    PeerReviewFactory(visit_from=coming)
    (visit,) = method.progress(audit, researcher).deadlines
    assert (visit.date, visit.text) == (coming, "Visit of the peers: “Autumn”")
    assert visit.url == review.get_absolute_url()


def fill(audit, assignee, number):
    for _ in range(number):
        run = AssessmentFactory(audit=audit)
        waiting(run, assignee=assignee, due=TODAY)
        JudgementFactory(assessed=waiting(run), verdict=Verdict.PARTLY)
        PeerFactory(review=PeerReviewFactory(assessment=run, visit_from=TODAY))


def test_progress_takes_the_same_queries_at_3_and_at_300_assessments(audit, researcher):
    queries = []
    for more in (3, 297):
        fill(audit, researcher, more)
        method.progress(audit, researcher)
        with CaptureQueriesContext(connection) as captured:
            method.progress(audit, researcher)
        queries.append(len(captured))
    assert Assessment.objects.count() == 300
    assert queries[0] == queries[1] == 4


def test_factor_judged_for_one_of_three_schemes_still_waits(audit, researcher):
    assessment = AssessmentFactory(audit=audit)
    row = waiting(assessment, factor__part="neighbourhood", assignee=researcher, due=TODAY)
    for verdict in (Verdict.IN_PLACE, Verdict.NOT_JUDGED, Verdict.NOT_JUDGED):
        scheme = factories.SchemeFactory(assessment=assessment)
        JudgementFactory(assessed=row, scheme=scheme, verdict=verdict)
    found = method.progress(audit, researcher)
    assert found.next_step.url == row.get_absolute_url()
    assert [one.date for one in found.deadlines] == [TODAY]
    row.judgements.update(verdict=Verdict.PARTLY)
    found = method.progress(audit, researcher)
    assert (found.next_step, found.deadlines) == (None, ())
