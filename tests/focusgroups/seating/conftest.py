import pytest

from audits.enums import Role
from tests.factories import FocusGroupFactory, MembershipFactory


@pytest.fixture
def group(db):
    return FocusGroupFactory(title="Neighbours of the harbour", audit__controller="Data Office,\nMain Square 1")


@pytest.fixture
def facilitator(group):
    return MembershipFactory(audit=group.audit, role=Role.FACILITATOR).user


@pytest.fixture
def team(client, facilitator):
    client.force_login(facilitator)
    return client
