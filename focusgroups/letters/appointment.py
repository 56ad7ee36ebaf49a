"""The session as an entry for a calendar (ICS, RFC 5545)."""

from __future__ import annotations

from datetime import UTC
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vText

from ..models import FocusGroup

NAME, MEDIA_TYPE = "invitation.ics", "text/calendar"


def appointment(group: FocusGroup) -> bytes:
    """The session as one event, in its language. Nobody's name stands in it, and no link: entries are shared.

    PUBLISH, not REQUEST: a calendar that answers a REQUEST does so by e-mail to the organiser, where nobody reads it; we
    ask for the answer by the link. The identifier is the group's and the sequence its version, so that the entry of an
    earlier letter is moved instead of doubled.
    """
    with translation.override(group.language):
        language = {"LANGUAGE": group.language}
        event = Event()
        event.add("uid", f"focus-group-{group.uuid}@{urlsplit(settings.SITE_URL).hostname or 'integra'}")
        event.add("sequence", group.version - 1)
        event.add("dtstamp", group.changed_at)
        event.add("last-modified", group.changed_at)
        event.add("dtstart", group.begins.astimezone(UTC))
        event.add("dtend", group.ends.astimezone(UTC))
        event.add("status", "CONFIRMED")
        summary = _("Focus group: %(audit)s") % {"audit": group.audit.title}
        event.add("summary", vText(summary, params=language))
        event.add("location", vText(group.venue, params=language))
        if group.topic_lines:
            event.add("description", vText("\n".join(group.topic_lines), params=language))
    calendar = Calendar()
    calendar.add("prodid", "-//INTEGRA//City Integration Audit//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return calendar.to_ical()
