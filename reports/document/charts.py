"""Geometry of the charts; the drawing itself is in templates/document/charts/.

No chart holds words, only figures and the areas' letters: WeasyPrint 70 sets SVG text letter by letter,
which breaks joined scripts; words stand beside the drawing. Coordinates come out as texts, because a
template would write a float with the language's decimal comma. Colours are presentation attributes, so the
same SVG stands in the PDF and on a page under a strict Content Security Policy.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from reports.document import blocks, numbers

AREA_COLOURS = {"vision": "#22377f", "civic": "#8b2d63", "urban": "#2b7350", "attitudes": "#9c6500"}
ACCENT, INK = "#1f3a5f", "#1b2430"


@dataclass(frozen=True)
class Rating:
    """The scale from 1 to 5 as a chart shows it: each score with its colour and the ink on it (at least 4.5:1)."""

    score: int
    fill: str
    ink: str


SCALE = (
    Rating(1, "#b35806", "#ffffff"),
    Rating(2, "#f0a54a", INK),
    Rating(3, "#dadada", INK),
    Rating(4, "#8cbad9", INK),
    Rating(5, "#2166ac", "#ffffff"),
)
# A two-figure count needs this share of a bar in print, and a one-figure count about half of it.
SHARE_PER_DIGIT = 0.045


def distribution(counts: Sequence[int], *, rtl: bool) -> dict[str, Any]:
    """Returns the segments of a bar for the counts of the scores 1 to 5, and its accessible name.

    Widths are shares of the counts; a count that would not fit in its segment stays in the name alone.
    """
    total, start, segments = sum(counts), 0.0, []
    for rating, count in zip(SCALE, counts, strict=True):
        if not count:
            continue
        share = count / total
        left = 1 - start - share if rtl else start
        segments.append(
            {
                "x": _percent(left),
                "middle": _percent(left + share / 2),
                "width": _percent(share),
                "fill": rating.fill,
                "ink": rating.ink,
                "label": str(count) if share >= SHARE_PER_DIGIT * len(str(count)) else "",
            }
        )
        start += share
    said = [
        _("score %(score)s: %(count)s") % {"score": r.score, "count": c} for r, c in zip(SCALE, counts, strict=True)
    ]
    return {"segments": segments, "title": "; ".join(said)}


def legend(*, rtl: bool) -> dict[str, Any]:
    """Returns five equal segments with the scores in them: the head of a column of bars."""
    segments = distribution([1] * len(SCALE), rtl=rtl)["segments"]
    return {"segments": [s | {"label": str(r.score)} for s, r in zip(segments, SCALE, strict=True)]}


# Marks stand at their middle; the ends keep half a mark's width free.
SCALE_INSET = 0.04


def _position(value: float, rtl: bool) -> float:
    share = SCALE_INSET + (1 - 2 * SCALE_INSET) * (value - 1) / 4
    return 1 - share if rtl else share


def axis(*, rtl: bool) -> list[dict[str, str]]:
    """Returns the figures 1 to 5 over a column of `marks`."""
    return [{"x": _percent(_position(r.score, rtl)), "label": str(r.score)} for r in SCALE]


def marks(values: Iterable[tuple[str, str, float | None]], *, area: str, decimals: int, rtl: bool) -> dict[str, Any]:
    """Returns marks on the scale from 1 to 5. `values` are (label, shape, mean); missing means have no mark."""
    given = [(label, shape, value) for label, shape, value in values if value is not None]
    points = [{"shape": shape, "x": _percent(_position(value, rtl))} for label, shape, value in given]
    ends = sorted(_position(value, rtl) for _label, _shape, value in given) or [0.0]
    return {
        "points": points,
        "from": _percent(ends[0]),
        "to": _percent(ends[-1]),
        "start": _percent(SCALE_INSET),
        "end": _percent(1 - SCALE_INSET),
        "colour": AREA_COLOURS.get(area, ACCENT),
        "title": "; ".join(f"{label}: {numbers.number(value, decimals)}" for label, _shape, value in given),
    }


def fingerprint(
    scores: Sequence[blocks.CoverScore], areas: Sequence[blocks.Area], *, decimals: int, rtl: bool
) -> dict[str, Any]:
    """Returns the cover's picture: one bar per statement, grouped by area in the order of `areas`; units are points."""
    width, base, left, gap, step_of_scale = 482.0, 232.0, 18.0, 20.0, 52.0
    groups = [(area, [s for s in scores if s.area == area.key]) for area in areas]
    groups = [(area, own) for area, own in groups if own]
    step = (width - left - gap * (len(groups) - 1) - 12) / max(len(scores), 1)

    def across(x: float, length: float = 0) -> str:
        return _points(width - x - length if rtl else x)

    bars, names, x = [], [], left + 6
    for area, own in groups:
        colour = AREA_COLOURS.get(area.key, ACCENT)
        names.append(
            {
                "x": across(x, 11),
                "letter_x": across(x + 5.5),
                "letter": area.letter,
                "colour": colour,
            }
        )
        for score in own:
            height = (score.mean - 1) * step_of_scale
            bars.append(
                {
                    "x": across(x, step * 0.7),
                    "y": _points(base - height),
                    "width": _points(step * 0.7),
                    "height": _points(height),
                    "fill": colour,
                }
            )
            x += step
        x += gap
    lines = [
        {"y": _points(base - (r.score - 1) * step_of_scale), "label": str(r.score), "first": r.score == 1}
        for r in SCALE
    ]
    said = [
        f"{area.name}: " + ", ".join(f"{s.code} {numbers.number(s.mean, decimals)}" for s in own)
        for area, own in groups
    ]
    return {
        "bars": bars,
        "names": names,
        "lines": lines,
        "line_from": across(left),
        "line_to": across(width),
        "label_x": across(left - 8),
        "label_anchor": "start" if rtl else "end",
        "base_y": _points(base + 8),
        "letter_y": _points(base + 16.3),
        "title": ngettext(
            "Mean score of %(count)s statement, from 1 to 5.",
            "Mean scores of %(count)s statements, from 1 to 5.",
            len(scores),
        )
        % {"count": len(scores)}
        + " "
        + "; ".join(said),
    }


def panel(chart: blocks.Panel, *, rtl: bool) -> dict[str, Any]:
    """Returns one small line chart, 145 points wide, zero-based; a missing value interrupts the line.

    The first and the last value are always written; those between as long as their figures have room.
    """
    width, base, room, inset = 145.0, 78.0, 46.0, 15.0
    values = [value for _label, value in chart.points if value is not None]
    top = max([*values, 0.0]) or 1.0
    step = (width - 2 * inset) / max(len(chart.points) - 1, 1)

    def across(i: int) -> float:
        x = inset + i * step
        return width - x if rtl else x

    known = [i for i, (_label, value) in enumerate(chart.points) if value is not None]
    last = known[-1] if known else -1
    every = _every([numbers.number(value, chart.decimals) for value in values] or [""], step, 3.9)
    label_every = _every([label for label, _value in chart.points], step, 4.0)
    points: list[dict[str, Any]] = []
    run: list[str] = []
    runs: list[list[str]] = []
    for i, (_label, value) in enumerate(chart.points):
        if value is None:
            runs.append(run)
            run = []
            continue
        x, y = across(i), base - max(value, 0) / top * room
        run.append(f"{x:.1f},{y:.1f}")
        shown = i in (known[0], last) or (i % every == 0 and last - i >= every)
        points.append(
            {
                "x": _points(x),
                "y": _points(y),
                "text_y": _points(y - 5.5),
                "label": numbers.number(value, chart.decimals) if shown else "",
                "last": i == last,
            }
        )
    runs.append(run)
    count = len(chart.points)
    gap = _("no figure")
    said = [f"{label}: {numbers.number(v, chart.decimals) if v is not None else gap}" for label, v in chart.points]
    return {
        "runs": [" ".join(run) for run in runs if len(run) > 1],
        "points": points,
        "labels": [
            {"x": _points(across(i)), "text": label}
            for i, (label, _value) in enumerate(chart.points)
            if i in (0, count - 1) or (i % label_every == 0 and count - 1 - i >= label_every)
        ],
        "title": f"{chart.title}. " + "; ".join(said),
    }


PLAN_WIDTH, PLAN_HEIGHT = 470, 270
"""The most that a plan takes on paper, in points."""


def plan(width: int, height: int, places: Sequence[tuple[int, int, int]]) -> dict[str, Any]:
    """Returns a plan of so many pixels with its marks (number, thousandths from the left and from the top).

    It is drawn 1000 wide.
    """
    tall = round(1000 * height / width, 1)
    scale = min(PLAN_WIDTH / 1000, PLAN_HEIGHT / tall)
    marks = [
        {
            "number": number,
            "x": str(x),
            "y": str(round(y * tall / 1000, 1)),
            "text_y": str(round(y * tall / 1000 + 11, 1)),
        }
        for number, x, y in places
    ]
    return {
        "tall": str(tall),
        "width": str(round(1000 * scale, 1)),
        "height": str(round(tall * scale, 1)),
        "marks": marks,
    }


# The wheel of an assessment: the hole and the three rings, in points; a filled ring has the colour of its judgement.
# With few spokes it is smaller: half as large for one, whole from eleven on; what is written in it keeps its size.
WHEEL_RADII = (28, 52, 76, 100)
WHEEL_WHOLE, WHEEL_LEAST = 11, 0.5
WHEEL_EDGE = 16.0
WHEEL_FILLS = {1: "#b35806", 2: "#8cbad9", 3: "#2166ac"}
# Codes around the wheel need this much of its edge each, and each letter of theirs beside it.
WHEEL_ROOM, WHEEL_LETTER = 11.0, 5.5


def wheel(rings: Sequence[tuple[str, int | None, bool]], *, rtl: bool) -> dict[str, Any]:
    """Returns the wheel of an assessment with one spoke per key factor, from the top clockwise (mirrored with `rtl`).

    `rings` are (code, rings filled, relevant): 3 in place, 2 partly, 1 not in place, 0 or None not yet judged; a factor
    that is not relevant has dotted rings. Codes stand at the edge as long as they have room there. Units are points.
    """
    count = len(rings)
    radii = [round(radius * _wheel_size(count), 1) for radius in WHEEL_RADII]
    centre, width = radii[-1] + WHEEL_EDGE, 2 * (radii[-1] + WHEEL_EDGE)
    turn = 2 * math.pi / max(count, 1)
    gap = min(0.025, turn / 8)
    side = -1 if rtl else 1

    def at(radius: float, angle: float) -> tuple[float, float]:
        return centre + side * radius * math.sin(angle), centre - radius * math.cos(angle)

    def sector(inner: float, outer: float, start: float, end: float) -> str:
        points = [at(inner, start), at(outer, start), at(outer, end), at(inner, end)]
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = points
        wide = int(end - start > math.pi)
        out, back = (0, 1) if rtl else (1, 0)
        return (
            f"M{ax:.1f} {ay:.1f}L{bx:.1f} {by:.1f}A{outer} {outer} 0 {wide} {out} {cx:.1f} {cy:.1f}"
            f"L{dx:.1f} {dy:.1f}A{inner} {inner} 0 {wide} {back} {ax:.1f} {ay:.1f}Z"
        )

    has_room = count * WHEEL_ROOM <= 2 * math.pi * radii[-1]
    longest = max([len(code) for code, _rings, _relevant in rings] or [0]) if has_room else 0
    margin = max(0, longest - 2) * WHEEL_LETTER
    sectors, codes, said = [], [], []
    for i, (code, given, relevant) in enumerate(rings):
        filled = (given or 0) if relevant else 0
        start, end = i * turn - turn / 2 + gap, i * turn + turn / 2 - gap
        for ring, (inner, outer) in enumerate(itertools.pairwise(radii), start=1):
            sectors.append(
                {
                    "d": sector(inner, outer, start, end),
                    "fill": WHEEL_FILLS[filled] if ring <= filled else "",
                    "dotted": not relevant,
                }
            )
        if has_room:
            x, y = at(radii[-1] + (5 if longest > 2 else 9), i * turn)
            codes.append(
                {"x": _points(x), "y": _points(y + 3), "text": code, "anchor": _anchor(x - centre, longest, radii[0])}
            )
        said.append(f"{code}: {_said_of(filled, relevant)}")
    total = ngettext("Wheel of %(count)s key factor.", "Wheel of %(count)s key factors.", count) % {"count": count}
    return {
        "sectors": sectors,
        "codes": codes,
        "view": " ".join(_points(part) for part in (0.0 - margin, 0.0 - margin, *[width + 2 * margin] * 2)),
        "size": _points(min(width + 2 * margin, 2 * (WHEEL_RADII[-1] + WHEEL_EDGE))),
        "count": numbers.number(count, 0),
        "centre": _points(centre),
        "count_y": _points(centre + 5),
        "title": f"{total} {'; '.join(said)}".strip(),
    }


def _wheel_size(count: int) -> float:
    """Returns how large the rings of so many spokes are, as a share of those of a whole wheel."""
    return WHEEL_LEAST + (1 - WHEEL_LEAST) * min(max(count - 1, 0) / (WHEEL_WHOLE - 1), 1)


def _anchor(beside: float, longest: int, hole: float) -> str:
    """Returns how a code stands at its place: long ones on the sides lead away from the wheel."""
    if longest <= 2 or abs(beside) < hole:
        return "middle"
    return "start" if beside > 0 else "end"


def _said_of(filled: int, relevant: bool) -> str:
    if not relevant:
        return pgettext("judgement in a chart", "not relevant")
    return {
        3: pgettext("judgement in a chart", "in place"),
        2: pgettext("judgement in a chart", "partly in place"),
        1: pgettext("judgement in a chart", "not in place"),
    }.get(filled, pgettext("judgement in a chart", "not yet judged"))


def _every(labels: Sequence[str], step: float, width_of_figure: float) -> int:
    """Returns how many steps lie between two labels so that they do not touch."""
    needed = max(len(label) for label in labels) * width_of_figure + 3
    every = 1
    while every * step < needed and every < 100:
        every += 1
    return every


def _percent(share: float) -> str:
    return f"{share * 100:.2f}%"


def _points(value: float) -> str:
    return f"{value:.1f}"
