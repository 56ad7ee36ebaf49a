"""What leads to a page by a phone: the square, with what stands beside it, and the poster on a wall."""

from __future__ import annotations

from typing import Any

from .tree import node


@node
class Square:
    """The square that a phone reads, row by row as "0" and "1"; `title` says what it is to whoever cannot see it."""

    rows: tuple[str, ...]
    title: str


@node
class Beside:
    """The square with what is said of it: `blocks` beside it, on the same page."""

    square: Square
    blocks: tuple[Any, ...]


@node
class Poster:
    """One page, "a4" or "a5", in its own language. It stands in `Document.chapters`.

    `ways` are the words beside the square: how to use it, and what to do without it; `address` and `code` are what
    somebody types then. `facts` say when and where, `points` what it is, `foot` who answers for it.
    """

    title: str
    language: str
    size: str
    square: Square
    ways: tuple[str, str]
    address: str
    code: str
    kicker: str = ""
    lead: str = ""
    facts: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    foot: tuple[str, ...] = ()
