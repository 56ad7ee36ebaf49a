"""A photo activity as an occasion that people join (`audits.participation.occasions`)."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from audits import tokens
from audits.participation.consent import PHOTOS
from audits.participation.models import Participant
from audits.participation.occasions import Finder, Occasion, Phase
from audits.texts import listed

from .enums import ActivityState
from .inviting import meeting
from .models import Activity
from .wording import themes_of

PHASES = {
    ActivityState.PLANNED: Phase.EARLY,
    ActivityState.OPEN: Phase.OPEN,
    ActivityState.CLOSING: Phase.CLOSING,
    ActivityState.CLOSED: Phase.CLOSED,
}


def activity_of(code: str) -> Activity | None:
    """The activity of a join code, typed in any way."""
    found = Activity.objects.select_related("audit__city", "guide").filter(join_code=tokens.normalised(code))
    return found.first()


def occasion_of(code: str) -> Occasion | None:
    """What the joining page says about the activity of this code; None where there is no such activity."""
    activity = activity_of(code)
    return _occasion(activity) if activity else None


def _occasion(activity: Activity) -> Occasion:
    themes = themes_of(activity, get_language())

    def enter(participant: Participant) -> str:
        return reverse("photographer:photos", args=[activity.join_code])

    return Occasion(
        audit=activity.audit,
        code=activity.join_code,
        heading=_("Show us your city: %(activity)s") % {"activity": activity.title},
        lead=_("You take photos that show how well %(city)s works for people who have moved here.")
        % {"city": activity.audit.city},
        points=(
            ngettext(
                "You take photos on %(number)s theme: %(themes)s",
                "You take photos on %(number)s themes: %(themes)s",
                len(themes),
            )
            % {"number": len(themes), "themes": listed(theme.title for theme in themes)},
            _("Each photo gets a title and a few words, in any language."),
            _("For each photo you decide whether it is published, and which name stands below it, or none."),
        ),
        starts=activity.starts,
        ends=activity.ends,
        phase=_phase(activity),
        enter=enter,
        consent=PHOTOS,
        plan=tuple(meeting(activity)),
        beside=activity.beside,
        link=_("Send photos"),
    )


def _phase(activity: Activity) -> Phase:
    """A period that has not begun or is over decides like a state."""
    phase = PHASES[ActivityState(activity.state)]
    if phase is Phase.OPEN and not activity.accepts:
        return Phase.CLOSING if activity.has_begun else Phase.EARLY
    return phase


def beside(code: str) -> Sequence[Occasion]:
    """The activities that go with the walk of this join code."""
    found = Activity.objects.select_related("audit__city", "guide").filter(beside=code)
    return [_occasion(activity) for activity in found]


def joined_by(participant: Participant) -> list[Occasion]:
    """The activities to which the participant sent photos. Whoever has sent none yet has a place in none: then all of
    the audit, for somebody who agreed to what photos ask."""
    rows = Activity.objects.select_related("audit__city", "guide").filter(audit=participant.audit_id)
    own = list(rows.filter(photos__participant=participant).distinct())
    if not own and participant.consents.filter(text_version__startswith=PHOTOS.version).exists():
        own = list(rows)
    return [_occasion(activity) for activity in own]


FINDER = Finder(by_code=occasion_of, beside=beside, of_participant=joined_by)
