import re

import pytest

from reports.document import blocks as b
from reports.document import governance, lanes
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


def numbers(line):
    return tuple(float(line[name].rstrip("%")) for name in ("x1", "y1", "x2", "y2"))


def coordinates(svg):
    return [line for net in svg["nets"] for line in drawn(net)]


def drawn(net):
    return [numbers(line) for line in (*net["level"], *net["upright"])]


def order(made):
    return [[one["body"].key for one in row["bodies"]] for row in rows(made)]


def lie_on_each_other(one, other):
    """Whether two level or upright lines share more than a point."""
    (x1, y1, x2, y2), (u1, v1, u2, v2) = one, other
    if x1 == x2 == u1 == u2:
        return min(max(y1, y2), max(v1, v2)) > max(min(y1, y2), min(v1, v2))
    if y1 == y2 == v1 == v2:
        return min(max(x1, x2), max(u1, u2)) > max(min(x1, x2), min(u1, u2))
    return False


def test_line_of_reporting_runs_from_box_to_box_with_a_dot_at_the_superior():
    found = rows(block(lines=[("01", "10")]))
    assert coordinates(found[0]["strip"]) == [(50, 50, 75, 50), (75, 0, 75, 50), (50, 50, 50, 100)]
    assert found[0]["strip"]["nets"][0]["ends"] == [{"x": "75.00%", "y": "0.00%", "dx": 0, "dy": 3}]
    assert found[0]["strip"]["title"] == "Body 10 reports to Body 01"
    assert found[1]["strip"] is None
    (turned,) = rows(block(lines=[("12", "00")]))[0]["strip"]["nets"]
    assert turned["ends"] == [{"x": "83.33%", "y": "100.00%", "dx": 0, "dy": -3}]


def test_neighbours_are_joined_between_their_boxes_and_others_of_the_row_below_it():
    (first, *_rest) = rows(block(sizes=(3,), lines=[("01", "00"), ("01", "02")]))
    assert coordinates(first["behind"]) == [(16.67, 50, 50, 50), (50, 50, 83.33, 50)]
    assert [(end["x"], end["dx"]) for end in first["behind"]["nets"][0]["ends"]] == [("33.33%", 3), ("66.67%", -3)]
    assert first["behind"]["title"] == "Body 00 reports to Body 01; Body 02 reports to Body 01"
    assert first["strip"] is None
    (first, *_rest) = rows(block(sizes=(4,), lines=[("00", "01"), ("00", "02"), ("00", "03")]))
    assert first["strip"]["title"] == "Body 03 reports to Body 00"
    assert {y for _x1, y1, _x2, y2 in coordinates(first["strip"]) for y in (y1, y2)} == {0, 50}


def test_bodies_stand_below_their_superior_and_else_as_given():
    assert order(block(sizes=(2, 4))) == [["00", "01"], ["10", "11", "12", "13"]]
    turned = [("01" if i % 2 == 0 else "00", f"1{i}") for i in range(10)]
    assert order(block(sizes=(2, 10), lines=turned))[1:] == [
        ["11", "13", "15", "17", "19"],
        ["10", "12", "14", "16", "18"],
    ]
    together = [("01", "10"), ("00", "11"), ("10", "20", "works"), ("11", "21", "works")]
    assert order(block(sizes=(2, 2, 2), lines=together))[1:] == [["11", "10"], ["21", "20"]]


CIRCLE = [("00", "01"), ("01", "00"), ("10", "17"), ("17", "12"), ("12", "10"), ("20", "00"), ("00", "20")]
CROWD = [("00", "11"), ("01", "10"), *(("01", f"1{i}") for i in range(2, 5)), *(("00", f"1{i}") for i in range(5, 8))]


@pytest.mark.parametrize(
    ("sizes", "lines"),
    [
        ((2, 2), [("00", "11"), ("01", "10")]),
        ((2, 8, 3), CROWD),
        ((2, 8, 3), CIRCLE),
        ((8, 8, 8), [*CROWD, *CIRCLE, ("07", "27"), ("06", "20"), ("05", "16", "works"), ("15", "22", "works")]),
    ],
    ids=["crossed", "two-rows", "circles", "everything"],
)
@pytest.mark.parametrize("rtl", [False, True], ids=["ltr", "rtl"])
def test_lines_of_different_superiors_never_lie_on_each_other(sizes, lines, rtl):
    found = rows(block(sizes=sizes, lines=lines), rtl=rtl)
    for drawing in (drawing for row in found for drawing in (row["strip"], row["behind"]) if drawing):
        nets = [drawn(net) for net in drawing["nets"]]
        for place, net in enumerate(nets):
            others = [line for other in nets[place + 1 :] for line in other]
            assert not [(one, other) for one in net for other in others if lie_on_each_other(one, other)]
            assert all(0 <= x <= 100 for x1, _y1, x2, _y2 in net for x in (x1, x2))
    said = "; ".join(row[part]["title"] for row in found for part in ("strip", "behind") if row[part])
    assert all(f"Body {below} " in said for _above, below, *_kind in lines)


ALTERNATING = [("00" if i % 2 else "01", f"1{i}") for i in range(10)]
CITY = [("00", "01"), ("00", "02"), ("02", "10"), ("01", "11"), ("02", "12"), ("00", "13"), ("02", "14"), ("00", "23")]


@pytest.mark.parametrize(
    ("sizes", "lines"),
    [
        ((2, 3, 2), [("00", "01"), ("01", "10"), ("00", "11"), ("00", "12"), ("10", "20", "works")]),
        ((2, 10), ALTERNATING),
        ((3, 5, 4), [*CITY, ("10", "20", "works"), ("12", "21", "works"), ("13", "22", "works")]),
        ((2, 4, 2), [("00", "01"), ("01", "00"), ("10", "13"), ("13", "11"), ("11", "10"), ("20", "00")]),
        ((6, 6, 6), [("00", "13"), ("03", "10"), ("05", "11"), ("02", "15"), ("00", "25"), ("05", "20"), ("11", "23")]),
    ],
    ids=["small", "alternating", "twelve", "circles", "three-full-rows"],
)
def test_trunks_of_different_superiors_keep_apart_and_clear_of_boxes(sizes, lines):
    found = rows(block(sizes=sizes, lines=lines))
    for row in found:
        nets = [net for net in (row["strip"] or {"nets": ()})["nets"] if not net["dashed"]]
        trunks = [(place, x) for place, net in enumerate(nets) for x, y, _x, v in drawn(net) if y != v]
        assert all(abs(x - u) >= 3 for net, x in trunks for other, u in trunks if net != other)
        for x, y, _u, v in coordinates(row["behind"] or {"nets": ()}):
            # Half of what stylesheets leave between two boxes, in a drawing as narrow as they come.
            assert y == v or min(abs(x - 100 * i / len(row["bodies"])) for i in range(7)) < 0.75


def test_line_hops_over_another_that_it_has_to_cross():
    lines = [("00", "10"), ("00", "12"), ("01", "11"), ("01", "13")]
    tiers = [list(tier.bodies) for tier in block(sizes=(2, 4)).tiers]
    strip = lanes.drawn([b.Line(*line) for line in lines], tiers)[0][0]
    (hop,) = [hop for hops in strip.hops.values() for hop in hops]
    assert any(x == hop[0] == u and y < hop[1] < v for of in strip.lines.values() for x, y, u, v in of)


def test_lines_stand_in_words_in_the_boxes_of_a_page_alone():
    chapter = b.Section("one", "One", blocks=(block(lines=[("00", "10"), ("10", "20", "works")]),))
    document = b.Document("Title", "en", "City", "Running", chapters=(chapter,))
    said = re.findall(r'<p class="line">(.*?)</p>', render_html(document, target="page"))
    assert said == ["reports to Body 00", "works together with Body 20", "works together with Body 10"]
    assert 'class="line"' not in render_html(document, target="print")


def test_line_past_a_row_goes_through_one_gap_between_two_boxes():
    found = rows(block(sizes=(1, 4, 2), lines=[("00", "20"), ("00", "21")]))
    assert coordinates(found[1]["behind"]) == [(50, 0, 50, 100)]


def test_co_operation_is_dashed_and_said_in_other_words():
    found = rows(block(sizes=(1, 2), lines=[("00", "11", "works")]))
    (net,) = found[0]["strip"]["nets"]
    assert (net["dashed"], net["ends"]) == (True, [])
    assert found[0]["strip"]["title"] == "Body 11 works together with Body 00"


def test_line_to_a_body_that_is_not_there_is_left_out():
    assert all(row["strip"] is None for row in rows(block(lines=[("00", "99"), ("00", "00")])))


def test_everything_is_mirrored_from_right_to_left():
    left, right = (coordinates(rows(block(lines=[("00", "12")]), rtl=rtl)[0]["strip"]) for rtl in (False, True))
    assert [(round(100 - x1, 2), y1, round(100 - x2, 2), y2) for x1, y1, x2, y2 in left] == right


@pytest.mark.parametrize(("count", "sizes"), [(6, [6]), (7, [4, 3]), (12, [6, 6]), (13, [5, 5, 3])])
def test_many_bodies_stand_in_rows_of_about_the_same_length(count, sizes):
    assert [len(row["bodies"]) for row in rows(block(sizes=(count,)))] == sizes


@pytest.mark.parametrize("target", ["print", "page"])
def test_words_stand_in_boxes_and_never_in_the_drawing(target):
    made = block(lines=[("00", "11"), ("00", "12"), ("12", "20", "works")])
    chapter = b.Section("one", "One", blocks=(made,))
    html = render_html(b.Document("Title", "en", "City", "Running", chapters=(chapter,)), target=target)
    assert '<p class="name" dir="auto">Body 12</p>' in html
    drawn = re.findall(r"<svg.*?</svg>", html)
    assert len(drawn) == 2
    assert not any("<text" in one for one in drawn)
    assert all("<title>" in one for one in drawn)
    assert "reports to, or has its mandate from" in html
    assert "missing: it should be there" not in html


@pytest.mark.parametrize("target", ["print", "page"])
def test_legend_and_words_tell_every_fill(target):
    styles = ("full", "part", "", "missing")
    tier = b.Tier("Decide", tuple(b.Body(str(i), f"Body {i}", style=style) for i, style in enumerate(styles)))
    chapter = b.Section("one", "One", blocks=(b.Governance("Who decides", (tier,)),))
    html = render_html(b.Document("Title", "en", "City", "Running", chapters=(chapter,)), target=target)
    legend = dict(re.findall(r'<span class="sign (\w+)"></span> (.*?)</span>', html))
    assert legend == {
        "full": "TCN mandate",
        "part": "TCN mandate in part",
        "plain": "no TCN mandate, or not known",
        "missing": "missing: it should be there",
    }
    assert re.findall(r'<p class="what">(.*?)</p>', html) == ["TCN mandate", "TCN mandate in part", "missing"]


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
