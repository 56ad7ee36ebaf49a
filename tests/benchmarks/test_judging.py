import re
import threading

import pytest
from django.db import connection

from benchmarks import actions
from benchmarks.enums import Verdict
from benchmarks.models import Judgement
from tests import factories

from .pages import factor, form_of, judge, said, to, words_of

JSON = {"Accept": "application/json"}


@pytest.fixture
def judgement(assessment):
    found = factor(assessment, "01").judgements.get()
    found.assessed.assessment = assessment
    return found


@pytest.fixture
def page(judgement):
    return to("factor", judgement.assessed)


def question(judgement, key):
    return judgement.assessed.factor.questions.get(key=key)


def test_one_screen_has_statement_questions_evidence_judgement_and_examples(team, judgement, page):
    factories.EvidenceFactory(judgement=judgement, title="Annual report")
    response = team.get(page)
    words = words_of(response)
    for expected in ("The city does thing 1.", "Is it written down?", "in schools", "Annual report", "Ghent did it."):
        assert expected in words
    assert "Done as a rule, and we can show it" in words
    assert "Save and go to factor 02" in words


def test_page_reads_any_amount_of_evidence_with_the_same_queries(team, judgement, page, django_assert_num_queries):
    for total in (3, 300):
        while judgement.evidence.count() < total:
            piece = factories.EvidenceFactory(judgement=judgement)
            factories.EvidenceLinkFactory(holder=piece, app="nowhere")
        with django_assert_num_queries(20):
            response = team.get(page)
        assert len(response.context["screen"].evidence) == total


def test_looking_at_a_factor_writes_nothing(team, judgement, page):
    team.get(page)
    judgement.refresh_from_db()
    assert (judgement.version, judgement.history.count()) == (1, 0)


def test_judgement_reasons_answers_and_context_are_saved_together(team, researcher, judgement, page):
    context = factories.ContextFactorFactory()
    answer = question(judgement, "q1")
    response = team.post(
        page,
        form_of(
            judgement,
            verdict="partly",
            reasoning="By halves.",
            context_factors=[context.pk],
            **{f"answer_{answer.key}": "In the strategy."},
        ),
    )
    assert response["Location"] == f"{page}#saved"
    judgement.refresh_from_db()
    assert (judgement.verdict, judgement.reasoning, judgement.version) == ("partly", "By halves.", 2)
    assert [one.text for one in judgement.answers.all()] == ["In the strategy."]
    assert list(judgement.context_factors.all()) == [context]
    assert judgement.history.first().history_user == researcher
    words = words_of(team.get(page))
    assert "1 of 3 answered" in words
    assert "Who judged what, and when" in words


def test_autosave_answers_with_the_next_version(team, judgement, page):
    response = team.post(page, form_of(judgement, verdict="in_place"), headers=JSON)
    assert response.json()["version"] == 2


def test_saving_the_same_again_changes_nothing(team, judgement, page):
    answer = question(judgement, "q1")
    sent = form_of(judgement, verdict="partly", **{f"answer_{answer.key}": "Yes."})
    team.post(page, sent)
    assert team.post(page, sent).status_code == 302
    judgement.refresh_from_db()
    assert judgement.version == 2


def test_emptied_answer_goes(team, judgement, page):
    answer = question(judgement, "q1")
    judgement.answers.create(question=answer, text="Yes.")
    team.post(page, form_of(judgement, **{f"answer_{answer.key}": ""}))
    assert not judgement.answers.exists()


def test_statement_stands_beside_the_judgement_to_which_a_link_leads(team, judgement, page):
    content = team.get(page).content.decode()
    heading, judging = content.index("<h1"), content.index('id="judgement"')
    between = content[heading : content.index('href="#judgement"')]
    assert len(re.findall(r"<a |<button|<input|<textarea|<summary", between)) < 9
    assert "The city does thing 1." in content[judging : content.index('name="verdict"')]
    response = team.post(page, form_of(judgement, verdict="partly"))
    assert said(response) == ["Key factor 01 is saved."]


def test_long_statement_is_shortened_beside_the_judgement_and_can_be_read_there(team, judgement, page):
    words = " ".join(f"word{number}" for number in range(120))
    type(judgement.assessed.factor).objects.filter(pk=judgement.assessed.factor_id).update(statement=words)
    beside = team.get(page).content.decode().partition('id="judgement"')[2]
    assert "word29 …" in beside
    assert words in beside.partition("<details")[2]


def test_save_and_go_on_leads_to_the_next_factor_in_scope(team, assessment, judgement, page):
    assessment.factors.filter(factor__key="02").update(in_scope=False)
    response = team.post(page, form_of(judgement, verdict="partly", next="1"))
    assert response["Location"].startswith(to("factor", factor(assessment, "03")))


def test_not_relevant_needs_a_reason(team, judgement, page):
    response = team.post(page, form_of(judgement, verdict="not_relevant"))
    assert "Say why it is not relevant in this city." in words_of(response)
    script = team.post(page, form_of(judgement, verdict="not_relevant"), headers=JSON)
    assert script.status_code == 422
    team.post(page, form_of(judgement, verdict="not_relevant", reasoning="A task of the state."))
    judgement.refresh_from_db()
    assert judgement.verdict == Verdict.NOT_RELEVANT


def test_too_long_text_is_refused_and_comes_back(team, judgement, page):
    response = team.post(page, form_of(judgement, reasoning="x" * 6001))
    assert "at most 6000 characters" in words_of(response)
    assert "x" * 6001 in response.content.decode()


def test_two_people_at_once_see_both_texts_answers_included(team, client, judgement, page, member):
    mine = form_of(judgement, reasoning="Mine.", **{"answer_q1": "My answer."})
    theirs = form_of(judgement, verdict="in_place", **{"answer_q1": "Their answer."})
    assert team.post(page, theirs).status_code == 302
    assert team.post(page, mine, headers=JSON).status_code == 409
    response = team.post(page, mine)
    assert response.status_code == 409
    words = words_of(response)
    for expected in ("Is it written down?", "Their answer.", "My answer.", "Mine.", "In place"):
        assert expected in words
    assert [label for label, _value in response.context["differences"]] == [
        "Is it written down?",
        "Is this key factor in place?",
        "Reasons",
    ]
    team.post(page, {**mine, "version": 2})
    judgement.refresh_from_db()
    assert judgement.reasoning == "Mine."


@pytest.mark.django_db(transaction=True)
def test_two_people_who_judge_first_at_the_same_moment_make_one_judgement(audit, benchmark):
    assessment = actions.create_assessment(audit=audit, benchmark=benchmark, by=None, title="At once")
    if connection.vendor == "sqlite":
        # SQLite writes one after the other anyway; the rows are there before anybody judges.
        for _ in range(2):
            actions.ensure_judgements(assessment=assessment)
    else:
        threads = [threading.Thread(target=_ensure, args=[assessment]) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert Judgement.objects.filter(assessed__assessment=assessment).count() == 3


def _ensure(assessment):
    actions.ensure_judgements(assessment=assessment)
    connection.close()


def test_closed_assessment_is_read_only_and_gives_back_what_was_typed(team, assessment, judgement, page):
    actions.close(assessment=assessment, by=None)
    response = team.get(page)
    assert "it is read only" in words_of(response)
    assert 'name="reasoning"' not in response.content.decode()
    sent = form_of(judgement, verdict="in_place", reasoning="Typed for an hour.")
    response = team.post(page, sent)
    assert "This assessment is closed" in words_of(response)
    assert "Typed for an hour." in words_of(response)
    assert team.post(page, sent, headers=JSON).status_code == 422
    judgement.refresh_from_db()
    assert judgement.version == 1


def test_readers_see_answers_and_judgement_without_fields(client, member, judgement, page):
    judgement.answers.create(question=question(judgement, "q1"), text="In the strategy.")
    client.force_login(member("viewer"))
    response = client.get(page)
    assert "In the strategy." in words_of(response)
    assert "<textarea" not in response.content.decode()


def test_scheme_that_was_removed_while_somebody_wrote_gives_the_text_back(team, audit, scheme_benchmark):
    assessment = actions.create_assessment(audit=audit, benchmark=scheme_benchmark, by=None, title="Taking part")
    scheme = factories.SchemeFactory(assessment=assessment, name="Harbour")
    actions.ensure_judgements(assessment=assessment)
    row = factor(assessment, "KF/N1")
    page = f"{to('factor', row)}?scheme={scheme.uuid}"
    sent = form_of(row.judgements.get(), verdict="partly", reasoning="Typed for an hour.")
    scheme.delete()
    assert team.get(page).status_code == 404
    assert team.post(page, sent, headers=JSON).status_code == 409
    response = team.post(page, sent)
    assert (response.status_code, "Typed for an hour." in words_of(response)) == (409, True)


def test_schemes_are_tabs_and_each_leads_to_the_next(team, audit, scheme_benchmark):
    assessment = actions.create_assessment(audit=audit, benchmark=scheme_benchmark, by=None, title="Taking part")
    first, second = (
        factories.SchemeFactory(assessment=assessment, name=name, position=n) for n, name in enumerate("AB")
    )
    actions.ensure_judgements(assessment=assessment)
    row = factor(assessment, "KF/N1")
    judge(assessment, "KF/N1", Verdict.NOT_IN_PLACE, "Not in B.", scheme=second)
    response = team.get(to("factor", row))
    assert [tab["name"] for tab in response.context["screen"].tabs] == ["A", "B"]
    assert response.context["judgement"].scheme == first
    sent = form_of(row.judgements.get(scheme=first), verdict="in_place", next="1")
    response = team.post(f"{to('factor', row)}?scheme={first.uuid}", sent, follow=True)
    assert "Not in B." in words_of(response)
    assert "Partly in place (2 of 2 neighbourhoods or schemes judged)" in words_of(response)


@pytest.mark.parametrize("holds", ["answer", "evidence"])
def test_judgement_that_does_not_count_stays_open_while_it_holds_something(team, assessment, holds):
    row = factor(assessment, "01")
    kept = row.judgements.create(scheme=factories.SchemeFactory(assessment=assessment, name="Harbour"))
    assert "Harbour" not in words_of(team.get(to("factor", row)))
    if holds == "answer":
        kept.answers.create(question=row.factor.questions.first(), text="At the harbour.")
    else:
        factories.EvidenceFactory(judgement=kept)
    assert f"?scheme={kept.scheme.uuid}" in team.get(to("factor", row)).content.decode()


def test_unites_shows_criteria_where_there_are_no_questions(team, assessment):
    row = factor(assessment, "02")
    criterion = row.factor.criteria.model(factor=row.factor, key="c1", text="has set out a vision", position=1)
    criterion.save_base(raw=True)
    words = words_of(team.get(to("factor", row)))
    assert "What it takes" in words
    assert "has set out a vision" in words
    assert "Guide questions" not in words


def test_context_factors_are_marked_as_english(team, judgement, page):
    judgement.context_factors.add(factories.ContextFactorFactory(title="Economic climate"))
    bulgarian = {"HTTP_ACCEPT_LANGUAGE": "bg"}
    assert '<span lang="en">Economic climate</span>' in team.get(page, **bulgarian).content.decode()
    actions.close(assessment=judgement.assessed.assessment, by=None)
    assert '<span lang="en" dir="ltr">Economic climate</span>' in team.get(page, **bulgarian).content.decode()


def sent_by(response, **changes):
    """What the page that was opened sends when nothing but the changes is typed."""
    form = response.context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in {**values, **changes}.items() if value is not None}


def test_two_people_who_answer_different_questions_both_keep_their_words(team, judgement, page):
    opened, older = team.get(page), team.get(page)
    context = factories.ContextFactorFactory()
    team.post(page, sent_by(opened, answer_q1="Hers.", context_factors=[context.pk]))
    response = team.post(page, sent_by(older, reasoning="His."))
    assert said(response)[-1] == "Key factor 01 is saved. What somebody else changed meanwhile is kept, too."
    judgement.refresh_from_db()
    assert (judgement.reasoning, judgement.answers.get().text) == ("His.", "Hers.")
    assert list(judgement.context_factors.all()) == [context]
    assert judgement.version == 3


def test_what_both_have_changed_is_the_only_thing_to_decide(team, judgement, page):
    opened, older = team.get(page), team.get(page)
    team.post(page, sent_by(opened, reasoning="Hers.", answer_q1="Her answer."))
    response = team.post(page, sent_by(older, reasoning="His.", verdict="partly"))
    assert (response.status_code, response.context["differences"]) == (409, [("Reasons", "Hers.")])
    assert team.post(page, sent_by(response)).status_code == 302
    judgement.refresh_from_db()
    assert (judgement.reasoning, judgement.verdict) == ("His.", "partly")
    assert judgement.answers.get().text == "Her answer."


def test_changes_of_two_people_that_contradict_each_other_are_shown(team, judgement, page):
    team.post(page, form_of(judgement, reasoning="A task of the state."))
    opened, older = team.get(page), team.get(page)
    team.post(page, sent_by(opened, verdict="not_relevant"))
    response = team.post(page, sent_by(older, reasoning=""))
    assert (response.status_code, len(response.context["differences"])) == (409, 2)


def test_page_that_saves_by_itself_never_writes_over_what_it_does_not_show(team, judgement, page):
    opened, older = team.get(page), team.get(page)
    team.post(page, sent_by(opened, answer_q1="Hers."))
    first = team.post(page, sent_by(older, reasoning="His"), headers=JSON).json()
    assert first["message"] == "What somebody else changed meanwhile is kept, too."
    witnesses = {name: first[name] for name in ("version", "shown")}
    assert team.post(page, sent_by(older, reasoning="His own.", **witnesses), headers=JSON).status_code == 200
    judgement.refresh_from_db()
    assert (judgement.reasoning, judgement.answers.get().text) == ("His own.", "Hers.")
    over = sent_by(older, reasoning="His own.", answer_q1="His, too.", **witnesses)
    assert team.post(page, over, headers=JSON).status_code == 409
