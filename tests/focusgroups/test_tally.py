"""The question that is answered on levels."""

import uuid

from django.urls import reverse

from focusgroups.models import LevelCount


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
    desk.post(address, {"tally": "1", "level-low": "3", "level-high": "2"})
    assert {count.level.key: count.people for count in LevelCount.objects.all()} == {"low": 3, "high": 2}
    assert "5 of 3 at the table" in desk.get(address).content.decode()
