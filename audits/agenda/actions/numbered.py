"""What writes of findings, recommendations and measures share: numbers, order, versions."""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from audits.actions.order import move_by
from audits.actions.sent import identified, sent_before
from audits.actions.versions import write_version
from audits.models import Audit, StaleError, User

from ..models import NumberedText, NumberSeries

Text = TypeVar("Text", bound=NumberedText)


def lock_series(audit: Audit, model: type[NumberedText]) -> NumberSeries:
    """The lock on an audit's findings, recommendations or measures, held to the end of the transaction."""
    series, _created = NumberSeries.objects.select_for_update().get_or_create(
        audit=audit, series=model._meta.model_name
    )
    return series


def number_was_given(audit: Audit, model: type[NumberedText], number: int) -> bool:
    """Whether the audit ever had a text of this number, a deleted one included."""
    return NumberSeries.objects.filter(audit=audit, series=model._meta.model_name, last__gte=number).exists()


def _last_position(audit: Audit, model: type[NumberedText], area: str) -> int:
    return model.objects.filter(audit=audit, area=area).aggregate(last=Max("position"))["last"] or 0


def create(model: type[Text], *, audit: Audit, by: User | None, uuid: UUID | None, **fields: Any) -> tuple[Text, bool]:
    """The text of this identifier and whether it is new: the same form sent twice writes once.

    Raises StaleError where it was sent before with other words: neither may be lost.
    """
    texts = model.objects.filter(audit=audit)
    series = lock_series(audit, model)
    standing: Text | None = sent_before(texts, uuid, {name: fields[name] for name in model.written})
    if standing:
        return standing, False
    # A series that is behind its texts (they came in by a fixture) catches up.
    highest = texts.aggregate(highest=Max("number"))["highest"] or 0
    series.last = max(series.last, highest) + 1
    series.save(update_fields=["last"])
    made = model(
        audit=audit,
        number=series.last,
        position=_last_position(audit, model, fields["area"]) + 1,
        created_by=by,
        changed_by=by,
        **identified(model, uuid),
        **fields,
    )
    made.save(force_insert=True)
    return made, True


def locked(text: Text) -> Text:
    """The text as it stands in the database, locked. Raises StaleError where it was deleted."""
    lock_series(text.audit, type(text))
    saved: Text | None = type(text).objects.filter(pk=text.pk).first()
    if saved is None:
        raise StaleError(None)
    return saved


def stands_already(saved: Text, text: Text, version: int, *, same_findings: bool = True) -> bool:
    """Whether an older version brings what stands there anyway (sent twice). Raises StaleError for another text."""
    if saved.version == version:
        return False
    if same_findings and all(getattr(saved, name) == getattr(text, name) for name in text.written):
        return True
    raise StaleError(saved)


def write(text: Text, saved: Text, by: User) -> None:
    """Saves the text as the next version; in an area that is new to it, it goes to the end."""
    moved = saved.area != text.area
    text.position = _last_position(text.audit, type(text), text.area) + 1 if moved else saved.position
    write_version(text, version=saved.version + 1, by=by, beside=["position"])


@transaction.atomic
def move(*, text: NumberedText, step: int) -> tuple[int, int] | None:
    """Moves a finding, recommendation or measure within its area; see `move_by`."""
    model = type(text)
    lock_series(text.audit, model)
    return move_by(model.objects.filter(audit=text.audit, area=text.area).in_report_order(), text, step)
