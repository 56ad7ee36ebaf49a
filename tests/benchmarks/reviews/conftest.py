import io
import uuid
from dataclasses import dataclass
from typing import Any

import pytest

from audits import methods
from audits.agenda.models import EvidenceLink
from audits.enums import Role
from audits.methods import Method, SharedFile
from benchmarks.actions import reviews as actions
from benchmarks.models import Judgement, PeerConclusions, PeerJudgement
from benchmarks.permissions import shared_with
from tests import factories


@dataclass
class Cast:
    """A review of three factors with a judgement, evidence and a file each; its host's team, its peer, and others."""

    review: Any
    factors: list
    evidence: list
    links: list
    coordinator: Any
    researcher: Any
    viewer: Any
    peer: Any

    @property
    def assessment(self):
        return self.review.assessment

    @property
    def audit(self):
        return self.review.assessment.audit

    def url(self, name, *more):
        return self.review.address(name, *more)

    def factor_url(self, number=0):
        return self.url("review-factor", self.factors[number].uuid)

    def judgement(self, number=0):
        return PeerJudgement.objects.get(review=self.review, assessed=self.factors[number])

    def share(self):
        actions.share(review=self.review, by=self.coordinator)
        return self

    def write(self):
        """The peer writes one of each; the words can be searched for."""
        judgement = self.judgement()
        judgement.verdict, judgement.reasoning, judgement.version = "partly", "PEERSREASON", 2
        judgement.save()
        actions.record(
            review=self.review,
            by=self.peer,
            factors=self.factors[:1],
            text="PEERSQUOTE",
            said_by="Teacher",
            meeting=None,
        )
        PeerConclusions.objects.filter(review=self.review).update(
            conclusions="PEERSCONCLUSION", recommendations="PEERSADVICE", version=2
        )
        return self

    def release(self):
        actions.release(review=self.review, by=self.peer)
        return self


WORDS = ("PEERSREASON", "PEERSQUOTE", "PEERSCONCLUSION", "PEERSADVICE")


@pytest.fixture
def library(monkeypatch):
    """A method whose sources have files: the desk research in the place of the real one."""
    method = Method(
        key="library",
        name="Library",
        icon="book",
        order=5,
        url=lambda audit: "/library/",
        may_see="see_results",
        files_of=lambda references: dict.fromkeys(
            references, SharedFile("report.pdf", "application/pdf", lambda: io.BytesIO(b"%PDF the report"))
        ),
    )
    monkeypatch.setitem(methods._methods, "library", method)
    return method


@pytest.fixture
def listed(monkeypatch):
    """The benchmarks announced as a method that shares reviews."""
    method = Method(
        key="benchmarks",
        name="Benchmarks",
        icon="award",
        order=50,
        url=lambda audit: f"/audits/{audit.slug}/benchmarks/",
        may_see="see_results",
        shared_with=shared_with,
    )
    monkeypatch.setitem(methods._methods, "benchmarks", method)
    return method


def member(audit, role, **user):
    return factories.MembershipFactory(audit=audit, role=role, user=factories.UserFactory(**user)).user


@pytest.fixture
def cast(db, library):
    audit = factories.AuditFactory()
    review = factories.PeerReviewFactory(assessment__audit=audit, assessment__title="Anti-discrimination 2026")
    made = [factories.AssessedFactorFactory(assessment=review.assessment) for _number in range(3)]
    evidence, links = [], []
    for assessed in made:
        judgement = Judgement.objects.create(assessed=assessed, verdict="in_place", reasoning="HOSTREASON")
        one = factories.EvidenceFactory(judgement=judgement, title="Annual report")
        link = EvidenceLink.objects.create(
            holder=one, app="library", type="document", source=uuid.uuid4(), caption="Annual report 2026"
        )
        evidence.append(one)
        links.append(link)
    peer = factories.PeerFactory(review=review, user=member(audit, Role.REVIEWER, name="Peer One")).user
    return Cast(
        review=review,
        factors=made,
        evidence=evidence,
        links=links,
        coordinator=member(audit, Role.COORDINATOR),
        researcher=member(audit, Role.RESEARCHER),
        viewer=member(audit, Role.VIEWER),
        peer=peer,
    )


@pytest.fixture
def as_user(client):
    """The client, signed in as somebody."""

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in
