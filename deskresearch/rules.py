"""What holds for a document however it comes in, typed into the form or as a row of a spreadsheet."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Generic, TypeVar

from django.conf.locale import LANG_INFO
from django.utils.translation import gettext_lazy as _

from audits.search import fold

from .enums import Published, Scope

FIRST_YEAR, LAST_YEAR = 1900, 2100
MOST_PROVISIONS = 100
"""Far more than anybody quotes of one document; together they stay below the number of fields of a request."""
LANGUAGES = tuple(code for code, info in LANG_INFO.items() if "name" in info and code.isalpha())
"""Codes of the languages that a document can be in."""
UNRATED_REASON = _("A reason stands here, but no rating. Choose a rating as well: the reason is kept with it.")


def clashes(fields: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """What does not fit together in a document, by the names of its fields: field and sentence."""
    if fields.get("scope") == Scope.SECTORAL and not fields.get("sector"):
        yield "sector", _("Choose the sector for which it was written.")
    elif fields.get("scope", Scope.SECTORAL) != Scope.SECTORAL and fields.get("sector"):
        yield (
            "sector",
            _("A sector stands here, but the document is not for one sector. Say that it is, or take the sector out."),
        )
    first, last = fields.get("from_year"), fields.get("to_year")
    if first and last and last < first:
        yield "to_year", _("The last year is before the first year.")
    if fields.get("published_at") and fields.get("published") == Published.NO:
        yield (
            "published_at",
            _(
                "An address on the city’s website stands here, but it is said not to be published. "
                "Take it out, or say that it is published."
            ),
        )


# Hyphens, dashes and the minus sign, with the spaces around them.
DASHES = re.compile(r"\s*[-\u2010-\u2015\u2212]\s*")


def name_of(title: str) -> str:
    """A title as it is compared with others: case, accents, spaces, and which dash somebody typed do not matter."""
    return " ".join(DASHES.sub("-", fold(title).casefold()).split())


Row = TypeVar("Row")


class Doubles(Generic[Row]):
    """Finds the document that another one repeats: of the same title, and no years tell them apart.

    Annual reports may be called alike; a row without years may be any of them. Of several the one is found that is written
    exactly so, then the one of the very same years, then the first.
    """

    def __init__(self, rows: Iterable[tuple[str, int | None, int | None, Row]] = ()) -> None:
        self._rows: dict[str, list[tuple[str, tuple[int | None, int | None], Row]]] = defaultdict(list)
        for title, first, last, row in rows:
            self.add(title, first, last, row)

    def add(self, title: str, first: int | None, last: int | None, row: Row) -> None:
        self._rows[name_of(title)].append((title, (first, last), row))

    def find(self, title: str, first: int | None, last: int | None) -> Row | None:
        unknown, wanted = (None, None), (first, last)
        found = [one for one in self._rows.get(name_of(title), ()) if one[1] == wanted or unknown in (one[1], wanted)]
        return max(found, key=lambda one: (one[0] == title, one[1] == wanted))[2] if found else None
