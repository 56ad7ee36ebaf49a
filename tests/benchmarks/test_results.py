import io
from datetime import date, datetime

import openpyxl
import page as page_validation
import pytest
from django.utils import translation

from benchmarks import actions
from benchmarks.enums import Verdict
from benchmarks.printed import assessment as printed
from benchmarks.results import comparison_of, result_of
from benchmarks.scoring import Move
from benchmarks.views import results as views
from reports.document import blocks, pdf
from reports.document.html import render_html
from tests import factories
from tests.reports.document import sample

from .pages import close, factor, judge, to, words_of


@pytest.fixture
def judged(assessment):
    """One factor in place with evidence, one not in place without, one not judged."""
    factories.EvidenceFactory(
        judgement=judge(assessment, "01", Verdict.IN_PLACE, "The strategy says so."), title="Strategy 2024"
    )
    judge(assessment, "02", Verdict.NOT_IN_PLACE, "Nobody does it.")
    return assessment


def test_result_names_strengths_gaps_and_what_has_no_evidence(team, judged):
    response = team.get(to("assessment-result", judged))
    result = response.context["result"]
    assert [one.code for one in result.strengths] == ["01"]
    assert [one.code for one in result.gaps] == ["02"]
    assert [one.code for one in result.unproven] == ["02"]
    words = words_of(response)
    assert "2 of 3 key factors judged" in words
    assert "Nobody does it." in words


def test_wheel_has_a_spoke_for_each_factor_and_says_it_in_words(team, judged):
    response = team.get(to("assessment-result", judged))
    assert response.context["result"].rings == [("01", 3, True), ("02", 1, True), ("03", None, True)]
    expected = "Wheel of 3 key factors. 01: in place; 02: not in place; 03: not yet judged"
    assert f"<title>{expected}</title>" in response.content.decode()


def test_partly_needs_no_evidence_to_be_no_gap(assessment):
    judge(assessment, "01", Verdict.PARTLY)
    judge(assessment, "02", Verdict.NOT_RELEVANT, "A task of the state.")
    result = result_of(assessment, "en")
    assert result.unproven == []
    assert result.rings[1] == ("02", 0, False)


def test_out_of_scope_counts_in_no_share(judged):
    judged.factors.filter(factor__key="03").update(in_scope=False)
    result = result_of(judged, "en")
    assert (result.tally.judged, result.tally.total) == (2, 2)
    assert [one.code for one in result.out_of_scope] == ["03"]


@pytest.fixture
def schemed(audit, scheme_benchmark):
    assessment = actions.create_assessment(audit=audit, benchmark=scheme_benchmark, by=None, title="Taking part 2026")
    for place, name in enumerate(["Harbour", "Hill", "Station"]):
        factories.SchemeFactory(assessment=assessment, name=name, position=place)
    actions.ensure_judgements(assessment=assessment)
    for name, verdict in (("Harbour", Verdict.IN_PLACE), ("Hill", Verdict.NOT_IN_PLACE)):
        judge(assessment, "KF/N1", verdict, f"In {name}.", scheme=assessment.schemes.get(name=name))
    return assessment


def test_neighbourhoods_are_summed_up_and_shown_one_by_one(team, schemed):
    response = team.get(to("assessment-result", schemed))
    one = next(one for one in response.context["result"].factors if one.per_scheme)
    assert (one.verdict, one.schemes_judged, one.is_partial) == (Verdict.PARTLY, 2, True)
    words = words_of(response)
    for expected in ("Harbour", "Station", "2 of 3 neighbourhoods or schemes judged"):
        assert expected in words


def test_gap_of_one_neighbourhood_is_listed_with_its_name(team, schemed):
    factories.EvidenceFactory(judgement=schemed.schemes.get(name="Hill").judgements.get())
    words = words_of(team.get(to("assessment-result", schemed)))
    gaps = words.partition("Gaps: not in place")[2].partition("Judged without evidence")[0]
    assert "KF/N1 Area" in gaps
    assert "Hill: In Hill." in gaps
    assert "Harbour" not in gaps
    html = render_html(printed.document(schemed, "en"), target="page")
    assert "KF/N1 Area (Hill)" in html
    assert "KF/N1 Area (Harbour)" in html
    assert html.index("Core: the whole city") < html.index("Neighbourhoods and other sub-city areas")
    row = words_of(team.get(to("assessment-detail", schemed)))
    assert "No evidence yet: Harbour" in row


def test_repeat_shows_what_moved_with_both_reasons(team, researcher, judged):
    context = factories.ContextFactorFactory(title="Budget cuts")
    close(judged)
    repeat = actions.repeat(
        assessment=judged, benchmark=judged.benchmark, title="Fairness 2028", by=researcher, uuid=None
    )
    judge(repeat, "01", Verdict.PARTLY, "The strategy has run out.").context_factors.add(context)
    judge(repeat, "02", Verdict.NOT_IN_PLACE, "Still nobody.")
    moves = {one.code: one.move for one in comparison_of(result_of(repeat, "en"), "en")}
    assert moves == {"01": Move.WORSE, "02": Move.SAME, "03": Move.OPEN}
    response = team.get(to("assessment-result", repeat))
    words = words_of(response)
    for expected in ("The strategy says so.", "The strategy has run out.", "Budget cuts", "Less in place than before"):
        assert expected in words
    assert [one.code for one in response.context["moved"]] == ["01"]


def test_repeat_shows_what_moved_between_neighbourhoods(team, researcher, schemed):
    close(schemed)
    repeat = actions.repeat(
        assessment=schemed, benchmark=schemed.benchmark, title="Taking part 2028", by=researcher, uuid=None
    )
    for name, verdict in (("Harbour", Verdict.NOT_IN_PLACE), ("Hill", Verdict.IN_PLACE)):
        judge(repeat, "KF/N1", verdict, scheme=repeat.schemes.get(name=name))
    (one,) = team.get(to("assessment-result", repeat)).context["moved"]
    assert (one.code, one.move, one.before.verdict) == ("KF/N1", Move.WITHIN, one.now.verdict)
    for said in (words_of(team.get(to("assessment-result", repeat))), text_of(printed.document(repeat, "en"))):
        assert "Harbour: Not in place, before: In place" in said
        assert "Hill: In place, before: Not in place" in said
        assert "Station: " not in said


def test_repeat_is_compared_by_code_across_versions(audit, researcher, judged):
    newer = factories.BenchmarkFactory(code="fairness", version="own-2", title="Fairness")
    factories.KeyFactorFactory(benchmark=newer, key="01", position=1)
    factories.KeyFactorFactory(benchmark=newer, key="09", position=2)
    close(judged)
    repeat = actions.repeat(assessment=judged, benchmark=newer, title="Fairness 2028", by=researcher, uuid=None)
    moves = {one.code: one.move for one in comparison_of(result_of(repeat, "en"), "en")}
    assert moves == {"01": Move.OPEN, "09": Move.ADDED, "02": Move.GONE, "03": Move.GONE}


def test_where_nothing_is_judged_nothing_is_said_to_have_evidence(team, assessment):
    document = render_html(printed.document(assessment, "en"), target="page")
    for said in (words_of(team.get(to("assessment-result", assessment))), document):
        assert "has evidence" not in said
        assert "No key factor is judged “in place” or “not in place” yet." in said
    for row in assessment.factors.all():
        judge(assessment, row.factor.key, Verdict.PARTLY, "By halves.")
    type(assessment).objects.update(migrant_definition="Whoever moved here.")
    closing = words_of(team.get(to("assessment-close", assessment)))
    assert "is judged, with reasons. No key factor is judged “in place” or “not in place” yet." in closing


def test_result_reads_any_number_of_factors_with_the_same_queries(team, audit, django_assert_num_queries):
    benchmark = factories.BenchmarkFactory()
    assessment = factories.AssessmentFactory(audit=audit, benchmark=benchmark)
    for total in (3, 300):
        while benchmark.factors.count() < total:
            row = factories.AssessedFactorFactory(assessment=assessment)
            factories.EvidenceFactory(judgement=factories.JudgementFactory(assessed=row, verdict=Verdict.IN_PLACE))
        with django_assert_num_queries(11):
            team.get(to("assessment-result", assessment))


def test_table_holds_judgements_and_no_formula(team, judged):
    judged.factors.filter(factor__key="01").update(due=date(2026, 12, 24))
    judge(judged, "03", Verdict.PARTLY, '=HYPERLINK("https://example.org")')
    response = team.get(to("assessment-table", judged))
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert rows[0][:5] == ["01", "Factor 1", None, "In place", "The strategy says so."]
    assert rows[0][6] == "Document: Strategy 2024"
    assert rows[0][8] == datetime(2026, 12, 24)
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_table_says_what_explains_a_judgement_in_the_language_of_the_page(team, judged):
    context = factories.ContextFactorFactory(title="Budget cuts")
    context.translations.create(field="title", language="bg", text="Съкращения", source="Budget cuts")
    judged.factors.get(factor__key="01").judgements.get().context_factors.add(context)
    response = team.get(to("assessment-table", judged), headers={"Accept-Language": "bg"})
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    assert sheet.cell(2, 6).value == "Съкращения"


def test_table_sums_up_neighbourhoods(team, schemed):
    sheet = openpyxl.load_workbook(io.BytesIO(team.get(to("assessment-table", schemed)).content)).active
    rows = [[cell.value for cell in row][:4] for row in sheet.iter_rows(min_row=2)]
    assert ["KF/N1", "Area", "Harbour", "In place"] in rows
    assert ["KF/N1", "Area", "2 of 3 neighbourhoods or schemes judged", "Partly in place"] in rows


# Printed --------------------------------------------------------------------------------------------------


def text_of(document):
    return " ".join(render_html(document, target="page").split())


def test_document_says_standard_definition_judgements_and_gaps(judged):
    judged.migrant_definition, judged.people = "Whoever moved here.", "Five people"
    judged.benchmark.standard = "The city is fair."
    text = text_of(printed.document(judged, "en"))
    for expected in (
        "The city is fair.",
        "Whoever moved here.",
        "Five people",
        "2 of 3 key factors judged",
        "The strategy says so. Evidence: Strategy 2024.",
        "No evidence is recorded.",
        "Strengths: in place",
        "Gaps: not in place",
        "Not closed yet",
    ):
        assert expected in text


def test_chapter_survives_json_and_has_its_key(judged):
    document = printed.document(judged, "en")
    assert blocks.from_dict(blocks.to_dict(document)) == document
    assert document.chapters[0].key == f"assessment-{judged.uuid}"


def test_document_speaks_its_language(judged):
    with translation.override("en"):
        assert printed.document(judged, "bg").language == "bg"


def test_pdf_is_accessible(tmp_path, judged, researcher, schemed):
    close(judged)
    repeat = actions.repeat(
        assessment=judged, benchmark=judged.benchmark, title="Fairness 2028", by=researcher, uuid=None
    )
    judge(repeat, "01", Verdict.PARTLY, "The strategy has run out.")
    for number, one in enumerate((repeat, schemed)):
        made = pdf.render_pdf(printed.document(one, "en"), media=sample.picture)
        file = tmp_path / f"{number}.pdf"
        file.write_bytes(made.data)
        checked = page_validation.validate_pdf(file, profile="ua1")
        assert checked.is_compliant, checked


def test_pdf_is_made_once_for_the_same_form(team, judged, monkeypatch):
    begun = []

    def begin(owner, key, document):
        begun.append((owner, document()))
        return views.printing.Print(key, None)

    monkeypatch.setattr(views.printing, "begin", begin)
    response = team.post(to("assessment-pdf", judged), {"uuid": "7c6a0c4e-7bb1-4c3e-9c0c-2d1c3c0b7a11"})
    assert response["Location"].endswith("/pdf/7c6a0c4e-7bb1-4c3e-9c0c-2d1c3c0b7a11/")
    assert begun[0][0] == judged.uuid
    assert "has been deleted" in words_of(team.get(response["Location"]))
    assert team.get(f"{response['Location']}file/").status_code == 404


def test_factor_page_shows_the_earlier_judgement_as_help(team, researcher, judged):
    close(judged)
    repeat = actions.repeat(
        assessment=judged, benchmark=judged.benchmark, title="Fairness 2028", by=researcher, uuid=None
    )
    words = words_of(team.get(to("factor", factor(repeat, "02"))))
    assert "In “Fairness 2026”:" in words
    assert "Nobody does it." in words


def test_document_says_where_in_the_evidence_and_what_was_answered(judged):
    judgement = factor(judged, "01").judgements.get()
    judgement.evidence.update(place="p. 4")
    judgement.answers.create(question=judgement.assessed.factor.questions.get(key="q1"), text="In § 3.\nAnd yearly.")
    document = printed.document(judged, "en")
    text = text_of(document)
    assert "Evidence: Strategy 2024 (p. 4)." in text
    answers = text.rpartition("Answers to the guide questions")[2]
    places = [answers.index(part) for part in ("Is it written down?", "In § 3.", "And yearly.")]
    assert places == sorted(places)
    chapter = printed.chapter(result_of(judged, "en"))
    assert "In § 3." not in str(blocks.to_dict(chapter)), "the public report does not carry the working notes"
