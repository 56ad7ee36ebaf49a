"""Who gets into a peer review, and who reads what the peers have written."""

import pytest
from django.contrib import admin
from django.urls import get_resolver, reverse

from audits.actions import remove_member
from audits.enums import Role
from audits.models import Membership
from benchmarks.actions import reviews as actions
from benchmarks.models import InterviewEvidence, Judgement, Peer, PeerConclusions, PeerJudgement
from tests import factories

from .conftest import WORDS, member

PAGES = [
    "review-detail",
    "review-edit",
    "review-peers",
    "review-share",
    "review-withdraw-share",
    "meeting-create",
    "interview-create",
    "review-conclusions",
    "review-release",
    "review-feedback",
    "review-finish",
    "review-pdf",
]
# What a peer gets from each page while it is shared; the host's own pages are not for them.
FOR_PEERS = dict.fromkeys(PAGES, 200) | {
    "review-edit": 403,
    "review-peers": 403,
    "review-share": 403,
    "review-withdraw-share": 403,
    "review-feedback": 302,
    "review-finish": 302,
}


@pytest.mark.parametrize("name", PAGES)
def test_peer_of_a_shared_review_gets_its_pages(cast, as_user, name):
    cast.share()
    assert as_user(cast.peer).get(cast.url(name)).status_code == FOR_PEERS[name]


@pytest.mark.parametrize("name", PAGES)
def test_peer_gets_nothing_before_it_is_shared(cast, as_user, name):
    client = as_user(cast.peer)
    assert client.get(cast.url(name)).status_code == 404
    assert client.get(cast.factor_url()).status_code == 404
    assert client.get(cast.url("review-evidence-file", cast.evidence[0].uuid, cast.links[0].pk)).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_peer_of_another_review_of_the_same_audit_gets_nothing(cast, as_user, name):
    cast.share()
    other = factories.PeerReviewFactory(assessment__audit=cast.audit, state="shared")
    stranger = factories.PeerFactory(review=other, user=member(cast.audit, Role.REVIEWER)).user
    client = as_user(stranger)
    assert client.get(other.get_absolute_url()).status_code == 200
    assert client.get(cast.url(name)).status_code == 404
    assert client.get(cast.factor_url()).status_code == 404
    assert client.get(other.address("review-factor", cast.factors[0].uuid)).status_code == 404


def test_peer_gets_no_other_page_of_the_audit(cast, as_user):
    """A reviewer who guesses addresses: every page of the project below the audit that needs nothing but its name."""
    cast.share()
    client = as_user(cast.peer)
    tried = 0
    for space in ("audits", "agenda", "benchmarks", "checklists", "deskresearch", "reports"):
        for name, _route in names(space):
            try:
                address = reverse(f"{space}:{name}", args=[cast.audit.slug])
            except Exception:
                continue
            if not address.startswith(f"/audits/{cast.audit.slug}/"):
                continue
            tried += 1
            assert client.get(address).status_code in (404, 405), address
            assert client.post(address).status_code in (404, 405), address
    assert tried > 10


def names(space):
    for resolver in get_resolver().url_patterns:
        if getattr(resolver, "namespace", None) == space:
            yield from ((pattern.name, str(pattern.pattern)) for pattern in resolver.url_patterns)


def test_unknown_page_says_nothing_about_the_audit_to_a_reviewer(cast, as_user):
    page = as_user(cast.peer).get(cast.url("review-detail"))
    assert page.status_code == 404
    assert cast.audit.title not in page.content.decode()


def test_frame_of_a_peer_leads_nowhere_that_is_closed_to_them(cast, as_user):
    cast.share()
    client = as_user(cast.peer)
    page = client.get(cast.url("review-detail")).content.decode()
    assert f'href="{cast.audit.get_absolute_url()}"' not in page
    assert reverse("audits:team", args=[cast.audit.slug]) not in page
    assert cast.url("review-edit") not in page


def test_list_of_audits_leads_a_peer_to_what_is_shared(cast, listed, as_user):
    client = as_user(cast.peer)
    assert cast.url("review-detail") not in client.get("/").content.decode()
    cast.share()
    page = client.get("/").content.decode()
    assert cast.url("review-detail") in page
    assert "Nothing is shared" not in page


def test_list_of_audits_shows_a_review_to_its_peers_alone(cast, listed, as_user):
    cast.share()
    page = as_user(member(cast.audit, Role.REVIEWER)).get("/").content.decode()
    assert cast.url("review-detail") not in page
    assert "Nothing is shared with you yet." in page


def test_peer_who_is_removed_loses_access_at_once_and_what_was_recorded_stays(cast, as_user):
    cast.share().write()
    client = as_user(cast.peer)
    assert client.get(cast.factor_url()).status_code == 200
    actions.remove_peer(peer=Peer.objects.get(user=cast.peer))
    assert client.get(cast.factor_url()).status_code == 404
    assert cast.review.evidence.get().text == "PEERSQUOTE"
    assert cast.judgement().reasoning == "PEERSREASON"


def test_member_who_leaves_the_team_loses_access_at_once(cast, as_user):
    cast.share().write()
    client = as_user(cast.peer)
    remove_member(membership=Membership.objects.get(audit=cast.audit, user=cast.peer))
    assert client.get(cast.url("review-detail")).status_code == 404
    assert cast.review.evidence.get().recorded_by == cast.peer


def test_peer_with_another_role_sits_with_the_host(cast, as_user):
    cast.share().write()
    Membership.objects.filter(audit=cast.audit, user=cast.peer).update(role=Role.VIEWER)
    client = as_user(cast.peer)
    assert client.get(cast.factor_url()).status_code == 404
    assert "PEERSQUOTE" not in client.get(cast.url("review-detail")).content.decode()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.REVIEWER])
def test_host_reads_nothing_of_the_peers_before_the_release(cast, as_user, role):
    cast.share().write()
    evidence = cast.review.evidence.get()
    client = as_user(member(cast.audit, role))
    page = client.get(cast.url("review-detail")).content.decode()
    assert "HOSTREASON" not in page
    assert not [word for word in WORDS if word in page]
    assert "from an interview" not in page
    closed = [
        cast.factor_url(),
        cast.url("review-conclusions"),
        cast.url("interview-create"),
        cast.url("interview-edit", evidence.uuid),
        cast.url("interview-delete", evidence.uuid),
        cast.url("review-release"),
    ]
    assert {client.get(address).status_code for address in closed} == {404}
    assert {client.post(address).status_code for address in closed} == {404}
    form = client.get(cast.url("review-pdf")).content.decode()
    assert 'value="report"' not in form
    asked = {"what": "report", "language": "en"}
    assert client.post(cast.url("review-pdf"), asked).status_code == 200, "not offered, so asked again"


@pytest.mark.parametrize("role", [role for role in Role if role != Role.REVIEWER])
def test_host_reads_everything_after_the_release_and_changes_nothing(cast, as_user, role):
    cast.share().write().release()
    client = as_user(member(cast.audit, role))
    page = client.get(cast.url("review-detail")).content.decode()
    assert "PEERSCONCLUSION" in page
    assert "PEERSADVICE" in page
    factor = client.get(cast.factor_url())
    assert "PEERSREASON" in factor.content.decode()
    prepares = role in (Role.COORDINATOR, Role.RESEARCHER)
    assert ("PEERSQUOTE" in factor.content.decode()) == prepares, "to others nobody of those interviewed has spoken"
    assert ('value="report"' in client.get(cast.url("review-pdf")).content.decode()) == prepares
    assert "<textarea" not in factor.content.decode()
    assert client.post(cast.factor_url(), {"verdict": "in_place", "version": 2}).status_code == 403
    assert client.get(cast.url("review-conclusions")).status_code == 403
    assert cast.judgement().verdict == "partly"


def test_administration_holds_nothing_of_the_peers():
    for model in (PeerJudgement, InterviewEvidence, PeerConclusions, PeerJudgement.history.model):
        assert model not in admin.site._registry


def test_outsider_of_another_audit_gets_nothing(cast, as_user):
    cast.share()
    outsider = factories.MembershipFactory(role=Role.COORDINATOR)
    client = as_user(outsider.user)
    assert client.get(cast.url("review-detail")).status_code == 404
    borrowed = reverse("benchmarks:review-detail", args=[outsider.audit.slug, cast.review.uuid])
    assert client.get(borrowed).status_code == 404


def test_file_is_opened_to_peers_alone(cast, as_user):
    cast.share()
    address = cast.url("review-evidence-file", cast.evidence[0].uuid, cast.links[0].pk)
    response = as_user(cast.peer).get(address)
    assert b"".join(response.streaming_content) == b"%PDF the report"
    assert response["Content-Disposition"] == 'attachment; filename="report.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert as_user(cast.coordinator).get(address).status_code == 404
    wrong = cast.url("review-evidence-file", cast.evidence[0].uuid, cast.links[1].pk)
    assert as_user(cast.peer).get(wrong).status_code == 404, "the link of another piece of evidence"


def test_file_of_another_assessment_or_out_of_scope_is_not_opened(cast, as_user):
    other = factories.EvidenceFactory(judgement__assessed__assessment__audit=cast.audit)
    cast.links[1].holder = other
    cast.links[1].save()
    cast.factors[2].in_scope = False
    cast.factors[2].save()
    cast.share()
    client = as_user(cast.peer)
    for evidence, link in ((other, cast.links[1]), (cast.evidence[2], cast.links[2])):
        assert client.get(cast.url("review-evidence-file", evidence.uuid, link.pk)).status_code == 404
    assert client.get(cast.factor_url(2)).status_code == 404


def test_file_of_a_judgement_that_no_page_of_the_peers_shows_is_not_opened(cast, as_user):
    """A factor of another version of the benchmark, and a judgement for a scheme where the whole city is judged."""
    elsewhere = factories.KeyFactorFactory()
    type(cast.factors[1]).objects.filter(pk=cast.factors[1].pk).update(factor=elsewhere)
    scheme = factories.SchemeFactory(assessment=cast.assessment)
    Judgement.objects.filter(assessed=cast.factors[2]).update(scheme=scheme)
    cast.share()
    client = as_user(cast.peer)
    for number in (1, 2):
        address = cast.url("review-evidence-file", cast.evidence[number].uuid, cast.links[number].pk)
        assert client.get(address).status_code == 404


def test_what_people_said_or_photographed_is_not_opened(cast, as_user):
    type(cast.evidence[0]).objects.filter(pk=cast.evidence[0].pk).update(kind="photo")
    cast.share()
    client = as_user(cast.peer)
    address = cast.url("review-evidence-file", cast.evidence[0].uuid, cast.links[0].pk)
    assert client.get(address).status_code == 404
    assert address not in client.get(cast.factor_url()).content.decode()
