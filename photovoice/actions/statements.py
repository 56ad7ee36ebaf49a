"""Statements of rights: what may be done with a photo, and whom it shows (SAFETY, "Photos")."""

from __future__ import annotations

from audits.models import User

from ..consent import PHOTO_FORM
from ..enums import GivenBy, VisiblePeople
from ..models import Photo, PhotoRights
from .deletion import out_of_files
from .details import PhotoDetails

# From what asks nobody to what forbids showing it.
_STRICTER = [
    VisiblePeople.NONE,
    VisiblePeople.UNRECOGNISABLE,
    VisiblePeople.AGREED,
    VisiblePeople.UNKNOWN,
    VisiblePeople.NOT_AGREED,
]


def state_rights(
    *,
    photo: Photo,
    given_by: GivenBy,
    by: User | None = None,
    language: str,
    text_version: str = PHOTO_FORM.version,
    **stated: object,
) -> PhotoRights:
    """Records a statement of rights: what is not stated now stays as it was said before. Returns the one that holds.

    The same again adds no row. The caller holds a lock on the photo.
    """
    before = photo.rights.order_by("at", "pk").last()
    fields = ("declared", "use", "credit", "anonymous", "people", "guardian")
    now = {name: stated[name] if name in stated else getattr(before or PhotoRights(), name) for name in fields}
    if before is not None and all(getattr(before, name) == now[name] for name in fields):
        return before
    if before is not None and stated.keys() <= {"people"}:
        # Who is visible is no new agreement: the author's words stay those that the author read.
        language, text_version = before.language, before.text_version
    if before is not None:
        out_of_files([photo])
    return PhotoRights.objects.create(
        photo=photo, given_by=given_by, by=by, language=language, text_version=text_version, **now
    )


def state_details(
    photo: Photo,
    details: PhotoDetails,
    *,
    given_by: GivenBy,
    by: User | None = None,
    text_version: str = PHOTO_FORM.version,
    guardian: bool = False,
) -> None:
    """Records what the author says of rights among everything else (`state_rights`); the team's look at who is visible
    stays where it is stricter. The caller holds a lock on the photo."""
    state_rights(
        photo=photo,
        given_by=given_by,
        by=by,
        language=details.language,
        text_version=text_version,
        declared=details.declared,
        use=details.use,
        credit=details.credit,
        anonymous=details.anonymous,
        people=_people(photo, details.people),
        guardian=guardian,
    )


def _people(photo: Photo, said: str) -> str:
    """Whom the photo shows: the stricter of what its author says and what the team saw, or wants looked at again."""
    seen, last = None, VisiblePeople.UNKNOWN
    for row in photo.rights.order_by("at", "pk"):
        # A statement of the team that leaves this as it was only carries what somebody else said.
        if row.given_by == GivenBy.TEAM and row.people != last:
            seen = row.people
        last = row.people
    if seen is None or not said:
        return said if seen is None else seen
    return max(said, seen, key=_STRICTER.index)
