"""The review's own page, for the host and for the peers."""

from django.contrib.auth.decorators import login_required
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from audits.instruments import translated

from ...comparing import counted
from ...enums import Verdict
from ...models import FeedbackSession, PeerConclusions
from ...permissions import get_review
from ...reviewing import DIFFERENCES, by_difference, rows_of, visit_of
from ...steps import steps_of
from .pages import page


@login_required
@require_safe
def review_detail(request, audit, review):
    """The letter, the team, the visit, the factors with both judgements; what the peers wrote once it may be read."""
    review = get_review(request, audit, review)
    reads = review.seat.reads_peers
    rows = rows_of(review, get_language(), with_peers=reads)
    days = visit_of(review)
    peers = list(review.peers.with_role().select_related("user"))
    conclusions = PeerConclusions.objects.filter(review=review).first() if reads else None
    feedback = FeedbackSession.objects.filter(review=review).first() if review.is_released else None
    context = {
        "benchmark": translated([review.assessment.benchmark], get_language()).of(review.assessment.benchmark),
        "rows": by_difference(rows) if review.is_released else rows,
        "days": days,
        "peers": peers,
        "steps": steps_of(
            review,
            peers=peers,
            rows=rows,
            meetings=[one.meeting for _day, those in days for one in those],
            conclusions=conclusions,
            feedback=feedback,
            language=get_language(),
        ),
        "judged": sum(row.peer_verdict.is_judged for row in rows),
        "conclusions": conclusions,
        "feedback": feedback,
    }
    if review.is_released:
        found = counted(row.compared.difference for row in rows)
        context["counts"] = [(DIFFERENCES[one], number) for one, number in found.items()]
        context["strengths"] = [row for row in rows if row.peer_verdict == Verdict.IN_PLACE]
    return page(request, "review_detail", review, **context)
