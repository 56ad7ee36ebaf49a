"""Tables with cells of texts, numbers and marks."""

from __future__ import annotations

from typing import Any

from .tree import node


@node
class Number:
    """A number in a table cell; `sign` prints a plus too, `unit` follows it, `mark` is a footnote sign such as *."""

    value: float | None
    decimals: int = 0
    sign: bool = False
    unit: str = ""
    mark: str = ""
    strong: bool = False


@node
class Level:
    """A judgement in a table cell: `state` is "full", "part", "none" or "na" (a circle), `word` says it."""

    state: str
    word: str


@node
class Bar:
    """A counted bar in a table cell, `share` (0 to 1) of the column; the number stands in a cell of its own."""

    share: float


@node
class Areas:
    """The marks of several areas in a table cell."""

    keys: tuple[str, ...]


@node
class Points:
    """A list of short plain texts in a table cell."""

    items: tuple[str, ...]


@node
class Column:
    """A table column: `width` in per cent of the table (0: an equal share of the rest), `kind` "text" or
    "number".
    """

    title: str
    width: float = 0
    kind: str = "text"


@node
class Row:
    """A table row. `cells` are texts, passages, numbers, None (nothing to show) or the cell nodes above; the first
    one is its head.

    `style` is "", "band" (a heading over rows; one cell) or "total"; `key` lets `[[key]]` point here, shown
    as `code`.
    """

    cells: tuple[Any, ...]
    style: str = ""
    area: str = ""
    key: str = ""
    code: str = ""


@node
class Table:
    """A table. `style` is "", "tight" (annex), "facts" (names and values, no column heads printed) or "signatures" (rows high
    enough to write in).

    `short` is the caption in the list of figures and tables; `numbered=False` leaves it out there.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    key: str = ""
    source: str = ""
    style: str = ""
    short: str = ""
    numbered: bool = True
    number: int = 0
