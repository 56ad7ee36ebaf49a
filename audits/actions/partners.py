"""Partner organisations and their logos, in the order of the report's title page."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max

from .. import images
from ..images import Drawn
from ..models import Audit, PartnerOrganisation
from .order import move_by


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
def move_partner(*, partner: PartnerOrganisation, step: int) -> tuple[int, int] | None:
    """Moves an organisation in the list; see `move_by`."""
    return move_by(partner.audit.partner_organisations.select_for_update(), partner, step)


@transaction.atomic
def remove_partner(*, partner: PartnerOrganisation) -> None:
    """Takes an organisation off the list, its logo with it."""
    logo = partner.logo
    partner.delete()
    if logo:
        images.discard(logo)
