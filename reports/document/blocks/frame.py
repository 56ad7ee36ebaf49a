"""The frame of a document: cover, chapters, areas, and how the whole is kept as JSON."""

from __future__ import annotations

from typing import Any

from .tree import decode, direction, encode, node

VERSION = 1


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
    """A whole document. `layout` is "report", "pack" (paper forms), "poster", "leaflet" (a sheet for each chapter) or
    "letter"; `decimals` are those of every mean and deviation.
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


def to_dict(document: Document) -> dict[str, Any]:
    """Returns the tree as JSON-ready data that `from_dict` turns back into an equal tree."""
    return {"version": VERSION, "document": encode(document)}


def from_dict(data: dict[str, Any]) -> Document:
    """Returns the tree kept in `data`; raises ValueError when it was written by another version or is malformed."""
    if not isinstance(data, dict) or data.get("version") != VERSION:
        raise ValueError(f"This is not a document tree of version {VERSION}.")
    document = decode(data.get("document"))
    if not isinstance(document, Document):
        raise ValueError("The tree does not begin with a document.")
    return document
