"""The rows of a walk's table, read from an XLSX or CSV file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from audits import spreadsheet

MOST_ROWS = 500
SCORES = "Scores"
"""The worksheet of the template that is filled in."""


def table(content: bytes) -> Iterator[tuple[int, list[Any]]]:
    """The rows of a file with their numbers, from 1. Raises `audits.spreadsheet.UnreadableError`."""
    return spreadsheet.table(content, sheet=SCORES, most_rows=MOST_ROWS)
