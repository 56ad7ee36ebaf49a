"""Planning a review, choosing peers, sharing and taking it back, the visit."""

from datetime import date

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse

from audits.enums import Role
from benchmarks.actions import assessments
from benchmarks.actions import reviews as actions
from benchmarks.models import Meeting, Peer, PeerReview
from tests import factories

from ..pages import words_of
from .conftest import WORDS, member

PLAN = {
    "expert_lead": "Dr Berg",
    "team": "Halberg",
    "visit_from": "2026-12-01",
    "visit_to": "2026-12-03",
    "letter": "Look",
}


@pytest.fixture
def assessment(cast):
    return factories.AssessmentFactory(audit=cast.audit)


def new(assessment):
    return reverse("benchmarks:review-create", args=[assessment.audit.slug, assessment.uuid])


def test_planning_makes_the_assessment_one_for_peers(cast, assessment, as_user):
    response = as_user(cast.researcher).post(new(assessment), PLAN)
    review = PeerReview.objects.get(assessment=assessment)
    assert response["Location"] == review.get_absolute_url() + "#saved"
    assert (review.letter, str(review.visit_to), review.state) == ("Look", "2026-12-03", "preparing")
    assessment.refresh_from_db()
    assert assessment.kind == "peer"


def test_plan_sent_twice_is_one_and_with_other_words_shows_both(cast, assessment, as_user):
    client = as_user(cast.researcher)
    client.post(new(assessment), PLAN)
    assert client.post(new(assessment), PLAN).status_code == 302
    answer = client.post(new(assessment), {**PLAN, "letter": "Something else"})
    assert answer.status_code == 409
    assert "Something else" in answer.content.decode()
    assert PeerReview.objects.get(assessment=assessment).letter == "Look"
    assert client.get(new(assessment)).status_code == 302, "a second plan leads to the first"


def test_plan_with_its_days_the_wrong_way_round_says_so(cast, assessment, as_user):
    page = as_user(cast.researcher).post(new(assessment), {**PLAN, "visit_to": "2026-11-01"})
    assert "The last day is before the first day." in page.content.decode()
    assert not PeerReview.objects.filter(assessment=assessment).exists()


def test_plan_changed_by_two_shows_both(cast, as_user):
    client = as_user(cast.researcher)
    assert client.post(cast.url("review-edit"), {**PLAN, "version": 1}).status_code == 302
    answer = client.post(cast.url("review-edit"), {**PLAN, "letter": "Mine", "version": 1})
    assert answer.status_code == 409
    assert "Mine" in answer.content.decode()


def test_peers_are_chosen_among_the_reviewers_of_the_team(cast, as_user):
    free, viewer = member(cast.audit, Role.REVIEWER, name="Free One"), cast.viewer
    elsewhere = factories.MembershipFactory(role=Role.REVIEWER).user
    client = as_user(cast.researcher)
    offered = client.get(cast.url("review-peers")).context["form"].fields["add"].queryset
    assert list(offered) == [free]
    client.post(cast.url("review-peers"), {"add": [viewer.pk]})
    client.post(cast.url("review-peers"), {"add": [elsewhere.pk]})
    assert {peer.user for peer in Peer.objects.all()} == {cast.peer}
    client.post(cast.url("review-peers"), {"add": [free.pk]})
    assert {peer.user for peer in Peer.objects.all()} == {cast.peer, free}
    assert not mail.outbox, "nothing is shared yet"


def test_peer_added_to_a_shared_review_gets_the_letter(cast, as_user):
    cast.share()
    mail.outbox.clear()
    late = member(cast.audit, Role.REVIEWER, email="late@halberg.example")
    as_user(cast.researcher).post(cast.url("review-peers"), {"add": [late.pk]})
    assert [letter.to for letter in mail.outbox] == [["late@halberg.example"]]


def test_peer_is_taken_away_by_a_button(cast, as_user):
    peer = Peer.objects.get(review=cast.review)
    as_user(cast.researcher).post(cast.url("review-peers"), {"remove": peer.pk})
    assert not Peer.objects.exists()
    other = factories.PeerFactory()
    as_user(cast.researcher).post(cast.url("review-peers"), {"remove": other.pk})
    assert Peer.objects.get() == other, "the peer of another review stays"


def test_share_page_lists_exactly_what_is_shared(cast, as_user):
    cast.factors[2].in_scope = False
    cast.factors[2].save()
    page = as_user(cast.researcher).get(cast.url("review-share")).content.decode()
    assert page.count("report.pdf") == 2, "the files behind the evidence of the two factors in scope"
    assert "1 key factor is out of scope" in " ".join(page.split())
    assert "Peer One" in page


def test_peers_see_when_the_city_judged(cast, as_user):
    type(cast.assessment).objects.update(starts_on=date(2026, 3, 2), ends_on=date(2026, 3, 27))
    cast.share()
    assert 'datetime="2026-03-27"' in as_user(cast.peer).get(cast.url("review-detail")).content.decode()


def test_sharing_closes_the_assessment_and_tells_the_peers(cast, as_user):
    response = as_user(cast.researcher).post(cast.url("review-share"))
    assert response["Location"] == cast.url("review-detail")
    cast.review.refresh_from_db()
    assert (cast.review.state, cast.review.assessment.state) == ("shared", "closed")
    assert cast.review.shared_at
    (letter,) = mail.outbox
    assert letter.to == [cast.peer.email]
    assert cast.url("review-detail") in letter.body
    for text in ("HOSTREASON", "Anti-discrimination", cast.audit.title):
        assert text not in letter.body + letter.subject


def test_sharing_again_changes_nothing(cast, as_user):
    cast.share()
    client = as_user(cast.researcher)
    assert client.post(cast.url("review-share")).status_code == 409
    assert len(mail.outbox) == 1
    assert cast.review.judgements.count() == 3


def test_sharing_without_a_peer_is_refused(cast, as_user):
    Peer.objects.all().delete()
    answer = as_user(cast.researcher).post(cast.url("review-share"))
    assert "Choose at least one peer first." in answer.content.decode()
    cast.review.refresh_from_db()
    assert cast.review.state == "preparing"


def test_sharing_a_narrowed_scope_of_nothing_is_refused(cast):
    cast.assessment.factors.update(in_scope=False)
    with pytest.raises(ValidationError):
        cast.share()


def test_letter_that_cannot_be_sent_is_said_and_nothing_is_undone(cast, as_user, monkeypatch):
    def refuse(self, fail_silently=False):
        raise OSError

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", refuse)
    page = as_user(cast.researcher).post(cast.url("review-share"), follow=True).content.decode()
    assert "could not be sent" in page
    cast.review.refresh_from_db()
    assert cast.review.is_shared


def test_neighbourhood_factors_are_judged_once_for_each_scheme(cast):
    schemes = [factories.SchemeFactory(assessment=cast.assessment) for _number in range(2)]
    factor = cast.factors[0].factor
    type(factor).objects.filter(pk=factor.pk).update(part="neighbourhood")
    cast.share()
    found = cast.review.judgements.filter(assessed=cast.factors[0])
    assert {one.scheme for one in found} == set(schemes)
    assert cast.review.judgements.count() == 4


def test_taking_back_tells_nothing_and_loses_nothing(cast, as_user):
    cast.share()
    client = as_user(cast.researcher)
    page, home = cast.url("review-withdraw-share"), cast.url("review-detail")
    before = words_of(client.get(page)), words_of(client.get(home))
    cast.write()
    client = as_user(cast.researcher)
    assert (words_of(client.get(page)), words_of(client.get(home))) == before
    client.post(page)
    cast.review.refresh_from_db()
    assert cast.review.state == "preparing"
    assert not [word for word in WORDS if word in client.get(home).content.decode()]
    assert client.get(cast.factor_url()).status_code == 404
    assert as_user(cast.peer).get(home).status_code == 404
    assessments.reopen(assessment=cast.assessment, by=cast.researcher)
    as_user(cast.researcher).post(cast.url("review-share"))
    assert (cast.judgement().reasoning, cast.review.judgements.count()) == ("PEERSREASON", 3)
    assert "PEERSQUOTE" in as_user(cast.peer).get(cast.factor_url()).content.decode()
    assert "PEERSADVICE" in as_user(cast.peer).get(home).content.decode()


def test_what_was_shared_once_is_not_deleted_by_the_host(cast, as_user):
    scheme = factories.SchemeFactory(assessment=cast.assessment, name="Harbour")
    factor = cast.factors[0].factor
    type(factor).objects.filter(pk=factor.pk).update(part="neighbourhood")
    cast.share()
    client = as_user(cast.researcher)
    client.post(cast.url("review-withdraw-share"))
    client.post(cast.url("review-cancel"))
    slug, key = cast.audit.slug, cast.assessment.uuid
    client.post(reverse("benchmarks:assessment-delete", args=[slug, key]))
    cast.assessment.refresh_from_db()
    assessments.reopen(assessment=cast.assessment, by=None)
    gone = {f"name_{scheme.uuid}": "Harbour", f"gone_{scheme.uuid}": "on", "sure": "on"}
    page = client.post(reverse("benchmarks:assessment-schemes", args=[slug, key]), gone)
    assert "it was shared with the peers" in page.content.decode()
    assert PeerReview.objects.get() == cast.review
    assert cast.review.judgements.filter(scheme=scheme).exists()


def test_review_that_was_never_shared_is_cancelled(cast, as_user):
    type(cast.assessment).objects.update(kind="peer")
    client = as_user(cast.researcher)
    assert (
        "goes with it"
        in client.get(
            reverse("benchmarks:assessment-delete", args=[cast.audit.slug, cast.assessment.uuid])
        ).content.decode()
    )
    assert "The peers were told nothing." in client.get(cast.url("review-cancel")).content.decode()
    page = client.post(cast.url("review-cancel"), follow=True).content.decode()
    assert not PeerReview.objects.exists()
    assert type(cast.assessment).objects.get().kind == "internal"
    assert new(cast.assessment) in page


def test_letter_team_and_meetings_are_frozen_by_the_release(cast, as_user):
    meeting = factories.MeetingFactory(review=cast.review, whom="Police")
    late = member(cast.audit, Role.REVIEWER)
    cast.share().release()
    client = as_user(cast.researcher)
    sent = [
        (cast.url("review-edit"), {**PLAN, "version": 1}),
        (cast.url("review-peers"), {"add": [late.pk]}),
        (cast.url("meeting-create"), MEETING),
        (cast.url("meeting-edit", meeting.uuid), {**MEETING, "version": 1}),
        (cast.url("meeting-delete", meeting.uuid), {}),
    ]
    assert [client.post(address, data).status_code for address, data in sent] == [409] * 5
    assert cast.url("review-edit") not in client.get(cast.url("review-detail")).content.decode()
    cast.review.refresh_from_db()
    assert (cast.review.letter, cast.review.peers.count()) != ("Look", 2)
    assert Meeting.objects.get().whom == "Police"


# The visit -------------------------------------------------------------------------------------------------------

MEETING = {
    "kind": "interview",
    "whom": "Head of housing",
    "day": "2026-12-01",
    "starts_at": "09:00",
    "ends_at": "10:00",
}


def test_host_and_peers_plan_the_visit_together(cast, as_user):
    as_user(cast.researcher).post(cast.url("meeting-create"), {**MEETING, "factors": [cast.factors[0].pk]})
    cast.share()
    client = as_user(cast.peer)
    client.post(cast.url("meeting-create"), {**MEETING, "whom": "Teachers", "starts_at": "09:30"})
    page = client.get(cast.url("review-detail")).content.decode()
    assert "Head of housing" in page
    assert page.count("At the same time:") == 2
    assert Meeting.objects.get(whom="Head of housing").factors.get() == cast.factors[0]


def test_meeting_sent_twice_is_one(cast, as_user):
    client, key = as_user(cast.researcher), "11111111-1111-4111-8111-111111111111"
    for _time in range(2):
        assert client.post(cast.url("meeting-create"), {**MEETING, "uuid": key}).status_code == 302
    assert Meeting.objects.count() == 1
    answer = client.post(cast.url("meeting-create"), {**MEETING, "uuid": key, "whom": "Somebody else"})
    assert answer.status_code == 409
    assert "Somebody else" in answer.content.decode()


def test_meeting_sent_again_with_other_factors_shows_both(cast, as_user):
    client, key = as_user(cast.researcher), "11111111-1111-4111-8111-111111111111"
    ticked = [one.pk for one in cast.factors]
    client.post(cast.url("meeting-create"), {**MEETING, "uuid": key, "factors": ticked[:1]})
    assert client.post(cast.url("meeting-create"), {**MEETING, "uuid": key, "factors": ticked}).status_code == 409


def test_meeting_that_was_deleted_gives_back_what_was_typed(cast, as_user):
    meeting = factories.MeetingFactory(review=cast.review)
    address = cast.url("meeting-edit", meeting.uuid)
    meeting.delete()
    answer = as_user(cast.researcher).post(address, {**MEETING, "note": "Typed for an hour.", "version": 1})
    assert (answer.status_code, "Typed for an hour." in answer.content.decode()) == (409, True)


def test_meeting_that_ends_before_it_begins_is_refused(cast, as_user):
    page = as_user(cast.researcher).post(cast.url("meeting-create"), {**MEETING, "ends_at": "08:00"})
    assert "The end is not after the beginning." in page.content.decode()
    page = as_user(cast.researcher).post(cast.url("meeting-create"), {**MEETING, "starts_at": ""})
    assert "Write when it begins, too." in page.content.decode()


def test_meeting_outside_the_visit_has_to_be_meant(cast, as_user):
    cast.review.visit_from, cast.review.visit_to = date(2026, 12, 7), date(2026, 12, 9)
    cast.review.save()
    client = as_user(cast.researcher)
    page = client.post(cast.url("meeting-create"), MEETING)
    assert "This day is outside the visit (7 December 2026 – 9 December 2026)." in words_of(page)
    assert "outside" in page.context["form"].fields
    assert client.post(cast.url("meeting-create"), {**MEETING, "outside": "on"}).status_code == 302
    meeting = Meeting.objects.get()
    changed = {**MEETING, "whom": "Police", "version": 1}
    assert client.post(cast.url("meeting-edit", meeting.uuid), changed).status_code == 302, "it is asked once"
    assert client.post(cast.url("meeting-create"), {**MEETING, "day": "2026-12-09"}).status_code == 302
    assert "outside" not in client.get(cast.url("meeting-create")).context["form"].fields


def test_days_of_a_review_in_no_plausible_year_are_refused(cast, assessment, as_user):
    client, wrong = as_user(cast.researcher), "Write a day of the years"
    page = client.post(new(assessment), {**PLAN, "visit_from": "0001-01-01", "visit_to": "9999-12-31"})
    assert page.context["form"].errors.keys() == {"visit_from", "visit_to"}
    assert wrong in words_of(client.post(cast.url("meeting-create"), {**MEETING, "day": "9999-12-31"}))
    cast.share().release()
    sent = {"held_on": "9999-12-31", "text": "Thanks", "version": 1}
    assert wrong in words_of(client.post(cast.url("review-feedback"), sent))


def test_meeting_about_a_factor_of_another_review_is_refused(cast, as_user):
    other = factories.AssessedFactorFactory()
    page = as_user(cast.researcher).post(cast.url("meeting-create"), {**MEETING, "factors": [other.pk]})
    assert "not part of this review" in page.content.decode()


def test_meeting_changed_by_both_sides_shows_both(cast, as_user):
    cast.share()
    meeting = factories.MeetingFactory(review=cast.review, whom="Police")
    address = cast.url("meeting-edit", meeting.uuid)
    assert as_user(cast.researcher).post(address, {**MEETING, "version": 1}).status_code == 302
    answer = as_user(cast.peer).post(address, {**MEETING, "whom": "State police", "version": 1})
    assert answer.status_code == 409
    assert "State police" in answer.content.decode()


def test_meeting_of_another_review_is_not_found(cast, as_user):
    other = factories.MeetingFactory(review__assessment__audit=cast.audit)
    client = as_user(cast.researcher)
    assert client.get(cast.url("meeting-edit", other.uuid)).status_code == 404
    assert client.post(cast.url("meeting-delete", other.uuid)).status_code == 404


def test_what_was_recorded_from_a_meeting_stays_when_it_is_deleted(cast, as_user):
    cast.share()
    meeting = factories.MeetingFactory(review=cast.review)
    evidence = actions.record(review=cast.review, by=cast.peer, factors=cast.factors, text="Said", meeting=meeting)
    as_user(cast.researcher).post(cast.url("meeting-delete", meeting.uuid))
    evidence.refresh_from_db()
    assert (evidence.text, evidence.meeting) == ("Said", None)


# Taken back while a peer writes -----------------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["judgement", "interview", "interview again", "conclusions", "meeting"])
def test_peer_gets_back_what_was_typed_when_it_was_taken_back_meanwhile(cast, as_user, what):
    cast.share().write()
    meeting = factories.MeetingFactory(review=cast.review, whom="HOSTMEETING")
    address, data = {
        "judgement": (cast.factor_url(), {"verdict": "partly", "reasoning": "Typed late", "version": 2}),
        "interview": (
            cast.url("interview-create"),
            {"text": "Typed late", "factors": [cast.factors[1].pk], "meeting": meeting.pk},
        ),
        "interview again": (cast.url("interview-edit", cast.review.evidence.get().uuid), {"text": "Typed late"}),
        "conclusions": (cast.url("review-conclusions"), {"conclusions": "Typed late", "version": 2}),
        "meeting": (cast.url("meeting-create"), {"whom": "Typed late"}),
    }[what]
    mail.outbox.clear()
    as_user(cast.coordinator).post(cast.url("review-withdraw-share"))
    client = as_user(cast.peer)
    page = client.post(address, data)
    assert page.status_code == 409
    assert "The city has taken its self-assessment back" in page.content.decode()
    assert "Typed late" in page.content.decode()
    assert ("Partly in place" in page.content.decode()) == (what == "judgement")
    assert (str(cast.factors[1]) in page.content.decode()) == (what == "interview")
    assert "HOSTMEETING" not in page.content.decode()
    assert not [word for word in (*WORDS, "HOSTREASON", str(cast.assessment)) if word in page.content.decode()]
    said = client.post(address, data, headers={"Accept": "application/json"})
    assert (said.status_code, "taken its self-assessment back" in said.json()["message"]) == (409, True)
    assert client.get(address).status_code == 404
    assert [(letter.to, letter.subject) for letter in mail.outbox] == [
        ([cast.peer.email], f"The {cast.audit.city.authority} has taken its self-assessment back")
    ]
    assert "/reviews/" not in mail.outbox[0].body


def test_review_that_was_taken_back_is_not_there_for_whoever_is_no_peer_of_it(cast, as_user):
    cast.share()
    actions.withdraw(review=cast.review, by=cast.coordinator)
    data = {"verdict": "partly", "reasoning": "Typed", "version": 1}
    other = member(cast.audit, Role.REVIEWER)
    assert as_user(other).post(cast.factor_url(), data).status_code == 404
    cast.review.peers.all().delete()
    assert as_user(cast.peer).post(cast.factor_url(), data).status_code == 404
