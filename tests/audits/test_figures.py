"""Reading figures as people write them. Worked by hand: text, decimal sign, thousands sign, figure."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.figures import Fault, UnreadableFigureError, read_figure, write_figure

ENGLISH = {"decimal": ".", "thousands": ","}
ITALIAN = {"decimal": ",", "thousands": "."}
BULGARIAN = {"decimal": ",", "thousands": "\u00a0"}


@pytest.mark.parametrize(
    ("text", "signs", "figure"),
    [
        ("1234567", ENGLISH, "1234567"),
        ("1,234,567.5", ENGLISH, "1234567.5"),
        ("1.234.567,5", ITALIAN, "1234567.5"),
        ("1 234 567,5", BULGARIAN, "1234567.5"),
        ("1\u202f234\u00a0567", BULGARIAN, "1234567"),
        ("1’234’567.5", ENGLISH, "1234567.5"),
        ("12,5", ENGLISH, "12.5"),
        ("12.5", ITALIAN, "12.5"),
        ("1.2340", ENGLISH, "1.234"),
        ("1.234", ITALIAN, "1234"),
        ("1,234", ENGLISH, "1234"),
        ("0.250", ITALIAN, "0.250"),
        ("1234.567", ITALIAN, "1234.567"),
        ("1,234.5", ITALIAN, "1234.5"),
        ("-3,5", ENGLISH, "-3.5"),
        ("−3.5", ENGLISH, "-3.5"),
        (" 7 ", ENGLISH, "7"),
        ("١٢٣", ENGLISH, "123"),
    ],
)
def test_figure_is_read_as_it_was_meant(text, signs, figure):
    assert read_figure(text, thousands=signs["thousands"]) == Decimal(figure)


@pytest.mark.parametrize(
    ("text", "signs", "fault"),
    [
        ("about 12", ENGLISH, Fault.NO_FIGURE),
        ("12 %", ENGLISH, Fault.NO_FIGURE),
        ("1e5", ENGLISH, Fault.NO_FIGURE),
        ("NaN", ENGLISH, Fault.NO_FIGURE),
        ("--2", ENGLISH, Fault.NO_FIGURE),
        ("=1+1", ENGLISH, Fault.NO_FIGURE),
        ("-", ENGLISH, Fault.NO_FIGURE),
        ("1.234", BULGARIAN, Fault.TWO_READINGS),
        ("1.234", ENGLISH, Fault.TWO_READINGS),
        ("211.500", ENGLISH, Fault.TWO_READINGS),
        ("1,234", ITALIAN, Fault.TWO_READINGS),
        ("1,23,4", ENGLISH, Fault.BAD_GROUPS),
        ("12,34.5", ENGLISH, Fault.BAD_GROUPS),
        ("1.2,3.4", ENGLISH, Fault.BAD_GROUPS),
    ],
)
def test_text_that_is_no_figure_is_refused_with_its_reason(text, signs, fault):
    with pytest.raises(UnreadableFigureError) as refused:
        read_figure(text, thousands=signs["thousands"])
    assert refused.value.reason is fault


@given(
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**13), max_value=10**13, places=4),
    st.sampled_from([ENGLISH, ITALIAN, BULGARIAN]),
)
def test_written_figure_is_read_back_the_same(figure, signs):
    assert read_figure(write_figure(figure, **signs), thousands=signs["thousands"]) == figure
