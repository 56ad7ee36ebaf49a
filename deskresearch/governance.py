"""Who decides, who delivers, who is consulted: the diagram that page and report share, and the table beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from reports.document import blocks

from .enums import GovernanceLevel, Rating
from .models import Institution, Partnership

FILLS = {Rating.YES: "full", Rating.PARTLY: "part"}
# A round table of the whole city would join every body with every other: the drawing would show nothing any more.
DRAWN_MEMBERS = 6


@dataclass(frozen=True)
class Box:
    """A body in the table. `tcn` is how far it has a special mandate on TCN integration, in words, "" where that is
    unknown; `reports_to` is what it has its mandate from; `cooperates` names the standing partnerships it takes part
    in."""

    name: str
    note: str = ""
    exists: bool = True
    tcn: str = ""
    reports_to: str = ""
    cooperates: tuple[str, ...] = ()
    uuid: Any = None


@dataclass(frozen=True)
class Level:
    level: GovernanceLevel
    boxes: tuple[Box, ...]


def levels(institutions: Iterable[Institution], partnerships: Iterable[Partnership]) -> tuple[Level, ...]:
    """The three levels, each with its bodies in the order given.

    Asks for nothing: `partnerships` come with their institutions, and a superior is named from the list alone.
    """
    institutions = list(institutions)
    names = {one.pk: one.name for one in institutions}
    titles: dict[int, list[str]] = defaultdict(list)
    for partnership in _standing(partnerships):
        for member in partnership.institutions.all():
            titles[member.pk].append(partnership.title)
    boxes: dict[str, list[Box]] = defaultdict(list)
    for one in institutions:
        boxes[one.level].append(
            Box(
                name=one.name,
                note=one.note,
                exists=one.exists,
                tcn="" if one.tcn_mandate == Rating.UNKNOWN else str(one.get_tcn_mandate_display()),
                reports_to=names.get(one.reports_to_id, ""),
                cooperates=tuple(titles[one.pk]),
                uuid=one.uuid,
            )
        )
    return tuple(Level(level, tuple(boxes[level])) for level in GovernanceLevel)


def diagram(
    institutions: Sequence[Institution], partnerships: Iterable[Partnership], *, source: str = ""
) -> blocks.Governance:
    """The institutions by level with what each reports to and its standing co-operation; asks for nothing, as `levels`.

    How a box is filled says how far its body has a special mandate on TCN integration. A partnership of more than
    DRAWN_MEMBERS bodies is named in the table alone, and the source line says so.
    """
    large = [one for one in _standing(partnerships) if not _is_drawn(one)]
    if large:
        named = _("Named in the table alone, because more than six work together there: %(partnerships)s.")
        source = " ".join(filter(None, (source, named % {"partnerships": "; ".join(one.title for one in large)})))
    tiers = []
    for level in GovernanceLevel:
        if own := [one for one in institutions if one.level == level]:
            bodies = tuple(blocks.Body(_key(one), one.name, one.note, _fill(one)) for one in own)
            tiers.append(blocks.Tier(str(level.label), bodies))
    return blocks.Governance(
        _("Who decides, who delivers, who is consulted"),
        tuple(tiers),
        (*_reporting(institutions), *_together(institutions, partnerships)),
        key="governance",
        source=source,
        short=_("Who decides, delivers and is consulted"),
    )


def _key(one: Institution) -> str:
    return str(one.uuid)


def _fill(one: Institution) -> str:
    return FILLS.get(Rating(one.tcn_mandate), "") if one.exists and one.tcn_mandate else "" if one.exists else "missing"


def _reporting(institutions: Sequence[Institution]) -> list[blocks.Line]:
    known = {one.pk: one for one in institutions}
    return [
        blocks.Line(_key(known[one.reports_to_id]), _key(one)) for one in institutions if one.reports_to_id in known
    ]


def _standing(partnerships: Iterable[Partnership]) -> list[Partnership]:
    return [one for one in partnerships if one.standing and one.exists]


def _is_drawn(partnership: Partnership) -> bool:
    return len(partnership.institutions.all()) <= DRAWN_MEMBERS


def _together(institutions: Sequence[Institution], partnerships: Iterable[Partnership]) -> list[blocks.Line]:
    """Standing co-operation across levels; inside one level, and beside a line of reporting, the table alone has it."""
    partners: dict[int, set[int]] = defaultdict(set)
    for partnership in filter(_is_drawn, _standing(partnerships)):
        members = {member.pk for member in partnership.institutions.all()}
        for member in members:
            partners[member] |= members
    return [
        blocks.Line(_key(one), _key(other), "works")
        for place, one in enumerate(institutions)
        for other in institutions[place + 1 :]
        if other.pk in partners[one.pk]
        and other.level != one.level
        and other.reports_to_id != one.pk
        and one.reports_to_id != other.pk
    ]
