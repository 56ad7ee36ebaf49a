"""Sorting photos under the wrap-up categories, and remarks on them (toolkit, "Photovoice", wrap-up session): by the
group, and by those who took photos, on their own phones."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from audits import printing
from audits.methods import words_struck
from audits.models import StaleError, User
from audits.participation.actions import NotAcceptingError, mark_read, strike_copies
from audits.participation.models import Participant

from ..models import Activity, Photo, Placement, Remark, Vote, WrapUpCategory
from .deletion import report_owner

MOST_REMARKS = 100


@transaction.atomic
def sort(*, photo: Photo, category: WrapUpCategory | None, by: User, shown: WrapUpCategory | None = None) -> None:
    """Puts a photo under a category of its guide, or back among the unsorted.

    `shown` is where whoever sorts saw it. Raises StaleError, with the category that holds, where somebody else has put
    it elsewhere since; Photo.DoesNotExist where it was taken back.
    """
    Photo.objects.select_for_update(of=("self",)).get(pk=photo.pk)
    standing = Placement.objects.filter(photo=photo).select_related("category").first()
    present = standing.category if standing else None
    if present not in (shown, category):
        raise StaleError(present)
    if category is None:
        Placement.objects.filter(photo=photo).delete()
        return
    values = {"category": category, "by": by}
    Placement.objects.update_or_create(photo=photo, defaults=values)


def may_vote(activity: Activity, participant: Participant) -> bool:
    """Whether the participant sorts photos of the activity too: the team has opened it, and an own photo counts."""
    return activity.review_open and Photo.objects.counting().filter(activity=activity, participant=participant).exists()


@transaction.atomic
def vote(*, photo: Photo, participant: Participant, category: WrapUpCategory | None) -> None:
    """Puts a photo under a category for one participant, or takes that back; the last holds, and the group decides.

    Raises NotAcceptingError where the photo is not, or no longer, on the phones of those who took photos.
    """
    _ask_whether_open(photo, participant)
    if category is None:
        Vote.objects.filter(photo=photo, participant=participant).delete()
    else:
        Vote.objects.update_or_create(photo=photo, participant=participant, defaults={"category": category})


@transaction.atomic
def say(*, photo: Photo, participant: Participant, **fields: Any) -> Remark:
    """A remark of a participant about a photo. Raises as `vote` and `add_remark` do."""
    _ask_whether_open(photo, participant)
    if participant.photo_remarks.filter(activity=photo.activity).count() >= MOST_REMARKS:
        raise NotAcceptingError(_("You have written very many remarks; more are not possible."))
    return add_remark(activity=photo.activity, by=None, photo=photo, participant=participant, **fields)


def _ask_whether_open(photo: Photo, participant: Participant) -> None:
    """The lock is the one under which everything is taken back."""
    standing = Participant.objects.select_for_update().filter(pk=participant.pk).exists()
    activity = Activity.objects.get(pk=photo.activity_id)
    goes_round = Photo.objects.going_round().filter(pk=photo.pk).exists()
    if not standing or not goes_round or not may_vote(activity, participant):
        raise NotAcceptingError(_("This photo cannot be sorted on phones any more."))


@transaction.atomic
def take_back_remarks(remarks: QuerySet[Remark]) -> None:
    """Deletes remarks of participants with the files in which they may stand, and strikes their words out of what the team
    copied them into."""
    said = defaultdict(list)
    for remark in remarks.select_related("activity__audit"):
        said[remark.activity.audit].append(remark.text)
        transaction.on_commit(partial(printing.delete, report_owner(remark.activity), "words"))
        remark.delete()
    for audit, words in said.items():
        strike_copies(audit, words)
        words_struck(audit)


@transaction.atomic
def add_remark(*, activity: Activity, by: User | None, uuid: UUID | None = None, **fields: Any) -> Remark:
    """A remark of the review. With a `uuid` that its author already used here, that remark is returned; StaleError is
    raised where it says something else."""
    Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    own = activity.remarks.filter(participant=fields.get("participant"))
    standing: Remark | None = own.filter(uuid=uuid).first() if uuid else None
    if standing:
        if any(getattr(standing, name) != said for name, said in fields.items() if name in Remark.written):
            raise StaleError(standing)
        return standing
    made = Remark(activity=activity, changed_by=by, **fields)
    if uuid and not Remark.objects.filter(uuid=uuid).exists():
        made.uuid = uuid
    made.save(force_insert=True)
    return made


@transaction.atomic
def hide_remark(*, remark: Remark, reason: str, by: User) -> None:
    """Keeps a participant's remark out of the review, of reports and of exports; it stays stored, with the reason, and
    its author still reads it. Hidden already, it gets the new reason.

    Raises ValueError for a remark of the team's own: that is changed.
    """
    if remark.participant_id is None:
        raise ValueError("The team changes or deletes its own remarks.")
    Remark.objects.filter(pk=remark.pk).update(hidden_at=timezone.now(), hidden_by=by, hidden_reason=reason)
    # A new reason is one that was read again, if words had been struck out of the old one.
    mark_read(remark)
    words_struck(remark.activity.audit)
    transaction.on_commit(partial(printing.delete, report_owner(remark.activity), "words"))


def show_remark(*, remark: Remark) -> None:
    """Takes the hiding back."""
    Remark.objects.filter(pk=remark.pk).update(hidden_at=None, hidden_by=None, hidden_reason="")
