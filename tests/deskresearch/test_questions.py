import pytest

from audits.instruments import retire
from deskresearch import actions, overview
from deskresearch.enums import Point
from deskresearch.models import Answer, DocumentRating, Research, guide_for_new
from tests import factories
from tests.deskresearch.pages import to, words_of

JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def answered(audit, guide):
    """Writes an answer to the question of a key."""

    def write(key, **fields):
        research = Research.objects.filter(audit=audit).first() or factories.ResearchFactory(audit=audit, guide=guide)
        question = guide.steps.get(position=key[0]).questions.get(key=key)
        return factories.AnswerFactory(research=research, question=question, **fields)

    return write


def codes_on(response):
    return [question.code for _step, questions in response.context["steps"] for question in questions]


# Which guide, and what its questions are called ----------------------------------------------------------


def test_new_research_follows_the_newest_original_until_it_is_retired(db, guide):
    own = factories.ResearchGuideFactory()
    assert guide_for_new() == guide
    newer = factories.ResearchGuideFactory(origin="original", version="2")
    assert guide_for_new() == newer
    for one in (guide, newer):
        retire(one)
    assert guide_for_new() == own


def test_research_keeps_its_guide_when_that_is_retired(audit, guide):
    research = actions.research_of(audit=audit)
    retire(guide)
    factories.ResearchGuideFactory()
    assert actions.research_of(audit=audit) == research
    assert overview.guide_of(audit, "en").row == guide


def test_answer_is_to_a_question_of_the_guide_that_is_followed(audit, guide):
    with pytest.raises(ValueError, match="not one of the guide"):
        actions.answer_of(audit=audit, question=factories.ResearchQuestionFactory())


def test_questions_that_an_own_version_added_go_on_counting():
    assert overview.codes_of([[(1, "1.1"), (2, "question-1"), (3, "1.3")], [(4, "question-1"), (5, "1.9")]]) == {
        1: "1.1",
        2: "1.4",
        3: "1.3",
        4: "2.1",
        5: "2.2",
    }


def test_added_question_is_found_by_its_code_and_by_its_key(audit, guide, desk):
    added = factories.ResearchQuestionFactory(step=guide.steps.get(position=1), key="question-1", position=99)
    for code in ("1.6", "question-1"):
        assert desk.get(to("question", audit, code)).context["question"].row == added


# List -----------------------------------------------------------------------------------------------------


def test_list_shows_state_and_who_answers_in_both_steps(audit, desk, researcher, answered):
    answered("1.1", text="Two programmes.", state="done", assignee=researcher)
    answered("2.5", text="Patrols.", state="drafted")
    response = desk.get(to("question-list", audit))
    assert codes_on(response) == ["1.1", "1.5", "2.1", "2.5", "2.8"]
    words = words_of(response)
    for expected in ("1 of 5 questions answered", "Two programmes. Done Rada Petrova", "Patrols. Drafted Nobody yet"):
        assert expected in words


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"whose": "mine"}, ["1.1"]),
        ({"whose": "nobody"}, ["1.5", "2.1", "2.5", "2.8"]),
        ({"state": "drafted"}, ["2.5"]),
        ({"whose": "mine", "state": "open"}, []),
        ({"whose": "moon"}, ["1.1", "1.5", "2.1", "2.5", "2.8"]),
    ],
)
def test_list_is_narrowed(audit, desk, researcher, answered, query, found):
    answered("1.1", state="done", assignee=researcher)
    answered("2.5", state="drafted")
    assert codes_on(desk.get(to("question-list", audit), query)) == found


def test_list_takes_as_many_queries_with_answers_as_few(audit, desk, guide, answered, django_assert_num_queries):
    for key in ("1.1", "1.5", "2.1", "2.5"):
        answered(key, assignee=factories.UserFactory())
        with django_assert_num_queries(9):
            desk.get(to("question-list", audit))


def test_pages_say_that_no_guide_is_loaded(audit, desk):
    assert "No guide is loaded" in words_of(desk.get(to("question-list", audit)))
    assert desk.get(to("question", audit, "1.1")).status_code == 404


# One question ---------------------------------------------------------------------------------------------


def test_reading_writes_nothing_and_the_first_save_begins_the_answer(audit, guide, desk):
    assert desk.get(to("question", audit, "1.5")).status_code == 200
    assert not Research.objects.exists()
    data = {"text": "They do.", "state": "open", "version": 1}
    assert desk.post(to("question", audit, "1.5"), data, **JSON).json()["version"] == 2
    answer = Answer.objects.get()
    # With words in it, it is drafted.
    assert (answer.question.key, answer.text, answer.state) == ("1.5", "They do.", "drafted")


def test_answer_cites_documents_provisions_institutions_and_partnerships(audit, guide, desk, signed_in, member):
    document = factories.DocumentFactory(audit=audit, title="Integration Strategy")
    provision = factories.ProvisionFactory(document=document, text="The city offers courses.", page="p. 9")
    institution = factories.InstitutionFactory(audit=audit, name="Libraries")
    partnership = factories.PartnershipFactory(audit=audit, title="Reading club")
    data = {
        "text": "Four posts.",
        "state": "done",
        "version": 1,
        "documents": [document.pk],
        "provisions": [provision.pk],
        "institutions": [institution.pk],
        "partnerships": [partnership.pk],
    }
    assert desk.post(to("question", audit, "2.8"), data)["Location"].endswith("/questions/2.8/#saved")
    answer = Answer.objects.get()
    assert [list(getattr(answer, name).all()) for name in list(data)[3:]] == [
        [document],
        [provision],
        [institution],
        [partnership],
    ]
    words = words_of(signed_in(member("partner")).get(to("question", audit, "2.8")))
    for expected in ("Four posts.", "Integration Strategy", "The city offers courses.", "Libraries", "Reading club"):
        assert expected in words


def test_answer_cites_nothing_of_another_audit(audit, guide, desk):
    for name, row in (
        ("documents", factories.DocumentFactory()),
        ("provisions", factories.ProvisionFactory()),
        ("institutions", factories.InstitutionFactory()),
        ("partnerships", factories.PartnershipFactory()),
    ):
        response = desk.post(
            to("question", audit, "1.1"), {"text": "x", "state": "drafted", "version": 1, name: [row.pk]}
        )
        assert "is not part of this audit, or was deleted meanwhile" in words_of(response)
    assert Answer.objects.get().text == ""


def test_done_without_words_is_refused(audit, guide, desk):
    response = desk.post(to("question", audit, "1.1"), {"text": " ", "state": "done", "version": 1})
    assert "An answer that is done needs words." in words_of(response)
    data = {"text": "", "state": "done", "version": 1}
    errors = desk.post(to("question", audit, "1.1"), data, **JSON)
    assert errors.status_code == 422
    assert "needs words" in errors.json()["errors"][0]
    assert Answer.objects.get().state == "open"


def test_question_is_answered_by_those_who_write_the_research(audit, guide, desk, researcher, member):
    viewer, coordinator = member("viewer"), member("coordinator")
    outsider = factories.MembershipFactory(role="researcher").user
    form = desk.get(to("question", audit, "1.1")).context["form"]
    assert set(form.fields["assignee"].queryset) == {researcher, coordinator}
    for user, status in ((viewer, 200), (outsider, 200), (coordinator, 302)):
        data = {"text": "", "state": "open", "assignee": user.pk, "version": 1}
        assert desk.post(to("question", audit, "1.1"), data).status_code == status
    assert Answer.objects.get().assignee == coordinator


def test_assignee_who_left_the_team_does_not_hold_the_answer(audit, guide, desk, answered):
    left = factories.UserFactory()
    answered("1.1", text="Old", assignee=left)
    data = {"text": "New", "state": "drafted", "assignee": left.pk, "version": 1}
    assert desk.post(to("question", audit, "1.1"), data).status_code == 302


def test_two_on_one_answer_see_both(audit, guide, desk, answered, member):
    answer = answered("1.1", text="Old")
    answer.documents.add(factories.DocumentFactory(audit=audit, title="Integration Strategy"))
    Answer.objects.filter(pk=answer.pk).update(version=2, text="Theirs", changed_by=member(name="Iva Ilieva"))
    data = {"text": "Mine", "state": "drafted", "version": 1}
    response = desk.post(to("question", audit, "1.1"), data)
    assert response.status_code == 409
    words = words_of(response)
    for expected in ("Theirs", "Integration Strategy", "Iva Ilieva"):
        assert expected in words
    assert "Mine" in response.content.decode()
    assert desk.post(to("question", audit, "1.1"), {**data, "version": 2}).status_code == 302
    assert list(Answer.objects.get().documents.all()) == []


def test_the_same_again_is_no_new_version(audit, guide, desk):
    documents = [factories.DocumentFactory(audit=audit, title=title) for title in ("Z", "A")]
    data = {"text": "x", "state": "drafted", "version": 1, "documents": [one.pk for one in documents]}
    for _ in range(2):
        assert desk.post(to("question", audit, "1.1"), data, **JSON).json()["version"] == 2


def test_answer_is_not_done_before_it_names_what_it_rests_on(audit, guide, desk):
    data = {"text": "Typed for an hour", "state": "done", "version": 1}
    page = desk.post(to("question", audit, "1.1"), data).content.decode()
    assert "An answer that is done names what it rests on." in page
    assert "Typed for an hour" in page
    document = factories.DocumentFactory(audit=audit)
    desk.post(to("question", audit, "1.1"), {**data, "documents": document.pk})
    page = desk.get(to("question", audit, "1.1")).content.decode()
    assert "To complete" not in page
    document.delete()
    assert "To complete: what the answer rests on" in desk.get(to("question", audit, "1.1")).content.decode()


def test_save_leads_on_to_the_next_question(audit, guide, desk):
    council = factories.InstitutionFactory(audit=audit)
    data = {"text": "x", "state": "done", "version": 1, "onward": "1", "institutions": council.pk}
    assert desk.post(to("question", audit, "1.5"), data)["Location"].endswith("/questions/2.1/#saved")
    assert desk.post(to("question", audit, "2.8"), data)["Location"].endswith("/questions/2.8/#saved")
    context = desk.get(to("question", audit, "1.5")).context
    assert (context["before"].code, context["after"].code) == ("1.1", "2.1")


@pytest.mark.parametrize("key", ["1.5", "2.8"])
def test_question_takes_the_same_queries_at_3_and_at_300_rows(
    audit, guide, desk, answered, key, django_assert_max_num_queries
):
    answer = answered(key)
    source = factories.SourceTypeFactory(guide=guide)
    counts = []
    for more in (3, 297):
        for _ in range(more):
            document = factories.DocumentFactory(audit=audit, source_type=source)
            DocumentRating.objects.create(document=document, point=Point.RIGHTS, value="yes")
            institution = factories.InstitutionFactory(audit=audit, improvement="More posts")
            answer.documents.add(document)
            answer.provisions.add(factories.ProvisionFactory(document=document))
            answer.institutions.add(institution)
            answer.partnerships.add(factories.PartnershipFactory(audit=audit))
        with django_assert_max_num_queries(40) as captured:
            assert desk.get(to("question", audit, key)).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]


# What the registers say beside it -------------------------------------------------------------------------


def test_ratings_on_the_point_stand_beside_a_question_of_step_1(audit, guide, desk):
    document = factories.DocumentFactory(audit=audit, title="Integration Strategy")
    DocumentRating.objects.create(document=document, point=Point.RIGHTS, value="partly", reason="Only in the preamble")
    factories.DocumentFactory(audit=audit, title="Housing Plan")
    words = words_of(desk.get(to("question", audit, "1.5")))
    for expected in ("Rights-based", "Integration Strategy Partly", "Only in the preamble", "1 document is not rated"):
        assert expected in words


def test_provisions_on_urban_security_stand_beside_the_first_question(audit, guide, desk):
    document = factories.DocumentFactory(audit=audit, title="Safety Programme")
    factories.ProvisionFactory(document=document, topic="security", text="Patrols on foot", page="12")
    factories.ProvisionFactory(document=document, topic="integration", text="Language courses")
    said = overview.said_on(audit, "1.1")
    assert [(one.row, one.text, one.page) for one in said[0].rows] == [(document, "Patrols on foot", "12")]


def test_institutions_stand_beside_the_questions_of_step_2(audit):
    police = factories.InstitutionFactory(audit=audit, kind="police", urban_security="yes", responsibilities="Patrols")
    factories.InstitutionFactory(audit=audit, kind="department", responsibilities="Housing")
    factories.InstitutionFactory(audit=audit, exists=False, urban_security="yes")
    first = overview.said_on(audit, "2.1")[0]
    assert [(one.row, one.rating) for one in first.rows] == [(police, "yes")]
    assert first.silent == 1
    fifth = overview.said_on(audit, "2.5")[0]
    assert ([one.row for one in fifth.rows], fifth.silent) == ([police], 0)


def test_registers_say_nothing_on_questions_that_the_toolkit_does_not_ask(audit):
    assert overview.said_on(audit, "question-1") == ()
