"""Sorting photos under the wrap-up categories, and remarks on them (toolkit, "Photovoice", wrap-up session)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from audits.models import StaleError, User

from ..models import Activity, Photo, Placement, Remark, WrapUpCategory


@transaction.atomic
def sort(*, photo: Photo, category: WrapUpCategory | None, by: User) -> None:
    """Puts a photo under a category of its guide, or back among the unsorted; the last word holds."""
    Photo.objects.select_for_update(of=("self",)).get(pk=photo.pk)
    if category is None:
        Placement.objects.filter(photo=photo).delete()
        return
    values = {"category": category, "by": by, "participant": None}
    Placement.objects.update_or_create(photo=photo, defaults=values)


@transaction.atomic
def add_remark(*, activity: Activity, by: User, uuid: UUID | None = None, **fields: Any) -> Remark:
    """A remark of the review. With a `uuid` that the activity already has, that remark is returned; StaleError is raised
    where it says something else."""
    Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    standing: Remark | None = activity.remarks.filter(uuid=uuid).first() if uuid else None
    if standing:
        if any(getattr(standing, name) != fields[name] for name in Remark.written):
            raise StaleError(standing)
        return standing
    made = Remark(activity=activity, changed_by=by, **fields)
    if uuid and not Remark.objects.filter(uuid=uuid).exists():
        made.uuid = uuid
    made.save(force_insert=True)
    return made
