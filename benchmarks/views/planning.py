"""What is decided of an assessment beforehand: factors in scope, people, neighbourhoods, version of the benchmark."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from audits.permissions import Ability
from audits.views.saving import SAVED

from .. import actions
from ..forms.assessments import SchemesForm, ScopeForm, people_who_judge
from ..results import result_of
from .assessments import HERE, _by_uuid, get_assessment, read_only, writing


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assessment_scope(request, audit, assessment):
    """Factors in scope, who judges each and by when, in one table."""
    assessment = get_assessment(request, audit, assessment, Ability.WRITE_RESEARCH)
    if response := read_only(request, assessment):
        return response
    with writing(request, assessment):
        result = result_of(assessment, get_language())
        factors = sorted((*result.factors, *result.out_of_scope), key=lambda one: one.assessed.factor.position)
        form = ScopeForm(
            request.POST if request.method == "POST" else None,
            factors=[(one.assessed, one.name) for one in factors],
            people=people_who_judge(assessment.audit),
            open=assessment.is_open,
        )
        if request.method == "POST" and form.is_valid():
            changed = actions.save_scope(assessment=assessment, changes=form.changes())
            text = ngettext("%(count)s key factor is changed.", "%(count)s key factors are changed.", changed)
            messages.success(request, text % {"count": changed})
            return redirect(f"{assessment.get_absolute_url()}{SAVED}")
    context = {
        "here": HERE,
        "assessment": assessment,
        "form": form,
        "held": {one.assessed.pk for one in factors if one.holds_something},
        "result": result,
        "per_scheme": [one for one in factors if one.per_scheme],
    }
    return render(request, "benchmarks/assessment_scope.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assessment_schemes(request, audit, assessment):
    """The neighbourhoods and participation schemes for which the neighbourhood factors are judged."""
    assessment = get_assessment(request, audit, assessment, Ability.WRITE_RESEARCH)
    if response := read_only(request, assessment):
        return response
    with writing(request, assessment):
        form = SchemesForm(request.POST if request.method == "POST" else None, assessment=assessment)
        if request.method == "POST" and form.is_valid():
            actions.save_schemes(
                assessment=assessment, changes=form.changes(), added=form.added(), removed=form.removed()
            )
            messages.success(request, _("The neighbourhoods and schemes are saved."))
            after = request.path if "more" in request.POST else assessment.get_absolute_url()
            return redirect(f"{after}{SAVED}")
    return render(request, "benchmarks/assessment_schemes.html", {"here": HERE, "assessment": assessment, "form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assessment_move(request, audit, assessment):
    """To another version of the benchmark: shows what is found there by code, and moves."""
    assessment = get_assessment(request, audit, assessment, Ability.WRITE_RESEARCH)
    others = list(actions.other_versions(assessment))
    wanted = request.POST.get("to") if request.method == "POST" else request.GET.get("to")
    target = next((one for one in others if str(one.uuid) == wanted), None)
    if request.method == "POST" and target and _moved(request, assessment, target):
        return redirect(assessment)
    if request.method == "POST" and _by_uuid(type(assessment.benchmark).objects.all(), wanted) == assessment.benchmark:
        # Sent twice.
        return redirect(assessment)
    target = target or actions.newer_version(assessment) or (others[0] if others else None)
    context = {
        "here": HERE,
        "assessment": assessment,
        "others": others,
        "target": target,
        "keys": actions.keys_of(assessment, target) if target else None,
        "refused": request.method == "POST",
    }
    return render(request, "benchmarks/assessment_move.html", context, status=409 if context["refused"] else 200)


def _moved(request, assessment, target):
    """Moves it and says so; False where it is closed."""
    try:
        actions.move(assessment=assessment, to=target, by=request.user)
    except actions.ClosedError:
        return False
    messages.success(
        request, _("“%(name)s” now uses version %(version)s.") % {"name": assessment, "version": target.version}
    )
    return True
