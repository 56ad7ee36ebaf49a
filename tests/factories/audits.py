from datetime import date, timedelta

import factory
from django.utils import timezone

from audits.enums import IndicatorTopic, PictureKind, Role
from audits.models import (
    Audit,
    City,
    CityPlan,
    ContextFigure,
    ContextIndicator,
    Invitation,
    Membership,
    PartnerOrganisation,
    Picture,
    User,
)


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"person{n}@city.example")
    name = factory.Sequence(lambda n: f"Person {n}")


class CityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = City

    name = factory.Sequence(lambda n: f"City {n}")
    slug = factory.Sequence(lambda n: f"city-{n}")
    authority = factory.LazyAttribute(lambda city: f"Municipality of {city.name}")
    country = "BG"


class AuditFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Audit

    city = factory.SubFactory(CityFactory)
    title = factory.Sequence(lambda n: f"Audit {n}")
    slug = factory.Sequence(lambda n: f"audit-{n}")
    starts_on = date(2026, 3, 1)
    ends_on = date(2026, 12, 18)


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    audit = factory.SubFactory(AuditFactory)
    user = factory.SubFactory(UserFactory)
    role = Role.COORDINATOR


class InvitationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Invitation

    audit = factory.SubFactory(AuditFactory)
    email = factory.Sequence(lambda n: f"invited{n}@city.example")
    role = Role.FACILITATOR
    token_hash = factory.Sequence(lambda n: f"{n:064d}")
    sent_at = factory.LazyFunction(timezone.now)
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=14))


class PartnerOrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PartnerOrganisation

    audit = factory.SubFactory(AuditFactory)
    name = factory.Sequence(lambda n: f"Organisation {n}")
    position = factory.Sequence(int)


class ContextIndicatorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ContextIndicator
        skip_postgeneration_save = True

    audit = factory.SubFactory(AuditFactory)
    topic = IndicatorTopic.POPULATION
    name = factory.Sequence(lambda n: f"Indicator {n}")
    unit = "people"
    source = "Statistical office"
    position = factory.Sequence(int)

    @factory.post_generation
    def figures(self, create, values):
        """`figures={2023: 100}`"""
        for year, value in (values or {}).items():
            ContextFigure.objects.create(indicator=self, year=year, value=value)


class PictureFactory(factory.django.DjangoModelFactory):
    """A picture with files that are none; `audits.images` makes real ones."""

    class Meta:
        model = Picture

    audit = factory.SubFactory(AuditFactory)
    kind = PictureKind.LOGO
    file = factory.django.FileField(filename="large.jpg", data=b"large")
    small = factory.django.FileField(filename="small.jpg", data=b"small")
    width = 40
    height = 20


class CityPlanFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CityPlan

    audit = factory.SubFactory(AuditFactory)
    title = factory.Sequence(lambda n: f"Plan {n}")
    picture = factory.SubFactory(
        PictureFactory, audit=factory.SelfAttribute("..audit"), kind=PictureKind.PLAN, width=800, height=600
    )
