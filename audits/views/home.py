"""The audit's home: the map of the work, as the person who looks may do it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from .. import methods, permissions
from ..enums import Area, AuditState
from ..methods import Deadline, Method, Progress
from ..models import Audit
from ..permissions import Ability
from ..readiness import preparation

PEOPLE_SHOWN = 8
SOON_DAYS = 7


@login_required
@require_safe
def audit_home(request, audit):
    """Stages, the one next step, a card per method, results by area, deadlines and the team."""
    audit = permissions.get_audit(request, audit)
    user = request.user
    members = list(audit.memberships.select_related("user"))
    invitations = list(audit.invitations.pending()) if permissions.may(user, Ability.MANAGE_TEAM, audit) else []
    preparing = preparation(audit, user, [member.role for member in members], len(invitations))
    announced = [
        (method, method.progress(audit, user))
        for method in methods.methods()
        if method.progress and permissions.may(user, method.may_see, audit)
    ]
    found = [preparing, *(progress for _method, progress in announced)]
    people = [*members, *invitations]
    context = {
        "here": "overview",
        "stages": _stages(audit),
        "next_step": min(
            (progress.next_step for progress in found if progress.next_step),
            key=lambda step: step.priority,
            default=None,
        ),
        "preparing": preparing,
        "preparing_url": reverse(
            "audits:audit-settings" if permissions.may(user, Ability.EDIT_AUDIT, audit) else "audits:context",
            args=[audit.slug],
        ),
        "cards": [{"method": method, "url": method.url(audit), "progress": progress} for method, progress in announced],
        "areas": _by_area(announced),
        "deadlines": _deadlines(audit, found),
        "members": members[:PEOPLE_SHOWN],
        "invitations": invitations[: max(0, PEOPLE_SHOWN - len(members))],
        "people_left": max(0, len(people) - PEOPLE_SHOWN),
        "previous_url": audit.previous.get_absolute_url()
        if audit.previous and permissions.may(user, Ability.SEE_AUDIT, audit.previous)
        else "",
    }
    return render(request, "audits/audit_home.html", context)


def _stages(audit: Audit) -> list[dict]:
    reached = AuditState.values.index(audit.state)
    return [
        {"label": label, "number": place + 1, "done": place < reached, "current": place == reached}
        for place, label in enumerate(AuditState.labels)
    ]


def _by_area(announced: list[tuple[Method, Progress]]) -> list[dict]:
    """Per area, what all methods have counted there, in the methods' order; an area without any says so."""
    labels = dict.fromkeys(
        (place, label)
        for place, (_method, progress) in enumerate(announced)
        for counts in progress.by_area.values()
        for label in counts
    )
    return [
        {
            "area": area,
            "counts": [(label, announced[place][1].by_area.get(area, {}).get(label, 0)) for place, label in labels],
        }
        for area in Area
        if labels
    ]


@dataclass(frozen=True)
class _Due:
    """A deadline and how far away it is."""

    deadline: Deadline
    tone: str
    words: str


def _deadlines(audit: Audit, found: list[Progress]) -> list[_Due]:
    dates = [deadline for progress in found for deadline in progress.deadlines]
    if audit.state != AuditState.PUBLISHED:
        dates.append(Deadline(audit.ends_on, _("The audit ends")))
    today = timezone.localdate()
    return [_due(deadline, today) for deadline in sorted(dates, key=lambda one: one.date)]


def _due(deadline: Deadline, today: date) -> _Due:
    days = (deadline.date - today).days
    if days < 0:
        return _Due(deadline, "bad", ngettext("%(days)d day late", "%(days)d days late", -days) % {"days": -days})
    if days == 0:
        return _Due(deadline, "warn", _("today"))
    tone = "warn" if days <= SOON_DAYS else ""
    if days < 14:
        return _Due(deadline, tone, ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days})
    weeks = days // 7
    return _Due(deadline, tone, ngettext("in %(weeks)d week", "in %(weeks)d weeks", weeks) % {"weeks": weeks})
