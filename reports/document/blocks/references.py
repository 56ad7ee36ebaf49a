"""Front and back matter: contents, list of figures, sources."""

from __future__ import annotations

from .tree import node


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
