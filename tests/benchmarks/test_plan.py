"""The development plan of an assessment."""

import page as page_validation
import pytest
from django.urls import reverse

from benchmarks import actions
from benchmarks.enums import Verdict
from benchmarks.plan import objectives, plan_of
from benchmarks.results import result_of
from benchmarks.views import plan as views
from reports.document import pdf
from reports.document.html import render_html
from tests import factories

from .pages import factor, judge, to, words_of

COMPLETE = {"objective": "O", "responsible": "City Hall", "resources": "Money", "due": "2027-03-01"}


@pytest.fixture
def judged(assessment):
    """In place, not in place with a measure that lacks something, partly without a measure."""
    judge(assessment, "01", Verdict.IN_PLACE)
    judge(assessment, "02", Verdict.NOT_IN_PLACE)
    judge(assessment, "03", Verdict.PARTLY)
    return assessment


def measure(row, kind="factor", **fields):
    made = factories.MeasureFactory(audit=row.assessment.audit, **fields)
    source = row.uuid if kind == "factor" else row.judgements.get().uuid
    factories.EvidenceLinkFactory(holder=made, app="benchmarks", type=kind, source=source, caption="Of the factor")
    return made


def test_plan_gathers_the_measures_of_the_assessment_under_their_factors(team, judged):
    measure(factor(judged, "02"), number=1, title="Train the desk")
    measure(factor(judged, "02"), "judgement", number=2, title="Tell everybody", **COMPLETE)
    measure(factor(judged, "01"), number=3, title="Keep it so", **COMPLETE)
    factories.MeasureFactory(audit=judged.audit, number=4, title="From nowhere")
    response = team.get(to("assessment-plan", judged))
    found = [(one.factor.code, [row.number for row in one.measures]) for one in response.context["plan"].factors]
    assert found == [("01", [3]), ("02", [1, 2]), ("03", [])]
    words = words_of(response)
    assert "3 measures" in words
    assert "1 measure is not complete yet" in words
    assert "1 key factor that is not in place, or partly, has no measure yet" in words
    assert "From nowhere" not in words


def test_plan_leads_to_the_pages_and_files_of_its_own_measures(team, judged):
    own = measure(factor(judged, "02"), number=1, title="Train the desk", due="2027-03-01")
    judgement = factor(judged, "02").judgements.get()
    factories.EvidenceLinkFactory(holder=own, app="benchmarks", type="judgement", source=judgement.uuid)
    factories.MeasureProgressFactory(measure=own)
    factories.MeasureFactory(audit=judged.audit, number=2, title="From nowhere", due="2027-03-01")
    page = team.get(to("assessment-plan", judged)).content.decode()
    for name in ("list", "timeline", "review", "ics", "export"):
        address = f"{reverse(f'agenda:measure-{name}', args=[judged.audit.slug])}?{as_source(judged)}"
        assert f'href="{address}"' in page
        if name == "export":
            continue
        found = team.get(address)
        assert "Train the desk" in found.content.decode()
        assert "From nowhere" not in found.content.decode()
        if name in ("timeline", "review"):
            assert "Only measures made from Fairness 2026 Show all measures" in words_of(found)
    review = team.get(f"{reverse('agenda:measure-review', args=[judged.audit.slug])}?{as_source(judged)}")
    assert review.context["forms"][0].measure.said_count == 1


def as_source(assessment):
    return f"source=benchmarks%3Aassessment%3A{assessment.uuid}"


def test_factor_without_a_measure_offers_one_and_its_examples(team, benchmark, judged):
    factories.ExampleFactory(factor=benchmark.factors.get(key="03"), key="e1", position=1, city="Turin", text="So.")
    page = team.get(to("assessment-plan", judged)).content.decode()
    source = f"?source=benchmarks:factor:{factor(judged, '03').uuid}"
    assert f'{source}"' in page
    assert f"{source}&amp;example=0" in page
    assert "Turin" in page
    assert str(factor(judged, "01").uuid) not in page


def test_reader_sees_the_plan_without_buttons(client, member, judged):
    client.force_login(member("viewer"))
    assert "Make a measure" not in words_of(client.get(to("assessment-plan", judged)))


def test_plan_leads_there_from_the_assessment_and_its_result(team, judged):
    for name in ("assessment-detail", "assessment-result"):
        assert to("assessment-plan", judged) in team.get(to(name, judged)).content.decode()


def test_plan_shows_nothing_of_another_audit(team, judged):
    other = factories.MeasureFactory(title="Of another city")
    row = factor(judged, "02")
    factories.EvidenceLinkFactory(holder=other, app="benchmarks", type="factor", source=row.uuid)
    assert "Of another city" not in words_of(team.get(to("assessment-plan", judged)))
    foreign = actions.create_assessment(audit=other.audit, benchmark=judged.benchmark, by=None, title="Theirs")
    assert team.get(to("assessment-plan", judged.audit, foreign.uuid)).status_code == 404


def test_plan_without_anything_says_when_it_fills(team, assessment):
    assert "The plan fills as the factors are judged." in words_of(team.get(to("assessment-plan", assessment)))


def test_plan_takes_the_same_queries_for_3_and_for_300_measures(team, judged, django_assert_num_queries):
    row = factor(judged, "02")
    for total in (3, 300):
        while judged.audit.measures.count() < total:
            made = measure(row, recommendation=factories.RecommendationFactory(audit=judged.audit))
            factories.MeasureProgressFactory(measure=made)
        with django_assert_num_queries(15):
            response = team.get(to("assessment-plan", judged))
        assert len(response.context["plan"].measures) == total


def test_pdf_has_the_factors_as_objectives_and_all_that_is_written(team, judged, monkeypatch, tmp_path):
    made = measure(
        factor(judged, "02"),
        number=1,
        title="Train [[M9]] the desk",
        indicator="All 12 trained",
        inspired_by="Ghent",
        recommendation=factories.RecommendationFactory(audit=judged.audit, number=7, title="Train them"),
    )
    factories.MeasureProgressFactory(measure=made, state="under_way", note="The first six.")
    documents = []

    def begin(owner, key, document):
        documents.append(document())
        return views.printing.Print(key, None)

    monkeypatch.setattr(views.printing, "begin", begin)
    key = "7c6a0c4e-7bb1-4c3e-9c0c-2d1c3c0b7a11"
    assert team.post(to("plan-pdf", judged), {"uuid": key})["Location"].endswith(f"/plan/pdf/{key}/")
    text = " ".join(render_html(documents[0], target="page").split())
    for expected in (
        "Development plan: Fairness 2026",
        "02 Factor 2",
        "The city does thing 2.",
        "Judgement: Not in place",
        "All 12 trained",
        "Ghent",
        "R7 Train them; Of the factor",
        "Under way, The first six.",
        "* Not complete yet: M1 (",
        "03 Factor 3",
        "There is no measure for it yet.",
    ):
        assert expected in text
    file = tmp_path / "plan.pdf"
    file.write_bytes(pdf.render_pdf(documents[0], media=lambda name: None).data)
    checked = page_validation.validate_pdf(file, profile="ua1")
    assert checked.is_compliant, checked


def test_examples_stand_in_the_pdf_where_nothing_is_planned(benchmark, judged):
    factories.ExampleFactory(factor=benchmark.factors.get(key="03"), key="e1", position=1, city="Turin", text="So.")
    found = {one.title: one.lines for one in objectives(plan_of(result_of(judged, "en"), "en"))}
    assert found == {"02 Factor 2": (), "03 Factor 3": ("How others did it: Turin. So.",)}


def test_factor_without_a_title_says_its_statement_once(benchmark, judged):
    benchmark.factors.filter(key="03").update(title="", statement="The city does it together.")
    found = {one.title: one.text for one in objectives(plan_of(result_of(judged, "en"), "en"))}
    assert found == {"02 Factor 2": "The city does thing 2.", "03 The city does it together.": ""}
