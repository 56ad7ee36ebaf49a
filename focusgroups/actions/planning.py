"""Planning a focus group and taking it from state to state."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audits.models import Audit, StaleError, User

from ..enums import Confirmation, GroupState
from ..live import changes_of
from ..models import DiscussionGuide, FocusGroup, GroupEvent, GroupSummary
from ..storage import delete_printings, with_names
from .questions import copy_questions


@contextmanager
def one_at_a_time(audit: Audit) -> Iterator[None]:
    """Holds the audit to the end of the block, a transaction: no two groups get the same name."""
    with transaction.atomic():
        Audit.objects.select_for_update().get(pk=audit.pk)
        yield


def create_group(
    *, audit: Audit, guide: DiscussionGuide, by: User | None, uuid: UUID | None = None, **fields: Any
) -> FocusGroup:
    """A new group, with the guide's questions copied in the language of the discussion.

    With a `uuid` that the audit already has, that group is returned and nothing is written; StaleError is raised where it
    says something else: neither may be lost.
    """
    with one_at_a_time(audit):
        standing: FocusGroup | None = audit.focus_groups.filter(uuid=uuid).first() if uuid else None
        if standing:
            standing.audit = audit
            if any(getattr(standing, name) != fields.get(name) for name in FocusGroup.written):
                raise StaleError(standing)
            return standing
        made: FocusGroup = FocusGroup(audit=audit, guide=guide, changed_by=by, **fields)
        if uuid and not FocusGroup.objects.filter(uuid=uuid).exists():
            made.uuid = uuid
        made.save(force_insert=True)
        copy_questions(group=made)
        return made


def what_was_noted(group: FocusGroup) -> bool:
    """Whether the session has left anything: notes, also those taken back and late ones, a tally, hot spots, a
    recording."""
    return (
        group.notes.exists()
        or changes_of(group).late().exists()
        or group.hot_spots.exists()
        or group.recordings.exists()
        or group.questions.filter(counts__people__gt=0).exists()
    )


@transaction.atomic
def move_group(*, group: FocusGroup, to: GroupState | str, by: User | None, reason: str = "") -> FocusGroup:
    """Takes the group to its next state, or back for a reason, and keeps who did it when.

    Back in planning, no participant has confirmed anything yet.

    Raises ValidationError where the group has moved on meanwhile, where no reason is given for a step back, and where a
    session that has notes would become a mere plan again.
    """
    group = FocusGroup.objects.select_for_update().get(pk=group.pk)
    state, to = GroupState(group.state), GroupState(to)
    if to not in (state.forward, *state.earlier):
        raise ValidationError(
            _("The group is %(state)s by now. Somebody else may have changed it; look again.")
            % {"state": state.label.lower()}
        )
    if to in state.earlier:
        if not reason.strip():
            raise ValidationError(_("Write why the group is put back."))
        if to == GroupState.PLANNED and what_was_noted(group):
            raise ValidationError(_("This session has notes already, so it cannot become a mere plan again."))
    group.state = to
    if to == GroupState.OPEN and state == GroupState.PLANNED:
        group.opened_at = timezone.now()
    elif to == GroupState.PLANNED:
        group.opened_at = None
        GroupSummary.objects.filter(group=group).update(confirmation=Confirmation.NOT_ASKED, confirmed_at=None)
    group.closed_at = timezone.now() if to == GroupState.CLOSED else None
    group.save(update_fields=["state", "opened_at", "closed_at"])
    GroupEvent.objects.create(group=group, before=state, after=to, reason=reason.strip(), by=by)
    return group


def kept_because(group: FocusGroup) -> str:
    """Why a group cannot be deleted, in a sentence; empty where it can."""
    if what_was_noted(group):
        return _("Something was noted in this session. What participants said is not thrown away with a plan.")
    if group.seats.exists():
        return _("Seats of this group are given out, and whoever has one holds a receipt code for it.")
    return ""


@transaction.atomic
def delete_group(*, group: FocusGroup) -> None:
    """Deletes a plan with all that hangs on it, papers with names at once. Raises ValidationError where the session has
    left anything."""
    group = FocusGroup.objects.select_for_update().get(pk=group.pk)
    if reason := kept_because(group):
        raise ValidationError(reason)
    delete_printings(with_names(group.uuid))
    group.delete()
