import pytest

from audits.enums import Area, Role, StakeholderGroup
from tests import factories


@pytest.fixture
def audit(db):
    return factories.AuditFactory()


@pytest.fixture
def member(audit):
    """Makes a member of the audit's team in a role."""

    def make(role=Role.FACILITATOR, **user):
        return factories.MembershipFactory(audit=audit, role=role, user=factories.UserFactory(**user)).user

    return make


@pytest.fixture
def desk(client, member):
    """The browser of somebody who runs focus groups, past the first request of a session."""
    client.force_login(member())
    client.get("/help/")
    return client


# The session ----------------------------------------------------------------------------------------------


@pytest.fixture
def session(audit):
    """A group at the table: two questions, the second answered on levels, and three taken seats."""
    group = factories.FocusGroupFactory(audit=audit, title="Old Harbour")
    factories.SessionQuestionFactory(group=group, area=Area.VISION, text="How is the city doing?")
    source = factories.DiscussionQuestionFactory(guide=group.guide, key="civic-3", area=Area.CIVIC)
    for level in ("none", "low", "medium", "high"):
        factories.InclusionLevelFactory(question=source, key=level, title=level.title())
    factories.SessionQuestionFactory(group=group, area=Area.CIVIC, text="How included are people?", source=source)
    for number, stakeholder in enumerate(("migrants", "ngo", "schools"), start=1):
        person = factories.ParticipantFactory(audit=audit, group=StakeholderGroup(stakeholder))
        factories.SeatFactory(group=group, number=number, participant=person)
    return group
