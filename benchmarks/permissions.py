"""Loading a peer review for somebody: for the host's team, or for the peers with whom it is shared.

What a role may do stands in `audits/permissions.py`. A peer reviewer has no ability in the audit at all: a review opens
to them by its `Peer` row, while they have that role in the team and the review is shared.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from audits.enums import Role
from audits.models import Audit
from audits.permissions import Ability, get_frame, may, role_in

from .enums import ReviewState
from .models import Peer, PeerReview


class Side(StrEnum):
    """For whom a page of a review is."""

    ALL = "all"  # whoever may know of the review
    HOST = "host"  # who prepares it in the host's team
    BOTH = "both"  # who prepares it, and the peers
    PEERS = "peers"  # the peers alone
    READERS = "readers"  # who may read what the peers have written: they, and after the release the host


class TakenBackError(Http404):
    """The review was shared with the user, and the host has taken that back: to them it is not there now.

    `review` is for the forms that read what the user has sent; nothing of it may be shown.
    """

    def __init__(self, review: PeerReview):
        super().__init__()
        self.review = review


@dataclass(frozen=True)
class Seat:
    """Where somebody sits in a review. `reads_peers`: whether they may read what the peers judge and conclude."""

    peer: bool
    writes_for_host: bool
    reads_peers: bool

    @property
    def reads_interviews(self) -> bool:
        """Whether they may read what interviewees said: they spoke to the peers, and to those who prepare the review."""
        return self.reads_peers and (self.peer or self.writes_for_host)

    def may(self, side: Side) -> bool:
        return {
            Side.ALL: True,
            Side.HOST: self.writes_for_host,
            Side.BOTH: self.writes_for_host or self.peer,
            Side.PEERS: self.peer,
            Side.READERS: self.reads_peers,
        }[side]


def seat_in(review: PeerReview, user) -> Seat | None:
    """The user's seat; None for whoever may not know of the review. `review.assessment.audit` has to be at hand."""
    audit = review.assessment.audit
    if role_in(user, audit) == Role.REVIEWER:
        invited = review.is_shared and Peer.objects.filter(review=review, user=user).exists()
        return Seat(peer=True, writes_for_host=False, reads_peers=True) if invited else None
    if not may(user, Ability.SEE_RESULTS, audit):
        return None
    return Seat(peer=False, writes_for_host=may(user, Ability.WRITE_RESEARCH, audit), reads_peers=review.is_released)


def _was_peer(review: PeerReview, user) -> bool:
    """Whether the user is a peer with whom the review was shared, and would be again."""
    return review.was_shared and not review.is_shared and review.peers.active().filter(user=user).exists()


def get_review(request: HttpRequest, audit: str, review: UUID, side: Side = Side.ALL) -> PeerReview:
    """The review of the address, its audit loaded, `seat` telling where the user sits.

    Raises Http404 where the user may not know of the review, or of what the page is about: before the release the host
    knows nothing of what the peers write; to a peer from whom it was taken back it is TakenBackError. PermissionDenied where they may see it but not do this.
    """
    frame = get_frame(request, audit)
    # Until it is clear that something is shared, the frame of the page tells a reviewer nothing about the audit.
    request.audit = None
    found = (
        PeerReview.objects.select_related("assessment__benchmark", "assessment__lead", "released_by")
        .filter(assessment__audit=frame, uuid=review)
        .first()
    )
    if found is None:
        raise Http404
    found.assessment.audit = frame
    seat = seat_in(found, request.user)
    if seat is None:
        raise TakenBackError(found) if _was_peer(found, request.user) else Http404
    if not seat.may(side) and side in (Side.PEERS, Side.READERS) and not found.is_released:
        raise Http404
    request.audit = frame
    if not seat.may(side):
        raise PermissionDenied
    found.seat = seat
    return found


def shared_reviews(audit: Audit, user) -> QuerySet[PeerReview]:
    """The audit's reviews that are shared with the user as a peer."""
    return (
        PeerReview.objects.exclude(state=ReviewState.PREPARING)
        .filter(assessment__audit=audit, peers__in=Peer.objects.active().filter(user=user))
        .select_related("assessment")
        .order_by("created_at", "pk")
    )


def shared_with(audit: Audit, user) -> list[tuple[str, str]]:
    """Name and address of what of the audit is shared with the user (`audits.methods.Method.shared_with`)."""
    found = []
    for review in shared_reviews(audit, user):
        review.assessment.audit = audit
        found.append((review.assessment.title, review.get_absolute_url()))
    return found
