"""Places on the plan, and whether the report may name one: decided one by one (DESIGN section 3, focus groups)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from audits.actions.sent import identified, sent_before
from audits.actions.versions import lock
from audits.models import CityPlan, StaleError, User

from ..models import FocusGroup, HotSpot


@transaction.atomic
def mark(*, group: FocusGroup, plan: CityPlan, by: User, uuid: UUID | None = None, **fields: Any) -> HotSpot:
    """A new place on a plan. With a `uuid` that the group already has, that one is returned; StaleError is raised where
    it says something else."""
    FocusGroup.objects.select_for_update(of=("self",)).order_by().get(pk=group.pk)
    fields["plan"] = plan
    standing: HotSpot | None = sent_before(group.hot_spots, uuid, fields)
    return standing or HotSpot.objects.create(group=group, changed_by=by, **identified(HotSpot, uuid), **fields)


@transaction.atomic
def decide(*, spot: HotSpot, published: bool, version: int, by: User) -> None:
    """Lets the report name the place, or leaves it out; who decided and when is kept.

    Raises StaleError where it would be named with other words than those of `version`, which were weighed.
    """
    saved = lock(spot)
    if published and saved.version != version:
        raise StaleError(saved)
    _write(spot, published, by)


def undecide(spot: HotSpot) -> None:
    """Leaves the place out until somebody decides on it as it is written now."""
    _write(spot, False, None)


def _write(spot: HotSpot, published: bool, by: User | None) -> None:
    spot.published, spot.decided_by, spot.decided_at = published, by, timezone.now() if by else None
    spot.save(update_fields=["published", "decided_by", "decided_at"])
