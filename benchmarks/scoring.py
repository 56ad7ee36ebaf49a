"""Summing up judgements. Pure: nothing here knows the database."""

from __future__ import annotations

from collections.abc import Iterable

from .enums import Verdict


def summed(verdicts: Iterable[Verdict]) -> Verdict:
    """One judgement of a factor that was judged for several neighbourhoods or schemes.

    The sum stands on those judged. What is not relevant somewhere is left out, unless it is not relevant anywhere. All
    alike give that; any mixture is partly in place; none judged is not judged.
    """
    judged = {Verdict(verdict) for verdict in verdicts} - {Verdict.NOT_JUDGED}
    relevant = judged - {Verdict.NOT_RELEVANT}
    if not judged:
        return Verdict.NOT_JUDGED
    if not relevant:
        return Verdict.NOT_RELEVANT
    return relevant.pop() if len(relevant) == 1 else Verdict.PARTLY
