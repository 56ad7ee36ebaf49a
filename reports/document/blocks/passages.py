"""Words of another language within a plain text."""

from __future__ import annotations

from django.utils.translation import get_language

from .tree import node


@node
class Passage:
    """Words of another `language` within a plain text, for a cell, a note or a point of a list: `frame` is the text,
    with {} where the words stand.
    """

    text: str
    language: str
    frame: str = "{}"


def passage(text: str, language: str, frame: str = "{}") -> str | Passage:
    """Returns the words in their frame: a plain text where they are in the active language, else a passage."""
    if language == get_language():
        before, _words, after = frame.partition("{}")
        return f"{before}{text}{after}"
    return Passage(text, language, frame)
