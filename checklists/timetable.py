"""The breakdown of a walk in clock times (toolkit, "City tours": discussion, walk, discussion; 2 to 3½ hours)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

if TYPE_CHECKING:
    from .models import CityWalk

# Minutes, least and most, as the toolkit recommends them.
DISCUSSION = (30, 60)
WALK = (60, 90)
WRAP_UP = (30, 60)
TOTAL = (120, 210)
# "To guarantee manageability and efficiency, it is recommended to secure 20 to 30 participants."
PARTICIPANTS = (20, 30)


@dataclass(frozen=True)
class Phase:
    """One part of the event: `minutes` long, `least` to `most` minutes recommended."""

    name: Any
    text: Any
    begins: time
    ends: time
    minutes: int
    least: int
    most: int

    @property
    def met(self) -> bool:
        """Whether it is as long as recommended."""
        return self.least <= self.minutes <= self.most

    @property
    def length(self) -> str:
        """How long it is, in words: "45 minutes", "2 h 45 min"."""
        hours, minutes = divmod(self.minutes, 60)
        if not hours:
            return ngettext("%(number)s minute", "%(number)s minutes", minutes) % {"number": minutes}
        if not minutes:
            return ngettext("%(number)s hour", "%(number)s hours", hours) % {"number": hours}
        return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": minutes}

    @property
    def advice(self) -> Any:
        """The toolkit's recommendation in words."""
        return ADVICE[self.least, self.most]


ADVICE = {
    DISCUSSION: gettext_lazy("½ to 1 hour"),
    WALK: gettext_lazy("1 to 1½ hours"),
    TOTAL: gettext_lazy("2 to 3½ hours"),
}


@dataclass(frozen=True)
class Timetable:
    """The three parts and the whole. `past_midnight` is true where the whole would end on the next day."""

    phases: tuple[Phase, ...]
    whole: Phase
    past_midnight: bool


def timetable(starts_at: time, discussion: int, walk: int, wrap_up: int) -> Timetable:
    """The clock times of an event that begins at `starts_at`; the lengths are minutes."""
    start = datetime.combine(date.min, starts_at)

    def phase(name: Any, text: Any, after: int, minutes: int, recommended: tuple[int, int]) -> Phase:
        begins = start + timedelta(minutes=after)
        ends = begins + timedelta(minutes=minutes)
        return Phase(name, text, begins.time(), ends.time(), minutes, *recommended)

    whole = discussion + walk + wrap_up
    return Timetable(
        (
            phase(
                gettext_lazy("Discussion before"),
                gettext_lazy("The audit, the checklist and the places"),
                0,
                discussion,
                DISCUSSION,
            ),
            phase(gettext_lazy("Walk"), gettext_lazy("Everybody fills in the checklist"), discussion, walk, WALK),
            phase(
                gettext_lazy("Discussion after"),
                gettext_lazy("The findings, and first recommendations"),
                discussion + walk,
                wrap_up,
                WRAP_UP,
            ),
        ),
        phase(gettext_lazy("Together"), "", 0, whole, TOTAL),
        start + timedelta(minutes=whole) > datetime.combine(date.min, time(23, 59)),
    )


def timetable_of(walk: CityWalk) -> Timetable:
    return timetable(walk.starts_at, walk.discussion_minutes, walk.walk_minutes, walk.wrap_up_minutes)
