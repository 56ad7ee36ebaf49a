"""Files of a group beside the database: how sound recordings leave (the row first, the file once that is certain), and
whose the printings are that leave together with what stands in them."""

from __future__ import annotations

import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import QuerySet

from audits import printing

from .models import Recording


def with_names(group: UUID) -> UUID:
    """The owner of a group's printings that hold contact data: letters and attendance sheets."""
    return uuid5(group, "letters")


def with_words(group: UUID) -> UUID:
    """The owner of a group's printings that may quote participants: its reports."""
    return uuid5(group, "report")


def delete_printings(owner: UUID) -> None:
    """Deletes these printings once it is certain that what stands in them is deleted."""
    transaction.on_commit(lambda: printing.delete(owner))


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
