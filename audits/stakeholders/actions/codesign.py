"""The plan of participation begins with the first thing that somebody writes; what is sent twice is written once."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from audits.models import Audit, CodesignChecklistItem, CodesignGuide, StaleError, User

from ..models import ChecklistPoint, CodesignPlan, Outreach, ParticipationStep

Entry = TypeVar("Entry", ParticipationStep, Outreach)


class NoGuideError(Exception):
    """No co-design guide is loaded, or all are retired."""


@transaction.atomic
def plan_for(*, audit: Audit) -> CodesignPlan:
    """The audit's plan; made now, on the guide that new ones follow, where none has begun. Raises NoGuideError."""
    plan: CodesignPlan | None = CodesignPlan.objects.filter(audit=audit).first()
    if plan:
        return plan
    guide = CodesignGuide.objects.for_new()
    if guide is None:
        raise NoGuideError
    made: CodesignPlan = CodesignPlan.objects.get_or_create(audit=audit, defaults={"guide": guide})[0]
    return made


@transaction.atomic
def point_of(*, audit: Audit, item: CodesignChecklistItem) -> ChecklistPoint:
    """What the audit has written to a point of a checklist; made now, open and empty, where nobody has touched it.

    Raises NoGuideError, and ValueError for a point of another guide.
    """
    plan = plan_for(audit=audit)
    if item.checklist.guide_id != plan.guide_id:
        raise ValueError("The point is not one of the guide that the plan follows.")
    point: ChecklistPoint = ChecklistPoint.objects.get_or_create(plan=plan, item=item)[0]
    return point


def create_step(*, audit: Audit, by: User, uuid: UUID | None = None, **fields: Any) -> ParticipationStep:
    """A new step. With a `uuid` that the audit already has, that step is returned and nothing is written; StaleError is
    raised where it says something else. Raises NoGuideError."""
    return _create(ParticipationStep, "stakeholders", audit=audit, by=by, uuid=uuid, fields=fields)


def create_outreach(*, audit: Audit, by: User, uuid: UUID | None = None, **fields: Any) -> Outreach:
    """A new outreach, by the rules of `create_step`."""
    return _create(Outreach, "tips", audit=audit, by=by, uuid=uuid, fields=fields)


@transaction.atomic
def _create(
    model: type[Entry], many: str, *, audit: Audit, by: User, uuid: UUID | None, fields: dict[str, Any]
) -> Entry:
    # The plan is held to the end: the same form sent twice at once is written once.
    plan = CodesignPlan.objects.select_for_update().get(pk=plan_for(audit=audit).pk)
    chosen: Collection[Model] = fields.pop(many)
    made: Entry = model(plan=plan, changed_by=by, **fields)
    standing: Entry | None = model._default_manager.filter(plan=plan, uuid=uuid).first() if uuid else None
    if standing:
        same = all(getattr(standing, name) == getattr(made, name) for name in model.written)
        if not same or set(getattr(standing, many).all()) != set(chosen):
            raise StaleError(standing)
        return standing
    if uuid and not model._default_manager.filter(uuid=uuid).exists():
        made.uuid = uuid
    made.save()
    getattr(made, many).set(chosen)
    return made
