"""A session as its live note screen shows it: questions, seats, notes and tallies, in a fixed number of queries."""

from __future__ import annotations

import uuid
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from audits.instruments import translated
from audits.participation.models import Change, ChangeQuerySet

from .guide import Line
from .models import FocusGroup, LevelCount, Note, Seat, SessionQuestion


def changes_of(group: FocusGroup) -> ChangeQuerySet:
    """Everything that the journal holds about a session's notes and tallies."""
    return Change.objects.filter(audit=group.audit_id, content__group=str(group.uuid))


def late_changes(group: FocusGroup) -> list[Change]:
    """What arrived after closing and waits for a decision, in order of arrival."""
    return list(changes_of(group).late().select_related("by"))


@dataclass
class Live:
    """What a session has come to by now. Notes that were taken back are among `notes`; what arrived after closing and is
    not let in yet is not, it stands in `late`."""

    group: FocusGroup
    questions: list[SessionQuestion]
    seats: list[Seat]
    notes: list[Note]
    changes: dict[str, Change]
    counts: dict[uuid.UUID, dict[str, int]]
    late: list[Change]

    @classmethod
    def of(cls, group: FocusGroup) -> Live:
        questions = list(group.questions.select_related("source__guide").prefetch_related("source__levels"))
        notes = list(group.notes.select_related("question", "seat__participant", "by"))
        standing = Change.objects.filter(subject__in=[note.subject for note in notes]).standing().select_related("by")
        counts: dict[uuid.UUID, dict[str, int]] = defaultdict(dict)
        for count in LevelCount.objects.filter(question__group=group).select_related("question", "level"):
            counts[count.question.uuid][count.level.key] = count.people
        taken = group.seats.filter(participant__joined_at__isnull=False)
        return cls(
            group=group,
            questions=questions,
            seats=list(taken.select_related("participant")),
            notes=notes,
            changes={change.subject: change for change in standing},
            counts=counts,
            late=late_changes(group),
        )

    @cached_property
    def levels(self) -> dict[uuid.UUID, list[dict[str, Any]]]:
        """The levels of each question that has some, in the language of the discussion, with their counts."""
        rows = [level for one in self.questions if one.source for level in one.source.levels.all()]
        texts = translated(rows, self.group.language)
        return {
            one.uuid: [
                {"key": level.key, **texts.of(level), "people": self.counts.get(one.uuid, {}).get(level.key, 0)}
                for level in levels
            ]
            for one in self.questions
            if one.source and (levels := list(one.source.levels.all()))
        }

    @cached_property
    def lines(self) -> dict[uuid.UUID, Line]:
        """Each question beside what the guide says, for hints on it."""
        texts = translated([one.source for one in self.questions if one.source], self.group.language)
        found = {}
        for one in self.questions:
            one.group = self.group
            levels = tuple((level["title"], level["text"]) for level in self.levels.get(one.uuid, []))
            found[one.uuid] = Line(one, texts[one.source, "text"] if one.source else None, levels, used=False)
        return found

    def notes_on(self, question: SessionQuestion | None) -> list[Note]:
        """The notes of a question that stand, those without one for None."""
        return [note for note in self.notes if note.question == question and not note.removed]

    @cached_property
    def late_notes(self) -> dict[str, str | None]:
        """Of each note that waits to be let in its question, by the note's UUID; None where it is taken back."""
        return {
            change.subject.removeprefix("note:"): None if change.content["removed"] else change.content["question"]
            for change in self.late
            if not change.part
        }

    @property
    def waiting(self) -> list[tuple[Change, SessionQuestion | None]]:
        """What waits to be let in, each with the question under which it would stand."""
        asked = {str(one.uuid): one for one in self.questions}
        return [(change, asked.get(change.content.get("question") or "")) for change in self.late]

    def late_on(self, question: SessionQuestion) -> int:
        """How many notes on a question wait to be let in."""
        return sum(key == str(question.uuid) for key in self.late_notes.values())

    def asked(self, key: str) -> SessionQuestion | None:
        """The question of an address, the first where it names none; None where the session has no questions."""
        return next((one for one in self.questions if str(one.uuid) == key), next(iter(self.questions), None))

    def payload(self) -> dict[str, Any]:
        """What the script draws, and asks for again from time to time."""
        return {
            "notes": [self._as_said(note) for note in self.notes],
            "tallies": {str(question): counts for question, counts in self.counts.items()},
            "late": self.late_notes,
            "state": self.group.state,
        }

    def _as_said(self, note: Note) -> dict[str, Any]:
        change = self.changes.get(note.subject)
        changed_by = change.by if change and change.by_id != note.by_id else None
        return {
            "note": str(note.uuid),
            "question": str(note.question.uuid) if note.question else None,
            "seat": str(note.seat.uuid) if note.seat else None,
            "speaker": note.speaker,
            "text": note.text,
            "hot": note.hot,
            "noted_at": note.noted_at.isoformat(),
            "removed": note.removed,
            "by": str(note.by or ""),
            "seen": str(change.uuid) if change else None,
            "changed_by": str(changed_by or ""),
        }
