"""One factor in a review: the self-assessment beside the peers' judgement, and the interview evidence."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from audits.agenda.evidence import reference_of
from audits.models import StaleError
from audits.views import files, saving

from ...actions import reviews as actions
from ...enums import Verdict
from ...forms.reviews import InterviewForm, PeerJudgementForm
from ...models import Evidence, InterviewEvidence
from ...permissions import Side, get_review
from ...reviewing import files_behind, host_side, recorded_for, rows_of
from .pages import KEY, gone, hands_back, page, saved, too_late


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@hands_back(PeerJudgementForm)
def review_factor(request, audit, review, factor):
    """The peers' screen: they judge while it is with them. After the release it is read by both sides,
    what interviewees said by those of them who may (`Seat.reads_interviews`)."""
    review = get_review(request, audit, review, Side.PEERS if request.method == "POST" else Side.READERS)
    rows = rows_of(review, get_language(), with_peers=True)
    at, row = _row(rows, factor, request.GET.get("scheme", ""))
    form = None
    if row.theirs and review.seat.peer and (review.peers_write or request.method == "POST"):
        row.theirs.review, row.theirs.assessed, row.theirs.scheme = review, row.assessed, row.scheme
        form = PeerJudgementForm(request.POST if request.method == "POST" else None, review=review, instance=row.theirs)
        following = rows[at + 1] if "next" in request.POST and at + 1 < len(rows) else None
        after = _address(review, following) if following else _address(review, row)
        name = f"{row.assessed.factor.key} {row.title}"
        if answer := saved(request, form, review, name=name, after=after):
            return answer
    context = {
        "row": row,
        "form": form,
        "host": host_side(row.assessed, row.scheme, get_language()),
        "recorded": recorded_for(review, row.assessed) if review.seat.reads_interviews else [],
        "strip": [(one, _address(review, one), one is row) for one in rows],
        "following": at + 1 < len(rows),
        "verdict": Verdict(row.peer_verdict),
    }
    if form:
        initial = {"factors": [row.assessed.pk]}
        context["quick"] = InterviewForm(None, review=review, initial=initial, auto_id="interview_%s")
    return page(request, "review_factor", review, f"{row.assessed.factor.key} {row.title}", **context)


def _row(rows, factor, scheme):
    """Place and row of a factor of this review; for a factor judged per scheme the first one, where none is named."""
    for at, row in enumerate(rows):
        if row.assessed.uuid == factor and (not scheme or (row.scheme and str(row.scheme.uuid) == scheme)):
            return at, row
    raise Http404


def _address(review, row):
    address = review.address("review-factor", row.assessed.uuid)
    return f"{address}?scheme={row.scheme.uuid}" if row.scheme else address


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@hands_back(InterviewForm)
def interview_create(request, audit, review):
    """Records what somebody said; `?factor=` is the factor from whose page it is written, and to which it leads back."""
    review = get_review(request, audit, review, Side.PEERS)
    source = review.assessment.factors.filter(uuid=_uuid(request.GET.get("factor"))).first()
    whence = review.address("review-factor", source.uuid) if source else review.get_absolute_url()
    back = f"{whence}#interviews" if source else whence
    first = {"factors": [source.pk]} if source else {}
    form = InterviewForm(request.POST if request.method == "POST" else None, review=review, initial=first)
    if not review.peers_write:
        return too_late(request, review, form) if request.method == "POST" else redirect(back)
    if request.method == "POST" and form.is_valid():
        try:
            actions.record(review=review, by=request.user, **form.cleaned_data)
        except StaleError as stale:
            edit, again = stale.current.get_absolute_url(), {"review": review}
            name = _("The interview evidence")
            return saving.conflict(request, form, stale.current, name=name, here=KEY, action=edit, again=again)
        except actions.TooLateError:
            return too_late(request, review, form)
        messages.success(request, _("The interview evidence is recorded."))
        return redirect(whence + saving.SAVED)
    own = _("Record what was said")
    return page(request, "review_interview_form", review, own, form=form, back=back, source=source)


def _uuid(text):
    """A UUID of the address, or None."""
    try:
        return UUID(text or "")
    except ValueError:
        return None


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@hands_back(InterviewForm)
def interview_edit(request, audit, review, interview):
    """Changes a piece of interview evidence; after the release it is read on the pages of its factors."""
    review = get_review(request, audit, review, Side.PEERS)
    if request.method == "POST" and not InterviewEvidence.objects.filter(uuid=interview).exists():
        return gone(request, review, InterviewForm(request.POST, review=review), name=_("The interview evidence"))
    evidence = _evidence(review, interview)
    back = _page_of(review, evidence)
    form = InterviewForm(request.POST if request.method == "POST" else None, review=review, instance=evidence)
    if request.method != "POST" and not review.peers_write:
        return redirect(back)
    answer = saved(
        request, form, review, name=_("The interview evidence"), after=lambda: _page_of(review, evidence, "")
    )
    if answer:
        return answer
    own = _("Change what was said")
    return page(request, "review_interview_form", review, own, form=form, evidence=evidence, back=back)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def interview_delete(request, audit, review, interview):
    """Asks first."""
    review = get_review(request, audit, review, Side.PEERS)
    evidence = _evidence(review, interview)
    back = _page_of(review, evidence)
    if request.method == "POST":
        try:
            actions.delete_evidence(evidence=evidence)
        except actions.TooLateError:
            return too_late(request, review)
        messages.success(request, _("The interview evidence is deleted."))
        return redirect(back)
    if not review.peers_write:
        return redirect(back)
    own = _("Delete what was said")
    return page(request, "review_interview_delete", review, own, evidence=evidence, back=back)


def _evidence(review, uuid):
    evidence = get_object_or_404(review.evidence, uuid=uuid)
    evidence.review = review
    return evidence


def _page_of(review, evidence, fragment="#interviews"):
    """The page of the first factor that a piece of evidence is about."""
    assessed = evidence.factors.in_order().first()
    return review.address("review-factor", assessed.uuid) + fragment if assessed else review.get_absolute_url()


@login_required
@never_cache
@require_safe
def evidence_file(request, audit, review, evidence, link):
    """A document behind the host's evidence, for the peers: of judgements that their pages show, and no others. It is
    saved, never shown inside our pages.
    """
    review = get_review(request, audit, review, Side.PEERS)
    own = [row.own.pk for row in rows_of(review, get_language(), with_peers=False) if row.own]
    evidence = get_object_or_404(Evidence.objects.filter(judgement__in=own), uuid=evidence)
    link = get_object_or_404(evidence.links, pk=link)
    return files.kept_private(files_behind([evidence]).get(reference_of(link)))
