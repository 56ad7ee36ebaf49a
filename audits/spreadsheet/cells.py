"""One cell of a table that people fill in: what may stand in it. Nothing is guessed."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from ..dates import plausible_years

# Cells that begin so are taken for formulas by spreadsheet programs.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


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


def compared(text: str) -> str:
    """A name of a column or a choice as it is compared: capitals and spaces do not matter."""
    return re.sub(r"\s+", " ", text).strip().casefold()


def harmless(value: object) -> object:
    """A CSV cell that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_SIGNS) else value


def words(limit: int) -> Callable[[Any], str]:
    """A parser of a text of at most `limit` characters."""

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


def choice(cell: Any, known: Mapping[str, str], labels: Iterable[Any]) -> str:
    """The value that a cell names, "" for an empty one; `labels` are named where it is none of them."""
    text = text_of(cell)
    if not text:
        return ""
    found = known.get(dashless(text))
    if found is None:
        options = ", ".join(str(label) for label in labels)
        raise CellError(
            _("“%(value)s” is not in the list. Choose one of: %(options)s") % {"value": short(text), "options": options}
        )
    return found


def dashless(text: str) -> str:
    return compared(text).replace("–", "-")


def in_all_languages(choices: Any) -> dict[str, str]:
    """What people write for each value of an enum: its code, or its name in any language of the interface."""
    known: dict[str, str] = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            known |= {dashless(str(label)): value for value, label in choices.choices}
    return known | {form: value for value in choices.values for form in (value, value.replace("_", "-"))}


def day(cell: Any, *, standing: Collection[datetime.date | None] = ()) -> datetime.date | None:
    """A date, as one or written; None for an empty cell. Raises CellError, for a year that is not plausible too, unless
    the day is one of those that are `standing` already (as `DayField`).
    """
    found = _date(cell)
    first, last = plausible_years()
    if found and found not in standing and not first <= found.year <= last:
        raise CellError(_("Write a day of the years %(first)s to %(last)s.") % {"first": first, "last": last})
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
