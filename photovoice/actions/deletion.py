"""How photos go again, with all that was made of them: files, copies, evidence (SAFETY, "Nothing lost")."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from functools import partial

from django.db import transaction

from audits import images, printing
from audits.actions import log_access, strike
from audits.agenda.actions import forget_sources
from audits.enums import Act, Personal
from audits.methods import pictures_gone
from audits.models import Picture, User
from audits.participation import actions as participation
from audits.participation.models import Change

from ..evidence import KEY
from ..models import Activity, ActivityEvent, Photo, Remark


@transaction.atomic
def delete_for_author(*, photo: Photo, by: User) -> None:
    """Deletes a photo because its author has asked the team to. Who did so, when, and which number it had is kept."""
    if not Photo.objects.select_for_update(of=("self",)).filter(pk=photo.pk).exists():
        return
    activity = photo.activity
    ActivityEvent.objects.create(
        activity=activity, before=activity.state, after=activity.state, photo=photo.number, by=by
    )
    delete_photos([photo])


@transaction.atomic
def take_back_photos(photos: Iterable[Photo]) -> bool:
    """Deletes photos that their author takes back, by whatever way, and answers whether there were any. The log of
    accesses tells so, not of whom."""
    here = list(photos)
    delete_photos(here)
    for activity in {photo.activity for photo in here}:
        log_access(audit=activity.audit, by=None, act=Act.ERASED, kind=Personal.PHOTOS, of=activity)
    return bool(here)


@transaction.atomic
def delete_photos(photos: Iterable[Photo]) -> None:
    """Takes photos out everywhere: files, words, translations, rights, remarks on them, history, evidence that rested
    on them, and their words wherever the team copied them."""
    # In the order in which `blur` takes them, so that a blur at the same time leaves no file behind.
    locked = Photo.objects.select_for_update(of=("self",)).filter(pk__in=[photo.pk for photo in photos])
    rows = list(locked.select_related("activity__audit").order_by("pk"))
    pictures = Picture.objects.select_for_update().order_by("pk").in_bulk([photo.picture_id for photo in rows])
    for photo in rows:
        photo.picture = pictures[photo.picture_id]
    changes = Change.objects.filter(subject__in=[photo.subject for photo in rows])
    said = [
        *(text for photo in rows for text in (photo.title, photo.text, photo.alt)),
        *(text for photo in rows for one in photo.translations.all() for text in (one.title, one.text)),
        *(str(change.content.get(key) or "") for change in changes for key in ("title", "text")),
    ]
    said = [text for text in said if text]
    out_of_files(rows)
    for audit in {photo.activity.audit for photo in rows}:
        sources = [photo.uuid for photo in rows if photo.activity.audit == audit]
        forget_sources(audit=audit, app=KEY, sources=sources, passages=said)
        participation.strike_copies(audit, said)
    # Remarks were made about these photos: four words in a row are a copy there (`audits.texts.RUN`).
    for activity in {photo.activity for photo in rows}:
        participation.note_struck(activity.audit, strike(Remark.objects.filter(activity=activity), said))
    participation.forget(subjects=[photo.subject for photo in rows])
    for photo in rows:
        photo.delete()
        images.discard(pictures[photo.picture_id])


def report_owner(activity: Activity) -> uuid.UUID:
    """Under what printings of the photovoice report are kept: apart from others of the activity, which hold codes."""
    return uuid.uuid5(activity.uuid, "report")


@transaction.atomic
def out_of_files(photos: Iterable[Photo]) -> None:
    """Deletes the files that were made with these photos: they may no longer be shown, or not in this way."""
    by_activity: dict[Activity, list[uuid.UUID]] = {}
    for photo in photos:
        by_activity.setdefault(photo.activity, []).append(photo.picture.uuid)
    for activity, pictures in by_activity.items():
        pictures_gone(activity.audit, pictures)
        transaction.on_commit(partial(printing.delete, report_owner(activity), "withdrawn"))
