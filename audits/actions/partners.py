"""Partner organisations and their logos, in the order of the report's title page."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max

from .. import images
from ..images import Drawn
from ..models import Audit, PartnerOrganisation


@transaction.atomic
def add_partner(*, audit: Audit, name: str, logo: Drawn | None = None) -> PartnerOrganisation:
    """Puts an organisation at the end of the list."""
    last = audit.partner_organisations.aggregate(last=Max("position"))["last"]
    return PartnerOrganisation.objects.create(
        audit=audit,
        name=name,
        position=0 if last is None else last + 1,
        logo=images.keep(logo, audit=audit) if logo else None,
    )


@transaction.atomic
def change_partner(
    *, partner: PartnerOrganisation, name: str, logo: Drawn | None = None, without_logo: bool = False
) -> None:
    """Renames an organisation; a new logo takes the place of the old one, `without_logo` leaves none."""
    old = partner.logo
    partner.name = name
    if logo or without_logo:
        partner.logo = images.keep(logo, audit=partner.audit) if logo else None
    partner.save()
    if old and old != partner.logo:
        images.discard(old)


@transaction.atomic
def move_partner(*, partner: PartnerOrganisation, up: bool) -> None:
    """Swaps an organisation with its neighbour above or below; at the end of the list nothing changes."""
    row = list(partner.audit.partner_organisations.select_for_update())
    place = row.index(partner)
    other = place - 1 if up else place + 1
    if 0 <= other < len(row):
        row[place], row[other] = row[other], row[place]
    for position, one in enumerate(row):
        one.position = position
    PartnerOrganisation.objects.bulk_update(row, ["position"])


@transaction.atomic
def remove_partner(*, partner: PartnerOrganisation) -> None:
    """Takes an organisation off the list, its logo with it."""
    logo = partner.logo
    partner.delete()
    if logo:
        images.discard(logo)
