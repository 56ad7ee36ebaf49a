"""Which figures of groups of people may be shown: one rule for every method (DESIGN rule 4).

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
of walks and places of the same people is decided in `checklists/scoring/crossing.py`.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from typing import TypeVar

MINIMUM = 5
"""People without whom a figure says too little, and too much about each of them."""

Kind = TypeVar("Kind", bound=Hashable)


def shown(counts: Mapping[Kind, int], total: int) -> dict[Kind, int]:
    """Of the numbers of people of each kind, in one dimension, those that may stand beside the total. A kind of which
    there is nobody is shown with 0.

    Raises ValueError where the kinds together are more than the total.
    """
    rest = total - sum(counts.values())
    if rest < 0:
        raise ValueError("More people of single kinds than there are in all.")
    people: dict[Kind, Set[Hashable]] = {
        kind: {(kind, place) for place in range(number)} for kind, number in counts.items()
    }
    kinds = shown_kinds(people, {(None, place) for place in range(rest)})
    return {kind: number for kind, number in counts.items() if kind in kinds}


def shown_kinds(people: Mapping[Kind, Set[Hashable]], others: Set[Hashable] = frozenset()) -> set[Kind]:
    """Of the kinds in one dimension, given with their people, those whose figures may stand beside the figure of all;
    `others` are of no kind. Somebody may be of several kinds, as who took photos in several parts of a city. A kind of
    which there is nobody is shown."""
    members: Members = {kind: dict.fromkeys(who, Fraction(0)) for kind, who in people.items() if who}
    members[None] = dict.fromkeys(others, Fraction(0))
    target = Target(Tree([Group(kind) for kind, who in people.items() if who]), members)
    return {kind for kind, who in people.items() if not who or Column(kind) in target.shown}


@dataclass(frozen=True, slots=True)
class Group:
    """A stakeholder group with its family, or a place with its walk. In a dimension without families (gender, walk, the
    places of one walk) it stands alone."""

    key: Hashable
    family: Hashable | None = None


Members = dict[Hashable | None, dict[Hashable, Fraction]]
"""By leaf, the people with a score and that score; leaf None are those without a group."""


@dataclass(frozen=True, slots=True)
class Column:
    """A group or a family; their keys may be the same word."""

    key: Hashable
    is_family: bool = False


class Tree:
    """Groups inside families inside the whole. The whole is None, and so is the leaf of people without a group."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self.parent: dict[Column, Column | None] = {}
        self.leaves: dict[Column, list[Hashable]] = {}
        for group in groups:
            column = Column(group.key)
            family = None if group.family is None else Column(group.family, is_family=True)
            self.parent[column] = family
            self.leaves[column] = [group.key]
            if family is not None:
                self.parent[family] = None
                self.leaves.setdefault(family, []).append(group.key)

    def above(self, leaf: Hashable | None) -> list[Column]:
        """The columns in which a leaf stands, smallest first."""
        found = []
        column = None if leaf is None else Column(leaf)
        while column is not None:
            found.append(column)
            column = self.parent[column]
        return found


class Target:
    """A statement, section, checklist or attendance, and which columns of it may be shown.

    `members` has, by leaf, the people with a score and that score. A section's `parts` are its statements, and the
    checklist's its sections. `gapless` are the leaves in which all of these people scored the same statements, so that
    their figure is a mean of their figures in the parts.

    A remainder is what is left of a shown column, or of the whole (None), without the shown columns inside it. No
    adding and subtracting of this target's own figures tells its leaves apart.
    """

    def __init__(
        self,
        tree: Tree,
        members: Members,
        parts: Sequence[Target] = (),
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

    def enough(self, column: Column) -> bool:
        return len(self.people(self.tree.leaves[column])) >= MINIMUM

    def remainder(self, leaf: Hashable | None) -> Column | None:
        return next((column for column in self.tree.above(leaf) if column in self.shown), None)

    def remainders(self) -> dict[Column | None, set[Hashable | None]]:
        found: dict[Column | None, set[Hashable | None]] = {}
        for leaf in self.members:
            found.setdefault(self.remainder(leaf), set()).add(leaf)
        return found

    def hide(self, column: Column) -> None:
        """Hides a column, and a family with its groups."""
        self.shown -= {column, *(inside for inside, around in self.tree.parent.items() if around == column)}

    def hide_next(self, remainder: Column | None) -> None:
        """Adds the smallest shown column inside to a remainder (of equal ones the first), or, where there is none, the
        remainder to what it is part of."""
        inside = [one for one in self.tree.leaves if one in self.shown and self.tree.parent[one] == remainder]
        smallest = min(inside, key=lambda one: len(self.people(self.tree.leaves[one])), default=remainder)
        if smallest is not None:
            self.hide(smallest)

    def settle(self) -> None:
        """Hides more until the figures are safe, by themselves and beside those of the parts."""
        before: set[Column] = set()
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

    def keep_together(self, part: Target, *between: Target) -> None:
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

    def reckoned(self) -> dict[Hashable | None, Column | None]:
        """The leaves in remainders without any gap, which may be reckoned from the parts; with that remainder."""
        uneven = {self.remainder(leaf) for leaf in self.members if leaf not in self.gapless}
        remainders = {leaf: self.remainder(leaf) for leaf in self.members}
        return {leaf: remainder for leaf, remainder in remainders.items() if remainder not in uneven}
