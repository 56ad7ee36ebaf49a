"""Compares what the phones know with what the server holds: each change and each photo once, and each where it belongs."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.conf import settings
from PIL import Image

from audits.models import Picture
from audits.participation.enums import ChangeState
from audits.participation.models import Change, Participant
from checklists.models import Score, Sheet
from photovoice.models import Photo

from .phone import Phone
from .pictures import mark, number_in


def reconciled(phones: Sequence[Phone]) -> list[str]:
    """What is lost, doubled or mixed up, as sentences; empty when the ledgers agree with database and media."""
    return [*_in_all(phones), *(problem for phone in phones for problem in _of_phone(phone))]


def _in_all(phones: Sequence[Phone]) -> Iterator[str]:
    photos = sum(len(phone.shots) for phone in phones)
    expected = {
        Participant: len(phones),
        Sheet: len(phones),
        Change: sum(len(phone.scores) for phone in phones) + photos,
        Score: sum(len({score.item for score in phone.scores}) for phone in phones),
        Photo: photos,
        Picture: photos,
    }
    for model, count in expected.items():
        if (found := model.objects.count()) != count:
            yield f"{model._meta.verbose_name_plural}: {found} instead of {count}"
    files = sum(path.is_file() for path in Path(settings.MEDIA_ROOT).rglob("*"))
    if files != 2 * photos:
        yield f"files of pictures: {files} instead of {2 * photos}"


def _of_phone(phone: Phone) -> Iterator[str]:
    who = f"phone {phone.number}"
    sent = {score.uuid: score for score in phone.scores}
    shots = {shot.uuid: shot for shot in phone.shots}
    if silent := (sent.keys() | shots.keys()) - phone.acknowledged:
        yield f"{who}: never answered: {sorted(silent)}"
    changes = {str(change.uuid): change for change in Change.objects.filter(participant__uuid=phone.owner)}
    if changes.keys() != sent.keys() | shots.keys():
        yield f"{who}: {len(changes)} changes instead of {len(sent) + len(shots)}, or others"
        return
    last = {score.item: score for score in sorted(phone.scores, key=lambda score: score.sequence)}
    for key, score in sent.items():
        if changes[key].content["value"] != score.value:
            yield f"{who}: score {key} is another"
        if (changes[key].state == ChangeState.APPLIED) != (last[score.item] is score):
            yield f"{who}: of two scores the wrong one stands, {key}"
    standing = dict(Score.objects.filter(sheet__uuid=phone.sheet).values_list("item__uuid", "value"))
    if standing != {item: score.value for item, score in last.items()}:
        yield f"{who}: the sheet says something else"
    photos = Photo.objects.filter(participant__uuid=phone.owner).select_related("picture")
    for photo in photos:
        shot = shots.pop(str(photo.uuid), None)
        if shot is None:
            yield f"{who}: photo {photo.uuid} is not of this phone"
            continue
        if changes[shot.uuid].content["file"] != hashlib.sha256(shot.read()).hexdigest():
            yield f"{who}: photo {photo.uuid} came from another file"
        for file in (photo.picture.file, photo.picture.small):
            with file.open() as opened, Image.open(opened) as image:
                if number_in(image) != mark(phone.number, shot.number):
                    yield f"{who}: photo {photo.uuid} shows another picture"
    for key in shots:
        yield f"{who}: photo {key} is lost"
