import uuid

import pytest

from audits.enums import Area, Role
from checklists.actions import AnswerChange
from checklists.models import Item
from tests.factories import (
    ChecklistFactory,
    CityWalkFactory,
    ItemFactory,
    MembershipFactory,
    ParticipantFactory,
    SectionFactory,
    SheetFactory,
    WalkPlaceFactory,
)


def make_checklist(statements=2):
    """A checklist with a section for each of two areas; the urban one may be filled once per place."""
    checklist = ChecklistFactory()
    for area in (Area.VISION, Area.URBAN):
        section = SectionFactory(checklist=checklist, area=area, title=area.label, can_be_per_place=area == Area.URBAN)
        ItemFactory.create_batch(statements, section=section)
    return checklist


@pytest.fixture
def walk(db):
    return CityWalkFactory(checklist=make_checklist(), join_code="7KPM3XWD")


@pytest.fixture
def per_place_walk(db):
    """A walk whose urban part is filled once per place, with two places."""
    walk = CityWalkFactory(checklist=make_checklist(), join_code="9ACDEFGH")
    walk.per_place_sections.set(walk.checklist.sections.filter(area=Area.URBAN))
    WalkPlaceFactory(walk=walk, name="Station Square", position=1)
    WalkPlaceFactory(walk=walk, name="Mill Street underpass", position=2)
    return walk


@pytest.fixture
def sheet(walk):
    return SheetFactory(walk=walk, number=1)


@pytest.fixture
def facilitator(walk):
    return MembershipFactory(audit=walk.audit, role=Role.FACILITATOR).user


def items(walk):
    return list(Item.objects.filter(section__checklist=walk.checklist))


def answer(item, value=None, *, sequence=1, place=None, **content):
    """A change with a UUID of its own."""
    return AnswerChange(
        uuid=content.pop("uuid", None) or uuid.uuid4(),
        sequence=sequence,
        item=item.uuid,
        place=place.uuid if place else None,
        value=value,
        **content,
    )


def as_json(change, **more):
    """A change as the pages' scripts send it."""
    return {
        "kind": "answer",
        "uuid": str(change.uuid),
        "sequence": change.sequence,
        "item": str(change.item),
        "place": str(change.place) if change.place else None,
        **change.content,
        **more,
    }


@pytest.fixture
def participant_sheet(walk):
    """A sheet that a participant fills in on an own phone."""
    return SheetFactory(walk=walk, number=7, source="phone", participant=ParticipantFactory(audit=walk.audit))
