"""Loading a walk and a sheet of an audit for somebody; what a role may do stands in `audits/permissions.py`."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from audits.permissions import Ability, get_audit

from .models import CityWalk, Sheet


def get_walk(request: HttpRequest, audit: str, walk: UUID, ability: Ability = Ability.RUN_WALKS) -> CityWalk:
    """The walk of the address, its audit loaded as `get_audit` does. Raises as that does, Http404 for another's."""
    found = get_audit(request, audit, ability)
    walk = get_object_or_404(CityWalk.objects.select_related("facilitator", "checklist"), audit=found, uuid=walk)
    # One audit object, with the role that it remembers.
    walk.audit = found
    request.opened = walk
    return walk


def get_sheet(request: HttpRequest, audit: str, walk: UUID, sheet: UUID) -> Sheet:
    """A sheet of the walk, with its participant, for those who run walks. Raises as `get_walk` does."""
    of_walk = get_walk(request, audit, walk)
    found = Sheet.objects.select_related("participant").filter(walk=of_walk, uuid=sheet).first()
    if found is None:
        raise Http404
    found.walk = of_walk
    return found
