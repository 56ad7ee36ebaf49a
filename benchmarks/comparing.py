"""Two judgements of one key factor beside each other, and meetings that overlap. Pure: values in, values out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import Enum
from typing import TypeVar

from .enums import Verdict

NOT_JUDGED = Verdict.NOT_JUDGED.value


class Difference(Enum):
    """How the peers' judgement stands to the host's, in the order in which one has to talk about it."""

    LESS = "less"
    MORE = "more"
    RELEVANCE = "relevance"
    HOST_ONLY = "host_only"
    PEERS_ONLY = "peers_only"
    SAME = "same"
    NEITHER = "neither"


@dataclass(frozen=True)
class Compared:
    """The difference, and by how many levels of the scale the two are apart (0 where that cannot be said)."""

    difference: Difference
    levels: int = 0

    @property
    def order(self) -> tuple[int, int]:
        """Sorts what is furthest apart first; among equals, where the peers see less."""
        return (-self.levels, list(Difference).index(self.difference))


def compared(host: str | None, peers: str | None) -> Compared:
    """Compares the values of two verdicts; None is a judgement that does not exist."""
    host, peers = host or NOT_JUDGED, peers or NOT_JUDGED
    if host == peers:
        return Compared(Difference.NEITHER if host == NOT_JUDGED else Difference.SAME)
    if peers == NOT_JUDGED:
        return Compared(Difference.HOST_ONLY)
    if host == NOT_JUDGED:
        return Compared(Difference.PEERS_ONLY)
    own, theirs = Verdict(host).rings, Verdict(peers).rings
    if not own or not theirs:
        return Compared(Difference.RELEVANCE)
    levels = theirs - own
    return Compared(Difference.MORE if levels > 0 else Difference.LESS, abs(levels))


@dataclass(frozen=True)
class Slot:
    """When something takes place; without an end it is taken as a moment."""

    day: date | None
    starts_at: time | None
    ends_at: time | None


Key = TypeVar("Key")


def overlaps(slots: Sequence[tuple[Key, Slot]]) -> dict[Key, list[Key]]:
    """For each that overlaps with another of the same day: the others, in the order given."""
    found: dict[Key, list[Key]] = {}
    for key, slot in slots:
        others = [other for other, beside in slots if other != key and _overlap(slot, beside)]
        if others:
            found[key] = others
    return found


def _overlap(one: Slot, other: Slot) -> bool:
    if one.day is None or one.day != other.day or one.starts_at is None or other.starts_at is None:
        return False
    if one.starts_at == other.starts_at:
        return True
    first, second = sorted((one, other), key=lambda slot: slot.starts_at or time.min)
    return first.ends_at is not None and second.starts_at is not None and second.starts_at < first.ends_at


def counted(differences: Iterable[Difference]) -> dict[Difference, int]:
    """How often each difference occurs; those that do not are left out."""
    differences = list(differences)
    return {one: differences.count(one) for one in Difference if one in differences}
