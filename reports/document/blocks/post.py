"""What goes by post: a letter to one person."""

from __future__ import annotations

from .tree import node


@node
class Letter:
    """A letter on pages of its own. It stands in `Document.chapters`.

    `to` are the lines of the addressee, whose first one stands on further pages too; `html` is the text (cleaned as in
    `RichText`), `day` the date in words.
    """

    title: str
    to: tuple[str, ...]
    html: str
    day: str
    sender: str = ""
