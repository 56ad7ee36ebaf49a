"""The first row of a table that people fill in, and what has to be corrected in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from .cells import compared, text_of
from .files import UnreadableError

REMARK = "#"
"""A row whose first cell begins with it is a remark."""


class Named(Protocol):
    """A column: its name in the first row, and whether the table cannot be read without it."""

    @property
    def name(self) -> str: ...

    @property
    def required(self) -> bool: ...


Column = TypeVar("Column", bound=Named)


@dataclass(frozen=True)
class Problem:
    """Something to correct. `row` counts as the spreadsheet program does, from 1; 0 is the file as a whole.

    `at` is the place of the column in the row, from 0; None for a column that is not there.
    """

    text: str
    row: int = 0
    name: str = ""
    at: int | None = None

    @property
    def column(self) -> str:
        """The column by its name and the letters that the spreadsheet program gives it, as far as it has them."""
        letters = "" if self.at is None else get_column_letter(self.at + 1)
        return f"{self.name} ({letters})" if self.name and letters else self.name or letters

    def __str__(self) -> str:
        said = {"row": self.row, "column": self.column, "text": self.text}
        if self.row and self.column:
            return _("Row %(row)s, column %(column)s: %(text)s") % said
        if self.row:
            return _("Row %(row)s: %(text)s") % said
        if self.column:
            return _("Column %(column)s: %(text)s") % said
        return self.text


def columns_in(
    head: list[Any], known: Mapping[str, Column], *, another: str, incomplete: str
) -> tuple[dict[int, Column], list[Problem]]:
    """The columns by their place in the row; what is missing, unknown or there twice is a problem.

    `known` are the columns by their name as `cells.compared` gives it. Raises UnreadableError where nothing or most of
    what is needed is missing, with the sentence `another` or `incomplete` (%(missing)s, %(count)s): this is another
    table.
    """
    found: dict[int, Column] = {}
    problems = []
    seen = set()
    for at, cell in enumerate(head):
        name = text_of(cell)
        column = known.get(compared(name))
        if not name:
            continue
        if column is None:
            problems.append(
                Problem(_("This column is not in the template. Take it out, or correct its name."), name=name, at=at)
            )
        elif column.name in seen:
            problems.append(Problem(_("This column is there twice."), name=name, at=at))
        else:
            found[at] = column
            seen.add(column.name)
    if not found:
        raise UnreadableError(another)
    required = [column.name for column in known.values() if column.required]
    missing = [name for name in required if name not in seen]
    if len(missing) * 2 > len(required):
        raise UnreadableError(incomplete % {"missing": len(missing), "count": len(required)})
    problems += [Problem(_("This column is missing."), name=name) for name in missing]
    return found, problems
