"""The governance diagram: who decides, who delivers, who is consulted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ..enums import GovernanceLevel, Rating
from ..models import Institution, Partnership


@dataclass(frozen=True)
class Box:
    """A body in the diagram. `tcn` is whether it has a special mandate on TCN integration, None where that is unknown,
    and `mandate` the rating in words; `cooperates` names the standing partnerships that it takes part in; `reports_to`
    what it has its mandate from, and `line` how that can be drawn: "above" where it stands on a higher level, "beside"
    where it is the box before this one, else "" and words alone say it."""

    name: str
    note: str = ""
    exists: bool = True
    tcn: bool | None = None
    mandate: str = ""
    reports_to: str = ""
    cooperates: tuple[str, ...] = ()
    key: int | None = None
    superior: int | None = None
    line: str = ""
    uuid: Any = None


@dataclass(frozen=True)
class Level:
    level: GovernanceLevel
    boxes: tuple[Box, ...]


TCN_MANDATE = {Rating.YES: True, Rating.PARTLY: True, Rating.NO: False}


def levels(institutions: Iterable[Institution], partnerships: Iterable[Partnership]) -> tuple[Level, ...]:
    """Who decides, who delivers, who is consulted: the three levels, each with its boxes in the order given.

    Asks for nothing: `partnerships` come with their institutions, and a superior is named from the list alone.
    """
    institutions = list(institutions)
    known = {one.pk: one for one in institutions}
    standing: dict[int, list[str]] = defaultdict(list)
    for partnership in partnerships:
        if partnership.standing and partnership.exists:
            for member in partnership.institutions.all():
                standing[member.pk].append(partnership.title)
    boxes: dict[str, list[Box]] = defaultdict(list)
    for one in institutions:
        superior = known.get(one.reports_to_id)
        own = boxes[one.level]
        line = ""
        if superior and GovernanceLevel.values.index(superior.level) < GovernanceLevel.values.index(one.level):
            line = "above"
        elif superior and own and own[-1].key == superior.pk:
            line = "beside"
        own.append(
            Box(
                name=one.name,
                note=one.note,
                exists=one.exists,
                tcn=TCN_MANDATE.get(Rating(one.tcn_mandate)) if one.tcn_mandate else None,
                mandate=one.get_tcn_mandate_display(),
                reports_to=superior.name if superior else "",
                cooperates=tuple(standing[one.pk]),
                key=one.pk,
                superior=superior.pk if superior else None,
                line=line,
                uuid=one.uuid,
            )
        )
    return tuple(Level(level, tuple(boxes[level])) for level in GovernanceLevel)
