"""Steps of participation and outreach: two kinds of entries of the plan, written, read and deleted in the same way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from audits.models import StaleError
from audits.permissions import Ability, get_audit, may
from audits.views import saving

from ..actions import codesign as actions
from ..forms.codesign import OutreachForm, StepForm
from ..library import guide_of
from ..models import Outreach, ParticipationStep
from .codesign import KEY


@dataclass(frozen=True)
class Kind:
    """A kind of entry: `name` is that of its addresses, `above` the page on which its entries stand, `called` the field
    by which an entry is called."""

    model: type[ParticipationStep] | type[Outreach]
    form: type[StepForm] | type[OutreachForm]
    create: Callable[..., Any]
    name: str
    above: str
    called: str
    adding: Any
    deleting: Any
    related: tuple[str, ...]


STEP = Kind(
    ParticipationStep,
    StepForm,
    actions.create_step,
    "step",
    "codesign",
    "title",
    gettext_lazy("Add a step of participation"),
    gettext_lazy("Delete the step"),
    ("stage", "tool", "changed_by"),
)
OUTREACH = Kind(
    Outreach,
    OutreachForm,
    actions.create_outreach,
    "outreach",
    "outreach-list",
    "missing",
    gettext_lazy("Add to the outreach plan"),
    gettext_lazy("Delete from the outreach plan"),
    ("barrier", "changed_by"),
)


def _guide_or_404(audit):
    guide = guide_of(audit, get_language())
    if guide is None:
        raise Http404
    return guide


def _page(request, kind, form, **more):
    """The page with the form, of a new entry where `entry` is not given."""
    back = reverse(f"stakeholders:{kind.above}", args=[request.audit.slug])
    context = {"here": KEY, "kind": kind, "form": form, "back": back, **more}
    return render(request, "stakeholders/codesign_form.html", context)


def _create(request, audit, kind):
    audit = get_audit(request, audit, Ability.PLAN_PARTICIPATION)
    guide = _guide_or_404(audit)
    again = {"guide": guide, "audit": audit}
    data = request.POST if request.method == "POST" else None
    form = kind.form(data, initial=kind.form.preset(guide, request.GET), **again)
    if data is None or not form.is_valid():
        return _page(request, kind, form)
    try:
        entry = kind.create(audit=audit, by=request.user, **form.cleaned_data)
    except StaleError as stale:
        # The form was sent before and has changed since: both are shown.
        return saving.conflict(
            request,
            form,
            stale.current,
            name=str(stale.current),
            here=KEY,
            action=stale.current.get_absolute_url(),
            again=again,
        )
    messages.success(request, _("%(name)s is saved.") % {"name": entry})
    if "another" in request.POST:
        return redirect(request.get_full_path() + saving.SAVED)
    return redirect(reverse(f"stakeholders:{kind.above}", args=[audit.slug]) + saving.SAVED)


def _detail(request, audit, uuid, kind):
    """A form for those who plan, a page to read for the others."""
    writing = request.method == "POST"
    audit = get_audit(request, audit, Ability.PLAN_PARTICIPATION if writing else Ability.SEE_RESULTS)
    guide = _guide_or_404(audit)
    again = {"guide": guide, "audit": audit}
    entry = kind.model.objects.filter(plan__audit=audit, uuid=uuid).select_related(*kind.related).first()
    if entry is None:
        if not writing or kind.model.objects.filter(uuid=uuid).exists():
            raise Http404
        form = kind.form(request.POST, **again)
        return saving.gone(request, form, name=form[kind.called].value(), here=KEY)
    if not may(request.user, Ability.PLAN_PARTICIPATION, audit):
        parts = {part.row: part for part in (*guide.stages, *guide.tools, *guide.barriers, *guide.tips)}
        context = {"here": KEY, "kind": kind, "entry": entry, **_read(kind, entry, parts)}
        return render(request, f"stakeholders/{kind.name}_read.html", context)
    entry.plan.audit = audit
    name = str(entry)
    form = kind.form(request.POST if writing else None, instance=entry, **again)
    after = reverse(f"stakeholders:{kind.above}", args=[audit.slug])
    done = saving.saved(request, form, name=name, here=KEY, after=after, again=again)
    return done or _page(request, kind, form, entry=entry, name=name)


def _read(kind, entry, parts):
    """The parts of the guide that an entry names, in the reader's language."""
    if kind is STEP:
        return {"stage": parts[entry.stage], "tool": parts.get(entry.tool), "stakeholders": entry.stakeholders.all()}
    return {"barrier": parts[entry.barrier], "tips": [parts[tip] for tip in entry.tips.all()]}


def _delete(request, audit, uuid, kind):
    audit = get_audit(request, audit, Ability.PLAN_PARTICIPATION)
    entry = get_object_or_404(kind.model, plan__audit=audit, uuid=uuid)
    if request.method == "POST":
        entry.delete()
        messages.success(request, _("%(name)s is deleted.") % {"name": entry})
        return redirect(f"stakeholders:{kind.above}", audit.slug)
    entry.plan.audit = audit
    return render(request, "stakeholders/codesign_delete.html", {"here": KEY, "kind": kind, "entry": entry})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def step_create(request, audit):
    """A new step; `?stage=` and `?tool=` are chosen beforehand."""
    return _create(request, audit, STEP)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def step(request, audit, step):
    return _detail(request, audit, step, STEP)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def step_delete(request, audit, step):
    return _delete(request, audit, step, STEP)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def outreach_create(request, audit):
    """A new entry of the outreach plan; `?barrier=` is chosen beforehand, `?nobody` says that it keeps nobody away."""
    return _create(request, audit, OUTREACH)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def outreach(request, audit, outreach):
    return _detail(request, audit, outreach, OUTREACH)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def outreach_delete(request, audit, outreach):
    return _delete(request, audit, outreach, OUTREACH)
