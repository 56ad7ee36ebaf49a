"""The time line of the plan of participation: a lane for each stage, a bar for each step that has a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import get_language_bidi

from audits import timeline

from .planning import StagePlan, Step

ROW = 30
"""Height of a row of bars in CSS pixels: the step's code, and the bar below it."""
THIN = 0.8
"""Per cent of the width that a bar has at least."""
EDGE = 100 - timeline.LABEL
"""From here on the code of a step stands before the end of its bar, in per cent of the width."""


@dataclass(frozen=True)
class StepBar:
    """`x`, `width` and `label_x` are in per cent, `y` in pixels; `at_end` says that the code ends where the bar does."""

    step: Step
    x: str
    width: str
    y: int
    label_x: str
    at_end: bool

    @property
    def label_y(self) -> int:
        return self.y + 14

    @property
    def bar_y(self) -> int:
        return self.y + 18


@dataclass(frozen=True)
class Lane:
    stage: StagePlan
    bars: list[StepBar]
    height: int
    left_out: int


@dataclass(frozen=True)
class TimeLine:
    """`ticks` are the places of the parts of the axis, `starts` their first days, `today_x` the place of today."""

    today: date
    lanes: list[Lane] = field(default_factory=list)
    ticks: list[str] = field(default_factory=list)
    starts: list[date] = field(default_factory=list)
    today_x: str = ""

    @property
    def steps(self) -> list[Step]:
        """All steps that have a day."""
        return [step for lane in self.lanes for step in lane.stage.steps if step.applies and step.span]


def time_line(plans: Sequence[StagePlan], today: date) -> TimeLine:
    """The time line of the steps that apply; from the right where the language of the page begins there."""
    spans = [step.span for plan in plans for step in plan.steps if step.applies and step.span]
    if not spans:
        return TimeLine(today)
    axis = timeline.axis(today, (day for span in spans for day in span))
    return TimeLine(
        today,
        lanes=[_lane(axis, plan) for plan in plans],
        ticks=[_x(axis.place(start)) for start in axis.starts],
        starts=axis.starts,
        today_x=_x(axis.place(today)),
    )


def _x(place: float) -> str:
    return f"{100 - place if get_language_bidi() else place:.2f}%"


def _lane(axis: timeline.Axis, plan: StagePlan) -> Lane:
    steps = {step.code: step for step in plan.steps if step.applies and step.span}
    laid = timeline.laid(axis, [(code, *step.span) for code, step in steps.items()])
    bars = [_bar(steps[bar.key], bar) for bar in laid]
    height = ROW * (1 + max((bar.row for bar in laid), default=0)) + 4
    return Lane(plan, bars, height, len(steps) - len(bars))


def _bar(step: Step, bar: timeline.Bar) -> StepBar:
    # A single day has to be seen.
    width = max(bar.end - bar.start, THIN)
    end = bar.start + width
    at_end = bar.start > EDGE
    return StepBar(
        step,
        x=_x(end if get_language_bidi() else bar.start),
        width=f"{width:.2f}%",
        y=ROW * bar.row,
        label_x=_x(end if at_end else bar.start),
        at_end=at_end,
    )
