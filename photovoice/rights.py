"""What the ledger of a photo allows, and what it still lacks (toolkit, "Photovoice", rights; DESIGN rule 10).

Works on photos loaded by `Photo.objects.with_rights()`, without further queries.
"""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from audits.participation.enums import Purpose

from .enums import AllowedUse, PhotoState, VisiblePeople
from .models import Photo, PhotoRights


class Gap(StrEnum):
    """Why a photo cannot be published, in the order in which it is looked into."""

    STATE = "state"
    HIDDEN = "hidden"
    DECLARED = "declared"
    CONSENT = "consent"
    USE = "use"
    CREDIT = "credit"
    PEOPLE_UNKNOWN = "people_unknown"
    PEOPLE = "people"
    TITLE = "title"
    ALT = "alt"

    @property
    def label(self):
        return _GAPS[self]


_GAPS = {
    Gap.STATE: _("It does not count yet."),
    Gap.HIDDEN: _("It is hidden."),
    Gap.DECLARED: _("Nobody has said whose photo it is."),
    Gap.CONSENT: _("The author does not agree that it is published."),
    Gap.USE: _("The author allows it only inside the audit."),
    Gap.CREDIT: _("Nobody has said which name stands below it."),
    Gap.PEOPLE_UNKNOWN: _("Nobody has looked whether people can be recognised."),
    Gap.PEOPLE: _("Somebody can be recognised who has not agreed."),
    Gap.TITLE: _("It has no title."),
    Gap.ALT: _("It is not described for people who cannot see it."),
}


def standing(photo: Photo) -> PhotoRights | None:
    """The statement of rights that holds; None where there is none yet."""
    statements = list(photo.rights.all())
    return statements[-1] if statements else None


def agrees_to(photo: Photo, purpose: Purpose) -> bool:
    """Whether the author's latest word on the purpose is yes. Whoever is no participant says it in the statement."""
    if photo.participant is None:
        return standing(photo) is not None
    words = [consent.given for consent in photo.participant.consents.all() if consent.purpose == purpose]
    return bool(words and words[-1])


def gaps(photo: Photo) -> list[Gap]:
    """Everything that stands between the photo and its publication; empty when it may be published with its credit."""
    rights = standing(photo)
    people = rights.people if rights else VisiblePeople.UNKNOWN
    facts = {
        Gap.STATE: photo.state != PhotoState.IN,
        Gap.HIDDEN: photo.hidden_at is not None,
        Gap.DECLARED: rights is None or not rights.declared,
        Gap.CONSENT: not (agrees_to(photo, Purpose.PHOTO_USE) and agrees_to(photo, Purpose.PUBLICATION)),
        Gap.USE: rights is not None and rights.use == AllowedUse.INSIDE,
        Gap.CREDIT: rights is not None and not rights.credit and not rights.anonymous,
        Gap.PEOPLE_UNKNOWN: people == VisiblePeople.UNKNOWN,
        Gap.PEOPLE: people == VisiblePeople.NOT_AGREED,
        Gap.TITLE: not photo.title,
        Gap.ALT: not photo.alt,
    }
    return [gap for gap, holds in facts.items() if holds]


def may_be_published(photo: Photo) -> bool:
    return not gaps(photo)


def credit_of(photo: Photo) -> str:
    """The credit line as its author wants it; "" where no name is wanted."""
    rights = standing(photo)
    return rights.credit if rights else ""
