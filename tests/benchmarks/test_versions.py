"""A benchmark that has another version while it is assessed: the assessment keeps its own and can move, and back."""

import pytest

from benchmarks import actions
from benchmarks.enums import Verdict
from benchmarks.models import QuestionAnswer
from benchmarks.results import result_of
from benchmarks.standing import standings
from tests import factories

from .pages import factor, form_of, judge, to, words_of


@pytest.fixture
def newer(benchmark):
    """A version without factor 02 and question q2.1, with a factor 04; factor 01 is reworded."""
    one = factories.BenchmarkFactory(code="fairness", version="velmora-2026", title="Fairness", derived_from=benchmark)
    first = factories.KeyFactorFactory(
        benchmark=one, key="01", position=1, title="Factor 1", statement="The city does thing 1 well."
    )
    factories.GuideQuestionFactory(factor=first, key="q1", position=1, text="Is it written down by now?")
    factories.GuideQuestionFactory(factor=first, key="q2", position=2, text="Who does it?")
    factories.KeyFactorFactory(benchmark=one, key="03", position=2, title="Factor 3")
    factories.KeyFactorFactory(benchmark=one, key="04", position=3, title="Factor 4")
    return one


@pytest.fixture
def judged(assessment):
    """Something written on every factor, and on each question of the first."""
    for key, verdict in (("01", Verdict.IN_PLACE), ("02", Verdict.PARTLY), ("03", Verdict.NOT_IN_PLACE)):
        judgement = judge(assessment, key, verdict, f"Reasons of {key}.")
        factories.EvidenceFactory(
            judgement=judgement, title=f"Evidence of {key}", question=judgement.assessed.factor.questions.first()
        )
    judgement = factor(assessment, "01").judgements.get()
    for question in judgement.assessed.factor.questions.all():
        judgement.answers.create(question=question, text=f"Answer to {question.key}.")
    return assessment


def test_draft_is_offered_neither_for_new_work_nor_to_move_to(team, judged, newer):
    type(newer).objects.filter(pk=newer.pk).update(is_draft=True)
    newer.refresh_from_db()
    assert newer not in actions.other_versions(judged)
    assert f"{newer.uuid}" not in team.get(to("assessment-create", judged.audit)).content.decode()
    assert f"{newer.uuid}" not in team.get(to("assessment-detail", judged)).content.decode()
    team.post(to("assessment-move", judged), {"to": newer.uuid})
    judged.refresh_from_db()
    assert judged.benchmark != newer
    own_page = team.get(to("benchmark-detail", judged.audit, newer.code, newer.version)).content.decode()
    assert "Assessments can begin with this version once it is published." in own_page
    assert f"benchmark={newer.uuid}" not in own_page
    actions.close(assessment=judged, by=None)
    repeated = team.post(to("assessment-repeat", judged))
    assert repeated.status_code == 302
    assert judged.repeats.get().benchmark == judged.benchmark


def everything(assessment):
    """All that was written, by the code of its factor and question, whatever the version."""
    return {
        "judgements": sorted(
            (
                row.factor.key,
                judgement.verdict,
                judgement.reasoning,
                tuple(piece.title for piece in judgement.evidence.all()),
            )
            for row in assessment.factors.all()
            for judgement in row.judgements.all()
            if judgement.reasoning
        ),
        "answers": sorted(
            QuestionAnswer.objects.filter(judgement__assessed__assessment=assessment).values_list(
                "question__key", "text"
            )
        ),
    }


def test_assessment_keeps_its_version_and_offers_the_newer_one(team, judged, newer):
    words = words_of(team.get(to("assessment-detail", judged)))
    assert "There is a newer version of this benchmark: velmora-2026" in words
    judged.refresh_from_db()
    assert judged.benchmark != newer


def test_retired_version_is_not_offered(team, judged, newer):
    type(newer).objects.filter(pk=newer.pk).update(retired_at="2026-01-01T00:00Z")
    assert "newer version" not in words_of(team.get(to("assessment-detail", judged)))
    assert "no other version" in words_of(team.get(to("assessment-move", judged)))


def test_original_is_repeated_on_the_newest_original_and_an_own_version_on_itself(team, judged, newer):
    same = type(newer).objects.filter(code="fairness")
    originals = [judged.benchmark, factories.BenchmarkFactory(code="fairness", version="2", title="Fairness")]
    same.exclude(pk=newer.pk).update(origin="original")
    assert "newer version of this benchmark: 2." in words_of(team.get(to("assessment-detail", judged)))
    actions.close(assessment=judged, by=None)
    own = factories.BenchmarkFactory(code="fairness", version="velmora-2027", derived_from=newer)
    response = team.post(to("assessment-repeat", judged), follow=True)
    assert judged.repeats.get().benchmark == originals[1]
    assert "with version 2 of the benchmark" in words_of(response)
    judged.repeats.all().delete()
    type(judged).objects.filter(pk=judged.pk).update(benchmark=newer)
    judged.refresh_from_db()
    assert actions.version_of_repeat(judged) == newer
    same.exclude(pk=own.pk).update(retired_at="2026-01-01T00:00Z")
    judged.benchmark.refresh_from_db()
    assert actions.version_of_repeat(judged) == own


def test_page_shows_what_is_found_what_is_new_and_what_has_no_counterpart(team, judged, newer):
    newer.factors.filter(key="04").update(replaces="02")
    words = words_of(team.get(to("assessment-move", judged)))
    assert "Factor 4 a new wording of 02" in words
    for expected in ("2 key factors are found again", "1 key factor is new", "1 key factor has no counterpart"):
        assert expected in words
    assert "01 Factor 1 reworded" in words
    assert "What has no counterpart is kept" in words


def test_move_maps_by_code_and_keeps_the_rest(team, judged, newer):
    before = everything(judged)
    team.post(to("assessment-move", judged), {"to": newer.uuid})
    judged.refresh_from_db()
    assert judged.benchmark == newer
    assert everything(judged) == before
    result = result_of(judged, "en")
    assert [(one.code, one.verdict) for one in result.factors] == [
        ("01", Verdict.IN_PLACE),
        ("03", Verdict.NOT_IN_PLACE),
        ("04", Verdict.NOT_JUDGED),
    ]
    assert [one.code for one in result.left_over] == ["02"]
    assert (result.tally.judged, result.tally.total) == (2, 3)
    first = factor(judged, "01").judgements.get()
    assert {one.question.factor.benchmark.version for one in first.answers.exclude(question__key="q2.1")} == {
        "velmora-2026"
    }
    assert first.evidence.get().question.text == "Is it written down by now?"


def test_what_has_no_counterpart_is_shown_as_of_its_version(team, judged, newer):
    actions.move(assessment=judged, to=newer, by=None)
    words = words_of(team.get(to("factor", factor(judged, "01"))))
    assert "Answer to q2.1." in words
    assert "from version own" in words
    left = factor(judged, "02")
    response = team.get(to("factor", left))
    assert "From version own of the benchmark" in words_of(response)
    assert "<textarea" not in response.content.decode()
    assert "1 key factor of another version" in words_of(team.get(to("assessment-detail", judged)))


def test_writing_on_a_factor_that_was_left_over_gives_the_text_back(team, judged, newer):
    left = factor(judged, "02")
    sent = form_of(left.judgements.get(), reasoning="Typed for an hour.")
    actions.move(assessment=judged, to=newer, by=None)
    response = team.post(to("factor", left), sent)
    assert "Typed for an hour." in words_of(response)
    assert "to which the assessment has moved" in words_of(response)


def test_saving_after_the_move_keeps_the_answers_of_the_other_version(team, judged, newer):
    actions.move(assessment=judged, to=newer, by=None)
    row = factor(judged, "01")
    team.post(to("factor", row), form_of(row.judgements.get(), reasoning="Another one."))
    assert ("q2.1", "Answer to q2.1.") in everything(judged)["answers"]


def test_move_back_brings_everything_back(team, benchmark, judged, newer):
    before = everything(judged)
    questions = set(QuestionAnswer.objects.values_list("question_id", "text"))
    team.post(to("assessment-move", judged), {"to": newer.uuid})
    judge(judged, "04", Verdict.PARTLY, "Reasons of 04.")
    team.post(to("assessment-move", judged), {"to": benchmark.uuid})
    judged.refresh_from_db()
    assert judged.benchmark == benchmark
    result = result_of(judged, "en")
    assert [one.code for one in result.factors] == ["01", "02", "03"]
    assert [one.code for one in result.left_over] == ["04"]
    assert set(QuestionAnswer.objects.values_list("question_id", "text")) == questions
    after = everything(judged)
    assert after["answers"] == before["answers"]
    assert set(before["judgements"]) < set(after["judgements"])
    team.post(to("assessment-move", judged), {"to": newer.uuid})
    judged.refresh_from_db()
    assert [one.code for one in result_of(judged, "en").factors] == ["01", "03", "04"]


def test_way_back_stays_open_to_a_retired_version(team, benchmark, judged, newer):
    actions.move(assessment=judged, to=newer, by=None)
    type(benchmark).objects.filter(pk=benchmark.pk).update(retired_at="2026-01-01T00:00Z")
    assert list(actions.other_versions(judged)) == [benchmark]


def test_factor_that_becomes_one_of_neighbourhoods_keeps_its_judgement_for_the_city(team, audit, scheme_benchmark):
    assessment = actions.create_assessment(audit=audit, benchmark=scheme_benchmark, by=None, title="Taking part")
    factories.SchemeFactory(assessment=assessment, name="Harbour")
    judge(assessment, "KF1", Verdict.IN_PLACE, "Everywhere.")
    other = factories.BenchmarkFactory(code="taking-part", version="other")
    factories.KeyFactorFactory(benchmark=other, key="KF1", part="neighbourhood", position=1)
    actions.move(assessment=assessment, to=other, by=None)
    row = factor(assessment, "KF1")
    assert result_of(assessment, "en").factors[0].verdict == Verdict.NOT_JUDGED
    response = team.get(to("factor", row), {"scheme": "whole"})
    assert "Everywhere." in words_of(response)
    assert [tab["name"] for tab in response.context["screen"].tabs] == ["Harbour", "The whole city"]


def test_only_versions_of_the_same_benchmark_can_be_moved_to(team, judged):
    other = factories.BenchmarkFactory()
    assert team.post(to("assessment-move", judged), {"to": other.uuid}).status_code == 409
    with pytest.raises(ValueError, match="one benchmark"):
        actions.move(assessment=judged, to=other, by=None)


def test_closed_assessment_keeps_its_version(team, judged, newer):
    actions.close(assessment=judged, by=None)
    response = team.post(to("assessment-move", judged), {"to": newer.uuid})
    assert (response.status_code, "it keeps its version" in words_of(response)) == (409, True)
    judged.refresh_from_db()
    assert judged.benchmark != newer


def test_page_that_stood_open_over_the_move_deletes_no_answer(team, judged, newer):
    row = factor(judged, "01")
    page, sent = to("factor", row), form_of(row.judgements.get(), reasoning="Another one.")
    before = everything(judged)["answers"]
    actions.move(assessment=judged, to=newer, by=None)
    response = team.post(page, sent)
    assert response.status_code == 409
    assert "Another one." in words_of(response)
    team.post(page, sent | {"version": row.judgements.get().version, "answer_q2.1": "Reworded."})
    assert everything(judged)["answers"] == [*before[:-1], ("q2.1", "Reworded.")]
    assert row.judgements.get().reasoning == "Another one."


def test_field_that_was_not_sent_keeps_its_answer(team, judged):
    row = factor(judged, "01")
    sent = form_of(row.judgements.get(), reasoning="Another one.")
    team.post(to("factor", row), {name: value for name, value in sent.items() if not name.startswith("answer_")})
    assert row.judgements.get().answers.count() == 3


def test_evidence_on_a_question_of_the_old_version_keeps_it(team, judged, newer):
    question = factor(judged, "01").factor.questions.get(key="q2.1")
    piece = factories.EvidenceFactory(judgement=factor(judged, "01").judgements.get(), question=question)
    actions.move(assessment=judged, to=newer, by=None)
    piece = type(piece).objects.get(pk=piece.pk)
    response = team.get(to("evidence-edit", piece))
    assert response.context["form"]["question"].value() == question.pk
    assert "in schools" in words_of(response)
    team.post(to("evidence-edit", piece), {"version": 1, "kind": "documentary", "title": "T", "question": question.pk})
    piece.refresh_from_db()
    assert (piece.title, piece.question) == ("T", question)


def test_factor_that_was_left_over_counts_nowhere(judged, researcher, newer):
    judge(judged, "02", Verdict.NOT_JUDGED)
    judged.factors.filter(factor__key="02").update(assignee=researcher)
    actions.move(assessment=judged, to=newer, by=None)
    found = standings(judged.audit)
    assert [one.assessed.factor.key for one in found] == ["01", "03", "04"]
    assert {one.pk for one in judged.factors.counting()} == {one.assessed.pk for one in result_of(judged, "en").factors}
