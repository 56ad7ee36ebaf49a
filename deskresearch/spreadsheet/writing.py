"""Writing the table: the template to fill in, and the whole inventory. No cell is ever a formula."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name

from audits.models import Audit
from audits.spreadsheet import add_sheet
from audits.spreadsheet import workbook as new_workbook

from ..enums import ProvisionTopic, Rating
from ..models import Document
from ..sources import source_types, titles
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
    columns,
)
from .provisions import escaped, joined, rest
from .reading import MOST_ROWS


def template_xlsx(audit: Audit) -> bytes:
    """An empty table with lists to choose from, in the language of the page."""
    return _written(audit, ())


def inventory_xlsx(audit: Audit, documents: Iterable[Document]) -> bytes:
    """All that the documents hold but their files; loaded `with_ratings` and `with_provisions`.

    Brought in elsewhere it makes the same documents; documents that stand are not changed by it. A second sheet has a
    row for each provision.
    """
    return _written(audit, documents)


def _written(audit: Audit, documents: Iterable[Document]) -> bytes:
    file = io.BytesIO()
    book = new_workbook(file)
    book.set_properties({"title": _("Document inventory"), "subject": audit.title})
    style = {
        "head": book.add_format({"bold": True, "bg_color": "#e8eff6", "bottom": 1}),
        "remark": book.add_format({"text_wrap": True, "valign": "top", "font_color": "#55606b", "font_size": 9}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"}),
    }
    types = source_types(audit)
    names = {pk: str(text) for pk, text in titles(types, get_language() or "en").items()}
    sheet = book.add_worksheet(DOCUMENTS)
    rules = _add_lists(book, list(names.values()))
    heads = columns()
    for at, column in enumerate(heads):
        sheet.write_string(0, at, column.name, style["head"])
        sheet.write_string(1, at, column.explanation, style["remark"])
        sheet.set_column(at, at, column.width)
        if rule := rules.get(column.name):
            sheet.data_validation(2, at, MOST_ROWS + 1, at, rule)
    sheet.set_row(1, 96)
    sheet.freeze_panes(2, 1)
    documents = list(documents)
    for place, document in enumerate(documents, start=2):
        cells = _cells(document, names)
        for at, column in enumerate(heads):
            _put(sheet, place, at, cells[column.name], style)
    if documents:
        _provisions_sheet(book, documents)
    book.close()
    return file.getvalue()


def _put(sheet: Any, place: int, at: int, value: Any, style: Mapping[str, Any]) -> None:
    if isinstance(value, int):
        sheet.write_number(place, at, value, style["text"])
    elif isinstance(value, str):
        if value:
            sheet.write_string(place, at, value, style["text"])
    elif value is not None:
        sheet.write_datetime(place, at, value, style["date"])


def _cells(document: Document, names: Mapping[int, str]) -> dict[str, Any]:
    """The cells of a document by column: choices as the page's language names them, dates as dates."""
    cells: dict[str, Any] = {name: getattr(document, field) for name, (field, _length) in TEXTS.items()}
    cells[TITLE] = escaped(document.title)
    for name, (field, choices, _empty) in CHOICES.items():
        value = getattr(document, field)
        cells[name] = str(choices(value).label) if value else ""
    cells |= {
        SOURCE: names.get(document.source_type_id, ""),
        FROM: document.from_year,
        TO: document.to_year,
        LANGUAGE: document.language,
        PUBLISHED_AT: document.published_at,
        LINK: document.link,
        DEAD: document.link_dead_on,
        SUMMARY: document.summary,
        FILE: document.file_name,
    }
    for name, topic in PROVISIONS.items():
        cell, left_out = joined((one.text, one.page) for one in document.provisions.all() if one.topic == topic)
        if left_out:
            cell += f"\n\n{rest(left_out)}"
        cells[name] = cell
    ratings = {rating.point: rating for rating in document.ratings.all()}
    for name, point in RATINGS.items():
        cells[name] = str(Rating(ratings[point].value).label) if point in ratings else ""
    for name, point in REASONS.items():
        cells[name] = ratings[point].reason if point in ratings else ""
    return cells


def _provisions_sheet(book: Any, documents: Iterable[Document]) -> None:
    columns = [(_("Document"), 44), (_("On what"), 20), (_("Quotation"), 90), (_("Page or section"), 18)]
    rows = (
        (document.title, ProvisionTopic(one.topic).label, one.text, one.page)
        for document in documents
        for one in document.provisions.all()
    )
    add_sheet(book, _("Provisions"), columns, rows)


def _add_lists(book: Any, sources: list[str]) -> dict[str, dict[str, Any]]:
    """A sheet with the values to choose from, and the rules that refer to it."""
    sheet = book.add_worksheet("Values")
    lists = {name: [str(label) for label in choices.labels] for name, (_field, choices, _empty) in CHOICES.items()}
    lists |= {SOURCE: sources, "rating": [str(label) for label in Rating.labels]}
    rules: dict[str, dict[str, Any]] = {}
    for at, (name, values) in enumerate(lists.items()):
        sheet.set_column(at, at, 34)
        for row, value in enumerate(values):
            sheet.write_string(row, at, value)
        letter = xl_col_to_name(at)
        rules[name] = {"validate": "list", "source": f"=Values!${letter}$1:${letter}${max(1, len(values))}"}
    rules |= dict.fromkeys(RATINGS, rules["rating"])
    return rules
