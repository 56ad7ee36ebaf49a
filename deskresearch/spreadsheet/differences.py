"""In which columns a row says something else than the document of the inventory that it repeats."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..actions import DocumentRow
from ..models import Document
from .columns import FIELDS, PROVISIONS, RATINGS, REASONS
from .provisions import joined, separated


def differing(row: DocumentRow, document: Document, columns: Iterable[str]) -> tuple[str, ...]:
    """Those of a file's `columns` in which the row is another than the document, in their order.

    An empty cell is another than one with words: what is taken out in the file stays in the inventory. How a text is
    broken into lines does not matter. The document is loaded `with_ratings` and `with_provisions`.
    """
    found = []
    for name in columns:
        said, standing = _both(row, document, name)
        if _plain(said) != _plain(standing):
            found.append(name)
    return tuple(found)


def _both(row: DocumentRow, document: Document, name: str) -> tuple[Any, Any]:
    """What stands in a column: in the file, in the inventory."""
    if name in FIELDS:
        return row.fields[FIELDS[name]], getattr(document, FIELDS[name])
    if point := RATINGS.get(name):
        return getattr(row.ratings.get(point), "value", ""), getattr(document.rating_of(point), "value", "")
    if point := REASONS.get(name):
        return getattr(row.ratings.get(point), "reason", ""), getattr(document.rating_of(point), "reason", "")
    if topic := PROVISIONS.get(name):
        # As much as the inventory itself writes into a cell.
        cell, _left_out = joined((one.text, one.page) for one in document.provisions.all() if one.topic == topic)
        quoted = ([one for one in row.provisions if one.topic == topic], separated(cell, topic))
        said, standing = ([(_plain(one.text), _plain(one.page)) for one in found] for found in quoted)
        return said, standing
    # The name of a file is never brought in.
    return None, None


def _plain(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value
