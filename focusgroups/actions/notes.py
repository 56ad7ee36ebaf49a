"""What the rapporteur types during a session: kept in the journal, checked, applied (DESIGN rule 12).

Two may write at once, and a device may send hours later: the later change of a note counts, the others are its history.
"""

import datetime
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audits.enums import StakeholderGroup
from audits.models import User
from audits.participation import actions as participation
from audits.participation.actions import Incoming, Outcome, Result, Verdict, problem_with_text
from audits.participation.models import Change

from ..enums import GroupState
from ..live import late_changes
from ..models import FocusGroup, InclusionLevel, LevelCount, Note, Seat, SessionQuestion
from ..models.session import NOTE_LENGTH

MOST_PEOPLE = 500
_GONE = gettext_lazy("Whoever said this has taken everything back. The note is not kept, and is deleted here too.")
_MESSAGE = {
    Verdict.LATE: gettext_lazy("The session is closed. This is kept and counts once it is let in on this page."),
    Verdict.CONFLICT: gettext_lazy("This change was sent before with another content. Load the page again."),
}


@dataclass(frozen=True, kw_only=True)
class NoteChange:
    """A note as it reads from now on. `seen` is the journal's change that its writer had before them."""

    uuid: uuid.UUID
    sequence: int
    note: uuid.UUID
    question: uuid.UUID | None = None
    seat: uuid.UUID | None = None
    speaker: str = ""
    text: str
    hot: bool = False
    noted_at: datetime.datetime
    removed: bool = False
    seen: uuid.UUID | None = None

    part = ""

    @property
    def subject(self) -> str:
        return f"note:{self.note}"

    @property
    def content(self) -> dict[str, Any]:
        return {
            "question": str(self.question) if self.question else None,
            "seat": str(self.seat) if self.seat else None,
            "speaker": self.speaker,
            "text": self.text,
            "hot": self.hot,
            "noted_at": self.noted_at.isoformat(),
            "removed": self.removed,
        }


@dataclass(frozen=True, kw_only=True)
class TallyChange:
    """How many people answered a question on a level. `seen` is the number that its writer had before them."""

    uuid: uuid.UUID
    sequence: int
    question: uuid.UUID
    level: str
    people: int
    seen: int | None = None

    @property
    def subject(self) -> str:
        return f"tally:{self.question}"

    @property
    def part(self) -> str:
        return self.level

    @property
    def content(self) -> dict[str, Any]:
        return {"people": self.people}


SessionChange = NoteChange | TallyChange


def record(*, group: FocusGroup, changes: Sequence[SessionChange], device: uuid.UUID, by: User) -> list[Result]:
    """Takes changes to the notes and tallies of one session and answers each, in order.

    One that is refused never blocks the others. What was said by somebody who has taken everything back is not kept, not
    in the journal either (`Outcome.GONE`). After closing changes are kept and wait for `admit_late`.
    """
    with transaction.atomic():
        table = _Table.of(_locked(group), changes)
        results: dict[int, Result] = {}
        by_subject: dict[str, list[tuple[int, SessionChange]]] = {}
        for index, change in enumerate(changes):
            if table.was_taken_back(change):
                results[index] = Result(uuid=change.uuid, outcome=Outcome.GONE, message=str(_GONE))
            elif problem := table.problem_with(change):
                results[index] = Result(uuid=change.uuid, outcome=Outcome.REFUSED, message=problem)
            else:
                by_subject.setdefault(change.subject, []).append((index, change))
        for subject, taken in by_subject.items():
            accepted = participation.accept(
                audit=table.group.audit,
                subject=subject,
                device=device,
                changes=[
                    Incoming(
                        uuid=change.uuid,
                        sequence=change.sequence,
                        part=change.part,
                        # By the group its late changes are found again.
                        content={"group": str(group.uuid), **change.content},
                    )
                    for _index, change in taken
                ],
                by=by,
                late=table.group.state == GroupState.CLOSED,
            )
            for (index, change), answer in zip(taken, accepted, strict=True):
                message = str(_MESSAGE.get(answer.verdict, ""))
                if answer.verdict is Verdict.STANDS:
                    table.apply(change, by)
                    message = table.hint(change, device)
                results[index] = Result(uuid=change.uuid, outcome=Outcome.of(answer.verdict), message=message)
    return [results[index] for index in range(len(changes))]


def admit_late(*, group: FocusGroup, shown: Collection[uuid.UUID], by: User) -> tuple[int, list[str]]:
    """Lets those of `shown` count that arrived after closing and still wait. Returns how many changes stand now, and why
    others were left out, as sentences."""
    with transaction.atomic():
        locked = _locked(group)
        waiting = [change for change in late_changes(locked) if change.pk in shown]
        changes = {change.pk: from_journal(change) for change in waiting}
        table = _Table.of(locked, list(changes.values()))
        problems = {pk: problem for pk, change in changes.items() if (problem := table.problem_with(change))}
        participation.refuse(changes=[change for change in waiting if change.pk in problems], by=by)
        admitted = participation.admit(changes=[change for change in waiting if change.pk not in problems], by=by)
        for change in admitted:
            table.apply(changes[change.pk], change.by)
    return len(admitted), list(dict.fromkeys(problems.values()))


def refuse_late(*, group: FocusGroup, shown: Collection[uuid.UUID], by: User) -> int:
    """Leaves those of `shown` out that arrived after closing and still wait; the journal keeps them. Returns how many
    changes."""
    return participation.refuse(changes=[change for change in late_changes(group) if change.pk in shown], by=by)


def from_journal(change: Change) -> SessionChange:
    """A change as the journal kept it."""
    kind, _colon, key = change.subject.partition(":")
    content = change.content
    if kind == "tally":
        return TallyChange(
            uuid=change.uuid,
            sequence=change.sequence,
            question=uuid.UUID(key),
            level=change.part,
            people=content["people"],
        )
    return NoteChange(
        uuid=change.uuid,
        sequence=change.sequence,
        note=uuid.UUID(key),
        question=uuid.UUID(content["question"]) if content["question"] else None,
        seat=uuid.UUID(content["seat"]) if content["seat"] else None,
        speaker=content["speaker"],
        text=content["text"],
        hot=content["hot"],
        noted_at=datetime.datetime.fromisoformat(content["noted_at"]),
        removed=content["removed"],
    )


def _locked(group: FocusGroup) -> FocusGroup:
    rows = FocusGroup.objects.select_for_update(of=("self",), no_key=True).select_related("audit").order_by()
    return rows.get(pk=group.pk)


@dataclass
class _Table:
    """What changes are held against; the caller holds the lock on the group."""

    group: FocusGroup
    questions: dict[uuid.UUID, SessionQuestion]
    seats: dict[uuid.UUID, Seat]
    levels: dict[tuple[uuid.UUID, str], InclusionLevel]
    notes: dict[uuid.UUID, Note]
    standing: dict[tuple[str, str], Change]
    erased: set[uuid.UUID]

    @classmethod
    def of(cls, group: FocusGroup, changes: Sequence[SessionChange]) -> "_Table":
        questions = {one.uuid: one for one in group.questions.prefetch_related("source__levels")}
        notes = [change for change in changes if isinstance(change, NoteChange)]
        known = [key for change in notes for key in (change.uuid, change.seen) if key]
        standing = Change.objects.filter(subject__in={change.subject for change in changes}).standing()
        return cls(
            group=group,
            questions=questions,
            seats={one.uuid: one for one in group.seats.select_related("participant")},
            levels={
                (key, level.key): level
                for key, one in questions.items()
                if one.source
                for level in one.source.levels.all()
            },
            notes={note.uuid: note for note in Note.objects.filter(uuid__in=[one.note for one in notes])},
            standing={(change.subject, change.part): change for change in standing.select_related("by")},
            erased=participation.erased_among(known),
        )

    def was_taken_back(self, change: SessionChange) -> bool:
        """Whether a change brings back words of somebody who has taken everything back: nothing else deletes a seat, or
        a note that the writer had before them."""
        if isinstance(change, TallyChange):
            return False
        corrects_erased = change.note not in self.notes and change.seen in self.erased
        return change.uuid in self.erased or corrects_erased or bool(change.seat and change.seat not in self.seats)

    def problem_with(self, change: SessionChange) -> str:
        """Why a change cannot be taken, as a sentence for the person; empty when it can."""
        if isinstance(change, TallyChange):
            if (change.question, change.level) not in self.levels:
                return _("This question is not answered on this level any more.")
            return "" if 0 <= change.people <= MOST_PEOPLE else _("A tally is a whole number from 0 to 500.")
        seat = self.seats.get(change.seat) if change.seat else None
        if seat and seat.participant.joined_at is None:
            return _("Nobody on seat %(seat)s takes part, so nothing is noted from there.") % {"seat": seat.number}
        known = self.notes.get(change.note)
        if known is not None and known.group_id != self.group.pk:
            return _("This note belongs to another session.")
        if change.speaker and change.speaker not in StakeholderGroup.values:
            return _("Choose a group from the list.")
        if not change.text.strip():
            return _("A note needs a text.")
        return problem_with_text(change.text, NOTE_LENGTH)

    def apply(self, change: SessionChange, by: User | None) -> None:
        """Writes what stands. A question that was deleted while the device was away costs no note."""
        if isinstance(change, TallyChange):
            level = self.levels[change.question, change.level]
            LevelCount.objects.update_or_create(
                question=self.questions[change.question], level=level, defaults={"people": change.people}
            )
            return
        note = self.notes.get(change.note)
        if note is None:
            note = self.notes[change.note] = Note(uuid=change.note, group=self.group, by=by)
        seat = self.seats.get(change.seat) if change.seat else None
        note.question = self.questions.get(change.question) if change.question else None
        note.seat = seat
        # What the seat says is asked of the seat, where it may be corrected.
        note.speaker = "" if seat and seat.participant.group else change.speaker
        note.text, note.hot, note.removed = change.text, change.hot, change.removed
        note.noted_at = change.noted_at
        note.save()

    def hint(self, change: SessionChange, device: uuid.UUID) -> str:
        """What its writer should know of a change that stands now."""
        before = self.standing.get((change.subject, change.part))
        name = (before and before.by) or _("Somebody else")
        other = before if before and before.device != device else None
        if isinstance(change, TallyChange):
            if other is None or other.content["people"] in (change.seen, change.people):
                return ""
            counts = {"name": name, "theirs": other.content["people"], "people": change.people}
            return _("%(name)s had counted %(theirs)s here. Your %(people)s counts now.") % counts
        # A form without script is sent by a new device each time, and twice perhaps.
        if other and other.uuid != change.seen and not _says_the_same(other, change):
            return _("%(name)s changed this note meanwhile. Yours counts; the other one is in its history.") % {
                "name": name
            }
        if change.question and change.question not in self.questions:
            return _("Its question is not on the list any more; the note is kept without one.")
        return ""


def _says_the_same(before: Change, change: NoteChange) -> bool:
    return all(before.content.get(name) == value for name, value in change.content.items() if name != "noted_at")
