"""The summary at the end of a session: written from the notes, read aloud, confirmed; then the session is closed."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audits.enums import Personal
from audits.views import saving
from audits.views.log import logged

from ..actions.closing import close
from ..enums import GroupState
from ..forms.planning import EarlyForm
from ..forms.summary import SummaryForm
from ..live import Live
from ..models import GroupSummary
from ..permissions import get_group


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@logged(Personal.NOTES)
def summary(request: HttpRequest, audit: str, group: uuid.UUID) -> HttpResponse:
    """The text beside what the notes say. It begins empty: a note copied into it would be quoted without having been
    asked, and a choice of those that may be quoted would sum up a part of the group."""
    found = get_group(request, audit, group)
    live = Live.of(found)
    if request.method == "POST":
        row, _made = GroupSummary.objects.get_or_create(group=found)
        form = SummaryForm(request.POST, instance=row)
    else:
        row = GroupSummary.objects.select_related("changed_by").filter(group=found).first() or GroupSummary(group=found)
        form = SummaryForm(instance=row)
    after = reverse("focusgroups:summary", args=[audit, found.uuid])
    if done := saving.saved(request, form, name=_("The summary"), here="focusgroups", after=after):
        return done
    questions = [(one, live.notes_on(one)) for one in live.questions]
    context = {
        "here": "focusgroups",
        "group": found,
        "summary": row,
        "form": form,
        "questions": questions,
        "notes": sum(len(notes) for _one, notes in questions) + len(live.notes_on(None)),
        "late": len(live.late_notes),
    }
    return render(request, "focusgroups/summary.html", context)


@login_required
@require_safe
def summary_read(request: HttpRequest, audit: str, group: uuid.UUID) -> HttpResponse:
    """The summary in large type, to be read aloud."""
    found = get_group(request, audit, group)
    row = GroupSummary.objects.filter(group=found).first()
    return render(request, "focusgroups/summary_read.html", {"here": "focusgroups", "group": found, "summary": row})


@login_required
@require_POST
def close_session(request: HttpRequest, audit: str, group: uuid.UUID) -> HttpResponse:
    """Closes the session, before its day after a page that asks; what still arrives waits to be let in."""
    found = get_group(request, audit, group)
    form = EarlyForm(request.POST, group=found)
    if form.is_valid() and form.asks() and found.state != GroupState.CLOSED:
        back = reverse("focusgroups:summary", args=[audit, found.uuid])
        context = {"here": "focusgroups", "group": found, "to": GroupState.CLOSED, "back": back}
        return render(request, "focusgroups/group_early.html", context)
    if close(group=found, by=request.user):
        messages.success(request, _("The session is closed. Notes that still arrive wait to be let in."))
    return redirect("focusgroups:summary", audit, group)
