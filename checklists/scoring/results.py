"""Scores of items, sections and the whole checklist (DESIGN rules 1-3 and 5; toolkit, "City tours with checklists").

The toolkit asks for results "section by section and for the checklist as a whole", and says that "the final score is
the average one of all participants". So a person's section score is the mean of that person's item scores there, and
the section's is the mean over people: everyone has the same weight, however many statements they left empty.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import reduce

from audits.small_numbers import MINIMUM

from ..scale import SCALE
from .figures import Distribution, Figure, over_common_denominator

Scores = Mapping[str, Fraction]
"""Scores by permanent item code; what was not scored is not in it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one participant gave for one item: a score of 1-5, or None.

    None is "don't know" where `dont_know` is set and "left empty" otherwise; neither counts in any mean. `place` is
    given where the section was filled once per place.
    """

    participant: Hashable
    item: str
    value: int | None
    place: Hashable | None = None
    dont_know: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a checklist version with the permanent codes of its items, in order."""

    key: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemResult:
    """One statement: `figure` counts people, `distribution` counts answers; `dont_know` and `left_empty` count the
    people without a score, so that `figure.n + dont_know + left_empty` are all participants."""

    item: str
    figure: Figure
    distribution: Distribution
    dont_know: int
    left_empty: int

    @property
    def none_count(self) -> int:
        return self.dont_know + self.left_empty


@dataclass(frozen=True, slots=True)
class SectionResult:
    """One section: `figure` is over the participants' section scores, `distribution` over all answers given in it.
    `participants` are all of the walk, whether or not they scored anything here."""

    key: str
    items: tuple[ItemResult, ...]
    figure: Figure
    distribution: Distribution
    participants: int


@dataclass(frozen=True, slots=True)
class ChecklistResult:
    """The whole checklist. `scores` holds each participant's item scores and `at_places` those of each participant
    at each place (None: filled once), for comparisons; neither is ever published."""

    sections: tuple[SectionResult, ...]
    figure: Figure
    distribution: Distribution
    scores: Mapping[Hashable, Scores] = field(repr=False)
    at_places: Mapping[tuple[Hashable, Hashable | None], Scores] = field(repr=False)

    @property
    def participants(self) -> int:
        return len(self.scores)

    @property
    def items(self) -> tuple[ItemResult, ...]:
        return tuple(item for section in self.sections for item in section.items)


@dataclass(frozen=True, slots=True)
class Extremes:
    """The best-assessed and the most challenging statements of a section, each with all that tie."""

    best: tuple[ItemResult, ...]
    worst: tuple[ItemResult, ...]


def checklist_result(
    answers: Iterable[Answer], sections: Sequence[Section], participants: Iterable[Hashable] = ()
) -> ChecklistResult:
    """The results of one walk, or of several walks on one checklist version pooled (participant keys are unique).

    `participants` names those whose sheet counts; who has an answer counts in any case. Raises ValueError for a
    score off the scale (0 is not "none"), for an item that the sections do not have or have twice, and for a second
    answer of a participant to an item at the same place.
    """
    codes = [code for section in sections for code in section.items]
    if len(set(codes)) != len(codes):
        raise ValueError("The sections name an item twice.")
    known = set(codes)

    people = dict.fromkeys(participants)
    answered: set[tuple[Hashable, str, Hashable | None]] = set()
    given: dict[str, dict[Hashable, list[int]]] = {code: {} for code in codes}
    dont_know: dict[str, set[Hashable]] = {code: set() for code in codes}
    at_places: dict[tuple[Hashable, Hashable | None], dict[str, Fraction]] = {}
    for answer in answers:
        who, item, value = answer.participant, answer.item, answer.value
        if item not in known:
            raise ValueError(f"Item {item!r} is not on this checklist.")
        if (who, item, answer.place) in answered:
            raise ValueError(f"Two answers of {who!r} to {item!r} at {answer.place!r}.")
        answered.add((who, item, answer.place))
        people[who] = None
        if value is None:
            if answer.dont_know:
                dont_know[item].add(who)
        elif value not in SCALE:
            raise ValueError(f"{value!r} is not a score of {SCALE.values}.")
        else:
            given[item].setdefault(who, []).append(value)
            at_places.setdefault((who, answer.place), {})[item] = Fraction(value)

    scores: dict[Hashable, dict[str, Fraction]] = {who: {} for who in people}
    for code in codes:
        for who, values in given[code].items():
            scores[who][code] = Fraction(sum(values), len(values))

    def item_result(code: str) -> ItemResult:
        unsure = len(dont_know[code] - given[code].keys())
        return ItemResult(
            item=code,
            figure=Figure.of(scores[who][code] for who in given[code]),
            distribution=Distribution.of(value for values in given[code].values() for value in values),
            dont_know=unsure,
            left_empty=len(people) - len(given[code]) - unsure,
        )

    def section_result(section: Section) -> SectionResult:
        items = tuple(map(item_result, section.items))
        return SectionResult(
            key=section.key,
            items=items,
            figure=figure_over(scores.values(), section.items),
            distribution=_together(item.distribution for item in items),
            participants=len(people),
        )

    results = tuple(map(section_result, sections))
    return ChecklistResult(
        sections=results,
        figure=figure_over(scores.values(), codes),
        distribution=_together(section.distribution for section in results),
        scores=scores,
        at_places=at_places,
    )


def own_mean(scores: Scores, codes: Iterable[str]) -> Fraction | None:
    """A person's mean over those of the items that the person scored; None where that is none of them."""
    values, unit = over_common_denominator(scores[code] for code in codes if code in scores)
    return Fraction(sum(values), len(values) * unit) if values else None


def figure_over(people: Iterable[Scores], codes: Sequence[str]) -> Figure:
    """The mean over people of their own mean over the items (DESIGN rule 2)."""
    means = (own_mean(scores, codes) for scores in people)
    return Figure.of(mean for mean in means if mean is not None)


def _together(distributions: Iterable[Distribution]) -> Distribution:
    return reduce(Distribution.__add__, distributions, Distribution.of(()))


def extremes(section: SectionResult) -> Extremes:
    """The statements with the highest and the lowest mean as shown (DESIGN rule 5).

    Statements with fewer than 5 answers are left out, unless the walk had fewer than 5 participants altogether.
    """
    needed = MINIMUM if section.participants >= MINIMUM else 1
    means = [(item, item.figure.mean_shown) for item in section.items if item.figure.n >= needed]
    values = [mean for _, mean in means if mean is not None]
    if not values:
        return Extremes((), ())
    return Extremes(
        best=tuple(item for item, mean in means if mean == max(values)),
        worst=tuple(item for item, mean in means if mean == min(values)),
    )


def discussion(items: Iterable[ItemResult], threshold: Decimal = Decimal("1.00")) -> tuple[ItemResult, ...]:
    """The consensus list: items whose deviation as shown reaches the threshold, widest first, ties in given order.

    "In case there are significant variation between the scores of individuals, it is recommended to engage
    participants in a consensus building discussion" (toolkit; DESIGN rule 3).
    """
    spread = [(item, item.figure.sd_shown) for item in items]
    wide = [(item, sd) for item, sd in spread if sd is not None and sd >= threshold]
    return tuple(item for item, _ in sorted(wide, key=lambda pair: pair[1], reverse=True))
