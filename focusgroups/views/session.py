"""The live note screen of a session: the page, what its script sends and asks for, and a single note."""

import hashlib
import json
import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from audits.enums import Area, Personal
from audits.instruments import translated
from audits.participation.actions import Outcome, Result
from audits.participation.deliveries import deliver, first_error
from audits.participation.models import Change
from audits.views.log import logged

from ..actions import notes as actions
from ..forms.notes import KINDS, LateForm, NoteForm, TallyForm
from ..live import Live
from ..models import FocusGroup, SessionQuestion
from ..models.session import NOTE_LENGTH
from ..permissions import get_group

READ = ["GET", "HEAD", "POST"]


@never_cache
@login_required
@require_http_methods(READ)
@logged(Personal.NOTES)
def notes(request: HttpRequest, audit: str, group: uuid.UUID) -> HttpResponse:
    """One question at a time with its notes (`?question=`); without script two ordinary forms, for a note and a tally."""
    found = get_group(request, audit, group)
    live = Live.of(found)
    question = live.asked(request.GET.get("question", ""))
    form, tally = NoteForm(seats=live.seats), _tally_form(live, question)
    if request.method == "POST":
        if "tally" in request.POST and tally:
            tally = _tally_form(live, question, request.POST)
            changes = tally.changes() if tally.is_valid() else None
        else:
            form = NoteForm(request.POST, seats=live.seats)
            changes = [form.change(question)] if form.is_valid() else None
        if changes is not None:
            _say(request, actions.record(group=found, changes=changes, device=uuid.uuid4(), by=request.user))
            return redirect(_address(found, question))
    guide = translated([found.guide], get_language())
    context = {
        "here": "focusgroups",
        "group": found,
        "live": live,
        "payload": live.payload(),
        "question": question,
        "areas": _by_area(live, question),
        "without_question": live.notes_on(None),
        "shown": live.notes_on(question),
        "form": form,
        "tally": tally,
        "own_hints": question and live.lines[question.uuid].has_hints,
        "hints": [text for name in ("moderation", "recording") if (text := guide[found.guide, name]).text],
        "limit": NOTE_LENGTH,
    }
    return render(request, "focusgroups/notes.html", context)


@never_cache
@login_required
@require_http_methods(READ)
@logged(Personal.NOTES)
def notes_sync(request: HttpRequest, audit: str, group: uuid.UUID) -> HttpResponse:
    """POST takes deliveries of the page's script (`audits/participation/deliveries.py`); GET gives everything that
    stands now, 304 where that is what `If-None-Match` names."""
    found = get_group(request, audit, group)
    if request.method == "POST":

        def write(delivery, changes):
            device = delivery.cleaned_data["device"]
            return actions.record(group=found, changes=changes, device=device, by=request.user)

        return deliver(request, KINDS, write)
    body = json.dumps(Live.of(found).payload())
    etag = f'"{hashlib.sha256(body.encode()).hexdigest()[:32]}"'
    response = HttpResponse(body, content_type="application/json", headers={"ETag": etag})
    return get_conditional_response(request, etag=etag, response=response)


@never_cache
@login_required
@require_http_methods(READ)
@logged(Personal.NOTES)
def note(request: HttpRequest, audit: str, group: uuid.UUID, note: uuid.UUID) -> HttpResponse:
    """One note: to be corrected, taken back or put back, with everything it said before."""
    found = get_group(request, audit, group)
    row = get_object_or_404(found.notes.select_related("question"), uuid=note)
    seats = list(found.seats.filter(participant__joined_at__isnull=False).select_related("participant"))
    before = Change.objects.filter(subject=row.subject).select_related("by").order_by("-arrived_at", "-sequence")
    standing = before.standing().first()
    form = NoteForm(request.POST or None, seats=seats, instance=row, seen=standing and standing.pk)
    if request.method == "POST" and form.is_valid():
        removed = "remove" in request.POST or (row.removed and "restore" not in request.POST)
        change = form.change(row.question, removed=removed)
        _say(request, actions.record(group=found, changes=[change], device=uuid.uuid4(), by=request.user))
        return redirect(_address(found, row.question))
    context = {
        "here": "focusgroups",
        "group": found,
        "note": row,
        "form": form,
        "history": before,
        "back_url": _address(found, row.question),
    }
    return render(request, "focusgroups/note.html", context)


@login_required
@require_POST
def late_notes(request: HttpRequest, audit: str, group: uuid.UUID) -> HttpResponse:
    """Lets those count that the page listed, of what arrived after closing; or leaves them out."""
    found = get_group(request, audit, group)
    form = LateForm(request.POST)
    if not form.is_valid():
        messages.warning(request, first_error(form))
        return redirect("focusgroups:notes", audit, group)
    shown = form.cleaned_data["shown"]
    if "admit" in request.POST:
        count, problems = actions.admit_late(group=found, shown=shown, by=request.user)
        for problem in problems:
            messages.warning(request, _("Left out: %(problem)s") % {"problem": problem})
        words = ngettext("%(count)s late change counts now.", "%(count)s late changes count now.", count)
    else:
        count = actions.refuse_late(group=found, shown=shown, by=request.user)
        words = ngettext("%(count)s late change is left out.", "%(count)s late changes are left out.", count)
    messages.success(request, words % {"count": count})
    return redirect("focusgroups:notes", audit, group)


def _tally_form(live: Live, question: SessionQuestion | None, data=None) -> TallyForm | None:
    if question is None or question.uuid not in live.levels:
        return None
    return TallyForm(data, question=question, counts=live.counts.get(question.uuid, {}))


def _by_area(live: Live, current: SessionQuestion | None) -> list[dict]:
    """The questions area by area as they follow each other, each with its number, its notes and its levels."""
    areas: list[dict] = []
    for number, one in enumerate(live.questions, start=1):
        if not areas or areas[-1]["area"] != one.area:
            areas.append({"area": one.area, "name": Area(one.area).label, "questions": []})
        levels = live.levels.get(one.uuid, [])
        people = sum(level["people"] for level in levels)
        areas[-1]["questions"].append(
            {
                "row": one,
                "number": number,
                "count": len(live.notes_on(one)),
                "late": live.late_on(one),
                "line": live.lines[one.uuid],
                "levels": levels,
                "people": people,
                "too_many": people > len(live.seats),
                "current": one == current,
            }
        )
    return areas


def _say(request: HttpRequest, results: list[Result]) -> None:
    for result in results:
        if result.message:
            messages.warning(request, result.message)
    if all(result.outcome in (Outcome.SAVED, Outcome.REPEAT) for result in results):
        messages.success(request, _("Saved."))


def _address(group: FocusGroup, question: SessionQuestion | None) -> str:
    address = reverse("focusgroups:notes", args=[group.audit.slug, group.uuid])
    return f"{address}?question={question.uuid}" if question else address
