"""The photos of an activity as the team looks through them: each with its words, its credit and what it still lacks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from audits.instruments import Text
from audits.participation.models import Change

from .enums import AllowedUse, PhotoState
from .models import Activity, Photo
from .rights import Gap, gaps, standing
from .wording import themes_of


class Permission(TextChoices):
    """What the ledger says to showing a photo, in a few words."""

    FREE = "free", _("May be published")
    REPORT = AllowedUse.REPORT.value, AllowedUse.REPORT.label
    INSIDE = "inside", _("Only inside the audit")
    MISSING = "missing", _("Something is missing")


class Heap(TextChoices):
    """Where a photo lies: in the review, or beside it."""

    REVIEW = "", _("In the review")
    LATE = "late", _("Came late")
    WAITING = "waiting", _("Waiting for its author")
    REFUSED = "refused", _("Left out")
    HIDDEN = "hidden", _("Hidden")


_PEOPLE = {Gap.PEOPLE, Gap.PEOPLE_UNKNOWN}
_WORDS = {Gap.TITLE, Gap.ALT}
# Whether it counts is no question of rights.
_ELSEWHERE = {Gap.STATE, Gap.HIDDEN}


@dataclass
class Shown:
    """A photo loaded by `Photo.objects.with_rights()`, with its theme in the words of the page."""

    photo: Photo
    theme: Text | None
    # What the author changed after the end, as the journal has it: it waits for a decision.
    changed: Mapping[str, Any] | None = None
    # How many of those who took photos put it under which category on their phones, where enough did to be told.
    votes: Sequence[tuple[Text, int]] = ()
    few_votes: bool = False

    @cached_property
    def gaps(self) -> list[Gap]:
        """What stands between it and its publication, beside that it does not count."""
        return [gap for gap in gaps(self.photo) if gap not in _ELSEWHERE]

    @cached_property
    def rights(self):
        """The statement of rights that holds; None where nobody was asked yet."""
        return standing(self.photo)

    @property
    def permission(self) -> Permission:
        if not self.gaps:
            return Permission.FREE if self.rights.use == AllowedUse.ALL else Permission.REPORT
        # Whoever has said whose photo it is has also decided where it may be shown.
        decided = Gap.DECLARED not in self.gaps and {Gap.USE, Gap.CONSENT} & set(self.gaps)
        return Permission.INSIDE if decided else Permission.MISSING

    @property
    def remark(self):
        """The permission as the tag on a card says it."""
        lacking = set(self.gaps)
        if self.permission is Permission.FREE:
            return _("May be published, no name") if self.rights.anonymous else Permission.FREE.label
        if self.permission in (Permission.INSIDE, Permission.REPORT):
            return self.permission.label
        if Gap.PEOPLE in lacking:
            return _("Ask the people in it first")
        if lacking <= _WORDS:
            return _("Words are missing")
        return _("Look at it first") if lacking <= _WORDS | _PEOPLE else _("Permission is missing")

    @property
    def heap(self) -> Heap:
        if self.photo.state != PhotoState.IN:
            return Heap(self.photo.state)
        return Heap.HIDDEN if self.photo.hidden_at else Heap.REVIEW


def photos_shown(activity: Activity, language: str, **of: object) -> list[Shown]:
    """All photos of the activity by number, or those `of` a kind; its themes in a language, as many queries however
    many photos."""
    titles = {theme.theme.pk: theme.title for theme in themes_of(activity, language)}
    photos = list(activity.photos.filter(**of).with_rights().order_by("number"))
    for photo in photos:
        photo.activity = activity
    return [Shown(photo, titles.get(photo.theme_id)) for photo in photos]


def came_late(shown: Iterable[Shown]) -> list[Shown]:
    """What waits for a decision: photos that came late, and those in the review whose words were changed afterwards."""
    rows = {one.photo.subject: one for one in shown if one.photo.state in (PhotoState.LATE, PhotoState.IN)}
    waiting = Change.objects.filter(subject__in=rows).late().order_by("arrived_at", "sequence")
    changes = dict(waiting.values_list("subject", "content"))
    for subject, one in rows.items():
        one.changed = changes.get(subject)
    return [one for one in rows.values() if one.changed is not None or one.heap is Heap.LATE]


def in_review(shown: Iterable[Shown]) -> list[Shown]:
    return [one for one in shown if one.heap is Heap.REVIEW]
