"""How sound recordings leave: the row first, the file once that is certain."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import QuerySet

from .models import Recording


@transaction.atomic
def delete_recordings(recordings: QuerySet[Recording]) -> int:
    """Deletes recordings with their files. Returns how many."""
    found = list(recordings)
    for recording in found:
        storage, name = recording.file.storage, recording.file.name
        recording.delete()
        transaction.on_commit(lambda storage=storage, name=name: storage.delete(name))
    return len(found)


def expire_recordings(today: datetime.date, *, dry_run: bool) -> int:
    """Deletes the recordings whose day has come. Returns how many they are."""
    over = Recording.objects.filter(delete_on__lte=today)
    return over.count() if dry_run else delete_recordings(over)
