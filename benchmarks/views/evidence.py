"""Evidence of a judgement: adding, changing, deleting a piece."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from audits.models import StaleError
from audits.permissions import Ability
from audits.views import saving

from .. import actions
from ..forms.evidence import EvidenceForm
from ..models import Evidence
from .assessments import HERE, writing
from .judging import Screen, get_factor, get_judgement, refusal


def _place(screen):
    return f"{screen.judgement.get_absolute_url()}#evidence"


def _form(request, screen, *, evidence=None, link=None, initial=None):
    """The form, empty or sent; searching the sources only narrows them and saves nothing. What is searched from a page
    that somebody else has overtaken stays on the version of that page.
    """
    given = {
        "audit": screen.row.assessment.audit,
        "user": request.user,
        "host": request.get_host(),
        "questions": screen.questions.items(),
        "link": link,
        "refused": refusal(screen.row),
        "search": request.POST.get("search", ""),
    }
    if request.method == "POST" and "find" in request.POST:
        form = EvidenceForm(instance=evidence, initial=request.POST.dict(), **given)
        form.initial |= {name: request.POST.get(name, "") for name in ("version", "shown")}
        return form, given
    data = request.POST if request.method == "POST" else None
    return EvidenceForm(data, instance=evidence, initial=initial, **given), given


def _page(request, screen, form, evidence=None):
    context = {
        "here": HERE,
        "screen": screen,
        "assessment": screen.row.assessment,
        "assessed": screen.row,
        "judgement": screen.judgement,
        "form": form,
        "evidence": evidence,
        "searched": request.POST.get("search", "") if "find" in request.POST else "",
        "back": _place(screen),
        "here_again": request.get_full_path(),
    }
    return render(request, "benchmarks/evidence_form.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def evidence_create(request, audit, assessment, factor):
    """A new piece; `?scheme=` names the judgement, `?question=` the guide question, `?kind=` the kind."""
    row = get_factor(request, audit, assessment, factor, Ability.WRITE_RESEARCH)
    judgement = get_judgement(request, row)
    screen = Screen(request, row, judgement)
    if judgement is None:
        return _gone(request, screen, _("The evidence"))
    with writing(request, row.assessment):
        initial = {name: request.GET[name] for name in ("kind", "question") if name in request.GET}
        form, given = _form(request, screen, initial=initial)
        if form.is_bound and form.is_valid():
            fields = {name: form.cleaned_data[name] for name in (*form.Meta.fields, "uuid")}
            try:
                actions.add_evidence(judgement=judgement, source=form.chosen(), by=request.user, **fields)
            except StaleError as stale:
                return _added_before(request, form, stale.current, given)
            messages.success(request, _("The evidence is added."))
            return redirect(f"{judgement.get_absolute_url()}{saving.SAVED}")
    return _page(request, screen, form)


def _added_before(request, form, standing, given):
    """The same form with other words: both are shown, and his own can be saved as a change of what it made."""
    row = standing.judgement.assessed
    args = [row.assessment.audit.slug, row.assessment.uuid, row.uuid, standing.uuid]
    again = given | {"link": standing.links.first()}
    edit = reverse("benchmarks:evidence-edit", args=args)
    return saving.conflict(request, form, standing, name=standing.title, here=HERE, action=edit, again=again)


def _gone(request, screen, name):
    """What was to be written on is deleted: what was typed comes back. Nothing typed, nothing found."""
    if request.method != "POST":
        raise Http404
    form, _given = _form(request, screen)
    form.is_valid()
    return saving.gone(request, form, name=name, here=HERE)


def _piece(request, audit, assessment, factor, evidence):
    """The piece, None where it was deleted; raises Http404 for one of somewhere else."""
    row = get_factor(request, audit, assessment, factor, Ability.WRITE_RESEARCH)
    piece = Evidence.objects.select_related("judgement__scheme", "question").filter(uuid=evidence).first()
    if piece is None:
        return None, Screen(request, row, None)
    if piece.judgement.assessed_id != row.pk:
        raise Http404
    piece.judgement.assessed = row
    return piece, Screen(request, row, piece.judgement)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def evidence_edit(request, audit, assessment, factor, evidence):
    piece, screen = _piece(request, audit, assessment, factor, evidence)
    if piece is None:
        return _gone(request, screen, _("The evidence"))
    with writing(request, screen.row.assessment):
        form, given = _form(request, screen, evidence=piece, link=piece.links.first())
        if form.is_bound:
            response = saving.saved(
                request,
                form,
                name=lambda: piece.title,
                here=HERE,
                after=piece.judgement.get_absolute_url(),
                again=given,
            )
            if response:
                return response
    return _page(request, screen, form, piece)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def evidence_delete(request, audit, assessment, factor, evidence):
    """Asks first; the source itself stays."""
    piece, screen = _piece(request, audit, assessment, factor, evidence)
    if piece is None:
        raise Http404
    refused = refusal(screen.row)
    if request.method == "POST":
        with actions.held(screen.row.assessment):
            refused = refusal(screen.row)
            if not refused:
                piece.delete()
                messages.success(request, _("“%(name)s” is deleted.") % {"name": piece.title})
                return redirect(_place(screen))
    context = {
        "here": HERE,
        "screen": screen,
        "assessment": screen.row.assessment,
        "assessed": screen.row,
        "evidence": piece,
        "back": _place(screen),
        "refused": refused,
    }
    return render(request, "benchmarks/evidence_delete.html", context)
