"""Rows that people put in order, one place at a time."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


def move_by(rows: QuerySet[Row], row: Model, step: int) -> tuple[int, int] | None:
    """Moves one of `rows`, which come in their order, by `step` places; at either end it stays.

    Writes their `position`, counted from 1; the caller holds whatever lock guards the order. Returns the row's place,
    counted from 1, and how many there are; None where it is not among them any more.
    """
    order: list[Any] = list(rows)
    if row not in order:
        return None
    old = order.index(row)
    new = min(max(old + step, 0), len(order) - 1)
    order.insert(new, order.pop(old))
    changed = []
    for place, one in enumerate(order, start=1):
        if one.position != place:
            one.position = place
            changed.append(one)
    rows.model._default_manager.bulk_update(changed, ["position"])
    return new + 1, len(order)
