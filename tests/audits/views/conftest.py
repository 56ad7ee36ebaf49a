"""One audit and everybody who may come across it."""

import pytest

from audits.enums import Role
from tests.factories import AuditFactory, MembershipFactory, UserFactory


@pytest.fixture
def audit():
    return AuditFactory(title="Velmora 2026", slug="velmora-2026", city__name="Velmora")


@pytest.fixture
def people(audit):
    """The audit's members by role, "outsider" who coordinates another audit, and None for nobody."""
    cast = {role.value: MembershipFactory(audit=audit, role=role, user__name=f"The {role.value}").user for role in Role}
    return {
        **cast,
        "outsider": MembershipFactory(role=Role.COORDINATOR).user,
        "anonymous": None,
        "nobody": UserFactory(),
    }


@pytest.fixture
def sign_in(client, people):
    """`sign_in("partner")` gives a client with that person signed in."""

    def sign(who):
        client.logout()
        if people[who]:
            client.force_login(people[who])
        return client

    return sign
