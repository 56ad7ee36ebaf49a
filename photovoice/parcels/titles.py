"""The table of titles: which file is which photo, and whose. One row is one file.

Its columns are named by codes that are the same in every language; rows whose first cell begins with # are remarks.
"""

from __future__ import annotations

import io
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from audits.spreadsheet import (
    REMARK,
    CellError,
    Formula,
    UnreadableError,
    add_sheet,
    choice,
    columns_in,
    compared,
    dashless,
    table,
    text_of,
    words,
    workbook,
)

from ..models import Activity
from ..models.photo import CREDIT_LENGTH, TEXT_LENGTH, TITLE_LENGTH
from ..wording import themes_of

PHOTOS = "Photos"
"""The worksheet that is filled in."""
MOST_ROWS = 300


@dataclass(frozen=True)
class Column:
    name: str
    explanation: str
    width: int
    required: bool = False


@dataclass
class Row:
    """What a row says of a file. `theme` is its identifier; `problems` are sentences, with any the photo stays out."""

    number: int
    file: str
    title: str = ""
    text: str = ""
    theme: str = ""
    credit: str = ""
    address: str = ""
    problems: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        return comparable(self.file)


def comparable(name: str) -> str:
    """A file's name as it is compared: computers write the same letters in two ways."""
    return unicodedata.normalize("NFC", name).strip().casefold()


def columns() -> list[Column]:
    """All columns, explained in the language of the page."""
    name = _("Name of the file, for example tram.jpg")
    return [
        Column("file name", f"{REMARK} {name}", 30, required=True),
        Column("title", _("Title of the photo"), 30),
        Column("description", _("A few words about it"), 50),
        Column("theme", _("Theme: its name or its number"), 30),
        Column("author", _("Name below the photo, as the author wants it"), 30),
        Column("e-mail", _("The author’s e-mail address, for the question whether it may be shown"), 36),
    ]


def template() -> bytes:
    """The empty table (XLSX), in the language of the page."""
    out = io.BytesIO()
    book = workbook(out)
    heads = columns()
    add_sheet(book, PHOTOS, [(one.name, one.width) for one in heads], [[one.explanation for one in heads]], frozen=1)
    book.close()
    return out.getvalue()


def read_titles(content: bytes, activity: Activity) -> list[Row]:
    """The rows of an XLSX or CSV file, each with what is wrong in it.

    Raises UnreadableError where the file as a whole is no such table or has too many rows.
    """
    rows = table(content, sheet=PHOTOS, most_rows=MOST_ROWS)
    head = next(rows, None)
    if head is None:
        raise UnreadableError(_("The table is empty. Download the template and fill it in."))
    found, problems = columns_in(
        head[1],
        {compared(column.name): column for column in columns()},
        another=_("The first row has none of the columns of the template. Download the template and fill it in."),
        incomplete=_("The first row has no column “file name”. Download the template and fill it in."),
    )
    if problems:
        raise UnreadableError(" ".join(str(problem) for problem in problems))
    themes, labels = _themes(activity)
    read: list[Row] = []
    for number, values in rows:
        cells = {column.name: values[at] for at, column in found.items() if at < len(values)}
        if text_of(values[0]).startswith(REMARK) or not any(text_of(value) for value in values):
            continue
        if len(read) == MOST_ROWS:
            raise UnreadableError(_("The table has more than %(most)s rows.") % {"most": MOST_ROWS})
        read.append(_row(number, cells, themes, labels))
    return read


def _row(number: int, cells: dict[str, Any], themes: dict[str, str], labels: list[str]) -> Row:
    row = Row(number, "")
    limits = {
        "title": TITLE_LENGTH,
        "description": TEXT_LENGTH,
        "author": CREDIT_LENGTH,
        "file name": 200,
        "e-mail": 254,
    }
    fields = {"title": "title", "description": "text", "author": "credit", "file name": "file", "e-mail": "address"}
    for name, limit in limits.items():
        try:
            setattr(row, fields[name], _text(cells.get(name), limit))
        except CellError as error:
            row.problems.append(f"{name}: {error}")
    try:
        row.theme = choice(_text(cells.get("theme"), 200), themes, labels)
    except CellError as error:
        row.problems.append(f"theme: {error}")
    if row.address:
        try:
            validate_email(row.address)
        except ValidationError:
            row.problems.append(_("“%(address)s” is no e-mail address.") % {"address": row.address})
            row.address = ""
    if not row.file:
        row.problems.append(_("The name of the file is missing."))
    return row


def _text(cell: Any, limit: int) -> str:
    """A cell as a text. Formulas are not read, and signs that cannot be kept are left out."""
    text = "" if isinstance(cell, Formula) else words(limit)(cell)
    return "".join(sign for sign in text if sign == "\n" or (sign >= " " and not "\ud800" <= sign <= "\udfff"))


def _themes(activity: Activity) -> tuple[dict[str, str], list[str]]:
    """What people write for each theme: its number, its key, its name in any language; and the names in this one."""
    known: dict[str, str] = {}
    for code, _name in settings.PARTICIPANT_LANGUAGES:
        for number, theme in enumerate(themes_of(activity, code), 1):
            for form in (str(number), theme.theme.key, str(theme.title)):
                known[dashless(form)] = str(theme.uuid)
    labels = [str(theme.title) for theme in themes_of(activity, activity.audit.language)]
    return known, labels
