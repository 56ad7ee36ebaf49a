"""Figures and the one place where they are rounded."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import isqrt, lcm, sqrt

from ..scale import SCALE

Number = Fraction | Decimal | int


def shown(value: Number) -> Decimal:
    """The value as it is shown: two decimals, a half goes away from zero (2.675 -> 2.68).

    Whatever compares figures (best and worst, the list for discussion, change) compares these, so that it agrees
    with what is seen. Binary floats are not taken: in them a tie is lost before it can be rounded.
    """
    exact = Fraction(value)
    hundredths = (abs(exact) * 200 + 1) // 2
    return Decimal(hundredths if exact >= 0 else -hundredths).scaleb(-2)


def over_common_denominator(values: Iterable[Fraction]) -> tuple[list[int], int]:
    """The numerators of the values over one denominator, and that denominator; whole numbers add up faster."""
    fractions = list(values)
    unit = lcm(*(value.denominator for value in fractions))
    return [value.numerator * (unit // value.denominator) for value in fractions], unit


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean with its spread and the number of people behind it (DESIGN rules 1 and 3).

    `mean` is on the scale 1-5 and None without any score; `variance` is the sample variance (divisor n - 1), None
    below n = 2; both are exact. `n` counts people.
    """

    mean: Fraction | None
    variance: Fraction | None
    n: int

    @classmethod
    def of(cls, scores: Iterable[Fraction]) -> "Figure":
        """The figure of one score per person."""
        values, unit = over_common_denominator(scores)
        n = len(values)
        if not n:
            return cls(None, None, 0)
        total = sum(values)
        mean = Fraction(total, n * unit)
        if n == 1:
            return cls(mean, None, 1)
        squares = sum(value * value for value in values)
        return cls(mean, Fraction(n * squares - total * total, n * (n - 1) * unit * unit), n)

    @property
    def sd(self) -> float | None:
        """The sample standard deviation ("Spread")."""
        return None if self.variance is None else sqrt(self.variance)

    @property
    def mean_shown(self) -> Decimal | None:
        return None if self.mean is None else shown(self.mean)

    @property
    def sd_shown(self) -> Decimal | None:
        """The standard deviation as shown, rounded from the exact variance: 0.995 is 1.00, not 0.99."""
        if self.variance is None:
            return None
        return Decimal((isqrt(int(self.variance * 40_000)) + 1) // 2).scaleb(-2)


@dataclass(frozen=True, slots=True)
class Distribution:
    """How often each score was given, from 1 to 5. Counts answers, which per-place sections have more of than people."""

    counts: tuple[int, ...]

    @classmethod
    def of(cls, values: Iterable[int]) -> "Distribution":
        given = list(values)
        return cls(tuple(given.count(value) for value in SCALE.values))

    def __add__(self, other: "Distribution") -> "Distribution":
        return Distribution(tuple(map(sum, zip(self.counts, other.counts, strict=True))))

    @property
    def answers(self) -> int:
        return sum(self.counts)
