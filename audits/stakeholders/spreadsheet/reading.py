"""Reading a table of stakeholders: a bad cell keeps its row out until it is corrected, and nothing is guessed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.forms import URLField
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from audits.models import Audit
from audits.spreadsheet import (
    REMARK,
    CellError,
    Formula,
    Problem,
    UnreadableError,
    choice,
    columns_in,
    compared,
    dashless,
    in_all_languages,
    short,
    table,
    text_of,
    words,
)

from ..actions.register import Answer, StakeholderRow
from ..enums import Degree, Known
from ..selection import in_language, questions_of
from .columns import CHOICES, DEGREES, EMAIL, NAME, SHEET, TEXTS, WEBSITE, WHY, Column, columns, length_of

MOST_ROWS = 500


def key_of(row: int, column: str) -> str:
    """What a cell is called in the corrections: "12-e-mail"."""
    return f"{row}-{column.replace(' ', '-')}"


@dataclass(frozen=True)
class BadCell:
    """A cell that has to be corrected: `key` names it in the corrections, `text` is what stands in it."""

    row: int
    column: str
    text: str
    said: str

    @property
    def key(self) -> str:
        return key_of(self.row, self.column)


@dataclass(frozen=True)
class ReadRow:
    """A row of the file. It can come in where there is no bad cell and it is not a double of something."""

    stakeholder: StakeholderRow
    bad: tuple[BadCell, ...]
    double: str

    @property
    def row(self) -> int:
        return self.stakeholder.row

    @property
    def fields(self) -> Mapping[str, Any]:
        return self.stakeholder.fields


@dataclass(frozen=True)
class Reading:
    """What a file says. `problems` are of the table as a whole and keep all of it out; `absent` names columns that are
    not there, `remarks` what is left out as a remark: row and words."""

    rows: tuple[ReadRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    absent: tuple[str, ...] = ()
    remarks: tuple[tuple[int, str], ...] = ()

    @property
    def good(self) -> list[ReadRow]:
        return [row for row in self.rows if not row.bad and not row.double]

    @property
    def bad(self) -> list[ReadRow]:
        """Those to be corrected; of a double there is nothing to correct."""
        return [row for row in self.rows if row.bad and not row.double]

    @property
    def doubles(self) -> list[ReadRow]:
        return [row for row in self.rows if row.double]


def read(content: bytes, audit: Audit, corrections: Mapping[str, str] | None = None) -> Reading:
    """What an XLSX or CSV file says about stakeholders of an audit, every bad cell named.

    `corrections` stand in the place of cells of the file, by `BadCell.key`. Raises UnreadableError where the file is
    neither, is too large, is another table altogether, or has more than `MOST_ROWS` rows.
    """
    rows = table(content, sheet=SHEET, most_rows=MOST_ROWS)
    head = next(rows, None)
    if head is None or not any(text_of(cell) for cell in head[1]):
        raise UnreadableError(_("The file is empty. Download the template and fill it in."))
    known = {
        compared(column.name): column for column in columns(in_language(questions_of(audit), get_language() or "en"))
    }
    another = _("The first row has no column “name” as the template has it. Download the template and fill it in.")
    found, problems = columns_in(head[1], known, another=another, incomplete=another)
    reader = _Reader(audit, found, corrections or {})
    read_rows = [] if problems else list(reader.read(rows))
    if not read_rows and not problems:
        problems = [Problem(_("No stakeholder is filled in yet."))]
    present = {column.name for column in found.values()}
    absent = tuple(column.name for column in known.values() if column.name not in present)
    return Reading(tuple(read_rows), tuple(problems + reader.problems), absent, tuple(reader.remarks))


@cache
def _values_of(choices: Any) -> dict[str, str]:
    return in_all_languages(choices)


@cache
def _degrees() -> dict[str, str]:
    known = {str(degree.value): str(degree.value) for degree in Degree}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            known |= {dashless(str(degree.label)): str(degree.value) for degree in Degree}
    return known


@cache
def _explanations() -> frozenset[str]:
    """The first cell of the second row of the template, in all languages."""
    found = set()
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found.add(columns(())[0].explanation)
    return frozenset(found)


def _value(name: str, column: Column, cell: Any) -> Any:
    """What a cell says. Raises CellError."""
    if isinstance(cell, Formula):
        raise CellError(_("Formulas are not read. Write what it comes to."))
    if name in CHOICES:
        _field, choices, empty = CHOICES[name]
        labels = [label for value, label in choices.choices if value]
        return choice(cell, _values_of(choices), labels) or empty
    if name in DEGREES:
        labels = [f"{degree.value} ({degree.label})" for degree in Degree]
        found = choice(cell, _degrees(), labels)
        return int(found) if found else None
    if column.question:
        if column.is_reason:
            return words(300)(cell)
        return choice(cell, _values_of(Known), [Known.YES.label, Known.NO.label])
    text = words(length_of(name))(cell)
    if name == NAME:
        return _name(text)
    if name == EMAIL and text:
        return _email(text)
    return _website(text) if name == WEBSITE and text else text


def _name(text: str) -> str:
    name = " ".join(text.removeprefix("\\").split())
    if not name:
        raise CellError(_("The name is missing."))
    return name


def _email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError:
        raise CellError(
            _("“%(value)s” is not an e-mail address. Write one address, like office@example.org.")
            % {"value": short(text)}
        ) from None
    return text


def _website(text: str) -> str:
    try:
        address: str = URLField(assume_scheme="https", max_length=length_of(WEBSITE)).clean(text)
    except ValidationError:
        raise CellError(_("“%(value)s” is not an address on the web.") % {"value": short(text)}) from None
    return address


class _Reader:
    """Reads row by row, cell by cell, and notes what is wrong instead of stopping."""

    def __init__(self, audit: Audit, found: Mapping[int, Column], corrections: Mapping[str, str]):
        self.found, self.corrections = found, corrections
        self.standing = {compared(name) for name in audit.stakeholders.values_list("name", flat=True)}
        self.rows: dict[str, int] = {}
        self.problems: list[Problem] = []
        self.remarks: list[tuple[int, str]] = []

    def read(self, rows: Iterator[tuple[int, list[Any]]]) -> Iterator[ReadRow]:
        name_at = next(at for at, column in self.found.items() if column.name == NAME)
        number = 0
        for row, values in rows:
            first = text_of(values[name_at]) if name_at < len(values) else ""
            if first.startswith(REMARK):
                if first not in _explanations():
                    self.remarks.append((row, short(first)))
                continue
            if not any(map(text_of, values)):
                continue
            number += 1
            if number > MOST_ROWS:
                raise UnreadableError(
                    _("The file has more than %(most)s rows. Bring in at most %(most)s stakeholders at once.")
                    % {"most": MOST_ROWS}
                )
            self.problems += [
                Problem(_("Something stands here, but the column has no name in the first row."), row, at=at)
                for at, value in enumerate(values)
                if at not in self.found and text_of(value)
            ]
            yield self._row(row, values)

    def _row(self, row: int, values: list[Any]) -> ReadRow:
        said: dict[str, Any] = {}
        bad: dict[str, BadCell] = {}
        for at, column in self.found.items():
            name = column.name
            cell = self.corrections.get(key_of(row, name), values[at] if at < len(values) else None)
            try:
                said[name] = _value(name, column, cell)
            except CellError as error:
                text = "" if isinstance(cell, Formula) else text_of(cell)
                bad[name] = BadCell(row, name, text, str(error))
        answers, alone = self._answers(row, said, bad)
        fields = {field: said.get(name, "") for name, field in TEXTS.items()}
        fields |= {field: said.get(name, empty) for name, (field, _choices, empty) in CHOICES.items()}
        fields |= {field: said.get(name) for name, field in DEGREES.items()}
        wrong = tuple((alone | bad).values())
        return ReadRow(StakeholderRow(row, fields, answers), wrong, self._double(row, fields["name"]))

    def _answers(
        self, row: int, said: Mapping[str, Any], bad: Mapping[str, BadCell]
    ) -> tuple[dict[int, Answer], dict[str, BadCell]]:
        """The answers, and those that are missing although a reason stands there."""
        answers: dict[int, Answer] = {}
        alone: dict[str, BadCell] = {}
        for column in self.found.values():
            if not column.question or column.is_reason:
                continue
            if answer := said.get(column.name):
                answers[column.question] = Answer(answer, said.get(column.reason) or "")
        for column in self.found.values():
            if column.is_reason and said.get(column.name) and column.question not in answers:
                at = column.name.removesuffix(f" {WHY}")
                # The cell of the answer is to be filled in, where there is one and it is not bad already.
                name = at if at in said or at in bad else column.name
                text = "" if name == at else said[column.name]
                alone[name] = BadCell(row, name, text, _("A reason stands here, but no answer."))
        return answers, alone

    def _double(self, row: int, name: str) -> str:
        key = compared(name)
        if not key:
            return ""
        if key in self.standing:
            return _("It is in the register already.")
        if key in self.rows:
            return _("It stands in row %(row)s already.") % {"row": self.rows[key]}
        self.rows[key] = row
        return ""
