import pytest

from audits.enums import Role
from tests import factories

from .guides import a_guide


@pytest.fixture
def audit(db):
    return factories.AuditFactory()


@pytest.fixture
def guide(db):
    return a_guide()


@pytest.fixture
def planner(audit):
    return factories.MembershipFactory(audit=audit, role=Role.RESEARCHER).user


@pytest.fixture
def team(client, planner):
    client.force_login(planner)
    client.get("/help/")
    return client


@pytest.fixture
def plan(audit, guide):
    return factories.CodesignPlanFactory(audit=audit, guide=guide)
