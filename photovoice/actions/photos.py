"""How photos come in, are corrected, taken back, and admitted when late (SAFETY, "Photos", "Nothing lost")."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audits import images
from audits.dates import clock, weekday_near
from audits.enums import PictureKind
from audits.models import User
from audits.participation import actions as participation
from audits.participation.actions import Incoming, NotAcceptingError, Outcome, Result, Verdict
from audits.participation.enums import Purpose
from audits.participation.models import Change, Participant

from ..consent import PHOTO_FORM
from ..enums import GivenBy, PhotoSource, PhotoState
from ..models import Activity, Photo
from .deletion import take_back_photos
from .details import PLACE_FIELDS, DetailsChange, PhotoDetails, TakeBack, problem_with
from .statements import state_details

if TYPE_CHECKING:
    from django.core.files import File

MOST_PHOTOS = 40

_MESSAGE = {
    Verdict.LATE: gettext_lazy("The activity is closed. The photo is kept and counts once the team admits it."),
    Verdict.CONFLICT: gettext_lazy("This was sent before with another content. Load the page again."),
}
_NOT_HERE = gettext_lazy("This photo is not here: it was taken back, or has not arrived yet.")
_GONE = gettext_lazy("A photo was taken back. What was kept of it on this phone is deleted too.")


def send_photo(
    *,
    activity: Activity,
    participant: Participant,
    photo: uuid.UUID,
    sequence: int,
    device: uuid.UUID,
    details: PhotoDetails,
    file: File,
    taken_at: datetime | None = None,
    by: User | None = None,
) -> Result:
    """Takes in one photo with its words, from the participant or, on somebody's behalf, from the team (`by`).

    `taken_at` is what the device had read in the file before it made it smaller; what the file itself says goes first.
    `photo` is the identifier that the device made: the same again changes nothing, with another picture or other words
    it is a conflict; one that was taken back stays away. What arrives outside the time is kept as late. Raises
    NotAcceptingError when nothing is taken at the moment: not begun, or no consent to the use of photos. Never raises
    for a bad file: the result says what is wrong.
    """
    _ask_whether_taking(activity, participant)
    placeless = replace(details, **dict.fromkeys(PLACE_FIELDS))
    try:
        images.check_size(file)
    except ValidationError as error:
        return Result(uuid=photo, outcome=Outcome.REFUSED, message=" ".join(error.messages))
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    sent, without_place = ({**each.content, "file": digest.hexdigest()} for each in (details, placeless))
    subject = Photo(uuid=photo).subject
    # A repeat costs no second drawing. Between the two the team may have begun or ceased to ask for places.
    if known := Change.objects.filter(uuid=photo).first():
        same = {participation.digest_of(subject, PhotoDetails.part, each) for each in (sent, without_place)}
        return _result(photo, Verdict.REPEAT if known.digest in same else Verdict.CONFLICT)
    if not activity.asks_place:
        details, sent = placeless, without_place
    incoming = Incoming(uuid=photo, sequence=sequence, part=PhotoDetails.part, content=sent)
    if problem := problem_with(details, activity):
        return Result(uuid=photo, outcome=Outcome.REFUSED, message=problem)
    try:
        drawn = images.draw(file, PictureKind.PHOTO)
    except ValidationError as error:
        return Result(uuid=photo, outcome=Outcome.REFUSED, message=" ".join(error.messages))
    drawn = replace(drawn, taken_at=drawn.taken_at or taken_at)
    with images.kept(drawn, audit=activity.audit) as keep, transaction.atomic():
        # Drawing takes its time, in which the person may have taken the consent back.
        _ask_for_consent(participant)
        activity = Activity.objects.select_for_update(of=("self",)).select_related("audit", "guide").get(pk=activity.pk)
        if participation.was_erased(photo):
            # A phone that never heard it had arrived sends it anew.
            return Result(uuid=photo, outcome=Outcome.GONE, message=str(_GONE))
        if participant.photos.count() >= MOST_PHOTOS:
            return Result(
                uuid=photo,
                outcome=Outcome.REFUSED,
                message=_("You have sent %(most)s photos already, and more are not possible. Take one back first.")
                % {"most": MOST_PHOTOS},
            )
        [answer] = participation.accept(
            audit=activity.audit,
            subject=subject,
            device=device,
            changes=[incoming],
            participant=participant,
            by=by,
            late=not activity.accepts,
        )
        if answer.verdict in (Verdict.STANDS, Verdict.LATE):
            row = Photo(
                uuid=photo,
                activity=activity,
                participant=participant,
                picture=keep(),
                number=next_number(activity),
                source=PhotoSource.TEAM if by else PhotoSource.PHONE,
                state=PhotoState.IN if answer.verdict is Verdict.STANDS else PhotoState.LATE,
            )
            write(row, details, by=by)
    return _result(photo, answer.verdict)


def correct(
    *, activity: Activity, participant: Participant, changes: Sequence[DetailsChange | TakeBack], device: uuid.UUID
) -> list[Result]:
    """Takes a participant's corrections to photos that have arrived, and what is taken back, and answers each, in
    order; one that is refused never blocks the others. Raises NotAcceptingError as `send_photo` does, never for taking
    back."""
    if any(isinstance(change, DetailsChange) for change in changes):
        _ask_whether_taking(activity, participant)
    results = []
    for change in changes:
        with transaction.atomic():
            if isinstance(change, TakeBack):
                take_back(activity=activity, participant=participant, photo=change.photo)
                results.append(Result(uuid=change.uuid, outcome=Outcome.SAVED))
            else:
                results.append(_correct(activity, participant, change, device))
    return results


@transaction.atomic
def take_back(*, activity: Activity, participant: Participant, photo: uuid.UUID) -> None:
    """Deletes a photo of the participant. One that is still on its way is refused when it arrives."""
    # The lock under which a photo comes in: it is either here, or will ask whether it was erased.
    Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    take_back_photos(Photo.objects.filter(uuid=photo, activity=activity, participant=participant))
    if not Photo.objects.filter(uuid=photo).exists():
        participation.remember_erased([(photo, participant.pk)])


def _correct(activity: Activity, participant: Participant, change: DetailsChange, device: uuid.UUID) -> Result:
    _ask_for_consent(participant)
    locked = Photo.objects.select_for_update(of=("self",)).filter(activity=activity, participant=participant)
    photo = locked.filter(uuid=change.photo).first()
    if photo is None:
        erased = participation.was_erased(change.photo)
        outcome, words = (Outcome.GONE, _GONE) if erased else (Outcome.REFUSED, _NOT_HERE)
        return Result(uuid=change.uuid, outcome=outcome, message=str(words))
    if problem := problem_with(change.details, activity):
        return Result(uuid=change.uuid, outcome=Outcome.REFUSED, message=problem)
    before, details = _said(photo), change.details
    if not activity.asks_place:
        known = PhotoDetails.from_journal(before)
        details = replace(details, **{name: getattr(known, name) for name in PLACE_FIELDS})
    [answer] = participation.accept(
        audit=activity.audit,
        subject=photo.subject,
        device=device,
        changes=[Incoming(uuid=change.uuid, sequence=change.sequence, part=PhotoDetails.part, content=details.content)],
        participant=participant,
        late=not activity.accepts,
    )
    if answer.verdict is Verdict.STANDS:
        write(photo, details, by=None, before=before)
    elif answer.verdict is Verdict.LATE:
        # Words wait for a decision; what may be done with a photo its author decides at any time.
        sent = Change.objects.filter(subject=photo.subject, device=device)
        if not sent.filter(sequence__gt=change.sequence).exists():
            state_details(photo, details, given_by=GivenBy.PARTICIPANT)
    return _result(change.uuid, answer.verdict)


def _said(photo: Photo) -> dict[str, Any]:
    """What the author said last and what counts, or said on sending where nothing counts yet."""
    changes = Change.objects.filter(subject=photo.subject)
    return next((change.content for change in (*changes.standing(), *changes.late())), {})


def admit_late(*, photo: Photo, by: User) -> None:
    """Lets a photo that arrived outside the time count, with the words that were corrected since, or only such words.

    What the author said of the rights holds since it arrived, and is not said again.
    """
    with transaction.atomic():
        photo = Photo.objects.select_for_update(of=("self",)).get(pk=photo.pk)
        before = _said(photo)
        waiting = list(Change.objects.filter(subject=photo.subject).late())
        # With the first words a late photo was written when it came; the team may have added to it since.
        written = {change.pk for change in waiting[:1]} if photo.state == PhotoState.LATE else set()
        for change in participation.admit(changes=waiting, by=by):
            if change.pk not in written:
                _write_words(photo, PhotoDetails.from_journal(change.content), before)
        Photo.objects.filter(pk=photo.pk, state=PhotoState.LATE).update(state=PhotoState.IN)


def refuse_late(*, photo: Photo, by: User) -> None:
    """Leaves a photo that arrived outside the time out of the review; it stays with its author's other photos."""
    with transaction.atomic():
        photo = Photo.objects.select_for_update(of=("self",)).get(pk=photo.pk)
        participation.refuse(changes=Change.objects.filter(subject=photo.subject).late(), by=by)
        Photo.objects.filter(pk=photo.pk, state=PhotoState.LATE).update(state=PhotoState.REFUSED)


def next_number(activity: Activity) -> int:
    """A number that no photo of the activity has had before; the caller holds a lock on the activity."""
    highest = activity.photos.aggregate(highest=Max("number"))["highest"] or 0
    activity.last_number = max(activity.last_number, highest) + 1
    activity.save(update_fields=["last_number"])
    return activity.last_number


def _ask_whether_taking(activity: Activity, participant: Participant) -> None:
    if not activity.has_begun:
        if activity.starts <= timezone.now():
            raise NotAcceptingError(_("It has not begun yet. Photos can be sent from the beginning on."))
        begins = {"day": weekday_near(activity.starts), "time": clock(activity.starts)}
        raise NotAcceptingError(_("It begins on %(day)s at %(time)s. Photos are sent from then on.") % begins)
    _agreed(participant)


def _ask_for_consent(participant: Participant) -> None:
    """Asks once more, inside the transaction that writes: the lock is the one under which a consent is taken back."""
    _agreed(Participant.objects.select_for_update().filter(pk=participant.pk).first())


def _agreed(participant: Participant | None) -> None:
    consent = participation.consents_of(participant).get(Purpose.PHOTO_USE) if participant else None
    if not (consent and consent.given):
        raise NotAcceptingError(_("Agree first that your photos may be looked at and discussed."))


def write(
    photo: Photo,
    details: PhotoDetails,
    *,
    by: User | None,
    given_by: GivenBy | None = None,
    text_version: str = PHOTO_FORM.version,
    guardian: bool = False,
    before: Mapping[str, Any] | None = None,
) -> None:
    """Writes what stands; the caller holds the lock. `given_by` where it is neither the participant nor the team.

    `before` is what the author said until now: a theme or a mark that is not theirs, and on which they say nothing,
    stays.
    """
    _write_words(photo, details, before)
    given_by = given_by or (GivenBy.TEAM if by else GivenBy.PARTICIPANT)
    state_details(photo, details, given_by=given_by, by=by, text_version=text_version, guardian=guardian)


def _write_words(photo: Photo, details: PhotoDetails, before: Mapping[str, Any] | None) -> None:
    photo.title, photo.text, photo.language = details.title, details.text, details.language
    if details.theme or before is None or before.get("theme"):
        themes = photo.activity.guide.themes
        photo.theme = themes.filter(uuid=details.theme).first() if details.theme else None
    photo.latitude, photo.longitude = details.latitude, details.longitude
    if details.plan or before is None or before.get("plan"):
        plans = photo.activity.audit.plans
        photo.plan = plans.filter(uuid=details.plan).first() if details.plan else None
        photo.plan_x, photo.plan_y = (details.plan_x, details.plan_y) if photo.plan else (None, None)
    photo.save()


def _result(change: uuid.UUID, verdict: Verdict) -> Result:
    return Result(uuid=change, outcome=Outcome.of(verdict), message=str(_MESSAGE.get(verdict, "")))


def photos_of(participant: Participant, activity: Activity) -> list[Photo]:
    """The participant's photos of an activity with their rights, newest first."""
    found = Photo.objects.filter(participant=participant, activity=activity).with_rights()
    return list(found.order_by("-number"))
