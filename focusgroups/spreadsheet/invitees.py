"""Invitees as a table: the template, and reading it. What a row says is checked by its form, not here: a row with a
broken address is no reason to refuse the others.

The first row names the columns by codes that are the same in every language, the second explains them; rows whose first
cell begins with # are remarks.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_range_abs

from audits.enums import TargetGroup
from audits.participation.enums import Gender
from audits.spreadsheet import (
    FORMULA_SIGNS,
    REMARK,
    Formula,
    UnreadableError,
    columns_in,
    compared,
    dashless,
    in_all_languages,
    table,
    text_of,
    workbook,
)

INVITEES = "Invitees"
"""The worksheet that is filled in."""
LISTS = "Lists"
"""The worksheet with what can be chosen."""
MOST_ROWS = 300
_CHOICES = {"target group": TargetGroup, "gender": Gender}
_FIELDS = {
    "name": "name",
    "organisation": "organisation",
    "e-mail": "email",
    "telephone": "telephone",
    "target group": "target_group",
    "gender": "gender",
}


@dataclass(frozen=True)
class Column:
    """A column of the table. `name` stands in the first row, `explanation` in the second."""

    name: str
    explanation: str
    width: int
    required: bool = False


def columns() -> list[Column]:
    """All columns, explained in the language of the page."""
    name = _("Name of the person")
    return [
        Column("name", f"{REMARK} {name}", 30, required=True),
        Column("organisation", _("Organisation for which they act"), 30),
        Column("e-mail", _("E-mail address"), 30),
        Column("telephone", _("Telephone"), 18),
        Column("target group", _("Target group, from the list"), 34, required=True),
        Column("gender", _("Gender, from the list, or empty"), 18),
    ]


def template_xlsx() -> bytes:
    """The empty table, in the language of the page."""
    out = io.BytesIO()
    book = workbook(out)
    sheet = book.add_worksheet(INVITEES)
    head = book.add_format({"bold": True, "bottom": 1})
    said = book.add_format({"italic": True, "text_wrap": True, "valign": "top"})
    lists = book.add_worksheet(LISTS)
    for at, column in enumerate(columns()):
        sheet.set_column(at, at, column.width)
        sheet.write_string(0, at, column.name, head)
        sheet.write_string(1, at, column.explanation, said)
        if choices := _CHOICES.get(column.name):
            # On a sheet of their own: together they are longer than a list inside a cell may be.
            lists.write_column(0, at, [str(label) for label in choices.labels])
            place = xl_range_abs(0, at, len(choices.labels) - 1, at)
            allowed = {"validate": "list", "source": f"={LISTS}!{place}", "error_type": "information"}
            sheet.data_validation(2, at, MOST_ROWS + 1, at, allowed)
    sheet.freeze_panes(2, 1)
    book.close()
    return out.getvalue()


def read(content: bytes) -> list[dict[str, Any]]:
    """The rows of an XLSX or CSV file as the form of a person takes them, each with its number in the file as `row`.

    Raises UnreadableError where the file is no table, another one, has nobody in it or more than `MOST_ROWS` people.
    """
    rows = table(content, sheet=INVITEES, most_rows=MOST_ROWS)
    head = next(rows, None)
    if head is None or not any(text_of(cell) for cell in head[1]):
        raise UnreadableError(_("The file is empty. Download the template and fill it in."))
    found, problems = columns_in(
        head[1],
        {compared(column.name): column for column in columns()},
        another=_("The first row has none of the columns of the template. Download the template and fill it in."),
        incomplete=_(
            "%(missing)s of the %(count)s columns that are needed are missing in the first row. "
            "Download the template and fill it in."
        ),
    )
    if problems:
        raise UnreadableError(" ".join(str(problem) for problem in problems))
    people: list[dict[str, Any]] = []
    known = {name: in_all_languages(choices) for name, choices in _CHOICES.items()}
    for row, values in rows:
        texts = [_text(value) for value in values]
        if not any(texts) or texts[0].startswith(REMARK):
            continue
        if len(people) == MOST_ROWS:
            raise UnreadableError(
                _("The file has more than %(most)s rows. Bring in at most %(most)s people at once.")
                % {"most": MOST_ROWS}
            )
        person: dict[str, Any] = {"row": row}
        for at, column in found.items():
            text = texts[at] if at < len(texts) else ""
            if column.name in known:
                text = known[column.name].get(dashless(text), text)
            person[_FIELDS[column.name]] = text
        people.append(person)
    if not people:
        raise UnreadableError(_("Nobody is filled in yet."))
    return people


def _text(cell: Any) -> str:
    """A cell as it is read: formulas are not, and an apostrophe before "+359 …" only keeps it from being one."""
    text = "" if isinstance(cell, Formula) else text_of(cell)
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA_SIGNS) else text
