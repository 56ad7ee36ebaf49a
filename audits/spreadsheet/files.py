"""The rows of an XLSX or CSV file, whatever they mean."""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

import filetype
import openpyxl
from django.utils.translation import gettext as _

from .cells import Formula

# More than the columns of any walk's template: two for each statement at each place.
MOST_COLUMNS = 2_000
MOST_BYTES = 5 * 1024 * 1024
# What an XLSX of that size may grow to when it is unpacked.
MOST_UNPACKED = 60 * 1024 * 1024
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class UnreadableError(Exception):
    """The file as a whole cannot be read; the sentence says why and what to do."""


def holds_text(content: bytes) -> bool:
    """Whether a file is plain text, as a CSV is, and no spreadsheet, picture or other known kind of file."""
    return not filetype.guess(content) and (b"\x00" not in content or content.startswith(UTF_16))


def table(content: bytes, *, sheet: str, most_rows: int) -> Iterator[tuple[int, list[Any]]]:
    """The rows of a file with their numbers, from 1. What the file is, its content decides and not its name.

    `sheet` is the worksheet of the template that is filled in; without one of that name the first is read. A few rows
    more than `most_rows` come, so that the caller can say that there are too many. Raises UnreadableError.
    """
    if len(content) > MOST_BYTES:
        raise UnreadableError(_("The file is larger than %(size)s MB.") % {"size": MOST_BYTES // 1024 // 1024})
    if content.startswith(b"PK\x03\x04"):
        return _xlsx(content, sheet, most_rows)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableError(
            _("This is an old Excel file, or one with a password. Save it as “Excel Workbook (.xlsx)” and try again.")
        )
    if not holds_text(content):
        kind = filetype.guess(content)
        name = kind.extension.upper() if kind else _("another kind of file")
        raise UnreadableError(_("This is no spreadsheet (%(kind)s). Bring in an XLSX or CSV file.") % {"kind": name})
    return _csv(content, most_rows)


def _xlsx(content: bytes, name: str, most_rows: int) -> Iterator[tuple[int, list[Any]]]:
    broken = UnreadableError(_("This XLSX file cannot be read. Save it again in your spreadsheet program."))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if "xl/workbook.xml" not in archive.namelist():
                raise UnreadableError(
                    _("This is no spreadsheet (%(kind)s). Bring in an XLSX or CSV file.") % {"kind": "ZIP"}
                )
            if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
                raise UnreadableError(
                    _("This file is too large when it is unpacked. Take out pictures and other sheets.")
                )
        with warnings.catch_warnings():
            # What openpyxl leaves out of a file (lists to choose from, styles) is nothing that is read here.
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False)
            # Somebody may have put a sheet of notes before it.
            filled = next((sheet for sheet in book.worksheets if sheet.title == name), book.worksheets[0])
            rows = list(_xlsx_rows(filled, most_rows))
            book.close()
    except UnreadableError:
        raise
    except Exception as error:
        raise broken from error
    return iter(rows)


def _xlsx_rows(sheet: Any, most_rows: int) -> Iterator[tuple[int, list[Any]]]:
    """Rows with content, no more than can be used: of a sheet with a million rows the first ones tell enough."""
    filled = 0
    # What the file says of its own size may be a lie that costs minutes; the rows themselves tell.
    sheet.reset_dimensions()
    for row, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
        values = [Formula() if cell.data_type == "f" else cell.value for cell in cells]
        if any(value is not None for value in values):
            filled += 1
            yield row, values
        if filled > most_rows + 20 or row > 50_000:
            return


def _csv(content: bytes, most_rows: int) -> Iterator[tuple[int, list[Any]]]:
    try:
        text = content.decode("utf-16" if content.startswith(UTF_16) else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError(
            _("The letters of this CSV file cannot be read. In your spreadsheet program, save it as “CSV UTF-8”.")
        ) from error
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        rows = list(_limited(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), most_rows))
    except csv.Error as error:
        raise UnreadableError(_("This CSV file cannot be read: %(reason)s") % {"reason": error}) from error
    return iter(rows)


def _limited(reader: Iterable[list[str]], most_rows: int) -> Iterator[tuple[int, list[Any]]]:
    filled = 0
    for row, cells in enumerate(reader, start=1):
        if any(cells):
            filled += 1
            yield row, cells
        if filled > most_rows + 20 or row > 50_000:
            return
