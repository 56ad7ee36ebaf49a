"""How people get to the joining page: the panel for those who run an occasion, and the poster on the wall."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import segno
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from audits.models import Audit
from audits.texts import in_a_line, isolated
from audits.tokens import spaced
from reports.document import blocks

from . import occasions
from .occasions import Occasion


@dataclass(frozen=True)
class Way:
    """The way to an occasion: the address that leads there at once, the short one at which its code is typed, the
    code."""

    url: str
    short: str
    code: str

    @property
    def square(self) -> SafeString:
        """The square that phones read, for a page."""
        drawing = segno.make(self.url, error="m").svg_inline(
            border=2, omitsize=True, lineclass=None, svgclass=None, title=_("Address for joining, for phones")
        )
        return mark_safe(drawing)

    def printed_square(self, language: str) -> blocks.Square:
        """The square for paper; it opens the page in the language of the paper."""
        matrix = segno.make(f"{self.url}?lang={language}", error="m").matrix
        rows = tuple("".join("1" if cell else "0" for cell in row) for row in matrix)
        return blocks.Square(rows, _("Address for joining, for phones"))


def way_to(request: HttpRequest, code: str) -> Way:
    """The way to the occasion of this join code, as addresses of the site that answers the request."""
    url = request.build_absolute_uri(reverse("participation:join", args=[code]))
    return Way(url, short_address(request), spaced(code))


def short_address(request: HttpRequest) -> str:
    """Where codes are typed, as people type it; without its last stroke, which jumps where the writing runs from right
    to left."""
    return request.build_absolute_uri(reverse("participation:join-code")).partition("://")[2].rstrip("/")


def poster_document(
    way: Way, *, audit: Audit, code: str, languages: Sequence[str], size: str, place: str = ""
) -> blocks.Document:
    """Posters of an occasion, one page for each language; `size` is "a4" or "a5", `place` where people meet.

    They have letters of one size, in which the fullest of them has room on its page.

    Raises ValueError where no occasion has this join code.
    """
    with translation.override(languages[0]):
        return blocks.Document(
            title=_("Poster %(size)s: %(occasion)s") % {"size": size.upper(), "occasion": _named(code).heading},
            language=languages[0],
            author=audit.city.authority,
            running_title="",
            layout="poster",
            chapters=tuple(_poster(way, code, language, size, place) for language in languages),
        )


def _poster(way: Way, code: str, language: str, size: str, place: str) -> blocks.Poster:
    with translation.override(language):
        occasion = _named(code)
        audit = occasion.audit
        facts = [occasion.when]
        if place:
            facts.append(_("We meet here: %(place)s") % {"place": isolated(place)})
        return blocks.Poster(
            occasion.heading,
            language,
            size,
            way.printed_square(language),
            (_("Scan the square with your phone."), _("Or open this address and type the code:")),
            way.short,
            way.code,
            kicker=audit.city.authority,
            lead=occasion.lead,
            facts=tuple(facts),
            points=(
                *occasion.points,
                _("You need no account. Nobody asks for your name or your papers."),
                _("You can stop at any time and take back what you gave."),
            ),
            foot=(
                _("Who answers for the data: %(controller)s")
                % {"controller": isolated(in_a_line(audit.controller or audit.city.authority))},
            ),
        )


def _named(code: str) -> Occasion:
    occasion = occasions.find(code)
    if occasion is None:
        raise ValueError(f"No occasion has the join code {code!r}.")
    return occasion
