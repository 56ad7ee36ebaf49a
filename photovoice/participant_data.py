"""What photovoice holds about a participant, and how it is erased (SAFETY, "People")."""

from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audits import printing
from audits.dates import date_time
from audits.methods import HeldFile, HeldPart, Reference, Words
from audits.participation.enums import Purpose
from audits.participation.models import Change, Participant

from .actions import delete_photos, out_of_files, report_owner, take_back_photos, take_back_remarks
from .evidence import KEY, PHOTO
from .models import Activity, Photo, Remark, Vote
from .rights import standing


def held_for(participant: Participant) -> dict[str, Any]:
    """Everything about the participant, for the person: photos with their words, rights and history, own remarks, and
    where the person put photos in the review.

    What the team wrote beside a photo belongs to it; the pictures themselves come as files (`held_files`).
    """
    photos = Photo.objects.filter(participant=participant).with_rights().prefetch_related("translations")
    history = defaultdict(list)
    for change in Change.objects.filter(subject__in=[photo.subject for photo in photos]):
        history[change.subject].append(change)
    held = [_photo(photo, history[photo.subject]) for photo in photos]
    remarks = [
        {"text": remark.text, "hidden_by_the_team": remark.hidden_at is not None}
        for remark in Remark.objects.filter(participant=participant)
    ]
    votes = Vote.objects.filter(participant=participant).select_related("photo__activity", "category")
    placed = [
        {
            "activity": vote.photo.activity.title,
            "photo": vote.photo.number,
            "put_under": vote.category.title,
            "at": vote.at.isoformat(),
        }
        for vote in votes
    ]
    return {"photos": held, "remarks": remarks, "sorted": placed} if held or remarks or placed else {}


def _photo(photo: Photo, history: list[Change]) -> dict[str, Any]:
    return {
        "activity": photo.activity.title,
        "number": photo.number,
        "file": file_name(photo),
        "theme": photo.theme.title if photo.theme else None,
        "title": photo.title,
        "description": photo.text,
        "language": photo.language,
        "described_by_the_team": photo.alt,
        "translations": [
            {"language": one.language, "title": one.title, "description": one.text} for one in photo.translations.all()
        ],
        "place": [str(photo.latitude), str(photo.longitude)] if photo.latitude is not None else None,
        "mark_on_the_plan": [str(photo.plan_x), str(photo.plan_y)] if photo.plan_x is not None else None,
        "part_of_the_city": photo.district,
        "taken": photo.picture.taken_at.isoformat() if photo.picture.taken_at else None,
        "arrived": photo.created_at.isoformat(),
        "state": photo.state,
        "hidden_by_the_team": photo.hidden_at is not None,
        "rights": [
            {
                "own_photo_for_non_commercial_use": row.declared,
                "may_be_shown": row.use,
                "credit": row.credit,
                "without_a_name": row.anonymous,
                "people": row.people,
                "stated_by": row.given_by,
                "text_version": row.text_version,
                "language": row.language,
                "at": row.at.isoformat(),
            }
            for row in photo.rights.all()
        ],
        "history": [
            {"content": change.content, "state": change.state, "at": change.arrived_at.isoformat()}
            for change in history
        ],
    }


def held_parts(participant: Participant) -> Iterator[HeldPart]:
    """The participant's photos with their words and what may be done with them, and what they said in the review."""
    for photo in Photo.objects.filter(participant=participant).with_rights():
        rights = standing(photo)
        said = [("", photo.text), (_("Theme"), str(photo.theme or "")), (_("Arrived"), date_time(photo.created_at))]
        if photo.latitude is not None:
            said.append((_("Place"), f"{photo.latitude}, {photo.longitude}"))
        if rights:
            said.append((_("Where it may be shown"), str(rights.get_use_display())))
            said.append((_("Name below it"), rights.credit or _("No name")))
            said.append((_("Are there people in it?"), str(rights.get_people_display())))
        heading = f"{photo.activity.title}: {photo}"
        yield HeldPart(heading, tuple(line for line in said if line[1]), file_name(photo))
    remarks = Remark.objects.filter(participant=participant).values_list("text", flat=True)
    if lines := tuple(("", text) for text in remarks):
        yield HeldPart(_("My remarks about photos"), lines)
    votes = Vote.objects.filter(participant=participant).select_related("photo", "category")
    if lines := tuple((str(vote.photo), str(vote.category)) for vote in votes):
        yield HeldPart(_("How I sorted photos"), lines)


def file_name(photo: Photo) -> str:
    """Under which name the picture lies in what somebody downloads; numbers begin anew in each activity."""
    return f"photo-{photo.activity.join_code}-{photo.number}.{photo.picture.file.name.rsplit('.', 1)[-1]}"


def held_files(participant: Participant) -> Iterator[HeldFile]:
    """The participant's pictures, as they are kept."""
    for photo in Photo.objects.filter(participant=participant).select_related("picture", "activity"):
        yield HeldFile(file_name(photo), photo.picture.file.open)


def given_by(participant: Participant) -> Iterator[Reference]:
    """The participant's photos that count."""
    for source in Photo.objects.counting().filter(participant=participant).values_list("uuid", flat=True):
        yield Reference(KEY, PHOTO, source)


def captions_of(participants: QuerySet[Participant]) -> Iterator[Words]:
    """What the participants wrote below photos, with what stood there before, also as the team translated it."""
    photos = Photo.objects.filter(participant__in=participants).order_by()
    rows = list(photos.only("uuid", "participant", "title", "text"))
    if not rows:
        return
    authors = {photo.subject: photo.participant_id for photo in rows}
    changes = Change.objects.filter(subject__in=authors).order_by()
    said = {
        *((photo.participant_id, photo.title, photo.text) for photo in rows),
        *photos.values_list("participant", "translations__title", "translations__text"),
    }
    for subject, *texts in changes.values_list("subject", "content__title", "content__text"):
        said.add((authors[subject], *texts))
    for person, *texts in said:
        yield from (Words(person, text or "") for text in texts)


def remarks_of(participants: QuerySet[Participant]) -> Iterator[Words]:
    """What the participants remarked in the review."""
    remarks = Remark.objects.filter(participant__in=participants).order_by()
    for person, text in remarks.values_list("participant", "text"):
        yield Words(person, text)


@transaction.atomic
def erase(participant: Participant) -> None:
    """Deletes the participant's photos with everything that hangs on them, and what the person said in the review."""
    delete_photos(Photo.objects.filter(participant=participant))
    take_back_remarks(Remark.objects.filter(participant=participant))
    Vote.objects.filter(participant=participant).delete()


def withdrawn(participant: Participant, purpose: str) -> None:
    """Deletes the photos of whoever no longer agrees that they are used; without any one has no part in the review.

    Whether a photo may be published or a remark quoted is asked anew whenever one is: for that, only files already made
    are deleted.
    """
    if purpose == Purpose.QUOTATION:
        _out_of_reports(participant)
    if purpose == Purpose.PUBLICATION:
        out_of_files(Photo.objects.filter(participant=participant).select_related("picture", "activity__audit"))
    if purpose in (Purpose.PHOTO_USE, Purpose.TAKING_PART):
        take_back_photos(Photo.objects.filter(participant=participant))
        erase(participant)


def rests_on(participant: Participant, purpose: str) -> Iterator[str]:
    """How many photos, remarks and marks of the review `withdrawn` deletes."""
    if purpose not in (Purpose.PHOTO_USE, Purpose.TAKING_PART):
        return
    if number := Photo.objects.filter(participant=participant).count():
        yield ngettext("%(number)s photo", "%(number)s photos", number) % {"number": number}
    if number := Remark.objects.filter(participant=participant).count():
        words = ngettext("%(number)s remark about photos", "%(number)s remarks about photos", number)
        yield words % {"number": number}
    if number := Vote.objects.filter(participant=participant).values("photo").distinct().count():
        words = ngettext("how you sorted %(number)s photo", "how you sorted %(number)s photos", number)
        yield words % {"number": number}


def _out_of_reports(participant: Participant) -> None:
    """Deletes the printed reports of the reviews in which the participant remarked something."""
    for activity in Activity.objects.filter(remarks__participant=participant).distinct():
        transaction.on_commit(partial(printing.delete, report_owner(activity), "words"))
