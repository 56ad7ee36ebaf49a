"""Dates in words as each language writes them, by the Unicode CLDR; and which years are plausible.

Django's own formats name the month as it stands alone; after a day many languages need another form of it
("9. listopada", "9 жовтня").
"""

import datetime

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time
from django.utils import timezone
from django.utils.translation import get_language

YEARS_BACK, YEARS_AHEAD = 10, 30
"""An audit that is written down late and a strategy to the middle of the century are within; a slip of the finger is not."""


def plausible_years() -> tuple[int, int]:
    """The first and the last year in which a day of an audit's work can lie; in others the year is mistyped."""
    year = timezone.localdate().year
    return year - YEARS_BACK, year + YEARS_AHEAD


def _locale() -> Locale:
    """The active language; English as the toolkit's countries write it, the day before the month."""
    language = get_language() or "en"
    return Locale.parse("en-GB" if language == "en" else language, sep="-")


def _skeleton(skeleton: str, value: datetime.date) -> str:
    return _spaced(format_skeleton(skeleton, _here(value), locale=_locale()))


def _spaced(text: str) -> str:
    """The narrow no-break space before "г." is not in every font; the ordinary one is."""
    return text.replace("\u202f", "\xa0")


def _here(value: datetime.date) -> datetime.date:
    return timezone.localtime(value) if isinstance(value, datetime.datetime) and timezone.is_aware(value) else value


def long_date(value: datetime.date) -> str:
    """ "9 October 2026" """
    return _spaced(format_date(_here(value), "long", locale=_locale()))


def full_date(value: datetime.date) -> str:
    """ "Friday, 9 October 2026" """
    return _spaced(format_date(_here(value), "full", locale=_locale()))


def day_month(value: datetime.date) -> str:
    """ "9 October" """
    return _skeleton("MMMMd", value)


def weekday_month(value: datetime.date) -> str:
    """ "Friday 9 October" """
    return _skeleton("MMMMEEEEd", value)


def short_day(value: datetime.date) -> str:
    """ "Fri 9 Oct" """
    return _skeleton("MMMEd", value)


def short_date(value: datetime.date) -> str:
    """ "Fri, 9 Oct 2026" """
    return _skeleton("yMMMEd", value)


def weekday_near(value: datetime.date) -> str:
    """ "Friday 9 October"; in another year than this one "Friday, 9 October 2025" """
    return weekday_month(value) if _this_year(value) else full_date(value)


def short_near(value: datetime.date) -> str:
    """ "Fri 9 Oct"; in another year than this one "Fri, 9 Oct 2025" """
    return short_day(value) if _this_year(value) else short_date(value)


def _this_year(value: datetime.date) -> bool:
    return _here(value).year == timezone.localdate().year


def month_year(value: datetime.date) -> str:
    """ "October 2026" """
    return _skeleton("yMMMM", value)


def month_short(value: datetime.date) -> str:
    """ "Oct 2026" """
    return _skeleton("yMMM", value)


def date_time(value: datetime.datetime) -> str:
    """ "9 October 2026, 14:05" """
    return f"{long_date(value)}{_comma()} {clock(value)}"


def _comma() -> str:
    """The comma of the language's writing."""
    return "،" if "،" in str(_locale().datetime_formats["medium"]) else ","


def clock(value: datetime.datetime | datetime.time) -> str:
    """ "14:05", in 24 hours everywhere."""
    return format_time(_here(value) if isinstance(value, datetime.datetime) else value, "HH:mm", locale=_locale())


def period(first: datetime.date, last: datetime.date) -> str:
    """ "1 March – 18 December 2026"; of one day "1 March 2026" """
    if first == last:
        return long_date(first)
    return f"{day_month(first) if first.year == last.year else long_date(first)} – {long_date(last)}"


def span(begins: datetime.datetime, ends: datetime.datetime) -> str:
    """ "Friday, 9 October 2026, 14:00–17:00"; over several days "9 October – 22 October 2026" """
    first, last = _here(begins), _here(ends)
    if first.date() == last.date():
        return f"{full_date(first)}{_comma()} {clock(first)}–{clock(last)}"
    return period(first.date(), last.date())
