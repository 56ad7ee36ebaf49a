"""Forms of new rows carry an identifier (`audits.forms.fields.SentOnceForm`): one that is sent twice makes one row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model

from ..models import StaleError

Row = TypeVar("Row", bound=Model)


def sent_before(
    rows: Any, uuid: UUID | None, fields: Mapping[str, Any], *, same: Callable[[Row], bool] = lambda row: True
) -> Row | None:
    """The one of `rows` that this form has made already, None where it has made none.

    The caller holds a lock, so that two sendings wait for each other. As `same_or_stale` where there is one.
    """
    standing: Row | None = rows.filter(uuid=uuid).first() if uuid else None
    if standing:
        same_or_stale(standing, fields, same=same)
    return standing


def same_or_stale(standing: Row, fields: Mapping[str, Any], *, same: Callable[[Row], bool] = lambda row: True) -> None:
    """Tells a form that is sent again from one that was corrected meanwhile.

    `fields` is what the form says of the row that stands, `same` whether what hangs on it otherwise is as the form has
    it. Raises StaleError with the row where it says something else: nobody's correction is dropped unseen.
    """
    if any(getattr(standing, name) != value for name, value in fields.items()) or not same(standing):
        raise StaleError(standing)


def identified(model: type[Model], uuid: UUID | None) -> dict[str, UUID]:
    """The identifier of the form for its new row; nothing where a row of another place has it already."""
    return {"uuid": uuid} if uuid and not model._default_manager.filter(uuid=uuid).exists() else {}
