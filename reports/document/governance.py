"""Geometry of the governance diagram: which boxes stand in a row, and how the lines run between the rows.

The boxes are HTML, because WeasyPrint 70 sets SVG text letter by letter, which breaks joined scripts. All boxes of a
row are equally wide, so that a line's place is known as a share of the width whatever the words are. Below each row
lies a strip with the lines that run there; a line that has to pass a row of boxes goes through a gap between two.

Who reports to one body stands together and below it, because a line that bends far past others is read wrongly; where
the lines run is in `lanes`. Positions come out as texts, as in `charts`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from reports.document import blocks
from reports.document.lanes import Drawing, Rows, drawn
from reports.document.numbers import listed

PER_ROW = 6
STRIP, LANE = 16, 14
DOT = 3


def diagram(block: blocks.Governance, *, rtl: bool) -> list[dict[str, Any]]:
    """Returns the tiers with their rows; each row has its bodies, the lines behind them and the strip below it.

    Each body comes with its lines in words, for where there is no room to draw them.
    """
    known = {body.key for tier in block.tiers for body in tier.bodies}
    lines = [line for line in block.lines if {line.above, line.below} <= known and line.above != line.below]
    tiers = _tiers(block.tiers, lines)
    rows = [row for found in tiers for row in found]
    strips, behind = drawn(lines, rows)
    names = {body.key: body.name for row in rows for body in row}
    made, r = [], 0
    for tier, found in zip(block.tiers, tiers, strict=True):
        own = []
        for row in found:
            last = r == len(rows) - 1
            own.append(
                {
                    "bodies": [{"body": body, "words": _words(body, lines, names)} for body in row],
                    "behind": _svg(behind[r], names, rtl=rtl),
                    "strip": _svg(strips[r], names, rtl=rtl),
                    "height": STRIP + LANE * strips[r].lanes if not last or strips[r].lines else 0,
                }
            )
            r += 1
        made.append({"title": tier.title, "rows": own})
    return made


def _tiers(tiers: Sequence[blocks.Tier], lines: Sequence[blocks.Line]) -> list[Rows]:
    """The rows of each tier: below what a body reports to, else below what it works with, else as given."""
    superior = {line.below: line.above for line in lines if line.kind == "reports"}
    partners: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        if line.kind == "works":
            partners[line.above].append(line.below)
            partners[line.below].append(line.above)
    at: dict[str, float] = {}
    rank: dict[str, int] = {}
    found = []
    for tier in tiers:
        wanted = {}
        for number, body in enumerate(tier.bodies):
            above = superior.get(body.key, "")
            over = [at[key] for key in ([above] if above in at else partners[body.key]) if key in at]
            x = sum(over) / len(over) if over else (number + 0.5) / len(tier.bodies)
            wanted[body.key] = (x, rank.get(above, -1), number)
        rows = _rows(_beside_superiors(sorted(tier.bodies, key=lambda body: wanted[body.key]), superior))
        for row in rows:
            for number, body in enumerate(row):
                at[body.key], rank[body.key] = (number + 0.5) / len(row), len(rank)
        found.append(rows)
    return found


def _beside_superiors(bodies: Sequence[blocks.Body], superior: dict[str, str]) -> list[blocks.Body]:
    """The bodies of a tier, each beside what it reports to there; a circle begins at its first one.

    A superior of several stands between the first of them and the others.
    """
    inside = {body.key for body in bodies}
    below: dict[str, list[blocks.Body]] = defaultdict(list)
    for body in bodies:
        below[superior.get(body.key, "")].append(body)
    placed: set[str] = set()

    def chain(*waiting: blocks.Body) -> list[blocks.Body]:
        found, rest = [], [*reversed(waiting)]
        while rest:
            body = rest.pop()
            if body.key not in placed:
                placed.add(body.key)
                found.append(body)
                rest += reversed(below[body.key])
        return found

    ordered: list[blocks.Body] = []
    for first in sorted(bodies, key=lambda body: superior.get(body.key) in inside):
        if first.key not in placed:
            placed.add(first.key)
            left = below[first.key][:1] if len(below[first.key]) > 1 else []
            ordered += [*reversed(chain(*left)), first, *chain(*below[first.key])]
    return ordered


def _rows(bodies: list[blocks.Body]) -> Rows:
    """The bodies of a tier in as few rows as hold them, evenly filled."""
    count = -(-len(bodies) // PER_ROW)
    size = -(-len(bodies) // count) if count else 0
    return [bodies[start : start + size] for start in range(0, len(bodies), size)] if size else []


def _said(line: blocks.Line, names: dict[str, str]) -> str:
    words = {"above": names[line.above], "below": names[line.below]}
    if line.kind == "works":
        return _("%(below)s works together with %(above)s") % words
    return _("%(below)s reports to %(above)s") % words


def _words(body: blocks.Body, lines: Sequence[blocks.Line], names: dict[str, str]) -> list[str]:
    """What its lines say, seen from one body."""
    above = [names[line.above] for line in lines if line.kind == "reports" and line.below == body.key]
    together = [
        names[line.below if line.above == body.key else line.above]
        for line in lines
        if line.kind == "works" and body.key in (line.above, line.below)
    ]
    said = [_("reports to %(name)s") % {"name": name} for name in above]
    return said + ([_("works together with %(names)s") % {"names": listed(together)}] if together else [])


def _svg(drawing: Drawing, names: dict[str, str], *, rtl: bool) -> dict[str, Any] | None:
    """The nets with their lines; what runs level is drawn first and hops over what crosses it."""
    if not drawing.lines:
        return None
    nets = []
    for net, lines in drawing.lines.items():
        shares = [
            {"x1": _x(x1, rtl=rtl), "y1": _percent(y1), "x2": _x(x2, rtl=rtl), "y2": _percent(y2)}
            for x1, y1, x2, y2 in lines
        ]
        nets.append(
            {
                "dashed": net.kind == "works",
                "level": [line for line in shares if line["y1"] == line["y2"]],
                "upright": [line for line in shares if line["y1"] != line["y2"]],
                "hops": [{"x": _x(x, rtl=rtl), "y": _percent(y)} for x, y in drawing.hops[net]],
                "ends": [_end(end, rtl=rtl) for end in sorted(drawing.ends[net])],
            }
        )
    return {
        "title": "; ".join(_said(line, names) for line in drawing.said) or _("Lines that pass by"),
        "nets": nets,
    }


def _end(end: tuple[float, float, int, int], *, rtl: bool) -> dict[str, Any]:
    """A dot that touches the box which it stands for."""
    x, y, aside, down = end
    return {"x": _x(x, rtl=rtl), "y": _percent(y), "dx": DOT * (-aside if rtl else aside), "dy": DOT * down}


def _x(share: float, *, rtl: bool) -> str:
    return _percent(1 - share if rtl else share)


def _percent(share: float) -> str:
    return f"{share * 100:.2f}%"
