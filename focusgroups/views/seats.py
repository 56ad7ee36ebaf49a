"""The seats of a focus group: who sits where, under a number, and what they agreed to."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from audits.enums import Act, Personal
from audits.participation import actions as participation
from audits.views.log import logged, note_access

from ..forms.seats import EndingForm, SeatGrid
from ..models import Seat
from ..permissions import get_group

READ = ["GET", "HEAD", "POST"]


def _seats(group):
    return group.seats.select_related("participant").prefetch_related("participant__consents")


def _answered(request, group, grid):
    """The answer to the rows that were sent: a page that asks before recordings go with them, or back to the seats once
    they are saved. None where the rows are to be shown."""
    form = EndingForm(request.POST)
    answer = form.cleaned_data["answer"] if form.is_valid() else ""
    if request.method != "POST" or answer == "back":
        return None
    ending = grid.ending()
    recordings = group.recordings.count() if ending else 0
    if recordings and answer != "delete":
        sent = [(name, value) for name, value in request.POST.items() if name.startswith("seat-")]
        context = {"group": group, "seats": ending, "recordings": recordings, "sent": sent}
        return render(request, "focusgroups/recordings_end.html", context)
    return redirect(request.path) if _saved(request, group, grid) else None


def _saved(request, group, grid):
    """Whether the rows were saved; says so, and what happened to recordings."""
    recordings = group.recordings.count()
    saved = grid.save()
    if saved is None:
        return False
    if saved:
        words = ngettext("%(number)s seat is saved.", "%(number)s seats are saved.", len(saved))
        messages.success(request, words % {"number": len(saved)})
    else:
        messages.info(request, _("Nothing was changed."))
    if recordings and not group.recordings.exists():
        messages.warning(request, _("The sound recording was deleted, because not everybody agrees to it any more."))
    return True


@login_required
@require_http_methods(READ)
@logged(Personal.SEATS)
def seat_list(request, audit, group):
    group = get_group(request, audit, group)
    grid = SeatGrid(_seats(group), request.POST if request.method == "POST" else None)
    if answer := _answered(request, group, grid):
        return answer
    taken = [form for form in grid.forms if form.initial["takes_part"]]
    context = {
        "group": group,
        "grid": grid,
        "recordings": group.recordings.exists(),
        "taken": len(taken),
        "agreeing": sum(form.initial["quotation"] for form in taken),
        "lacking": [form.seat.number for form in taken if not form.initial["recording"]],
    }
    return render(request, "focusgroups/seat_list.html", context)


@login_required
@require_http_methods(READ)
@logged(Personal.SEATS)
def seat(request, audit, group, number):
    group = get_group(request, audit, group)
    found = get_object_or_404(_seats(group), number=number)
    grid = SeatGrid([found], request.POST if request.method == "POST" else None)
    if answer := _answered(request, group, grid):
        return answer
    (form,) = grid.forms
    context = {"group": group, "seat": found, "form": form, "consents": reversed(found.participant.consents.all())}
    return render(request, "focusgroups/seat.html", context)


@login_required
@require_http_methods(READ)
def seat_erase(request, audit, group, number):
    """Taking everything back for somebody who asks for it and has not kept the code."""
    group = get_group(request, audit, group)
    found = get_object_or_404(Seat.objects.select_related("participant"), group=group, number=number)
    if request.method == "POST":
        participation.erase(found.participant)
        note_access(request, Personal.HELD, Act.ERASED)
        words = _("Everything that was held about seat %(seat)s is deleted, the seat too.")
        messages.success(request, words % {"seat": number})
        return redirect("focusgroups:seat-list", group.audit.slug, group.uuid)
    context = {
        "group": group,
        "seat": found,
        "notes": found.notes.count(),
        "recordings": group.recordings.count() if found.participant.joined_at else 0,
    }
    return render(request, "focusgroups/seat_erase.html", context)
