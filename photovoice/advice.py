"""What the toolkit recommends and a plan does otherwise: facts for whoever plans, never a barrier."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audits.dates import long_date

from .enums import ActivityKind
from .models import Activity
from .models.activity import FEWEST

# "Set the duration of the activity (e.g. 3 hours)"; "... you might give 2 weeks time" (toolkit, "Photovoice").
USUAL_HOURS = timedelta(hours=3)
USUAL_PERIOD = timedelta(weeks=2)
# So far from the toolkit's example that it is worth a second look.
HOURS = (timedelta(hours=2), timedelta(hours=4))
PERIOD = (timedelta(days=10), timedelta(days=21))


def advice_on(activity: Activity) -> Iterator[str]:
    """Sentences on what of the plan is worth a second look."""
    if activity.target < FEWEST:
        yield ngettext(
            "%(number)s person is wanted; the toolkit asks for at least 20 to 30 in each city.",
            "%(number)s people are wanted; the toolkit asks for at least 20 to 30 in each city.",
            activity.target,
        ) % {"number": activity.target}
    length = activity.ends - activity.starts
    if ActivityKind(activity.kind).has_window:
        if not PERIOD[0] <= length <= PERIOD[1]:
            days = _days(activity)
            yield ngettext(
                "The period has %(number)s day; the toolkit speaks of two weeks.",
                "The period has %(number)s days; the toolkit speaks of two weeks.",
                days,
            ) % {"number": days}
    elif length < HOURS[0]:
        yield _("It is short: the toolkit speaks of about three hours.")
    elif length > HOURS[1]:
        yield _("It is long: the toolkit speaks of about three hours.")
    audit = activity.audit
    first, last = (timezone.localdate(moment) for moment in (activity.starts, activity.ends))
    if not audit.starts_on <= first <= last <= audit.ends_on:
        yield _("The audit’s time is %(first)s to %(last)s; this activity is not within it.") % {
            "first": long_date(audit.starts_on),
            "last": long_date(audit.ends_on),
        }


def _days(activity: Activity) -> int:
    return (timezone.localdate(activity.ends) - timezone.localdate(activity.starts)).days + 1
