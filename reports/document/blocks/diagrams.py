"""Diagrams: how the city governs integration, and how a benchmark was judged. A table stands beside each."""

from __future__ import annotations

from typing import Any

from .tree import node


@node
class Body:
    """A body in the governance diagram: its name and a few words.

    `style` is "full" (it has a special mandate on TCN integration), "part" (one in part), "" (none, or not known) or
    "missing" (a body that should be there). `key` is what the lines name it by.
    """

    key: str
    name: str
    note: str = ""
    style: str = ""


@node
class Tier:
    """A level of the governance diagram, such as "Decide", with its bodies in reading order."""

    title: str
    bodies: tuple[Body, ...]


@node
class Line:
    """A line between two bodies by their keys: `kind` "reports" (`below` reports to `above`) or "works" (standing
    co-operation).
    """

    above: str
    below: str
    kind: str = "reports"


@node
class Governance:
    """Who decides, who delivers, who is consulted: levels of boxes with lines between them.

    A line that names a body which is in no tier is left out. A table with the same content stands beside it.
    """

    caption: str
    tiers: tuple[Tier, ...]
    lines: tuple[Line, ...] = ()
    key: str = ""
    source: str = ""
    short: str = ""
    number: int = 0


@node
class Spoke:
    """A key factor in the wheel: `rings` filled (3 in place, 2 partly, 1 not in place, 0 not yet judged)."""

    code: str
    rings: int = 0
    relevant: bool = True


@node
class Legend:
    """A line of the wheel's legend: how many factors were judged so, and in which words. `rings` as in a spoke."""

    rings: int
    count: int
    word: str
    relevant: bool = True


@node
class Wheel:
    """The result of an assessment, one spoke per key factor, with its legend in words and `notes` (plain texts or
    passages) beside it.

    A table with the same content stands beside it.
    """

    caption: str
    spokes: tuple[Spoke, ...]
    legend: tuple[Legend, ...]
    notes: tuple[Any, ...] = ()
    key: str = ""
    source: str = ""
    short: str = ""
    number: int = 0
