"""Loading a focus group of an audit for somebody; what a role may do stands in `audits/permissions.py`."""

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from audits.permissions import Ability, get_audit

from .models import FocusGroup


def get_group(request: HttpRequest, audit: str, group: UUID, ability: Ability = Ability.RUN_GROUPS) -> FocusGroup:
    """The focus group of the address, its audit loaded as `get_audit` does. Raises as that does, Http404 for another's."""
    found = get_audit(request, audit, ability)
    row = get_object_or_404(FocusGroup.objects.select_related("guide"), audit=found, uuid=group)
    # One audit object, with the role that it remembers.
    row.audit = found
    request.opened = row
    return row
