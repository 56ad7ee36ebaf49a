"""Closing a session once the summary has been read out."""

from django.db import transaction
from django.utils import timezone

from audits.models import User

from ..enums import GroupState
from ..models import FocusGroup, GroupEvent


@transaction.atomic
def close(*, group: FocusGroup, by: User) -> bool:
    """Closes the session: what still arrives waits for a decision. Returns False where it was closed already."""
    locked = FocusGroup.objects.select_for_update(of=("self",), no_key=True).order_by().get(pk=group.pk)
    if locked.state == GroupState.CLOSED:
        return False
    GroupEvent.objects.create(group=locked, before=locked.state, after=GroupState.CLOSED, by=by)
    group.state, group.closed_at = GroupState.CLOSED, timezone.now()
    group.save(update_fields=["state", "closed_at"])
    return True
