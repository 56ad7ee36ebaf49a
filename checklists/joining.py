"""A walk as an occasion that people join (`audits.participation.occasions`)."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audits import tokens
from audits.models import Audit
from audits.participation.models import Participant
from audits.participation.occasions import Finder, Occasion, Phase

from .actions import sheet_for
from .enums import WalkState
from .models import CityWalk, Item

PHASES = {
    WalkState.PLANNED: Phase.EARLY,
    WalkState.OPEN: Phase.OPEN,
    WalkState.CLOSING: Phase.CLOSING,
    WalkState.CLOSED: Phase.CLOSED,
}


def walk_of(code: str) -> CityWalk | None:
    """The walk of a join code, typed in any way."""
    return CityWalk.objects.select_related("audit__city", "checklist").filter(join_code=tokens.normalised(code)).first()


def occasion_of(code: str) -> Occasion | None:
    """What the joining page says about the walk of this code; None where there is no such walk."""
    walk = walk_of(code)
    if walk is None:
        return None
    statements = Item.objects.filter(section__checklist=walk.checklist_id).count()

    def enter(participant: Participant) -> str:
        if walk.accepts:
            sheet_for(walk=walk, participant=participant)
        return reverse("participant:sheet", args=[walk.join_code])

    return Occasion(
        audit=walk.audit,
        code=walk.join_code,
        heading=_("Walk with us: %(walk)s") % {"walk": walk.title},
        lead=_("We walk together and you say how well %(city)s works for people who have moved here.")
        % {"city": walk.audit.city},
        points=(
            ngettext(
                "You give %(number)s short sentence a number from 1 to 5. It takes about 20 minutes.",
                "You give %(number)s short sentences a number from 1 to 5. It takes about 20 minutes.",
                statements,
            )
            % {"number": statements},
        ),
        starts=_aware(walk.date, walk.starts_at),
        ends=_aware(walk.date, walk.ends_at),
        phase=PHASES[WalkState(walk.state)],
        plan=((_("We meet here"), walk.meeting_point),),
        enter=enter,
        link=_("To my sheet of the walk"),
    )


def _aware(date, time) -> datetime:
    return timezone.make_aware(datetime.combine(date, time))


def walks_of(audit: Audit) -> list[tuple[str, str]]:
    """Code and title of the audit's walks, for a photo activity that goes with one of them."""
    return list(CityWalk.objects.filter(audit=audit).values_list("join_code", "title"))


def joined_by(participant: Participant) -> list[Occasion]:
    """The walks of which the participant has a sheet."""
    codes = CityWalk.objects.filter(sheets__participant=participant).values_list("join_code", flat=True)
    return [occasion for code in codes if (occasion := occasion_of(code))]


FINDER = Finder(by_code=occasion_of, of_audit=walks_of, of_participant=joined_by)
