"""Shared texts carry a version (DESIGN rule 12)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ..models import Audit, StaleError, User, Versioned

# Saves of one writer at short intervals are one version in the history; a new one begins after a pause.
PAUSE = timedelta(minutes=10)


def claim(audit: Audit, field: str, version: int) -> None:
    """Moves the audit's version in `field` on by one, in the same transaction as the write that it guards.

    Raises StaleError when `version` is not the present one.
    """
    if not Audit.objects.filter(pk=audit.pk, **{field: version}).update(**{field: F(field) + 1}):
        raise StaleError
    setattr(audit, field, version + 1)


@transaction.atomic
def save_version(text: Versioned, *, version: int | None, by: User | None, same: bool = True) -> bool:
    """Saves the `written` columns of a text that was opened at `version`. Returns whether anything was written.

    `same` tells whether what the caller writes beside them (rows that hang on the text) is what stands there already;
    to be found out under the same lock, the caller takes it by `lock` before. The same again changes nothing, whatever
    the version. Raises StaleError where another version stands there (`current` is the text as saved), or where the
    text was deleted (`current` is None); nothing is written then.
    """
    saved = lock(text)
    if same and all(getattr(saved, name) == getattr(text, name) for name in text.written):
        text.version, text.changed_by, text.changed_at = saved.version, saved.changed_by, saved.changed_at
        return False
    if saved.version != version:
        raise StaleError(saved)
    text.version, text.changed_by, text.changed_at = saved.version + 1, by, timezone.now()
    fields = [*text.written, "version", "changed_by", "changed_at"]
    if not hasattr(text, "history"):
        text.save(update_fields=fields)
        return True
    row: Any = text
    last = row.history.first() if by and saved.changed_by_id == by.pk else None
    if last is None or timezone.now() - last.history_date > PAUSE:
        row._history_user = by
        row.save(update_fields=fields)
        return True
    # It continues the writer's own last version, so it takes its place in the history.
    row.skip_history_when_saving = True
    row.save(update_fields=fields)
    del row.skip_history_when_saving
    values = {name: getattr(text, name) for name in (*text.written, "version")}
    type(last).objects.filter(pk=last.pk).update(**values)
    return True


def lock(text: Versioned) -> Versioned:
    """The text as it stands in the database, locked to the end of the transaction. Raises StaleError where it was
    deleted."""
    # Unordered and itself alone: PostgreSQL locks no row that an order by a nullable relation brings along.
    rows = type(text)._default_manager.select_for_update(of=("self",)).order_by()
    saved = rows.filter(pk=text.pk).first()
    if saved is None:
        raise StaleError(None)
    return saved
