"""Results of walks and figures of the city: tables that are charts, and small charts."""

from __future__ import annotations

from .passages import Passage
from .tree import node


@node
class Item:
    """A checklist statement with its result: `counts` of the scores 1 to 5, mean, sample standard
    deviation, people.

    `discussed` marks it with *; `reason` replaces the figures where they are hidden. `sd` is None below n =
    2.
    """

    code: str
    statement: str | Passage
    counts: tuple[int, ...] = (0, 0, 0, 0, 0)
    mean: float | None = None
    sd: float | None = None
    n: int = 0
    discussed: bool = False
    reason: str = ""


@node
class ItemsTable:
    """The results table that is the chart: per statement its distribution as a bar, mean, deviation and n.

    `counted` names what the bars count ("Participants per score", "Answers per score").
    """

    caption: str
    items: tuple[Item, ...]
    counted: str
    area: str = ""
    key: str = ""
    source: str = ""
    short: str = ""
    number: int = 0


@node
class Aspect:
    """A statement named as best assessed or most challenging, with its mean."""

    code: str
    statement: str | Passage
    mean: float


@node
class Extremes:
    """Best-assessed and most challenging aspects of one area, ties all shown."""

    best: tuple[Aspect, ...]
    worst: tuple[Aspect, ...]
    area: str = ""


@node
class GlanceRow:
    """One area in the glance table; `before` is its mean in the previous audit or None."""

    area: str
    mean: float | None
    sd: float | None
    n: int
    before: float | None = None
    best: tuple[Aspect, ...] = ()
    worst: tuple[Aspect, ...] = ()


@node
class Glance:
    """The areas at one glance; `now` and `before` name the two audits ("2026", "2023")."""

    caption: str
    rows: tuple[GlanceRow, ...]
    now: str
    before: str = ""
    key: str = ""
    source: str = ""
    short: str = ""
    number: int = 0


@node
class Series:
    """A series of a comparison; `mark` is "now" (filled), "before" (open, grey), "square" or "open"."""

    label: str
    mark: str = "now"


@node
class ComparisonRow:
    """A row of means (1 to 5), one per series; `reason` replaces hidden ones; style "band" is a heading
    over rows.
    """

    label: str | Passage
    values: tuple[float | None, ...] = ()
    area: str = ""
    code: str = ""
    style: str = ""
    reason: str = ""


@node
class Comparison:
    """Means side by side on the scale 1 to 5: audits (with `change`: last series minus first) or stakeholder groups."""

    caption: str
    head: str
    series: tuple[Series, ...]
    rows: tuple[ComparisonRow, ...]
    change: bool = False
    key: str = ""
    source: str = ""
    short: str = ""
    number: int = 0


@node
class Panel:
    """One small line chart: `points` are (label, value or None), in order; a missing value interrupts the line."""

    title: str
    points: tuple[tuple[str, float | None], ...]
    decimals: int = 0


@node
class SmallMultiples:
    """Small line charts side by side, each from zero and on its own scale."""

    caption: str
    panels: tuple[Panel, ...]
    key: str = ""
    source: str = ""
    short: str = ""
    number: int = 0
