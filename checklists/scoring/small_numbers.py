"""Figures of groups and places as far as they may be shown: `audits/small_numbers.py` has the rule, and why."""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from audits.small_numbers import MINIMUM, Column, Group, Members, Target, Tree

from .figures import Figure
from .results import ChecklistResult, Scores, Section, own_mean


class Reason(StrEnum):
    """Why a figure is not shown. Its own wording stands with the page."""

    TOO_FEW = "too-few"
    """Fewer than 5 people answered."""
    ROLLED_UP = "rolled-up"
    """Fewer than 5 people answered; they stand in the figure of their family."""
    PROTECTS_OTHER = "protects-other"
    """Enough people answered, but with this figure a hidden one could be worked out."""
    CROSSING = "crossing"
    """Enough people answered, but single answers could be worked out from it beside the figures of groups."""


@dataclass(frozen=True, slots=True)
class Person:
    """A participant and the group that the participant named, in the one dimension that is compared."""

    key: Hashable
    group: Hashable | None


@dataclass(frozen=True, slots=True)
class Shown:
    figure: Figure


@dataclass(frozen=True, slots=True)
class Hidden:
    """`into` is the family whose shown figure includes these people; None where no shown figure but the whole does."""

    reason: Reason
    into: Hashable | None = None


Cell = Shown | Hidden


@dataclass(frozen=True, slots=True)
class Split:
    """One target (statement, section, checklist, attendance) by group and by family, in the order of the groups."""

    groups: Mapping[Hashable, Cell]
    families: Mapping[Hashable, Cell]

    @property
    def hidden(self) -> Mapping[Hashable, Hidden]:
        """The groups that are not shown with the reason: what the sentence below a table says."""
        return {key: cell for key, cell in self.groups.items() if isinstance(cell, Hidden)}

    def around(self, group: Hashable | None) -> Hashable:
        """The smallest shown figure in which people of a group stand; None is the whole."""
        cell = self.groups.get(group)
        if isinstance(cell, Shown):
            return ("group", group)
        return ("family", cell.into) if cell and cell.into is not None else None


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Statements by code, sections by key, and all of these sections together."""

    items: Mapping[str, Split]
    sections: Mapping[str, Split]
    checklist: Split


def publishable(sheets: int) -> bool:
    """Whether a published output of so many sheets shows any figure (DESIGN rule 4)."""
    return sheets >= MINIMUM


def by_group(result: ChecklistResult, people: Iterable[Person], groups: Sequence[Group]) -> Breakdown:
    """The figures of each group and family that has participants. `groups` is one dimension, never two crossed, and of
    one pool of sheets: the groups of a single walk are not shown beside those of all walks (see above).

    It serves for walks too: the groups are then the walks. Who is not among `people` counts as without a group.
    Raises ValueError where a person names a group that is not among `groups`.
    """
    named = _named(people, groups)
    rows = [_Row(who, named.get(who), scores) for who, scores in result.scores.items()]
    sections = [Section(section.key, tuple(item.item for item in section.items)) for section in result.sections]
    return _breakdown(rows, sections, groups)


def by_place(result: ChecklistResult, section: str, places: Sequence[Group]) -> Breakdown:
    """The figures of one section and its statements at each place where anyone scored it.

    The family of a place is its walk, where those of several walks stand side by side and each walk's whole is shown
    elsewhere. Answers without a place count as hidden ones. Raises KeyError for a section that the checklist does not
    have and ValueError for an answer at a place that is not among `places`.
    """
    codes = {one.key: tuple(item.item for item in one.items) for one in result.sections}[section]
    here = [
        _Row(who, place, {code: scores[code] for code in codes if code in scores})
        for (who, place), scores in result.at_places.items()
    ]
    rows = [row for row in here if row.scores]
    if unknown := {row.leaf for row in rows} - {None, *(place.key for place in places)}:
        raise ValueError(f"Answers at unknown places: {unknown!r}.")
    return _breakdown(rows, [Section(section, codes)], places)


def attendance(people: Iterable[Person], groups: Sequence[Group]) -> Split:
    """How many took part, by one coarse dimension, with the same rolling up and hiding; figures have `n` alone.

    A group that nobody belongs to is shown with 0. Raises ValueError as `by_group` does.
    """
    members: Members = {}
    for who, group in _named(people, groups).items():
        members.setdefault(group, {})[who] = Fraction(0)
    target = Target(Tree([group for group in groups if group.key in members]), members)
    counted = _split(target, lambda counted: Figure(None, None, len(counted)))
    nobody = Shown(Figure(None, None, 0))
    return Split(
        groups={group.key: counted.groups.get(group.key, nobody) for group in groups},
        families={
            group.family: counted.families.get(group.family, nobody) for group in groups if group.family is not None
        },
    )


def _named(people: Iterable[Person], groups: Sequence[Group]) -> dict[Hashable, Hashable | None]:
    named = {person.key: person.group for person in people}
    if unknown := set(named.values()) - {None, *(group.key for group in groups)}:
        raise ValueError(f"People of unknown groups: {unknown!r}.")
    return named


@dataclass(frozen=True, slots=True)
class _Row:
    """The scores of one person in one leaf (a group or a place). At places, a person has a row in each."""

    person: Hashable
    leaf: Hashable | None
    scores: Scores


def _breakdown(rows: Sequence[_Row], sections: Sequence[Section], groups: Sequence[Group]) -> Breakdown:
    present = {row.leaf for row in rows}
    tree = Tree([group for group in groups if group.key in present])

    def members(codes: Sequence[str]) -> Members:
        found: Members = {}
        for row in rows:
            if (score := own_mean(row.scores, codes)) is not None:
                found.setdefault(row.leaf, {})[row.person] = score
        return found

    def gapless(codes: Sequence[str]) -> set[Hashable | None]:
        patterns: dict[Hashable | None, set[frozenset[str]]] = {}
        for row in rows:
            if pattern := frozenset(row.scores.keys() & codes):
                patterns.setdefault(row.leaf, set()).add(pattern)
        return {leaf for leaf, ways in patterns.items() if len(ways) == 1}

    def target(codes: Sequence[str], parts: Sequence[Target]) -> Target:
        return Target(tree, members(codes), parts, gapless(codes))

    items = {code: Target(tree, members([code])) for section in sections for code in section.items}
    parts = {section.key: target(section.items, [items[code] for code in section.items]) for section in sections}
    checklist = target(list(items), list(parts.values()))
    return Breakdown(
        items={code: _split(item) for code, item in items.items()},
        sections={key: _split(part) for key, part in parts.items()},
        checklist=_split(checklist),
    )


def _split(target: Target, figure: Callable[[Collection[Fraction]], Figure] = Figure.of) -> Split:
    def cell(column: Column) -> Cell:
        if column in target.shown:
            leaves = target.tree.leaves[column]
            return Shown(figure([score for leaf in leaves for score in target.members.get(leaf, {}).values()]))
        family = target.tree.parent[column]
        into = family.key if family in target.shown and family is not None else None
        if target.enough(column):
            return Hidden(Reason.PROTECTS_OTHER, into)
        return Hidden(Reason.TOO_FEW if into is None else Reason.ROLLED_UP, into)

    return Split(
        groups={column.key: cell(column) for column in target.tree.leaves if not column.is_family},
        families={column.key: cell(column) for column in target.tree.leaves if column.is_family},
    )
