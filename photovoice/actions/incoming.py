"""Photos that come in otherwise than by an own code: taken in to wait, answered for by their author, or gone again."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audits import images
from audits.images import Drawn
from audits.models import Picture, User
from audits.participation import actions as participation
from audits.participation.actions import Incoming
from audits.participation.models import Change

from .. import parcels
from ..consent import RIGHTS_LINK
from ..enums import ActivityKind, ActivityState, AllowedUse, GivenBy, PhotoState, VisiblePeople
from ..models import Activity, ActivityEvent, Photo, RightsRequest
from ..parcels import Arrived, Sender
from . import links
from .deletion import delete_photos, take_back_photos
from .details import PhotoDetails
from .photos import next_number, write
from .statements import state_details, state_rights

ADDRESS_KEPT = timedelta(days=30)
"""How long an address is kept at most, whether a letter could be sent or not."""
MOST_WAITING = 1000


class TooManyWaitingError(Exception):
    """More wait already than anybody can look through; the sentence says so."""


@dataclass
class TakenIn:
    """What became of a bundle. `links` are the questions that have no address, each with the link to pass on."""

    photos: int = 0
    doubles: int = 0
    sent: int = 0
    unsent: int = 0
    links: list[tuple[RightsRequest, str]] = field(default_factory=list)


def take_in(
    *,
    activity: Activity,
    senders: Sequence[Sender],
    drawings: Callable[[Arrived], Drawn],
    language: str,
    by: User | None = None,
) -> TakenIn:
    """Takes photos in, to wait for their authors, and sends each author the link. `drawings` gives a photo's picture.

    All or nothing is written. What is there already (the same file, the same e-mail) is left out. `by` is who brought
    them, None for the mailbox. Raises TooManyWaitingError, and what `drawings` raises.
    """
    result = TakenIn()
    waiting: list[tuple[RightsRequest, str]] = []
    with ExitStack() as stack, transaction.atomic():
        # Files of a failed bundle go with it: the stack is left after the transaction has been rolled back.
        activity = Activity.objects.select_for_update(of=("self",)).select_related("audit", "guide").get(pk=activity.pk)
        digests = [photo.digest for sender in senders for photo in sender.photos]
        _ask_for_room(activity, len(digests))
        known = parcels.known_digests(activity)
        for sender in senders:
            hashed = sender.message_hash
            again = bool(hashed) and activity.rights_requests.filter(message_hash=hashed).exists()
            new = [] if again else [photo for photo in sender.photos if photo.digest not in known]
            result.doubles += len(sender.photos) - len(new)
            known |= {photo.digest for photo in new}
            if new:
                question, token = _question(activity, sender, language, by)
                for photo in new:
                    keep = stack.enter_context(images.kept(drawings(photo), audit=activity.audit))
                    _take(activity, question, sender.source, photo, keep, language, by)
                result.photos += len(new)
                waiting.append((question, token))
    for question, token in waiting:
        if not question.address:
            result.links.append((question, links.address_of(token)))
        elif links.send(question):
            result.sent += 1
        else:
            result.unsent += 1
    return result


def send_unsent() -> int:
    """Tries once more to send the links whose letters could not be sent. Returns how many went."""
    waiting = RightsRequest.objects.filter(answered_at=None, sent_at=None).exclude(address="")
    return sum(links.send(question) for question in waiting.select_related("activity__audit__city"))


def _ask_for_room(activity: Activity, number: int) -> None:
    if activity.photos.filter(state=PhotoState.WAITING).count() + number > MOST_WAITING:
        raise TooManyWaitingError(
            _("%(most)s photos wait for their authors already. Look through them before more come in.")
            % {"most": MOST_WAITING}
        )


def _question(activity: Activity, sender: Sender, language: str, by: User | None) -> tuple[RightsRequest, str]:
    token = links.new()
    question = RightsRequest.objects.create(
        activity=activity,
        token_hash=links.hash_of(token),
        address=sender.address,
        message_hash=sender.message_hash,
        mail_kept=sender.mail_kept,
        language=language,
        **({} if sender.address else {"passed_on_at": timezone.now(), "passed_on_by": by}),
    )
    return question, token


def _take(
    activity: Activity,
    question: RightsRequest,
    source: str,
    photo: Arrived,
    keep: Callable[[], Picture],
    language: str,
    by: User | None,
) -> None:
    theme = uuid.UUID(photo.theme) if photo.theme else None
    row = Photo.objects.create(
        activity=activity,
        rights_request=question,
        picture=keep(),
        number=next_number(activity),
        theme=activity.guide.themes.filter(uuid=theme).first() if theme else None,
        title=photo.title,
        text=photo.text,
        language=language,
        source=source,
        state=PhotoState.WAITING,
    )
    if photo.credit:
        # What the team was told; it is the author who says it for certain.
        state_rights(photo=row, given_by=GivenBy.TEAM, by=by, language=language, credit=photo.credit)
    details = PhotoDetails(title=photo.title, text=photo.text, language=language, theme=theme, credit=photo.credit)
    _note(row, question, details, uuid=row.uuid, sequence=1, by=by, digest=photo.digest)


def _note(
    photo: Photo,
    question: RightsRequest,
    details: PhotoDetails,
    *,
    uuid: uuid.UUID,
    sequence: int,
    by: User | None = None,
    digest: str = "",
    late: bool = False,
) -> None:
    """Keeps what was said in the journal, as for photos that come from a phone; the digest finds doubles there."""
    content = {**details.content, "file": digest} if digest else details.content
    participation.accept(
        audit=photo.activity.audit,
        subject=photo.subject,
        device=question.uuid,
        changes=[Incoming(uuid=uuid, sequence=sequence, part=PhotoDetails.part, content=content)],
        by=by,
        late=late,
    )


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the author says of one photo; with `mine` false it is deleted, whatever else is said."""

    mine: bool
    title: str = ""
    text: str = ""
    theme: uuid.UUID | None = None
    use: str = AllowedUse.INSIDE
    credit: str = ""
    anonymous: bool = False
    people: str = VisiblePeople.UNKNOWN


class AnsweredError(Exception):
    """The question was answered meanwhile."""


@transaction.atomic
def answer(
    *, question: RightsRequest, answers: Mapping[uuid.UUID, Answer], language: str, guardian: bool = False
) -> None:
    """Takes what the author says of each photo, once: it counts from now on, or is kept as late, or it is deleted.

    `guardian` says that the author is under 18 and a parent or guardian agrees. A photo of which nothing is said goes
    on waiting. Raises AnsweredError the second time.
    """
    question = RightsRequest.objects.select_for_update().get(pk=question.pk)
    if question.answered_at is not None:
        raise AnsweredError
    photos = Photo.objects.select_for_update(of=("self",)).select_related("activity__audit", "activity__guide")
    rows = [photo for photo in photos.filter(rights_request=question) if photo.uuid in answers]
    take_back_photos([photo for photo in rows if not answers[photo.uuid].mine])
    for photo in rows:
        if answers[photo.uuid].mine:
            _answer(photo, question, answers[photo.uuid], language, guardian)
    question.answered_at, question.address, question.language = timezone.now(), "", language
    question.save(update_fields=["answered_at", "address", "language"])


@transaction.atomic
def change(*, question: RightsRequest, photo: uuid.UUID, said: Answer, language: str, guardian: bool = False) -> bool:
    """Takes what the author of an answered photo says anew, by the same link: another statement of rights, the one before
    stays. Where the photo is late, words wait for the team, and the answer is true; what may be done with it, the author
    decides at any time.

    Raises Photo.DoesNotExist where it was taken back meanwhile.
    """
    photos = Photo.objects.select_for_update(of=("self",)).select_related("activity__audit", "activity__guide")
    row = photos.exclude(state=PhotoState.WAITING).get(rights_request=question, uuid=photo)
    details, late = _details(row, said, language), came_late(row)
    sequence = 1 + Change.objects.filter(subject=row.subject, device=question.uuid).count()
    _note(row, question, details, uuid=uuid.uuid4(), sequence=sequence, late=late)
    if late:
        state_details(row, details, given_by=GivenBy.SENDER, text_version=RIGHTS_LINK.version, guardian=guardian)
    else:
        write(row, details, by=None, given_by=GivenBy.SENDER, text_version=RIGHTS_LINK.version, guardian=guardian)
    return late


def _answer(photo: Photo, question: RightsRequest, said: Answer, language: str, guardian: bool) -> None:
    late, details = came_late(photo), _details(photo, said, language)
    _note(photo, question, details, uuid=uuid.uuid5(photo.uuid, "answer"), sequence=2, late=late)
    photo.state = PhotoState.LATE if late else PhotoState.IN
    write(photo, details, by=None, given_by=GivenBy.SENDER, text_version=RIGHTS_LINK.version, guardian=guardian)


def _details(photo: Photo, said: Answer, language: str) -> PhotoDetails:
    return PhotoDetails(
        title=said.title,
        text=said.text,
        # In whichever language the words were, they are the author's own as soon as the author has changed them.
        language=language if (said.title, said.text) != (photo.title, photo.text) else photo.language,
        theme=said.theme,
        declared=True,
        use=said.use,
        credit=said.credit,
        anonymous=said.anonymous,
        people=said.people,
        latitude=photo.latitude,
        longitude=photo.longitude,
        plan=photo.plan.uuid if photo.plan else None,
        plan_x=photo.plan_x,
        plan_y=photo.plan_y,
    )


def came_late(photo: Photo) -> bool:
    """Whether a photo counts only when the team admits it: the activity is closed, or its period was over when it came.

    An author who answers after the period for a photo that came within it is not late.
    """
    activity = photo.activity
    has_window = ActivityKind(activity.kind).has_window
    return activity.state == ActivityState.CLOSED or (has_window and photo.created_at > activity.ends)


@transaction.atomic
def take_back(*, question: RightsRequest, photos: Sequence[Photo]) -> None:
    """Deletes photos that their author takes back, everywhere. Of the question nothing stays that tells of anybody."""
    question = RightsRequest.objects.select_for_update().get(pk=question.pk)
    take_back_photos([photo for photo in photos if photo.rights_request_id == question.pk])
    if not question.photos.exists():
        question.answered_at = question.answered_at or timezone.now()
    question.address = ""
    question.save(update_fields=["answered_at", "address"])


@transaction.atomic
def delete_question(question: RightsRequest, *, by: User) -> None:
    """Deletes photos that wait, with the question for them; the team's decision. Who did so, when and of how many stays."""
    _delete(question.activity, [question], by)


@transaction.atomic
def delete_all_waiting(activity: Activity, *, by: User) -> None:
    """Deletes all photos of the activity that wait, as `delete_question` does those of one author: a mistaken ZIP."""
    waits = activity.rights_requests.filter(photos__state=PhotoState.WAITING).distinct()
    _delete(activity, list(waits), by)


def _delete(activity: Activity, questions: Iterable[RightsRequest], by: User) -> None:
    if number := sum(map(_forget, questions)):
        ActivityEvent.objects.create(
            activity=activity, before=activity.state, after=activity.state, unanswered=number, by=by
        )


@transaction.atomic
def _forget(question: RightsRequest) -> int:
    """Deletes the photos of a question that wait, and the question where no other is left; returns how many waited."""
    waiting = list(question.photos.select_for_update(of=("self",)).filter(state=PhotoState.WAITING))
    delete_photos(waiting)
    if question.photos.exists():
        return len(waiting)
    if question.mail_kept:
        # By it the e-mail is found in the mailbox, to be deleted there too.
        question.answered_at, question.address = timezone.now(), ""
        question.save(update_fields=["answered_at", "address"])
    else:
        question.delete()
    return len(waiting)


def expire_waiting(*, dry_run: bool) -> dict[str, int]:
    """Deletes photos whose authors have not answered, and addresses kept long enough. Returns how many."""
    now = timezone.now()
    silent = RightsRequest.objects.filter(answered_at=None, created_at__lt=now - links.KEPT)
    photos = Photo.objects.filter(rights_request__in=silent, state=PhotoState.WAITING)
    addresses = RightsRequest.objects.exclude(address="").exclude(sent_at=None, created_at__gte=now - ADDRESS_KEPT)
    numbers = {"unanswered_photos": photos.count(), "sender_addresses": addresses.count()}
    if not dry_run:
        for question in silent:
            _forget(question)
        addresses.update(address="")
    return numbers
