"""Writing the table: the template to fill in, and the whole register. No cell is ever a formula."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name

from audits.models import Audit
from audits.spreadsheet import REMARK, workbook

from ..actions.register import Answer, answers_of
from ..enums import Degree, Known
from ..models import Stakeholder
from ..selection import in_language, questions_of
from .columns import CHOICES, DEGREES, NAME, SHEET, TEXTS, Column, columns
from .reading import MOST_ROWS


def template_xlsx(audit: Audit) -> bytes:
    """An empty table with lists to choose from, in the language of the page."""
    return register_xlsx(audit, ())


def register_xlsx(audit: Audit, stakeholders: Iterable[Stakeholder]) -> bytes:
    """All that the register holds about stakeholders, loaded with their `answers`.

    Brought in elsewhere it makes the same stakeholders; those that stand are not changed by it.
    """
    file = io.BytesIO()
    book = workbook(file)
    book.set_properties({"title": _("Register of stakeholders"), "subject": audit.title})
    head_style = book.add_format({"bold": True, "bg_color": "#e8eff6", "bottom": 1})
    remark_style = book.add_format({"text_wrap": True, "valign": "top", "font_color": "#55606b", "font_size": 9})
    text_style = book.add_format({"text_wrap": True, "valign": "top"})
    heads = columns(in_language(questions_of(audit), get_language() or "en"))
    sheet = book.add_worksheet(SHEET)
    rules = _add_lists(book)
    for at, column in enumerate(heads):
        sheet.write_string(0, at, column.name, head_style)
        sheet.write_string(1, at, column.explanation, remark_style)
        sheet.set_column(at, at, column.width)
        if rule := rules.get(_list_of(column)):
            sheet.data_validation(2, at, MOST_ROWS + 1, at, rule)
    sheet.set_row(1, 96)
    sheet.freeze_panes(2, 1)
    for place, one in enumerate(stakeholders, start=2):
        answers = answers_of(one)
        for at, column in enumerate(heads):
            value = _cell(one, answers, column)
            if isinstance(value, int):
                sheet.write_number(place, at, value, text_style)
            elif value:
                sheet.write_string(place, at, value, text_style)
    book.close()
    return file.getvalue()


def _list_of(column: Column) -> str:
    if column.question:
        return "" if column.is_reason else "migrant-led"
    return "degree" if column.name in DEGREES else column.name


def _cell(one: Stakeholder, answers: Mapping[int, Answer], column: Column) -> int | str | None:
    """A cell of a stakeholder: choices as the page's language names them."""
    name = column.name
    if column.question:
        said = answers.get(column.question, Answer(""))
        if column.is_reason:
            return said.note
        return str(Known(said.answer).label) if said.answer else ""
    if name in CHOICES:
        field, choices, _empty = CHOICES[name]
        value = getattr(one, field)
        return str(choices(value).label) if value else ""
    if name in DEGREES:
        degree: int | None = getattr(one, DEGREES[name])
        return degree
    text: str = getattr(one, TEXTS[name])
    return f"\\{text}" if name == NAME and text.startswith((REMARK, "\\")) else text


def _add_lists(book: Any) -> dict[str, dict[str, Any]]:
    """A sheet with the values to choose from, and the rules that refer to it."""
    sheet = book.add_worksheet("Values")
    lists = {
        name: [str(label) for value, label in choices.choices if value]
        for name, (_field, choices, _empty) in CHOICES.items()
    }
    lists["degree"] = [str(degree.value) for degree in Degree]
    rules = {}
    for at, (name, values) in enumerate(lists.items()):
        sheet.set_column(at, at, 34)
        for row, value in enumerate(values):
            if name == "degree":
                sheet.write_number(row, at, int(value))
            else:
                sheet.write_string(row, at, value)
        letter = xl_col_to_name(at)
        rules[name] = {"validate": "list", "source": f"=Values!${letter}$1:${letter}${len(values)}"}
    return rules
