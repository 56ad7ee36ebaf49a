"""An assessment: beginning it, its page, what it says about itself, its end, its repeat."""

from contextlib import nullcontext
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audits import methods
from audits.forms.fields import SentOnceForm
from audits.instruments import translated
from audits.models import StaleError
from audits.permissions import Ability, get_audit, may
from audits.views import saving

from .. import actions
from ..enums import AssessmentKind
from ..forms.assessments import MIGRANT, AssessmentForm, NewAssessmentForm, StateForm
from ..models import Assessment, Benchmark, Evidence, Judgement
from ..results import result_of

HERE = "benchmarks"


def get_assessment(request, audit, assessment, ability=Ability.SEE_RESULTS) -> Assessment:
    """An assessment of the audit; 404 and 403 as `audits.permissions.get_audit` has them."""
    audit = get_audit(request, audit, ability)
    found = get_object_or_404(audit.assessments.with_benchmark().select_related("review"), uuid=assessment)
    found.audit = audit
    return found


def writing(request, assessment):
    """Holds the assessment while something that was sent is written; a page that is looked at holds nobody up."""
    return actions.held(assessment) if request.method == "POST" else nullcontext(assessment)


def read_only(request, assessment):
    """Leads from a page on which a closed assessment would be written back to it; None where it is open, or where
    something was sent: that comes back with the form.
    """
    if assessment.is_open or request.method == "POST":
        return None
    messages.info(request, _("This assessment is closed, so nothing of it changes. Open it again first."))
    return redirect(assessment)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assessment_create(request, audit):
    """Choose a benchmark (`?benchmark=`), then describe the assessment; the same form sent twice begins one."""
    audit = get_audit(request, audit, Ability.WRITE_RESEARCH)
    benchmark = _by_uuid(Benchmark.objects.current(), request.GET.get("benchmark"))
    if benchmark is None:
        benchmarks = list(Benchmark.objects.current().prefetch_related("factors"))
        texts = translated(benchmarks, get_language())
        context = {
            "here": HERE,
            "choices": [(one, texts.of(one)) for one in benchmarks],
            "not_found": "benchmark" in request.GET,
        }
        return render(request, "benchmarks/assessment_choose.html", context)
    form = NewAssessmentForm(
        request.POST if request.method == "POST" else None,
        audit=audit,
        benchmark=benchmark,
        initial=_proposed(request, audit, benchmark),
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.create_assessment(audit=audit, benchmark=benchmark, by=request.user, **form.cleaned_data)
        except StaleError as stale:
            edit = reverse("benchmarks:assessment-edit", args=[audit.slug, stale.current.uuid])
            name = str(stale.current)
            return saving.conflict(
                request, form, stale.current, name=name, here=HERE, action=edit, again={"audit": audit}
            )
        messages.success(request, _("“%(name)s” has begun.") % {"name": made})
        return redirect(f"{reverse('benchmarks:assessment-scope', args=[audit.slug, made.uuid])}{saving.SAVED}")
    context = {"here": HERE, "form": form, "benchmark": benchmark}
    return render(request, "benchmarks/assessment_form.html", context)


def _by_uuid(rows, text):
    """The row of this identifier, None where there is none or it is nonsense."""
    try:
        return rows.filter(uuid=text).first() if text else None
    except ValidationError:
        return None


def _proposed(request, audit, benchmark):
    """What a new assessment begins with: the benchmark's own definition of "migrant", the baseline of the address."""
    term = benchmark.terms.filter(key=MIGRANT).first()
    text = str(translated([term], get_language())[term, "definition"]) if term else ""
    return {
        "migrant_definition": text,
        "lead": request.user.pk,
        "baseline": _by_uuid(
            audit.assessments.repeatable().filter(benchmark__code=benchmark.code), request.GET.get("baseline")
        ),
        "kind": request.GET.get("kind") or AssessmentKind.INTERNAL,
    }


@login_required
@require_safe
def assessment_detail(request, audit, assessment):
    """All factors with judgement, evidence, who judges and by when; what is out of scope or left over, folded."""
    assessment = get_assessment(request, audit, assessment)
    result = result_of(assessment, get_language())
    context = {
        "here": HERE,
        "assessment": assessment,
        "result": result,
        "next": _next(result, request.user),
        "newer": actions.newer_version(assessment),
        "may_write": may(request.user, Ability.WRITE_RESEARCH, assessment.audit),
        "is_shared": actions.is_shared(assessment),
        "was_shared": actions.was_shared(assessment),
        "needs_schemes": bool(result.per_scheme) and not result.schemes,
        "repeats": list(assessment.repeats.all()),
        "repeat_uuid": uuid4(),
        "is_closed": not assessment.is_open,
        "others": actions.other_versions(assessment).exists(),
    }
    return render(request, "benchmarks/assessment_detail.html", context)


def _next(result, user):
    """The factor to judge next: the person's own ones first."""
    waiting = [one for one in result.factors if one.waits]
    own = [one for one in waiting if one.assessed.assignee_id == user.pk]
    return next(iter(own or waiting), None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assessment_edit(request, audit, assessment):
    """Title, definition of "migrant", people and days."""
    assessment = get_assessment(request, audit, assessment, Ability.WRITE_RESEARCH)
    if response := read_only(request, assessment):
        return response
    again = {"audit": assessment.audit}
    with writing(request, assessment):
        form = AssessmentForm(request.POST if request.method == "POST" else None, instance=assessment, **again)
        after = assessment.get_absolute_url()
        response = saving.saved(request, form, name=lambda: assessment.title, here=HERE, after=after, again=again)
    context = {"here": HERE, "form": form, "assessment": assessment, "benchmark": assessment.benchmark}
    return response or render(request, "benchmarks/assessment_form.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assessment_close(request, audit, assessment):
    """Closes the assessment, or opens it again; says before what is not judged yet."""
    assessment = get_assessment(request, audit, assessment, Ability.WRITE_RESEARCH)
    form = StateForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            if form.cleaned_data["wanted"] == "close":
                actions.close(assessment=assessment, by=request.user)
                messages.success(request, _("“%(name)s” is closed: it stands as it is.") % {"name": assessment})
            else:
                actions.reopen(assessment=assessment, by=request.user)
                messages.success(request, _("“%(name)s” is open again.") % {"name": assessment})
        except actions.SharedReviewError:
            messages.error(request, _("It is shared with the peers, who judge it as it stands. It stays closed."))
        return redirect(assessment)
    context = {
        "here": HERE,
        "assessment": assessment,
        "result": result_of(assessment, get_language()),
        "is_shared": actions.is_shared(assessment),
    }
    return render(request, "benchmarks/assessment_close.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assessment_delete(request, audit, assessment):
    """Asks first, and says what hangs on it."""
    assessment = get_assessment(request, audit, assessment, Ability.WRITE_RESEARCH)
    if request.method == "POST":
        try:
            actions.delete(assessment=assessment)
        except actions.SharedReviewError:
            messages.error(request, _("It was shared with the peers, so it is not deleted."))
            return redirect(assessment)
        messages.success(request, _("“%(name)s” is deleted.") % {"name": assessment})
        method = methods.get(HERE)
        return redirect(method.url(assessment.audit) if method else assessment.audit)
    judgements = Judgement.objects.filter(assessed__assessment=assessment)
    context = {
        "here": HERE,
        "assessment": assessment,
        "judged_count": judgements.exclude(verdict="not_judged").count(),
        "evidence_count": Evidence.objects.filter(judgement__in=judgements).count(),
        "repeats": list(assessment.repeats.all()),
        "was_shared": actions.was_shared(assessment),
        "review": getattr(assessment, "review", None),
    }
    return render(request, "benchmarks/assessment_delete.html", context)


@login_required
@require_POST
def assessment_repeat(request, audit, assessment):
    """Begins a repeat (`actions.version_of_repeat`), to be described on its own page."""
    assessment = get_assessment(request, audit, assessment, Ability.WRITE_RESEARCH)
    form = SentOnceForm(request.POST)
    try:
        made = actions.repeat(
            assessment=assessment,
            benchmark=actions.version_of_repeat(assessment),
            title=(_("%(name)s, repeated") % {"name": assessment.title})[:200],
            by=request.user,
            uuid=form.cleaned_data["uuid"] if form.is_valid() else None,
        )
    except actions.RepeatError as refused:
        if refused.standing:
            refused.standing.audit = assessment.audit
            messages.info(request, _("It is repeated already: this is the repeat."))
            return redirect(refused.standing)
        messages.error(request, _("Only an assessment that is closed, with something judged, can be repeated."))
        return redirect(assessment)
    except StaleError:
        messages.error(request, _("This page has begun another assessment already. Begin the repeat again."))
        return redirect(assessment)
    begun = _("The repeat has begun, with version %(version)s of the benchmark. Say what is other this time.")
    messages.success(request, begun % {"version": made.benchmark.version})
    return redirect("benchmarks:assessment-edit", assessment.audit.slug, made.uuid)
