import pytest

from audits.enums import Role, StakeholderGroup
from audits.participation.consent import TEXT_VERSION
from audits.participation.enums import Purpose
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


# Analysis -------------------------------------------------------------------------------------------------


@pytest.fixture
def noted(audit):
    """A group of the audit that has been held, with notes to be added to it."""
    return factories.FocusGroupFactory(audit=audit, title="Harbour")


@pytest.fixture
def seat(noted):
    """Makes a seat of the group that somebody took; `quotes` is what they said of being quoted, None for nothing."""

    def make(own=StakeholderGroup.MIGRANTS, *, group=noted, quotes=True):
        made = factories.SeatFactory(group=group, participant__group=own)
        if quotes is not None:
            made.participant.consents.create(
                purpose=Purpose.QUOTATION, given=quotes, text_version=TEXT_VERSION, language="en"
            )
        return made

    return make
