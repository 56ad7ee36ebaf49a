"""Walks or places beside stakeholder groups of the same people (DESIGN rule 4, "Dimensions are never crossed").

Each split is safe by itself. Beside another one, a difference may be one person: of a walk on which all but one belong
to a group that hardly went anywhere else, "walk minus group" is that one, for whoever knows who was there.

What adding and subtracting can reach: each shown group is taken so many times, each shown walk so many times, and every
person counts the sum of the two. People drop out where the two cancel out. Whatever is left then lies between some
groups and walks, and the rest of them. It is therefore enough that, however groups and walks are put on two sides, the
people with their group on one side and their walk on the other are nobody or at least 5. Who is not shown by itself
stands in the smallest shown figure around, as in `audits/small_numbers.py`.

What remains, at places. A person's score is the mean over that person's places, so people with two places weigh in
the whole otherwise than at each place, and do not drop out with those who have one. The whole alone, which DESIGN
rules 2 and 3 show with its mean over people and its distribution over answers, already tells the scores of those
together who answered at fewer places than the others; places tell a little more of where that was. Who was at how
many places has to be known for it.

Where a statement fails, its walks are not shown, and those of its section and of the checklist neither, from which they
could be reckoned. The groups stay: they are what the toolkit asks for first.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from itertools import chain

from audits.small_numbers import MINIMUM

from .results import ChecklistResult
from .small_numbers import Breakdown, Hidden, Person, Reason, Split

Seen = tuple[Hashable, Hashable, Hashable]
"""A person, and the smallest shown figures of the one and of the other split in which that person stands."""


def walks_beside(
    walks: Breakdown, groups: Breakdown, result: ChecklistResult, people: Iterable[Person], walkers: Iterable[Person]
) -> Breakdown:
    """The figures by walk that may stand beside those by group. `people` name their group, `walkers` their walk."""
    group_of = {person.key: person.group for person in people}
    walk_of = {person.key: person.group for person in walkers}

    def seen(codes: Iterable[str], group: Split, walk: Split) -> Iterator[Seen]:
        wanted = set(codes)
        for who, scores in result.scores.items():
            if wanted & scores.keys():
                yield who, group.around(group_of.get(who)), walk.around(walk_of.get(who))

    return _without_crossing(walks, groups, result, seen)


def places_beside(places: Breakdown, groups: Breakdown, result: ChecklistResult, people: Iterable[Person]) -> Breakdown:
    """The figures by place of one section that may stand beside those by group."""
    group_of = {person.key: person.group for person in people}

    def seen(codes: Iterable[str], group: Split, place: Split) -> Iterator[Seen]:
        wanted = set(codes)
        for (who, where), scores in result.at_places.items():
            if wanted & scores.keys():
                yield who, group.around(group_of.get(who)), place.around(where)

    return _without_crossing(places, groups, result, seen)


def _without_crossing(
    walks: Breakdown,
    groups: Breakdown,
    result: ChecklistResult,
    seen: Callable[[Iterable[str], Split, Split], Iterator[Seen]],
) -> Breakdown:
    codes = {section.key: [item.item for item in section.items] for section in result.sections}
    here = {key: codes[key] for key in walks.sections}
    failed = {code for code, split in walks.items.items() if gives_away(seen([code], groups.items[code], split))}
    sections = {
        key
        for key, split in walks.sections.items()
        if failed & set(here[key]) or gives_away(seen(here[key], groups.sections[key], split))
    }
    whole = bool(sections) or gives_away(seen(chain(*here.values()), groups.checklist, walks.checklist))
    return Breakdown(
        items={code: _hide_all(split) if code in failed else split for code, split in walks.items.items()},
        sections={key: _hide_all(split) if key in sections else split for key, split in walks.sections.items()},
        checklist=_hide_all(walks.checklist) if whole else walks.checklist,
    )


def gives_away(seen: Iterable[Seen]) -> bool:
    """Whether the figures of both splits together give away what 1 to 4 people said."""
    stands_in: dict[Hashable, set[Hashable]] = {}
    for who, one, other in seen:
        stands_in.setdefault(who, set()).update({(0, one), (1, other)})
    between = fewest_between(map(frozenset, stands_in.values()))
    return between is not None and between < MINIMUM


def fewest_between(people: Iterable[frozenset[Hashable]]) -> int | None:
    """The fewest people who stand on both sides when figures are put on two sides, other than nobody; None where no
    two sides have anybody in between. `people` has the figures in which each of them stands.

    This is the minimum cut of a hypergraph with a person as an edge: figures are lined up by how many people tie them
    to those before, whoever ties the last one is a candidate, and the last two become one (R. Klimmek and F. Wagner,
    "A simple hypergraph min cut algorithm", 1996).
    """
    ties = Counter(people)
    found = None
    while any(len(figures) > 1 for figures in ties):
        start = next(figure for figures in ties if len(figures) > 1 for figure in figures)
        tied = {start: 0}
        line: list[Hashable] = []
        met: set[frozenset[Hashable]] = set()
        # Only what is tied to the line joins it: elsewhere, nobody stands in between.
        while tied:
            figure = max(tied, key=lambda one: tied[one])
            last = tied.pop(figure)
            line.append(figure)
            for figures in ties:
                if figure in figures and figures not in met:
                    met.add(figures)
                    for one in figures - set(line):
                        tied[one] = tied.get(one, 0) + ties[figures]
        found = last if found is None else min(found, last)
        merged: Counter[frozenset[Hashable]] = Counter()
        for figures, number in ties.items():
            merged[frozenset(line[-2] if one == line[-1] else one for one in figures)] += number
        ties = merged
    return found


def _hide_all(split: Split) -> Split:
    hidden = Hidden(Reason.CROSSING)
    return Split(groups=dict.fromkeys(split.groups, hidden), families=dict.fromkeys(split.families, hidden))
