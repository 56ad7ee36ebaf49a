"""Geometry of the governance diagram: which boxes stand in a row, and how the lines run between the rows.

The boxes are HTML, because WeasyPrint 70 sets SVG text letter by letter, which breaks joined scripts. All boxes of a
row are equally wide, so that a line's place is known as a share of the width whatever the words are. Between two rows
lies a strip with the lines that cross it; a line that has to pass a row of boxes goes through the gap between two of
them. Positions come out as texts, as in `charts`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from reports.document import blocks

PER_ROW = 6
STRIP, LANE = 16, 6
# The outermost gaps lie at the edge of the drawing, where half of a line would be cut off.
EDGE = 0.004


@dataclass
class Drawing:
    """Lines in one strip or behind one row of boxes, `said` what they mean; x in shares of the width, y of the height."""

    lines: list[tuple[str, float, float, float, float]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def add(self, kind: str, x1: float, y1: float, x2: float, y2: float) -> None:
        line = (kind, x1, y1, x2, y2)
        if (x1, y1) != (x2, y2) and line not in self.lines:
            self.lines.append(line)


@dataclass
class Strip(Drawing):
    """The strip below a row. Lines that bend there lie in lanes, one for each body from which they come."""

    lanes: list[tuple[str, ...]] = field(default_factory=list)
    bends: list[tuple[str, tuple[str, ...], float, float, float]] = field(default_factory=list)

    def bend(self, kind: str, lane: tuple[str, ...], start: float, end: float, *, back: bool = False) -> None:
        """A line that comes down at `start`, runs along its lane and goes on down at `end`, or `back` up there."""
        if lane not in self.lanes:
            self.lanes.append(lane)
        self.bends.append((kind, lane, start, end, 0.0 if back else 1.0))

    def lay(self) -> None:
        """Turns the bends into lines, once all lanes are known."""
        for kind, lane, start, end, out in self.bends:
            y = (self.lanes.index(lane) + 1) / (len(self.lanes) + 1)
            self.add(kind, start, 0.0, start, y)
            self.add(kind, start, y, end, y)
            self.add(kind, end, y, end, out)

    @property
    def height(self) -> int:
        return STRIP + LANE * len(self.lanes)


def diagram(block: blocks.Governance, *, rtl: bool) -> list[dict[str, Any]]:
    """Returns the tiers with their rows; each row has its bodies, the lines behind them and the strip below it."""
    tiers = [(tier, _rows(tier.bodies)) for tier in block.tiers]
    rows = [row for _tier, found in tiers for row in found]
    place = {body.key: (r, i) for r, row in enumerate(rows) for i, body in enumerate(row)}
    names = {body.key: body.name for row in rows for body in row}
    behind = [Drawing() for _row in rows]
    strips = [Strip() for _row in rows]
    for line in block.lines:
        if line.above in place and line.below in place and line.above != line.below:
            _draw(line, place, rows, behind, strips, _said(line, names))
    for strip in strips:
        strip.lay()
    drawn, r = [], 0
    for tier, found in tiers:
        made = []
        for row in found:
            last = r == len(rows) - 1
            made.append(
                {
                    "bodies": row,
                    "behind": _svg(behind[r], rtl=rtl),
                    "strip": _svg(strips[r], rtl=rtl),
                    "height": strips[r].height if not last or strips[r].lines else 0,
                }
            )
            r += 1
        drawn.append({"title": tier.title, "rows": made})
    return drawn


def _rows(bodies: Sequence[blocks.Body]) -> list[Sequence[blocks.Body]]:
    """The bodies of a tier in as few rows as hold them, evenly filled."""
    count = -(-len(bodies) // PER_ROW)
    size = -(-len(bodies) // count) if count else 0
    return [bodies[start : start + size] for start in range(0, len(bodies), size)] if size else []


def _said(line: blocks.Line, names: dict[str, str]) -> str:
    words = {"above": names[line.above], "below": names[line.below]}
    if line.kind == "works":
        return _("%(below)s works together with %(above)s") % words
    return _("%(below)s reports to %(above)s") % words


def _draw(
    line: blocks.Line,
    place: dict[str, tuple[int, int]],
    rows: list[Sequence[blocks.Body]],
    behind: list[Drawing],
    strips: list[Strip],
    said: str,
) -> None:
    (start_row, start), (end_row, end) = sorted((place[line.above], place[line.below]))
    x, target = _middle(rows, start_row, start), _middle(rows, end_row, end)
    lane = (line.kind, line.above) if line.kind == "reports" else (line.kind, line.above, line.below)
    if start_row == end_row:
        if end - start == 1:
            behind[start_row].add(line.kind, x, 0.5, target, 0.5)
            behind[start_row].said.append(said)
        else:
            strips[start_row].bend(line.kind, lane, x, target, back=True)
            strips[start_row].said.append(said)
        return
    strips[start_row].said.append(said)
    for r in range(start_row, end_row):
        following = target if r + 1 == end_row else _gap(rows[r + 1], target)
        if r > start_row:
            behind[r].add(line.kind, x, 0.0, x, 1.0)
        if line.kind == "works" and end_row - start_row == 1:
            strips[r].add(line.kind, x, 0.0, following, 1.0)
        else:
            strips[r].bend(line.kind, lane, x, following)
        x = following


def _middle(rows: list[Sequence[blocks.Body]], row: int, position: int) -> float:
    return (position + 0.5) / len(rows[row])


def _gap(row: Sequence[blocks.Body], x: float) -> float:
    """The gap between two boxes of the row that is nearest to `x`."""
    gaps = [min(max(i / len(row), EDGE), 1 - EDGE) for i in range(len(row) + 1)]
    return min(gaps, key=lambda gap: abs(gap - x))


def _svg(drawing: Drawing, *, rtl: bool) -> dict[str, Any] | None:
    if not drawing.lines:
        return None
    return {
        "title": "; ".join(drawing.said) or _("Lines that pass by"),
        "lines": [
            {
                "dashed": kind == "works",
                "x1": _percent(1 - x1 if rtl else x1),
                "y1": _percent(y1),
                "x2": _percent(1 - x2 if rtl else x2),
                "y2": _percent(y2),
            }
            for kind, x1, y1, x2, y2 in drawing.lines
        ],
    }


def _percent(share: float) -> str:
    return f"{share * 100:.2f}%"
