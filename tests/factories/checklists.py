from datetime import date, time

import factory

from audits.enums import Area
from checklists.enums import WalkState
from checklists.models import Checklist, CityWalk, Item, Score, Section, Sheet, WalkPlace

from .audits import AuditFactory
from .instruments import InstrumentFactory
from .participation import ParticipantFactory


class ChecklistFactory(InstrumentFactory):
    class Meta:
        model = Checklist

    code = factory.Sequence(lambda n: f"checklist-{n}")
    title = "Checklist"
    source_title = "A toolkit"
    authoring = "Its authors"


class SectionFactory(InstrumentFactory):
    class Meta:
        model = Section

    checklist = factory.SubFactory(ChecklistFactory)
    key = factory.Sequence(lambda n: f"section-{n}")
    area = Area.URBAN
    title = "Urban Environment and Safety"
    position = factory.Sequence(int)


class ItemFactory(InstrumentFactory):
    class Meta:
        model = Item

    section = factory.SubFactory(SectionFactory)
    key = factory.Sequence(lambda n: f"X{n}")
    statement = factory.Sequence(lambda n: f"Statement {n}.")
    position = factory.Sequence(int)


class CityWalkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CityWalk

    audit = factory.SubFactory(AuditFactory)
    checklist = factory.SubFactory(ChecklistFactory)
    title = factory.Sequence(lambda n: f"Walk {n}")
    date = date(2026, 10, 10)
    starts_at = time(10, 0)
    meeting_point = "Main gate"
    join_code = factory.Sequence(lambda n: f"J{n:07d}")
    state = WalkState.OPEN


class WalkPlaceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = WalkPlace

    walk = factory.SubFactory(CityWalkFactory)
    name = factory.Sequence(lambda n: f"Place {n}")
    position = factory.Sequence(int)


class SheetFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Sheet

    walk = factory.SubFactory(CityWalkFactory)
    participant = factory.SubFactory(ParticipantFactory, audit=factory.SelfAttribute("..walk.audit"))
    number = factory.Sequence(lambda n: n + 1)


class ScoreFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Score

    sheet = factory.SubFactory(SheetFactory)
    item = factory.SubFactory(ItemFactory)
    value = 3
