from datetime import date
from decimal import Decimal
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from audits import images
from audits.actions import CityTakenError, add_partner, create_audit, start_follow_up
from audits.enums import AuditState, PictureKind, Role
from audits.models import City, Invitation
from tests.factories import (
    AuditFactory,
    CityFactory,
    ContextIndicatorFactory,
    InvitationFactory,
    MembershipFactory,
    UserFactory,
)
from tests.threads import at_once

pytestmark = pytest.mark.django_db


def new(city, by, **changes):
    values = {"title": "Audit", "starts_on": date(2026, 3, 1), "ends_on": date(2026, 12, 18)}
    return create_audit(city=city, by=by, **{**values, **changes})


def roles(audit):
    return {member.user: member.role for member in audit.memberships.select_related("user")}


def test_creator_becomes_the_coordinator():
    user = UserFactory()
    audit = new(CityFactory(), user)
    assert roles(audit) == {user: Role.COORDINATOR}
    assert audit.state == AuditState.PREPARING


def test_new_city_is_saved_with_its_audit():
    audit = new(City(name="Velmora", authority="Municipality of Velmora", country="HR"), UserFactory())
    assert City.objects.get().slug == "velmora"
    assert audit.slug == "velmora-2026"


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Велико Търново", "veliko-tarnovo"), ("Žilina", "zilina"), ("السلام", "hr"), ("A" * 120, "a" * 56)],
)
def test_cities_in_any_script_get_an_address(name, slug):
    new(City(name=name, authority="Municipality", country="HR"), UserFactory())
    assert City.objects.get().slug == slug


def test_city_is_opened_by_whoever_was_first():
    city = CityFactory(slug="velmora")
    first = new(city, UserFactory())
    with pytest.raises(CityTakenError):
        new(city, UserFactory())
    with pytest.raises(CityTakenError):
        new(City(name=city.name.upper(), authority="Municipality", country=city.country), UserFactory())
    assert list(city.audits.all()) == [first]
    assert City.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("known", [True, False])
def test_two_who_open_a_city_at_the_same_moment_do_not_both(known):
    city = CityFactory(name="Velmora", country="HR") if known else None

    def open_it(by):
        try:
            return new(city or City(name="Velmora", authority="Municipality", country="HR"), by)
        except CityTakenError:
            return None

    opened = at_once(open_it, [UserFactory(), UserFactory()])
    assert sorted(one is None for one in opened) == [False, True]
    assert City.objects.count() == 1


def test_second_audit_of_a_year_gets_an_address_of_its_own():
    city, user = CityFactory(slug="velmora"), UserFactory()
    assert [new(city, user).slug for _ in range(3)] == ["velmora-2026", "velmora-2026-2", "velmora-2026-3"]


@pytest.fixture
def previous():
    audit = AuditFactory(
        language="hr",
        other_languages=["en", "ar"],
        authors="Irena Vidal",
        disclaimer="Not the Commission's.",
        controller="Municipality of Velmora",
        description="Project 1",
        state=AuditState.PUBLISHED,
    )
    for role in (Role.COORDINATOR, Role.FACILITATOR, Role.PARTNER):
        MembershipFactory(audit=audit, role=role)
    content = BytesIO()
    Image.new("RGB", (40, 20)).save(content, "PNG")
    logo = images.draw(SimpleUploadedFile("logo.png", content.getvalue()), PictureKind.LOGO)
    add_partner(audit=audit, name="Welcome Velmora", logo=logo)
    add_partner(audit=audit, name="Velmora University")
    ContextIndicatorFactory(audit=audit, name="Inhabitants", figures={2022: 100, 2023: Decimal("110.5")})
    InvitationFactory(audit=audit)
    return audit


def follow(previous, by):
    return start_follow_up(
        previous=previous, title="Audit 2029", starts_on=date(2029, 1, 1), ends_on=date(2029, 12, 1), by=by
    )


def test_follow_up_takes_over_the_set_up_and_remembers_the_previous_audit(previous):
    coordinator = previous.memberships.get(role=Role.COORDINATOR).user
    audit = follow(previous, coordinator)
    assert audit.previous == previous
    assert (audit.title, audit.starts_on, audit.state) == ("Audit 2029", date(2029, 1, 1), AuditState.PREPARING)
    for field in ("city", "language", "other_languages", "authors", "disclaimer", "controller"):
        assert getattr(audit, field) == getattr(previous, field)
    assert roles(audit) == roles(previous)


def test_follow_up_takes_over_partners_and_figures_as_copies_of_its_own(previous):
    audit = follow(previous, previous.memberships.first().user)
    first, second = audit.partner_organisations.all()
    assert (first.name, second.name) == ("Welcome Velmora", "Velmora University")
    assert first.logo.audit == audit
    original = previous.partner_organisations.first().logo
    with first.logo.file.open() as copy, original.file.open() as source:
        assert copy.read() == source.read()
    assert second.logo is None
    indicator = audit.context_indicators.get()
    assert (indicator.name, indicator.unit, indicator.source) == ("Inhabitants", "people", "Statistical office")
    assert {figure.year: figure.value for figure in indicator.figures.all()} == {2022: 100, 2023: Decimal("110.5")}
    assert previous.context_indicators.get() != indicator


def test_follow_up_leaves_behind_what_belongs_to_the_previous_audit(previous):
    audit = follow(previous, previous.memberships.first().user)
    assert audit.description == ""
    assert not Invitation.objects.filter(audit=audit).exists()


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_moment_open_one_follow_up():
    audit = AuditFactory()
    by = MembershipFactory(audit=audit, role=Role.COORDINATOR).user
    MembershipFactory(audit=audit, role=Role.FACILITATOR)
    period = {"title": "Next", "starts_on": date(2029, 1, 1), "ends_on": date(2029, 12, 1)}
    uuid = uuid4()
    opened = at_once(lambda _press: start_follow_up(previous=audit, by=by, uuid=uuid, **period), range(2))
    assert len(set(opened)) == 1
    assert opened[0].memberships.count() == 2
