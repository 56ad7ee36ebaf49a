"""The texts of the focus group report: written by those who run the group, read by everybody who sees results."""

import pytest

from audits.enums import Role
from focusgroups.models import AreaSummary, GroupConclusions, QuestionSummary
from tests import factories
from tests.focusgroups.pages import to, words_of

from .test_coding import JSON


@pytest.fixture
def question(noted):
    return factories.SessionQuestionFactory(group=noted, area="urban", text="Where is it unsafe?")


def test_question_is_summed_up_with_its_ideas_beside_the_notes(desk, noted, question, seat):
    code = factories.CodeFactory(audit=noted.audit, name="Dark underpass")
    foreign = factories.CodeFactory()
    for _ in range(5):
        taken = seat()
    note = factories.NoteFactory(group=noted, question=question, text="Nobody walks there", seat=taken)
    factories.CodingFactory(note=note, code=code)
    page = to("question-summary", noted.audit, noted.uuid, question.uuid)
    shown = words_of(desk.get(page))
    assert "Dark underpass (1 note)" in shown
    assert "Nobody walks there" in shown
    assert "May be quoted as words of: TCN and migrants" in shown
    assert not QuestionSummary.objects.exists()
    sent = {"version": 1, "text": "Underpasses first.", "codes": [str(code.uuid), code.pk]}
    assert desk.post(page, {**sent, "codes": [foreign.pk]}, **JSON).status_code == 422
    assert desk.post(page, {**sent, "codes": [code.pk]}, **JSON).json()["version"] == 2
    summary = QuestionSummary.objects.get()
    assert (summary.text, list(summary.codes.all())) == ("Underpasses first.", [code])
    # Two people begin at once: the second gets to see both.
    conflict = desk.post(page, {**sent, "codes": [], "text": "Lights first."})
    assert conflict.status_code == 409
    assert "Underpasses first." in words_of(conflict)
    assert "Lights first." in words_of(conflict)
    assert desk.post(page, {**sent, "text": "x" * 6001}, **JSON).status_code == 422


def test_question_that_is_saved_empty_is_said_to_be_empty(desk, noted, question):
    page = to("question-summary", noted.audit, noted.uuid, question.uuid)
    answer = desk.post(page, {"version": 1, "text": " "}, follow=True)
    assert "nothing is written yet" in words_of(answer)
    answer = desk.post(page, {"version": QuestionSummary.objects.get().version, "text": "Much."}, follow=True)
    assert "nothing is written yet" not in words_of(answer)


def test_area_says_whether_information_was_enough_and_what_was_lacking(desk, noted, question):
    page = to("area", noted.audit, noted.uuid, "urban")
    sent = {"version": 1, "sufficiency": "enough", "lacks_statistics": "on", "results": "Two places"}
    refused = desk.post(page, sent)
    assert "You say that they had enough" in words_of(refused)
    assert "Two places" in words_of(refused)
    answer = desk.post(page, {**sent, "sufficiency": "lacking", "reasons": "No figures by district"})
    assert answer.url == to("analysis", noted.audit, noted.uuid) + "#saved"
    summary = AreaSummary.objects.get()
    assert (summary.area, summary.sufficiency, summary.lacks_statistics) == ("urban", "lacking", True)
    assert desk.get(to("area", noted.audit, noted.uuid, "nonsense")).status_code == 404


def test_conclusions_suggest_interest_and_leave_the_decision(desk, noted, question):
    loud, quiet = (factories.CodeFactory(audit=noted.audit, name=name) for name in ("Loud", "Quiet"))
    ada = factories.UserFactory()
    hot = factories.NoteFactory(group=noted, question=question, hot=True, text="It burns")
    factories.CodingFactory(note=hot, code=loud, coder=ada, end=8)
    factories.CodingFactory(note__group=noted, code=quiet, coder=ada)
    page = to("conclusions", noted.audit, noted.uuid)
    suggested = words_of(desk.get(page)).split("What may have stirred most interest")[1]
    assert suggested.index("Loud") < suggested.index("It burns") < suggested.index("Quiet")
    assert "1 note, 1 of them stirred the group" in suggested
    assert not GroupConclusions.objects.exists()
    answer = desk.post(page, {"version": 1, "interest_codes": [quiet.pk], "successes": "One\nTwo"})
    assert answer.status_code == 302
    assert list(GroupConclusions.objects.get().interest_codes.all()) == [quiet]


def test_analysis_counts_the_questions_that_something_was_noted_under(desk, noted, question):
    asked = factories.SessionQuestionFactory(group=noted, text="How do you judge it:")
    factories.NoteFactory(group=noted, question=question)
    page = words_of(desk.get(to("analysis", noted.audit, noted.uuid)))
    assert "0 of 1 question with notes summed up" in page
    assert asked.heading == "How do you judge it"
    assert asked.text not in page
    QuestionSummary.objects.create(question=question, text="Said.")
    assert "1 of 1 question with notes" in words_of(desk.get(to("analysis", noted.audit, noted.uuid)))


def test_areas_stand_in_the_order_in_which_the_session_comes_to_them(desk, noted, question):
    factories.SessionQuestionFactory(group=noted, area="civic", position=question.position + 1)
    page = desk.get(to("analysis", noted.audit, noted.uuid))
    assert [area for area, _summary, _questions in page.context["areas"]] == ["urban", "civic", "vision", "attitudes"]
    open_areas = desk.get(to("detail", noted.audit, noted.uuid)).context["open_areas"]
    assert open_areas == ["urban", "civic", "vision", "attitudes"]


def test_partner_reads_the_summaries_and_no_note(client, noted, question, member):
    note = factories.NoteFactory(group=noted, question=question, text="A raw remark")
    coding = factories.CodingFactory(note=note, code__name="Dark underpass")
    QuestionSummary.objects.create(question=question, text="Underpasses first.")
    AreaSummary.objects.create(group=noted, area="urban", sufficiency="partly", results="Two places")
    GroupConclusions.objects.create(group=noted, challenges="Light").interest_codes.add(coding.code)
    client.force_login(member(Role.PARTNER))
    page = words_of(client.get(to("analysis", noted.audit, noted.uuid)))
    for words in ("Underpasses first.", "Two places", "Partly", "Light", "Dark underpass 1 note"):
        assert words in page
    assert "A raw remark" not in page
    assert "Sum up" not in page


def test_analysis_asks_as_often_for_30_questions_as_for_three(desk, noted, django_assert_max_num_queries):
    ada = factories.UserFactory()
    counts = []
    for number in (3, 27):
        for question in factories.SessionQuestionFactory.create_batch(number, group=noted):
            coding = factories.CodingFactory(note__group=noted, note__question=question, coder=ada)
            QuestionSummary.objects.create(question=question, text="Said").codes.add(coding.code)
            question.counts.create(level=factories.InclusionLevelFactory(), people=5)
        with django_assert_max_num_queries(16) as asked:
            desk.get(to("analysis", noted.audit, noted.uuid))
        counts.append(len(asked))
    assert counts[0] == counts[1]
