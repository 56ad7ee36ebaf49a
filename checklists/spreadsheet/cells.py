"""One cell: what may stand in it, by the kind of its column."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from audits.enums import StakeholderGroup
from audits.participation.enums import AgeBand, Gender

from ..actions.changes import LOCATION_LENGTH, TEXT_LENGTH
from ..enums import Missing
from ..exports import FORMULA_SIGNS
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
    compared,
)

NO_ANSWER = {"", "0", "-", "–", "—"}
DONT_KNOW = "?"


class CellError(Exception):
    """What is wrong with a cell, as a sentence."""


@dataclass(frozen=True)
class Formula:
    """A cell that holds a formula; what it would come to is never asked."""


def text_of(cell: Any) -> str:
    """A cell as somebody reads it: whole numbers without a decimal point."""
    if cell is None:
        return ""
    if isinstance(cell, Formula):
        return "="
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell).strip()


def short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


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


def _words(limit: int) -> Callable[[Any], str]:
    def parse(cell: Any) -> str:
        text = text_of(cell)
        # An apostrophe that a spreadsheet program or our own CSV put before a sign of formulas.
        if text.startswith("'") and text[1:].startswith(FORMULA_SIGNS):
            text = text[1:]
        if len(text) > limit:
            raise CellError(
                _("At most %(length)s characters; these are %(count)s.") % {"length": limit, "count": len(text)}
            )
        return text

    return parse


def _choice(kind: str) -> Callable[[Any], str]:
    def parse(cell: Any) -> str:
        text = text_of(cell)
        if not text:
            return ""
        found = _known(kind).get(compared(text).replace("–", "-"))
        if found is None:
            options = ", ".join(str(label) for label in CHOICES[kind].labels)
            raise CellError(
                _("“%(value)s” is not in the list. Choose one of: %(options)s")
                % {"value": short(text), "options": options}
            )
        return found

    return parse


CHOICES: dict[str, Any] = {GROUP: StakeholderGroup, GENDER: Gender, AGE: AgeBand}


@cache
def _known(kind: str) -> dict[str, str]:
    """What people write for each value: its code, or its name in any language of the interface."""
    known: dict[str, str] = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            known |= {compared(str(label)).replace("–", "-"): value for value, label in CHOICES[kind].choices}
    return known | {form: value for value in CHOICES[kind].values for form in (value, value.replace("_", "-"))}


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


def _date(cell: Any) -> datetime.date | None:
    if isinstance(cell, datetime.datetime):
        return cell.date()
    if isinstance(cell, datetime.date):
        return cell
    text = text_of(cell)
    for pattern in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return datetime.datetime.strptime(text, pattern).date()
        except ValueError:
            continue
    if text:
        raise CellError(_("“%(value)s” is not a date. Write it like 2026-10-31.") % {"value": short(text)})
    return None


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
    COMMENT: _words(TEXT_LENGTH),
    SUGGESTION: _words(TEXT_LENGTH),
    LOCATION: _words(LOCATION_LENGTH),
    DATE: _date,
    TIME: _time,
}
