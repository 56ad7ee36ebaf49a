import pytest
from django.utils import translation

from reports.document import numbers


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", "3.45"),
        ("bg", "3,45"),
        ("hr", "3,45"),
        ("cs", "3,45"),
        ("it", "3,45"),
        ("sk", "3,45"),
        ("uk", "3,45"),
        ("ar", "3.45"),
    ],
)
def test_decimal_sign_follows_the_language(language, shown):
    with translation.override(language):
        assert numbers.number(3.45, 2) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [(2.125, "2.13"), (2.675, "2.68"), (1.005, "1.01"), (-0.004, "0.00"), (0.0, "0.00")]
)
def test_halves_are_rounded_up_as_on_the_screens(value, shown):
    with translation.override("en"):
        assert numbers.number(value, 2) == shown


def test_thousands_signs_and_gaps():
    with translation.override("en"):
        assert numbers.number(214380) == "214\u202f380"
        assert numbers.number(None, 2) == "–"
        assert (numbers.number(0.5, 1, sign=True), numbers.number(-0.5, 1)) == ("+0.5", "−0.5")
    with translation.override("ar"):
        assert numbers.number(-0.5, 1) == "\u200e−0.5"
