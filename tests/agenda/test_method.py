import uuid
from datetime import date

import pytest

from audits import methods
from audits.agenda import method
from audits.agenda.actions import comment
from audits.enums import Area
from audits.methods import Reference
from tests import factories


def written(audit, areas, recommended=()):
    for area in areas:
        factories.FindingFactory(audit=audit, area=area)
    for area in recommended:
        factories.RecommendationFactory(audit=audit, area=area).findings.add(
            factories.FindingFactory(audit=audit, area=area)
        )


def test_findings_are_announced():
    assert methods.get("agenda") is method.METHOD
    assert (method.METHOD.order, str(method.METHOD.name), method.METHOD.may_see) == (70, "Findings", "see_results")


def test_progress_counts_by_area_and_names_areas_without_recommendation(audit, coordinator):
    written(audit, ["urban", "attitudes"], ["urban", "vision", "civic"])
    progress = method.progress(audit, coordinator)
    assert progress.words == "5 findings, 3 recommendations in 3 of 4 areas"
    assert progress.by_area["urban"] == {"Findings": 2, "Recommendations": 1}
    assert progress.by_area["attitudes"] == {"Findings": 1, "Recommendations": 0}
    assert [one.text for one in progress.missing] == ["No recommendation yet for “Attitudes”"]
    assert (progress.state, progress.done, progress.total) == ("now", 3, 4)
    assert progress.next_step.text == "Write a recommendation for “Attitudes”"
    assert progress.next_step.url.endswith("/recommendations/new/?area=attitudes")
    assert progress.next_step.priority == 60


def test_progress_of_an_audit_without_findings_says_so_once(audit, coordinator):
    progress = method.progress(audit, coordinator)
    assert (progress.state, progress.words) == ("todo", "No findings yet")
    assert (progress.missing, progress.next_step) == ((), None)


def test_progress_without_recommendations_says_so(audit, coordinator):
    written(audit, ["urban"])
    assert method.progress(audit, coordinator).words == "1 finding, no recommendation yet"


def test_progress_is_done_when_each_area_has_a_recommendation_that_rests_on_findings(audit, coordinator):
    written(audit, [], Area.values)
    progress = method.progress(audit, coordinator)
    assert (progress.state, progress.missing, progress.next_step) == ("done", (), None)
    factories.RecommendationFactory(audit=audit)
    progress = method.progress(audit, coordinator)
    assert progress.state == "now"
    assert [one.text for one in progress.missing] == ["1 recommendation rests on no finding yet"]


@pytest.mark.parametrize("role", ["facilitator", "researcher", "viewer"])
def test_those_who_cannot_recommend_are_told_facts_without_a_way(audit, member, role):
    written(audit, ["urban"])
    progress = method.progress(audit, member(role))
    assert progress.next_step is None
    assert {one.url for one in progress.missing} == {""}


def test_partner_is_asked_for_what_is_new_since_the_last_comment(audit, member):
    partner = member("partner")
    assert method.progress(audit, partner).next_step is None
    written(audit, ["urban", "civic"])
    assert method.progress(audit, partner).next_step.text == "Read 2 new findings and say what you think"
    comment(finding=audit.findings.first(), text="We see it too.", by=partner)
    assert method.progress(audit, partner).next_step is None
    factories.FindingFactory(audit=audit)
    assert method.progress(audit, partner).next_step.text == "Read 1 new finding and say what you think"


def test_progress_asks_as_many_questions_for_many_texts_as_for_one(audit, member, django_assert_num_queries):
    partner = member("partner")
    for _ in range(2):
        with django_assert_num_queries(7):
            method.progress(audit, partner)
        audit.__dict__.pop("_roles")
        written(audit, ["urban"] * 20, Area.values)


def test_finding_is_evidence_for_those_who_may_read_it(audit, member):
    finding = factories.FindingFactory(audit=audit, number=4, text="No ramp at the station.")
    reference = Reference("agenda", "finding", finding.uuid)
    for role in ("coordinator", "partner", "viewer"):
        found = methods.resolve([reference], member(role))[reference]
        assert (found.caption, found.url) == ("F4 No ramp at the station.", finding.get_absolute_url())
    outsider = factories.MembershipFactory().user
    for user in (member("reviewer"), outsider):
        assert methods.resolve([reference], user) == {}
    unknown = [Reference("agenda", "finding", uuid.uuid4()), Reference("agenda", "measure", finding.uuid)]
    assert methods.resolve(unknown, member()) == {}


def test_progress_tells_of_measures_that_wait(audit, member, coordinator, time_machine):
    time_machine.move_to("2026-11-21 12:00Z")
    complete = {"objective": "O", "resources": "R", "responsible": "City Hall"}
    factories.MeasureFactory(audit=audit, number=1, title="Late", due=date(2026, 11, 1), **complete)
    factories.MeasureFactory(audit=audit, number=2, due=date(2027, 1, 1), area="civic")
    factories.MeasureFactory(audit=audit, number=3, due=date(2026, 1, 1), state="done")
    factories.MeasureFactory(audit=audit, number=4)
    progress = method.progress(audit, coordinator)
    assert progress.words == "No findings yet, 4 measures"
    assert progress.by_area["urban"]["Measures"] == 3
    assert [(one.text, one.url.split("?")[1]) for one in progress.missing] == [
        ("1 measure is overdue", "show=overdue"),
        ("2 measures are not complete yet", "show=incomplete"),
    ]
    assert [(one.date, one.text[:2], one.who) for one in progress.deadlines] == [
        (date(2026, 11, 1), "M1", "City Hall"),
        (date(2027, 1, 1), "M2", ""),
    ]
    assert progress.next_step.text == "Go through the open measures"
    assert progress.next_step.detail == "1 of them is overdue."
    assert method.progress(audit, member("viewer")).next_step is None


def test_days_say_how_many_are_overdue_and_how_many_come_later(audit, coordinator, time_machine):
    time_machine.move_to("2026-11-21 12:00Z")
    for day in (1, 5, 9):
        factories.MeasureFactory(audit=audit, due=date(2026, 11, day))
    for month in range(1, method.DEADLINES + 3):
        factories.MeasureFactory(audit=audit, due=date(2027, month, 1), title=f"In {month}")
    first, *shown, last = method.progress(audit, coordinator).deadlines
    assert (first.date, first.text, first.url.split("?")[1]) == (
        date(2026, 11, 1),
        "3 measures are overdue",
        "show=overdue",
    )
    assert [one.date.month for one in shown] == list(range(1, method.DEADLINES + 1))
    assert (last.date, last.text, last.url.split("?")[1]) == (
        date(2027, method.DEADLINES + 1, 1),
        "and 2 more measures from this day on",
        "show=open",
    )
    audit.measures.get(title="In 10").delete()
    assert "In 9" in method.progress(audit, coordinator).deadlines[-1].text


def test_progress_takes_the_same_queries_for_3_and_for_300_measures(audit, coordinator, django_assert_num_queries):
    for total in (3, 300):
        factories.MeasureFactory.create_batch(total - audit.measures.count(), audit=audit, due=date(2020, 1, 1))
        audit.__dict__.pop("_roles", None)
        with django_assert_num_queries(6):
            method.progress(audit, coordinator)
