"""Shared texts carry a version (DESIGN rule 12)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, TextField
from django.utils import timezone

from ..models import Audit, StaleError, User, Versioned

# How long the saves of one writer are one version in the history, counted from its first word.
SITTING = timedelta(minutes=10)


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
    write_version(text, version=saved.version + 1, by=by)
    return True


def write_version(text: Any, *, version: int, by: User | None, beside: Iterable[str] = ()) -> None:
    """Writes the `written` columns of a text that is locked as its `version`, with who and when, and the columns
    `beside` of the same row.

    In the history of a text that keeps one, what a writer saves in a sitting is one version.
    """
    text.version, text.changed_by, text.changed_at = version, by, timezone.now()
    columns = [*text.written, "version", "changed_by", "changed_at", *beside]
    last = text.history.first() if by and hasattr(text, "history") else None
    if last is None or not _is_same_sitting(last, text):
        text._history_user = by
        text.save(update_fields=columns)
        return
    # It continues the writer's own last version, so it takes its place in the history.
    text.skip_history_when_saving = True
    text.save(update_fields=columns)
    del text.skip_history_when_saving
    values = {name: getattr(text, name) for name in (*text.written, "version")}
    type(last).objects.filter(pk=last.pk).update(**values)


def _is_same_sitting(last: Any, text: Any) -> bool:
    """Whether a text continues its last version: a long afternoon is several, and no text gives way to less than half
    of it."""
    texts = [name for name in text.written if isinstance(text._meta.get_field(name), TextField)]
    return (
        last.changed_by_id == text.changed_by_id
        and text.changed_at - last.history_date <= SITTING
        and all(len(getattr(text, name)) >= len(getattr(last, name)) / 2 for name in texts)
    )


def lock(text: Versioned) -> Versioned:
    """The text as it stands in the database, locked to the end of the transaction. Raises StaleError where it was
    deleted."""
    # Unordered and itself alone: PostgreSQL locks no row that an order by a nullable relation brings along.
    rows = type(text)._default_manager.select_for_update(of=("self",)).order_by()
    saved = rows.filter(pk=text.pk).first()
    if saved is None:
        raise StaleError(None)
    return saved
