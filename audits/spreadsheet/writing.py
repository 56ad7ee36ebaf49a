"""Making an XLSX file: no cell is ever a formula (SAFETY, "Spreadsheets")."""

from __future__ import annotations

from typing import BinaryIO

import xlsxwriter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
"""The media type."""


def workbook(file: BinaryIO) -> xlsxwriter.Workbook:
    """An empty workbook that is written to the file when it is closed. A text stays a text, whatever it begins with."""
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    return xlsxwriter.Workbook(file, options)
