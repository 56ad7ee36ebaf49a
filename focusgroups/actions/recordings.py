"""Sound recordings: only where everybody at the table agrees (SAFETY, "Consent per purpose")."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction

from audits.models import User

from ..models import FocusGroup, Recording
from ..sound import Sound
from .seats import NotAllAgreeError, lacking_consent


@transaction.atomic
def add_recording(
    *, group: FocusGroup, upload: Any, sound: Sound, delete_on: datetime.date, by: User | None
) -> Recording:
    """Keeps an uploaded sound file until its day. Raises NotAllAgreeError where somebody does not agree, or nobody was asked."""
    # A consent that is taken back at this moment waits for this lock, or is seen under it.
    FocusGroup.objects.select_for_update().order_by().get(pk=group.pk)
    seats = lacking_consent(group)
    if seats or not group.seats.filter(participant__joined_at__isnull=False).exists():
        raise NotAllAgreeError(seats)
    recording = Recording(
        group=group,
        media_type=sound.media_type,
        size=upload.size,
        seconds=sound.seconds,
        delete_on=delete_on,
        by=by,
    )
    upload.seek(0)
    recording.file.save(f"sound.{sound.extension}", upload, save=True)
    return recording
