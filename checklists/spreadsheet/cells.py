"""One cell of a walk's table: what may stand in it, by the kind of its column."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from audits.enums import StakeholderGroup
from audits.participation.enums import AgeBand, Gender
from audits.spreadsheet import CellError, choice, day, in_all_languages, short, text_of, words

from ..actions.changes import LOCATION_LENGTH, TEXT_LENGTH
from ..enums import Missing
from .columns import (
    AGE,
    COMMENT,
    DATE,
    GENDER,
    GROUP,
    GUARDIAN,
    LOCATION,
    QUOTE,
    SCORE,
    SUGGESTION,
    TIME,
)

NO_ANSWER = {"", "0", "-", "–", "—"}
DONT_KNOW = "?"


def _score(cell: Any) -> int | str:
    """1 to 5, "" for no answer, "dont_know"."""
    text = text_of(cell)
    if text in NO_ANSWER:
        return ""
    if text == DONT_KNOW:
        return Missing.DONT_KNOW.value
    if isinstance(cell, datetime.date | datetime.time):
        raise CellError(_("This is a date. Write a score from 1 to 5."))
    if text in {"1", "2", "3", "4", "5"}:
        return int(text)
    if text.startswith("="):
        raise CellError(_("Formulas are not read. Write what it comes to."))
    if re.fullmatch(r"-?\d+", text):
        raise CellError(_("%(value)s is not on the scale of 1 to 5.") % {"value": short(text)})
    if re.fullmatch(r"-?\d+[.,]\d+", text):
        raise CellError(_("%(value)s is not a whole number.") % {"value": short(text)})
    raise CellError(_("“%(value)s” is not a score from 1 to 5.") % {"value": short(text)})


CHOICES: dict[str, Any] = {GROUP: StakeholderGroup, GENDER: Gender, AGE: AgeBand}


def _choice(kind: str) -> Callable[[Any], str]:
    return lambda cell: choice(cell, _known(kind), CHOICES[kind].labels)


@cache
def _known(kind: str) -> dict[str, str]:
    return in_all_languages(CHOICES[kind])


@cache
def _yes_no() -> dict[str, bool]:
    known = {"yes": True, "y": True, "x": True, "1": True, "true": True, "no": False, "n": False, "0": False, "": False}
    known["false"] = False
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            known |= {_("yes").casefold(): True, _("no").casefold(): False}
    return known


def _flag(cell: Any) -> bool:
    text = text_of(cell)
    found = _yes_no().get(text.casefold())
    if found is None:
        raise CellError(_("“%(value)s” is neither yes nor no.") % {"value": short(text)})
    return found


def _time(cell: Any) -> datetime.time | None:
    if isinstance(cell, datetime.datetime):
        return cell.time()
    if isinstance(cell, datetime.time):
        return cell
    text = text_of(cell)
    for pattern in ("%H:%M", "%H:%M:%S", "%H.%M"):
        try:
            return datetime.datetime.strptime(text, pattern).time()
        except ValueError:
            continue
    if text:
        raise CellError(_("“%(value)s” is not a time. Write it like 14:30.") % {"value": short(text)})
    return None


PARSERS: dict[str, Callable[[Any], Any]] = {
    GROUP: _choice(GROUP),
    GENDER: _choice(GENDER),
    AGE: _choice(AGE),
    QUOTE: _flag,
    GUARDIAN: _flag,
    SCORE: _score,
    COMMENT: words(TEXT_LENGTH),
    SUGGESTION: words(TEXT_LENGTH),
    LOCATION: words(LOCATION_LENGTH),
    DATE: day,
    TIME: _time,
}
