"""The development plan: measures gathered under the objective that they serve."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from .models import Measure


@dataclass
class Objective:
    """An objective and its measures; "" for those that have none yet. `title` is what it is called where it has a name
    of its own, `note` a fact about it, `lines` what one should know before its measures."""

    text: str
    measures: list[Measure] = field(default_factory=list)
    title: str = ""
    note: str = ""
    lines: tuple[str, ...] = ()


def plan(measures: Iterable[Measure]) -> list[Objective]:
    """The measures by objective: objectives in the order of their first measure, those without one last.

    Two objectives are one where they differ in case and spaces alone.
    """
    found: dict[str, Objective] = {}
    for measure in measures:
        key = " ".join(measure.objective.split()).casefold()
        found.setdefault(key, Objective(measure.objective.strip())).measures.append(measure)
    return sorted(found.values(), key=lambda objective: not objective.text)
