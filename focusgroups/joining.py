"""A focus group as an occasion to which its participants come back (`audits.participation.occasions`)."""

from django.urls import reverse
from django.utils.translation import gettext as _

from audits import tokens
from audits.participation.consent import GROUPS
from audits.participation.models import Participant
from audits.participation.occasions import Finder, Occasion, Phase

from .models import FocusGroup
from .participant_data import words_of


def occasion_of(code: str) -> Occasion | None:
    """What the joining page says about the focus group of this code; None where there is no such group."""
    found = FocusGroup.objects.select_related("audit__city").filter(join_code=tokens.normalised(code))
    if (group := found.first()) is None:
        return None
    return Occasion(
        audit=group.audit,
        code=group.join_code,
        heading=_("Focus group: %(group)s") % {"group": group.title},
        lead=_(
            "If you sat in this group, type the code of your seat card. You then see what is held about you, and can "
            "change what you agreed to, or take everything back."
        ),
        points=(),
        starts=group.begins,
        ends=group.ends,
        phase=Phase.RETURNING,
        enter=lambda participant: reverse("participation:agreed", args=[group.join_code]),
        consent=GROUPS,
        noted=words_of,
    )


def seated(participant: Participant) -> list[Occasion]:
    """The group in which the participant has a seat."""
    codes = FocusGroup.objects.filter(seats__participant=participant).values_list("join_code", flat=True)
    return [occasion for code in codes if (occasion := occasion_of(code))]


FINDER = Finder(by_code=occasion_of, of_participant=seated)
