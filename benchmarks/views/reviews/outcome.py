"""What comes out of a review: the peers' conclusions, their release, the feedback session, the end."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ...actions import reviews as actions
from ...enums import ReviewState
from ...forms.reviews import ConclusionsForm, FeedbackForm
from ...models import FeedbackSession, PeerConclusions
from ...permissions import Side, get_review
from ...reviewing import rows_of
from .pages import hands_back, page, saved, tell_missed, too_late


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@hands_back(ConclusionsForm)
def review_conclusions(request, audit, review):
    """The peers write their conclusions and recommendations; once released they stand on the review's page."""
    review = get_review(request, audit, review, Side.PEERS)
    conclusions = get_object_or_404(PeerConclusions, review=review)
    conclusions.review = review
    form = ConclusionsForm(request.POST if request.method == "POST" else None, review=review, instance=conclusions)
    if request.method != "POST" and not review.peers_write:
        return redirect(f"{review.get_absolute_url()}#conclusions")
    answer = saved(request, form, review, name=_("The text of the conclusions"), after=review.get_absolute_url)
    return answer or page(request, "review_conclusions", review, _("Conclusions and recommendations"), form=form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def review_release(request, audit, review):
    """Asks, and says what is not done yet; then the host reads everything, and nobody can take that back."""
    review = get_review(request, audit, review, Side.PEERS)
    if request.method == "POST":
        try:
            missed = actions.release(review=review, by=request.user)
        except actions.TooLateError:
            return too_late(request, review)
        messages.success(request, _("The host can read what you have written. Now hold the feedback session."))
        tell_missed(request, missed)
        return redirect(review)
    if not review.peers_write:
        return redirect(review)
    rows = rows_of(review, get_language(), with_peers=True)
    context = {
        "rows": rows,
        "unjudged": [row for row in rows if not row.peer_verdict.is_judged],
        "recorded": review.evidence.count(),
        "conclusions": PeerConclusions.objects.filter(review=review).first(),
    }
    return page(request, "review_release", review, _("Release"), **context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def review_feedback(request, audit, review):
    """The feedback session, written up by both sides together after the release."""
    review = get_review(request, audit, review, Side.BOTH)
    feedback = FeedbackSession.objects.filter(review=review).first()
    if feedback is None or (request.method != "POST" and review.state not in FeedbackForm.stages):
        return redirect(review)
    feedback.review = review
    form = FeedbackForm(request.POST if request.method == "POST" else None, review=review, instance=feedback)
    answer = saved(request, form, review, name=_("The feedback session"), after=review.get_absolute_url)
    return answer or page(request, "review_feedback", review, _("Feedback session"), form=form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def review_finish(request, audit, review):
    """Asks, then ends the review."""
    review = get_review(request, audit, review, Side.BOTH)
    if request.method == "POST":
        try:
            actions.finish(review=review, by=request.user)
        except actions.TooLateError:
            return too_late(request, review)
        messages.success(request, _("The peer review is finished."))
        return redirect(review)
    if review.state != ReviewState.RELEASED:
        return redirect(review)
    feedback = FeedbackSession.objects.filter(review=review).first()
    return page(request, "review_finish", review, _("Finish"), feedback=feedback)
