"""Who takes part in this browser: remembered for up to 12 hours in the session, never with the personal code."""

import time

from django.conf import settings
from django.http import HttpRequest

from audits.models import Audit

from .models import Participant

KEY = "participant"


def remember(request: HttpRequest, participant: Participant) -> None:
    """From now on this browser acts for the participant. The session gets a new identifier."""
    request.session.cycle_key()
    request.session[KEY] = {"uuid": str(participant.uuid), "since": int(time.time())}
    if not request.user.is_authenticated:
        # Phones drop cookies "of the session" in the middle of a walk; this one has an hour of its own to end.
        request.session.set_expiry(settings.SESSION_COOKIE_AGE)


def participant_in(request: HttpRequest, audit: Audit) -> Participant | None:
    """Who takes part in this audit in this browser; None after 12 hours, or when it is somebody of another audit."""
    kept = request.session.get(KEY)
    if not kept or time.time() - kept["since"] > settings.SESSION_COOKIE_AGE:
        return None
    return Participant.objects.filter(audit=audit, uuid=kept["uuid"]).first()


def forget(request: HttpRequest) -> None:
    """This is not my phone: the next person who holds it sees nothing of the last one."""
    if request.session.pop(KEY, None) and not request.user.is_authenticated:
        request.session.flush()
