"""Evidence as pages show it: resolved through the registry, figures when linked beside present ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from audits import methods
from audits.models import Audit, User

from .models import EvidenceLink

# Names under which methods give the figures of a source; a name that is not here is shown as it stands.
FIGURE_NAMES = {"mean": _("Average"), "sd": _("Spread"), "n": _("Answers"), "notes": _("Notes")}

HUNDREDTH = Decimal("0.01")


def figure_text(value: Any) -> str:
    """A figure as it is read: fractions with two decimals, rounded half up, a text with the decimals it has; "" for none."""
    if value is None or value == "":
        return ""
    if isinstance(value, float):
        value = Decimal(str(value)).quantize(HUNDREDTH, ROUND_HALF_UP)
    elif isinstance(value, Decimal):
        value = value.quantize(HUNDREDTH, ROUND_HALF_UP)
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    exponent = number.as_tuple().exponent
    # Infinity and its like have letters there.
    return number_format(number, decimal_pos=max(0, -exponent)) if isinstance(exponent, int) else str(value)


@dataclass(frozen=True)
class Figure:
    """One figure of a source when it was linked and now, as text; `now` is None where the source cannot be read."""

    name: Any
    then: str
    now: str | None

    @property
    def differs(self) -> bool:
        return self.now is not None and self.then != self.now


@dataclass(frozen=True)
class ShownEvidence:
    """An evidence link with what its source says now. `source` is None for what is gone or not open to the user."""

    link: EvidenceLink
    method: methods.Method | None
    source: methods.Evidence | None
    figures: tuple[Figure, ...]

    @property
    def icon(self) -> str:
        return self.method.icon if self.method else "paperclip"


def reference_of(link: EvidenceLink) -> methods.Reference:
    return methods.Reference(app=link.app, type=link.type, source=link.source)


def reference_in(asked: str) -> methods.Reference | None:
    """The source of an address (`app:type:uuid`); None for what is none. A type may hold colons itself."""
    app, _colon, rest = asked.partition(":")
    kind, _colon, identifier = rest.rpartition(":")
    try:
        return methods.Reference(app, kind, UUID(identifier)) if app and kind else None
    except ValueError:
        return None


def source_of(reference: methods.Reference | None, audit: Audit, user: User) -> methods.Evidence | None:
    """What a source of this audit says; None for one of another, one that is gone, and one that the user may not see."""
    found = methods.resolve([reference], user).get(reference) if reference else None
    return found if found and found.audit == audit.pk else None


def shown(links: Iterable[EvidenceLink], user: User) -> list[ShownEvidence]:
    """The links in their order, each resolved as far as the user may see its source."""
    links = list(links)
    sources = methods.resolve((reference_of(link) for link in links), user)
    return [_shown(link, sources.get(reference_of(link))) for link in links]


FEW = 5
"""People below whom a figure shows what single people said (DESIGN rule 4)."""


def _comparable(then: Mapping[str, Any], now: Mapping[str, Any]) -> Mapping[str, Any]:
    """The figures of then that may stand beside those of now; those of now where there is nothing to compare.

    A source that shows no figures any more protects somebody. Beside what it said once, fewer than 5 people who came
    or went could be worked out too, and where as many answered then as now, one of them who changed an answer.
    """
    before, after = then.get("n"), now.get("n")
    too_close = isinstance(before, int) and isinstance(after, int) and abs(before - after) < FEW
    return now if not then or not now or too_close else then


def _shown(link: EvidenceLink, source: methods.Evidence | None) -> ShownEvidence:
    kept = link.figures if source is None else _comparable(link.figures, source.figures)
    names = dict.fromkeys([*kept, *(source.figures if source else ())])
    figures = (
        Figure(
            FIGURE_NAMES.get(name, name),
            figure_text(kept.get(name)),
            figure_text(source.figures.get(name)) if source else None,
        )
        for name in names
    )
    return ShownEvidence(
        link, methods.get(link.app), source, tuple(figure for figure in figures if figure.then or figure.now)
    )
