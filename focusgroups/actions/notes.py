"""What the rapporteur types during a session: kept in the journal, checked, applied (DESIGN rule 12).

Two may write at once, and a device may send hours later: the later change of a note counts, the others are its history.
"""

import datetime
import uuid
from collections.abc import Sequence
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
    """How many people answered a question on a level."""

    uuid: uuid.UUID
    sequence: int
    question: uuid.UUID
    level: str
    people: int

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

    One that is refused never blocks the others. After closing they are kept and wait for `admit_late`.
    """
    with transaction.atomic():
        table = _Table.of(_locked(group), changes)
        results: dict[int, Result] = {}
        by_subject: dict[str, list[tuple[int, SessionChange]]] = {}
        for index, change in enumerate(changes):
            if problem := table.problem_with(change):
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


def admit_late(*, group: FocusGroup, by: User) -> int:
    """Lets what arrived after closing count. Returns how many changes stand now."""
    with transaction.atomic():
        locked = _locked(group)
        waiting = late_changes(locked)
        changes = {change.pk: from_journal(change) for change in waiting}
        table = _Table.of(locked, list(changes.values()))
        blocked = [change for change in waiting if table.problem_with(changes[change.pk])]
        participation.refuse(changes=blocked, by=by)
        admitted = participation.admit(changes=[change for change in waiting if change not in blocked], by=by)
        for change in admitted:
            table.apply(changes[change.pk], change.by)
    return len(admitted)


def refuse_late(*, group: FocusGroup, by: User) -> int:
    """Leaves what arrived after closing out; the journal keeps it. Returns how many changes."""
    return participation.refuse(changes=late_changes(group), by=by)


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
    standing: dict[str, Change]

    @classmethod
    def of(cls, group: FocusGroup, changes: Sequence[SessionChange]) -> "_Table":
        questions = {one.uuid: one for one in group.questions.prefetch_related("source__levels")}
        keys = [change.note for change in changes if isinstance(change, NoteChange)]
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
            notes={note.uuid: note for note in Note.objects.filter(uuid__in=keys)},
            standing={change.subject: change for change in standing.select_related("by") if not change.part},
        )

    def problem_with(self, change: SessionChange) -> str:
        """Why a change cannot be taken, as a sentence for the person; empty when it can."""
        if isinstance(change, TallyChange):
            if (change.question, change.level) not in self.levels:
                return _("This question is not answered on this level any more.")
            return "" if 0 <= change.people <= MOST_PEOPLE else _("A tally is a whole number from 0 to 500.")
        known = self.notes.get(change.note)
        if known is not None and known.group_id != self.group.pk:
            return _("This note belongs to another session.")
        if change.speaker and change.speaker not in StakeholderGroup.values:
            return _("Choose a group from the list.")
        if not change.text.strip():
            return _("A note needs a text.")
        return problem_with_text(change.text, NOTE_LENGTH)

    def apply(self, change: SessionChange, by: User | None) -> None:
        """Writes what stands. A question or seat that was deleted while the device was away costs no note."""
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
        """What its writer should know of a note that stands now."""
        if isinstance(change, TallyChange):
            return ""
        before = self.standing.get(change.subject)
        if before and before.device != device and before.uuid != change.seen:
            name = before.by or _("Somebody else")
            return _("%(name)s changed this note meanwhile. Yours counts; the other one is in its history.") % {
                "name": name
            }
        if change.question and change.question not in self.questions:
            return _("Its question is not on the list any more; the note is kept without one.")
        if change.seat and change.seat not in self.seats:
            return _("Its seat is not on the list any more; the note is kept without one.")
        return ""
