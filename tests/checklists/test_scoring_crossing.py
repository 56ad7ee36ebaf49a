"""Walks and places beside the groups of the same people: by hand, and against everything that sums can reach."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from checklists.scoring import (
    Answer,
    Group,
    Person,
    Reason,
    Section,
    Shown,
    by_group,
    by_place,
    checklist_result,
    places_beside,
    walks_beside,
)
from checklists.scoring.crossing import fewest_between

GROUPS = (Group("schools", "institutions"), Group("ngo", "civil"), Group("migrants", "migrants"))
WALKS = (Group("harbour"), Group("station"))
SECTIONS = (Section("vision", ("V1", "V2")), Section("urban", ("U1",)))


def walked(table, *, empty=()):
    """`{("migrants", "harbour"): 8}`: so many people of that group on that walk; `empty` are (person, statement)."""
    people, walkers, answers = [], [], []
    for (group, walk), size in table.items():
        for _ in range(size):
            who = len(people)
            people.append(Person(who, group))
            walkers.append(Person(who, walk))
            answers += [Answer(who, code, 3) for code in ("V1", "V2", "U1") if (who, code) not in empty]
    result = checklist_result(answers, SECTIONS, [person.key for person in people])
    groups = by_group(result, people, GROUPS)
    walks = by_group(result, walkers, WALKS)
    return walks_beside(walks, groups, result, people, walkers), walks, groups


def shown(split):
    return {key for key, cell in split.groups.items() if isinstance(cell, Shown)}


def test_walks_of_mixed_groups_stand_beside_the_groups():
    beside, walks, _groups = walked(
        {
            ("migrants", "harbour"): 6,
            ("schools", "harbour"): 5,
            ("migrants", "station"): 7,
            ("schools", "station"): 6,
        }
    )
    assert beside == walks
    assert shown(beside.checklist) == {"harbour", "station"}


def test_walk_of_one_group_and_one_more_person_is_hidden_everywhere():
    beside, walks, _groups = walked({("migrants", "harbour"): 8, ("schools", "harbour"): 1, ("schools", "station"): 8})
    assert shown(walks.checklist) == {"harbour", "station"}
    for split in (*beside.items.values(), *beside.sections.values(), beside.checklist):
        assert {cell.reason for cell in split.groups.values()} == {Reason.CROSSING}


def test_walk_that_is_a_group_says_nothing_new():
    beside, walks, _groups = walked({("migrants", "harbour"): 8, ("schools", "station"): 8})
    assert beside == walks


def test_hidden_groups_count_as_one():
    """Schools and NGOs are hidden together: nobody can tell the one at the harbour from the five of both."""
    beside, walks, groups = walked(
        {
            ("migrants", "harbour"): 8,
            ("migrants", "station"): 8,
            ("schools", "harbour"): 1,
            ("ngo", "station"): 4,
        }
    )
    assert shown(groups.checklist) == {"migrants"}
    assert beside == walks


def test_statement_that_fails_takes_its_section_and_the_checklist_along_and_no_other_statement():
    """Of the schools on the harbour walk, only one answered V1."""
    table = {("migrants", "harbour"): 8, ("schools", "harbour"): 5, ("schools", "station"): 8}
    beside, walks, _groups = walked(table, empty={(who, "V1") for who in (8, 9, 10, 11)})
    assert shown(beside.items["V1"]) == shown(beside.sections["vision"]) == shown(beside.checklist) == set()
    assert beside.items["V2"] == walks.items["V2"]
    assert beside.sections["urban"] == walks.sections["urban"]
    assert shown(beside.sections["urban"]) == {"harbour", "station"}


def placed(*people):
    """`("migrants", "market", "quay")`: somebody of the group who scored U1 at these places."""
    answers = [Answer(who, "U1", 3, place) for who, (_group, *places) in enumerate(people) for place in places]
    result = checklist_result(answers, [Section("urban", ("U1",))])
    named = [Person(who, group) for who, (group, *_places) in enumerate(people)]
    places = by_place(result, "urban", [Group("market"), Group("quay")])
    return places_beside(places, by_group(result, named, GROUPS), result, named), places


def test_place_that_differs_from_a_group_by_one_person_is_hidden():
    one = [("migrants", "market")] * 8 + [("schools", "quay")] * 8
    beside, places = placed(*one)
    assert beside == places
    beside, _places = placed(*one, ("schools", "market"))
    assert shown(beside.items["U1"]) == shown(beside.sections["urban"]) == set()


@pytest.mark.parametrize(("number", "safe"), [(4, False), (5, True)])
def test_who_answered_at_two_places_is_one_person_all_the_same(number, safe):
    """So many of the schools answered at the market too, where else nobody but migrants did."""
    apart = [("migrants", "market")] * 8 + [("schools", "quay")] * 8
    beside, places = placed(*apart, *[("schools", "market", "quay")] * number)
    assert (beside == places) is safe
    beside, places = placed(*apart, *[("ngo", "market", "quay")] * 5)
    assert beside == places


def cuts(people):
    """The people on both sides, for every way to put the figures on two sides."""
    figures = sorted(frozenset().union(*people))
    for number in range(1, len(figures)):
        for side in map(set, combinations(figures, number)):
            yield sum(bool(person & side and person - side) for person in people)


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(st.lists(st.frozensets(st.sampled_from("abcdefg"), min_size=1, max_size=4), min_size=1, max_size=16))
def test_fewest_between_is_the_least_of_all_ways_to_put_figures_on_two_sides(people):
    assert fewest_between(people) == min(filter(None, cuts(people)), default=None)


# For any table: everything that adding and subtracting can reach


def reaches(rows, people):
    """Whether sums of the rows leave between 1 and 4 people: a row maps (group, walk) to how often it counts people
    who are there, of whom `people` has the number."""
    small = [cell for cell, size in people.items() if size < 5]
    for number in range(1, 5):
        for cells in combinations(small, number):
            if sum(people[cell] for cell in cells) < 5 and leaves(rows, [c for c in people if c not in cells], cells):
                return True
    return False


def leaves(rows, others, cells):
    """Whether some sum of the rows is 0 at all `others`, and not at all of `cells`."""
    rows = [{key: Fraction(value) for key, value in row.items()} for row in rows]
    for cell in others:
        pivot = next((row for row in rows if row.get(cell)), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        for row in rows:
            if factor := row.get(cell, 0) / pivot[cell]:
                for key, value in pivot.items():
                    row[key] = row.get(key, 0) - factor * value
    return any(row.get(cell) for row in rows for cell in cells)


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(
    st.dictionaries(
        st.tuples(st.sampled_from([group.key for group in GROUPS]), st.sampled_from(["harbour", "station"])),
        st.sampled_from([1, 2, 3, 5, 8]),
        min_size=2,
    )
)
def test_walks_are_hidden_exactly_where_sums_reach_one_to_four_people(table):
    """Unknown is how each group on each walk scored; published is the whole, and what is shown of groups and walks."""
    assume(sum(table.values()) >= 5)
    beside, walks, groups = walked(table)
    rows = [dict.fromkeys(table, 1)]
    for number, split in ((0, groups.checklist), (1, walks.checklist)):
        for key in shown(split):
            rows.append({cell: 1 for cell in table if cell[number] == key})
    alone = rows[: 1 + len(shown(groups.checklist))]
    assert not reaches(alone, table)
    assert (shown(beside.checklist) == shown(walks.checklist)) is not reaches(rows, table)
