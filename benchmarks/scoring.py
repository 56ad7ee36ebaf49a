"""From judgements to results: one verdict of several, shares, what moved between two assessments. Pure: no database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from .enums import Verdict

PROVABLE = frozenset({Verdict.IN_PLACE, Verdict.NOT_IN_PLACE})
"""Judgements that say yes or no without a reserve; without evidence they are a gap."""


def summed(verdicts: Iterable[Verdict]) -> Verdict:
    """One judgement for several neighbourhoods or schemes.

    It stands on those that are judged. Those in which the factor is not relevant are left out, unless it is so in all.
    All alike give the same; any mixture is partly in place; nothing judged is not yet judged.
    """
    judged = {Verdict(verdict) for verdict in verdicts} - {Verdict.NOT_JUDGED}
    if not judged:
        return Verdict.NOT_JUDGED
    counted = judged - {Verdict.NOT_RELEVANT}
    if not counted:
        return Verdict.NOT_RELEVANT
    return counted.pop() if len(counted) == 1 else Verdict.PARTLY


def still_to_judge(verdicts: Iterable[Verdict]) -> bool:
    """Whether somebody still has to judge a factor: one of its neighbourhoods or schemes at least, or all of it. Where
    no neighbourhood is named yet, it waits too.
    """
    given = [Verdict(verdict) for verdict in verdicts]
    return not given or Verdict.NOT_JUDGED in given


@dataclass(frozen=True)
class Tally:
    """How many factors have each judgement."""

    counts: Mapping[Verdict, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def judged(self) -> int:
        return self.total - self.counts.get(Verdict.NOT_JUDGED, 0)

    @property
    def share(self) -> float | None:
        """Share judged, 0 to 1; None where there is no factor."""
        return self.judged / self.total if self.total else None

    @property
    def in_order(self) -> list[tuple[Verdict, int]]:
        """Each judgement of the scale with its count, zeros included."""
        return [(verdict, self.counts.get(verdict, 0)) for verdict in Verdict]


def tally(verdicts: Iterable[Verdict]) -> Tally:
    return Tally(Counter(Verdict(verdict) for verdict in verdicts))


class Move(StrEnum):
    """What became of a factor from one assessment to its repeat."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    WITHIN = "within"  # as before altogether, but not in each neighbourhood or scheme
    OTHER = "other"  # from or to "not relevant here"
    NEW = "new"  # judged for the first time
    OPEN = "open"  # not judged yet this time
    ADDED = "added"  # the earlier assessment did not have it
    GONE = "gone"  # only the earlier assessment had it


def moved(before: Verdict | None, now: Verdict | None) -> Move:
    """What became of a factor; None where an assessment did not have it in scope. Not both may be None."""
    if before is None or now is None:
        return Move.ADDED if before is None else Move.GONE
    if before == now:
        return Move.OPEN if now == Verdict.NOT_JUDGED else Move.SAME
    if Verdict.NOT_JUDGED in (before, now):
        return Move.OPEN if now == Verdict.NOT_JUDGED else Move.NEW
    if Verdict.NOT_RELEVANT in (before, now):
        return Move.OTHER
    return Move.BETTER if now.rings > before.rings else Move.WORSE
