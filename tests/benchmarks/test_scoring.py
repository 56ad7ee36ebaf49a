import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.enums import Verdict
from benchmarks.scoring import Move, moved, summed, tally

IN, PARTLY, NOT, NR, OPEN = (
    Verdict.IN_PLACE,
    Verdict.PARTLY,
    Verdict.NOT_IN_PLACE,
    Verdict.NOT_RELEVANT,
    Verdict.NOT_JUDGED,
)


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ([], OPEN),
        ([OPEN, OPEN], OPEN),
        ([IN, IN], IN),
        ([NOT, NOT], NOT),
        ([PARTLY, PARTLY], PARTLY),
        ([IN, NOT], PARTLY),
        ([IN, PARTLY], PARTLY),
        ([NOT, PARTLY], PARTLY),
        ([NR, NR], NR),
        ([NR, IN], IN),
        ([NR, NOT, OPEN], NOT),
        ([NR, OPEN], NR),
        ([IN, OPEN, OPEN], IN),
        (["in_place", "not_in_place"], PARTLY),
    ],
)
def test_summed_gives_one_verdict_for_several_schemes(verdicts, expected):
    assert summed(verdicts) is expected


@given(st.lists(st.sampled_from(list(Verdict)), max_size=8), st.randoms())
def test_summed_does_not_depend_on_the_order_nor_on_what_is_not_judged(verdicts, random):
    shuffled = list(verdicts)
    random.shuffle(shuffled)
    assert summed(verdicts) is summed(shuffled) is summed([*shuffled, OPEN])


def test_tally_counts_and_gives_the_share_judged():
    found = tally([IN, IN, NOT, OPEN])
    assert (found.total, found.judged, found.share) == (4, 3, 0.75)
    assert found.in_order == [(IN, 2), (PARTLY, 0), (NOT, 1), (NR, 0), (OPEN, 1)]


def test_share_of_no_factor_is_missing():
    assert tally([]).share is None


@pytest.mark.parametrize(
    ("before", "now", "move"),
    [
        (NOT, PARTLY, Move.BETTER),
        (PARTLY, IN, Move.BETTER),
        (IN, NOT, Move.WORSE),
        (IN, IN, Move.SAME),
        (NR, NR, Move.SAME),
        (OPEN, OPEN, Move.OPEN),
        (OPEN, IN, Move.NEW),
        (OPEN, NR, Move.NEW),
        (IN, OPEN, Move.OPEN),
        (NR, IN, Move.OTHER),
        (NOT, NR, Move.OTHER),
        (None, IN, Move.ADDED),
        (IN, None, Move.GONE),
    ],
)
def test_moved_says_what_became_of_a_factor(before, now, move):
    assert moved(before, now) is move
