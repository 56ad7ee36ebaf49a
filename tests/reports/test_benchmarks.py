import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audits.models import Audit
from benchmarks.enums import AssessmentKind, Part, ReviewState, Verdict
from benchmarks.models import Assessment, Judgement, PeerConclusions
from reports import figures
from reports.assembly import assemble, assembly
from reports.document import blocks as b
from reports.document.html import render_html
from tests import factories
from tests.reports import research
from tests.reports.test_assembly import found, section

pytestmark = pytest.mark.django_db


def chapters(report):
    annexes = section(assemble(report), "annexes")
    return [one for one in annexes.blocks if one.key.startswith("assessment-")]


def test_closed_assessment_has_its_chapter_with_wheel_beside_table(bare):
    research.assessment(bare.audit)
    (chapter,) = chapters(bare)
    assert chapter.number == "Annex A"
    assert chapter.title == "Benchmark: Anti-discrimination 2026"
    wheel, table = chapter.blocks[:2]
    assert isinstance(wheel, b.Wheel)
    assert wheel.caption == "3 of 11 key factors are in place"
    assert [spoke.rings for spoke in wheel.spokes] == [3, 2, 2, 1, 3, 2, 0, 1, 2, 0, 3]
    assert [spoke.code for spoke in wheel.spokes if not spoke.relevant] == ["07"]
    assert [(line.word, line.count) for line in wheel.legend] == [
        ("In place", research.VERDICTS.count("i")),
        ("Partly in place", research.VERDICTS.count("p")),
        ("Not in place", research.VERDICTS.count("n")),
        ("Not relevant here", 1),
        ("Not yet judged", 1),
    ]
    notes = " ".join(wheel.notes)
    assert "Benchmark: Anti-discrimination policies [[src-benchmark-" in notes
    assert "The standard: “The city takes steps" in notes
    assert "Who judged: a team of five from three departments." in notes
    assert "When: 1 June 2026 – 3 June 2026" in notes
    assert "“Migrant” means here: Everybody who has moved here" in notes
    name, level, reasons = table.rows[0].cells
    assert (name, level) == ("01 Factor 1", b.Level("full", "In place"))
    assert reasons.startswith("Reasons for Factor 1. Evidence: ")


def test_strengths_gaps_and_judgements_without_evidence_are_named(bare):
    research.assessment(bare.audit)
    (chapter,) = chapters(bare)
    parts = [one for one in found(chapter, b.Section) if isinstance(one.blocks[0], b.Bullets)]
    said = {one.title: one.blocks[0].items for one in parts}
    assert said["Strengths: in place"][0] == "01 Factor 1"
    assert "04 Factor 4" in said["Gaps: not in place"]
    assert "01 Factor 1" not in said["Judged without evidence"]
    assert "04 Factor 4" in said["Judged without evidence"]


def test_open_assessment_is_printed_once_something_is_judged_and_says_that_it_is_not_finished(bare):
    made = research.assessment(bare.audit, verdicts="---", closed=False)
    assert chapters(bare) == []
    Judgement.objects.filter(assessed=made.factors.first()).update(verdict=Verdict.IN_PLACE)
    (chapter,) = chapters(bare)
    assert chapter.title == "Benchmark: Anti-discrimination 2026 (not finished)"
    assert "1 of 3 key factors have been judged so far." in chapter.blocks[0].notes


def test_factors_out_of_scope_are_left_out(bare):
    made = research.assessment(bare.audit)
    made.factors.filter(factor__key="02").update(in_scope=False)
    (chapter,) = chapters(bare)
    assert [spoke.code for spoke in chapter.blocks[0].spokes][:2] == ["01", "03"]


def test_public_report_prints_the_assessment_and_once_released_what_the_peers_conclude(bare):
    made = research.assessment(bare.audit)
    Assessment.objects.update(kind=AssessmentKind.PEER)
    review = factories.PeerReviewFactory(assessment=made, state=ReviewState.SHARED)
    PeerConclusions.objects.create(review=review, conclusions="WHATPEERSKNOW", recommendations="ADVICE")
    said = factories.InterviewEvidenceFactory(review=review, text="QUOTE", said_by="HEADOFHOUSING")
    said.factors.set(made.factors.all())
    assert "WHATPEERSKNOW" not in str(chapters(bare))
    type(review).objects.update(state=ReviewState.RELEASED, released_at=timezone.now())
    (chapter,) = chapters(bare)
    assert isinstance(chapter.blocks[0], b.Wheel)
    part = chapter.blocks[-1]
    assert part.title == "Peer review"
    assert "The judgement of the city and of the peers" in str(part)
    assert ("WHATPEERSKNOW" in str(part), "ADVICE" in str(part)) == (True, True)
    assert ("QUOTE" in str(chapter), "HEADOFHOUSING" in str(chapter)) == (False, False)


def test_repeat_tells_what_moved_since_its_baseline_and_why(bare):
    first = research.assessment(bare.audit, verdicts="nnp")
    second = research.assessment(bare.audit, verdicts="inp", baseline=first, benchmark=first.benchmark)
    before, now = chapters(bare)
    assert [one.number for one in (before, now)] == ["Annex A", "Annex B"]
    moved = next(one for one in found(now, b.Table) if one.key == f"assessment-{second.uuid}-moved")
    assert [row.cells for row in moved.rows] == [
        (
            "01 Factor 1 (More in place than before)",
            "Not in place. Reasons for Factor 1.",
            "In place. Reasons for Factor 1.",
        )
    ]
    assert not any("moved" in one.key for one in found(before, b.Table))


def test_neighbourhood_factor_sums_up_its_neighbourhoods(bare):
    made = research.assessment(bare.audit, verdicts="-", closed=False)
    assessed = made.factors.get()
    type(assessed.factor).objects.filter(pk=assessed.factor_id).update(part=Part.NEIGHBOURHOOD)
    for name, verdict in (("Harbour", Verdict.IN_PLACE), ("Mills", Verdict.NOT_IN_PLACE), ("Hill", Verdict.NOT_JUDGED)):
        scheme = factories.SchemeFactory(assessment=made, name=name)
        factories.JudgementFactory(assessed=assessed, scheme=scheme, verdict=verdict, reasoning="Because.")
    (chapter,) = chapters(bare)
    row = chapter.blocks[1].rows[0]
    assert row.cells[1].word == "Partly in place"
    assert "2 of 3 neighbourhoods or schemes judged." in row.cells[2]
    by_scheme = next(one for one in found(chapter, b.Table) if one.key.endswith("-schemes"))
    assert ("Harbour", b.Level("full", "In place"), "Because.") in [row.cells for row in by_scheme.rows]


def test_annexes_are_lettered_without_gaps_in_the_order_drawn(velmora):
    research.desk(velmora.audit)
    research.assessment(velmora.audit)
    annexes = section(assemble(velmora), "annexes").blocks
    assert [one.number for one in annexes] == [f"Annex {letter}" for letter in "ABCDEFGH"]
    assert [one.key for one in annexes][1:] == [
        "annex-scores",
        "annex-documents",
        "annex-institutions",
        "annex-answers",
        "annex-sources",
        "annex-method",
        "annex-small-numbers",
    ]


def test_factors_in_place_and_judged_are_figures_for_texts(bare):
    research.assessment(bare.audit)
    known = figures.tokens(assembly(bare).material)
    assert known["benchmark.anti_discrimination.in_place"].value == str(research.VERDICTS.count("i"))
    assert known["benchmark.anti_discrimination.judged"].value == "10 of 11"
    assert "benchmark.anti_discrimination.judged" in figures.facts("executive_summary", assembly(bare).material)


def test_tokens_speak_of_the_newest_internal_assessment_that_is_closed(bare):
    name = "benchmark.anti_discrimination.in_place"

    def told():
        known = figures.tokens(assembly(bare).material)
        return known[name].value if name in known else None

    first = research.assessment(bare.audit, verdicts="iip", closed=False)
    assert told() == "2"
    again = research.assessment(bare.audit, verdicts="ipp", closed=False, benchmark=first.benchmark, baseline=first)
    assert told() == "2"
    Assessment.objects.filter(pk=first.pk).update(state="closed", closed_at=timezone.now())
    assert told() == "2"
    Assessment.objects.filter(pk=again.pk).update(state="closed", closed_at=timezone.now())
    assert told() == "1"
    Assessment.objects.update(kind=AssessmentKind.PEER)
    assert told() is None


def test_square_brackets_that_somebody_typed_are_no_reference(bare):
    made = research.assessment(bare.audit, verdicts="i")
    made.factors.get().judgements.update(reasoning="See [[annex-sources]].")
    Assessment.objects.update(people="[[annex-sources]]")
    (chapter,) = chapters(bare)
    assert "[[annex-sources]]" not in str(chapter)
    assert "See [ [annex-sources]]." in chapter.blocks[1].rows[0].cells[2]


@pytest.mark.parametrize("count", [1, 6])
def test_queries_do_not_grow_with_the_assessments(bare, count):
    for number in range(count):
        benchmark = factories.BenchmarkFactory(code=f"one-{number}", standard="It is so.")
        factories.KeyFactorFactory(benchmark=benchmark)
        first = research.assessment(bare.audit, verdicts="p", closed=False, benchmark=benchmark)
        research.assessment(bare.audit, verdicts="i", baseline=first, benchmark=benchmark)
    bare.audit = Audit.objects.with_frame().get(pk=bare.audit.pk)
    with CaptureQueriesContext(connection) as queries:
        assemble(bare)
    assert len(queries) == 21


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_the_reviews(bare, count):
    for number in range(count):
        benchmark = factories.BenchmarkFactory(code=f"one-{number}")
        factories.KeyFactorFactory(benchmark=benchmark)
        made = research.assessment(bare.audit, verdicts="p", benchmark=benchmark)
        review = factories.PeerReviewFactory(
            assessment=made, state=ReviewState.RELEASED, released_at=timezone.now(), letter="x"
        )
        PeerConclusions.objects.create(review=review, conclusions=f"CONCLUSION{number}")
        factories.PeerJudgementFactory(review=review, assessed=made.factors.get(), verdict=Verdict.IN_PLACE)
    bare.audit = Audit.objects.with_frame().get(pk=bare.audit.pk)
    with CaptureQueriesContext(connection) as queries:
        document = assemble(bare)
    assert str(document).count("The peers see more in place") == count
    assert all(f"CONCLUSION{number}" in str(document) for number in range(count))
    assert len(queries) == 22


def test_texts_of_a_benchmark_in_another_language_carry_it_in_cells_notes_and_lists(bare):
    made = research.assessment(bare.audit, verdicts="in")
    Assessment.objects.update(kind=AssessmentKind.PEER)
    factories.PeerReviewFactory(assessment=made, state=ReviewState.RELEASED, released_at=timezone.now())
    bare.language = "bg"
    page = render_html(assemble(bare), target="page")
    # In the judgements, beside those of the peers, and among the strengths or gaps.
    assert len(re.findall(r'01 <span lang="en" dir="ltr">Factor 1</span>', page)) == 3
    assert '“<span lang="en"' in page or '„<span lang="en"' in page
    assert '<span lang="en" dir="ltr">Anti-discrimination policies</span>' in page
    bare.language = "en"
    assert '<span lang="en"' not in render_html(assemble(bare), target="page")


def test_date_of_one_day_is_printed_once(bare):
    made = research.assessment(bare.audit)
    Assessment.objects.filter(pk=made.pk).update(starts_on=date(2026, 6, 3), ends_on=None)
    assert "When: 3 June 2026" in chapters(bare)[0].blocks[0].notes


@pytest.mark.parametrize("count", [3, 300])
def test_queries_do_not_grow_with_the_factors(bare, count):
    first = research.assessment(bare.audit, verdicts="p" * count)
    research.assessment(bare.audit, verdicts="i" * count, baseline=first, benchmark=first.benchmark)
    bare.audit = Audit.objects.with_frame().get(pk=bare.audit.pk)
    with CaptureQueriesContext(connection) as queries:
        assemble(bare)
    assert len(queries) == 21


def test_measures_stand_in_an_annex_after_the_benchmarks(bare):
    research.assessment(bare.audit)
    factories.MeasureFactory(audit=bare.audit, number=1, title="Train the desk", objective="To inform", indicator="All")
    annexes = section(assemble(bare), "annexes")
    assert [one.key.split("-")[0] for one in annexes.blocks][:2] == ["assessment", "plan"]
    plan = annexes.blocks[1]
    assert (plan.number, plan.title) == ("Annex B", "Development plan")
    text = str(plan)
    for expected in ("M1 Train the desk *", "To inform", "How one will see it", "All"):
        assert expected in text


def test_report_without_measures_has_no_plan(bare):
    research.assessment(bare.audit)
    assert "plan" not in [one.key for one in section(assemble(bare), "annexes").blocks]
