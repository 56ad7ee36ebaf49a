"""The log of who saw, took and erased personal material (SAFETY, "People")."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from ..enums import Act, Personal
from ..models import AccessEntry, Audit, User
from ..models.access import PARTICIPANT
from ..permissions import role_in

LOG_KEPT = timedelta(days=365)
# Whoever looks or takes again within this time adds no line: a gallery of 300 pictures is one.
SAME_VISIT = timedelta(hours=1)


def log_access(*, audit: Audit, by: User | None, act: Act, kind: Personal, of: Any = None) -> None:
    """Notes that somebody saw, took or erased personal material. `by` is None for a participant, who stays unnamed.

    `of` is the row that the material belongs to, with a UUID: a walk, a focus group, an activity; None where only the
    audit is known. A look or a download is noted once in `SAME_VISIT`, without `of` also where one with it is noted, and
    the downloads of participants once a day; each erasure is. A repeat writes nothing.
    """
    named = {"label": of._meta.label_lower, "row": of.uuid} if of is not None else {}
    role = PARTICIPANT if by is None else role_in(by, audit) or ""
    at = timezone.now()
    same = Q(at__gt=at - SAME_VISIT)
    if by is None:
        # By the minute, whoever sat beside them would know who it was.
        at = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
        same = Q(at=at, role=role)
    lately = AccessEntry.objects.filter(same, user=by, kind=kind)
    if act != Act.ERASED and lately.filter(audit=audit, act=act, **named).exists():
        return
    AccessEntry.objects.create(audit=audit, user=by, role=role, act=act, kind=kind, at=at, **named)


def expire_log(*, dry_run: bool) -> int:
    """Deletes what has been in the log for longer than `LOG_KEPT`; how many lines."""
    old = AccessEntry.objects.filter(at__lt=timezone.now() - LOG_KEPT)
    return old.count() if dry_run else old.delete()[0]
