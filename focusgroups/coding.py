"""When a code on a note counts, how far coders agree, and where a passage stands in a text.

The unit is note × code: two people rarely mark the very same words, but they can agree that a note holds an idea. A pair
counts where one person alone coded the note, where all who coded it have it, or where it was settled to keep it.
Differences that nobody has settled do not count. Who put no code on a note has not read it, as far as anybody knows, and
differs from nobody about it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise


class Standing(StrEnum):
    ALONE = "alone"
    """One person alone coded the note."""
    AGREED = "agreed"
    """All who coded the note have it."""
    KEPT = "kept"
    LEFT = "left"
    """Settled; this holds also where only one of the coders still has codes on the note."""
    OPEN = "open"
    """Some have it and some not, and nobody has settled it."""

    @property
    def counts(self) -> bool:
        return self in (Standing.ALONE, Standing.AGREED, Standing.KEPT)


@dataclass(frozen=True, slots=True)
class Mark:
    """That a coder has put a code on a note."""

    note: Hashable
    code: Hashable
    coder: Hashable


@dataclass(frozen=True, slots=True)
class Pair:
    """A code on a note: who has it, who coded the note without it, and whether it counts."""

    note: Hashable
    code: Hashable
    coders: frozenset[Hashable]
    others: frozenset[Hashable]
    standing: Standing

    @property
    def compared(self) -> bool:
        """Whether more than one person coded the note."""
        return len(self.coders | self.others) > 1


def pairs(marks: Iterable[Mark], settled: Mapping[tuple[Hashable, Hashable], bool]) -> list[Pair]:
    """All pairs that somebody has, in the order in which they first appear.

    `settled` says of (note, code) whether it was decided to keep it.
    """
    team: dict[Hashable, set[Hashable]] = defaultdict(set)
    having: dict[tuple[Hashable, Hashable], set[Hashable]] = defaultdict(set)
    for mark in marks:
        team[mark.note].add(mark.coder)
        having[mark.note, mark.code].add(mark.coder)
    return [
        Pair(
            note,
            code,
            frozenset(coders),
            frozenset(team[note] - coders),
            _standing(coders, team[note], settled.get((note, code))),
        )
        for (note, code), coders in having.items()
    ]


def _standing(coders: Collection[Hashable], team: Collection[Hashable], keep: bool | None) -> Standing:
    if len(coders) == len(team) > 1:
        return Standing.AGREED
    if keep is None:
        return Standing.ALONE if len(team) == 1 else Standing.OPEN
    return Standing.KEPT if keep else Standing.LEFT


def agreement(found: Iterable[Pair]) -> Fraction | None:
    """Of the pairs on notes that several people coded, the share that all of them have; None where there is nothing to
    compare. What was settled afterwards does not change it."""
    compared = [pair for pair in found if pair.compared]
    if not compared:
        return None
    return Fraction(sum(pair.standing is Standing.AGREED for pair in compared), len(compared))


def located(text: str, start: int, end: int, quote: str) -> tuple[int, int] | None:
    """Where the quote stands in a text that may have been corrected: at its old place, or else at the nearest one.

    None where the text does not hold it any more.
    """
    if not quote:
        return None
    if text[start:end] == quote:
        return start, end
    places = []
    place = text.find(quote)
    while place >= 0:
        places.append(place)
        place = text.find(quote, place + 1)
    if not places:
        return None
    nearest = min(places, key=lambda found: abs(found - start))
    return nearest, nearest + len(quote)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text that the same passages cover; `ending` are those that end with it."""

    text: str
    covering: tuple[Hashable, ...] = ()
    ending: tuple[Hashable, ...] = ()


def pieces(text: str, spans: Mapping[Hashable, tuple[int, int]]) -> list[Piece]:
    """The text cut wherever a passage begins or ends. Joined again, the pieces are the text."""
    cuts = sorted({0, len(text), *(place for span in spans.values() for place in span)})
    return [
        Piece(
            text[start:end],
            tuple(key for key, (first, last) in spans.items() if first <= start and end <= last),
            tuple(key for key, (first, last) in spans.items() if last == end),
        )
        for start, end in pairwise(cuts)
    ]
