"""Verbs of a peer review: planning, peers, sharing, the visit, what the peers record, release, end."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from audits.actions.sent import identified, same_or_stale, sent_before
from audits.enums import Role
from audits.models import Audit, User

from ..enums import AssessmentKind, ReviewState
from ..models import (
    AssessedFactor,
    Assessment,
    FeedbackSession,
    InterviewEvidence,
    Meeting,
    Peer,
    PeerConclusions,
    PeerJudgement,
    PeerReview,
)
from .assessments import close

log = logging.getLogger(__name__)

# At which stages each kind of text can be written.
PLAN = (ReviewState.PREPARING, ReviewState.SHARED)
PEERS_WORK = (ReviewState.SHARED,)
FEEDBACK = (ReviewState.RELEASED,)


class TooLateError(Exception):
    """The review is at a stage at which this is not written any more (or not yet); nothing was written."""


def hold(review: PeerReview, stages: Iterable[str]) -> PeerReview:
    """The review as it stands, locked to the end of the transaction, so that no release comes in between.

    Raises TooLateError where it is at another stage.
    """
    held = PeerReview.objects.select_for_update().get(pk=review.pk)
    if held.state not in stages:
        raise TooLateError
    return held


def factors_of(assessment: Assessment) -> list[AssessedFactor]:
    """The factors that a review of the assessment is about, in the order of the benchmark."""
    return list(assessment.factors.counting().in_order().select_related("factor"))


@transaction.atomic
def plan_review(*, assessment: Assessment, by: User, uuid: UUID | None = None, **fields: Any) -> PeerReview:
    """Plans the review of an assessment, which becomes a self-assessment for peers.

    The same form sent twice plans one; StaleError is raised where one stands there with other words.
    """
    held = Assessment.objects.select_for_update().get(pk=assessment.pk)
    standing = PeerReview.objects.filter(assessment=held).first()
    if standing:
        standing.assessment = assessment
        same_or_stale(standing, {name: fields.get(name) for name in standing.written})
        return standing
    if held.kind != AssessmentKind.PEER:
        held.kind = assessment.kind = AssessmentKind.PEER
        held.save(update_fields=["kind"])
    fields |= identified(PeerReview, uuid)
    return PeerReview.objects.create(assessment=assessment, changed_by=by, **fields)


def add_peers(*, review: PeerReview, users: Iterable[User], by: User) -> list[User]:
    """Adds peers. Those added to a review that is shared already get the letter at once.

    Returns those to whom it could not be sent. Raises TooLateError once the review is released.
    """
    with transaction.atomic():
        held = hold(review, PLAN)
        added = [user for user in users if Peer.objects.get_or_create(review=held, user=user)[1]]
    return _tell("review_shared", review, added) if held.is_shared else []


@transaction.atomic
def remove_peer(*, peer: Peer) -> None:
    """Ends a peer's access at once; what was recorded stays."""
    peer.delete()


def share(*, review: PeerReview, by: User) -> list[User]:
    """Closes the self-assessment, opens it to the peers and writes them a letter; makes the rows that they fill in.
    What they wrote before it was taken back is there again.

    Returns those to whom the letter could not be sent. Raises TooLateError where it is shared already, and
    ValidationError where there is no peer or no factor in scope.
    """
    with transaction.atomic():
        held = hold(review, (ReviewState.PREPARING,))
        assessment = Assessment.objects.select_for_update().get(pk=held.assessment_id)
        peers = [peer.user for peer in held.peers.active().select_related("user")]
        factors = factors_of(assessment)
        if not peers:
            raise ValidationError(_("Choose at least one peer first."), code="no_peers")
        if not factors:
            raise ValidationError(_("No key factor is in scope, so there is nothing to share."), code="no_factors")
        close(assessment=assessment, by=by)
        schemes = list(assessment.schemes.all())
        there = set(held.judgements.values_list("assessed", "scheme"))
        PeerJudgement.objects.bulk_create(
            PeerJudgement(review=held, assessed=assessed, scheme=scheme)
            for assessed in factors
            for scheme in (schemes if assessed.per_scheme and schemes else [None])
            if (assessed.pk, scheme.pk if scheme else None) not in there
        )
        PeerConclusions.objects.get_or_create(review=held)
        FeedbackSession.objects.get_or_create(review=held)
        review.state = held.state = ReviewState.SHARED
        review.shared_at = held.shared_at = timezone.now()
        _save(held, by, "state", "shared_at")
    return _tell("review_shared", review, peers)


def _save(review: PeerReview, by: User, *fields: str) -> None:
    """Saves columns of a review that is held, and who changed them; open pages with its plan stay good."""
    review.changed_by, review.changed_at = by, timezone.now()
    review.save(update_fields=[*fields, "changed_by", "changed_at"])


def withdraw(*, review: PeerReview, by: User) -> list[User]:
    """Takes a sharing back: the peers cannot open the review any more, and are told so.

    Returns those to whom the letter could not be sent. Raises TooLateError where it is not shared.

    What they wrote is kept, unseen by the host, and is theirs again once it is shared again; nothing tells the host
    whether there is anything. `shared_at` keeps that it was shared. The assessment stays closed; whoever may open it
    again can do so then.
    """
    with transaction.atomic():
        held = hold(review, (ReviewState.SHARED,))
        review.state = held.state = ReviewState.PREPARING
        _save(held, by, "state")
        peers = [peer.user for peer in held.peers.active().select_related("user")]
    return _tell("review_taken_back", review, peers)


@transaction.atomic
def cancel(*, review: PeerReview) -> None:
    """Deletes a review that was never shared; its assessment is one of the city alone again. Raises TooLateError."""
    held = hold(review, (ReviewState.PREPARING,))
    if held.was_shared:
        raise TooLateError
    Assessment.objects.filter(pk=held.assessment_id).update(kind=AssessmentKind.INTERNAL)
    held.delete()


def _has(factors: Iterable[AssessedFactor]) -> Callable[[Any], bool]:
    """Whether a row has these key factors ticked."""
    wanted = {one.pk for one in factors}
    return lambda row: set(row.factors.values_list("pk", flat=True)) == wanted


@transaction.atomic
def add_meeting(
    *, review: PeerReview, by: User, factors: Iterable[AssessedFactor] = (), uuid: UUID | None = None, **fields: Any
) -> Meeting:
    """A meeting of the visit plan. Sent twice it is one; raises StaleError where it says something else then,
    TooLateError once the review is released."""
    hold(review, PLAN)
    standing: Meeting | None = sent_before(review.meetings, uuid, fields, same=_has(factors))
    if standing:
        return standing
    made = Meeting.objects.create(review=review, changed_by=by, **identified(Meeting, uuid), **fields)
    made.factors.set(factors)
    return made


@transaction.atomic
def record(
    *, review: PeerReview, by: User, factors: Iterable[AssessedFactor], uuid: UUID | None = None, **fields: Any
) -> InterviewEvidence:
    """A piece of interview evidence, recorded against one factor or several. As `add_meeting` when sent twice;
    raises TooLateError where the peers do not write any more."""
    hold(review, PEERS_WORK)
    standing: InterviewEvidence | None = sent_before(review.evidence, uuid, fields, same=_has(factors))
    if standing:
        return standing
    made = InterviewEvidence.objects.create(
        review=review, recorded_by=by, changed_by=by, **identified(InterviewEvidence, uuid), **fields
    )
    made.factors.set(factors)
    return made


@transaction.atomic
def delete_meeting(*, meeting: Meeting) -> None:
    """Takes a meeting out of the plan; what the peers recorded from it stays. Raises TooLateError after the release."""
    hold(meeting.review, PLAN)
    meeting.delete()


@transaction.atomic
def delete_evidence(*, evidence: InterviewEvidence) -> None:
    """Raises TooLateError where the peers do not write any more."""
    hold(evidence.review, PEERS_WORK)
    evidence.delete()


def release(*, review: PeerReview, by: User) -> list[User]:
    """Opens what the peers have written to the host, for good, and tells its coordinators.

    Returns those to whom the letter could not be sent. Raises TooLateError where it is not with the peers.
    """
    with transaction.atomic():
        held = hold(review, PEERS_WORK)
        review.state = held.state = ReviewState.RELEASED
        review.released_at = held.released_at = timezone.now()
        review.released_by = held.released_by = by
        _save(held, by, "state", "released_at", "released_by")
    audit: Audit = review.assessment.audit
    hosts = User.objects.filter(memberships__audit=audit, memberships__role=Role.COORDINATOR, is_active=True)
    return _tell("review_released", review, hosts.order_by("pk"))


@transaction.atomic
def finish(*, review: PeerReview, by: User) -> None:
    """Ends the review: nothing in it is written any more. Raises TooLateError where it is not released."""
    held = hold(review, FEEDBACK)
    review.state = held.state = ReviewState.FINISHED
    _save(held, by, "state")


def _tell(letter: str, review: PeerReview, users: Iterable[User]) -> list[User]:
    """Sends each a letter that holds nothing of the review but its address. Returns those who did not get it."""
    audit: Audit = review.assessment.audit
    missed = []
    with translation.override(audit.language):
        context = {"audit": audit, "url": settings.SITE_URL + review.get_absolute_url()}
        subject = " ".join(render_to_string(f"benchmarks/mail/{letter}_subject.txt", context).split())
        plain = render_to_string(f"benchmarks/mail/{letter}.txt", context)
        html = render_to_string(f"benchmarks/mail/{letter}.html", context)
    for user in users:
        message = EmailMultiAlternatives(subject, plain, to=[user.email])
        message.attach_alternative(html, "text/html")
        try:
            message.send()
        except OSError as error:
            # The message of the error may hold the person's address.
            log.error("A letter about a peer review could not be sent: %s", type(error).__name__)
            missed.append(user)
    return missed
