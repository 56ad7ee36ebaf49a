"""How far the photo activities of an audit are, counted for all of them at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from audits.participation.models import Change

from .enums import PhotoState
from .models import Activity, Photo
from .models.photo import SUBJECT


@dataclass
class Figures:
    """What there is of one activity. `photographers` are those who sent a photo that counts, and the authors of those
    that came in otherwise, one for each link that was answered."""

    photographers: int = 0
    photos: int = 0
    sorted: int = 0
    late: int = 0
    waiting: int = 0
    hidden: int = 0

    @property
    def unsorted(self) -> int:
        return self.photos - self.sorted


def figures_of(activities: Iterable[Activity]) -> dict[int, Figures]:
    """The figures of activities by primary key, with one query for any number of them."""
    found = {activity.pk: Figures() for activity in activities}
    if not found:
        return found
    counts = Q(state=PhotoState.IN, hidden_at=None)
    rows = (
        Photo.objects.filter(activity__in=found)
        .order_by()
        .values("activity")
        .annotate(
            photographers=Count("participant", filter=counts, distinct=True)
            + Count("rights_request", filter=counts & Q(participant=None), distinct=True),
            photos=Count("pk", filter=counts),
            sorted=Count("pk", filter=counts & Q(placement__isnull=False)),
            late=Count("pk", filter=Q(state=PhotoState.LATE)),
            waiting=Count("pk", filter=Q(state=PhotoState.WAITING)),
            hidden=Count("pk", filter=Q(state=PhotoState.IN, hidden_at__isnull=False)),
        )
    )
    for row in rows:
        # The right side of an assignment comes first: the key has to be out of the row by then.
        activity = row.pop("activity")
        found[activity] = Figures(**row)
    return found


def with_late_words(activity: Activity) -> int:
    """How many photos that count have words which were changed after the end, and wait for a decision; two queries."""
    late = Change.objects.filter(audit=activity.audit_id, subject__startswith=SUBJECT).late()
    photos = [subject.removeprefix(SUBJECT) for subject in late.values_list("subject", flat=True)]
    number: int = activity.photos.filter(state=PhotoState.IN, uuid__in=photos).count()
    return number
