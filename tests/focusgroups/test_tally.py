"""The question that is answered on levels."""

import uuid
from itertools import count

from django.urls import reverse

from focusgroups.actions.notes import TallyChange, record
from focusgroups.models import LevelCount
from tests.focusgroups.pages import to, words_of


def test_tally_is_sent_like_notes_and_by_a_plain_form(session, desk):
    question = session.questions.last()
    kwargs = {"audit": session.audit.slug, "group": session.uuid}

    def send(level, people, sequence=1):
        change = {"uuid": str(uuid.uuid4()), "sequence": sequence, "kind": "tally", "question": str(question.uuid)}
        body = {"sheet": str(session.uuid), "device": str(uuid.UUID(int=1))}
        body["changes"] = [change | {"level": level, "people": people}]
        answer = desk.post(reverse("focusgroups:notes-sync", kwargs=kwargs), body, content_type="application/json")
        return answer.json()["results"][0]["outcome"]

    assert [send("low", 2), send("low", 4, 3), send("low", 3, 2)] == ["saved", "saved", "superseded"]
    assert [send("low", 501), send("low", "many"), send("middling", 1)] == ["refused"] * 3
    assert {count.level.key: count.people for count in LevelCount.objects.all()} == {"low": 4}

    address = f"{reverse('focusgroups:notes', kwargs=kwargs)}?question={question.uuid}"
    bad = desk.post(address, {"tally": "1", "level-low": "4", "level-high": "-1"})
    assert "A tally is a whole number from 0 to 500." in bad.content.decode()
    desk.post(address, {"tally": "1", "level-low": "3", "was-low": "4", "level-high": "2", "was-high": "0"})
    assert {count.level.key: count.people for count in LevelCount.objects.all()} == {"low": 3, "high": 2}
    page = desk.get(address).content.decode()
    assert "5 of 3 at the table" in page
    assert "data-too-many hidden" not in page
    LevelCount.objects.update(people=1)
    assert "data-too-many hidden" in desk.get(address).content.decode()


def test_two_count_at_once_and_the_later_hears_of_the_other_number(session, desk, member):
    question = session.questions.last()
    kwargs = {"audit": session.audit.slug, "group": session.uuid}
    first, second = (uuid.UUID(int=1), member(name="Mila Horak")), (uuid.UUID(int=2), member(name="Jana Novak"))

    def send(writer, people, seen):
        device, by = writer
        change = TallyChange(
            uuid=uuid.uuid4(), sequence=next(sequence), question=question.uuid, level="low", people=people, seen=seen
        )
        [result] = record(group=session, changes=[change], device=device, by=by)
        return result.outcome, result.message

    sequence = count(1)
    # Whoever had the other's number before them, or comes to the same one, needs no word.
    for writer, people, seen in ((first, 2, 0), (second, 5, 2), (first, 6, 5), (second, 6, 5), (first, 4, 6)):
        assert send(writer, people, seen) == ("saved", "")
    assert send(second, 3, 6) == ("saved", "Mila Horak had counted 4 here. Your 3 counts now.")

    # A page that has stood open writes over no level that its reader left as it was.
    address = f"{reverse('focusgroups:notes', kwargs=kwargs)}?question={question.uuid}"
    assert 'name="was-low" value="3"' in desk.get(address).content.decode()
    old = {"tally": "1", "level-low": "2", "was-low": "2", "level-high": "1", "was-high": "0"}
    desk.post(address, old)
    assert {one.level.key: one.people for one in LevelCount.objects.all()} == {"low": 3, "high": 1}
    page = desk.post(address, old | {"level-low": "7", "was-high": "1"}, follow=True).content.decode()
    assert "Jana Novak had counted 3 here. Your 7 counts now." in page


def test_answers_on_levels_stand_where_the_group_is_analysed(desk, session):
    """Those who are few stay untold there, as in the report."""
    question = session.questions.last()
    pages = (
        to("analysis", session.audit, session.uuid),
        to("question-summary", session.audit, session.uuid, question.uuid),
    )
    levels = {level.key: level for level in question.source.levels.all()}
    for numbers, said in (
        ({"low": 4}, "Fewer than five people answered on levels"),
        ({"low": 5, "high": 8}, "Answers on levels, 13 people Low : 5 High : 8"),
        (
            {"none": 2, "low": 6, "medium": 7, "high": 5},
            "None : not shown Low : 6 Medium : 7 High : not shown Levels that",
        ),
        ({"none": 2, "low": 4, "medium": 3, "high": 3}, "12 people answered on levels. Levels that fewer"),
    ):
        question.counts.all().delete()
        for key, people in numbers.items():
            question.counts.create(level=levels[key], people=people)
        for page in pages:
            shown = words_of(desk.get(page))
            assert said in shown
            assert "Nothing was noted" not in shown.split("How included are people?")[-1]
