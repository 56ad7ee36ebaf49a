"""What the pages of a review share: their frame, saving, and what is said where something comes too late."""

from functools import wraps

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from audits.views import saving

from ...actions import reviews as actions
from ...permissions import TakenBackError

KEY = "benchmarks"


def page(request, template, review, own="", *, status=None, **context):
    """A page of the review; `own` is its name behind the review's in title and path, "" for the review's home."""
    context = {"here": KEY, "review": review, "seat": review.seat, "own": own, **context}
    return render(request, f"benchmarks/{template}.html", context, status=status)


def saved(request, form, review, *, name, after):
    """As `audits.views.saving.saved`, for a form that can be written at some stages of the review only."""
    if request.method == "POST" and review.state not in form.stages:
        return too_late(request, review, form)
    try:
        return saving.saved(
            request, form, name=name, here=KEY, after=after, again={"review": review} if hasattr(form, "review") else {}
        )
    except actions.TooLateError:
        return too_late(request, review, form)


def gone(request, review, form, *, name):
    """What was to be changed was deleted meanwhile. What was typed comes back, to be copied."""
    if review.state not in form.stages:
        return too_late(request, review, form)
    form.is_valid()
    return saving.gone(request, form, name=name, here=KEY)


def too_late(request, review, form=None):
    """The review is at another stage meanwhile. What was typed comes back, to be copied; nothing was written."""
    if saving.by_script(request):
        said = _("The review is at another stage now, so this is not saved. Save to get back what you typed.")
        return JsonResponse({"message": said}, status=409)
    typed = saving.typed_in(form) if form is not None else []
    review.refresh_from_db(fields=["state", "released_at"])
    return page(request, "review_closed", review, _("Not saved"), typed=typed, status=409)


def hands_back(form_class):
    """A view to which peers send this form: what they typed comes back where the host has taken the review back
    meanwhile. The page shows nothing of the review; to look at, it is not found."""

    def decorate(view):
        @wraps(view)
        def answer(request, *args, **kwargs):
            try:
                return view(request, *args, **kwargs)
            except TakenBackError as taken:
                if request.method != "POST":
                    raise
                return _taken_back(request, form_class(request.POST, review=taken.review))

        return answer

    return decorate


def _taken_back(request, form):
    # The host may have planned other meetings since: none of them is named.
    form.fields.pop("meeting", None)
    if saving.by_script(request):
        said = _("The city has taken its self-assessment back, so this is not saved. Save to get back what you typed.")
        return JsonResponse({"message": said}, status=409)
    return render(request, "benchmarks/review_taken_back.html", {"typed": saving.typed_in(form)}, status=409)


def tell_missed(request, missed, words=""):
    """Says to whom a letter could not be sent, and what to do instead."""
    words = words or _("Tell them the address of this page.")
    for user in missed:
        failed = _("The e-mail to %(name)s could not be sent.") % {"name": user}
        messages.warning(request, f"{failed} {words}")
