"""What the focus groups hold about whoever took a seat, and how it is erased (SAFETY, "People"; DESIGN rule 11)."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audits.actions import strike
from audits.agenda.actions import forget_sources
from audits.enums import Area
from audits.methods import HeldPart, Reference, Words
from audits.participation.actions import forget, forget_changes, note_struck
from audits.participation.enums import Purpose
from audits.participation.models import Change, Participant

from .evidence import AREA, CODE, KEY, NOTE, PASSAGE, QUESTION
from .models import Coding, FocusGroup, Note, Seat
from .storage import delete_printings, delete_recordings, with_words
from .written import written_about


def held_for(participant: Participant) -> dict[str, Any]:
    """Everything about the participant, for the person: the seat, what was noted from it, and whether it was recorded.

    The team's codes on the notes are its own work and no statement about the person.
    """
    seat = _seat(participant)
    if seat is None:
        return {}
    return {
        "group": seat.group.title,
        "date": seat.group.date.isoformat(),
        "seat": seat.number,
        "sound_recordings": seat.group.recordings.count() if participant.joined_at else 0,
        "notes": [
            {
                "question": note.question.text if note.question else None,
                "words": note.text,
                "at": note.noted_at.isoformat(),
                "taken_back_by_the_team": note.removed,
            }
            for note in seat.notes.select_related("question")
        ],
        "history": [
            {"words": change.content.get("text"), "state": change.state, "at": change.arrived_at.isoformat()}
            for change in _changes(seat)
        ],
    }


def held_parts(participant: Participant) -> Iterator[HeldPart]:
    """The participant's seat and what was noted from it, to be read."""
    if seat := _seat(participant):
        notes = seat.notes.select_related("question")
        lines = [(_("number of the seat"), str(seat.number))]
        lines += [(note.question.text if note.question else "", note.text) for note in notes]
        yield HeldPart(_("Focus group: %(group)s") % {"group": seat.group.title}, tuple(lines))


def given_by(participant: Participant) -> Iterator[Reference]:
    """What was noted from the participant's seat, and what the team made of the group's discussion."""
    seat = _seat(participant)
    if seat is None or participant.joined_at is None:
        return
    for note in Note.objects.standing().filter(seat=seat).select_related("question").prefetch_related("codings__code"):
        yield Reference(KEY, NOTE, note.uuid)
        for coding in note.codings.all():
            yield Reference(KEY, PASSAGE, coding.uuid)
            yield Reference(KEY, CODE, coding.code.uuid)
        if note.question:
            yield Reference(KEY, QUESTION, note.question.uuid)
    yield from (Reference(KEY, f"{AREA}{area}", seat.group.uuid) for area in Area.values)


def words_of(participant: Participant) -> list[str]:
    """What counts of what was noted from the participant's seat."""
    return list(Note.objects.standing().filter(seat__participant=participant).values_list("text", flat=True))


def all_words_of(participants: QuerySet[Participant]) -> Iterator[Words]:
    """Everything that was noted from the participants' seats, with what the notes said before."""
    seats = Seat.objects.filter(participant__in=participants)
    people = {str(seat): person for seat, person in seats.values_list("uuid", "participant")}
    if not people:
        return
    said, noted = set(), {}
    for note in Note.objects.filter(group__in=seats.values("group")).select_related("seat"):
        noted[note.subject] = note.seat.participant_id if note.seat else None
        said.add((noted[note.subject], note.text))
    changes = Change.objects.filter(audit__in=participants.values("audit"))
    own = changes.filter(Q(subject__in=noted) | Q(content__seat__in=list(people)))
    for subject, seat, text in own.values_list("subject", "content__seat", "content__text"):
        # What was corrected to another seat is of whoever sits there; what never became a note, of whom it names.
        said.add((noted[subject] if subject in noted else people[seat], text or ""))
    wanted = set(people.values())
    yield from (Words(person, text) for person, text in said if person in wanted)


@transaction.atomic
def erase(participant: Participant) -> None:
    """Deletes the seat with its notes, their history and codes, and takes their words out of whatever copied them.

    A recording holds the voices of all, and rests on the consent of each: it goes too.
    """
    seat = _seat(participant)
    if seat is None:
        return
    FocusGroup.objects.select_for_update().order_by().get(pk=seat.group_id)
    notes = list(seat.notes.all())
    codings = list(Coding.objects.filter(note__in=notes))
    subjects = [note.subject for note in notes]
    changes = Change.objects.filter(audit=seat.group.audit_id)
    said = [
        *(note.text for note in notes),
        *(coding.quote for coding in codings),
        *(change.content.get("text") or "" for change in changes.filter(subject__in=subjects) | _changes(seat)),
    ]
    sources = [row.uuid for row in (*notes, *codings)]
    forget_sources(audit=seat.group.audit, app=KEY, sources=sources, passages=said)
    for rows in written_about(seat.group):
        note_struck(seat.group.audit, strike(rows, said))
    forget(subjects=subjects)
    # Late ones too, and those that name the seat of a note which is another's by now.
    forget_changes(changes.filter(content__seat=str(seat.uuid)))
    seat.notes.all().delete()
    delete_printings(with_words(seat.group.uuid))
    if participant.joined_at:
        delete_recordings(seat.group.recordings.all())
    seat.delete()


@transaction.atomic
def withdrawn(participant: Participant, purpose: str) -> None:
    """Deletes the recordings of a group of which somebody no longer agrees to be recorded, and the printed reports that
    may quote somebody who no longer agrees to that.

    What may be quoted is asked anew whenever something is quoted, so nothing else is deleted for that.
    """
    seat = _seat(participant)
    if seat and purpose in (Purpose.QUOTATION, Purpose.TAKING_PART):
        delete_printings(with_words(seat.group.uuid))
    if seat and purpose in (Purpose.RECORDING, Purpose.TAKING_PART):
        # Under this lock a recording is added too: none slips in that nobody would delete.
        FocusGroup.objects.select_for_update().order_by().get(pk=seat.group_id)
        delete_recordings(seat.group.recordings.all())


def rests_on(participant: Participant, purpose: str) -> Iterator[str]:
    """How many recordings `withdrawn` deletes."""
    seat = _seat(participant)
    if seat and purpose in (Purpose.RECORDING, Purpose.TAKING_PART) and (number := seat.group.recordings.count()):
        words = ngettext(
            "%(number)s sound recording of your group", "%(number)s sound recordings of your group", number
        )
        yield words % {"number": number}


def _seat(participant: Participant) -> Seat | None:
    return Seat.objects.select_related("group").filter(participant=participant).first()


def _changes(seat: Seat) -> QuerySet[Change]:
    """What the journal holds as said from the seat, notes that never became one included. What a note said under another
    seat is not its own, nor is anything of a note that another seat has by now: those are somebody else's words."""
    others = [note.subject for note in seat.group.notes.exclude(seat=seat)]
    own = Change.objects.filter(audit=seat.group.audit_id, content__seat=str(seat.uuid))
    return own.exclude(subject__in=others)
