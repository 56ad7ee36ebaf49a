"""Measures: list, page, form. The development plan and the City Integration Agenda are two views on them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audits import methods
from audits.forms.versioned import save_merged
from audits.models import StaleError
from audits.permissions import Ability, get_audit, may
from audits.views import saving

from .. import actions
from ..evidence import reference_in, reference_of, shown, source_of
from ..forms import MeasureFilter, MeasureForm, ProgressForm
from ..method import KEY
from ..models import Measure
from ..plan import plan
from . import sources, texts


@login_required
@require_safe
def measure_list(request, audit):
    """All measures by area and due day, or by objective, narrowed; `?source=` shows those made from a source of a method."""
    audit = get_audit(request, audit, Ability.SEE_RESULTS)
    form = MeasureFilter(request.GET, audit=audit)
    measures = list(sources.narrow(request, form.narrow(audit.measures.with_sources())))
    source = sources.asked(request, audit)
    cuts = form.cuts or bool(source["asked"])
    context = {
        "here": KEY,
        "form": form,
        **source,
        "narrowed": cuts or form.in_use,
        "groups": [group for group in texts.by_area(measures, form.areas) if group.texts or not cuts],
        "objectives": plan(measures) if form.by_objective else None,
        "found": len(measures),
        "incomplete": sum(1 for measure in measures if measure.still_lacking),
        "overdue": sum(1 for measure in measures if measure.is_overdue),
        "moves": form.as_in_plan and not cuts,
        **texts.counts(audit),
    }
    return render(request, "agenda/measure_list.html", context)


@login_required
@require_safe
def measure_detail(request, audit, number):
    """One measure with what it was made from and its history."""
    audit = get_audit(request, audit, Ability.SEE_RESULTS)
    measure = get_object_or_404(audit.measures.select_related("recommendation", "changed_by"), number=number)
    return detail_page(request, measure)


def detail_page(request, measure, form=None, *, status=200):
    """The measure's page with a form for its progress, empty or with what is wrong in it."""
    writes = may(request.user, Ability.WRITE_MEASURES, measure.audit)
    context = {
        "here": KEY,
        "measure": measure,
        "evidence": shown(measure.evidence.all(), request.user),
        "history": measure.progress.select_related("by").order_by("-created_at", "-pk"),
        "form": form or ProgressForm(measure=measure, writes=writes),
        **texts.neighbours(measure.audit.measures, measure),
    }
    return render(request, "agenda/measure_detail.html", context, status=status)


def _made_from(request, audit):
    """Source, what it says and what it proposes; Nones where none is asked for, or where it cannot be read."""
    reference = reference_in(request.GET.get("source", ""))
    evidence = source_of(reference, audit, request.user)
    if evidence is None:
        return None, None, None
    return reference, evidence, methods.get(reference.app).measure_idea(reference, request.user)


def _source_gone(request, audit):
    """Keeps what somebody typed into a measure whose source was deleted meanwhile: it can be saved without it."""
    if request.method != "POST":
        raise Http404
    context = {"here": KEY, "form": MeasureForm.without_source(request.POST, audit=audit), "source_gone": True}
    return render(request, "agenda/measure_form.html", context, status=409)


def _proposed(request, audit, idea):
    """What a new measure begins with."""
    number = request.GET.get("recommendation", "")
    recommendation = audit.recommendations.filter(number=number).first() if number.isdecimal() else None
    if recommendation:
        return {"recommendation": recommendation, "area": recommendation.area, "title": recommendation.title[:200]}
    chosen = {"area": request.GET.get("area", "")}
    if idea:
        example = request.GET.get("example", "")
        chosen = {"area": idea.area, "objective": idea.objective}
        if example.isdecimal() and int(example) < len(idea.examples):
            chosen["inspired_by"] = ": ".join(filter(None, idea.examples[int(example)]))
    return chosen


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def measure_create(request, audit):
    """A new measure: made from a recommendation, from a source of a method, or freely. Sent twice it is written once."""
    audit = get_audit(request, audit, Ability.WRITE_MEASURES)
    reference, evidence, idea = _made_from(request, audit)
    if request.GET.get("source") and evidence is None:
        return _source_gone(request, audit)
    form = MeasureForm(
        request.POST if request.method == "POST" else None,
        audit=audit,
        idea=idea,
        initial=_proposed(request, audit, idea),
    )
    if request.method == "POST" and form.is_valid():
        source = reference and actions.EvidenceInput.of(reference, evidence)
        try:
            measure = actions.create_measure(audit=audit, by=request.user, evidence=source, **form.written())
        except StaleError as stale:
            # The form was sent before, with other words.
            action = reverse("agenda:measure-edit", args=[audit.slug, stale.current.number])
            return texts.conflict(request, form, stale.current, action=action)
        messages.success(request, _("%(code)s is saved.") % {"code": measure.code})
        if "another" in request.POST:
            return redirect(f"{request.get_full_path()}{texts.SAVED}")
        return redirect(f"{measure.get_absolute_url()}{texts.SAVED}")
    return render(request, "agenda/measure_form.html", {"here": KEY, "form": form, "evidence": evidence})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def measure_edit(request, audit, number):
    """Changes a measure, unless somebody else saved it meanwhile: then both texts are shown."""
    audit = get_audit(request, audit, Ability.WRITE_MEASURES)
    measure = audit.measures.filter(number=number).first()
    if measure is None:
        return _deleted(request, audit, number)
    idea = _idea(measure, request.user)
    form = MeasureForm(request.POST if request.method == "POST" else None, audit=audit, instance=measure, idea=idea)
    if request.method == "POST" and form.is_valid():
        try:
            _form, merged = save_merged(
                form,
                lambda one: actions.save_measure(
                    measure=one.instance, version=one.cleaned_data["version"], by=request.user
                ),
                audit=audit,
            )
        except StaleError as stale:
            if stale.current is None:
                return _deleted(request, audit, number)
            return texts.conflict(request, form, stale.current)
        saving.say_saved(request, measure.code, merged=merged)
        return redirect(f"{measure.get_absolute_url()}{texts.SAVED}")
    return render(request, "agenda/measure_form.html", {"here": KEY, "form": form, "measure": measure})


def _idea(measure, user):
    """What the source that the measure was made from proposes, if it was made from one."""
    for link in measure.evidence.all():
        method = methods.get(link.app)
        if method and (idea := method.measure_idea(reference_of(link), user)):
            return idea
    return None


def _deleted(request, audit, number):
    """Keeps what somebody typed into a measure that was deleted meanwhile: it can be saved as a new one."""
    if request.method != "POST" or not actions.number_was_given(audit, Measure, number):
        raise Http404
    context = {"here": KEY, "form": MeasureForm(request.POST, audit=audit), "deleted": f"{Measure.letter}{number}"}
    return render(request, "agenda/measure_form.html", context, status=409)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def measure_delete(request, audit, number):
    """Asks first, and says that dropping it would keep its history."""
    audit = get_audit(request, audit, Ability.WRITE_MEASURES)
    measure = get_object_or_404(audit.measures, number=number)
    if request.method == "POST":
        actions.delete_measure(measure=measure)
        messages.success(request, _("%(code)s is deleted.") % {"code": measure.code})
        return redirect("agenda:measure-list", audit.slug)
    context = {"here": KEY, "measure": measure, "entry_count": measure.progress.count()}
    return render(request, "agenda/measure_delete.html", context)


@login_required
@require_POST
def measure_move(request, audit, number):
    audit = get_audit(request, audit, Ability.WRITE_MEASURES)
    measure = get_object_or_404(audit.measures, number=number)
    return texts.moved(request, measure, "agenda:measure-list", query="?order=plan")
