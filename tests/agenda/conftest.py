import uuid
from dataclasses import replace

import pytest

from audits import methods
from audits.enums import Role
from audits.methods import Evidence, Method, Reference
from tests import factories


@pytest.fixture
def audit(db):
    return factories.AuditFactory()


@pytest.fixture
def member(audit):
    """Makes a member of the audit's team in a role."""

    def make(role=Role.COORDINATOR, **user):
        return factories.MembershipFactory(audit=audit, role=role, user=factories.UserFactory(**user)).user

    return make


@pytest.fixture
def coordinator(member):
    return member()


@pytest.fixture
def signed_in(client):
    """Signs a user in and hands the client back."""

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


class Fieldwork:
    """A method with sources: it resolves those that it holds, offers them, and can lose or change them."""

    def __init__(self, audit):
        self.audit = audit
        self.sources = {}
        self.ideas = {}
        self.asked = 0
        self.method = Method(
            key="fieldwork",
            name="Fieldwork",
            icon="geo-alt",
            order=5,
            url=lambda audit: "/fieldwork/",
            may_see="see_results",
            resolve=self.resolve,
            evidence_choices=lambda audit, user: list(self.sources.items()),
            measure_idea=lambda reference, user: self.ideas.get(reference),
        )

    def add(self, caption, *, audit=None, **figures):
        reference = Reference("fieldwork", "place", uuid.uuid4())
        self.sources[reference] = Evidence(caption, "/fieldwork/place/", figures, (audit or self.audit).pk)
        return reference

    def change(self, reference, **figures):
        self.sources[reference] = replace(self.sources[reference], figures=figures)

    def resolve(self, references, user):
        self.asked += len(references)
        return {reference: self.sources[reference] for reference in references if reference in self.sources}


@pytest.fixture
def fieldwork(monkeypatch, audit):
    """A registered method with sources of evidence, those of the audit if nothing else is said."""
    one = Fieldwork(audit)
    monkeypatch.setitem(methods._methods, "fieldwork", one.method)
    return one
