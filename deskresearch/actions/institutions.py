"""Institutions and partnerships: written once however often a form is sent, and put in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from audits.actions.order import move_by
from audits.actions.sent import identified, sent_before
from audits.models import Audit, StaleError, User

from ..models import Institution, Partnership

Row = TypeVar("Row", Institution, Partnership)


@contextmanager
def one_at_a_time(audit: Audit) -> Iterator[None]:
    """Holds the audit to the end of the block, a transaction: two people cannot tie a circle of reporting between them."""
    with transaction.atomic():
        Audit.objects.select_for_update().get(pk=audit.pk)
        yield


def superiors(institution: Institution, first: Institution) -> list[str]:
    """Names on the way up from `first`, which `institution` is to report to, back to the institution itself: the circle.

    Empty where there is none. A circle that stands further up already ends the way, too.
    """
    above = {
        pk: (name, up) for pk, name, up in institution.audit.institutions.values_list("pk", "name", "reports_to_id")
    }
    way: list[str] = []
    seen: set[int] = set()
    here: int | None = first.pk
    while here in above and here not in seen:
        if here == institution.pk:
            return [*way, institution.name]
        seen.add(here)
        name, up = above[here]
        way.append(name)
        here = up
    return []


def _create(
    model: type[Row], *, audit: Audit, by: User | None, uuid: UUID | None, position: int, fields: dict[str, Any]
) -> tuple[Row, bool]:
    made: Row = model(audit=audit, position=position, created_by=by, changed_by=by, **identified(model, uuid), **fields)
    said = {name: getattr(made, name) for name in model.written}
    standing: Row | None = sent_before(model._default_manager.filter(audit=audit), uuid, said)
    if standing:
        return standing, False
    made.save()
    return made, True


def create_institution(*, audit: Audit, by: User | None, uuid: UUID | None = None, **fields: Any) -> Institution:
    """A new institution at the end of its level.

    With a `uuid` that the audit already has, that institution is returned and nothing is written; StaleError is raised
    where it says something else.
    """
    with one_at_a_time(audit):
        last = _last(audit, fields["level"])
        return _create(Institution, audit=audit, by=by, uuid=uuid, position=last + 1, fields=fields)[0]


def _last(audit: Audit, level: str) -> int:
    last: int | None = audit.institutions.filter(level=level).aggregate(last=Max("position"))["last"]
    return last or 0


@transaction.atomic
def put_last(*, institution: Institution) -> None:
    """Puts an institution at the end of its level, as one that has come to it from another level."""
    institution.position = _last(institution.audit, institution.level) + 1
    institution.save(update_fields=["position"])


def move(*, institution: Institution, step: int) -> tuple[int, int] | None:
    """Moves an institution within its level; see `move_by`."""
    with one_at_a_time(institution.audit):
        rows = institution.audit.institutions.filter(level=institution.level).in_order()
        return move_by(rows, institution, step)


def create_partnership(
    *,
    audit: Audit,
    by: User | None,
    uuid: UUID | None = None,
    institutions: Iterable[Institution] = (),
    **fields: Any,
) -> Partnership:
    """A new partnership or mechanism of institutions of the audit, after those that there are.

    With a `uuid` that the audit already has, that one is returned and nothing is written. Raises StaleError where it
    says something else, ValueError for an institution of another audit.
    """
    members = list(institutions)
    if any(member.audit_id != audit.pk for member in members):
        raise ValueError("A partnership is one of institutions of its own audit.")
    with one_at_a_time(audit):
        last = audit.partnerships.aggregate(last=Max("position"))["last"] or 0
        made, new = _create(Partnership, audit=audit, by=by, uuid=uuid, position=last + 1, fields=fields)
        if new:
            made.institutions.set(members)
        elif set(made.institutions.all()) != set(members):
            raise StaleError(made)
    return made
