"""What the team does with a photo that is here: looks at it, describes it, states rights, hides it, blurs it.

What its author entered on an own phone stays as it is (DESIGN rule 12).
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from audits import images
from audits.images import Box
from audits.models import CityPlan, Picture, StaleError, User
from audits.participation.models import Change

from ..enums import GivenBy, PhotoSource, VisiblePeople
from ..models import CaptionTranslation, Photo, Theme
from .deletion import out_of_files
from .statements import state_rights


def said_by_author(photo: Photo) -> dict[str, Any]:
    """What the author entered on an own phone, as the journal of changes has it; nothing for other photos."""
    if photo.source != PhotoSource.PHONE:
        return {}
    standing = Change.objects.filter(subject=photo.subject).standing().values_list("content", flat=True).first()
    return standing or {}


@transaction.atomic
def look_at(
    *,
    photo: Photo,
    alt: str,
    seen_alt: str,
    language: str,
    by: User,
    alt_language: str = "",
    people: str = VisiblePeople.UNKNOWN,
    theme: Theme | None = None,
    changes_theme: bool = False,
    district: str | None = None,
) -> None:
    """Writes what somebody of the team sees in a photo: who is visible, how it is described, to which theme and part of
    the city it belongs.

    Given is only what that person has changed on the page: what somebody else said of the rest meanwhile stands. An
    author's own choice of a theme stands too. `alt_language` is the language of `alt`, "" where it stays. Raises
    StaleError, its `current` the photo as it is, where somebody else described it since `seen_alt` was read.
    """
    row = _locked(photo)
    if row.alt not in (seen_alt, alt):
        raise StaleError(row)
    row.alt = alt
    row.alt_language = (alt_language or row.alt_language) if alt else ""
    if changes_theme and not said_by_author(row).get("theme"):
        row.theme = theme
    if district is not None:
        row.district = district
    row.save(update_fields=["alt", "alt_language", "theme", "district"])
    if people:
        state_rights(photo=row, given_by=GivenBy.TEAM, by=by, language=language, people=people)


@transaction.atomic
def state_for_author(*, photo: Photo, seen: int | None, language: str, by: User, **stated: object) -> None:
    """Records what the author of a photo said to the team. `seen` is the statement that held on the writer's page.

    Raises StaleError where another one holds by now, ValueError for a photo of an own phone: there, nobody speaks for
    its author.
    """
    row = _locked(photo)
    if row.source == PhotoSource.PHONE:
        raise ValueError("The author of this photo states the rights in it.")
    standing = row.rights.order_by("at", "pk").last()
    if standing and standing.pk != seen:
        raise StaleError(standing)
    state_rights(photo=row, given_by=GivenBy.TEAM, by=by, language=language, **stated)


@transaction.atomic
def translate_caption(*, photo: Photo, language: str, title: str, text: str, seen: str, by: User) -> CaptionTranslation:
    """Writes a photo's words in another language. `seen` is when the translation on the writer's page was written, ""
    where there was none; raises StaleError where another one stands there now."""
    _locked(photo)
    row = photo.translations.filter(language=language).first()
    if row and (row.title, row.text) == (title, text):
        return row
    if row and row.at.isoformat() != seen:
        raise StaleError(row)
    row = row or CaptionTranslation(photo=photo, language=language)
    row.title, row.text, row.by = title, text, by
    row.save()
    return row


@transaction.atomic
def hide(*, photo: Photo, reason: str, by: User) -> None:
    """Takes a photo out of the review; it stays stored, with the reason. Hidden already, it gets the new reason."""
    Photo.objects.filter(pk=photo.pk).update(hidden_at=timezone.now(), hidden_by=by, hidden_reason=reason)
    out_of_files([photo])


def show_again(*, photo: Photo) -> None:
    Photo.objects.filter(pk=photo.pk).update(hidden_at=None, hidden_by=None, hidden_reason="")


@transaction.atomic
def mark(*, photo: Photo, plan: CityPlan | None, x: Decimal | None = None, y: Decimal | None = None) -> None:
    """Marks a photo on a plan, or takes the mark away. Raises ValueError where its author has marked the place."""
    row = _locked(photo)
    if said_by_author(row).get("plan"):
        raise ValueError("The author has said where this photo was taken.")
    row.plan, row.plan_x, row.plan_y = plan, x, y
    row.save(update_fields=["plan", "plan_x", "plan_y"])


@transaction.atomic
def blur(*, photo: Photo, boxes: Iterable[Box], language: str, by: User) -> None:
    """Blurs parts of a photo for good, and asks anew who can be recognised in it. Raises as `images.blur` does."""
    row = _locked(photo)
    images.blur(Picture.objects.select_for_update().get(pk=row.picture_id), boxes)
    row.blurred_at = timezone.now()
    row.save(update_fields=["blurred_at"])
    out_of_files([row])
    state_rights(photo=row, given_by=GivenBy.TEAM, by=by, language=language, people=VisiblePeople.UNKNOWN)


def _locked(photo: Photo) -> Photo:
    return Photo.objects.select_for_update(of=("self",)).get(pk=photo.pk)
