"""The columns of a walk's table, by the codes of its first row."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from audits.spreadsheet import REMARK, compared

from ..lines import Line, Plan
from ..models import WalkPlace
from ..wording import Wording

NUMBER, GROUP, GENDER, AGE, QUOTE, GUARDIAN = "number", "group", "gender", "age", "quote", "guardian"
SCORE, COMMENT, SUGGESTION, LOCATION, DATE, TIME = "score", "comment", "suggestion", "location", "date", "time"
REQUIRED = {NUMBER, GROUP, SCORE}


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


def accepted(plan: Plan, wording: Wording) -> dict[str, Column]:
    """All columns that are read, by their name as compared; suggestions are read where somebody added them."""
    suggestions = [
        Column(f"{line.item.key} {SUGGESTION}{_at(line.place)}", SUGGESTION, "", line, line.place) for line in plan
    ]
    return {compared(column.name): column for column in [*columns_of(plan, wording), *suggestions]}


def _line_name(line: Line) -> str:
    return f"{line.item.key}{_at(line.place)}"


def _at(place: WalkPlace | None) -> str:
    return f" @ {place.name}" if place else ""
