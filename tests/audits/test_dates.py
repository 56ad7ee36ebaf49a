from datetime import UTC, date, datetime

import pytest
import time_machine
from django.utils import translation

from audits import dates

DAY = date(2026, 10, 9)


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "9 October 2026"),
        ("bg", "9 октомври 2026\xa0г."),
        ("cs", "9. října 2026"),
        ("hr", "9. listopada 2026."),
        ("it", "9 ottobre 2026"),
        ("sk", "9. októbra 2026"),
        ("uk", "9 жовтня 2026\xa0р."),
        ("ar", "9 أكتوبر 2026"),
    ],
)
def test_month_stands_in_the_form_that_follows_a_day(language, written):
    with translation.override(language):
        assert dates.long_date(DAY) == written


def test_parts_of_a_date():
    with translation.override("sk"):
        assert dates.full_date(DAY) == "piatok 9. októbra 2026"
        assert dates.day_month(DAY) == "9. októbra"
        assert dates.month_year(DAY) == "október 2026"
    with translation.override("en"):
        assert dates.weekday_month(DAY) == "Friday 9 October"
        assert dates.short_day(DAY) == "Fri 9 Oct"
        assert dates.short_date(DAY) == "Fri, 9 Oct 2026"


@time_machine.travel("2026-03-01 12:00", tick=False)
def test_day_of_another_year_carries_its_year():
    assert dates.short_near(DAY) == "Fri 9 Oct"
    assert dates.weekday_near(DAY) == "Friday 9 October"
    assert dates.short_near(DAY.replace(year=2025)) == "Thu, 9 Oct 2025"
    assert dates.weekday_near(DAY.replace(year=2025)) == "Thursday, 9 October 2025"


def test_period_names_the_year_once():
    with translation.override("en"):
        assert dates.period(date(2026, 3, 1), date(2026, 12, 18)) == "1 March – 18 December 2026"
        assert dates.period(date(2026, 12, 1), date(2027, 1, 8)) == "1 December 2026 – 8 January 2027"
        assert dates.period(date(2026, 3, 1), date(2026, 3, 1)) == "1 March 2026"


def test_moment_is_told_in_the_time_of_the_place(settings):
    with translation.override("en"):
        assert dates.date_time(datetime(2026, 10, 9, 22, 30, tzinfo=UTC)) == "10 October 2026, 01:30"


def test_comma_is_that_of_the_writing():
    moment = datetime(2026, 10, 9, 12, 30, tzinfo=UTC)
    with translation.override("ar"):
        for said in (dates.date_time(moment), dates.span(moment, moment.replace(hour=13))):
            assert "،" in said
            assert "," not in said
