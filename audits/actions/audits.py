"""Opening audits."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from .. import images
from ..enums import Role
from ..models import Audit, City, ContextFigure, ContextIndicator, Membership, PartnerOrganisation, User
from ..permissions import cities_to_open
from ..search import fold

# Bulgarian letters in addresses, as the country's own transliteration law writes them.
_LATIN = str.maketrans(
    dict(zip("абвгдезийклмнопрстуфъьѝ", "abvgdeziyklmnoprstufayi", strict=True))
    | {"ж": "zh", "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sht", "ю": "yu", "я": "ya"}
)

# Leaves room for the year and a number in what the models allow.
_SLUG_LENGTH = 56


class CityTakenError(Exception):
    """Somebody has opened an audit of the city meanwhile, so its team opens the next ones (ADR 6)."""


def opened_already(uuid: UUID | None, *, by: User) -> Audit | None:
    """The audit that this form has opened for `by`; None where it has opened none."""
    if uuid is None:
        return None
    return Audit.objects.filter(uuid=uuid, memberships__user=by, memberships__role=Role.COORDINATOR).first()


@transaction.atomic
def create_audit(
    *,
    city: City,
    title: str,
    starts_on: date,
    ends_on: date,
    language: str = "en",
    by: User,
    uuid: UUID | None = None,
) -> Audit:
    """Opens an audit with `by` as its coordinator; a city that is new is saved with it.

    `uuid` comes from the form: sent twice, it opens one audit. Raises CityTakenError, then nothing is written.
    """
    if standing := _first_to_open(uuid, by):
        return standing
    _claim(city, by)
    return _create(city=city, title=title, starts_on=starts_on, ends_on=ends_on, language=language, by=by, uuid=uuid)


def _claim(city: City, by: User) -> None:
    """Saves a new city; of one that there is, waits for whoever opens an audit of it at this moment."""
    if city.pk is not None:
        City.objects.select_for_update().get(pk=city.pk)
        if not cities_to_open(by).contains(city):
            raise CityTakenError
        return
    if City.objects.filter(name__fold=fold(city.name), country=city.country).exists():
        raise CityTakenError
    city.slug = _free_slug(City, city.name, city.country)
    try:
        with transaction.atomic():
            city.save()
    except IntegrityError:
        # Somebody entered the same name meanwhile, and with it the same address.
        raise CityTakenError from None


def _first_to_open(uuid: UUID | None, by: User) -> Audit | None:
    """Lets the same person's second press wait for the first, and says what that one has opened."""
    User.objects.select_for_update().get(pk=by.pk)
    return opened_already(uuid, by=by)


def _create(
    *, city: City, title: str, starts_on: date, ends_on: date, language: str, by: User, uuid: UUID | None
) -> Audit:
    free = uuid and not Audit.objects.filter(uuid=uuid).exists()
    audit = Audit.objects.create(
        **({"uuid": uuid} if free else {}),
        city=city,
        title=title,
        slug=_free_slug(Audit, f"{city.slug} {starts_on.year}"),
        starts_on=starts_on,
        ends_on=ends_on,
        language=language,
    )
    Membership.objects.create(audit=audit, user=by, role=Role.COORDINATOR)
    return audit


@transaction.atomic
def start_follow_up(
    *, previous: Audit, title: str, starts_on: date, ends_on: date, by: User, uuid: UUID | None = None
) -> Audit:
    """Opens the audit that follows `previous` and remembers it.

    Copied: city, languages, authors, disclaimer, controller, partner organisations with their logos, the
    team, and the context indicators with their figures, because what the city counted in past years stays
    true; the new years are added beside it. Not copied: what was collected, found and written, open
    invitations, and the description, since another project may carry the new audit. `by` is its coordinator.
    `uuid` comes from the form: sent twice, it opens one audit.
    """
    if standing := _first_to_open(uuid, by):
        return standing
    audit = _create(
        city=previous.city,
        title=title,
        starts_on=starts_on,
        ends_on=ends_on,
        language=previous.language,
        by=by,
        uuid=uuid,
    )
    audit.previous = previous
    for field in ("other_languages", "authors", "disclaimer", "controller"):
        setattr(audit, field, getattr(previous, field))
    audit.save()
    Membership.objects.bulk_create(
        Membership(audit=audit, user_id=member.user_id, role=member.role)
        for member in previous.memberships.exclude(user=by)
    )
    for partner in previous.partner_organisations.select_related("logo"):
        PartnerOrganisation.objects.create(
            audit=audit,
            name=partner.name,
            position=partner.position,
            logo=images.copy(partner.logo, audit=audit) if partner.logo else None,
        )
    for indicator in previous.context_indicators.prefetch_related("figures"):
        figures = list(indicator.figures.all())
        copied = ContextIndicator.objects.create(
            audit=audit,
            topic=indicator.topic,
            name=indicator.name,
            unit=indicator.unit,
            source=indicator.source,
            position=indicator.position,
        )
        ContextFigure.objects.bulk_create(
            ContextFigure(indicator=copied, year=figure.year, value=figure.value) for figure in figures
        )
    return audit


def _free_slug(model: type[Audit] | type[City], *names: str) -> str:
    """An address part that no other row has, from the first name that gives one: `velmora`, `velmora-2`."""
    base = next(filter(None, (slugify(name.lower().translate(_LATIN))[:_SLUG_LENGTH] for name in names)))
    taken = set(model.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    number = 1
    slug = base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
