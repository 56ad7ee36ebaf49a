import re

import pytest

from reports.document import blocks as b
from reports.document import governance
from reports.document.html import render_html


def block(sizes=(2, 3, 1), lines=()):
    """Tiers of so many bodies each; the keys are "00", "01" in the first tier, "10" in the second."""
    tiers = tuple(
        b.Tier(f"Tier {t}", tuple(b.Body(f"{t}{i}", f"Body {t}{i}") for i in range(size)))
        for t, size in enumerate(sizes)
    )
    return b.Governance("Who decides", tiers, tuple(b.Line(*line) for line in lines))


def rows(made, *, rtl=False):
    return [row for tier in governance.diagram(made, rtl=rtl) for row in tier["rows"]]


def coordinates(svg):
    return [tuple(float(line[name].rstrip("%")) for name in ("x1", "y1", "x2", "y2")) for line in svg["lines"]]


def test_line_of_reporting_runs_from_the_middle_of_one_box_to_the_middle_of_the_other():
    found = rows(block(lines=[("00", "12")]))
    assert coordinates(found[0]["strip"]) == [(25, 0, 25, 50), (25, 50, 83.33, 50), (83.33, 50, 83.33, 100)]
    assert found[0]["strip"]["title"] == "Body 12 reports to Body 00"
    assert found[1]["strip"] is None


def test_neighbours_of_a_tier_are_joined_behind_their_boxes():
    (first, *_rest) = rows(block(lines=[("00", "01")]))
    assert coordinates(first["behind"]) == [(25, 50, 75, 50)]
    assert first["strip"] is None


def test_bodies_that_report_to_one_share_a_lane_and_others_have_their_own():
    found = rows(block(sizes=(2, 3), lines=[("00", "10"), ("00", "11"), ("01", "12")]))
    heights = {y for _x1, y1, _x2, y2 in coordinates(found[0]["strip"]) for y in (y1, y2)}
    assert heights == {0, 33.33, 66.67, 100}


def test_line_past_a_row_goes_through_a_gap_between_two_boxes():
    found = rows(block(sizes=(1, 4, 1), lines=[("00", "20")]))
    assert coordinates(found[1]["behind"]) == [(50, 0, 50, 100)]
    middles = {12.5, 37.5, 62.5, 87.5}
    assert not {x for x, *_rest in coordinates(found[1]["behind"])} & middles


def test_co_operation_is_dashed_and_said_in_other_words():
    found = rows(block(sizes=(1, 2), lines=[("00", "11", "works")]))
    assert [line["dashed"] for line in found[0]["strip"]["lines"]] == [True]
    assert found[0]["strip"]["title"] == "Body 11 works together with Body 00"


def test_line_to_a_body_that_is_not_there_is_left_out():
    assert all(row["strip"] is None for row in rows(block(lines=[("00", "99"), ("00", "00")])))


def test_everything_is_mirrored_from_right_to_left():
    left, right = (coordinates(rows(block(lines=[("00", "12")]), rtl=rtl)[0]["strip"]) for rtl in (False, True))
    mirrored = [(round(100 - x1, 2), y1, round(100 - x2, 2), y2) for x1, y1, x2, y2 in left]
    assert mirrored == right


@pytest.mark.parametrize(("count", "sizes"), [(6, [6]), (7, [4, 3]), (12, [6, 6]), (13, [5, 5, 3])])
def test_many_bodies_stand_in_rows_of_about_the_same_length(count, sizes):
    assert [len(row["bodies"]) for row in rows(block(sizes=(count,)))] == sizes


@pytest.mark.parametrize("target", ["print", "page"])
def test_words_stand_in_boxes_and_never_in_the_drawing(target):
    made = block(lines=[("00", "01"), ("00", "12"), ("12", "20", "works")])
    chapter = b.Section("one", "One", blocks=(made,))
    html = render_html(b.Document("Title", "en", "City", "Running", chapters=(chapter,)), target=target)
    assert '<p class="name">Body 12</p>' in html
    drawn = re.findall(r"<svg.*?</svg>", html)
    assert len(drawn) == 3
    assert not any("<text" in one for one in drawn)
    assert all("<title>" in one for one in drawn)
    assert "reports to, or has its mandate from" in html
    assert "missing: it should be there" not in html


def test_wheel_has_its_legend_in_words():
    wheel = b.Wheel(
        "One of two",
        (b.Spoke("01", 3), b.Spoke("02", 0, False)),
        (b.Legend(3, 1, "In place"), b.Legend(0, 1, "Not relevant", False)),
    )
    html = render_html(
        b.Document("Title", "en", "City", "Running", chapters=(b.Section("one", "One", blocks=(wheel,)),)),
        target="page",
    )
    assert "01: in place; 02: not relevant</title>" in html
    assert "<b>1</b> Not relevant" in html
    assert "Figure 1" in html
