"""Forms of new rows carry an identifier, so that one that is sent twice makes one row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model

from audits.models import StaleError


def same_or_stale(
    standing: Any, fields: Mapping[str, Any], *, factors: Iterable[Model] | None = None, same: bool = True
) -> None:
    """Tells a form that is sent again from one that was corrected meanwhile.

    `standing` is the row that has the form's identifier already, `fields` what the form says, `factors` the key factors
    that it ticks where it has such; `same` tells whether what hangs on the row otherwise is as the form has it. Raises
    StaleError with the row where it says something else: so nobody's correction is dropped unseen.
    """
    if factors is not None:
        same = same and {one.pk for one in factors} == set(standing.factors.values_list("pk", flat=True))
    if not same or any(getattr(standing, name) != value for name, value in fields.items()):
        raise StaleError(standing)
