"""The time line of measures as its page shows it: the marks of each lane, and the months with their measures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from audits import timeline

from .enums import MeasureState, Pace
from .models import Measure

ROW = 22
"""Height of a row of marks in CSS pixels; a mark is 16 wide and high."""


@dataclass(frozen=True)
class LaneMark:
    measure: Measure
    x: str
    y: int


@dataclass(frozen=True)
class Lane:
    """The quick wins or the longer-term measures as marks over a line; `x` is in per cent, `y` in pixels. `total` counts
    all that have a day, `left_out` those on the axis for which there is no room.
    """

    pace: Pace
    marks: list[LaneMark]
    height: int
    total: int
    left_out: int


@dataclass(frozen=True)
class Month:
    first: date
    measures: list[Measure]
    is_now: bool


@dataclass(frozen=True)
class TimeLine:
    """`ticks` are the places of the parts of the axis, `starts` their first days, `today_x` the place of today; `earlier`
    and `later` are the measures whose days are off the axis."""

    today: date
    lanes: list[Lane] = field(default_factory=list)
    ticks: list[str] = field(default_factory=list)
    starts: list[date] = field(default_factory=list)
    today_x: str = ""
    earlier: list[Measure] = field(default_factory=list)
    later: list[Measure] = field(default_factory=list)
    months: list[Month] = field(default_factory=list)
    undated: list[Measure] = field(default_factory=list)

    @property
    def key(self) -> list[tuple[str, str, str]]:
        """Value, name and icon of each state, and of what is overdue, which keeps the icon of its state."""
        states = [(state.value, str(state.label), state.icon) for state in MeasureState]
        return [*states, ("overdue", _("Overdue, in the mark of its state"), MeasureState.PLANNED.icon)]


def time_line(measures: Sequence[Measure], today: date) -> TimeLine:
    """The time line of measures in the order of their due days; from the right where the language of the page begins
    there."""
    dated = [(measure, measure.due) for measure in measures if measure.due]
    undated = [measure for measure in measures if not measure.due]
    if not dated:
        return TimeLine(today, undated=undated)
    axis = timeline.axis(today, (due for _measure, due in dated))

    def x(place: float) -> str:
        return f"{100 - place if get_language_bidi() else place:.2f}%"

    months = groupby(dated, key=lambda one: one[1].replace(day=1))
    return TimeLine(
        today,
        lanes=[_lane(axis, pace, dated, x) for pace in Pace],
        ticks=[x(axis.place(start)) for start in axis.starts],
        starts=axis.starts,
        today_x=x(axis.place(today)),
        earlier=[measure for measure, due in dated if axis.place(due) < 0],
        later=[measure for measure, due in dated if axis.place(due) > 100],
        months=[
            Month(first, [measure for measure, _due in group], first == today.replace(day=1)) for first, group in months
        ],
        undated=undated,
    )


def _lane(axis, pace, dated, x) -> Lane:
    own = [(measure, due) for measure, due in dated if measure.pace == pace]
    on_axis = [(measure, due) for measure, due in own if 0 <= axis.place(due) <= 100]
    marks = timeline.stacked(axis, on_axis)
    height = ROW * (1 + max((mark.row for mark in marks), default=0)) + 8
    return Lane(
        pace,
        [LaneMark(mark.key, x(mark.place), height - ROW * (mark.row + 1)) for mark in marks],
        height,
        len(own),
        len(on_axis) - len(marks),
    )
