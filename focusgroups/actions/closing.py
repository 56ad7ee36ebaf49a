"""Closing a session once the summary has been read out."""

from django.db import transaction

from audits.models import User

from ..enums import GroupState
from ..models import FocusGroup
from .planning import move_group


@transaction.atomic
def close(*, group: FocusGroup, by: User) -> bool:
    """Closes the session: what still arrives waits for a decision. Returns False where it was closed already.

    A session that nobody opened was held all the same: it is opened and closed at once.
    """
    locked = FocusGroup.objects.select_for_update(of=("self",)).order_by().get(pk=group.pk)
    if locked.state == GroupState.CLOSED:
        return False
    if locked.state == GroupState.PLANNED:
        move_group(group=locked, to=GroupState.OPEN, by=by)
    moved = move_group(group=locked, to=GroupState.CLOSED, by=by)
    group.state, group.opened_at, group.closed_at = moved.state, moved.opened_at, moved.closed_at
    return True
