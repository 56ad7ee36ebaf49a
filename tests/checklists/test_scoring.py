"""Figures of items, sections and the checklist, by hand, by property and against pandas."""

import subprocess
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checklists.scale import SCALE
from checklists.scoring import (
    Answer,
    Distribution,
    Figure,
    Section,
    checklist_result,
    compare,
    discussion,
    extremes,
    shown,
)

VISION = Section("vision", ("V1", "V2", "V3"))
URBAN = Section("urban", ("U1", "U2"))
SECTIONS = (VISION, URBAN)
FOR_ANY = settings(
    max_examples=60, deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)


def sheet(who, place=None, **scores):
    return [Answer(who, item, value, place) for item, value in scores.items()]


def column(item, *values):
    return [Answer(number, item, value) for number, value in enumerate(values)]


def figure(*values):
    return Figure.of(map(Fraction, values))


def test_scoring_needs_no_django():
    look = "import sys, checklists.scoring; sys.exit('django' in sys.modules)"
    root = Path(__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", look], cwd=root, check=False).returncode == 0


# The scale


def contrast(one, other):
    """Contrast of two CSS hex colours (WCAG 2.2, relative luminance)."""

    def luminance(colour):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_scale_runs_from_one_to_five():
    assert SCALE.values == (1, 2, 3, 4, 5)
    assert [step.value for step in SCALE] == [1, 2, 3, 4, 5]
    assert len(SCALE) == 5


@pytest.mark.parametrize("value", [0, 6, -1, None, "3", 3.0, True])
def test_scale_refuses_what_is_no_score(value):
    assert value not in SCALE


@pytest.mark.parametrize("step", SCALE, ids=lambda step: step.key)
def test_scale_figures_can_be_read_on_their_colour(step):
    assert contrast(step.colour, step.ink) >= 4.5


# Rounding


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(107, 40), "2.68"),  # 2.675, which a binary float rounds to 2.67
        (Fraction(201, 200), "1.01"),  # 1.005
        (Decimal("2.665"), "2.67"),
        (Decimal("2.66499999"), "2.66"),
        (Fraction(8, 3), "2.67"),
        (4, "4.00"),
        (Fraction(-1, 200), "-0.01"),
        (Fraction(-1, 250), "0.00"),
    ],
)
def test_shown_has_two_decimals_with_a_half_going_up(value, text):
    assert str(shown(value)) == text


@FOR_ANY
@given(st.fractions(min_value=-5, max_value=5))
def test_shown_is_never_further_than_half_a_hundredth(value):
    assert abs(Fraction(shown(value)) - value) <= Fraction(1, 200)


# Figures


def test_figure_of_nobody_is_none_and_not_zero():
    assert figure() == Figure(None, None, 0)
    assert figure().sd is None
    assert figure().mean_shown is None
    assert figure().sd_shown is None


def test_figure_of_one_person_has_no_spread():
    assert figure(4) == Figure(Fraction(4), None, 1)
    assert figure(4).sd_shown is None


def test_figure_has_the_sample_deviation():
    # 2, 4, 4, 5: mean 15/4 = 3.75; squares 1.75² + 0.25² + 0.25² + 1.25² = 4.75; 4.75 / 3 = 1.5833; root 1.2583
    of_four = figure(2, 4, 4, 5)
    assert of_four == Figure(Fraction(15, 4), Fraction(19, 12), 4)
    assert of_four.sd == pytest.approx(1.2583, abs=5e-5)
    assert (of_four.mean_shown, of_four.sd_shown) == (Decimal("3.75"), Decimal("1.26"))


def test_figure_rounds_the_deviation_from_the_exact_variance():
    assert Figure(Fraction(3), Fraction("0.990025"), 9).sd_shown == Decimal("1.00")  # root 0.995
    assert Figure(Fraction(3), Fraction("0.990024"), 9).sd_shown == Decimal("0.99")


# Results by hand


def test_section_score_is_the_mean_over_people_of_their_own_means():
    result = checklist_result(
        [
            *sheet("ana", V1=5, V2=3, V3=4, U1=2, U2=2),
            *sheet("ben", V1=1, V2=None, V3=2, U1=4, U2=None),
            *sheet("cem", V1=3, V2=3, V3=None, U1=None, U2=None),
        ],
        SECTIONS,
    )
    vision, urban = result.sections
    # V1: (5 + 1 + 3) / 3 = 3; V2: (3 + 3) / 2 = 3; V3: (4 + 2) / 2 = 3
    assert [item.figure.mean for item in vision.items] == [3, 3, 3]
    assert [item.figure.n for item in vision.items] == [3, 2, 2]
    # ana (5 + 3 + 4) / 3 = 4; ben (1 + 2) / 2 = 3/2; cem (3 + 3) / 2 = 3; together (4 + 1.5 + 3) / 3 = 17/6 = 2.83,
    # which is not the mean 3 of the three items: the gaps weigh.
    assert vision.figure.mean == Fraction(17, 6)
    assert vision.figure.mean_shown == Decimal("2.83")
    # squares (7/6)² + (8/6)² + (1/6)² = 114/36; / 2 = 19/12
    assert vision.figure.variance == Fraction(19, 12)
    # ana 2, ben 4; cem scored nothing here and is not one of the people
    assert urban.figure == Figure(Fraction(3), Fraction(2), 2)
    # over all own items: ana (5 + 3 + 4 + 2 + 2) / 5 = 16/5; ben (1 + 2 + 4) / 3 = 7/3; cem 3; sum 128/15, / 3
    assert result.figure.mean == Fraction(128, 45)
    assert result.figure.n == 3
    assert result.participants == 3


def test_distribution_counts_answers_from_one_to_five():
    result = checklist_result(column("V1", 1, 4, 4, None, 5), [VISION])
    assert result.items[0].distribution == Distribution((1, 0, 0, 2, 1))
    assert result.sections[0].distribution == result.distribution == Distribution((1, 0, 0, 2, 1))


def test_item_filled_per_place_has_the_mean_of_a_persons_places():
    result = checklist_result(
        [
            *sheet("ana", "harbour", U1=2),
            *sheet("ana", "station", U1=3),
            *sheet("ben", "harbour", U1=5),
            *sheet("ben", "station", U1=None),
        ],
        [URBAN],
    )
    item = result.items[0]
    # ana (2 + 3) / 2 = 5/2, ben 5; (5/2 + 5) / 2 = 15/4; squares 2 * (5/4)² = 25/8, / 1
    assert item.figure == Figure(Fraction(15, 4), Fraction(25, 8), 2)
    # "2 people, 3 answers"; ben's gap at the station is not a person without a score
    assert item.distribution.answers == 3
    assert item.none_count == 0


def test_people_without_a_score_are_split_into_dont_know_and_left_empty():
    result = checklist_result(
        [
            Answer("ana", "V1", 3),
            Answer("ben", "V1", None, dont_know=True),
            Answer("cem", "V1", None),
            Answer("dua", "V2", 4),
        ],
        [VISION],
        participants=["ana", "eli"],
    )
    item = result.items[0]
    # cem left it empty, dua did not come to it, eli handed in an empty sheet
    assert (item.figure.n, item.dont_know, item.left_empty, item.none_count) == (1, 1, 3, 4)
    assert result.participants == 5


def test_dont_know_at_one_place_does_not_outweigh_a_score_at_another():
    result = checklist_result(
        [Answer("ana", "U1", None, "harbour", dont_know=True), Answer("ana", "U1", 4, "station")], [URBAN]
    )
    item = result.items[0]
    assert (item.figure.n, item.dont_know, item.left_empty) == (1, 0, 0)


def test_results_without_any_answer_show_no_mean():
    result = checklist_result([], SECTIONS, participants=["ana"])
    assert result.figure == Figure(None, None, 0)
    assert extremes(result.sections[0]).best == ()
    assert discussion(result.items) == ()


@pytest.mark.parametrize(
    "answers",
    [
        [Answer("ana", "V1", 0)],
        [Answer("ana", "V1", 6)],
        [Answer("ana", "X1", 3)],
        [Answer("ana", "V1", 3), Answer("ana", "V1", 4)],
    ],
    ids=["zero", "six", "unknown item", "twice"],
)
def test_results_refuse_what_cannot_be_an_answer(answers):
    with pytest.raises(ValueError, match=r"score|checklist|Two answers"):
        checklist_result(answers, SECTIONS)


def test_results_refuse_an_item_in_two_sections():
    with pytest.raises(ValueError, match="twice"):
        checklist_result([], [VISION, Section("again", ("V1",))])


# Best and worst


def test_extremes_are_those_with_the_highest_and_lowest_mean_as_shown():
    # V1: 3 * 2 + 5 * 3 = 21, / 8 = 2.63; V2: 4 * 2 + 3 * 3 = 17, / 7 = 2.43; V3: 21 / 5 = 4.20
    result = checklist_result(
        [
            *column("V1", 2, 2, 2, 3, 3, 3, 3, 3),
            *column("V2", 2, 2, 2, 2, 3, 3, 3),
            *column("V3", 4, 4, 4, 5, 4),
        ],
        [VISION],
    )
    found = extremes(result.sections[0])
    assert [item.item for item in found.best] == ["V3"]
    assert [item.item for item in found.worst] == ["V2"]


def test_extremes_that_tie_as_shown_are_all_named():
    # V1: 67 people, sum 179: 2.67164 -> 2.67; V2: 2, 3, 3 twice: 16/6 = 2.66667 -> 2.67
    result = checklist_result(
        [*column("V1", *[3] * 45, *[2] * 22), *column("V2", 2, 3, 3, 2, 3, 3), *column("V3", 2, 2, 2, 2, 2)],
        [VISION],
    )
    assert [item.figure.mean for item in result.items[:2]] == [Fraction(179, 67), Fraction(8, 3)]
    found = extremes(result.sections[0])
    assert [item.item for item in found.best] == ["V1", "V2"]
    assert [item.item for item in found.worst] == ["V3"]


def test_extremes_leave_out_statements_with_fewer_than_five_answers():
    result = checklist_result(
        [*column("V1", 5, 5, 5, 5, None), *column("V2", 3, 3, 3, 3, 3), *column("V3", 2, 2, 2, 2, 3)], [VISION]
    )
    found = extremes(result.sections[0])
    assert [item.item for item in found.best] == ["V2"]
    assert [item.item for item in found.worst] == ["V3"]


def test_extremes_of_a_walk_of_fewer_than_five_take_all_that_were_answered():
    result = checklist_result([*column("V1", 5, 5, 4, 4), *column("V2", 3)], [VISION])
    found = extremes(result.sections[0])
    assert [item.item for item in found.best] == ["V1"]
    assert [item.item for item in found.worst] == ["V2"]


# The list for discussion


def test_discussion_begins_at_a_deviation_that_is_shown_as_the_threshold():
    # V1: 2, 3, 4: squares 1 + 0 + 1 = 2; / 2 = 1, root 1.00 exactly.
    # V2: seven 1, one 2, six 3: sum 27, squares 65; (65 - 27² / 14) / 13 = 181/182, root 0.9972 -> 1.00.
    # V3: four 1, one 2, three 3: sum 15, squares 35; (35 - 15² / 8) / 7 = 55/56, root 0.9910 -> 0.99.
    result = checklist_result(
        [*column("V1", 2, 3, 4), *column("V2", *[1] * 7, 2, *[3] * 6), *column("V3", *[1] * 4, 2, *[3] * 3)], [VISION]
    )
    assert [item.figure.variance for item in result.items] == [1, Fraction(181, 182), Fraction(55, 56)]
    assert [item.figure.sd_shown for item in result.items] == [Decimal("1.00"), Decimal("1.00"), Decimal("0.99")]
    assert [item.item for item in discussion(result.items)] == ["V1", "V2"]


def test_discussion_goes_by_spread_and_then_by_the_order_of_the_checklist():
    result = checklist_result([*column("V1", 2, 4), *column("V2", 1, 5), *column("V3", 3, 5)], [VISION])
    # deviations: root 2 = 1.41, root 8 = 2.83, root 2 = 1.41
    assert [item.item for item in discussion(result.items)] == ["V2", "V1", "V3"]
    assert [item.item for item in discussion(result.items, threshold=Decimal("1.42"))] == ["V2"]


# Audit to audit


def test_compare_takes_the_difference_of_the_means_as_shown():
    # 8/3 = 2.6667 -> 2.67 and 7/3 = 2.3333 -> 2.33: shown 0.34, though the exact difference is 1/3 -> 0.33
    now = checklist_result(column("V1", 2, 3, 3), [VISION])
    before = checklist_result(column("V1", 2, 2, 3), [VISION])
    change = compare(now, before).sections[0].items[0]
    assert (change.key, change.difference) == ("V1", Decimal("0.34"))
    assert (change.now.n, change.before.n) == (3, 3)


def test_compare_uses_only_the_items_of_both_audits():
    now = checklist_result([*sheet("ana", V1=4, V2=5, V3=1), *sheet("ben", V1=2, V2=3, V3=1)], [VISION])
    old = Section("services", ("V2", "V0", "V1"))
    before = checklist_result(sheet("cem", V1=2, V2=3, V0=5), [old])
    found = compare(now, before)
    vision = found.sections[0]
    # now over V1 and V2: ana 9/2, ben 5/2, together 7/2 (with V3 it would be 8/3); before: (2 + 3) / 2 = 5/2
    assert vision.change.now.mean == Fraction(7, 2)
    assert vision.change.before.mean == Fraction(5, 2)
    assert vision.change.difference == found.change.difference == Decimal("1.00")
    assert [change.key for change in vision.items] == ["V1", "V2"]
    assert vision.only_now == ("V3",)
    assert found.only_before == ("V0",)


def test_compare_has_no_difference_where_one_side_has_no_score():
    now = checklist_result(column("V1", 3), [VISION])
    before = checklist_result(column("V2", 3), [VISION])
    found = compare(now, before)
    assert [change.difference for change in found.sections[0].items] == [None, None, None]


# For any data

CODES = [code for section in SECTIONS for code in section.items]
SHEETS = st.lists(
    st.fixed_dictionaries({code: st.sampled_from([None, 1, 2, 3, 4, 5]) for code in CODES}), min_size=0, max_size=12
)


def answers_of(sheets):
    return [answer for number, scores in enumerate(sheets) for answer in sheet(number, **scores)]


def figures_of(result):
    return [result.figure, *(section.figure for section in result.sections), *(item.figure for item in result.items)]


@FOR_ANY
@given(SHEETS, st.randoms(use_true_random=False))
def test_order_of_the_answers_changes_nothing(sheets, random):
    answers = answers_of(sheets)
    mixed = random.sample(answers, len(answers))
    assert checklist_result(mixed, SECTIONS) == checklist_result(answers, SECTIONS)


@FOR_ANY
@given(SHEETS)
def test_missing_scores_never_count_in_a_mean(sheets):
    answers = answers_of(sheets)
    given_only = [answer for answer in answers if answer.value is not None]
    assert figures_of(checklist_result(answers, SECTIONS)) == figures_of(checklist_result(given_only, SECTIONS))


@FOR_ANY
@given(SHEETS)
def test_means_stay_on_the_scale_and_numbers_add_up(sheets):
    result = checklist_result(answers_of(sheets), SECTIONS)
    for one in figures_of(result):
        assert (one.mean is None) == (one.n == 0)
        assert (one.variance is None) == (one.n < 2)
        assert one.mean is None or 1 <= one.mean <= 5
        assert one.n <= result.participants
    for item in result.items:
        assert item.figure.n + item.dont_know + item.left_empty == result.participants == len(sheets)
        assert item.distribution.answers == item.figure.n
    assert result.distribution.answers == sum(item.figure.n for item in result.items)


@FOR_ANY
@given(st.lists(st.fixed_dictionaries({code: st.integers(1, 5) for code in CODES}), min_size=1, max_size=12))
def test_complete_sheets_make_the_section_the_mean_of_its_items(sheets):
    result = checklist_result(answers_of(sheets), SECTIONS)
    for section in result.sections:
        means = [item.figure.mean for item in section.items]
        assert section.figure.mean == sum(means) / len(means)
    means = [item.figure.mean for item in result.items]
    assert result.figure.mean == sum(means) / len(means)


@FOR_ANY
@given(SHEETS)
def test_extremes_and_discussion_agree_with_what_is_seen(sheets):
    result = checklist_result(answers_of(sheets), SECTIONS)
    for section in result.sections:
        found = extremes(section)
        for item in section.items:
            if item.figure.n >= 5:
                assert found.worst[0].figure.mean_shown <= item.figure.mean_shown <= found.best[0].figure.mean_shown
                assert (item in found.best) == (item.figure.mean_shown == found.best[0].figure.mean_shown)
                assert (item in found.worst) == (item.figure.mean_shown == found.worst[0].figure.mean_shown)
    listed = discussion(result.items)
    assert {item.item for item in listed} == {
        item.item for item in result.items if item.figure.n > 1 and item.figure.sd_shown >= 1
    }
    assert [item.figure.sd_shown for item in listed] == sorted((i.figure.sd_shown for i in listed), reverse=True)


# Against pandas


def same(one, mean, sd, n):
    assert one.n == n
    assert one.mean is None if pd.isna(mean) else float(one.mean) == pytest.approx(mean)
    assert one.sd is None if pd.isna(sd) else one.sd == pytest.approx(sd)


@FOR_ANY
@given(st.integers(0, 10**6))
def test_figures_agree_with_pandas(seed):
    random = Random(seed)
    places = {"vision": [None], "urban": ["harbour", "station", "market"]}
    answers = [
        Answer(who, item, random.choice([None, None, 1, 2, 3, 4, 5]), place)
        for who in range(random.randint(1, 40))
        for section in SECTIONS
        for item in section.items
        for place in places[section.key]
        if random.random() < 0.9
    ]
    result = checklist_result(answers, SECTIONS)

    table = pd.DataFrame([(a.participant, a.item, a.value) for a in answers], columns=["who", "item", "value"]).astype(
        {"value": "Float64"}
    )
    own = table.groupby(["who", "item"])["value"].mean().unstack("item").astype(float).reindex(columns=CODES)
    for item in result.items:
        same(item.figure, own[item.item].mean(), own[item.item].std(ddof=1), own[item.item].count())
        counts = table.loc[table["item"] == item.item, "value"].value_counts()
        assert item.distribution.counts == tuple(counts.get(value, 0) for value in range(1, 6))
    for section, codes in zip(result.sections, (VISION.items, URBAN.items), strict=True):
        people = own[list(codes)].mean(axis=1)
        same(section.figure, people.mean(), people.std(ddof=1), people.count())
    people = own.mean(axis=1)
    same(result.figure, people.mean(), people.std(ddof=1), people.count())
