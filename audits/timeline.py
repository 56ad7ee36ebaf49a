"""Geometry of time lines: where a day stands, how marks and bars keep clear of each other. No Django.

Places are per cent of the width, from the side where the language begins; months are of equal width.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

REACH = 10
"""Years before and after today that the axis holds at most: one mistyped year must not squash the others."""
STEPS = (1, 2, 3, 6, 12, 24, 60)
"""Months that one part of the axis may have; with the last, all that is in reach fits."""
PARTS = 6
"""Parts that the axis has at most, so that their names fit on a phone."""
CLEAR = 5.0
"""Per cent of the width that two marks of one row are apart at least: a mark on a phone."""
LABEL = 8.0
"""Per cent of the width that the name of a bar takes on a phone."""
ROWS = 8
"""Rows of marks at most; what does not fit stands in the table alone."""


@dataclass(frozen=True)
class Axis:
    """The months from `first` (counted from the year 0), in `parts` parts of `step` months."""

    first: int
    step: int
    parts: int

    @property
    def starts(self) -> list[date]:
        """The first day of each part."""
        return [_day_of(self.first + part * self.step) for part in range(self.parts)]

    def place(self, day: date) -> float:
        """Where the day stands, in per cent of the width; below 0 or above 100 where it is off the axis."""
        months = _month_of(day) - self.first + (day.day - 1) / monthrange(day.year, day.month)[1]
        return round(100 * months / (self.step * self.parts), 2)


def _month_of(day: date) -> int:
    return day.year * 12 + day.month - 1


def _day_of(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def axis(today: date, days: Iterable[date]) -> Axis:
    """The shortest axis that holds today and those of the days that are in reach of it, in at most PARTS parts that begin
    where people expect it.
    """
    now = _month_of(today)
    months = [now, *(month for month in map(_month_of, days) if abs(month - now) <= 12 * REACH)]
    axes = (Axis(min(months) // step * step, step, max(months) // step - min(months) // step + 1) for step in STEPS)
    return next(axis for axis in axes if axis.parts <= PARTS)


@dataclass(frozen=True)
class Mark:
    """Where a thing stands: per cent of the width, and its row, counted from the line at the bottom."""

    key: Hashable
    place: float
    row: int


def stacked(axis: Axis, days: Sequence[tuple[Hashable, date]]) -> list[Mark]:
    """A mark for each key and its day, each in the lowest row where it is clear of the others.

    Those for which no row of ROWS is clear are left out.
    """
    last = [-CLEAR] * ROWS
    marks = []
    for key, day in sorted(days, key=lambda one: one[1]):
        place = axis.place(day)
        row = next((row for row in range(ROWS) if place - last[row] >= CLEAR), None)
        if row is not None:
            last[row] = place
            marks.append(Mark(key, place, row))
    return marks


@dataclass(frozen=True)
class Bar:
    """Where a thing lasts: from `start` to `end` in per cent of the width, and its row, counted from the top."""

    key: Hashable
    start: float
    end: float
    row: int


def laid(axis: Axis, spans: Iterable[tuple[Hashable, date, date]]) -> list[Bar]:
    """A bar for each key from its first to its last day, each in the highest row where it and its name are clear of the
    others.

    What is off the axis is cut off at its end. Those for which no row of ROWS is clear are left out.
    """
    free = [0.0] * ROWS
    bars = []
    for key, first, last in sorted(spans, key=lambda one: one[1:]):
        start, end = (min(max(axis.place(day), 0.0), 100.0) for day in (first, last))
        row = next((row for row in range(ROWS) if start >= free[row]), None)
        if row is not None:
            free[row] = max(end, start + LABEL) + 1
            bars.append(Bar(key, start, end, row))
    return bars
