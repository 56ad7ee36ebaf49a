"""Spreadsheets that wait for the decision after their preview."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone

from ..models import SpreadsheetUpload, User

KEPT = timedelta(days=1)
"""How long a spreadsheet waits for somebody to decide about it."""

Upload = TypeVar("Upload", bound=SpreadsheetUpload)


@transaction.atomic
def keep_upload(model: type[Upload], *, by: User, name: str, content: bytes, **into: Any) -> Upload:
    """Keeps a spreadsheet until it is decided about, instead of the one that the person chose before.

    `into` is what it shall be brought into, as the model names it: `audit=...`.
    """
    expire_uploads(model, timezone.now() - KEPT, dry_run=False)
    waiting = model._default_manager.filter(by=by, **into)
    waiting.delete()
    kept: Upload = waiting.create(by=by, name=name[:200], content=content, **into)
    return kept


def expire_uploads(model: type[Upload], before: datetime, *, dry_run: bool) -> int:
    """Deletes spreadsheets that nobody decided about since then. Returns how many."""
    waiting = model._default_manager.filter(created_at__lt=before)
    number = waiting.count()
    if not dry_run:
        waiting.delete()
    return number
