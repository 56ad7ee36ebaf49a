"""City plans: pictures on which places are marked."""

from __future__ import annotations

from django.db import transaction

from .. import images
from ..images import Drawn
from ..models import Audit, CityPlan


@transaction.atomic
def add_plan(*, audit: Audit, title: str, source: str, picture: Drawn) -> CityPlan:
    """Keeps a plan with its picture."""
    return CityPlan.objects.create(audit=audit, title=title, source=source, picture=images.keep(picture, audit=audit))


@transaction.atomic
def remove_plan(*, plan: CityPlan) -> None:
    """Deletes a plan and its picture. Raises ProtectedError while something is marked on it."""
    picture = plan.picture
    plan.delete()
    images.discard(picture)
