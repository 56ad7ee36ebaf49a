"""The city's context figures, saved as one table."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from ..models import Audit, ContextFigure, ContextIndicator, User
from .versions import claim


@dataclass(frozen=True)
class IndicatorRow:
    """A row of the table: what is counted and its figures by year, in `unit`. `pk` of the indicator it changes."""

    topic: str
    name: str
    unit: str = ""
    source: str = ""
    figures: dict[int, Decimal] = field(default_factory=dict)
    pk: int | None = None


@transaction.atomic
def save_context(*, audit: Audit, rows: Sequence[IndicatorRow], version: int, by: User) -> None:
    """Makes the audit's context figures equal to `rows`, in their order; indicators that are not among them go.

    `version` is the `context_version` that the table was opened with. Raises StaleError when somebody else has
    saved since; then nothing is written.
    """
    claim(audit, "context_version", version)
    audit.context_saved_at, audit.context_saved_by = timezone.now(), by
    audit.save(update_fields=["context_saved_at", "context_saved_by"])

    audit.context_indicators.exclude(pk__in=[row.pk for row in rows if row.pk]).delete()
    known = {indicator.pk: indicator for indicator in audit.context_indicators.prefetch_related("figures")}
    # Two rows may have changed names with one another: no name may stand in the way of another.
    for indicator in known.values():
        audit.context_indicators.filter(pk=indicator.pk).update(name=uuid.uuid4().hex)
    for position, row in enumerate(rows):
        # An indicator that others have deleted meanwhile, or that is not this audit's, becomes a new row.
        old = known.pop(row.pk, None) if row.pk else None
        before = {figure.year: figure.value for figure in old.figures.all()} if old else {}
        indicator = old or ContextIndicator(audit=audit)
        indicator.topic, indicator.name, indicator.unit = row.topic, row.name, row.unit
        indicator.source, indicator.position = row.source, position
        indicator.save()
        ContextFigure.objects.filter(indicator=indicator).exclude(year__in=row.figures).delete()
        ContextFigure.objects.bulk_create(
            [
                ContextFigure(indicator=indicator, year=year, value=value)
                for year, value in row.figures.items()
                if before.get(year) != value
            ],
            update_conflicts=True,
            unique_fields=["indicator", "year"],
            update_fields=["value"],
        )
