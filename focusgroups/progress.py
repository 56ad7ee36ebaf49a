"""How far the focus groups of an audit are, counted for all of them at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audits.enums import Area
from audits.methods import Missing

from .enums import Confirmation, GroupState, Reply
from .models import AreaSummary, FocusGroup, GroupSummary, Invitee, Note, Seat

PEOPLE = (8, 10)
"""How many people sit in a group (toolkit, "City audit focus groups")."""
LENGTH = (90, 120)
"""How many minutes it takes (the same)."""
INVITED_BEFORE = timedelta(days=14)
"""Invitations go out two weeks before (the same)."""


@dataclass
class Figures:
    """What there is of one group: `answered` are invitees with an answer, `taken` seats on which somebody sat, `areas`
    those on which results are written."""

    invitees: int = 0
    invited: int = 0
    answered: int = 0
    coming: int = 0
    seats: int = 0
    taken: int = 0
    notes: int = 0
    summed_up: bool = False
    confirmed: bool = False
    areas: set[str] = field(default_factory=set)

    @property
    def uninvited(self) -> int:
        return self.invitees - self.invited

    @property
    def unconfirmed(self) -> bool:
        """Whether there is something that the participants could confirm, and they have not."""
        return bool(self.notes or self.summed_up) and not self.confirmed

    @property
    def open_areas(self) -> list[Area]:
        return [area for area in Area if area.value not in self.areas]


def figures_of(groups: Iterable[FocusGroup]) -> dict[int, Figures]:
    """The figures of groups by primary key, with five queries for any number of them."""
    found = {group.pk: Figures() for group in groups}
    if not found:
        return found
    invited = (
        Invitee.objects.counting()
        .filter(group__in=found)
        .values("group")
        .annotate(
            all=Count("pk"),
            sent=Count("invited_at"),
            answered=Count("pk", filter=~Q(reply=Reply.NONE)),
            coming=Count("pk", filter=Q(reply=Reply.YES)),
        )
    )
    for row in invited.order_by():
        figures = found[row["group"]]
        figures.invitees, figures.invited = row["all"], row["sent"]
        figures.answered, figures.coming = row["answered"], row["coming"]
    seats = Seat.objects.filter(group__in=found).order_by().values_list("group")
    for group, all_, taken in seats.annotate(all=Count("pk"), taken=Count("participant__joined_at")):
        found[group].seats, found[group].taken = all_, taken
    notes = Note.objects.standing().filter(group__in=found).order_by().values_list("group")
    for group, number in notes.annotate(number=Count("pk")):
        found[group].notes = number
    summaries = GroupSummary.objects.filter(group__in=found)
    for group, text, answer in summaries.values_list("group", "text", "confirmation"):
        found[group].summed_up = bool(text.strip())
        found[group].confirmed = answer in (Confirmation.CONFIRMED, Confirmation.WITH_CHANGES)
    written = AreaSummary.objects.filter(group__in=found).exclude(results="").order_by()
    for group, area in written.values_list("group", "area"):
        found[group].areas.add(area)
    return found


def letters_due(group: FocusGroup) -> date:
    """The day by which invitations should be out."""
    return group.date - INVITED_BEFORE


def missing_of(group: FocusGroup, figures: Figures, *, runs: bool) -> Iterable[Missing]:
    """What a group lacks in its state, as facts; with the page for it for those who run groups."""
    for text, name in _lacks(group, figures):
        yield Missing(text, address(name, group) if runs else "")


def _lacks(group: FocusGroup, figures: Figures) -> Iterable[tuple[str, str]]:
    named = {"group": group.title}
    if group.state == GroupState.PLANNED:
        if not figures.invitees:
            yield _("Nobody is on the list of invitations of “%(group)s” yet") % named, "invitee-list"
        elif figures.uninvited and letters_due(group) <= timezone.localdate():
            text = ngettext(
                "%(number)s invitation to “%(group)s” is not out, two weeks before the day",
                "%(number)s invitations to “%(group)s” are not out, two weeks before the day",
                figures.uninvited,
            )
            yield text % {**named, "number": figures.uninvited}, "invitee-list"
        return
    if figures.unconfirmed:
        yield _("The summary of “%(group)s” is not confirmed by its participants") % named, "summary"
    if group.state == GroupState.CLOSED and figures.open_areas:
        text = ngettext(
            "%(number)s area of “%(group)s” has no results yet",
            "%(number)s areas of “%(group)s” have no results yet",
            len(figures.open_areas),
        )
        yield text % {**named, "number": len(figures.open_areas)}, "analysis"


def address(name: str, group: FocusGroup) -> str:
    """The page of a group."""
    return reverse(f"focusgroups:{name}", args=[group.audit.slug, group.uuid])


def plan_advice(group: FocusGroup) -> list[str]:
    """In what the plan leaves the toolkit's advice; it holds nobody up."""
    least, most = LENGTH
    said = []
    if not least <= group.minutes <= most:
        text = ngettext(
            "%(number)s minute is planned; the toolkit speaks of one and a half to two hours.",
            "%(number)s minutes are planned; the toolkit speaks of one and a half to two hours.",
            group.minutes,
        )
        said.append(text % {"number": group.minutes})
    if not group.audit.starts_on <= group.date <= group.audit.ends_on:
        said.append(_("The day lies outside the time of the audit."))
    if group.state == GroupState.PLANNED and group.date < timezone.localdate():
        said.append(_("The day is past, and the session has not been opened."))
    if not group.moderator:
        said.append(_("No moderator is named yet."))
    if not group.rapporteur:
        said.append(_("No rapporteur is named yet: somebody has to take notes while the moderator leads."))
    if not group.topic_lines:
        said.append(_("No topics are named; the invitation letter and the opening speak of them."))
    return said


def notes_by_area(audit: Any) -> dict[str, int]:
    """How many notes of all groups stand under the questions of each area."""
    rows = Note.objects.standing().filter(group__audit=audit, question__isnull=False).order_by()
    return dict(rows.values_list("question__area").annotate(number=Count("pk")))
