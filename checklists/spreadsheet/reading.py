"""Reading what was filled into the template: every bad cell is named, and nothing is guessed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from audits.participation.enums import AgeBand
from audits.spreadsheet import (
    REMARK,
    CellError,
    Formula,
    Problem,
    UnreadableError,
    columns_in,
    short,
    text_of,
)

from ..actions import AnswerRow, PlaceRow, SheetRow
from ..enums import Missing
from ..lines import Plan
from ..wording import Wording
from .cells import PARSERS
from .columns import (
    AGE,
    COMMENT,
    DATE,
    GENDER,
    GROUP,
    GUARDIAN,
    LOCATION,
    NUMBER,
    QUOTE,
    REQUIRED,
    SCORE,
    SUGGESTION,
    TIME,
    Column,
    accepted,
)
from .files import MOST_ROWS, table

HIGHEST_NUMBER = 99_999


@dataclass(frozen=True)
class Reading:
    """What a file says. Rows are only to be used where there is no problem.

    `left_out` counts rows that hold a number and nothing else, as the template offers them; `absent` names optional
    columns that the file does not have.
    """

    rows: tuple[SheetRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    left_out: int = 0
    absent: tuple[str, ...] = ()


def read(content: bytes, plan: Plan, wording: Wording, *, taken: Mapping[int, str]) -> Reading:
    """What an XLSX or CSV file says, every bad cell named.

    `taken` says why a number cannot be used on this walk. Raises UnreadableError where the file is
    neither, is too large, is another table altogether, or has more than `MOST_ROWS` sheets.
    """
    rows = table(content)
    head = next(rows, None)
    if head is None or not any(text_of(cell) for cell in head[1]):
        raise UnreadableError(_("The file is empty. Download the template and fill it in."))
    known = accepted(plan, wording)
    columns, problems = _columns(head[1], known)
    if problems:
        return Reading(problems=tuple(problems))
    return _rows(rows, columns, known, taken)


def _columns(head: list[Any], known: dict[str, Column]) -> tuple[dict[int, Column], list[Problem]]:
    """The columns by their place in the row, and what is wrong with them. Raises UnreadableError for another table."""
    return columns_in(
        head,
        known,
        another=_(
            "The first row has none of the columns of the template. Download the template of this walk and fill it in."
        ),
        incomplete=_(
            "%(missing)s of the %(count)s columns that are needed are missing in the first row. "
            "Download the template of this walk and fill it in."
        ),
    )


def _rows(
    table: Iterator[tuple[int, list[Any]]],
    columns: dict[int, Column],
    known: dict[str, Column],
    taken: Mapping[int, str],
) -> Reading:
    rows: list[SheetRow] = []
    problems: list[Problem] = []
    nameless: dict[int, int] = {}
    left_out = 0
    number_at = next(at for at, column in columns.items() if column.kind == NUMBER)
    first: dict[int, int] = {}
    for count, (row, cells) in enumerate(_with_content(table, number_at), start=1):
        if count > MOST_ROWS:
            raise UnreadableError(
                _("The file has more than %(most)s rows. Bring in at most %(most)s sheets at once.")
                % {"most": MOST_ROWS}
            )
        filled = {at for at, cell in enumerate(cells) if text_of(cell)}
        for at in filled - columns.keys():
            nameless.setdefault(at, row)
        if filled <= {number_at}:
            left_out += 1
            continue
        reader = _RowReader(row, cells, columns, taken, first)
        rows.append(reader.read())
        problems += reader.problems
    problems += [
        Problem(_("Something stands here, but the column has no name in the first row."), row, at=at)
        for at, row in sorted(nameless.items())
    ]
    if not rows and not problems:
        problems.append(Problem(_("No sheet is filled in yet.")))
    present = {column.name for column in columns.values()}
    absent = [
        column.name
        for column in known.values()
        if column.kind not in (SUGGESTION, *REQUIRED) and column.name not in present
    ]
    return Reading(tuple(rows), tuple(problems), left_out, tuple(absent))


def _with_content(table: Iterator[tuple[int, list[Any]]], number_at: int) -> Iterator[tuple[int, list[Any]]]:
    """Rows that hold something, without those with a remark for a number; “#7” is a number, written wrongly."""
    for row, cells in table:
        number = text_of(cells[number_at]) if number_at < len(cells) else ""
        remark = number.startswith(REMARK) and not number.removeprefix(REMARK).strip().isdigit()
        if any(map(text_of, cells)) and not remark:
            yield row, cells


class _RowReader:
    """Reads one row, cell by cell, and notes what is wrong instead of stopping."""

    def __init__(
        self,
        row: int,
        cells: list[Any],
        columns: dict[int, Column],
        taken: Mapping[int, str],
        first: dict[int, int],
    ):
        self.row, self.taken, self.first = row, taken, first
        self.cells = [(at, column, cells[at] if at < len(cells) else None) for at, column in columns.items()]
        self.guardian_at = next((at for at, column in columns.items() if column.kind == GUARDIAN), None)
        self.problems: list[Problem] = []

    def read(self) -> SheetRow:
        facts = dict.fromkeys((GROUP, GENDER, AGE), "")
        flags = {QUOTE: False, GUARDIAN: False}
        number = 0
        answers: dict[tuple[Any, Any], dict[str, Any]] = {}
        places: dict[Any, dict[str, Any]] = {}
        for at, column, cell in self.cells:
            value = self._value(at, column, cell)
            if column.kind == NUMBER:
                number = value or 0
            elif column.kind in facts:
                facts[column.kind] = value or ""
            elif column.kind in flags:
                flags[column.kind] = bool(value)
            elif column.line is not None:
                answers.setdefault(column.line.key, {})[column.kind] = value
            elif value and column.place is not None:
                places.setdefault(column.place.uuid, {})[column.kind] = value
        if facts[AGE] == AgeBand.UNDER_18 and not flags[GUARDIAN]:
            self._note(
                _("Under 18 a parent or guardian has to agree: write yes, or take the row out."),
                GUARDIAN,
                self.guardian_at,
            )
        return SheetRow(
            row=self.row,
            number=number,
            group=facts[GROUP],
            gender=facts[GENDER],
            age_band=facts[AGE],
            quotation=flags[QUOTE],
            guardian=flags[GUARDIAN],
            answers=tuple(self._answers(answers)),
            places=tuple(
                PlaceRow(place=place, location=said.get(LOCATION, ""), date=said.get(DATE), time=said.get(TIME))
                for place, said in places.items()
            ),
        )

    @staticmethod
    def _answers(answers: dict[tuple[Any, Any], dict[str, Any]]) -> Iterator[AnswerRow]:
        """All answers of the sheet; of a part that stands once per place, only places where something was said."""
        visited = {
            place
            for (_item, place), said in answers.items()
            if place and (said.get(SCORE) or any(said.get(kind) for kind in (COMMENT, SUGGESTION)))
        }
        for (item, place), said in answers.items():
            if place and place not in visited:
                continue
            score = said.get(SCORE)
            yield AnswerRow(
                item=item,
                place=place,
                value=score if isinstance(score, int) else None,
                missing="" if isinstance(score, int) else score or Missing.EMPTY,
                comment=said.get(COMMENT) or "",
                suggestion=said.get(SUGGESTION) or "",
            )

    def _value(self, at: int, column: Column, cell: Any) -> Any:
        try:
            if isinstance(cell, Formula):
                raise CellError(_("Formulas are not read. Write what it comes to."))
            if column.kind == NUMBER:
                return self._number(cell)
            return PARSERS[column.kind](cell)
        except CellError as error:
            self._note(str(error), column.name, at)
            return None

    def _number(self, cell: Any) -> int:
        text = text_of(cell)
        if not text:
            raise CellError(_("The number of the sheet is missing."))
        if not text.isdecimal() or len(text) > len(str(HIGHEST_NUMBER)) or not 1 <= int(text) <= HIGHEST_NUMBER:
            raise CellError(_("“%(value)s” is not the number of a sheet.") % {"value": short(text)})
        number = int(text)
        if number in self.first:
            raise CellError(
                _("Sheet %(number)s stands in row %(row)s already.") % {"number": number, "row": self.first[number]}
            )
        self.first[number] = self.row
        if reason := self.taken.get(number):
            raise CellError(reason)
        return number

    def _note(self, text: str, name: str, at: int | None) -> None:
        self.problems.append(Problem(text, self.row, name, at))
