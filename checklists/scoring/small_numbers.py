"""Figures of groups and places, and which of them may be shown (DESIGN rule 4).

The rule: a group's figure needs 5 people of it who answered that statement. Groups below 5 are rolled up into their
family; a family below 5 is hidden, and then the next smallest, until the hidden people together are at least 5.

Why the next smallest goes too. The whole is always shown, so whoever is not shown stands in "whole minus the shown".
In the same way a family beside its groups shows "family minus its shown groups". Groups lie inside families, so all
that one can reach by adding and subtracting the figures of one statement are sums of such remainders. It is therefore
enough that each remainder holds nobody or at least 5 people. That is decided anew for each statement and section,
since not the same people answered. People without a group are part of the remainder. A hidden family takes its groups
with it. Means, deviations and counts all add up over people, so one rule serves for them.

Why statements can cost a section a figure. The section figure of a group without gaps is the mean of its figures for
the statements. Where one statement hides such a group to protect another, "section minus the other statements" would
bring it back, and the other one with it: whom that statement hides together, the section then hides together too.
Conversely, such a group cannot protect another in the section if all its statements show it. In a group with gaps the
statements weigh differently for each person; there is no such equation, and its section figure stays. The checklist
stands to its sections, and to their statements, as a section to its statements.

What remains. How far a section's figure lies from the mean of its statements' figures depends on those people alone
who left gaps. Who knows where the gaps are can reckon from it, as closely as two decimals allow, what these people
scored together in the section. Rules 2 and 3 show both figures of the whole, so hiding groups could not prevent it.
And a split is safe by itself, not beside that of another pool: "migrants of all walks minus migrants of this walk" may
be few. So the groups of one pool of sheets are shown, not the pool's and its single walks'. What may stand beside them
of walks and places of the same people is decided in `crossing`.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import chain

from .figures import Figure
from .results import MINIMUM, ChecklistResult, Scores, Section, own_mean


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
class Group:
    """A stakeholder group with its family, or a place with its walk. In a dimension without families (gender, walk, the
    places of one walk) it stands alone."""

    key: Hashable
    family: Hashable | None = None


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
    members: _Members = {}
    for who, group in _named(people, groups).items():
        members.setdefault(group, {})[who] = Fraction(0)
    target = _Target(_Tree([group for group in groups if group.key in members]), members)
    counted = target.split(lambda counted: Figure(None, None, len(counted)))
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


_Members = dict[Hashable | None, dict[Hashable, Fraction]]
"""By leaf, the people with a score and that score; leaf None are those without a group."""


@dataclass(frozen=True, slots=True)
class _Column:
    """A group or a family; their keys may be the same word."""

    key: Hashable
    is_family: bool = False


class _Tree:
    """Groups inside families inside the whole. The whole is None, and so is the leaf of people without a group."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self.parent: dict[_Column, _Column | None] = {}
        self.leaves: dict[_Column, list[Hashable]] = {}
        for group in groups:
            column = _Column(group.key)
            family = None if group.family is None else _Column(group.family, is_family=True)
            self.parent[column] = family
            self.leaves[column] = [group.key]
            if family is not None:
                self.parent[family] = None
                self.leaves.setdefault(family, []).append(group.key)

    def above(self, leaf: Hashable | None) -> list[_Column]:
        """The columns in which a leaf stands, smallest first."""
        found = []
        column = None if leaf is None else _Column(leaf)
        while column is not None:
            found.append(column)
            column = self.parent[column]
        return found


class _Target:
    """A statement, section, checklist or attendance, and which columns of it may be shown.

    `members` has, by leaf, the people with a score and that score. A section's `parts` are its statements, and the
    checklist's its sections. `gapless` are the leaves in which all of these people scored the same statements, so that
    their figure is a mean of their figures in the parts.

    A remainder is what is left of a shown column, or of the whole (None), without the shown columns inside it. No
    adding and subtracting of this target's own figures tells its leaves apart.
    """

    def __init__(
        self,
        tree: _Tree,
        members: _Members,
        parts: Sequence["_Target"] = (),
        gapless: Iterable[Hashable | None] = (),
    ) -> None:
        self.tree = tree
        # In the order of the groups: what is hidden first must not depend on who was typed in first.
        leaves = (None, *(column.key for column in tree.leaves if not column.is_family))
        self.members = {leaf: members[leaf] for leaf in leaves if leaf in members}
        self.parts = parts
        self.gapless = frozenset(gapless)
        self.shown = {column for column in tree.leaves if self.enough(column)}
        self.settle()

    def people(self, leaves: Iterable[Hashable | None]) -> set[Hashable]:
        return {who for leaf in leaves for who in self.members.get(leaf, ())}

    def enough(self, column: _Column) -> bool:
        return len(self.people(self.tree.leaves[column])) >= MINIMUM

    def remainder(self, leaf: Hashable | None) -> _Column | None:
        return next((column for column in self.tree.above(leaf) if column in self.shown), None)

    def remainders(self) -> dict[_Column | None, set[Hashable | None]]:
        found: dict[_Column | None, set[Hashable | None]] = {}
        for leaf in self.members:
            found.setdefault(self.remainder(leaf), set()).add(leaf)
        return found

    def hide(self, column: _Column) -> None:
        """Hides a column, and a family with its groups."""
        self.shown -= {column, *(inside for inside, around in self.tree.parent.items() if around == column)}

    def hide_next(self, remainder: _Column | None) -> None:
        """Adds the smallest shown column inside to a remainder (of equal ones the first), or, where there is none, the
        remainder to what it is part of."""
        inside = [one for one in self.tree.leaves if one in self.shown and self.tree.parent[one] == remainder]
        smallest = min(inside, key=lambda one: len(self.people(self.tree.leaves[one])), default=remainder)
        if smallest is not None:
            self.hide(smallest)

    def settle(self) -> None:
        """Hides more until the figures are safe, by themselves and beside those of the parts."""
        before: set[_Column] = set()
        while before != self.shown:
            before = set(self.shown)
            self.fill_up()
            for part in self.parts:
                self.keep_together(part)
                for statement in part.parts:
                    self.keep_together(statement, part)

    def fill_up(self) -> None:
        """Hides the next smallest until each remainder has nobody or at least 5 people, also without those whom the
        parts tell apart from the rest."""
        while self.shown:
            for remainder, leaves in self.remainders().items():
                counts = {len(self.people(leaves)), len(self.people(leaves - self.told_apart(leaves)))}
                if any(0 < count < MINIMUM for count in counts):
                    self.hide_next(remainder)
                    break
            else:
                return

    def told_apart(self, leaves: Set[Hashable | None]) -> Set[Hashable | None]:
        """Those of a remainder's leaves whose figure here is a mean of figures that the parts show without the others."""
        gapless = self.gapless & leaves
        pieces = chain.from_iterable(part.pieces() for part in self.parts)
        return gapless.difference(*(piece for piece in pieces if not piece <= gapless))

    def pieces(self) -> Iterator[Set[Hashable | None]]:
        """The leaves that cannot be told apart here, not even with the parts."""
        for leaves in self.remainders().values():
            apart = self.told_apart(leaves)
            yield from ({leaf} for leaf in apart)
            yield leaves - apart

    def keep_together(self, part: "_Target", *between: "_Target") -> None:
        """Hides here what tells apart whom a part hides together, alone or with the targets between."""
        reckoned = [target.reckoned() for target in (self, *between)]
        for piece in part.pieces():
            apart: dict[Hashable, set[Hashable | None]] = {}
            for leaf in piece:
                apart.setdefault(tuple((leaf in known, known.get(leaf)) for known in reckoned), set()).add(leaf)
            if len(apart) > 1 and any(len(part.people(some)) < MINIMUM for some in apart.values()):
                for leaf in piece:
                    for column in self.tree.above(leaf):
                        if column != part.remainder(leaf):
                            self.hide(column)

    def reckoned(self) -> dict[Hashable | None, _Column | None]:
        """The leaves in remainders without any gap, which may be reckoned from the parts; with that remainder."""
        uneven = {self.remainder(leaf) for leaf in self.members if leaf not in self.gapless}
        remainders = {leaf: self.remainder(leaf) for leaf in self.members}
        return {leaf: remainder for leaf, remainder in remainders.items() if remainder not in uneven}

    def split(self, figure: Callable[[Collection[Fraction]], Figure] = Figure.of) -> Split:
        def cell(column: _Column) -> Cell:
            if column in self.shown:
                leaves = self.tree.leaves[column]
                return Shown(figure([score for leaf in leaves for score in self.members.get(leaf, {}).values()]))
            family = self.tree.parent[column]
            into = family.key if family in self.shown and family is not None else None
            if self.enough(column):
                return Hidden(Reason.PROTECTS_OTHER, into)
            return Hidden(Reason.TOO_FEW if into is None else Reason.ROLLED_UP, into)

        return Split(
            groups={column.key: cell(column) for column in self.tree.leaves if not column.is_family},
            families={column.key: cell(column) for column in self.tree.leaves if column.is_family},
        )


def _breakdown(rows: Sequence[_Row], sections: Sequence[Section], groups: Sequence[Group]) -> Breakdown:
    present = {row.leaf for row in rows}
    tree = _Tree([group for group in groups if group.key in present])

    def members(codes: Sequence[str]) -> _Members:
        found: _Members = {}
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

    def target(codes: Sequence[str], parts: Sequence[_Target]) -> _Target:
        return _Target(tree, members(codes), parts, gapless(codes))

    items = {code: _Target(tree, members([code])) for section in sections for code in section.items}
    parts = {section.key: target(section.items, [items[code] for code in section.items]) for section in sections}
    checklist = target(list(items), list(parts.values()))
    return Breakdown(
        items={code: item.split() for code, item in items.items()},
        sections={key: part.split() for key, part in parts.items()},
        checklist=checklist.split(),
    )
