"""A remark of the review: the team's own to be changed or deleted, a participant's to be hidden."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from audits.enums import Personal
from audits.views import saving
from audits.views.log import logged

from .. import actions
from ..board import slots_of
from ..evidence import KEY
from ..forms.review import HideRemarkForm, RemarkForm
from ..permissions import get_activity
from ..wording import themes_of

READ = ["GET", "HEAD", "POST"]


@never_cache
@login_required
@require_http_methods(READ)
def remark(request: HttpRequest, audit: str, activity: UUID, remark: UUID) -> HttpResponse:
    """A remark of the team, to be corrected. A participant's own stays as it is."""
    found = get_activity(request, audit, activity)
    row = found.remarks.filter(uuid=remark, participant=None).select_related("category", "changed_by").first()
    board = slots_of(found, get_language())
    again = {"activity": found, "board": board, "themes": themes_of(found, get_language())}
    data = request.POST if request.method == "POST" else None
    if row is None:
        if data is None:
            raise Http404
        return saving.gone(request, RemarkForm(data, **again), name=_("The remark"), here=KEY)
    row.activity = found
    form = RemarkForm(data, instance=row, **again)
    answer = saving.saved(
        request,
        form,
        name=_("The remark"),
        here=KEY,
        after=lambda: reverse("photovoice:category", args=[audit, activity, row.category.uuid]),
        again=again,
    )
    context = {"here": KEY, "activity": found, "remark": row, "form": form}
    return answer or render(request, "photovoice/remark_form.html", context)


@never_cache
@login_required
@require_http_methods(READ)
def remark_delete(request: HttpRequest, audit: str, activity: UUID, remark: UUID) -> HttpResponse:
    """Asks, then deletes a remark of the team."""
    found = get_activity(request, audit, activity)
    rows = found.remarks.filter(participant=None).select_related("category")
    row = get_object_or_404(rows, uuid=remark)
    row.activity = found
    if request.method == "POST":
        row.delete()
        messages.success(request, _("The remark is deleted."))
        return redirect("photovoice:category", audit, activity, row.category.uuid)
    return render(request, "photovoice/remark_delete.html", {"here": KEY, "activity": found, "remark": row})


@never_cache
@login_required
@require_http_methods(READ)
@logged(Personal.PHOTOS)
def remark_hide(request: HttpRequest, audit: str, activity: UUID, remark: UUID) -> HttpResponse:
    """Hides a participant's remark for a reason, or shows it again. The words themselves are never altered."""
    found = get_activity(request, audit, activity)
    rows = found.remarks.exclude(participant=None).select_related("category", "photo", "hidden_by")
    row = get_object_or_404(rows, uuid=remark)
    row.activity = found
    back = redirect("photovoice:category", audit, activity, row.category.uuid)
    if request.method == "POST" and "show" in request.POST:
        actions.show_remark(remark=row)
        messages.success(request, _("The remark is shown again."))
        return back
    form = HideRemarkForm(request.POST if request.method == "POST" else None, instance=row)
    if form.is_valid():
        actions.hide_remark(remark=row, reason=form.cleaned_data["hidden_reason"], by=request.user)
        messages.success(request, _("The remark is hidden. It stays stored."))
        return back
    return render(request, "photovoice/remark_hide.html", {"here": KEY, "activity": found, "remark": row, "form": form})
