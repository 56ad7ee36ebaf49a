import pytest

from audits.enums import Role
from tests import factories


@pytest.fixture
def audit(db):
    return factories.AuditFactory()


@pytest.fixture
def guide(db):
    """The guide that an audit follows which has not begun its co-design, with two selection questions."""
    guide = factories.CodesignGuideFactory()
    factories.SelectionQuestionFactory(guide=guide, key="question-1", position=1, text="Are they involved already?")
    factories.SelectionQuestionFactory(guide=guide, key="question-2", position=2, text="Do they have knowledge?")
    return guide


@pytest.fixture
def member(audit):
    """Makes a member of the audit's team in a role."""

    def make(role=Role.COORDINATOR, **user):
        return factories.MembershipFactory(audit=audit, role=role, user=factories.UserFactory(**user)).user

    return make


@pytest.fixture
def team(client, member):
    """The browser of somebody who writes the register."""
    client.force_login(member())
    client.get("/help/")
    return client
