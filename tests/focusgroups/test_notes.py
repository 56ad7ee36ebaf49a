"""Notes of a session: what the rapporteur's device sends, two devices at once, and what arrives after closing."""

import re
import uuid
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from audits.participation import actions as participation
from audits.participation.models import Change, Participant
from focusgroups.actions import notes as actions
from focusgroups.actions.closing import close
from focusgroups.enums import GroupState
from focusgroups.models import Note
from tests import factories
from tests.stored import everything_stored

DEVICE, OTHER = str(uuid.UUID(int=1)), str(uuid.UUID(int=2))


def page(session, name="notes", **kwargs):
    return reverse(f"focusgroups:{name}", kwargs={"audit": session.audit.slug, "group": session.uuid, **kwargs})


def a_note(session, text="The schools lack interpreters.", **said):
    question = session.questions.first()
    return {
        "uuid": str(uuid.uuid4()),
        "sequence": 1,
        "kind": "note",
        "note": str(uuid.uuid4()),
        "question": str(question.uuid),
        "seat": None,
        "speaker": "",
        "text": text,
        "hot": False,
        "noted_at": "2026-10-10T15:04:00.000Z",
        "removed": False,
        "seen": None,
    } | said


@pytest.fixture
def send(desk, session):
    """Sends changes as the page's script does, and answers what it hears of them."""

    def post(*changes, device=DEVICE):
        body = {"sheet": str(session.uuid), "device": device, "changes": list(changes)}
        answer = desk.post(page(session, "notes-sync"), body, content_type="application/json")
        return [(one["outcome"], one["message"]) for one in answer.json()["results"]]

    return post


def test_notes_arrive_once_however_often_they_are_sent(session, send):
    seat = session.seats.get(number=3)
    first, second = a_note(session, seat=str(seat.uuid), hot=True), a_note(session, "Nobody asked us.")

    assert send(first, second) == [("saved", "")] * 2
    assert send(first, second) == [("repeat", "")] * 2
    [(outcome, message)] = send(first | {"text": "Something else."})

    assert (outcome, "Load the page again" in message) == ("conflict", True)
    kept, other = Note.objects.order_by("text").reverse()
    assert (kept.text, kept.seat, kept.spoken_by, kept.hot) == (first["text"], seat, "schools", True)
    assert kept.noted_at == datetime(2026, 10, 10, 15, 4, tzinfo=UTC)
    assert (other.text, other.seat) == ("Nobody asked us.", None)


def test_who_spoke_is_what_the_seat_says_today_and_else_what_was_noted(session, send, desk):
    seat, silent = session.seats.get(number=3), session.seats.get(number=2)
    silent.participant.group = ""
    silent.participant.save()
    sent = (
        a_note(session, seat=str(seat.uuid), speaker="schools"),
        a_note(session, seat=str(silent.uuid), speaker="ngo"),
    )
    assert send(*sent) == [("saved", "")] * 2
    seat.participant.group = "mediators"
    seat.participant.save()
    assert [note.spoken_by for note in Note.objects.order_by("seat__number")] == ["ngo", "mediators"]
    shown = desk.get(page(session)).content.decode()
    assert "3 Mediators</span>" in shown
    assert "2 NGOs and community organisations</span>" in shown


def test_note_that_cannot_be_kept_says_why_and_blocks_no_other(session, send):
    elsewhere = factories.NoteFactory()

    results = send(
        a_note(session, "x" * 20_000),
        a_note(session, "  "),
        a_note(session, note=str(elsewhere.uuid)),
        a_note(session, speaker="nobody"),
        a_note(session, noted_at="yesterday"),
        a_note(session, "This one is fine."),
    )

    assert [outcome for outcome, _message in results] == ["refused"] * 5 + ["saved"]
    assert results[0][1] == "At most 5000 characters; these are 20000."
    assert results[1][1] == "A note needs a text."
    assert results[2][1] == "This note belongs to another session."
    assert Note.objects.get(group=session).text == "This one is fine."
    elsewhere.refresh_from_db()
    assert elsewhere.group != session


def test_question_that_went_while_the_device_was_away_costs_no_note(session, send):
    [result] = send(a_note(session, question=str(uuid.uuid4()), speaker="police"))

    assert result[0] == "saved"
    assert "kept without one" in result[1]
    note = Note.objects.get()
    assert (note.question, note.speaker) == (None, "police")


@pytest.mark.parametrize("closed", [False, True], ids=["open", "closed"])
def test_words_that_were_taken_back_never_return(session, send, member, closed):
    seat = session.seats.get(number=3)
    arrived = a_note(session, seat=str(seat.uuid))
    send(arrived)
    # Two that wait on a device without a connection: a new one, and a correction that names the seat no more.
    waiting = a_note(session, "Never ask me again.", seat=str(seat.uuid))
    corrected = a_note(session, "Never ask anybody.", note=arrived["note"], sequence=2, seen=arrived["uuid"])
    other = a_note(session, "The library helps.", seat=str(session.seats.get(number=1).uuid))
    participation.erase(seat.participant)
    if closed:
        close(group=session, by=member())

    results = send(waiting, arrived, corrected, other)

    assert [outcome for outcome, _message in results] == ["gone"] * 3 + ["late" if closed else "saved"]
    assert "has taken everything back" in results[0][1]
    stored = everything_stored()
    assert not [words for words in ("Never ask", arrived["text"]) if words in stored]


def test_nothing_is_noted_from_a_seat_that_does_not_take_part(session, send, desk, member):
    seat = session.seats.get(number=3)
    Participant.objects.filter(pk=seat.participant_id).update(joined_at=None)

    [(outcome, message)] = send(a_note(session, seat=str(seat.uuid)))
    assert (outcome, message) == ("refused", "Nobody on seat 3 takes part, so nothing is noted from there.")
    assert not Change.objects.exists()

    Participant.objects.filter(pk=seat.participant_id).update(joined_at=timezone.now())
    close(group=session, by=member())
    send(late := a_note(session, seat=str(seat.uuid)))
    Participant.objects.filter(pk=seat.participant_id).update(joined_at=None)
    page_after = desk.post(page(session, "late-notes"), {"admit": "1", "shown": late["uuid"]}, follow=True)
    assert "Left out: Nobody on seat 3 takes part" in page_after.content.decode()
    assert not Note.objects.exists()


def test_notes_that_come_before_the_session_is_opened_count(session, send):
    assert session.state == GroupState.PLANNED
    assert send(a_note(session)) == [("saved", "")]
    assert "Notes that come already count." in GroupState.PLANNED.explanation


def test_two_devices_change_a_note_the_later_counts_and_both_are_its_history(session, send, desk):
    note = a_note(session)
    send(note)
    seen = str(Change.objects.get().pk)
    again = {"note": note["note"], "sequence": 2, "seen": seen}

    assert send(a_note(session, "As the second heard it.", **again), device=OTHER) == [("saved", "")]
    [(outcome, hint)] = send(a_note(session, "As the first heard it.", **again))

    assert outcome == "saved"
    assert "changed this note meanwhile" in hint
    assert Note.objects.get().text == "As the first heard it."
    history = desk.get(page(session, "note", note=note["note"])).content.decode()
    assert "As the second heard it." in history
    assert note["text"] in history


def test_other_rapporteur_asks_and_is_told_only_what_is_new(session, send, desk):
    send(a_note(session))
    answer = desk.get(page(session, "notes-sync"))
    [said] = answer.json()["notes"]
    assert (said["text"], said["seen"]) == ("The schools lack interpreters.", str(Change.objects.get().pk))

    again = desk.get(page(session, "notes-sync"), headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")

    send(a_note(session, note=said["note"], removed=True, sequence=2))
    newer = desk.get(page(session, "notes-sync"), headers={"If-None-Match": answer["ETag"]})
    assert [note["removed"] for note in newer.json()["notes"]] == [True]
    assert not session.notes.standing()


def test_late_notes_wait_until_they_are_let_in(session, send, desk, member):
    before = a_note(session)
    send(before)
    close(group=session, by=member())
    fresh, changed = (
        a_note(session, "Said at the door."),
        a_note(session, "Corrected.", note=before["note"], sequence=2),
    )

    assert [outcome for outcome, _message in send(fresh, changed)] == ["late", "late"]
    assert Note.objects.get().text == before["text"]
    shown = desk.get(page(session)).content.decode()
    assert "2 changes arrived after closing" in shown
    assert "Said at the door." in shown
    assert "Keep it as a late note" in shown
    # The question counts what stands; beside it, what waits.
    assert '<span class="num" data-count>1</span>' in shown
    assert ">2 late</span>" in shown
    assert "2 late notes wait to be let in" in desk.get(page(session, "summary")).content.decode()

    # What comes between the page and the button was not on the page, and waits.
    send(a_note(session, "Too much."))
    desk.post(page(session, "late-notes"), {"admit": "1", "shown": listed(shown)})
    assert sorted(session.notes.values_list("text", flat=True)) == ["Corrected.", "Said at the door."]
    again = listed(desk.get(page(session)).content.decode())
    send(unseen := a_note(session, "And this."))
    desk.post(page(session, "late-notes"), {"refuse": "1", "shown": again})
    assert [str(change.pk) for change in actions.late_changes(session)] == [unseen["uuid"]]
    assert session.notes.count() == 2


def listed(shown):
    return re.search(r'name="shown" value="([^"]+)"', shown)[1]


def test_hints_are_those_of_the_question_else_the_guides(session, desk):
    type(session.guide).objects.update(moderation="Let everybody speak.")
    own = factories.SessionQuestionFactory(group=session, text="Is the city safe?")
    shown = desk.get(f"{page(session)}?question={own.uuid}").content.decode()
    assert "It can be answered with yes or no. Ask on" in shown
    assert '<details class="more" id="general-hints" hidden>' in shown
    general = desk.get(f"{page(session)}?question={session.questions.first().uuid}").content.decode()
    assert '<details class="more" id="general-hints"><summary>' in general
    assert "Let everybody speak." in general


def test_without_script_a_form_adds_corrects_and_takes_back(session, desk):
    question = session.questions.last()
    address = f"{page(session)}?question={question.uuid}"
    typed = {"note": str(uuid.uuid4()), "text": "They agree.", "seat": str(session.seats.first().uuid), "hot": "on"}

    assert desk.post(address, typed | {"text": "x" * 5001}).context["form"].errors["text"]
    desk.post(address, typed)
    assert "Yours counts" not in desk.post(address, typed, follow=True).content.decode()
    note = Note.objects.get()
    assert (note.question, note.spoken_by, note.hot) == (question, "migrants", True)

    one = page(session, "note", note=note.uuid)

    def correct(seen, **said):
        return desk.post(one, typed | {"seen": str(seen), **said}, follow=True).content.decode()

    shown = desk.get(one).context["form"]["seen"].value()
    # One's own note: nobody else has changed it. From a page that has stood open meanwhile, somebody has.
    assert "Yours counts" not in correct(shown, text="Most agree.")
    assert "Yours counts" in correct(shown, text="Most agree, not all.")
    correct(desk.get(one).context["form"]["seen"].value(), text="Most agree.", remove="1")
    note.refresh_from_db()
    assert (note.text, note.removed, note.hot) == ("Most agree.", True, True)


@pytest.mark.parametrize("count", [3, 300])
def test_screen_asks_the_database_as_often_for_three_notes_as_for_three_hundred(session, desk, count):
    question = session.questions.first()
    Note.objects.bulk_create(
        factories.NoteFactory.build(group=session, question=question, seat=session.seats.first()) for _n in range(count)
    )
    desk.get(page(session, "notes"))
    for name, expected in (("notes", 13), ("notes-sync", 13), ("summary", 14)):
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(page(session, name)).status_code == 200
        assert len(queries) == expected, "\n".join(query["sql"][:150] for query in queries)
