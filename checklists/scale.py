"""The scale of the checklist: "a scale of 1 to 5, with 5 being excellent and 1 being poor" (toolkit).

Forms, scoring and charts all read this one object. The words for the steps go through gettext and stand with the
forms. Colours are for results only, never for inputs, where they would nudge.
"""

from collections.abc import Iterator
from dataclasses import dataclass

INK = "#1b2733"
PAPER = "#ffffff"


@dataclass(frozen=True, slots=True)
class Step:
    """One score: its value, the key it has in stylesheets, its colour and the colour of text on it (CSS hex)."""

    value: int
    key: str
    colour: str
    ink: str


@dataclass(frozen=True, slots=True)
class Scale:
    """The steps from poor to excellent. Iterating gives the steps; `value in scale` says whether it is a score."""

    steps: tuple[Step, ...]

    @property
    def values(self) -> tuple[int, ...]:
        return tuple(step.value for step in self.steps)

    def __iter__(self) -> Iterator[Step]:
        return iter(self.steps)

    def __len__(self) -> int:
        return len(self.steps)

    def __contains__(self, value: object) -> bool:
        return type(value) is int and value in self.values


SCALE = Scale(
    (
        Step(1, "r1", "#b35806", PAPER),
        Step(2, "r2", "#f0a54a", INK),
        Step(3, "r3", "#dadada", INK),
        Step(4, "r4", "#8cbad9", INK),
        Step(5, "r5", "#2166ac", PAPER),
    )
)
