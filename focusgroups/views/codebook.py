"""The codebook of an audit: its list, a code with its passages, merge, split, delete, and its files.

Who sees results reads what the codes come to; passages, and who spoke, are for those who run the groups.
"""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from audits.agenda.models import EvidenceLink
from audits.enums import Act, Area, Personal, StakeholderGroup
from audits.models import Audit
from audits.permissions import Ability, get_audit, may
from audits.spreadsheet import XLSX
from audits.views import saving
from audits.views.log import logged, note_access

from .. import exports, quotations
from ..actions import coding as actions
from ..codebook import codings_in, counted
from ..evidence import CODE, KEY
from ..forms.coding import CodeForm, MergeForm, SplitForm
from ..models import Code, QuestionSummary


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def code_list(request, audit):
    """All codes with their counts by area; a form for a new one."""
    posted = request.method == "POST"
    audit = get_audit(request, audit, Ability.RUN_GROUPS if posted else Ability.SEE_RESULTS)
    form = CodeForm(request.POST if posted else None, audit=audit)
    if posted and form.is_valid() and (made := form.create(by=request.user)):
        messages.success(request, _("“%(name)s” is in the codebook.") % {"name": made})
        return redirect("focusgroups:codebook", audit.slug)
    found = counted(audit)
    codes = []
    for code in Code.objects.filter(audit=audit):
        # All are of this audit: their addresses need no query of their own.
        code.audit = audit
        counts = found.of(code)
        codes.append((code, counts, [(area, counts.areas[area]) for area in Area]))
    context = {"here": KEY, "form": form, "codes": codes, "areas": list(Area), "undecided": found.undecided}
    return render(request, "focusgroups/codebook.html", context, status=422 if form.errors else 200)


def _code(audit: Audit, code) -> Code:
    found = get_object_or_404(Code.objects.filter(audit=audit), uuid=code)
    found.audit = audit
    return found


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def code_detail(request, audit, code):
    """What a code means and comes to, and what was said under it; those who run the groups rename it here."""
    posted = request.method == "POST"
    audit = get_audit(request, audit, Ability.RUN_GROUPS if posted else Ability.SEE_RESULTS)
    runs = may(request.user, Ability.RUN_GROUPS, audit)
    if posted and not Code.objects.filter(uuid=code).exists():
        return saving.gone(request, CodeForm(request.POST, audit=audit), name=_("The code"), here=KEY)
    code = _code(audit, code)
    found = counted(audit)
    counts = found.of(code)
    title = code.name
    form = CodeForm(request.POST if posted else None, instance=code, audit=audit) if runs else None
    if form:
        try:
            done = saving.saved(
                request, form, name=title, here=KEY, after=code.get_absolute_url(), again={"audit": audit}
            )
        except actions.NameTakenError:
            # Taken since the form was checked: checked again it says so.
            form = CodeForm(request.POST, instance=code, audit=audit)
            form.is_valid()
            done = None
        if done:
            return done
    context = {
        "here": KEY,
        "code": code,
        "title": title,
        "form": form,
        "counts": counts,
        "areas": [(area, counts.areas[area]) for area in Area if counts.areas[area]],
        "questions": counts.questions.most_common(),
        "speakers": _speakers(counts) if runs else (),
        **_said(code, found, raw=runs),
    }
    if runs and not posted:
        note_access(request, Personal.NOTES)
    return render(request, "focusgroups/code.html", context)


def _speakers(counts):
    names = dict(StakeholderGroup.choices)
    return [
        (names.get(group) or _("Nobody noted who spoke"), number) for group, number in counts.speakers.most_common()
    ]


def _said(code, found, *, raw):
    """The passages of a code: all for those who run the groups, else those that count and may be quoted, each with the
    family."""
    passages = codings_in(code.audit).filter(code=code).select_related("note__question", "note__group")
    if raw:
        return {"passages": passages}
    counting = [note for note, of in found.counting if of == code.pk]
    notes = {note.pk: note for note in quotations.quotable(code.audit).filter(pk__in=counting)}
    passages = passages.filter(note__in=notes)
    # Two coders may have marked the same words.
    quotes = {passage.words: quotations.family_of(notes[passage.note_id]) for passage in passages if passage.words}
    return {"quotes": [(quote, family.label) for quote, family in quotes.items()]}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def code_merge(request, audit, code):
    audit = get_audit(request, audit, Ability.RUN_GROUPS)
    code = _code(audit, code)
    form = MergeForm(request.POST if request.method == "POST" else None, code=code)
    if request.method == "POST" and form.is_valid():
        into = form.cleaned_data["into"]
        actions.merge_codes(code=code, into=into)
        messages.success(request, _("“%(name)s” is now part of “%(into)s”.") % {"name": code, "into": into})
        return redirect("focusgroups:code", audit.slug, into.uuid)
    context = {"here": KEY, "code": code, "form": form, "passages": codings_in(audit).filter(code=code).count()}
    return render(request, "focusgroups/code_merge.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@logged(Personal.NOTES)
def code_split(request, audit, code):
    audit = get_audit(request, audit, Ability.RUN_GROUPS)
    code = _code(audit, code)
    form = SplitForm(request.POST if request.method == "POST" else None, code=code)
    if request.method == "POST" and form.is_valid() and (made := form.create(by=request.user)):
        messages.success(request, _("“%(name)s” is a code of its own.") % {"name": made})
        return redirect("focusgroups:code", audit.slug, made.uuid)
    return render(
        request,
        "focusgroups/code_split.html",
        {"here": KEY, "code": code, "form": form},
        status=422 if form.errors else 200,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def code_delete(request, audit, code):
    """Asks first, and says what hangs on the code."""
    audit = get_audit(request, audit, Ability.RUN_GROUPS)
    code = _code(audit, code)
    if request.method == "POST":
        actions.delete_code(code=code)
        messages.success(request, _("“%(name)s” is deleted.") % {"name": code})
        return redirect("focusgroups:codebook", audit.slug)
    context = {
        "here": KEY,
        "code": code,
        "passages": codings_in(audit).filter(code=code).count(),
        "summaries": QuestionSummary.objects.filter(codes=code).count(),
        "links": EvidenceLink.objects.filter(app=KEY, type=CODE, source=code.uuid).count(),
    }
    return render(request, "focusgroups/code_delete.html", context)


@login_required
@never_cache
@require_safe
@logged(Personal.NOTES, Act.EXPORTED)
def codes_export(request, audit):
    """Codebook and coded passages as XLSX, for those who run the groups."""
    audit = get_audit(request, audit, Ability.RUN_GROUPS)
    return _file(exports.xlsx(audit), XLSX, f"{audit.slug}-codes.xlsx")


@login_required
@never_cache
@require_safe
def codebook_qdc(request, audit):
    """The codebook as other programs for qualitative analysis read it (REFI-QDA)."""
    audit = get_audit(request, audit, Ability.SEE_RESULTS)
    codes = list(Code.objects.filter(audit=audit))
    if not codes:
        # The format knows no codebook without a code.
        messages.error(request, _("There is no code yet, so there is nothing to hand on."))
        return redirect("focusgroups:codebook", audit.slug)
    return _file(exports.qdc(codes), "application/xml", f"{audit.slug}.qdc")


def _file(content, media_type, name):
    response = HttpResponse(
        content, content_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
