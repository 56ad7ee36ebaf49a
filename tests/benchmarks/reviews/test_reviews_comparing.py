"""Comparing two judgements and finding overlaps, by hand."""

from datetime import date, time

import pytest

from benchmarks.comparing import Compared, Difference, Slot, compared, counted, overlaps

DAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("host", "peers", "expected"),
    [
        ("in_place", "in_place", Compared(Difference.SAME)),
        ("in_place", "partly", Compared(Difference.LESS, 1)),
        ("in_place", "not_in_place", Compared(Difference.LESS, 2)),
        ("not_in_place", "partly", Compared(Difference.MORE, 1)),
        ("not_in_place", "in_place", Compared(Difference.MORE, 2)),
        ("not_relevant", "partly", Compared(Difference.RELEVANCE)),
        ("partly", "not_relevant", Compared(Difference.RELEVANCE)),
        ("not_relevant", "not_relevant", Compared(Difference.SAME)),
        ("partly", "not_judged", Compared(Difference.HOST_ONLY)),
        ("not_judged", "partly", Compared(Difference.PEERS_ONLY)),
        ("not_judged", "not_relevant", Compared(Difference.PEERS_ONLY)),
        ("not_judged", "not_judged", Compared(Difference.NEITHER)),
        (None, "partly", Compared(Difference.PEERS_ONLY)),
        (None, None, Compared(Difference.NEITHER)),
    ],
)
def test_compared(host, peers, expected):
    assert compared(host, peers) == expected


def test_what_is_furthest_apart_comes_first():
    pairs = [("partly", "partly"), ("partly", "in_place"), ("in_place", "partly"), ("not_in_place", "in_place")]
    found = sorted((compared(*pair) for pair in pairs), key=lambda one: one.order)
    assert [(one.difference, one.levels) for one in found] == [
        (Difference.MORE, 2),
        (Difference.LESS, 1),
        (Difference.MORE, 1),
        (Difference.SAME, 0),
    ]


def test_counted_leaves_out_what_does_not_occur():
    assert counted([Difference.SAME, Difference.LESS, Difference.SAME]) == {Difference.LESS: 1, Difference.SAME: 2}


def slot(begins, ends=None, day=DAY):
    return Slot(day, time(*begins), time(*ends) if ends else None)


def test_meetings_that_touch_do_not_overlap():
    assert overlaps([("a", slot((9, 0), (10, 0))), ("b", slot((10, 0), (11, 0)))]) == {}


def test_meetings_overlap_on_the_same_day_only():
    slots = [
        ("a", slot((9, 0), (10, 30))),
        ("b", slot((10, 0), (11, 0))),
        ("c", slot((10, 0), (11, 0), date(2026, 12, 2))),
    ]
    assert overlaps(slots) == {"a": ["b"], "b": ["a"]}


def test_meetings_without_a_day_a_beginning_or_an_end_overlap_as_far_as_is_known():
    slots = [("a", Slot(None, time(9), time(10))), ("b", Slot(None, time(9), time(10))), ("c", Slot(DAY, None, None))]
    assert overlaps(slots) == {}
    assert overlaps([("a", slot((9, 0))), ("b", slot((9, 0)))]) == {"a": ["b"], "b": ["a"]}
    assert overlaps([("a", slot((9, 0))), ("b", slot((9, 30), (10, 0)))]) == {}
