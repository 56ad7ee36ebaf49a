"""What the peers do: judging, recording, concluding, releasing; the feedback session and the end."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchmarks.actions import reviews as actions
from benchmarks.models import AssessedFactor, FeedbackSession, InterviewEvidence, Judgement, PeerJudgement
from tests import factories

JUDGED = {"verdict": "partly", "reasoning": "Two interviews say so", "version": 1}
SAID = {"text": "Nobody asked us.", "said_by": "Teacher"}
SCRIPT = {"Accept": "application/json"}


@pytest.fixture
def shared(cast):
    return cast.share()


def test_factor_page_shows_the_self_assessment_beside_the_form(shared, as_user):
    question = factories.GuideQuestionFactory(factor=shared.factors[0].factor, text="Is there a statement?")
    judgement = Judgement.objects.get(assessed=shared.factors[0])
    judgement.answers.create(question=question, text="Since 2022.")
    page = as_user(shared.peer).get(shared.factor_url()).content.decode()
    for text in ("HOSTREASON", "Is there a statement?", "Since 2022.", "Annual report", "report.pdf"):
        assert text in page
    assert "data-autosave" in page


def test_peers_judge_together(shared, as_user):
    client = as_user(shared.peer)
    response = client.post(shared.factor_url(), JUDGED)
    assert response["Location"] == shared.factor_url() + "#saved"
    second = factories.PeerFactory(
        review=shared.review, user=factories.MembershipFactory(audit=shared.audit, role="reviewer").user
    )
    answer = as_user(second.user).post(shared.factor_url(), {**JUDGED, "verdict": "in_place"})
    assert answer.status_code == 409
    assert (shared.judgement().verdict, shared.judgement().changed_by) == ("partly", shared.peer)


def test_save_and_next_leads_to_the_next_factor(shared, as_user):
    response = as_user(shared.peer).post(shared.factor_url(), {**JUDGED, "next": "1"})
    assert response["Location"] == shared.factor_url(1) + "#saved"


def test_judgement_is_saved_while_it_is_typed(shared, as_user):
    answer = as_user(shared.peer).post(shared.factor_url(), JUDGED, headers=SCRIPT)
    assert answer.json()["version"] == 2


def test_not_relevant_asks_for_a_reason(shared, as_user):
    page = as_user(shared.peer).post(shared.factor_url(), {"verdict": "not_relevant", "reasoning": "", "version": 1})
    assert "Say why it is not relevant for this city." in page.content.decode()
    assert shared.judgement().verdict == "not_judged"


def test_judgement_after_the_release_hands_back_what_was_typed(shared, as_user):
    shared.release()
    client = as_user(shared.peer)
    answer = client.post(shared.factor_url(), JUDGED)
    assert answer.status_code == 409
    assert "Two interviews say so" in answer.content.decode()
    said = client.post(shared.factor_url(), JUDGED, headers=SCRIPT)
    assert "at another stage" in said.json()["message"]
    assert shared.judgement().verdict == "not_judged"


def test_release_in_the_middle_of_a_save_writes_nothing(shared, as_user, monkeypatch):
    """The stage is looked at again under the lock of the save."""
    from benchmarks.views.reviews import pages

    original = pages.saving.saved

    def released_first(*args, **kwargs):
        shared.release()
        return original(*args, **kwargs)

    monkeypatch.setattr(pages.saving, "saved", released_first)
    answer = as_user(shared.peer).post(shared.factor_url(), JUDGED)
    assert answer.status_code == 409
    assert shared.judgement().verdict == "not_judged"


def test_interview_evidence_is_recorded_against_several_factors(shared, as_user):
    client = as_user(shared.peer)
    ticked = [shared.factors[0].pk, shared.factors[1].pk]
    address = f"{shared.url('interview-create')}?factor={shared.factors[0].uuid}"
    response = client.post(address, {**SAID, "factors": ticked})
    assert response["Location"] == shared.factor_url() + "#saved"
    evidence = InterviewEvidence.objects.get()
    assert set(evidence.factors.values_list("pk", flat=True)) == set(ticked)
    assert evidence.recorded_by == shared.peer
    assert "Nobody asked us." in client.get(shared.factor_url(1)).content.decode()
    assert "Nobody asked us." not in client.get(shared.factor_url(2)).content.decode()


def test_interview_evidence_sent_twice_is_one(shared, as_user):
    client, data = as_user(shared.peer), {**SAID, "uuid": "11111111-1111-4111-8111-111111111111"}
    data["factors"] = [shared.factors[0].pk]
    client.post(shared.url("interview-create"), data)
    client.post(shared.url("interview-create"), data)
    assert InterviewEvidence.objects.count() == 1
    answer = client.post(shared.url("interview-create"), {**data, "text": "Other words"})
    assert answer.status_code == 409
    assert "Other words" in answer.content.decode()


def test_interview_evidence_that_was_deleted_gives_back_what_was_typed(shared, as_user):
    one = actions.record(review=shared.review, by=shared.peer, factors=shared.factors, text="Said")
    address = shared.url("interview-edit", one.uuid)
    actions.delete_evidence(evidence=one)
    data = {**SAID, "factors": [shared.factors[0].pk], "version": 1}
    answer = as_user(shared.peer).post(address, data)
    assert (answer.status_code, "Nobody asked us." in answer.content.decode()) == (409, True)


def test_interview_evidence_needs_words_and_a_factor_and_keeps_what_was_typed(shared, as_user):
    page = (
        as_user(shared.peer).post(shared.url("interview-create"), {"text": "", "said_by": "Teacher"}).content.decode()
    )
    assert "Write what was said." in page
    assert "Tick at least one key factor." in page
    assert 'value="Teacher"' in page


def test_interview_evidence_is_changed_and_deleted(shared, as_user):
    client = as_user(shared.peer)
    evidence = actions.record(review=shared.review, by=shared.peer, factors=shared.factors[:1], **SAID, meeting=None)
    data = {**SAID, "text": "Nobody ever asked us.", "factors": [shared.factors[1].pk], "version": 1}
    client.post(shared.url("interview-edit", evidence.uuid), data)
    evidence.refresh_from_db()
    assert (evidence.text, evidence.factors.get()) == ("Nobody ever asked us.", shared.factors[1])
    assert client.post(shared.url("interview-edit", evidence.uuid), {**data, "text": "Stale"}).status_code == 409
    assert "ever" in client.get(shared.url("interview-delete", evidence.uuid)).content.decode()
    client.post(shared.url("interview-delete", evidence.uuid))
    assert not InterviewEvidence.objects.exists()


def test_interview_evidence_after_the_release_is_frozen_and_handed_back(shared, as_user):
    evidence = actions.record(review=shared.review, by=shared.peer, factors=shared.factors[:1], **SAID, meeting=None)
    shared.release()
    client = as_user(shared.peer)
    data = {**SAID, "text": "Late words", "factors": [shared.factors[0].pk], "version": 1}
    for address in (shared.url("interview-create"), shared.url("interview-edit", evidence.uuid)):
        answer = client.post(address, data)
        assert answer.status_code == 409
        assert "Late words" in answer.content.decode()
    assert client.post(shared.url("interview-delete", evidence.uuid)).status_code == 409
    assert InterviewEvidence.objects.get().text == "Nobody asked us."


def test_conclusions_are_written_by_all_peers(shared, as_user):
    client = as_user(shared.peer)
    data = {"conclusions": "A good frame", "recommendations": "Report yearly", "version": 1}
    assert client.post(shared.url("review-conclusions"), data, headers=SCRIPT).json()["version"] == 2
    assert client.post(shared.url("review-conclusions"), {**data, "conclusions": "Stale"}).status_code == 409
    assert "A good frame" in client.get(shared.url("review-detail")).content.decode()


def test_release_says_what_is_open_and_tells_the_coordinators(shared, as_user):
    mail.outbox.clear()
    client = as_user(shared.peer)
    page = " ".join(client.get(shared.url("review-release")).content.decode().split())
    assert "cannot be taken back" in page
    assert "3 key factors, 3 of them not judged" in page
    for missing in (
        "Not judged yet:",
        "No day of the visit is written down.",
        "No interview evidence is recorded.",
        "No recommendations are written.",
    ):
        assert missing in page
    asked = client.post(shared.url("review-release"))
    assert "Something is missing. Tick this to go on without it." in asked.content.decode()
    shared.review.refresh_from_db()
    assert (shared.review.state, mail.outbox) == ("shared", [])
    client.post(shared.url("review-release"), {"go_on": "on"})
    shared.review.refresh_from_db()
    assert (shared.review.state, shared.review.released_by) == ("released", shared.peer)
    assert [letter.to for letter in mail.outbox] == [[shared.coordinator.email]]
    assert client.post(shared.url("review-release")).status_code == 409


def test_released_review_shows_what_differs_most_first(shared, as_user):
    for number, verdict in enumerate(["in_place", "not_in_place", "partly"]):
        PeerJudgement.objects.filter(assessed=shared.factors[number]).update(verdict=verdict)
    shared.release()
    rows = as_user(shared.viewer).get(shared.url("review-detail")).context["rows"]
    assert [row.assessed for row in rows] == [shared.factors[1], shared.factors[2], shared.factors[0]]
    assert [str(row.difference) for row in rows] == [
        "The peers see less in place",
        "The peers see less in place",
        "Same judgement",
    ]


def test_feedback_session_is_written_up_by_both_sides_after_the_release(shared, as_user):
    data = {"held_on": "2026-12-03", "text": "The heads of department agree.", "version": 1}
    assert as_user(shared.researcher).post(shared.url("review-feedback"), data).status_code == 409
    shared.release()
    assert as_user(shared.researcher).post(shared.url("review-feedback"), data).status_code == 302
    data = {**data, "text": "The heads of department agree. The peers thank.", "version": 2}
    assert as_user(shared.peer).post(shared.url("review-feedback"), data).status_code == 302
    assert FeedbackSession.objects.get().version == 3
    assert "The peers thank." in as_user(shared.viewer).get(shared.url("review-detail")).content.decode()


def test_finished_review_is_read_and_not_written(shared, as_user):
    shared.release()
    client = as_user(shared.researcher)
    asked = client.post(shared.url("review-finish")).content.decode()
    assert "The day of the feedback session is not written down." in asked
    assert "The feedback session is not written up yet." in asked
    assert "Something is missing. Tick this to go on without it." in asked
    client.post(shared.url("review-finish"), {"go_on": "on"})
    shared.review.refresh_from_db()
    assert shared.review.state == "finished"
    late = {"kind": "interview", "whom": "Late words"}
    for name, data in (
        ("meeting-create", late),
        ("review-edit", {"letter": "Late words", "version": 1}),
        ("review-feedback", {"text": "Late words", "version": 1}),
    ):
        answer = client.post(shared.url(name), data)
        assert answer.status_code == 409
        assert "Late words" in answer.content.decode()
    for user in (shared.peer, shared.viewer):
        page = as_user(user).get(shared.url("review-detail"))
        assert page.status_code == 200
        assert shared.url("meeting-create") not in page.content.decode()


def test_what_is_all_there_is_released_and_finished_without_a_further_question(shared, as_user):
    shared.write()
    PeerJudgement.objects.update(verdict="partly")
    client = as_user(shared.peer)
    today = timezone.localdate()
    meeting = factories.MeetingFactory(review=shared.review, day=today + timedelta(days=1))
    assert "The visit is not over yet" in client.post(shared.url("review-release")).content.decode()
    type(meeting).objects.update(day=today)
    assert client.post(shared.url("review-release")).status_code == 302
    session = FeedbackSession.objects.filter(review=shared.review)
    session.update(text="Thanks", held_on=timezone.localdate() + timedelta(days=1))
    assert "is still to come" in client.post(shared.url("review-finish")).content.decode()
    session.update(held_on=timezone.localdate())
    assert client.post(shared.url("review-finish")).status_code == 302


def test_finishing_comes_after_the_release(shared, as_user):
    assert as_user(shared.researcher).post(shared.url("review-finish")).status_code == 409
    shared.review.refresh_from_db()
    assert shared.review.state == "shared"


# As many queries for 300 as for 3 --------------------------------------------------------------------------------


def grow(cast, number):
    for _missing in range(number - cast.assessment.factors.count()):
        assessed = factories.AssessedFactorFactory(assessment=cast.assessment)
        Judgement.objects.create(assessed=assessed, verdict="partly")
        PeerJudgement.objects.create(review=cast.review, assessed=assessed)
        factories.MeetingFactory(review=cast.review).factors.add(assessed)
        factories.InterviewEvidenceFactory(review=cast.review).factors.add(assessed, cast.factors[0])
        link_document(cast)


def link_document(cast):
    piece = factories.EvidenceFactory(judgement=cast.factors[0].judgements.get())
    factories.EvidenceLinkFactory(holder=piece, app="deskresearch", type="document")


@pytest.mark.parametrize(
    ("page", "who"), [("home", "peer"), ("home", "researcher"), ("factor", "peer"), ("share", "researcher")]
)
def test_pages_take_the_same_queries_for_3_and_for_300_factors_and_meetings(shared, as_user, page, who):
    client = as_user(getattr(shared, who))
    address = shared.factor_url() if page == "factor" else shared.url("review-detail")
    if page == "share":
        actions.withdraw(review=shared.review, by=shared.coordinator)
        address = shared.url("review-share")
    found = []
    link_document(shared)
    factories.MeetingFactory(review=shared.review).factors.add(shared.factors[0])
    factories.InterviewEvidenceFactory(review=shared.review).factors.add(shared.factors[0])
    client.get(address)
    for number in (3, 300):
        grow(shared, number)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        found.append(len(captured))
    assert found[0] == found[1]
    assert AssessedFactor.objects.filter(assessment=shared.assessment).count() == 300
