"""The judgements of an assessment as a spreadsheet. No cell is ever a formula (SAFETY, "Spreadsheets")."""

from __future__ import annotations

import io
from typing import Any

from django.utils.translation import gettext as _

from audits.spreadsheet import add_sheet
from audits.spreadsheet import workbook as new_workbook

from .enums import Verdict
from .models import Judgement
from .results import FactorResult, Result


def table(result: Result) -> bytes:
    """The file: a line for each judgement of the factors in scope, and one that sums up those of several schemes."""
    out = io.BytesIO()
    book = new_workbook(out)
    book.set_properties({"title": result.assessment.title, "subject": str(result.assessment.benchmark)})
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
    add_sheet(book, _("Judgements"), columns, (line for one in result.factors for line in _lines(one)))
    book.close()
    return out.getvalue()


def _lines(one: FactorResult) -> list[list[Any]]:
    lines = [_line(one, judgement) for judgement in one.judgements]
    if one.per_scheme:
        lines.append([one.code, one.name, one.schemes_said, one.verdict.label, "", "", "", *_plan(one)])
    return lines


def _line(one: FactorResult, judgement: Judgement) -> list[Any]:
    return [
        one.code,
        one.name,
        judgement.scheme or "",
        Verdict(judgement.verdict).label,
        judgement.reasoning,
        ", ".join(map(str, one.explained.get(judgement.pk, ()))),
        "\n".join(f"{piece.get_kind_display()}: {piece.title}" for piece in judgement.evidence.all()),
        *_plan(one),
    ]


def _plan(one: FactorResult) -> list[Any]:
    row = one.assessed
    return [row.assignee, row.due]
