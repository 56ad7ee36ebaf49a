"""Reading a table of documents: every bad cell is named, and nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from audits.addresses import LENGTH, web_address
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
    day,
    in_all_languages,
    short,
    table,
    text_of,
    words,
)

from ..actions import DocumentRow, ProvisionInput, RatingInput
from ..enums import Rating
from ..models import Document
from ..models.documents import PAGE_LENGTH, QUOTE_LENGTH, REASON_LENGTH, TEXT_LENGTH
from ..rules import FIRST_YEAR, LANGUAGES, LAST_YEAR, MOST_PROVISIONS, UNRATED_REASON, Doubles, clashes
from ..sources import by_name, source_types, titles
from .columns import (
    CHOICES,
    DEAD,
    DOCUMENTS,
    FILE,
    FROM,
    LANGUAGE,
    LINK,
    PROVISIONS,
    PUBLISHED_AT,
    RATINGS,
    REASONS,
    SOURCE,
    SUMMARY,
    TEXTS,
    TITLE,
    TO,
    Column,
    accepted,
    explanations,
)
from .differences import differing
from .provisions import is_rest, remarks, separated, unescaped

MOST_ROWS = 300


@dataclass(frozen=True)
class Reading:
    """What a file says. Rows are only to be used where there is no problem; `absent` names columns that are not there,
    `remarks` what is left out as a remark: row and words."""

    rows: tuple[DocumentRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    absent: tuple[str, ...] = ()
    remarks: tuple[tuple[int, str], ...] = ()

    @property
    def standing(self) -> list[DocumentRow]:
        """Rows of documents that are in the inventory already."""
        return [row for row in self.rows if row.standing]

    @property
    def repeated(self) -> list[DocumentRow]:
        """Rows that repeat another row of the file."""
        return [row for row in self.rows if row.repeats]

    @property
    def doubles(self) -> list[DocumentRow]:
        return [*self.standing, *self.repeated]

    @property
    def changed(self) -> list[DocumentRow]:
        """Those of them that say something else than the inventory."""
        return [row for row in self.standing if row.differing]

    @property
    def changed_rows(self) -> str:
        return ", ".join(str(row.row) for row in self.changed)

    @property
    def to_complete(self) -> int:
        """How many things are asked for and missing in the rows that are new."""
        return sum(row.to_complete for row in self.new)

    @property
    def new(self) -> list[DocumentRow]:
        return [row for row in self.rows if not row.standing and not row.repeats]


def read(content: bytes, audit: Audit, *, host: str) -> Reading:
    """What an XLSX or CSV file says about documents of an audit, every bad cell named.

    `host` is the host of the request, to which no address may lead. Raises UnreadableError where the file is neither,
    is too large, is another table altogether, or has more than `MOST_ROWS` documents.
    """
    rows = table(content, sheet=DOCUMENTS, most_rows=MOST_ROWS)
    head = next(rows, None)
    if head is None or not any(text_of(cell) for cell in head[1]):
        raise UnreadableError(_("The file is empty. Download the template and fill it in."))
    known = accepted()
    columns, problems = columns_in(
        head[1],
        known,
        another=_("The first row has none of the columns of the template. Download the template and fill it in."),
        incomplete=_(
            "%(missing)s of the %(count)s columns that are needed are missing in the first row. "
            "Download the template and fill it in."
        ),
    )
    if problems:
        return Reading(problems=tuple(problems))
    found: list[DocumentRow] = []
    remarks: list[tuple[int, str]] = []
    title_at = next(at for at, column in columns.items() if column.name == TITLE)
    cells = _Cells(audit, host)
    for row, values in rows:
        title = text_of(values[title_at]) if title_at < len(values) else ""
        if title.startswith(REMARK) and title not in explanations():
            remarks.append((row, short(title)))
        if title.startswith(REMARK) or not any(map(text_of, values)):
            continue
        if len(found) == MOST_ROWS:
            raise UnreadableError(
                _("The file has more than %(most)s rows. Bring in at most %(most)s documents at once.")
                % {"most": MOST_ROWS}
            )
        reader = _RowReader(row, values, columns, cells)
        found.append(reader.read())
        problems += reader.problems
        remarks += reader.remarks
    if not found:
        problems.append(Problem(_("No document is filled in yet.")))
    present = {column.name for column in columns.values()}
    absent = tuple(column.name for column in known.values() if column.name not in present)
    return Reading(tuple(found), tuple(problems), absent, tuple(remarks))


@cache
def _values_of(choices: Any) -> dict[str, str]:
    return in_all_languages(choices)


@cache
def _languages() -> dict[str, str]:
    """Codes of languages by code and by name, own or in any language of the interface."""
    known = {compared(str(get_language_info(code)["name_local"])): code for code in LANGUAGES}
    for own, _name in settings.LANGUAGES:
        with translation.override(own):
            known |= {compared(str(get_language_info(code)["name_translated"])): code for code in LANGUAGES}
    return known | {code: code for code in LANGUAGES}


def _year(cell: Any) -> int | None:
    text = text_of(cell)
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{4}", text) or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise CellError(
            _("“%(value)s” is not a year from %(first)s to %(last)s.")
            % {"value": short(text), "first": FIRST_YEAR, "last": LAST_YEAR}
        )
    return int(text)


def _language(cell: Any) -> str:
    text = text_of(cell)
    if text and compared(text) not in _languages():
        raise CellError(_("“%(value)s” is not a language that is known here.") % {"value": short(text)})
    return _languages()[compared(text)] if text else ""


def _rating(cell: Any) -> str:
    return Rating.UNKNOWN if text_of(cell) == "?" else choice(cell, _values_of(Rating), Rating.labels)


class _Cells:
    """The parsers of all columns in one audit, and the documents that stand there already."""

    def __init__(self, audit: Audit, host: str):
        types = source_types(audit)
        self.host = host
        self.sources = by_name(types)
        self.source_titles = {str(pk): str(text) for pk, text in titles(types, get_language() or "en").items()}
        standing = list(Document.objects.filter(audit=audit).with_ratings().with_provisions())
        # What stands in the inventory was plausible when it was written.
        self.dead = {one.link_dead_on for one in standing}
        self.standing = Doubles((one.title, one.from_year, one.to_year, one) for one in standing)
        self.rows: Doubles[int] = Doubles()
        self.parsers: dict[str, Callable[[Any], Any]] = {
            **{name: words(length) for name, (_field, length) in TEXTS.items()},
            **{name: self._choice(name) for name in CHOICES},
            **dict.fromkeys((FROM, TO), _year),
            **dict.fromkeys((PUBLISHED_AT, LINK), self._address),
            **dict.fromkeys(RATINGS, _rating),
            **dict.fromkeys(REASONS, words(REASON_LENGTH)),
            **{name: self._provisions(name) for name in PROVISIONS},
            SOURCE: self._source,
            LANGUAGE: _language,
            DEAD: lambda cell: day(cell, standing=self.dead),
            TITLE: lambda cell: words(TEXTS[TITLE][1])(unescaped(text_of(cell))),
            SUMMARY: words(TEXT_LENGTH),
            FILE: lambda cell: None,
        }

    @staticmethod
    def _choice(name: str) -> Callable[[Any], str]:
        _field, choices, empty = CHOICES[name]
        return lambda cell: choice(cell, _values_of(choices), choices.labels) or empty

    def _source(self, cell: Any) -> str:
        return choice(cell, self.sources, self.source_titles.values())

    def _address(self, cell: Any) -> str:
        try:
            return web_address(words(LENGTH)(cell), self.host)
        except ValidationError as error:
            raise CellError(error.messages[0]) from None

    @staticmethod
    def _provisions(name: str) -> Callable[[Any], list[ProvisionInput]]:
        def parse(cell: Any) -> list[ProvisionInput]:
            found = separated(words(100_000)(cell), PROVISIONS[name])
            if len(found) > MOST_PROVISIONS:
                raise CellError(
                    _("At most %(most)s provisions of one document are possible.") % {"most": MOST_PROVISIONS}
                )
            for one in found:
                words(QUOTE_LENGTH)(one.text)
                if len(one.page) > PAGE_LENGTH:
                    raise CellError(
                        _("“%(value)s” is too long for a page: at most %(most)s characters.")
                        % {"value": short(one.page), "most": PAGE_LENGTH}
                    )
            return found

        return parse


class _RowReader:
    """Reads one row, cell by cell, and notes what is wrong instead of stopping."""

    def __init__(self, row: int, values: list[Any], columns: Mapping[int, Column], cells: _Cells):
        self.row, self.values, self.cells = row, values, cells
        self.at = {column.name: at for at, column in columns.items()}
        self.problems: list[Problem] = []
        self.said = {
            column.name: self._value(column.name, at, values[at] if at < len(values) else None)
            for at, column in columns.items()
        }
        for at, value in enumerate(values):
            if at not in columns and text_of(value):
                self.problems.append(
                    Problem(_("Something stands here, but the column has no name in the first row."), row, at=at)
                )

    def _value(self, name: str, at: int, cell: Any) -> Any:
        try:
            if isinstance(cell, Formula):
                raise CellError(_("Formulas are not read. Write what it comes to."))
            return self.cells.parsers[name](cell)
        except CellError as error:
            self.problems.append(Problem(str(error), self.row, name, at))
            return None

    @property
    def remarks(self) -> list[tuple[int, str]]:
        """What stands in the cells of provisions as a remark, but for the one that the inventory itself writes."""
        cells = [
            text_of(self.values[at]) for name, at in self.at.items() if name in PROVISIONS and at < len(self.values)
        ]
        found = [text for cell in cells for text in remarks(cell)]
        return [(self.row, short(text)) for text in found if not is_rest(text)]

    def _note(self, text: str, name: str) -> None:
        # One sentence a cell: what cannot be read is not missing besides.
        if not any(problem.name == name for problem in self.problems):
            self.problems.append(Problem(text, self.row, name, self.at.get(name)))

    def read(self) -> DocumentRow:
        said = self.said
        for name, sentence in (
            (TITLE, _("The title is missing.")),
            ("kind", _("The kind of document is missing.")),
            (SOURCE, _("The type of source is missing.")),
        ):
            if not said.get(name):
                self._note(sentence, name)
        fields: dict[str, Any] = {field: said.get(name) or "" for name, (field, _length) in TEXTS.items()}
        fields |= {field: said.get(name) or empty for name, (field, _choices, empty) in CHOICES.items()}
        source = said.get(SOURCE)
        fields |= {
            "source_type_id": int(source) if source else None,
            "from_year": said.get(FROM),
            "to_year": said.get(TO),
            "language": said.get(LANGUAGE) or "",
            "published_at": said.get(PUBLISHED_AT) or "",
            "link": said.get(LINK) or "",
            "link_dead_on": said.get(DEAD),
            "summary": said.get(SUMMARY) or "",
        }
        self._check(fields)
        double = self._double(fields)
        row = DocumentRow(
            row=self.row,
            fields=fields,
            ratings={
                point: RatingInput(Rating(value), said.get(f"{name} reason") or "")
                for name, point in RATINGS.items()
                if (value := said.get(name))
            },
            provisions=tuple(one for name in PROVISIONS for one in said.get(name) or ()),
            source_title=self.cells.source_titles.get(source or "", ""),
            standing=double if isinstance(double, Document) else None,
            repeats=double if isinstance(double, int) else 0,
        )
        return replace(row, differing=differing(row, row.standing, self.at)) if row.standing else row

    def _check(self, fields: Mapping[str, Any]) -> None:
        """What does not fit together in the row: as in the form, and in columns that the form does not have."""
        for name, sentence in clashes(fields):
            self._note(str(sentence), name.replace("_", " "))
        if self.said.get(DEAD) and not fields["link"] and not fields["published_at"]:
            self._note(_("No address stands in this row that could be dead."), DEAD)
        for name in RATINGS:
            if self.said.get(f"{name} reason") and not self.said.get(name):
                self._note(str(UNRATED_REASON), name)

    def _double(self, fields: Mapping[str, Any]) -> Document | int | None:
        """The document that stands already, or the row before this one, that this row repeats."""
        key = (fields["title"], fields["from_year"], fields["to_year"])
        if not fields["title"]:
            return None
        found = self.cells.standing.find(*key) or self.cells.rows.find(*key)
        if found is None:
            self.cells.rows.add(*key, self.row)
        return found
