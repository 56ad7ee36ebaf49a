"""What comes out of a review: the peers' conclusions, their release, the feedback session, the end."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ...actions import reviews as actions
from ...enums import MeetingKind, ReviewState
from ...forms.reviews import ConclusionsForm, FeedbackForm, GoOnForm
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
    """Asks, and says what is missing; then the host reads everything, and nobody can take that back."""
    review = get_review(request, audit, review, Side.PEERS)
    if not review.peers_write:
        return too_late(request, review) if request.method == "POST" else redirect(review)
    rows = rows_of(review, get_language(), with_peers=True)
    unjudged = [row for row in rows if not row.peer_verdict.is_judged]
    recorded = review.evidence.count()
    missing = _missing_for_release(review, recorded)
    form = GoOnForm(request.POST if request.method == "POST" else None, missing=unjudged or missing)
    if request.method == "POST" and form.is_valid():
        try:
            missed = actions.release(review=review, by=request.user)
        except actions.TooLateError:
            return too_late(request, review)
        messages.success(request, _("The host can read what you have written. Now hold the feedback session."))
        tell_missed(request, missed)
        return redirect(review)
    context = {"form": form, "rows": rows, "unjudged": unjudged, "recorded": recorded, "missing": missing}
    return page(request, "review_release", review, _("Release"), **context)


def _missing_for_release(review, recorded):
    """What is not there, in words, each with the page on which it is written."""
    written = PeerConclusions.objects.filter(review=review).first()
    conclude, visit = review.address("review-conclusions"), f"{review.get_absolute_url()}#visit"
    days = _days_of_visit(review)
    found = [
        (days, _("No day of the visit is written down."), visit),
        (
            not days or max(days) <= timezone.localdate(),
            _("The visit is not over yet: a day of it is still to come."),
            visit,
        ),
        (recorded, _("No interview evidence is recorded."), review.address("interview-create")),
        (written and written.conclusions, _("No conclusions are written."), conclude),
        (written and written.recommendations, _("No recommendations are written."), conclude),
    ]
    return [(words, address) for there, words, address in found if not there]


def _days_of_visit(review):
    """The first, the last and the days of the meetings; a feedback session is a step of its own."""
    held = review.meetings.exclude(kind=MeetingKind.FEEDBACK).values_list("day", flat=True)
    return [day for day in (review.visit_from, review.visit_to, *held) if day]


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
    """Asks, and says what is missing; then ends the review."""
    review = get_review(request, audit, review, Side.BOTH)
    if review.state != ReviewState.RELEASED:
        return too_late(request, review) if request.method == "POST" else redirect(review)
    missing = _missing_for_the_end(review)
    form = GoOnForm(request.POST if request.method == "POST" else None, missing=missing)
    if request.method == "POST" and form.is_valid():
        try:
            actions.finish(review=review, by=request.user)
        except actions.TooLateError:
            return too_late(request, review)
        messages.success(request, _("The peer review is finished."))
        return redirect(review)
    return page(request, "review_finish", review, _("Finish"), form=form, missing=missing)


def _missing_for_the_end(review):
    session = FeedbackSession.objects.filter(review=review).first()
    day = session and session.held_on
    found = [
        (day, _("The day of the feedback session is not written down.")),
        (not day or day <= timezone.localdate(), _("The day of the feedback session is still to come.")),
        (session and session.text, _("The feedback session is not written up yet.")),
    ]
    return [(words, review.address("review-feedback")) for there, words in found if not there]
