"""What the codes of an audit come to: on how many notes each counts, by question, area and stakeholder group."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from audits.models import Audit

from .coding import Mark, Pair, pairs
from .models import Code, Coding, FocusGroup, Note, Settlement
from .models.session import spoken_by

FACTS = (
    "note__question_id",
    "note__question__source_id",
    "note__question__text",
    "note__question__area",
    "note__hot",
    "spoken_by",
)


@dataclass
class Counts:
    """On how many notes a code counts. `undecided` are those where coders differ; they are in none of the others."""

    notes: int = 0
    hot: int = 0
    undecided: int = 0
    areas: Counter[str] = field(default_factory=Counter)
    speakers: Counter[str] = field(default_factory=Counter)
    questions: Counter[str] = field(default_factory=Counter)
    """By the words of the question; where several groups ask one of the guide's, by the words of the first."""
    asked: Counter[int] = field(default_factory=Counter)
    """By the primary key of the session's question."""


@dataclass(frozen=True)
class Counted:
    """The pairs of an audit or of one group, and what they come to for each code (by its primary key)."""

    pairs: list[Pair]
    counts: dict[int, Counts]

    def of(self, code: Code) -> Counts:
        return self.counts.get(code.pk, Counts())

    @property
    def counting(self) -> set[tuple[Hashable, Hashable]]:
        """Note and code of the pairs that count."""
        return {(pair.note, pair.code) for pair in self.pairs if pair.standing.counts}

    @property
    def undecided(self) -> int:
        return sum(one.undecided for one in self.counts.values())

    def ideas(self, codes: Iterable[Code], question: int) -> list[tuple[Code, int]]:
        """The codes that count on notes of a question, those on most notes first."""
        found = [(code, self.of(code).asked[question]) for code in codes]
        return sorted((one for one in found if one[1]), key=lambda one: (-one[1], one[0].name))


def codings_in(audit: Audit, group: FocusGroup | None = None) -> QuerySet[Coding]:
    """The coded passages of the notes that stand, each with its note, which has the say on its words."""
    found = Coding.objects.filter(note__group__audit=audit, note__removed=False).select_related("note")
    return found.filter(note__group=group) if group else found


def counted(audit: Audit, group: FocusGroup | None = None) -> Counted:
    """Two queries, however many notes there are."""
    rows = (
        codings_in(audit, group)
        .annotate(spoken_by=spoken_by("note__"))
        .values_list("note_id", "code_id", "coder_id", *FACTS)
    )
    facts: dict[int, tuple[Any, ...]] = {}
    marks = []
    for note, code, coder, *about in rows:
        facts[note] = tuple(about)
        marks.append(Mark(note, code, coder))
    settled = {
        (note, code): keep
        for note, code, keep in Settlement.objects.filter(note__group__audit=audit).values_list("note", "code", "keep")
    }
    found = pairs(marks, settled)
    return Counted(found, _counts(found, facts))


def _counts(found: list[Pair], facts: dict[int, tuple[Any, ...]]) -> dict[int, Counts]:
    counts: dict[int, Counts] = defaultdict(Counts)
    words: dict[int, str] = {}
    for pair in found:
        question, source, text, area, hot, speaker = facts[pair.note]
        one = counts[pair.code]
        if not pair.standing.counts:
            one.undecided += pair.standing == "open"
            continue
        one.notes += 1
        one.hot += hot
        one.speakers[speaker] += 1
        if question:
            one.areas[area] += 1
            one.asked[question] += 1
            one.questions[words.setdefault(source, text) if source else text] += 1
    return dict(counts)


@dataclass(frozen=True)
class Theme:
    """What may have stirred most interest: a code with the notes of a group on which it counts."""

    code: Code | None
    notes: list[Note]

    @property
    def hot(self) -> int:
        return sum(note.hot for note in self.notes)


def themes(group: FocusGroup, found: Counted) -> list[Theme]:
    """A suggestion, for a person to decide: the codes by how many of their notes stirred the group, then by how many
    notes they have. Last, under no code, the notes that stirred it and that have none."""
    notes = {note.pk: note for note in group.notes.standing().select_related("question")}
    codes = {code.pk: code for code in Code.objects.filter(pk__in=found.counts)}
    behind: dict[int, list[Note]] = defaultdict(list)
    for pair in found.pairs:
        if pair.standing.counts:
            behind[pair.code].append(notes[pair.note])
    suggested = [Theme(codes[code], own) for code, own in behind.items()]
    suggested.sort(key=lambda theme: (-theme.hot, -len(theme.notes), theme.code.name if theme.code else ""))
    coded = {pair.note for pair in found.pairs}
    bare = [note for note in notes.values() if note.hot and note.pk not in coded]
    return [*suggested, Theme(None, bare)] if bare else suggested
