"""How the lines of the governance diagram run between its rows of boxes, in shares of the drawing.

Lines that belong together are a net: all that report to one body, or one co-operation. Neighbours in a row are joined
through the gap between them. Otherwise a net has a place of its own wherever it leaves a box, enters one or passes
between two, and a lane of its own along a strip wherever another one runs there, so that two nets cross but never lie
on each other.
"""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from reports.document import blocks

# Shares of the width: the room between two boxes; how far apart two nets stay, so that the eye does not change from one
# to the other; and how near they may come, step by step, where there is less room.
GAP, APART, NEARER = 0.014, 0.05, (0.03, 0.018, 0.008)
STEP = 0.002

Rows = list[list[blocks.Body]]
Place = tuple[int, int]


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

    def middle(self, rows: Rows) -> float:
        return sum(self.reach(rows)) / 2

    @property
    def strips(self) -> set[int]:
        """The rows below which its lines run."""
        return {"out": {self.row}, "in": {self.row - 1}}.get(self.side, {self.row - 1, self.row})


Route = tuple[Net, list[Spot]]


@dataclass
class Drawing:
    """Lines by net, `hops` where its line along the strip crosses another net, `ends` where it begins at its superior
    (with the direction in which it leaves), `said` what they stand for; all in shares of the drawing."""

    lines: dict[Net, list[tuple[float, float, float, float]]] = field(default_factory=lambda: defaultdict(list))
    hops: dict[Net, list[tuple[float, float]]] = field(default_factory=lambda: defaultdict(list))
    ends: dict[Net, set[tuple[float, float, int, int]]] = field(default_factory=lambda: defaultdict(set))
    said: list[blocks.Line] = field(default_factory=list)
    lanes: int = 0

    def add(self, net: Net, x1: float, y1: float, x2: float, y2: float) -> None:
        if (x1, y1) != (x2, y2) and (x1, y1, x2, y2) not in self.lines[net]:
            self.lines[net].append((x1, y1, x2, y2))


def drawn(lines: Sequence[blocks.Line], rows: Rows) -> tuple[list[Drawing], list[Drawing]]:
    """Returns the strips below the rows, and what lies behind the rows.

    Both ends of each line have to stand in the rows, and not be the same body.
    """
    place = {body.key: (r, i) for r, row in enumerate(rows) for i, body in enumerate(row)}
    strips, behind = [Drawing() for _row in rows], [Drawing() for _row in rows]
    joined, beside = [], []
    for line in lines:
        net = Net(line.kind, (line.above,) if line.kind == "reports" else tuple(sorted((line.above, line.below))))
        upper, lower = sorted((place[line.above], place[line.below]))
        (beside if (upper[0], upper[1] + 1) == lower else joined).append((net, upper, lower, line))
    routes = _routes([one[:3] for one in joined], rows, {lower for _net, _upper, lower, _line in beside})
    taken = {(spot.row, spot.index) for _net, route in routes for spot in route if spot.side == "gap"}
    for net, upper, lower, line in beside:
        if lower in taken:
            joined.append((net, upper, lower, line))
            routes += _routes([(net, upper, lower)], rows, set())
        else:
            taken.add(lower)
            gap, count = lower[1] / len(rows[lower[0]]), len(rows[lower[0]])
            _join(behind[lower[0]], net, gap, count, first=place[net.of[0]] == upper)
            behind[lower[0]].said.append(line)
    for _net, upper, _lower, line in joined:
        strips[upper[0]].said.append(line)
    at = _places(routes, rows)
    hops: list[dict[Net, list[tuple[Spot, Spot]]]] = [defaultdict(list) for _row in rows]
    for net, route in routes:
        for above, below in pairwise(route):
            hops[above.row][net].append((above, below))
        for spot in route[1:-1]:
            behind[spot.row].add(net, at[spot, net], 0.0, at[spot, net], 1.0)
        if net.kind == "reports":
            end = route[0] if (route[0].row, route[0].index) == place[net.of[0]] else route[-1]
            turned = end.side == "in"
            strips[end.row - turned].ends[net].add((at[end, net], float(turned), 0, -1 if turned else 1))
    for strip, crossing in zip(strips, hops, strict=True):
        _lay(strip, crossing, at)
    return strips, behind


def _join(behind: Drawing, net: Net, gap: float, count: int, *, first: bool) -> None:
    """Joins two neighbours through the gap between them; the line begins and ends behind their boxes."""
    behind.add(net, round(gap - 0.5 / count, 4), 0.5, round(gap + 0.5 / count, 4), 0.5)
    if net.kind == "reports":
        behind.ends[net].add((gap, 0.5, -1 if first else 1, 0))


def _routes(joined: Sequence[tuple[Net, Place, Place]], rows: Rows, beside: set[Place]) -> list[Route]:
    """The spots from each upper body to the lower one; two of the same row are joined below it.

    A net passes a row through one gap: one that leads to where it goes, and across few others.
    """
    spans: list[dict[Net, list[float]]] = [defaultdict(list) for _row in rows]
    leaving: list[dict[Net, list[float]]] = [defaultdict(list) for _row in rows]
    wanted: dict[tuple[Net, int], list[float]] = defaultdict(list)
    for net, (start_row, start), (end_row, end) in joined:
        leaving[start_row][net].append((start + 0.5) / len(rows[start_row]))
        spans[start_row][net].append((start + 0.5) / len(rows[start_row]))
        spans[max(end_row - 1, start_row)][net].append((end + 0.5) / len(rows[end_row]))
        for r in range(start_row + 1, end_row):
            wanted[net, r].append((end + 0.5) / len(rows[end_row]))
    gaps: dict[tuple[int, Net], Spot] = {}
    for (net, r), targets in sorted(wanted.items(), key=lambda one: one[0][1]):
        places = [Spot(r, "gap", index) for index in range(len(rows[r]) + 1)]
        aim = sum(targets) / len(targets)
        near = [(spot, spot.middle(rows)) for (row, of), spot in gaps.items() if abs(row - r) <= 1 and of != net]
        runs = [
            (min(xs) - APART, max(xs) + APART)
            for strip in (spans[r - 1], spans[r])
            for other, xs in strip.items()
            if other != net
        ]
        trunks = [left for other, xs in leaving[r - 1].items() if other != net for left in xs]
        costs = {}
        for spot in places:
            x = spot.middle(rows)
            low, high = min(*leaving[r - 1][net], x), max(*leaving[r - 1][net], x)
            crossed = sum(left < x < right for left, right in runs) + sum(low < trunk < high for trunk in trunks)
            met = sum(5 if spot == other else abs(x - there) < NEARER[0] for other, there in near)
            costs[spot] = (crossed + met + 2 * ((r, spot.index) in beside) + abs(x - aim), spot.index)
        gaps[r, net] = min(places, key=costs.__getitem__)
        for strip in (spans[r - 1], spans[r], leaving[r]):
            strip[net].append(gaps[r, net].middle(rows))
    routes = []
    for net, (start_row, start), (end_row, end) in joined:
        last = Spot(end_row, "out" if end_row == start_row else "in", end)
        passed = [gaps[r, net] for r in range(start_row + 1, end_row)]
        routes.append((net, [Spot(start_row, "out", start), *passed, last]))
    return routes


def _places(routes: Sequence[Route], rows: Rows) -> dict[tuple[Spot, Net], float]:
    """Where each net runs at each spot: evenly spread over it, in the order of where the nets come from or go to."""
    towards: dict[Spot, dict[Net, list[float]]] = defaultdict(lambda: defaultdict(list))
    for net, route in routes:
        for above, below in pairwise(route):
            towards[above][net].append(below.middle(rows))
            towards[below][net].append(above.middle(rows))
    at: dict[tuple[Spot, Net], float] = {}
    placed: dict[int, list[tuple[Net, float]]] = defaultdict(list)
    # There is least choice in a gap; what leaves a row stands before what enters the next one.
    for spot in sorted(towards, key=lambda one: (one.side != "gap", one.row, one.side == "out", one.index)):
        nets = sorted(towards[spot], key=lambda net: sum(towards[spot][net]) / len(towards[spot][net]))
        low, high = spot.reach(rows)
        for number, net in enumerate(nets, start=1):
            others = {one for row in spot.strips for one in placed[row] if one[0] != net}
            far = sorted(x for of, x in others if net.kind == of.kind == "reports")
            near = sorted(x for of, x in others if not net.kind == of.kind == "reports")
            at[spot, net] = _clear(low + (high - low) * number / (len(nets) + 1), (low, high), far, near)
            for row in spot.strips:
                placed[row].append((net, at[spot, net]))
    return at


def _clear(wish: float, reach: tuple[float, float], far: Sequence[float], near: Sequence[float]) -> float:
    """The place nearest to the wish, and within reach, that keeps as far apart from the others as there is room for.

    `far` are those that had better be further apart than `near`, both in order: two nets of reporting.
    """
    low, high = reach
    steps = range(int((high - low) / STEP) + 1)
    places = sorted([wish, *(low + STEP * step for step in steps)], key=lambda x: abs(x - wish))
    room = {x: (_distance(x, far), _distance(x, near)) for x in places}
    for apart in (APART, *NEARER):
        for x in places:
            if room[x][0] >= apart and room[x][1] >= min(apart, NEARER[1]):
                return round(x, 4)
    return round(max(places, key=lambda x: min(room[x])), 4)


def _distance(x: float, others: Sequence[float]) -> float:
    """How far the nearest of the others is, which are in order."""
    at = bisect(others, x)
    return min((abs(x - other) for other in others[max(at - 1, 0) : at + 1]), default=1.0)


def _lay(strip: Drawing, crossing: dict[Net, list[tuple[Spot, Spot]]], at: dict[tuple[Spot, Net], float]) -> None:
    """Draws the nets of one strip: down to the lane, along it, and on down, or up again to a body of the same row."""
    up: dict[Net, set[float]] = defaultdict(set)
    down: dict[Net, set[float]] = defaultdict(set)
    for net, joints in crossing.items():
        for above, below in joints:
            up[net].add(at[above, net])
            (up if below.side == "out" else down)[net].add(at[below, net])
    lanes = _lanes({net: (up[net], down[net]) for net in crossing if len(up[net] | down[net]) > 1})
    strip.lanes = max(lanes.values(), default=0)
    for net in crossing:
        if net not in lanes:
            strip.add(net, *up[net], 0.0, *down[net], 1.0)
            continue
        y = lanes[net] / (strip.lanes + 1)
        strip.add(net, min(up[net] | down[net]), y, max(up[net] | down[net]), y)
        for x in sorted(up[net]):
            strip.add(net, x, 0.0, x, y)
        for x in sorted(down[net]):
            strip.add(net, x, y, x, 1.0)
    for net, lane in lanes.items():
        y, xs = lane / (strip.lanes + 1), up[net] | down[net]
        for other, lines in strip.lines.items():
            strip.hops[net] += [
                (x, y) for x, y1, x2, y2 in lines if other != net and x == x2 and min(xs) < x < max(xs) and y1 < y < y2
            ]


def _lanes(nets: dict[Net, tuple[set[float], set[float]]]) -> dict[Net, int]:
    """The lanes, from 1 at the top: in an order in which few lines cross, and the same lane where none would meet."""
    spans = {net: (min(up | down), max(up | down)) for net, (up, down) in nets.items()}

    def crossings(above: Net, below: Net) -> int:
        """How often the two cross, if the one has its lane above that of the other."""
        down = sum(spans[below][0] < x < spans[below][1] for x in nets[above][1])
        return down + sum(spans[above][0] < x < spans[above][1] for x in nets[below][0])

    order: list[Net] = []
    for net in nets:
        # From above all the others, down past one after the other.
        costs = [0]
        for other in order:
            costs.append(costs[-1] + crossings(other, net) - crossings(net, other))
        order.insert(costs.index(min(costs)), net)
    lanes: dict[Net, int] = {}
    for net in order:
        low, high = spans[net]
        met = [
            lane for other, lane in lanes.items() if spans[other][0] < high + APART and low - APART < spans[other][1]
        ]
        lanes[net] = 1 + max(met, default=0)
    return lanes
