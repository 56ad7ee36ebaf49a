"""Loading an activity and a photo of an audit for somebody; what a role may do stands in `audits/permissions.py`."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from audits.permissions import Ability, get_audit

from .models import Activity, Photo


def get_activity(
    request: HttpRequest, audit: str, activity: UUID, ability: Ability = Ability.RUN_PHOTOVOICE
) -> Activity:
    """The activity of the address, its audit loaded as `get_audit` does. Raises as that does, Http404 for another's."""
    found = get_audit(request, audit, ability)
    rows = Activity.objects.select_related("guide", "facilitator")
    row = get_object_or_404(rows, audit=found, uuid=activity)
    # One audit object, with the role that it remembers.
    row.audit = found
    request.opened = row
    return row


def get_photo(request: HttpRequest, audit: str, activity: UUID, photo: UUID) -> Photo:
    """A photo of the activity with its rights, for those who run photovoice. Raises as `get_activity` does."""
    found = find_photo(request, audit, activity, photo)
    if found is None:
        raise Http404
    return found


def find_photo(request: HttpRequest, audit: str, activity: UUID, photo: UUID) -> Photo | None:
    """As `get_photo`; None where the activity has no such photo, or none any more."""
    of = get_activity(request, audit, activity)
    found = Photo.objects.with_rights().filter(activity=of, uuid=photo).first()
    if found:
        found.activity = of
    return found
