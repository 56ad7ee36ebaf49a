"""What the focus groups tell the ground: what they hold about participants, what they delete, and when."""

from django.utils import timezone
from django.utils.translation import gettext_lazy

from audits.methods import Method
from audits.permissions import Ability

from . import participant_data
from .storage import expire_recordings


def expire(before, *, dry_run):
    """Deletes recordings whose day has come, whichever day the others are kept until. Returns how many."""
    return {"recordings": expire_recordings(timezone.localdate(), dry_run=dry_run)}


METHOD = Method(
    key="focusgroups",
    name=gettext_lazy("Focus groups"),
    icon="chat-left-text",
    order=20,
    url=lambda audit: audit.get_absolute_url(),
    may_see=Ability.SEE_RESULTS,
    held_for=participant_data.held_for,
    erase=participant_data.erase,
    withdrawn=participant_data.withdrawn,
    expire=expire,
)
