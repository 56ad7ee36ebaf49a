"""Making an XLSX file: no cell is ever a formula (SAFETY, "Spreadsheets")."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, BinaryIO

import xlsxwriter
from django.utils import timezone

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
"""The media type."""


def workbook(file: BinaryIO) -> xlsxwriter.Workbook:
    """An empty workbook that is written to the file when it is closed. A text stays a text, whatever it begins with."""
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    return xlsxwriter.Workbook(file, options)


NAME_LENGTH = 31
"""Letters that the name of a worksheet may have."""


def add_sheet(
    book: xlsxwriter.Workbook,
    name: str,
    columns: Iterable[tuple[str, int]],
    rows: Iterable[Iterable[object]],
    *,
    frozen: int = 0,
) -> None:
    """A worksheet with the names and widths of its columns above the rows; head and `frozen` columns stay in sight.

    Days and times are real ones, None and "" nothing, all else text.
    """
    style = {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"}),
        "time": book.add_format({"num_format": "yyyy-mm-dd hh:mm", "valign": "top"}),
    }
    sheet = book.add_worksheet(name[:NAME_LENGTH])
    for column, (head, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, head, style["head"])
    sheet.freeze_panes(1, frozen)
    for place, cells in enumerate(rows, 1):
        for column, value in enumerate(cells):
            _write(sheet, place, column, value, style)


def _write(sheet: Any, place: int, column: int, value: object, style: dict[str, Any]) -> None:
    if isinstance(value, datetime):
        sheet.write_datetime(place, column, timezone.localtime(value).replace(tzinfo=None), style["time"])
    elif isinstance(value, date):
        sheet.write_datetime(place, column, datetime(value.year, value.month, value.day), style["day"])
    elif value not in (None, ""):
        sheet.write_string(place, column, str(value), style["text"])
