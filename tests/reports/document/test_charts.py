import itertools

import pytest

from reports.document import blocks, charts


def share(text):
    return float(text.rstrip("%"))


def test_segments_fill_the_bar_and_name_every_count():
    bar = charts.distribution([2, 0, 8, 15, 1], rtl=False)
    assert sum(share(s["width"]) for s in bar["segments"]) == pytest.approx(100, abs=0.05)
    assert [s["label"] for s in bar["segments"]] == ["2", "8", "15", ""]
    assert bar["title"] == "score 1: 2; score 2: 0; score 3: 8; score 4: 15; score 5: 1"


def test_bars_and_marks_are_mirrored_from_right_to_left():
    left, right = (charts.distribution([1, 0, 0, 0, 3], rtl=rtl)["segments"] for rtl in (False, True))
    assert (left[0]["x"], right[0]["x"]) == ("0.00%", "75.00%")
    values = [("2023", "before", 1.0), ("2026", "now", 5.0)]
    left, right = (charts.marks(values, area="civic", decimals=2, rtl=rtl)["points"] for rtl in (False, True))
    assert [p["x"] for p in left] == [p["x"] for p in reversed(right)]


def test_missing_mean_has_no_mark():
    marks = charts.marks([("2023", "before", None), ("2026", "now", 3.0)], area="", decimals=2, rtl=False)
    assert len(marks["points"]) == 1
    assert marks["title"] == "2026: 3.00"


def test_missing_year_interrupts_the_line_and_is_named():
    panel = charts.panel(
        blocks.Panel("Pupils", (("2021", 1), ("2022", 2), ("2023", None), ("2024", 3), ("2025", 4))), rtl=False
    )
    assert [len(run.split()) for run in panel["runs"]] == [2, 2]
    assert "2023: no figure" in panel["title"]


@pytest.mark.parametrize("count", [2, 3, 12])
def test_small_charts_take_any_number_of_years_without_touching_labels(count):
    points = tuple((str(2000 + i), 200000 + i) for i in range(count))
    panel = charts.panel(blocks.Panel("People", points), rtl=False)
    labelled = [float(p["x"]) for p in panel["points"] if p["label"]]
    assert (labelled[0], labelled[-1]) == (15.0, 130.0)
    assert all(b - a > 25 for a, b in itertools.pairwise(labelled))


def test_chart_without_any_figure_is_empty():
    panel = charts.panel(blocks.Panel("Nothing", (("2024", None), ("2025", None))), rtl=False)
    assert (panel["points"], panel["runs"]) == ([], [])


def test_wheel_fills_rings_by_judgement_and_names_every_factor():
    wheel = charts.wheel(
        [("01", 3, True), ("02", 2, True), ("03", 1, True), ("04", None, True), ("05", 0, False)], rtl=False
    )
    fills = [[s["fill"] for s in wheel["sectors"][i * 3 : i * 3 + 3]] for i in range(5)]
    assert fills == [
        ["#2166ac"] * 3,
        ["#8cbad9", "#8cbad9", ""],
        ["#b35806", "", ""],
        ["", "", ""],
        ["", "", ""],
    ]
    assert [s["dotted"] for s in wheel["sectors"][::3]] == [False, False, False, False, True]
    assert wheel["title"] == (
        "Wheel of 5 key factors. 01: in place; 02: partly in place; 03: not in place; 04: not yet judged; "
        "05: not relevant"
    )
    assert [c["text"] for c in wheel["codes"]] == ["01", "02", "03", "04", "05"]


def test_wheel_turns_the_other_way_from_right_to_left():
    rings = [("1", 3, True), ("2", 2, True), ("3", None, True), ("4", 1, True)]
    left, right = (charts.wheel(rings, rtl=rtl)["codes"] for rtl in (False, True))
    assert left[0] == right[0]
    assert [c["x"] for c in left[1::2]] == [c["x"] for c in reversed(right[1::2])]


@pytest.mark.parametrize(("count", "codes"), [(0, 0), (1, 1), (2, 2), (40, 40), (300, 0)])
def test_wheel_takes_any_number_of_factors_and_writes_codes_that_have_room(count, codes):
    wheel = charts.wheel([(str(i), 3, True) for i in range(count)], rtl=False)
    assert (len(wheel["sectors"]), len(wheel["codes"])) == (count * 3, codes)
    assert all("nan" not in s["d"] for s in wheel["sectors"])


def test_long_codes_lead_away_from_the_wheel_and_get_a_margin():
    short, long = (charts.wheel([(f"{code}{i}", 3, True) for i in range(4)], rtl=False) for code in ("", "KF/N"))
    assert {c["anchor"] for c in short["codes"]} == {"middle"}
    assert [c["anchor"] for c in long["codes"]] == ["middle", "start", "middle", "end"]
    assert (short["view"], long["view"]) == ("0.0 0.0 162.0 162.0", "-16.5 -16.5 195.0 195.0")


def test_wheel_grows_with_its_spokes_up_to_a_bound_and_its_words_do_not():
    wheels = [charts.wheel([(str(i), 3, True) for i in range(count)], rtl=False) for count in (1, 3, 11, 40)]
    assert [wheel["size"] for wheel in wheels] == ["132.0", "152.0", "232.0", "232.0"]
    # One unit of the drawing is a point, so letters are as large in each.
    assert [wheel["view"].split()[2] for wheel in wheels] == [wheel["size"] for wheel in wheels]
