"""Sheets as a table: the template that a walk offers, and reading what was filled into it.

One row is one participant's sheet. The first row names the columns by codes that are the same in every language; rows
whose first cell begins with # are remarks. Where a part is filled in once per place, its columns stand once for each
place, named after it ("U3 @ Station Square"), so that a participant is one row all the same.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import filetype
import openpyxl
import xlsxwriter
from django.conf import settings
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from audits.enums import StakeholderGroup
from audits.participation.enums import AgeBand, Gender

from .actions import AnswerRow, PlaceRow, SheetRow
from .actions.changes import LOCATION_LENGTH, TEXT_LENGTH
from .enums import Missing
from .exports import harmless
from .lines import Line, Plan
from .models import WalkPlace
from .wording import Wording

MOST_ROWS = 500
# More than the columns of any walk's template: two for each statement at each place.
MOST_COLUMNS = 2_000
MOST_BYTES = 5 * 1024 * 1024
# What an XLSX of that size may grow to when it is unpacked.
MOST_UNPACKED = 60 * 1024 * 1024
MOST_PROBLEMS = 100
HIGHEST_NUMBER = 99_999
REMARK = "#"
FORMULA_SIGNS = ("=", "+", "-", "@", "\t")
NO_ANSWER = {"", "0", "-", "–", "—"}
DONT_KNOW = "?"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")

NUMBER, GROUP, GENDER, AGE, QUOTE, GUARDIAN = "number", "group", "gender", "age", "quote", "guardian"
SCORE, COMMENT, SUGGESTION, LOCATION, DATE, TIME = "score", "comment", "suggestion", "location", "date", "time"
REQUIRED = {NUMBER, GROUP, SCORE}


class UnreadableError(Exception):
    """The file as a whole cannot be read; the sentence says why and what to do."""


class CellError(Exception):
    """What is wrong with a cell, as a sentence."""


@dataclass(frozen=True)
class Column:
    """A column of the table. `name` stands in the first row, `explanation` in the second."""

    name: str
    kind: str
    explanation: str
    line: Line | None = None
    place: WalkPlace | None = None

    @property
    def required(self) -> bool:
        return self.kind in REQUIRED


@dataclass(frozen=True)
class Problem:
    """Something to correct. `row` counts as the spreadsheet program does, from 1; 0 is the file as a whole."""

    text: str
    row: int = 0
    column: str = ""

    def __str__(self) -> str:
        if self.row and self.column:
            return _("Row %(row)s, column %(column)s: %(text)s") % vars(self)
        if self.row:
            return _("Row %(row)s: %(text)s") % vars(self)
        if self.column:
            return _("Column %(column)s: %(text)s") % vars(self)
        return self.text


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


def columns_of(plan: Plan, wording: Wording) -> list[Column]:
    """The columns of a walk's table: who, all scores, then all comments, so that scores can be typed in one go."""
    number = _("Number on the sheet")
    columns = [
        Column(NUMBER, NUMBER, f"{REMARK} {number}"),
        Column(GROUP, GROUP, _("Stakeholder group, from the list; empty where it is not said")),
        Column(GENDER, GENDER, _("Gender, from the list, or empty")),
        Column(AGE, AGE, _("Age, from the list, or empty")),
        Column(QUOTE, QUOTE, _("May comments be quoted? yes or no")),
        Column(GUARDIAN, GUARDIAN, _("Under 18 only: has a parent or guardian agreed? yes or no")),
    ]
    for place in plan.places.values():
        columns += [
            Column(f"{LOCATION} @ {place.name}", LOCATION, _("Specific location"), place=place),
            Column(f"{DATE} @ {place.name}", DATE, _("Date, for example 2026-10-31"), place=place),
            Column(f"{TIME} @ {place.name}", TIME, _("Time, for example 14:30"), place=place),
        ]
    columns += [
        Column(_line_name(line), SCORE, str(wording.statements[line.item.pk]), line, line.place) for line in plan
    ]
    columns += [
        Column(f"{line.item.key} {COMMENT}{_at(line.place)}", COMMENT, _("Comment or evidence"), line, line.place)
        for line in plan
    ]
    return columns


def _accepted(plan: Plan, wording: Wording) -> dict[str, Column]:
    """All columns that are read, by their name as compared; suggestions are read where somebody added them."""
    suggestions = [
        Column(f"{line.item.key} {SUGGESTION}{_at(line.place)}", SUGGESTION, "", line, line.place) for line in plan
    ]
    return {_compared(column.name): column for column in [*columns_of(plan, wording), *suggestions]}


def _line_name(line: Line) -> str:
    return f"{line.item.key}{_at(line.place)}"


def _at(place: WalkPlace | None) -> str:
    return f" @ {place.name}" if place else ""


def _compared(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip().casefold()


# Writing the template --------------------------------------------------------------------------------------


def template_xlsx(plan: Plan, wording: Wording, numbers: Iterable[int]) -> bytes:
    """The template as XLSX: lists to choose from, and a row for each number of a form that waits."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    head = book.add_format({"bold": True, "bg_color": "#e8eff6", "bottom": 1})
    remark = book.add_format({"text_wrap": True, "valign": "top", "font_color": "#55606b", "font_size": 9})
    centred = book.add_format({"align": "center"})
    sheet = book.add_worksheet("Scores")
    lists = _add_lists(book)
    columns = columns_of(plan, wording)
    for at, column in enumerate(columns):
        sheet.write_string(0, at, column.name, head)
        sheet.write_string(1, at, column.explanation, remark)
        scores = column.kind == SCORE
        sheet.set_column(at, at, 13 if scores else 30 if column.kind == COMMENT else 18, centred if scores else None)
        if rule := lists.get(column.kind):
            sheet.data_validation(2, at, MOST_ROWS + 1, at, rule)
    sheet.set_row(1, 96)
    sheet.freeze_panes(2, 1)
    for row, number in enumerate(numbers, start=2):
        sheet.write_number(row, 0, number)
    book.close()
    return file.getvalue()


def _add_lists(book: Any) -> dict[str, dict[str, Any]]:
    """A second sheet with the values to choose from, and the rules that refer to it."""
    sheet = book.add_worksheet("Values")
    choices = {
        GROUP: [str(label) for label in StakeholderGroup.labels],
        GENDER: [str(label) for label in Gender.labels],
        AGE: [str(label) for label in AgeBand.labels],
        QUOTE: [_("yes"), _("no")],
    }
    rules: dict[str, dict[str, Any]] = {}
    for at, (kind, values) in enumerate(choices.items()):
        sheet.set_column(at, at, 34)
        for row, value in enumerate(values):
            sheet.write_string(row, at, value)
        letter = "ABCD"[at]
        rules[kind] = {"validate": "list", "source": f"=Values!${letter}$1:${letter}${len(values)}"}
    rules[GUARDIAN] = rules[QUOTE]
    rules[SCORE] = {
        "validate": "list",
        "source": ["1", "2", "3", "4", "5", "0", DONT_KNOW],
        "error_title": _("Not on the scale"),
        "error_message": _("1 is poor, 5 is excellent. 0: no answer. ?: does not know."),
    }
    return rules


def template_csv(plan: Plan, wording: Wording, numbers: Iterable[int]) -> bytes:
    """The template as CSV, with the separator that spreadsheet programs of the page's language expect."""
    text = io.StringIO()
    columns = columns_of(plan, wording)
    writer = csv.writer(text, delimiter="," if get_language() == "en" else ";")
    writer.writerow([column.name for column in columns])
    writer.writerow([harmless(column.explanation) for column in columns])
    for number in numbers:
        writer.writerow([number, *[""] * (len(columns) - 1)])
    return text.getvalue().encode("utf-8-sig")


# Reading ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Formula:
    """A cell that holds a formula; what it would come to is never asked."""


def read(content: bytes, plan: Plan, wording: Wording, *, taken: Mapping[int, str]) -> Reading:
    """What an XLSX or CSV file says, every bad cell named.

    `taken` says why a number cannot be used on this walk. Raises UnreadableError where the file is
    neither, is too large, is another table altogether, or has more than `MOST_ROWS` sheets.
    """
    table = _table(content)
    head = next(table, None)
    if head is None or not any(_text(cell) for cell in head[1]):
        raise UnreadableError(_("The file is empty. Download the template and fill it in."))
    accepted = _accepted(plan, wording)
    columns, problems = _columns(head[1], accepted)
    if not columns:
        raise UnreadableError(
            _(
                "The first row has none of the columns of the template. Download the template of this walk and fill it in."
            )
        )
    if problems:
        return Reading(problems=tuple(problems))
    return _rows(table, columns, accepted, taken)


def _columns(head: list[Any], accepted: dict[str, Column]) -> tuple[dict[int, Column], list[Problem]]:
    """The columns by their place in the row. What is missing, unknown or there twice is a problem."""
    found: dict[int, Column] = {}
    problems = []
    seen = set()
    for at, cell in enumerate(head):
        name = _text(cell)
        column = accepted.get(_compared(name))
        if not name:
            continue
        if column is None:
            problems.append(
                Problem(_("This column is not in the template. Take it out, or correct its name."), column=name)
            )
        elif column.name in seen:
            problems.append(Problem(_("This column is there twice."), column=name))
        else:
            found[at] = column
            seen.add(column.name)
    problems += [
        Problem(_("This column is missing."), column=column.name)
        for column in accepted.values()
        if column.required and column.name not in seen
    ]
    return found, problems


def _rows(
    table: Iterator[tuple[int, list[Any]]],
    columns: dict[int, Column],
    accepted: dict[str, Column],
    taken: Mapping[int, str],
) -> Reading:
    rows: list[SheetRow] = []
    problems: list[Problem] = []
    left_out = 0
    number_at = next(at for at, column in columns.items() if column.kind == NUMBER)
    first: dict[int, int] = {}
    for count, (row, cells) in enumerate(_with_content(table, number_at), start=1):
        if count > MOST_ROWS:
            raise UnreadableError(
                _("The file has more than %(most)s rows. Bring in at most %(most)s sheets at once.")
                % {"most": MOST_ROWS}
            )
        if not any(_text(cell) for at, cell in enumerate(cells) if at in columns and at != number_at):
            left_out += 1
            continue
        reader = _RowReader(row, cells, columns, taken, first)
        rows.append(reader.read())
        problems += reader.problems
    if not rows and not problems:
        problems.append(Problem(_("No sheet is filled in yet.")))
    present = {column.name for column in columns.values()}
    absent = [
        column.name
        for column in accepted.values()
        if column.kind not in (SUGGESTION, *REQUIRED) and column.name not in present
    ]
    return Reading(tuple(rows), tuple(problems), left_out, tuple(absent))


def _with_content(table: Iterator[tuple[int, list[Any]]], number_at: int) -> Iterator[tuple[int, list[Any]]]:
    """Rows that hold something, without those with a remark for a number; “#7” is a number, written wrongly."""
    for row, cells in table:
        number = _text(cells[number_at]) if number_at < len(cells) else ""
        remark = number.startswith(REMARK) and not number.removeprefix(REMARK).strip().isdigit()
        if any(map(_text, cells)) and not remark:
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
        self.cells = [(column, cells[at] if at < len(cells) else None) for at, column in columns.items()]
        self.problems: list[Problem] = []

    def read(self) -> SheetRow:
        facts = dict.fromkeys((GROUP, GENDER, AGE), "")
        flags = {QUOTE: False, GUARDIAN: False}
        number = 0
        answers: dict[tuple[Any, Any], dict[str, Any]] = {}
        places: dict[Any, dict[str, Any]] = {}
        for column, cell in self.cells:
            value = self._value(column, cell)
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
            self._note(GUARDIAN, _("Under 18 a parent or guardian has to agree: write yes, or take the row out."))
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

    def _value(self, column: Column, cell: Any) -> Any:
        try:
            if isinstance(cell, Formula):
                raise CellError(_("Formulas are not read. Write what it comes to."))
            if column.kind == NUMBER:
                return self._number(cell)
            return PARSERS[column.kind](cell)
        except CellError as error:
            self._note(column.name, str(error))
            return None

    def _number(self, cell: Any) -> int:
        text = _text(cell)
        if not text:
            raise CellError(_("The number of the sheet is missing."))
        if not text.isdecimal() or len(text) > len(str(HIGHEST_NUMBER)) or not 1 <= int(text) <= HIGHEST_NUMBER:
            raise CellError(_("“%(value)s” is not the number of a sheet.") % {"value": _short(text)})
        number = int(text)
        if number in self.first:
            raise CellError(
                _("Sheet %(number)s stands in row %(row)s already.") % {"number": number, "row": self.first[number]}
            )
        self.first[number] = self.row
        if reason := self.taken.get(number):
            raise CellError(reason)
        return number

    def _note(self, column: str, text: str) -> None:
        self.problems.append(Problem(text, self.row, column))


def _score(cell: Any) -> int | str:
    """1 to 5, "" for no answer, "dont_know"."""
    text = _text(cell)
    if text in NO_ANSWER:
        return ""
    if text == DONT_KNOW:
        return Missing.DONT_KNOW.value
    if isinstance(cell, datetime.date | datetime.time):
        raise CellError(_("This is a date. Write a score from 1 to 5."))
    if text in {"1", "2", "3", "4", "5"}:
        return int(text)
    if text.startswith("="):
        raise CellError(_("Formulas are not read. Write what it comes to."))
    if re.fullmatch(r"-?\d+", text):
        raise CellError(_("%(value)s is not on the scale of 1 to 5.") % {"value": _short(text)})
    if re.fullmatch(r"-?\d+[.,]\d+", text):
        raise CellError(_("%(value)s is not a whole number.") % {"value": _short(text)})
    raise CellError(_("“%(value)s” is not a score from 1 to 5.") % {"value": _short(text)})


def _words(limit: int) -> Callable[[Any], str]:
    def parse(cell: Any) -> str:
        text = _text(cell)
        # An apostrophe that a spreadsheet program or our own CSV put before a sign of formulas.
        if text.startswith("'") and text[1:].startswith(FORMULA_SIGNS):
            text = text[1:]
        if len(text) > limit:
            raise CellError(
                _("At most %(length)s characters; these are %(count)s.") % {"length": limit, "count": len(text)}
            )
        return text

    return parse


def _choice(kind: str) -> Callable[[Any], str]:
    def parse(cell: Any) -> str:
        text = _text(cell)
        if not text:
            return ""
        found = _known(kind).get(_compared(text).replace("–", "-"))
        if found is None:
            options = ", ".join(str(label) for label in CHOICES[kind].labels)
            raise CellError(
                _("“%(value)s” is not in the list. Choose one of: %(options)s")
                % {"value": _short(text), "options": options}
            )
        return found

    return parse


CHOICES: dict[str, Any] = {GROUP: StakeholderGroup, GENDER: Gender, AGE: AgeBand}


@cache
def _known(kind: str) -> dict[str, str]:
    """What people write for each value: its code, or its name in any language of the interface."""
    known: dict[str, str] = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            known |= {_compared(str(label)).replace("–", "-"): value for value, label in CHOICES[kind].choices}
    return known | {form: value for value in CHOICES[kind].values for form in (value, value.replace("_", "-"))}


@cache
def _yes_no() -> dict[str, bool]:
    known = {"yes": True, "y": True, "x": True, "1": True, "true": True, "no": False, "n": False, "0": False, "": False}
    known["false"] = False
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            known |= {_("yes").casefold(): True, _("no").casefold(): False}
    return known


def _flag(cell: Any) -> bool:
    text = _text(cell)
    found = _yes_no().get(text.casefold())
    if found is None:
        raise CellError(_("“%(value)s” is neither yes nor no.") % {"value": _short(text)})
    return found


def _date(cell: Any) -> datetime.date | None:
    if isinstance(cell, datetime.datetime):
        return cell.date()
    if isinstance(cell, datetime.date):
        return cell
    text = _text(cell)
    for pattern in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return datetime.datetime.strptime(text, pattern).date()
        except ValueError:
            continue
    if text:
        raise CellError(_("“%(value)s” is not a date. Write it like 2026-10-31.") % {"value": _short(text)})
    return None


def _time(cell: Any) -> datetime.time | None:
    if isinstance(cell, datetime.datetime):
        return cell.time()
    if isinstance(cell, datetime.time):
        return cell
    text = _text(cell)
    for pattern in ("%H:%M", "%H:%M:%S", "%H.%M"):
        try:
            return datetime.datetime.strptime(text, pattern).time()
        except ValueError:
            continue
    if text:
        raise CellError(_("“%(value)s” is not a time. Write it like 14:30.") % {"value": _short(text)})
    return None


PARSERS: dict[str, Callable[[Any], Any]] = {
    GROUP: _choice(GROUP),
    GENDER: _choice(GENDER),
    AGE: _choice(AGE),
    QUOTE: _flag,
    GUARDIAN: _flag,
    SCORE: _score,
    COMMENT: _words(TEXT_LENGTH),
    SUGGESTION: _words(TEXT_LENGTH),
    LOCATION: _words(LOCATION_LENGTH),
    DATE: _date,
    TIME: _time,
}


def _text(cell: Any) -> str:
    """A cell as somebody reads it: whole numbers without a decimal point."""
    if cell is None:
        return ""
    if isinstance(cell, Formula):
        return "="
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell).strip()


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


# Files -----------------------------------------------------------------------------------------------------


def _table(content: bytes) -> Iterator[tuple[int, list[Any]]]:
    """The rows of a file with their numbers, from 1. What the file is, its content decides and not its name."""
    if len(content) > MOST_BYTES:
        raise UnreadableError(_("The file is larger than %(size)s MB.") % {"size": MOST_BYTES // 1024 // 1024})
    if content.startswith(b"PK\x03\x04"):
        return _xlsx(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableError(
            _("This is an old Excel file, or one with a password. Save it as “Excel Workbook (.xlsx)” and try again.")
        )
    kind = filetype.guess(content)
    if kind or (b"\x00" in content and not content.startswith(UTF_16)):
        name = kind.extension.upper() if kind else _("another kind of file")
        raise UnreadableError(_("This is no spreadsheet (%(kind)s). Bring in an XLSX or CSV file.") % {"kind": name})
    return _csv(content)


def _xlsx(content: bytes) -> Iterator[tuple[int, list[Any]]]:
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
            rows = list(_xlsx_rows(book.worksheets[0]))
            book.close()
    except UnreadableError:
        raise
    except Exception as error:
        raise broken from error
    return iter(rows)


def _xlsx_rows(sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    """Rows with content, no more than can be used: of a sheet with a million rows the first ones tell enough."""
    filled = 0
    # What the file says of its own size may be a lie that costs minutes; the rows themselves tell.
    sheet.reset_dimensions()
    for row, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
        values = [Formula() if cell.data_type == "f" else cell.value for cell in cells]
        if any(value is not None for value in values):
            filled += 1
            yield row, values
        if filled > MOST_ROWS + 20 or row > 50_000:
            return


def _csv(content: bytes) -> Iterator[tuple[int, list[Any]]]:
    try:
        text = content.decode("utf-16" if content.startswith(UTF_16) else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError(
            _("The letters of this CSV file cannot be read. In your spreadsheet program, save it as “CSV UTF-8”.")
        ) from error
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        rows = list(_limited(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)))
    except csv.Error as error:
        raise UnreadableError(_("This CSV file cannot be read: %(reason)s") % {"reason": error}) from error
    return iter(rows)


def _limited(reader: Iterable[list[str]]) -> Iterator[tuple[int, list[Any]]]:
    filled = 0
    for row, cells in enumerate(reader, start=1):
        if any(cells):
            filled += 1
            yield row, cells
        if filled > MOST_ROWS + 20 or row > 50_000:
            return
