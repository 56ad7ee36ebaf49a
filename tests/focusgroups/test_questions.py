import uuid

import pytest

from focusgroups.models import LevelCount, SessionQuestion
from tests import factories

from .pages import said, to, words_of


def keys(group):
    """What is asked, in order: the guide's key, or the words of an own question."""
    return [row.source.key if row.source else row.text for row in group.questions.select_related("source")]


def asked(group, key):
    return group.questions.get(source__key=key)


def test_the_editor_marks_open_closed_and_levelled_questions(audit, group, desk):
    words = words_of(desk.get(to("questions", audit, group.uuid)))
    assert "1 question can be answered with yes or no." in words
    assert "Question 1 Open question What is the situation in our city?" in words
    assert "Question 1 Yes/no question Are people involved in public life?" in words
    assert "Question 2 Answered on levels How do you assess inclusion? Low : Some steps." in words


def test_a_question_is_reworded_and_put_back(audit, group, desk):
    row = asked(group, "civic-1")
    page = to("question-edit", audit, group.uuid, row.uuid)
    assert "it can be answered with yes or no" in words_of(desk.get(page))
    answer = desk.post(page, {"text": "How are people involved?", "area": "civic", "version": 1})
    assert answer.status_code == 302
    words = words_of(desk.get(to("questions", audit, group.uuid)))
    assert "Open question Reworded How are people involved?" in words
    assert "In the guide Are people involved in public life?" in words
    # Somebody who still has the older words before them is shown both.
    assert desk.post(page, {"text": "Else?", "area": "civic", "version": 1}).status_code == 409
    desk.post(page, {"text": "Half-typed", "area": "civic", "version": 2, "original": "1"})
    row.refresh_from_db()
    assert (row.text, row.history.count() > 0) == ("Are people involved in public life?", True)
    assert "Write the question." in words_of(desk.post(page, {"text": " ", "area": "civic", "version": 3}))


def test_own_questions_go_to_the_end_of_their_area(audit, group, desk):
    page = to("question-create", audit, group.uuid)
    data = {"text": "Is it safe?", "area": "vision", "uuid": str(uuid.uuid4())}
    for _time in range(2):
        answer = desk.post(page, data)
    assert keys(group) == ["vision-1", "vision-2", "Is it safe?", "civic-1", "civic-2"]
    assert any("It can be answered with yes or no." in one for one in said(answer))
    row = group.questions.get(source=None)
    desk.post(
        to("question-edit", audit, group.uuid, row.uuid), {"text": "How safe is it?", "area": "civic", "version": 1}
    )
    assert keys(group) == ["vision-1", "vision-2", "civic-1", "civic-2", "How safe is it?"]
    desk.post(page, {"text": "How do streets look?", "area": "urban"})
    assert keys(group)[-1] == "How do streets look?"
    assert [row.position for row in group.questions.all()] == [1, 2, 3, 4, 5, 6]


def test_questions_move_within_their_area(audit, group, desk):
    row = asked(group, "civic-2")
    page = to("question-move", audit, group.uuid, row.uuid)
    answer = desk.post(page, {"step": "-1"})
    assert keys(group) == ["vision-1", "vision-2", "civic-2", "civic-1"]
    assert answer["Location"].endswith(f"#{row.uuid}-up")
    assert said(answer) == ["The question is now number 1 of 2 in “Civic participation and social inclusion”."]
    desk.post(page, {"step": "-1"})
    assert keys(group) == ["vision-1", "vision-2", "civic-2", "civic-1"]
    assert desk.post(page, {"step": "7"}).status_code == 400


def test_what_was_taken_out_comes_back_to_its_place(audit, group, desk):
    for key in ("vision-1", "civic-1"):
        desk.post(to("question-delete", audit, group.uuid, asked(group, key).uuid))
    desk.post(to("question-create", audit, group.uuid), {"text": "What else?", "area": "vision"})
    assert keys(group) == ["vision-2", "What else?", "civic-2"]
    words = words_of(desk.get(to("questions", audit, group.uuid)))
    assert "In the guide, not asked here What is the situation in our city?" in words
    restore = to("questions-restore", audit, group.uuid)
    desk.post(restore, {"question": group.guide.questions.get(key="civic-1").uuid})
    assert keys(group) == ["vision-2", "What else?", "civic-1", "civic-2"]
    assert said(desk.post(restore))[-1] == "1 question is back."
    assert keys(group) == ["vision-1", "vision-2", "What else?", "civic-1", "civic-2"]
    assert desk.post(restore, {"question": factories.DiscussionQuestionFactory().uuid}).status_code == 404


@pytest.mark.parametrize("kind", ["note", "tally"])
def test_a_question_with_answers_under_it_stays(audit, group, desk, kind):
    row = asked(group, "civic-2")
    if kind == "note":
        factories.NoteFactory(group=group, question=row)
    else:
        LevelCount.objects.create(question=row, level=row.source.levels.get(), people=3)
    page = to("question-delete", audit, group.uuid, row.uuid)
    assert "so it stays" in words_of(desk.get(page))
    desk.post(page)
    assert SessionQuestion.objects.filter(pk=row.pk).exists()


def test_what_was_typed_into_a_question_that_is_gone_comes_back(audit, group, desk):
    row = asked(group, "civic-1")
    page = to("question-edit", audit, group.uuid, row.uuid)
    row.delete()
    answer = desk.post(page, {"text": "My long thought", "area": "civic", "version": 1})
    assert answer.status_code == 409
    assert "My long thought" in answer.content.decode()
    assert desk.get(page).status_code == 404


@pytest.mark.parametrize("number", [3, 300])
def test_the_editor_asks_as_much_for_many_questions_as_for_few(
    audit, group, desk, number, django_assert_max_num_queries
):
    for row in factories.DiscussionQuestionFactory.create_batch(number, guide=group.guide):
        factories.SessionQuestionFactory(group=group, source=row, area=row.area, text=row.text)
    desk.get(to("questions", audit, group.uuid))
    with django_assert_max_num_queries(14):
        desk.get(to("questions", audit, group.uuid))
