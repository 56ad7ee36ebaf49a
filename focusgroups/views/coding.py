"""Coding the notes of a group: the page, what its script and its plain forms send, and where coders differ."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audits.enums import Personal
from audits.sentences import heading
from audits.views.log import logged
from audits.views.saving import by_script

from ..codebook import codings_in, counted
from ..coding import Standing, agreement, pieces
from ..evidence import KEY
from ..forms.coding import NotesFilter, PutForm, SettleForm, TakeForm
from ..models import Code, Coding, Note
from ..permissions import get_group

PER_PAGE = 100


@dataclass(frozen=True)
class Passage:
    """A code on a note as the page shows it; `found` tells whether its words still stand in the note."""

    coding: Coding
    own: bool
    found: bool


@dataclass(frozen=True)
class Row:
    """A note with its text in pieces and the passages on it."""

    note: Note
    pieces: list[tuple[str, int, list[Passage]]]
    """Text, how many passages cover it, and those that end there."""
    passages: list[Passage]


def row(note: Note, codings: list[Coding], user) -> Row:
    passages, spans = {}, {}
    for coding in codings:
        coding.note = note
        span = coding.span
        passages[coding.pk] = Passage(coding, coding.coder_id == user.pk, span is not None)
        if span:
            spans[coding.pk] = span
    cut = [
        (piece.text, len(piece.covering), [passages[key] for key in piece.ending]) for piece in pieces(note.text, spans)
    ]
    return Row(note, cut, list(passages.values()))


def _codings(notes, user, *, everybody):
    """The codings of each note, one's own or all. What others chose stays hidden while one codes oneself."""
    found = Coding.objects.filter(note__in=notes).select_related("code", "coder").order_by("start", "pk")
    by_note = defaultdict(list)
    for coding in found if everybody else found.filter(coder=user):
        by_note[coding.note_id].append(coding)
    return by_note


@login_required
@require_safe
@logged(Personal.NOTES)
def page(request, audit, group):
    """The notes by question with the codes on them, narrowed; `?note=` shows one alone."""
    group = get_group(request, audit, group)
    form = NotesFilter(request.GET, group=group)
    notes = form.narrow(group.notes.standing(), request.user).select_related("question", "seat__participant")
    notes = notes.order_by("question__position", "question", "noted_at", "pk")
    paginator = Paginator(notes, PER_PAGE)
    shown = paginator.get_page(request.GET.get("page") or _page_of(notes, request.GET.get("note", "")))
    codings = _codings([note.pk for note in shown], request.user, everybody=form.shows_all_codes)
    context = {
        "here": KEY,
        "group": group,
        "form": form,
        "page_obj": shown,
        "rows": [row(note, codings[note.pk], request.user) for note in shown],
        "codes": Code.objects.filter(audit=group.audit).values_list("name", flat=True),
        "found": paginator.count,
        "everybody": form.shows_all_codes,
    }
    return render(request, "focusgroups/coding.html", context)


def _page_of(notes, wanted):
    """The page on which a note stands, so that a link to one always finds it; 1 for none."""
    if not wanted:
        return 1
    order = [str(one) for one in notes.values_list("uuid", flat=True)]
    return order.index(wanted) // PER_PAGE + 1 if wanted in order else 1


@login_required
@require_POST
def sync(request, audit, group):
    """Puts a code on a passage or takes one away, at once. The same sent twice changes nothing.

    Answers the script with the note as it stands then, and a plain form with the page.
    """
    group = get_group(request, audit, group)
    takes = "take" in request.POST
    form = TakeForm(request.POST) if takes else PutForm(request.POST, group=group)
    if not form.is_valid():
        errors = [str(error) for errors in form.errors.values() for error in errors]
        if by_script(request):
            return JsonResponse({"errors": errors}, status=422)
        for error in errors:
            messages.error(request, error)
        if typed := request.POST.get("code"):
            messages.info(request, f"{heading(_('What you typed'))} {typed}")
        return redirect(_back(request, group, request.POST.get("note", "")))
    if takes:
        note, said = form.save(group=group, by=request.user), _("The code is taken away.")
    else:
        coding = form.save(by=request.user)
        note, said = coding.note, _("“%(code)s” is put on the note.") % {"code": coding.code}
    if by_script(request):
        return JsonResponse({"said": said, **_as_it_stands(request, group, note)})
    return redirect(_back(request, group, note.uuid if note else ""))


def _as_it_stands(request, group, note):
    if note is None:
        return {"html": "", "codes": []}
    note = Note.objects.select_related("question", "seat__participant").get(pk=note.pk)
    everybody = request.GET.get("codes") == "all"
    codings = _codings([note.pk], request.user, everybody=everybody)
    context = {"group": group, "row": row(note, codings[note.pk], request.user), "everybody": everybody}
    return {
        "html": render_to_string("focusgroups/_coded_note.html", context, request),
        "codes": list(Code.objects.filter(audit=group.audit).values_list("name", flat=True)),
    }


def _back(request, group, note):
    query = request.GET.urlencode()
    address = reverse("focusgroups:coding", args=[group.audit.slug, group.uuid])
    return f"{address}{'?' if query else ''}{query}{f'#note-{note}' if note else ''}"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@logged(Personal.NOTES)
def compare(request, audit, group):
    """Where those who coded the same note differ, side by side, each to be settled; and how far they agree."""
    group = get_group(request, audit, group)
    form = SettleForm(request.POST or None, group=group)
    if request.method == "POST":
        here = reverse("focusgroups:compare", args=[group.audit.slug, group.uuid])
        if form.is_valid():
            form.save(by=request.user)
            said = form.cleaned_data
            return redirect(f"{here}#pair-{said['note'].uuid}-{said['code'].uuid}")
        for errors in form.errors.values():
            messages.error(request, errors[0])
        return redirect(here)
    found = counted(group.audit, group)
    by_pair, coders = defaultdict(list), {}
    for coding in codings_in(group.audit, group).select_related("coder", "code", "note__question"):
        by_pair[coding.note_id, coding.code_id].append(coding)
        coders[coding.coder_id] = coding.coder
    differing = [pair for pair in found.pairs if pair.standing in (Standing.OPEN, Standing.KEPT, Standing.LEFT)]
    share = agreement(found.pairs)
    context = {
        "here": KEY,
        "group": group,
        "coders": list(coders.values()),
        "agreement": None if share is None else round(share * 100),
        "compared": sum(pair.compared for pair in found.pairs),
        "agreed": sum(pair.standing is Standing.AGREED for pair in found.pairs),
        "open": sum(pair.standing is Standing.OPEN for pair in differing),
        "differences": [
            {
                "note": by_pair[pair.note, pair.code][0].note,
                "code": by_pair[pair.note, pair.code][0].code,
                "passages": by_pair[pair.note, pair.code],
                "without": [coders[coder] for coder in pair.others],
                "standing": pair.standing.value,
            }
            for pair in differing
        ],
    }
    return render(request, "focusgroups/compare.html", context)
