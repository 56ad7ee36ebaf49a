"""The judgements of an assessment as a spreadsheet. No cell is ever a formula (SAFETY, "Spreadsheets")."""

from __future__ import annotations

import io
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audits.spreadsheet import workbook as new_workbook

from .enums import Verdict
from .models import Judgement
from .results import FactorResult, Result

NAME_LENGTH = 31
"""Letters that the name of a worksheet may have."""


def table(result: Result) -> bytes:
    """The file: a line for each judgement of the factors in scope, and one that sums up those of several schemes."""
    out = io.BytesIO()
    book = new_workbook(out)
    book.set_properties({"title": result.assessment.title, "subject": str(result.assessment.benchmark)})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(_("Judgements")[:NAME_LENGTH])
    columns = [
        (_("Code"), 9),
        (_("Key factor"), 40),
        (_("Neighbourhood or scheme"), 24),
        (_("Judgement"), 18),
        (_("Reasons"), 60),
        (_("What explains it"), 36),
        (_("Evidence"), 60),
        (_("Who judges it"), 24),
        (_("By when"), 14),
    ]
    for column, (name, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, head)
    sheet.freeze_panes(1, 0)
    for place, cells in enumerate((line for one in result.factors for line in _lines(one)), start=1):
        for column, value in enumerate(cells):
            if value != "":
                sheet.write_string(place, column, str(value), text)
    book.close()
    return out.getvalue()


def _lines(one: FactorResult) -> list[list[Any]]:
    lines = [_line(one, judgement) for judgement in one.judgements]
    if one.per_scheme:
        words = ngettext(
            "%(done)s of %(count)s scheme judged", "%(done)s of %(count)s schemes judged", len(one.judgements)
        )
        summary = words % {"done": one.schemes_judged, "count": len(one.judgements)}
        lines.append([one.code, one.name, summary, one.verdict.label, "", "", "", *_plan(one)])
    return lines


def _line(one: FactorResult, judgement: Judgement) -> list[Any]:
    return [
        one.code,
        one.name,
        judgement.scheme or "",
        Verdict(judgement.verdict).label,
        judgement.reasoning,
        ", ".join(str(factor) for factor in judgement.context_factors.all()),
        "\n".join(f"{piece.get_kind_display()}: {piece.title}" for piece in judgement.evidence.all()),
        *_plan(one),
    ]


def _plan(one: FactorResult) -> list[Any]:
    row = one.assessed
    return [row.assignee or "", date_format(row.due, "SHORT_DATE_FORMAT") if row.due else ""]
