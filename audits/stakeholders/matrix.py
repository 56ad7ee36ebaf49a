"""The power-interest matrix as a drawing: five steps each way, and who stands where as a numbered dot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from textwrap import wrap

from .enums import Degree, Quadrant
from .models import Stakeholder

CELL = 64
HEAD = 30
"""Height of the line above each row of fields, in which their names stand."""
LEFT, TOP, FOOT = 22, 2, 22
STEPS = len(Degree)
SIDE = sum(degree.is_high for degree in Degree)
"""Steps on either side of the middle one."""
WIDTH = LEFT + STEPS * CELL + 2
HEIGHT = TOP + STEPS * CELL + 2 * HEAD + FOOT
LINE = 9
"""Letters of a field's name that stand in one line above each step that it has."""


@dataclass(frozen=True)
class Dot:
    """A stakeholder, or with `more` those that have no room of their own there."""

    x: float
    y: float
    radius: float
    number: int
    more: int = 0

    @property
    def letters(self) -> float:
        """Size of the letters in it: three digits have room."""
        return self.radius * 0.85


@dataclass(frozen=True)
class Field:
    """A field; `lines` are those of its name, each with its y, `name_x` where they begin."""

    quadrant: Quadrant
    x: int
    y: int
    width: int
    height: int
    name_x: int
    lines: list[tuple[int, str]]


@dataclass(frozen=True)
class Drawing:
    """`power_y` and `interest_x` are the middles of the axes, at which their names stand."""

    width: int
    height: int
    power_x: int
    power_y: int
    interest_x: int
    interest_y: int
    fields: list[Field]
    dots: list[Dot]


def drawing(placed: Iterable[tuple[int, Stakeholder]]) -> Drawing:
    """The matrix with stakeholders that have their place in it, each with the number of its row in the table."""
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, one in placed:
        assert one.power
        assert one.interest
        cells[one.interest, one.power].append(number)
    return Drawing(
        WIDTH,
        HEIGHT,
        LEFT - 8,
        (HEIGHT - FOOT) // 2,
        LEFT + STEPS * CELL // 2,
        HEIGHT - 7,
        # The band goes below the four: what they leave free of it is the middle of each axis.
        [_band(), *(_field(quadrant) for quadrant in Quadrant if quadrant != Quadrant.BETWEEN)],
        [dot for place, numbers in cells.items() for dot in _dots(*place, numbers)],
    )


def _field(quadrant: Quadrant) -> Field:
    size = SIDE * CELL
    beyond = size + (STEPS - 2 * SIDE) * CELL
    x = LEFT + beyond if quadrant.interested else LEFT
    y = TOP if quadrant.powerful else TOP + HEAD + beyond
    return Field(quadrant, x, y, size, size + HEAD, x + 6, _lines(quadrant, y, SIDE))


def _band() -> Field:
    """The whole square, its name above the middle column."""
    size = STEPS * CELL
    name_x = LEFT + SIDE * CELL + 6
    lines = _lines(Quadrant.BETWEEN, TOP, STEPS - 2 * SIDE)
    return Field(Quadrant.BETWEEN, LEFT, TOP, size, size + 2 * HEAD, name_x, lines)


def _lines(quadrant: Quadrant, y: int, steps: int) -> list[tuple[int, str]]:
    return [(y + 12 + 11 * at, line) for at, line in enumerate(wrap(str(quadrant.label), LINE * steps)[:2])]


def _dots(interest: int, power: int, numbers: list[int]) -> Iterator[Dot]:
    """Side by side in their cell, the smaller the more they are; those beyond the last share one dot that counts them."""
    across = next(side for side in (1, 2, 3) if len(numbers) <= side * side or side == 3)
    room = CELL / across
    heads = HEAD if power >= Degree.SOME else 2 * HEAD
    left = LEFT + (interest - 1) * CELL
    top = TOP + heads + (STEPS - power) * CELL
    shown = numbers if len(numbers) <= across * across else numbers[: across * across - 1]
    for at, number in enumerate([*shown, 0] if len(shown) < len(numbers) else shown):
        x, y = left + room * (at % across + 0.5), top + room * (at // across + 0.5)
        yield Dot(x, y, min(13, room / 2 - 1), number, 0 if number else len(numbers) - len(shown))
