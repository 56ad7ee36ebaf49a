"""The audit's city plans, on which places are marked."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, ProtectedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from audits.actions.plans import add_plan, remove_plan
from audits.forms.plans import PlanForm
from audits.models import CityPlan
from audits.permissions import Ability, get_audit

READ = ["GET", "HEAD", "POST"]


@login_required
@require_safe
def plan_list(request: HttpRequest, audit: str) -> HttpResponse:
    """All plans, each with how many places are marked on it."""
    found = get_audit(request, audit, Ability.RUN_GROUPS)
    plans = found.plans.select_related("picture").annotate(places=Count("hot_spots"))
    return render(request, "focusgroups/plan_list.html", {"here": "focusgroups", "plans": plans})


@login_required
@require_http_methods(READ)
def plan_create(request: HttpRequest, audit: str) -> HttpResponse:
    """Uploads a plan."""
    found = get_audit(request, audit, Ability.RUN_GROUPS)
    form = PlanForm(request.POST or None, request.FILES or None, instance=CityPlan(audit=found))
    if form.is_valid():
        said = form.cleaned_data
        plan = add_plan(audit=found, title=said["title"], source=said["source"], picture=said["picture"])
        messages.success(request, _("“%(name)s” is there to be marked.") % {"name": plan.title})
        return redirect("focusgroups:plan-list", audit)
    return render(request, "focusgroups/plan_form.html", {"here": "focusgroups", "form": form})


@login_required
@require_http_methods(READ)
def plan_delete(request: HttpRequest, audit: str, plan: uuid.UUID) -> HttpResponse:
    """Asks, then deletes a plan; one on which something is marked stays."""
    found = get_audit(request, audit, Ability.RUN_GROUPS)
    row = get_object_or_404(found.plans.select_related("picture"), uuid=plan)
    if request.method == "POST":
        try:
            remove_plan(plan=row)
        except ProtectedError:
            messages.error(request, _("Places are marked on “%(name)s”. Delete them first.") % {"name": row.title})
        else:
            messages.success(request, _("“%(name)s” is deleted.") % {"name": row.title})
        return redirect("focusgroups:plan-list", audit)
    return render(request, "focusgroups/plan_delete.html", {"here": "focusgroups", "plan": row})
