"""The plan of the visit: meetings, by the host and by the peers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from audits.models import StaleError
from audits.views import saving

from ...actions import reviews as actions
from ...forms.reviews import MeetingForm
from ...models import Meeting
from ...permissions import Side, get_review
from .pages import KEY, gone, hands_back, page, saved, too_late


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@hands_back(MeetingForm)
def meeting_create(request, audit, review):
    """A new meeting. One after the other: the day of the last one is offered again."""
    review = get_review(request, audit, review, Side.BOTH)
    if request.method != "POST" and not review.can_be_planned:
        return redirect(review)
    first = {"day": request.GET.get("day") or review.visit_from}
    form = MeetingForm(request.POST if request.method == "POST" else None, review=review, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            meeting = actions.add_meeting(review=review, by=request.user, **form.cleaned_data)
        except StaleError as stale:
            return _sent_before(request, form, stale.current)
        except actions.TooLateError:
            return too_late(request, review, form)
        messages.success(request, _("The meeting is in the visit plan."))
        if "another" in request.POST:
            day = f"?day={meeting.day:%Y-%m-%d}" if meeting.day else ""
            return redirect(request.path + day + saving.SAVED)
        return redirect(review.get_absolute_url() + saving.SAVED)
    return page(request, "review_meeting_form", review, _("Add a meeting"), form=form)


def _sent_before(request, form, standing):
    edit, again = standing.review.address("meeting-edit", standing.uuid), {"review": standing.review}
    return saving.conflict(request, form, standing, name=_("The meeting"), here=KEY, action=edit, again=again)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@hands_back(MeetingForm)
def meeting_edit(request, audit, review, meeting):
    review = get_review(request, audit, review, Side.BOTH)
    if request.method == "POST" and not Meeting.objects.filter(uuid=meeting).exists():
        return gone(request, review, MeetingForm(request.POST, review=review), name=_("The meeting"))
    meeting = _meeting(review, meeting)
    if request.method != "POST" and not review.can_be_planned:
        return redirect(review)
    form = MeetingForm(request.POST if request.method == "POST" else None, review=review, instance=meeting)
    answer = saved(request, form, review, name=_("The meeting"), after=review.get_absolute_url)
    return answer or page(request, "review_meeting_form", review, _("Change the meeting"), form=form, meeting=meeting)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_delete(request, audit, review, meeting):
    """Asks first; what the peers recorded from the meeting stays."""
    review = get_review(request, audit, review, Side.BOTH)
    meeting = _meeting(review, meeting)
    if request.method == "POST":
        try:
            actions.delete_meeting(meeting=meeting)
        except actions.TooLateError:
            return too_late(request, review)
        messages.success(request, _("The meeting is no longer in the visit plan."))
        return redirect(f"{review.get_absolute_url()}#visit")
    return page(request, "review_meeting_delete", review, _("Delete the meeting"), meeting=meeting)


def _meeting(review, uuid):
    meeting = get_object_or_404(review.meetings, uuid=uuid)
    meeting.review = review
    return meeting
