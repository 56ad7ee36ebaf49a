"""How a section begins: places for the team's own texts, and live blocks, in the order in which they are printed."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from audits.methods import Missing
from reports.material import Material


@dataclass(frozen=True)
class Slot:
    """A place for an own text. `label` says what belongs there; an `opening` is one sentence that answers the
    chapter, printed large."""

    key: str
    label: Any
    help: Any = ""
    opening: bool = False


Composition = tuple[Slot | str, ...]
"""Slots, and keys of live blocks."""

Check = Callable[[Material, Collection[str]], Missing | None]
"""Takes the material and the slots that have a text; answers what is missing of a required point, None when it is there."""


def text(*slots: str, missing: Any) -> Check:
    """A point that only a text of the team can meet: one of these slots has one."""
    return lambda material, written: None if set(slots) & set(written) else Missing(str(missing))


def either(*points: Check) -> Check:
    """A point that is met when one of several is; what the first one lacks is told."""

    def check(material: Material, written: Collection[str]) -> Missing | None:
        found = [point(material, written) for point in points]
        return None if None in found else found[0]

    return check
