"""Which figures of groups and places are shown (DESIGN rule 4): by hand, and attacked by adding and subtracting."""

from fractions import Fraction
from itertools import chain, combinations
from random import Random

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checklists.scoring import (
    Answer,
    Figure,
    Group,
    Hidden,
    Person,
    Reason,
    Section,
    Shown,
    attendance,
    by_group,
    by_place,
    checklist_result,
    publishable,
)

GROUPS = (
    Group("administration", "institutions"),
    Group("police", "institutions"),
    Group("schools", "institutions"),
    Group("ngo", "civil_society"),
    Group("mediators", "civil_society"),
    Group("migrants", "migrants"),
    Group("other", "other"),
)
FOR_ANY = settings(
    max_examples=60, deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
TOO_FEW = Hidden(Reason.TOO_FEW)
PROTECTS = Hidden(Reason.PROTECTS_OTHER)


def rolled_up(family):
    return Hidden(Reason.ROLLED_UP, into=family)


def protects_in(family):
    return Hidden(Reason.PROTECTS_OTHER, into=family)


class Walk:
    """People by group, each with the scores of each statement: `walk.add("police", V1=[3, 4])` adds two people."""

    def __init__(self, *sections):
        self.sections = sections
        self.people = []
        self.answers = []

    def add(self, group, **scores):
        for row in zip(*scores.values(), strict=True):
            who = f"{group} {len(self.people)}"
            self.people.append(Person(who, group))
            self.answers += [Answer(who, item, value) for item, value in zip(scores, row, strict=True)]
        return self

    def result(self):
        return checklist_result(self.answers, self.sections, [person.key for person in self.people])

    def split(self, groups=GROUPS):
        return by_group(self.result(), self.people, groups)


def walk_of(**sizes):
    """One statement that everyone scored, and how it splits."""
    walk = Walk(Section("vision", ("V1",)))
    for group, size in sizes.items():
        walk.add(None if group == "nobody" else group, V1=[3] * size)
    return walk


def numbers(split):
    """What one sees: numbers of people where shown, otherwise the reason."""
    cells = chain(split.families.items(), split.groups.items())
    return {key: cell.figure.n if isinstance(cell, Shown) else cell.reason.value for key, cell in cells}


def test_publishable_needs_five_sheets():
    assert [publishable(sheets) for sheets in (0, 4, 5, 26)] == [False, False, True, True]


def test_groups_of_five_and_more_are_shown_with_their_families():
    walk = Walk(Section("vision", ("V1",)))
    walk.add("administration", V1=[5, 5, 4, 4, 4]).add("ngo", V1=[1, 2, 3, 4, 5, 3])
    split = walk.split().items["V1"]
    # 22 / 5 = 4.4; squares 2 * 0.6² + 3 * 0.4² = 1.2; / 4 = 0.3
    assert split.groups["administration"] == Shown(Figure(Fraction(22, 5), Fraction(3, 10), 5))
    assert split.families["institutions"] == split.groups["administration"]
    # 18 / 6 = 3; squares 4 + 1 + 0 + 1 + 4 + 0 = 10; / 5 = 2
    assert split.groups["ngo"] == Shown(Figure(Fraction(3), Fraction(2), 6))
    assert split.hidden == {}
    # Groups that nobody came from are not listed.
    assert list(split.groups) == ["administration", "ngo"]


def test_small_groups_are_rolled_up_into_their_family():
    split = walk_of(administration=6, police=2, schools=3, migrants=8).split().items["V1"]
    # institutions 11 minus administration 6 leaves 5 people of two groups
    assert numbers(split) == {
        "institutions": 11,
        "migrants": 8,
        "administration": 6,
        "police": "rolled-up",
        "schools": "rolled-up",
    }
    assert split.hidden == {"police": rolled_up("institutions"), "schools": rolled_up("institutions")}


def test_group_that_would_give_a_rolled_up_one_away_is_hidden_in_the_family_too():
    # The drawn walk: institutions 14 minus administration 6 minus schools 5 would be the 3 of the police.
    split = walk_of(administration=6, police=3, schools=5, ngo=5, migrants=6).split().items["V1"]
    assert split.hidden == {"police": rolled_up("institutions"), "schools": protects_in("institutions")}
    assert split.families["institutions"].figure.n == 14
    assert split.groups["administration"].figure.n == 6
    assert split.groups["ngo"].figure.n == 5


def test_family_with_one_large_and_one_small_group_shows_the_family_alone():
    split = walk_of(ngo=7, mediators=2, migrants=9).split().items["V1"]
    assert split.hidden == {"ngo": protects_in("civil_society"), "mediators": rolled_up("civil_society")}
    assert split.families["civil_society"].figure.n == 9


def test_family_below_five_is_hidden_with_the_next_smallest():
    # 3 of civil society are too few, and 24 - 13 - 8 would show them: the next smallest family goes with all its groups.
    split = walk_of(administration=7, schools=6, ngo=2, mediators=1, migrants=8).split().items["V1"]
    assert split.families == {
        "institutions": Shown(Figure(Fraction(3), Fraction(0), 13)),
        "civil_society": TOO_FEW,
        "migrants": PROTECTS,
    }
    assert split.hidden == {"ngo": TOO_FEW, "mediators": TOO_FEW, "migrants": PROTECTS}


def test_hidden_families_of_five_together_need_no_other():
    split = walk_of(administration=7, ngo=3, migrants=8, other=2).split().items["V1"]
    assert numbers(split)["civil_society"] == numbers(split)["other"] == "too-few"
    assert numbers(split)["institutions"] == 7
    assert numbers(split)["migrants"] == 8


def test_people_without_a_group_count_as_hidden():
    split = walk_of(administration=7, migrants=8, nobody=1).split().items["V1"]
    # 16 - 7 - 8 would be the one person; with the administration hidden, 8 people are left
    assert split.families == {"institutions": PROTECTS, "migrants": Shown(Figure(Fraction(3), Fraction(0), 8))}
    assert walk_of(administration=7, migrants=8, nobody=5).split().items["V1"].hidden == {}


def test_two_groups_of_which_one_is_too_small_are_both_hidden():
    assert numbers(walk_of(ngo=4, migrants=5).split().items["V1"]) == {
        "civil_society": "too-few",
        "migrants": "protects-other",
        "ngo": "too-few",
    }


def test_figure_counts_the_people_who_answered_that_statement():
    walk = Walk(Section("vision", ("V1", "V2")))
    walk.add("administration", V1=[4] * 6, V2=[4, 4, 4, 4, None, None])
    walk.add("ngo", V1=[None, 3, 3, 3, 3, 3], V2=[3] * 5 + [None]).add("migrants", V1=[2] * 6, V2=[2] * 6)
    found = walk.split()
    assert found.items["V1"].groups["administration"].figure.n == 6
    # 4 answered V2; the next smallest are the NGOs
    assert numbers(found.items["V2"])["administration"] == "too-few"
    assert numbers(found.items["V2"])["ngo"] == "protects-other"
    assert numbers(found.items["V2"])["migrants"] == 6
    # All 6 have a section score, (4 + 4) / 2 or 4
    assert found.sections["vision"].groups["administration"] == Shown(Figure(Fraction(4), Fraction(0), 6))


@pytest.mark.parametrize("third", [[4] * 5, [None] * 5], ids=["all answered", "all left V3 empty"])
def test_section_does_not_give_back_what_a_statement_hides(third):
    """None of the migrants left more empty than the others. At V2 they are hidden to protect the 3 NGOs who answered.
    From their section figure and their other statements their V2 could be worked out, and from that the 3 answers."""
    walk = Walk(Section("vision", ("V1", "V2", "V3")), Section("urban", ("U1",)))
    walk.add("ngo", V1=[4] * 6, V2=[1, 2, 1, None, None, None], V3=[2] * 6, U1=[3] * 6)
    walk.add("migrants", V1=[2] * 5, V2=[3] * 5, V3=third, U1=[5] * 5)
    walk.add("administration", V1=[3] * 7, V2=[3] * 7, V3=[3] * 7, U1=[3] * 7)
    found = walk.split()
    assert numbers(found.items["V2"])["ngo"] == "too-few"
    assert numbers(found.items["V2"])["migrants"] == "protects-other"
    assert numbers(found.sections["vision"]) == {
        "civil_society": "protects-other",
        "migrants": "protects-other",
        "institutions": 7,
        "ngo": "protects-other",
        "administration": 7,
    }
    assert found.checklist.hidden == found.sections["vision"].hidden
    # What V2 does not touch stays.
    assert found.items["V1"].hidden == found.sections["urban"].hidden == found.items["U1"].hidden == {}


def test_section_of_a_group_with_gaps_stays():
    """As above, but one of the migrants left V1 empty: their section figure is no mean of their two others."""
    walk = Walk(Section("vision", ("V1", "V2", "V3")))
    walk.add("ngo", V1=[4] * 6, V2=[1, 2, 1, None, None, None], V3=[3] * 6)
    walk.add("migrants", V1=[None, 2, 2, 2, 2, 2], V2=[3] * 6, V3=[5] * 6)
    walk.add("administration", V1=[3] * 7, V2=[3] * 7, V3=[3] * 7)
    found = walk.split()
    assert numbers(found.items["V2"])["migrants"] == "protects-other"
    assert found.sections["vision"].hidden == {}


def test_section_does_not_hide_behind_a_group_that_its_statements_show():
    """At each statement the smallest to protect the few NGOs is the administration, of which 5 of 7 answered; in the
    section it would be the 6 migrants. But they show every statement, so their section figure is known to all, and by
    subtraction that of the NGOs: the administration is hidden in the section as well."""
    walk = Walk(Section("vision", ("V1", "V2")))
    walk.add("administration", V1=[None, None, 3, 3, 3, 3, 3], V2=[3, 3, 3, 3, 3, None, None])
    walk.add("ngo", V1=[1, 2, 3], V2=[1, 2, None])
    walk.add("migrants", V1=[3] * 6, V2=[3] * 6).add("schools", V1=[3] * 9, V2=[3] * 9)
    groups = [Group(key) for key in ("administration", "ngo", "migrants", "schools")]
    found = walk.split(groups)
    assert numbers(found.items["V1"]) == numbers(found.items["V2"])
    assert numbers(found.items["V1"]) == {
        "administration": "protects-other",
        "ngo": "too-few",
        "migrants": 6,
        "schools": 9,
    }
    assert numbers(found.sections["vision"]) == {
        "administration": "protects-other",
        "ngo": "too-few",
        "migrants": "protects-other",
        "schools": 9,
    }


def test_checklist_does_not_give_back_what_a_section_hides():
    walk = Walk(Section("vision", ("V1",)), Section("urban", ("U1",)), Section("attitudes", ("A1",)))
    walk.add("administration", V1=[3] * 7, U1=[3] * 7, A1=[None] * 7)
    walk.add("migrants", V1=[3] * 6, U1=[3] * 6, A1=[None] * 6)
    walk.add("ngo", V1=[3] * 9, U1=[3] * 4 + [None] * 5, A1=[None] * 9)
    found = walk.split()
    assert numbers(found.sections["urban"])["ngo"] == "too-few"
    assert numbers(found.sections["urban"])["migrants"] == "protects-other"
    assert found.sections["vision"].hidden == {}
    # The migrants scored all that anyone did: twice their checklist figure minus V1 would be their U1, and so the 4.
    assert found.checklist.hidden == {"migrants": PROTECTS, "ngo": PROTECTS}
    assert found.checklist.groups["administration"].figure.n == 7


def test_group_of_a_person_must_be_one_of_the_groups():
    walk = walk_of(police=5)
    with pytest.raises(ValueError, match="unknown groups"):
        walk.split(groups=[Group("ngo")])
    with pytest.raises(ValueError, match="unknown groups"):
        attendance(walk.people, [Group("ngo")])


def test_dimension_without_families_hides_without_rolling_up():
    split = walk_of(woman=9, man=7, other=2).split([Group("woman"), Group("man"), Group("other")]).items["V1"]
    assert numbers(split) == {"woman": 9, "man": "protects-other", "other": "too-few"}
    assert split.families == {}


def test_several_walks_are_pooled_and_split_by_walk():
    section = Section("vision", ("V1",))
    first = [Answer(("harbour", number), "V1", 4) for number in range(6)]
    second = [Answer(("station", number), "V1", 1) for number in range(6)]
    result = checklist_result([*first, *second], [section])
    assert result.figure == Figure(Fraction(5, 2), Fraction(27, 11), 12)  # squares 12 * 1.5² = 27; / 11
    people = [Person(key, key[0]) for key in result.scores]
    split = by_group(result, people, [Group("harbour"), Group("station")]).checklist
    assert split.groups["harbour"].figure.mean == 4
    assert split.groups["station"].figure.mean == 1


# Attendance


def people_of(**sizes):
    return [
        Person(f"{group} {n}", None if group == "nobody" else group)
        for group, size in sizes.items()
        for n in range(size)
    ]


def test_attendance_rolls_up_and_hides_like_figures_and_shows_who_is_missing():
    split = attendance(people_of(administration=6, police=2, schools=4, ngo=5, migrants=9), GROUPS)
    assert numbers(split) == {
        "institutions": 12,
        "civil_society": 5,
        "migrants": 9,
        "other": 0,
        "administration": 6,
        "police": "rolled-up",
        "schools": "rolled-up",
        "ngo": 5,
        "mediators": 0,
    }


def test_attendance_does_not_show_who_gave_no_group_by_subtraction():
    assert numbers(attendance(people_of(woman=12, man=7, nobody=2), [Group("woman"), Group("man")])) == {
        "woman": 12,
        "man": "protects-other",
    }


# Places

PLACES = [Group("harbour"), Group("station"), Group("market")]


def at_places(**people):
    """`harbour=[4, 4]`: the first two participants scored U1 there; `nowhere` is without a place."""
    answers = [
        Answer(who, "U1", value, None if place == "nowhere" else place)
        for place, values in people.items()
        for who, value in enumerate(values)
        if value is not None
    ]
    result = checklist_result(answers, [Section("vision", ("V1",)), Section("urban", ("U1", "U2"))])
    return by_place(result, "urban", PLACES)


def test_places_are_shown_with_the_scores_given_there():
    found = at_places(harbour=[5, 4, 4, 4, 3], station=[1, 1, 2, 2, 1, 2])
    assert found.items["U1"].groups == {
        "harbour": Shown(Figure(Fraction(4), Fraction(1, 2), 5)),
        "station": Shown(Figure(Fraction(3, 2), Fraction(3, 10), 6)),
    }
    assert found.sections["urban"].groups == found.items["U1"].groups


def test_place_with_few_people_is_hidden_with_the_next_smallest():
    # The two of the market are among the six of the station: together they are still only six people.
    split = at_places(harbour=[3] * 7, station=[3] * 6, market=[1, 2]).items["U1"]
    assert numbers(split) == {"harbour": 7, "station": "protects-other", "market": "too-few"}


def test_answers_without_a_place_count_as_hidden():
    assert numbers(at_places(harbour=[3] * 7, station=[3] * 6, nowhere=[2]).items["U1"]) == {
        "harbour": 7,
        "station": "protects-other",
    }


def test_places_must_be_known():
    result = checklist_result([Answer("ana", "U1", 3, "airport")], [Section("urban", ("U1",))])
    with pytest.raises(ValueError, match="unknown places"):
        by_place(result, "urban", [Group("harbour")])
    with pytest.raises(KeyError):
        by_place(result, "vision", [Group("harbour")])


# For any data: what adding and subtracting can reach

SECTIONS = (Section("vision", ("V1", "V2", "V3")), Section("urban", ("U1", "U2")))
CODES = tuple(code for section in SECTIONS for code in section.items)
LEAVES = (None, "administration", "police", "schools", "ngo", "mediators", "migrants")


@st.composite
def walks(draw):
    """People by group; in a group all leave the same statements empty, or some people some."""
    random = Random(draw(st.integers(0, 10**6)))
    walk = Walk(*SECTIONS)
    for leaf in LEAVES:
        size = draw(st.sampled_from([0, 0, 1, 2, 4, 5, 5, 6, 8]))
        empty = draw(st.frozensets(st.sampled_from(CODES), max_size=2))
        gaps = draw(st.dictionaries(st.sampled_from(CODES), st.integers(1, 4), max_size=2))
        rows = {}
        for code in CODES:
            values = random.choices(range(1, 6), k=size)
            missing = size if code in empty else min(size, gaps.get(code, 0))
            for number in random.sample(range(size), missing):
                values[number] = None
            rows[code] = values
        walk.add(leaf, **rows)
    return walk


def targets(found):
    yield from ((section.key, section.items, found.sections[section.key]) for section in SECTIONS)
    yield from ((code, (code,), found.items[code]) for code in CODES)
    yield "checklist", CODES, found.checklist


def remainders(split, scored, groups):
    """The people in the whole, and in each shown family, who are in nothing smaller that is shown."""
    family = {group.key: group.family for group in groups}
    left = {}
    for who, leaf in scored.items():
        if isinstance(split.groups.get(leaf), Shown):
            where = ("group", leaf)
        elif isinstance(split.families.get(family.get(leaf)), Shown):
            where = ("family", family[leaf])
        else:
            where = "whole"
        left.setdefault(where, set()).add(who)
    return left


@FOR_ANY
@given(walks())
def test_no_subtraction_leaves_one_to_four_people(walk):
    leaf_of = {person.key: person.group for person in walk.people}
    result, found = walk.result(), walk.split()
    for _, codes, split in targets(found):
        scored = {who: leaf_of[who] for who, scores in result.scores.items() if scores.keys() & set(codes)}
        left = remainders(split, scored, GROUPS)
        shown = [cell for cell in (*split.groups.values(), *split.families.values()) if isinstance(cell, Shown)]
        assert all(cell.figure.n >= 5 for cell in shown)
        if shown:
            assert all(len(who) >= 5 for who in left.values())
        families = [cell for cell in split.families.values() if isinstance(cell, Shown)]
        hidden = len(left.get("whole", ()))
        assert sum(cell.figure.n for cell in families) + hidden == len(scored)


def the_rule(sizes, groups):
    """DESIGN rule 4 word for word, for the numbers of people by group: the groups and the families that are shown."""
    members = {}
    for group in groups:
        if group.key in sizes:
            members.setdefault(group.family, []).append(group.key)

    def next_smallest(numbers, hidden):
        shown = [key for key, n in numbers.items() if n >= 5]
        hidden += sum(n for n in numbers.values() if n < 5)
        while shown and 0 < hidden < 5:
            smallest = min(shown, key=numbers.get)
            shown.remove(smallest)
            hidden += numbers[smallest]
        return shown

    together = {family: sum(sizes[leaf] for leaf in leaves) for family, leaves in members.items()}
    families = next_smallest(together, hidden=sizes.get(None, 0))
    return {
        leaf for family in families for leaf in next_smallest({leaf: sizes[leaf] for leaf in members[family]}, hidden=0)
    }, set(families)


@FOR_ANY
@given(walks())
def test_statements_follow_the_rule_and_sections_hide_no_less(walk):
    leaf_of = {person.key: person.group for person in walk.people}
    scores, found = walk.result().scores, walk.split()
    for _, codes, split in targets(found):
        sizes = dict.fromkeys(leaf_of.values(), 0)
        for who, own in scores.items():
            sizes[leaf_of[who]] += bool(own.keys() & set(codes))
        groups, families = the_rule(sizes, GROUPS)
        shown_groups = {key for key, cell in split.groups.items() if isinstance(cell, Shown)}
        shown_families = {key for key, cell in split.families.items() if isinstance(cell, Shown)}
        if len(codes) == 1:
            assert (shown_groups, shown_families) == (groups, families)
        else:
            assert shown_groups <= groups
            assert shown_families <= families


PRIME = 2**61 - 1


class Sums:
    """What follows from published sums by adding and subtracting: the row space of a matrix, modulo a prime.

    A row maps unknowns to their share in a sum.
    """

    def __init__(self, rows):
        self.pivots = {}
        for row in rows:
            if rest := self.reduce(row):
                pivot, value = next(iter(rest.items()))
                inverse = pow(value, -1, PRIME)
                self.pivots[pivot] = {key: v * inverse % PRIME for key, v in rest.items()}

    def reduce(self, row):
        rest = {key: v.numerator * pow(v.denominator, -1, PRIME) % PRIME for key, v in row.items()}
        for pivot, known in self.pivots.items():
            if factor := rest.get(pivot):
                for key, v in known.items():
                    rest[key] = (rest.get(key, 0) - factor * v) % PRIME
        return {key: v for key, v in rest.items() if v}

    def __contains__(self, row):
        return not self.reduce(row)


def published(walk, found):
    """All published figures as sums over unknowns, those of the whole apart, and every sum of 1-4 people in them.

    A reader knows the groups but not who left gaps. So an unknown is the sum of a group's scores of a statement and,
    where anyone in the group left gaps, also the sum of its people's section scores, and of their checklist scores.
    """
    leaf_of = {person.key: person.group for person in walk.people}
    family = {group.key: group.family for group in GROUPS}
    whole, parts, secrets = [], [], []
    for name, codes, split in targets(found):
        scored = {}
        for who, own in walk.result().scores.items():
            if pattern := own.keys() & set(codes):
                scored.setdefault(leaf_of[who], {})[who] = pattern
        answered = set().union(*(pattern for people in scored.values() for pattern in people.values()))
        terms = {
            leaf: {(leaf, code): Fraction(1, len(answered)) for code in answered}
            if all(pattern == answered for pattern in people.values())
            else {(leaf, name): Fraction(1)}
            for leaf, people in scored.items()
        }

        def together(leaves, terms=terms):
            return {key: share for leaf in leaves for key, share in terms[leaf].items()}

        whole.append(together(scored))
        parts += [together({leaf} & scored.keys()) for leaf, cell in split.groups.items() if isinstance(cell, Shown)]
        parts += [
            together(leaf for leaf in scored if family.get(leaf) == key)
            for key, cell in split.families.items()
            if isinstance(cell, Shown)
        ]
        for number in range(1, 5):
            for leaves in combinations(scored, number):
                if sum(len(scored[leaf]) for leaf in leaves) < 5:
                    secrets.append(together(leaves))
    return whole, parts, secrets


@FOR_ANY
@given(walks())
def test_no_sum_over_all_tables_gives_a_figure_of_one_to_four_people(walk):
    whole, parts, secrets = published(walk, walk.split())
    of_the_whole, of_all = Sums(whole), Sums(whole + parts)
    assert [secret for secret in secrets if secret in of_all and secret not in of_the_whole] == []


@FOR_ANY
@given(walks(), st.randoms(use_true_random=False))
def test_order_of_people_and_answers_hides_nothing_else(walk, random):
    found = walk.split()
    random.shuffle(walk.answers)
    random.shuffle(walk.people)
    assert walk.split() == found


@FOR_ANY
@given(walks())
def test_hidden_cells_say_why(walk):
    leaf_of = {person.key: person.group for person in walk.people}
    family = {group.key: group.family for group in GROUPS}
    scores = walk.result().scores
    for _, codes, split in targets(walk.split()):
        for leaf, cell in split.hidden.items():
            n = sum(leaf_of[who] == leaf and bool(own.keys() & set(codes)) for who, own in scores.items())
            assert (cell.reason is Reason.PROTECTS_OTHER) == (n >= 5)
            in_family = isinstance(split.families[family[leaf]], Shown)
            assert cell.into == (family[leaf] if in_family else None)
            assert (cell.reason is Reason.ROLLED_UP) == (n < 5 and in_family)


@FOR_ANY
@given(walks())
def test_shown_figures_of_groups_agree_with_pandas(walk):
    table = (
        pd.DataFrame.from_dict(walk.result().scores, orient="index", columns=None).reindex(columns=CODES).astype(float)
    )
    group = pd.Series({person.key: person.group for person in walk.people}, dtype=object).reindex(table.index)
    for _, codes, split in targets(walk.split()):
        people = table[list(codes)].mean(axis=1).groupby(group).agg(["mean", "std", "count"])
        for leaf, cell in split.groups.items():
            if isinstance(cell, Shown):
                mean, sd, n = people.loc[leaf]
                assert (float(cell.figure.mean), cell.figure.sd, cell.figure.n) == pytest.approx((mean, sd, n))


@FOR_ANY
@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from([None, "harbour", "station", "market"])), unique=True))
def test_no_hidden_place_has_one_to_four_people(where):
    answers = [Answer(who, "U1", 1 + who % 5, place) for who, place in where]
    result = checklist_result(answers, [Section("urban", ("U1",))])
    split = by_place(result, "urban", PLACES).items["U1"]
    shown = {place for place, cell in split.groups.items() if isinstance(cell, Shown)}
    hidden = {who for who, place in where if place not in shown}
    assert all(split.groups[place].figure.n >= 5 for place in shown)
    if shown:
        assert not 1 <= len(hidden) <= 4
