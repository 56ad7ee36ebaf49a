import pytest

from audits import methods
from audits.enums import Area
from deskresearch import method
from deskresearch.enums import Point
from deskresearch.models import DocumentRating
from tests import factories


@pytest.fixture
def research(audit, guide):
    return factories.ResearchFactory(audit=audit, guide=guide)


def answer_all(research, guide, state="done", **fields):
    for step in guide.steps.all():
        for question in step.questions.all():
            answer = factories.AnswerFactory(research=research, question=question, state=state, **fields)
            answer.documents.set(research.audit.documents.all())


def rate_all(document):
    for point in Point:
        DocumentRating.objects.get_or_create(
            document=document, point=point, defaults={"value": "yes", "reason": "So it says."}
        )


def test_desk_research_is_announced():
    assert methods.get("deskresearch") is method.METHOD
    assert (method.METHOD.order, str(method.METHOD.name), method.METHOD.may_see) == (10, "Desk research", "see_results")


def test_nothing_yet_is_said_once_with_the_first_step_for_those_who_write(audit, guide, researcher, member):
    progress = method.progress(audit, researcher)
    assert (progress.state, progress.words, progress.done, progress.total) == ("todo", "Not begun", 0, 5)
    assert (progress.missing, progress.by_area) == ((), {})
    assert progress.next_step.label == "Add a document"
    assert method.progress(audit, member("facilitator")).next_step is None


def test_progress_counts_and_names_what_is_missing(audit, research, guide, researcher):
    document = factories.DocumentFactory(audit=audit)
    for point, value in (("urban", "yes"), ("civic", "partly"), ("vision", "no"), ("rights", "yes")):
        DocumentRating.objects.create(document=document, point=Point(point), value=value)
    factories.DocumentFactory(audit=audit)
    factories.InstitutionFactory(audit=audit)
    questions = guide.steps.get(position=1).questions
    factories.AnswerFactory(research=research, question=questions.get(key="1.1"), state="done")
    factories.AnswerFactory(research=research, question=questions.get(key="1.5"), state="drafted")
    progress = method.progress(audit, researcher)
    assert progress.words == "1 of 5 guide questions answered, 2 documents, 1 institution"
    assert (progress.state, progress.done, progress.total) == ("now", 1, 5)
    assert [one.text for one in progress.missing] == [
        "2 documents are not rated on all points",
        "4 ratings have no reason yet",
        "1 answer that is done names nothing that it rests on",
        "3 guide questions are open",
        "1 answer is a draft",
    ]
    assert {area: counts["Documents that address it"] for area, counts in progress.by_area.items()} == {
        Area.URBAN: 1,
        Area.CIVIC: 1,
        Area.VISION: 0,
        Area.ATTITUDES: 0,
    }


def test_next_step_follows_the_toolkit(audit, research, guide, researcher, member):
    def step(user=researcher):
        return method.progress(audit, user).next_step

    document = factories.DocumentFactory(audit=audit)
    assert step().label == "Add an institution"
    factories.InstitutionFactory(audit=audit)
    assert step().text == "Rate 1 document on all points"
    DocumentRating.objects.create(document=document, point=Point.RIGHTS, value="yes")
    assert step().text == "Rate 1 document on all points"
    rate_all(document)
    assert step().text == "Answer guide question 1.1"
    own = guide.steps.get(position=2).questions.get(key="2.5")
    factories.AnswerFactory(research=research, question=own, state="open", assignee=researcher)
    assert step().text == "Answer guide question 2.5"
    assert step().detail == "1 question that you answer is not done."
    assert step(member("coordinator")).text == "Answer guide question 1.1"


def test_progress_is_done_when_all_is_rated_and_answered(audit, research, guide, researcher):
    document = factories.DocumentFactory(audit=audit)
    rating = DocumentRating.objects.create(document=document, point=Point.RIGHTS, value="yes")
    factories.DocumentFactory(audit=audit, level="eu")
    factories.InstitutionFactory(audit=audit)
    answer_all(research, guide)
    assert method.progress(audit, researcher).state == "now"
    rate_all(document)
    assert method.progress(audit, researcher).next_step.detail == "1 rating has no reason yet"
    rating.reason = "So it says."
    rating.save()
    progress = method.progress(audit, researcher)
    assert (progress.state, progress.missing, progress.next_step) == ("done", (), None)


def test_documents_and_institutions_that_are_not_there_are_facts(audit, research, guide, member):
    answer_all(research, guide, "drafted")
    progress = method.progress(audit, member("viewer"))
    assert [(one.text, one.url) for one in progress.missing[:2]] == [
        ("No document is listed yet", ""),
        ("No institution is described yet", ""),
    ]


def test_progress_counts_this_audit_only(audit, guide, researcher):
    factories.DocumentFactory()
    factories.InstitutionFactory()
    assert method.progress(audit, researcher).words == "Not begun"


def test_progress_asks_as_many_questions_for_many_rows_as_for_few(
    audit, research, guide, researcher, django_assert_num_queries
):
    method.progress(audit, researcher)
    for number in (3, 297):
        factories.DocumentFactory.create_batch(
            number, audit=audit, source_type=factories.SourceTypeFactory(guide=guide)
        )
        factories.InstitutionFactory.create_batch(number, audit=audit)
        factories.PartnershipFactory.create_batch(number, audit=audit)
        with django_assert_num_queries(8):
            method.progress(audit, researcher)
