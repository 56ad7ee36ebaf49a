"""A small audit with a walk: two sections, four statements, people of several groups."""

import pytest

from audits.enums import Area, Role, StakeholderGroup
from checklists.enums import WalkState
from checklists.models import Score
from tests.factories import (
    AuditFactory,
    ChecklistFactory,
    CityWalkFactory,
    ItemFactory,
    MembershipFactory,
    ParticipantFactory,
    SectionFactory,
    SheetFactory,
)


@pytest.fixture
def checklist():
    checklist = ChecklistFactory()
    vision = SectionFactory(checklist=checklist, key="vision", area=Area.VISION, title="City Vision and Services")
    urban = SectionFactory(checklist=checklist, key="urban", area=Area.URBAN, can_be_per_place=True)
    for key in ("V1", "V2"):
        ItemFactory(section=vision, key=key, statement=f"Statement {key}.", short=f"Short {key}")
    for key in ("U1", "U2"):
        ItemFactory(section=urban, key=key, statement=f"Statement {key}.", short=f"Short {key}")
    return checklist


@pytest.fixture
def walk(checklist):
    return CityWalkFactory(audit=AuditFactory(), checklist=checklist, title="Old Harbour", state=WalkState.CLOSED)


@pytest.fixture
def items(checklist):
    return {item.key: item for section in checklist.sections.all() for item in section.items.all()}


@pytest.fixture
def fill(walk, items):
    """Adds a sheet: `fill(StakeholderGroup.POLICE, V1=3, V2=None)`; more than one with `times`."""

    def add(group=StakeholderGroup.MIGRANTS, *, times=1, on=None, comment="", **scores):
        sheets = []
        for _ in range(times):
            on_walk = on or walk
            sheet = SheetFactory(walk=on_walk, participant=ParticipantFactory(audit=on_walk.audit, group=group))
            Score.objects.bulk_create(
                Score(
                    sheet=sheet,
                    item=items[key],
                    value=value,
                    missing="" if value else "dont_know",
                    comment=comment,
                )
                for key, value in scores.items()
            )
            sheets.append(sheet)
        return sheets

    return add


@pytest.fixture
def member(walk):
    """Makes a team member of the walk's audit in a role and gives the user."""

    def make(role=Role.FACILITATOR):
        return MembershipFactory(audit=walk.audit, role=role).user

    return make
