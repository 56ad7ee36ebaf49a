"""What documents, institutions and partnerships say on the guide questions, and where an institution says nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from audits.models import Audit

from ..enums import InstitutionKind, Point, ProvisionTopic, Rating
from ..models import Document, Institution, Partnership, Provision

# What the registers hold on the guide questions of the toolkit, by their keys. A guide's own questions have none.
DOCUMENT_POINTS = {
    "1.2": Point.NATIONAL,
    "1.3": Point.EU,
    "1.4": Point.EVALUATED,
    "1.5": Point.RIGHTS,
    "1.6": Point.GENDER,
    "1.7": Point.CORRELATED,
    "1.8": Point.FINANCED,
}
SECURITY_POLICIES = "1.1"
POLICE = "2.5"
# Rating and text of an institution by the question they answer; "" where it has none.
INSTITUTION_FIELDS = {
    "2.1": ("urban_security", ""),
    "2.2": ("tcn_mandate", "tcn_mandate_text"),
    "2.3": ("", "measures"),
    "2.4": ("", "barriers"),
    "2.5": ("", "responsibilities"),
    "2.6": ("", "cooperation"),
    "2.7": ("capacity", "capacity_text"),
    "2.8": ("", "improvement"),
}


@dataclass(frozen=True)
class Said:
    """What one row of a register says: a rating, words or both."""

    row: Document | Provision | Institution | Partnership
    rating: Rating | None = None
    text: str = ""
    page: str = ""


@dataclass(frozen=True)
class SaidGroup:
    """Rows of one register; `silent` counts those that could say something and do not yet."""

    title: Any
    kind: str  # "document", "institution" or "partnership"
    rows: tuple[Said, ...]
    silent: int = 0


def said_on(audit: Audit, key: str) -> tuple[SaidGroup, ...]:
    """What documents, institutions and partnerships say on the toolkit's question of this key; nothing on others."""
    if key == SECURITY_POLICIES:
        provisions = Provision.objects.filter(document__audit=audit, topic=ProvisionTopic.SECURITY)
        rows = [
            Said(one.document, text=one.text, page=one.page)
            for one in provisions.select_related("document").order_by(
                "document__title__alphabetical", "document_id", "position", "pk"
            )
        ]
        return (SaidGroup(_("Provisions on urban security"), "document", tuple(rows)),)
    if key in DOCUMENT_POINTS:
        return (_rated(audit.documents.in_order().prefetch_related("ratings"), DOCUMENT_POINTS[key]),)
    if key not in INSTITUTION_FIELDS:
        return ()
    groups = [_told(audit.institutions.in_order(), key)]
    if key == "2.6":
        rows = [Said(one, text=one.text) for one in audit.partnerships.all() if one.exists]
        groups.append(SaidGroup(_("Partnerships and mechanisms"), "partnership", tuple(rows)))
    return tuple(groups)


def _rated(documents: Iterable[Document], point: Point) -> SaidGroup:
    rows, silent = [], 0
    for document in documents:
        rating = document.rating_of(point)
        if rating:
            rows.append(Said(document, Rating(rating.value), rating.reason))
        elif document.is_measured:
            silent += 1
    return SaidGroup(point.label, "document", tuple(rows), silent)


def _told(institutions: Iterable[Institution], key: str) -> SaidGroup:
    rows, silent = [], 0
    for institution in institutions:
        if not institution.exists:
            continue
        rating, text = on_question(institution, key)
        if is_about(institution, key) and (rating or text):
            rows.append(Said(institution, rating, text))
        elif is_asked(institution, key):
            silent += 1
    return SaidGroup(_("Institutions"), "institution", tuple(rows), silent)


def on_question(institution: Institution, key: str) -> tuple[Rating | None, str]:
    """Rating and words of an institution on a guide question of step 2."""
    rating, text = INSTITUTION_FIELDS[key]
    value = getattr(institution, rating) if rating else ""
    return Rating(value) if value else None, getattr(institution, text) if text else ""


def field_of(key: str) -> str:
    """The field of an institution in which a guide question is answered; the rating where there is one as well."""
    rating, text = INSTITUTION_FIELDS[key]
    return rating or text


def is_about(institution: Institution, key: str) -> bool:
    """Whether what the institution says can be an answer: one question is about the police alone."""
    return key != POLICE or InstitutionKind(institution.kind).is_police


def is_asked(institution: Institution, key: str) -> bool:
    """Whether the institution should say something: a public agency that exists."""
    return institution.exists and InstitutionKind(institution.kind).is_public and is_about(institution, key)


def gaps(institution: Institution, keys: Collection[str] = tuple(INSTITUTION_FIELDS)) -> tuple[str, ...]:
    """The guide questions of step 2 that are about the institution and on which it says nothing yet. `keys` are those
    that the audit's guide asks."""
    return tuple(
        key
        for key in INSTITUTION_FIELDS
        if key in keys and is_asked(institution, key) and not any(on_question(institution, key))
    )
