"""What the focus groups tell the ground: their card on the audit home, their entry in the navigation."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from audits.methods import Deadline, Method, NextStep, Progress
from audits.models import Audit, User
from audits.participation.enums import Purpose
from audits.permissions import Ability, may

from . import evidence, participant_data, written
from .actions import people
from .enums import GroupState
from .evidence import KEY
from .models import FocusGroup
from .progress import Figures, address, figures_of, letters_due, missing_of, notes_by_area
from .storage import expire_recordings

ORDER = 20


def url(audit: Audit) -> str:
    return reverse("focusgroups:list", args=[audit.slug])


def progress(audit: Audit, user: User) -> Progress:
    """Groups by state, what they lack, the next step for those who run them; the same queries for any number."""
    groups = list(audit.focus_groups.all())
    runs = may(user, Ability.RUN_GROUPS, audit)
    if not groups:
        step = _first_step(audit) if runs else None
        return Progress(
            state="todo",
            words=_("No focus groups yet"),
            next_step=step,
            link_label=step.label if step else "",
            link_url=step.url if step else "",
        )
    for group in groups:
        group.audit = audit
    figures = figures_of(groups)
    missing = tuple(one for group in groups for one in missing_of(group, figures[group.pk], runs=runs))
    closed = sum(group.state == GroupState.CLOSED for group in groups)
    step = _next_step(groups, figures) if runs else None
    return Progress(
        state="done" if closed == len(groups) and not missing else "now",
        words=_words(groups),
        done=closed,
        total=len(groups),
        missing=missing,
        next_step=step,
        link_label=step.label if step else _("Look at the focus groups"),
        link_url=step.url if step else url(audit),
        by_area={area: {_("Notes of focus groups"): number} for area, number in notes_by_area(audit).items()},
        deadlines=tuple(_days(groups, figures, user, runs=runs)),
    )


def _words(groups: list[FocusGroup]) -> str:
    counts = {state: sum(group.state == state for group in groups) for state in GroupState}
    said = (
        (ngettext("%(number)s planned", "%(number)s planned", counts[GroupState.PLANNED]), GroupState.PLANNED),
        (ngettext("%(number)s in session", "%(number)s in session", counts[GroupState.OPEN]), GroupState.OPEN),
        (ngettext("%(number)s closed", "%(number)s closed", counts[GroupState.CLOSED]), GroupState.CLOSED),
    )
    parts = ", ".join(text % {"number": counts[state]} for text, state in said if counts[state])
    all_ = ngettext("%(number)s focus group", "%(number)s focus groups", len(groups)) % {"number": len(groups)}
    return _("%(groups)s: %(states)s") % {"groups": all_, "states": parts}


def _first_step(audit: Audit) -> NextStep:
    return NextStep(
        text=_("Plan the first focus group"),
        label=_("Plan a focus group"),
        url=reverse("focusgroups:create", args=[audit.slug]),
        detail=_("Eight to ten people, one and a half to two hours; invitations go out two weeks before."),
        priority=41,
    )


def _next_step(groups: list[FocusGroup], figures: dict[int, Figures]) -> NextStep | None:
    """The most urgent of what all groups need."""
    steps = [step for group in groups for step in _steps(group, figures[group.pk])]
    return min(steps, key=lambda step: step.priority, default=None)


def _steps(group: FocusGroup, figures: Figures) -> Iterator[NextStep]:
    today, named = timezone.localdate(), {"group": group.title}
    if group.state == GroupState.OPEN:
        if group.date >= today:
            text, label, name, priority = _("Take notes in “%(group)s”"), _("Open the notes"), "notes", 12
        elif not figures.notes:
            text, label, name, priority = _("Type in the notes of “%(group)s”"), _("Open the notes"), "notes", 14
        else:
            text, label, name, priority = _("Close the session “%(group)s”"), _("Close the session"), "state", 24
    elif group.state == GroupState.CLOSED:
        if figures.open_areas:
            text, label, name, priority = _("Sum up “%(group)s” area by area"), _("Open the analysis"), "analysis", 34
        elif figures.unconfirmed:
            text, label, name, priority = (
                _("Record whether “%(group)s” confirmed"),
                _("Open the summary"),
                "summary",
                33,
            )
        else:
            return
    elif group.date <= today:
        text, label, name, priority = _("Open the session “%(group)s” for notes"), _("Open the session"), "state", 15
    elif not figures.invitees:
        text, label, name, priority = _("Choose whom “%(group)s” invites"), _("Choose people"), "invitee-list", 38
    elif figures.uninvited:
        priority = 22 if letters_due(group) <= today else 39
        text, label, name = _("Send the invitations to “%(group)s”"), _("Send invitations"), "invitee-list"
    else:
        text, label, name, priority = _("Prepare “%(group)s”: script and questions"), _("Open the script"), "script", 46
    yield NextStep(text=text % named, label=label, url=address(name, group), priority=priority)


def _days(groups: list[FocusGroup], figures: dict[int, Figures], user: User, *, runs: bool) -> Iterator[Deadline]:
    """Days of sessions that are to come, and by which day invitations have to be out."""
    today = timezone.localdate()
    for group in groups:
        if group.state != GroupState.PLANNED or group.date < today:
            continue
        who = _("You") if group.moderator and group.moderator == str(user) else group.moderator
        page = group.get_absolute_url()
        yield Deadline(group.date, _("Focus group “%(group)s”") % {"group": group.title}, who, page)
        if runs and (figures[group.pk].uninvited or not figures[group.pk].invitees):
            text = _("Invitations to “%(group)s” are out") % {"group": group.title}
            yield Deadline(letters_due(group), text, "", address("invitee-list", group))


def expire(before, *, dry_run):
    """Deletes recordings whose day has come, and contact data a month after the session, whichever day the others are
    kept until. Returns how many of each."""
    return {
        "recordings": expire_recordings(timezone.localdate(), dry_run=dry_run),
        "invitee_contacts": people.expire_contacts(dry_run=dry_run),
    }


METHOD = Method(
    key=KEY,
    name=gettext_lazy("Focus groups"),
    icon="chat-left-text",
    order=ORDER,
    url=url,
    may_see=Ability.SEE_RESULTS,
    progress=progress,
    resolve=evidence.resolve,
    evidence_choices=evidence.evidence_choices,
    held_for=participant_data.held_for,
    held_parts=participant_data.held_parts,
    given_by=participant_data.given_by,
    erase=participant_data.erase,
    withdrawn=participant_data.withdrawn,
    rests_on=participant_data.rests_on,
    expire=expire,
    words_of={Purpose.QUOTATION: participant_data.all_words_of},
    texts=written.texts,
    involves=people.involves,
    forget_contact=people.forget_contact,
)
