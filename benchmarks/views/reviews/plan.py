"""Preparing a review in the host's team: its plan, its peers, sharing the self-assessment."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from audits.models import StaleError
from audits.permissions import Ability, get_audit
from audits.views import saving

from ...actions import reviews as actions
from ...enums import ReviewState
from ...forms.reviews import AddPeersForm, RemovePeerForm, ReviewForm
from ...models import Assessment, Evidence
from ...permissions import Side, get_review
from ...results import result_of
from ...reviewing import rows_of, shown_evidence
from .pages import KEY, page, saved, tell_missed, too_late


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def review_create(request, audit, assessment):
    """Plans a review of an assessment; one that has a review leads to it."""
    audit = get_audit(request, audit, Ability.WRITE_RESEARCH)
    assessment = get_object_or_404(Assessment.objects.with_benchmark(), audit=audit, uuid=assessment)
    assessment.audit = audit
    form = ReviewForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            review = actions.plan_review(assessment=assessment, by=request.user, **form.cleaned_data)
        except StaleError as stale:
            edit = stale.current.address("review-edit")
            return saving.conflict(request, form, stale.current, name=str(assessment), here=KEY, action=edit)
        messages.success(request, _("The peer review is planned. Choose the peers next."))
        return redirect(review.get_absolute_url() + saving.SAVED)
    if request.method != "POST" and hasattr(assessment, "review"):
        return redirect(assessment.review)
    context = {"here": KEY, "form": form, "assessment": assessment}
    return render(request, "benchmarks/review_create.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def review_edit(request, audit, review):
    """Changes the plan of the review."""
    review = get_review(request, audit, review, Side.HOST)
    if request.method != "POST" and not review.can_be_planned:
        return redirect(review)
    form = ReviewForm(request.POST if request.method == "POST" else None, instance=review)
    answer = saved(request, form, review, name=_("The plan of the review"), after=review.get_absolute_url)
    return answer or page(request, "review_form", review, _("Change the plan"), form=form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def review_peers(request, audit, review):
    """Who reviews: peer reviewers of the team are added, and taken away again."""
    review = get_review(request, audit, review, Side.HOST)
    form = AddPeersForm(None, review=review, audit=review.assessment.audit)
    if "remove" in request.POST:
        removing = RemovePeerForm(request.POST, review=review)
        if removing.is_valid():
            peer = removing.cleaned_data["remove"]
            actions.remove_peer(peer=peer)
            messages.success(request, _("%(name)s has no access any more.") % {"name": peer.user})
        return redirect(review.address("review-peers"))
    if request.method == "POST":
        form = AddPeersForm(request.POST, review=review, audit=review.assessment.audit)
        if form.is_valid():
            return _added(request, review, form.cleaned_data["add"])
    peers = review.peers.with_role().select_related("user")
    return page(request, "review_peers", review, _("Peers"), form=form, peers=peers)


def _added(request, review, users):
    try:
        missed = actions.add_peers(review=review, users=users, by=request.user)
    except actions.TooLateError:
        return too_late(request, review)
    number = len(users)
    messages.success(
        request, ngettext("%(count)d peer is added.", "%(count)d peers are added.", number) % {"count": number}
    )
    tell_missed(request, missed)
    return redirect(review.address("review-peers"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def review_share(request, audit, review):
    """Shows exactly what the peers will see, asks, and shares it."""
    review = get_review(request, audit, review, Side.HOST)
    if review.state != ReviewState.PREPARING:
        return redirect(review) if request.method != "POST" else too_late(request, review)
    error = ""
    if request.method == "POST":
        try:
            missed = actions.share(review=review, by=request.user)
        except ValidationError as refused:
            error = refused.messages[0]
        except actions.TooLateError:
            return too_late(request, review)
        else:
            messages.success(request, _("The self-assessment is closed and shared with the peers."))
            tell_missed(request, missed)
            return redirect(review)
    rows = rows_of(review, get_language(), with_peers=False)
    own = [row.own.pk for row in rows if row.own]
    evidence = Evidence.objects.filter(judgement__in=own).select_related("judgement__assessed__factor")
    evidence = evidence.order_by("judgement__assessed__factor__position", "pk").prefetch_related("links")
    context = {
        "rows": rows,
        "result": result_of(review.assessment, get_language()),
        "evidence": shown_evidence(evidence),
        "peers": review.peers.active().select_related("user"),
        "left_out": review.assessment.factors.filter(in_scope=False).count(),
        "error": error,
    }
    return page(request, "review_share", review, _("Share"), status=422 if error else None, **context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def review_withdraw(request, audit, review):
    """Takes the sharing back, at any time before the release. Whether the peers have written anything is not said."""
    review = get_review(request, audit, review, Side.HOST)
    if request.method == "POST":
        try:
            missed = actions.withdraw(review=review, by=request.user)
        except actions.TooLateError:
            return too_late(request, review)
        messages.success(
            request, _("The self-assessment is no longer shared. It stays closed until you open it again.")
        )
        tell_missed(request, missed, _("Tell them that it is taken back."))
        return redirect(review)
    return page(request, "review_withdraw", review, _("Take back"), possible=review.state == ReviewState.SHARED)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def review_cancel(request, audit, review):
    """Asks, then deletes a review that was never shared."""
    review = get_review(request, audit, review, Side.HOST)
    if request.method == "POST":
        try:
            actions.cancel(review=review)
        except actions.TooLateError:
            return too_late(request, review)
        messages.success(request, _("The peer review is cancelled. The assessment is one of the city alone again."))
        return redirect(review.assessment)
    meetings = review.meetings.count()
    possible = not review.was_shared
    return page(request, "review_cancel", review, _("Cancel the review"), possible=possible, meetings=meetings)
