"""Writing the template that a walk offers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from audits.enums import StakeholderGroup
from audits.participation.enums import AgeBand, Gender
from audits.spreadsheet import harmless
from audits.spreadsheet import workbook as new_workbook

from ..lines import Plan
from ..wording import Wording
from .cells import DONT_KNOW
from .columns import AGE, COMMENT, GENDER, GROUP, GUARDIAN, QUOTE, SCORE, columns_of
from .files import MOST_ROWS, SCORES


def template_xlsx(plan: Plan, wording: Wording, numbers: Iterable[int]) -> bytes:
    """The template as XLSX: lists to choose from, and a row for each number of a form that waits."""
    file = io.BytesIO()
    book = new_workbook(file)
    head = book.add_format({"bold": True, "bg_color": "#e8eff6", "bottom": 1})
    remark = book.add_format({"text_wrap": True, "valign": "top", "font_color": "#55606b", "font_size": 9})
    centred = book.add_format({"align": "center"})
    sheet = book.add_worksheet(SCORES)
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
