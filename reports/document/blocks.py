"""The block tree of a document: what a report or a walk pack says, free of how it looks.

Every class here is a frozen dataclass that survives JSON (`to_dict`, `from_dict`). Texts are already in the
document's language; numbers are raw, because each writer formats them by the language of the passage
(decimal comma or point).

Plain texts may refer to other parts of the document as `[[key]]`: the writers put the number or code of
that part there ("F12", "Table 3", "[4]") as a link. Codes and numbers themselves are given by
`numbering.number`.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, dataclass_transform

from django.conf.locale import LANG_INFO

VERSION = 1

NODES: dict[str, type] = {}


@dataclass_transform(frozen_default=True)
def node(cls: type) -> type:
    """Makes the class a frozen dataclass that `to_dict` and `from_dict` know by its name."""
    cls = dataclass(frozen=True)(cls)
    NODES[cls.__name__] = cls
    return cls


def to_dict(document: Document) -> dict[str, Any]:
    """Returns the tree as JSON-ready data that `from_dict` turns back into an equal tree."""
    return {"version": VERSION, "document": _encode(document)}


def from_dict(data: dict[str, Any]) -> Document:
    """Returns the tree kept in `data`; raises ValueError when it was written by another version or is malformed."""
    if not isinstance(data, dict) or data.get("version") != VERSION:
        raise ValueError(f"This is not a document tree of version {VERSION}.")
    document = _decode(data.get("document"))
    if not isinstance(document, Document):
        raise ValueError("The tree does not begin with a document.")
    return document


def _encode(value: Any) -> Any:
    if type(value).__name__ in NODES:
        return {"is": type(value).__name__} | {f.name: _encode(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple | list):
        return [_encode(part) for part in value]
    if value is None or isinstance(value, str | int | float):
        return value
    # A lazy translation is refused too: which language it becomes would depend on who writes the tree.
    raise ValueError(f"{value!r} cannot stand in a document tree.")


def _decode(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_decode(part) for part in value)
    if not isinstance(value, dict):
        return value
    cls = NODES.get(value.get("is", ""))
    if cls is None:
        raise ValueError(f"Unknown block: {value.get('is')!r}")
    try:
        return cls(**{name: _decode(part) for name, part in value.items() if name != "is"})
    except TypeError as error:
        raise ValueError(f"{cls.__name__}: {error}") from error


def direction(language: str) -> str:
    """Returns "rtl" or "ltr" for a language code such as "ar" or "bg-BG"."""
    return "rtl" if LANG_INFO.get(language.split("-")[0].lower(), {}).get("bidi") else "ltr"


# The frame -------------------------------------------------------------------------------------------------


@node
class Area:
    """A thematic area as it is named and marked in this document; `key` chooses its colour."""

    key: str
    letter: str
    name: str


@node
class Logo:
    """A partner's logo on the cover: `media` is the uuid of the picture, `alt` the partner's name."""

    media: str
    alt: str


@node
class CoverScore:
    """One bar of the cover's fingerprint: the mean score (1 to 5) of one statement."""

    code: str
    area: str
    mean: float


@node
class Cover:
    """The title page: who, what, when, logos, authors and the disclaimer. Without `scores` it has no picture.
    `language` is that of title and subtitle, where it may differ from the document.
    """

    kicker: str
    title: str
    subtitle: str = ""
    lines: tuple[str, ...] = ()
    scores: tuple[CoverScore, ...] = ()
    scores_note: str = ""
    authors: str = ""
    logos: tuple[Logo, ...] = ()
    disclaimer: str = ""
    language: str = ""


@node
class Section:
    """A chapter (when it stands in `Document.chapters`) or a section inside one.

    `number` and `part` are printed as given ("2.1", "Part II"); `pages` is the (min, max) page budget of
    the outline; `area` gives the heading that area's colour and mark; `language` is set where the passage
    differs from the document.
    """

    key: str
    title: str
    number: str = ""
    part: str = ""
    running_title: str = ""
    area: str = ""
    pages: tuple[float, float] | None = None
    new_page: bool = False
    in_contents: bool = True
    language: str = ""
    blocks: tuple[Any, ...] = ()


@node
class Document:
    """A whole document. `layout` is "report" or "pack" (paper forms); `decimals` are those of every mean
    and deviation.
    """

    title: str
    language: str
    author: str
    running_title: str
    imprint: str = ""
    subject: str = ""
    cover: Cover | None = None
    areas: tuple[Area, ...] = ()
    chapters: tuple[Section, ...] = ()
    decimals: int = 2
    layout: str = "report"

    @property
    def direction(self) -> str:
        return direction(self.language)


# Text ------------------------------------------------------------------------------------------------------


@node
class Paragraph:
    """Plain text. `style` is "", "lead" (the sentence that answers the chapter) or "note"; `side` stands in
    the margin; `language` is set where the passage may differ from its section.
    """

    text: str
    style: str = ""
    side: str = ""
    language: str = ""


@node
class RichText:
    """Text that a person wrote, as HTML; cleaned again whenever it is rendered (`richtext.clean`). `language` as in
    `Paragraph`.
    """

    html: str
    side: str = ""
    language: str = ""


@node
class Bullets:
    """A list of short plain texts."""

    items: tuple[str, ...]
    ordered: bool = False


@node
class Finding:
    """A finding, printed once where it arises; `kind` is its printed name ("Deficiency"), `code` comes from
    numbering.
    """

    key: str
    kind: str
    text: str
    code: str = ""


@node
class Recommendation:
    """A recommendation with the keys of its evidence; keys that this document does not hold are left out."""

    key: str
    title: str
    text: str
    area: str = ""
    addressee: str = ""
    horizon: str = ""
    evidence: tuple[str, ...] = ()
    code: str = ""


@node
class Quote:
    """Somebody's words; `by` names a stakeholder group and an occasion, never a person."""

    text: str
    by: str
    language: str = ""


@node
class Suppressed:
    """Stands where figures are hidden and says why (small numbers)."""

    reason: str


@node
class NotCarriedOut:
    """The honest sentence in the place of a method that this audit has not used (yet)."""


# Figures and tables ----------------------------------------------------------------------------------------


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
class Column:
    """A table column: `width` in per cent of the table (0: an equal share of the rest), `kind` "text" or
    "number".
    """

    title: str
    width: float = 0
    kind: str = "text"


@node
class Row:
    """A table row. `cells` are texts, numbers, None (nothing to show) or the cell nodes above; the first
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
    """A table. `style` is "", "tight" (annex) or "facts" (names and values, no column heads printed).

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


@node
class Item:
    """A checklist statement with its result: `counts` of the scores 1 to 5, mean, sample standard
    deviation, people.

    `discussed` marks it with *; `reason` replaces the figures where they are hidden. `sd` is None below n =
    2.
    """

    code: str
    statement: str
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
    statement: str
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

    label: str
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


@node
class Figure:
    """A picture with a numbered caption; `media` is its uuid."""

    media: str
    alt: str
    caption: str
    credit: str = ""
    key: str = ""
    short: str = ""
    number: int = 0


@node
class Picture:
    """A participant's photograph, never without its credit line; `code` (P1) comes from numbering."""

    key: str
    media: str
    alt: str
    credit: str
    title: str = ""
    text: str = ""
    code: str = ""


@node
class Pictures:
    """One to three photographs arranged together: one wide; two beside each other; one large beside two small."""

    pictures: tuple[Picture, ...]


# Front and back matter -------------------------------------------------------------------------------------


@node
class Contents:
    """The table of contents: chapters and their sections, with page numbers in print."""


@node
class ListOfFigures:
    """The list of numbered figures and tables."""


@node
class Source:
    """An entry of the references; `[[key]]` cites it as [n]."""

    key: str
    html: str
    number: int = 0


@node
class References:
    """The list of sources."""

    sources: tuple[Source, ...]


# Paper forms -----------------------------------------------------------------------------------------------


@node
class FormSheet:
    """One participant's copy: its printed number and the receipt code on its tear-off ("" prints a line to
    write on).
    """

    number: str
    code: str = ""


@node
class FormChoice:
    """A question on the first page that is answered by ticking one or several boxes."""

    label: str
    options: tuple[str, ...]


@node
class FormItem:
    """A statement to score on paper."""

    code: str
    statement: str


@node
class FormSection:
    """The statements of one area (repeated by the maker for each place where it is filled once per place).

    `fields` are lines to fill in above ("Name of area", "Date"); `ideas` heads the writing lines below.
    """

    title: str
    items: tuple[FormItem, ...]
    area: str = ""
    fields: tuple[str, ...] = ()
    ideas: str = ""


@node
class PaperForm:
    """The checklist as a paper form, once per sheet: first page with instructions and tear-off, then the
    statements.

    `poor` and `excellent` are the words of the scale's ends; `receipt` is the text on the tear-off.
    """

    title: str
    sheets: tuple[FormSheet, ...]
    sections: tuple[FormSection, ...]
    poor: str
    excellent: str
    intro: tuple[str, ...] = ()
    choices: tuple[FormChoice, ...] = ()
    receipt: str = ""
