"""Results as files: XLSX with native charts, CSV. No cell is ever a formula (SAFETY, "Spreadsheets").

Nothing here joins individual scores or comments with group, gender, age or language (DESIGN rule 4): the sheet of
scores has a row per person in an order of its own, under running numbers that are not those of the paper sheets.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from decimal import Decimal

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from audits.spreadsheet import XLSX, harmless
from audits.spreadsheet import workbook as new_workbook

from . import results as reading
from . import tables
from .results import Results
from .scale import SCALE

CSV = "text/csv; charset=utf-8"
NAME_LENGTH = 31
"""Letters that the name of a worksheet may have."""


def number(value: Decimal | None) -> str:
    """A figure as the page shows it, in the language of the page."""
    return "–" if value is None else formats.number_format(value, decimal_pos=2)


def write(results: Results, previous: Results | None, *, format: str, raw: bool) -> tuple[bytes, str]:
    """The file and its content type. `format` is "xlsx" or "csv"; `raw` adds individual scores and comments.

    Raises KeyError for another format.
    """
    return WRITERS[format](results, previous, raw)


def _heads(previous: Results | None) -> list[str]:
    heads = [_("Part"), _("Code"), _("Statement")]
    heads += [_("Score %(value)s") % {"value": value} for value in SCALE.values]
    heads += [_("Don’t know"), _("Left empty"), _("Average"), _("Spread"), _("Answers")]
    return [*heads, _("Average before"), pgettext("difference of two means", "Change")] if previous else heads


def _summary(results: Results, previous: Results | None) -> list[list[object]]:
    """A row per statement, section and the whole, with the very figures of the page."""
    before = previous.item_results if previous else {}
    rows: list[list[object]] = []
    for block in tables.blocks(results, previous):
        title = str(block.title)
        for row in block.rows:
            figures = [*row.result.distribution.counts, row.result.dont_know, row.result.left_empty]
            cells = [title, row.item.key, str(row.statement), *figures, row.mean, row.sd, row.result.figure.n]
            if previous:
                earlier = before.get(row.item.key)
                cells += [earlier.figure.mean_shown if earlier else None, row.change]
            rows.append(cells)
        figure = block.result.figure
        cells = [title, "", _("Section, average over participants"), *block.result.distribution.counts, None, None]
        cells += [figure.mean_shown, figure.sd_shown, figure.n]
        rows.append([*cells, None, block.change] if previous else cells)
    figure = results.result.figure
    cells = ["", "", _("Whole checklist, average over participants"), *results.result.distribution.counts, None, None]
    cells += [figure.mean_shown, figure.sd_shown, figure.n]
    rows.append([*cells, None, tables.overall_change(results, previous)] if previous else cells)
    return rows


def _csv(results: Results, previous: Results | None, raw: bool) -> tuple[bytes, str]:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_heads(previous))
    for row in _summary(results, previous):
        writer.writerow(["" if cell is None else harmless(cell) for cell in row])
    # The mark lets spreadsheet programs read Cyrillic as what it is.
    return out.getvalue().encode("utf-8-sig"), CSV


def _xlsx(results: Results, previous: Results | None, raw: bool) -> tuple[bytes, str]:
    out = io.BytesIO()
    book = new_workbook(out)
    book.set_properties({"title": _("Results of the checklist"), "subject": results.audit.title})
    style = {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "mean": book.add_format({"num_format": "0.00", "valign": "top"}),
    }
    _summary_sheet(book, style, results, previous)
    if raw:
        # Without the groups: beside everybody's scores, their means would tell who is in which.
        _scores_sheet(book, style, results)
        _comments_sheet(book, style, results)
    else:
        _groups_sheet(book, style, results)
    book.close()
    return out.getvalue(), XLSX


def _sheet(book, style, name: str, heads: list[str], widths: list[int]):
    sheet = book.add_worksheet(name[:NAME_LENGTH])
    for column, (head, width) in enumerate(zip(heads, widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, str(head), style["head"])
    sheet.freeze_panes(1, 0)
    return sheet


def _put(sheet, place: int, cells: Iterable[object], style) -> None:
    """A row of cells: figures as numbers, all else as text, None as nothing."""
    for column, value in enumerate(cells):
        if isinstance(value, Decimal):
            sheet.write_number(place, column, float(value), style["mean"])
        elif isinstance(value, int):
            sheet.write_number(place, column, value, style["text"])
        elif value is not None:
            sheet.write_string(place, column, str(value), style["text"])


def _summary_sheet(book, style, results: Results, previous: Results | None) -> None:
    heads = _heads(previous)
    name = _("Summary")[:NAME_LENGTH]
    sheet = _sheet(book, style, name, heads, [24, 7, 60, *[9] * (len(heads) - 3)])
    for place, cells in enumerate(_summary(results, previous), 1):
        _put(sheet, place, cells, style)
    first = 1
    for block in tables.blocks(results):
        last = first + len(block.rows) - 1
        chart = book.add_chart({"type": "bar", "subtype": "percent_stacked"})
        for place, step in enumerate(SCALE):
            chart.add_series(
                {
                    "name": [name, 0, 3 + place],
                    "categories": [name, first, 1, last, 1],
                    "values": [name, first, 3 + place, last, 3 + place],
                    "fill": {"color": step.colour},
                    "gap": 40,
                }
            )
        chart.set_title({"name": str(block.title), "name_font": {"size": 11}})
        chart.set_y_axis({"reverse": True})
        chart.set_legend({"position": "bottom"})
        chart.set_size({"width": 640, "height": 90 + 28 * len(block.rows)})
        sheet.insert_chart(first, len(heads) + 1, chart, {"description": str(block.title)})
        first = last + 2


def _groups_sheet(book, style, results: Results) -> None:
    if results.why_no_groups:
        _sheet(book, style, _("By group"), [results.why_no_groups], [80])
        return
    side = tables.by_groups(results)
    people = _("%(group)s, answers")
    heads = [_("Code"), _("Statement")]
    for label in (_("All"), *(column.label for column in side.columns)):
        heads += [label, people % {"group": label}]
    sheet = _sheet(book, style, _("By group"), heads, [7, 60, *[16] * (len(heads) - 2)])
    rows = []
    for part in side.sections:
        rows += [(row.item.key, str(row.statement), row.result, row.figures) for row in part.items]
        rows.append(("", str(part.title), part.result, part.figures))
    for place, (code, text, result, figures) in enumerate(rows, 1):
        cells = [code, text, result.figure.mean_shown, result.figure.n]
        for figure in figures:
            cells += [_("not shown"), None] if figure.hidden else [figure.mean, figure.n]
        _put(sheet, place, cells, style)
    for place, sentence in enumerate(side.all_gaps, len(rows) + 1):
        _put(sheet, place, [None, sentence], style)


def _scores_sheet(book, style, results: Results) -> None:
    """A row per person in an order that tells nothing: by their scores, not by sheet or time."""
    codes = list(results.items)
    sheet = _sheet(book, style, _("Scores"), [_("Person"), *codes], [9, *[7] * len(codes)])
    people = [tuple(scores.get(code) for code in codes) for scores in results.result.scores.values()]
    people.sort(key=lambda scores: tuple(-1 if score is None else score for score in scores))
    for place, scores in enumerate(people, 1):
        sheet.write_number(place, 0, place)
        for column, score in enumerate(scores, 1):
            if score is not None:
                sheet.write_number(place, column, float(score))


def _comments_sheet(book, style, results: Results) -> None:
    heads = [_("Code"), _("Comment or evidence"), _("Suggestion")]
    sheet = _sheet(book, style, _("Comments"), heads, [7, 70, 70])
    order = list(results.items)
    rows = sorted(reading.comments(results), key=lambda score: order.index(score.item.key))
    for place, score in enumerate(rows, 1):
        _put(sheet, place, [score.item.key, score.comment, score.suggestion], style)


WRITERS = {"xlsx": _xlsx, "csv": _csv}
