"""Geometry of the governance diagram: which boxes stand in a row, and how the lines run between the rows.

The boxes are HTML, because WeasyPrint 70 sets SVG text letter by letter, which breaks joined scripts. All boxes of a
row are equally wide, so that a line's place is known as a share of the width whatever the words are. Below each row
lies a strip with the lines that run there; a line that has to pass a row of boxes goes through a gap between two.

Lines that belong together are a net: all that report to one body, or one co-operation. A net has a lane of its own in
each strip and a place of its own wherever it leaves a box, enters one or passes between two, so that two nets cross
but never lie on each other. Positions come out as texts, as in `charts`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from reports.document import blocks

PER_ROW = 6
STRIP, LANE = 12, 7
# Shares of the width: the room between two boxes, and how far two nets stay apart where one comes down above the place
# where the other goes on; in a gap there is less room for that.
GAP, APART, APART_IN_GAP = 0.014, 0.02, 0.005

Rows = list[Sequence[blocks.Body]]


@dataclass(frozen=True)
class Net:
    """What shares its lines: `of` is the body that the others report to, or the two that work together."""

    kind: str
    of: tuple[str, ...]


@dataclass(frozen=True)
class Spot:
    """Where lines leave or enter a row: below ("out") or above ("in") the box at `index`, or the gap before it."""

    row: int
    side: str
    index: int

    def reach(self, rows: Rows) -> tuple[float, float]:
        """The shares of the width between which its lines have room."""
        width = 1 / len(rows[self.row])
        if self.side != "gap":
            return (self.index + 0.1) * width, (self.index + 0.9) * width
        # The outermost gaps are half as wide, and what lies at the very edge of the drawing would be cut off.
        middle = self.index * width
        return max(middle - GAP / 2, 0), min(middle + GAP / 2, 1)


@dataclass
class Drawing:
    """Lines by net, `ends` where a net begins at its superior, `said` what they mean; all in shares of the drawing."""

    lines: dict[Net, list[tuple[float, float, float, float]]] = field(default_factory=lambda: defaultdict(list))
    ends: dict[Net, tuple[float, float]] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    lanes: int = 0

    def add(self, net: Net, x1: float, y1: float, x2: float, y2: float) -> None:
        if (x1, y1) != (x2, y2) and (x1, y1, x2, y2) not in self.lines[net]:
            self.lines[net].append((x1, y1, x2, y2))


def diagram(block: blocks.Governance, *, rtl: bool) -> list[dict[str, Any]]:
    """Returns the tiers with their rows; each row has its bodies, the lines behind them and the strip below it."""
    tiers = [(tier, _rows(tier.bodies)) for tier in block.tiers]
    rows = [row for _tier, found in tiers for row in found]
    strips, behind = _drawn(block.lines, rows)
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
                    "height": STRIP + LANE * strips[r].lanes if not last or strips[r].lines else 0,
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


def _drawn(lines: Sequence[blocks.Line], rows: Rows) -> tuple[list[Drawing], list[Drawing]]:
    """The strips below the rows, and what lies behind the rows."""
    place = {body.key: (r, i) for r, row in enumerate(rows) for i, body in enumerate(row)}
    names = {body.key: body.name for row in rows for body in row}
    strips, behind = [Drawing() for _row in rows], [Drawing() for _row in rows]
    joined = []
    for line in lines:
        if line.above in place and line.below in place and line.above != line.below:
            net = Net(line.kind, (line.above,) if line.kind == "reports" else tuple(sorted((line.above, line.below))))
            joined.append((net, *sorted((place[line.above], place[line.below]))))
            strips[joined[-1][1][0]].said.append(_said(line, names))
    routes = _routes(joined, rows)
    at = _places(routes, rows)
    hops: list[dict[Net, list[tuple[Spot, Spot]]]] = [defaultdict(list) for _row in rows]
    for net, route in routes:
        for above, below in pairwise(route):
            hops[above.row][net].append((above, below))
        for spot in route[1:-1]:
            behind[spot.row].add(net, at[spot, net], 0.0, at[spot, net], 1.0)
        if net.kind == "reports":
            end = route[0] if (route[0].row, route[0].index) == place[net.of[0]] else route[-1]
            strips[end.row if end.side == "out" else end.row - 1].ends[net] = (at[end, net], float(end.side == "in"))
    for strip, crossing in zip(strips, hops, strict=True):
        _lay(strip, crossing, at)
    return strips, behind


def _routes(joined: Sequence[tuple[Net, tuple[int, int], tuple[int, int]]], rows: Rows) -> list[tuple[Net, list[Spot]]]:
    """The spots from each upper body to the lower one; two of the same row are joined below it.

    A net passes a row through one gap, the one in the middle of where its lines lead.
    """
    targets: dict[tuple[Net, int], list[float]] = defaultdict(list)
    for net, (start_row, _start), (end_row, end) in joined:
        for r in range(start_row + 1, end_row):
            targets[net, r].append((end + 0.5) / len(rows[end_row]))
    routes = []
    for net, (start_row, start), (end_row, end) in joined:
        gaps = [
            Spot(r, "gap", round(sum(targets[net, r]) / len(targets[net, r]) * len(rows[r])))
            for r in range(start_row + 1, end_row)
        ]
        last = Spot(end_row, "out" if end_row == start_row else "in", end)
        routes.append((net, [Spot(start_row, "out", start), *gaps, last]))
    return routes


def _places(routes: Sequence[tuple[Net, list[Spot]]], rows: Rows) -> dict[tuple[Spot, Net], float]:
    """Where each net runs at each spot: evenly spread over it, in the order of where the nets come from or go to."""
    towards: dict[Spot, dict[Net, list[float]]] = defaultdict(lambda: defaultdict(list))
    for net, route in routes:
        middles = [sum(spot.reach(rows)) / 2 for spot in route]
        for (above, below), (x, following) in zip(pairwise(route), pairwise(middles), strict=True):
            towards[above][net].append(following)
            towards[below][net].append(x)
    at: dict[tuple[Spot, Net], float] = {}
    # Gaps are passed at one place above and below; they and what leaves a row stand before what enters the next one.
    for spot in sorted(towards, key=lambda one: (one.row, one.side == "out", one.index)):
        nets = sorted(towards[spot], key=lambda net: sum(towards[spot][net]) / len(towards[spot][net]))
        low, high = spot.reach(rows)
        for number, net in enumerate(nets, start=1):
            x = low + (high - low) * number / (len(nets) + 1)
            if spot.side != "out":
                apart = APART if spot.side == "in" else APART_IN_GAP
                middle = (low + high) / 2 if spot.side == "in" else 0.5
                x = _clear(x, middle, list(_beside(at, spot, net)), apart)
            at[spot, net] = round(x, 4)
    return at


def _beside(at: dict[tuple[Spot, Net], float], spot: Spot, net: Net) -> Iterator[float]:
    """Where other nets stand that share the strip above the row of this spot."""
    for (other, of), x in at.items():
        above = other.row == spot.row - 1 and other.side != "in"
        if of != net and (above or (other.row == spot.row and other.side != "out")):
            yield x


def _clear(x: float, middle: float, others: Sequence[float], apart: float) -> float:
    """The first place from `x` towards the middle that keeps apart from the others."""
    step = apart / 4 if x <= middle else -apart / 4
    while any(abs(x - other) < apart - 1e-9 for other in others):
        x += step
    return x


def _lay(strip: Drawing, crossing: dict[Net, list[tuple[Spot, Spot]]], at: dict[tuple[Spot, Net], float]) -> None:
    """Draws the nets of one strip: down to the lane, along it, and on down, or up again to a body of the same row."""
    bent = [net for net, hops in crossing.items() if len({at[spot, net] for hop in hops for spot in hop}) > 1]
    strip.lanes = len(bent)
    for net, hops in crossing.items():
        if net not in bent:
            strip.add(net, at[hops[0][0], net], 0.0, at[hops[0][1], net], 1.0)
            continue
        y = (bent.index(net) + 1) / (len(bent) + 1)
        xs = [at[spot, net] for hop in hops for spot in hop]
        strip.add(net, min(xs), y, max(xs), y)
        for above, below in hops:
            strip.add(net, at[above, net], 0.0, at[above, net], y)
            out = 0.0 if below.side == "out" else 1.0
            strip.add(net, at[below, net], min(y, out), at[below, net], max(y, out))


def _said(line: blocks.Line, names: dict[str, str]) -> str:
    words = {"above": names[line.above], "below": names[line.below]}
    if line.kind == "works":
        return _("%(below)s works together with %(above)s") % words
    return _("%(below)s reports to %(above)s") % words


def _svg(drawing: Drawing, *, rtl: bool) -> dict[str, Any] | None:
    """The nets one after the other: each crosses those before it with a margin, as a bridge does."""
    if not drawing.lines:
        return None
    return {
        "title": "; ".join(drawing.said) or _("Lines that pass by"),
        "nets": [
            {
                "dashed": net.kind == "works",
                "lines": [
                    {"x1": _x(x1, rtl=rtl), "y1": _percent(y1), "x2": _x(x2, rtl=rtl), "y2": _percent(y2)}
                    for x1, y1, x2, y2 in lines
                ],
                "end": _end(drawing.ends.get(net), rtl=rtl),
            }
            for net, lines in drawing.lines.items()
        ],
    }


def _end(end: tuple[float, float] | None, *, rtl: bool) -> dict[str, Any] | None:
    return {"x": _x(end[0], rtl=rtl), "y": _percent(end[1]), "below": end[1] > 0} if end else None


def _x(share: float, *, rtl: bool) -> str:
    return _percent(1 - share if rtl else share)


def _percent(share: float) -> str:
    return f"{share * 100:.2f}%"
