"""Groups side by side, as far as they are large enough to be shown (DESIGN rule 4)."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audits.enums import Area, StakeholderGroup
from checklists import tables
from reports.document import blocks
from reports.document.numbers import number
from reports.live import live
from reports.material import Material
from reports.sections import words

KEY = "scores-by-group"
MARKS = ("now", "square", "open", "before")


@live("city_tours.groups", gettext_lazy("Groups side by side"), heading=True)
def groups_heading(material: Material):
    return (blocks.Section("city_tours.groups", _("Groups side by side"), in_contents=False),)


@live("city_tours.groups.table", gettext_lazy("Scores by stakeholder group"))
def groups(material: Material):
    """The whole checklist by group in a sentence; the annex has the areas."""
    if not material.shows_figures:
        return ()
    side = tables.by_groups(material.results)
    columns = _coarse(side.columns)
    if len(columns) < 2:
        return (blocks.Paragraph(_few_groups(side)),)
    found = [
        f"{_series(column)}: {words.figure(side.checklist[place].mean)}"
        for place, column in columns
        if side.checklist[place].mean is not None
    ]
    said = _("The whole checklist as the groups scored it: %(groups)s. Area by area: [[%(table)s]].")
    return (blocks.Paragraph(said % {"groups": "; ".join(found), "table": KEY}),)


def side_by_side(material: Material) -> blocks.Comparison | None:
    """Areas by group, groups rolled up or hidden as on the results page (DESIGN rule 4), for the annex; None where no
    two groups may be shown."""
    if not material.shows_figures:
        return None
    side = tables.by_groups(material.results)
    columns = _coarse(side.columns)
    if len(columns) < 2:
        return None
    places = [place for place, _column in columns]
    rows = [
        blocks.ComparisonRow(
            str(Area(part.section.area).short),
            tuple(words.as_float(part.figures[place].mean) for place in places),
            area=part.section.area,
        )
        for part in side.sections
        if part.result.figure.n
    ]
    rows.append(
        blocks.ComparisonRow(
            _("The whole checklist"), tuple(words.as_float(side.checklist[place].mean) for place in places)
        )
    )
    return blocks.Comparison(
        _("Scores by stakeholder group"),
        _("Area"),
        tuple(blocks.Series(_series(column), mark) for (_place, column), mark in zip(columns, MARKS, strict=False)),
        tuple(rows),
        key=KEY,
        short=_("Groups side by side"),
        source=_hidden(side, gaps=any(value is None for row in rows for value in row.values)),
    )


def _coarse(columns: Sequence[tables.Column]) -> list[tuple[int, tables.Column]]:
    """Of the columns with their places those that print can hold: families, and the only group of a family."""
    families = {column.key for column in columns if column.is_family}
    return [
        (place, column)
        for place, column in enumerate(columns)
        if column.is_family or StakeholderGroup(column.key).family.value not in families
    ]


def _series(column: tables.Column) -> str:
    if column.people is None:
        return column.label
    return f"{column.label}, n\u00a0=\u00a0{number(column.people)}"


def _hidden(side: tables.SideBySide, *, gaps: bool) -> str:
    """Why single figures and whole groups are not shown."""
    dash = _("A dash: not shown, since fewer than 5 people answered or others could be worked out from it.")
    return " ".join([dash, *side.hidden] if gaps else side.hidden)


def _few_groups(side: tables.SideBySide) -> str:
    return " ".join([_("No two groups were large enough to be shown beside each other."), *side.hidden])
