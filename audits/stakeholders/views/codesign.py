"""The plan of participation: the planner by stages of the policy cycle, the method cards, the plan as a PDF."""

from uuid import uuid4, uuid5

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from audits import printing
from audits.forms.fields import PrintForm
from audits.permissions import Ability, get_audit, may
from audits.views import files

from ..charts import time_line
from ..library import STAGE_EXAMPLES, guide_of
from ..planning import barrier_plans, lacking, stage_plans, working_lists
from ..printed import plan_document

KEY = "stakeholders"


@login_required
@require_safe
def plan(request, audit):
    """The stages with their steps, what is missing, how far checklists and outreach are, and the time line."""
    audit = get_audit(request, audit, Ability.SEE_RESULTS)
    guide = guide_of(audit, get_language())
    context = {"here": KEY, "guide": guide}
    if guide:
        plans = stage_plans(guide.plan, guide.stages, guide.tools)
        barriers = barrier_plans(guide)
        context |= {
            "stages": [
                {
                    "plan": one,
                    "tools": guide.tools_for(one.part),
                    "examples": guide.examples_at(STAGE_EXAMPLES.format(number=one.number)),
                }
                for one in plans
            ],
            "missing": lacking(audit, plans, writes=may(request.user, Ability.PLAN_PARTICIPATION, audit)),
            "lists": working_lists(guide),
            "barrier_count": len(barriers),
            "barriers_seen": sum(bool(barrier.entries) for barrier in barriers),
            "line": time_line(plans, timezone.localdate()),
        }
    return render(request, "stakeholders/codesign.html", context)


@login_required
@require_safe
def tools(request, audit):
    """The method cards, and the examples that the guide tells."""
    audit = get_audit(request, audit, Ability.SEE_RESULTS)
    guide = guide_of(audit, get_language())
    cards = [{"tool": tool, "stages": guide.stages_of(tool)} for tool in guide.tools] if guide else []
    return render(request, "stakeholders/codesign_tools.html", {"here": KEY, "guide": guide, "cards": cards})


def _owner(audit):
    """Whose printings these are: the audit's, and of this plan alone."""
    return uuid5(audit.uuid, "participation-plan")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan_pdf(request, audit):
    """Asks in which language, then makes the PDF."""
    audit = get_audit(request, audit, Ability.SEE_RESULTS)
    if guide_of(audit, audit.language) is None:
        raise Http404
    form = PrintForm(request.POST if request.method == "POST" else None, audit=audit)
    if request.method != "POST" or not form.is_valid():
        return render(request, "stakeholders/codesign_pdf.html", {"here": KEY, "form": form})
    language = form.cleaned_data["language"]
    # From a page that was gone back to, in another language, it is another file.
    key = uuid5(form.cleaned_data["uuid"] or uuid4(), language)
    made = printing.begin(_owner(audit), key, lambda: plan_document(audit, language))
    return redirect("stakeholders:codesign-print", audit.slug, made.key)


@login_required
@never_cache
@require_safe
def plan_print(request, audit, key):
    """How far the PDF is; the page asks again by itself until it is over."""
    audit = get_audit(request, audit, Ability.SEE_RESULTS)
    made = printing.find(_owner(audit), key)
    return render(request, "stakeholders/codesign_print.html", {"here": KEY, **files.how_far(made)})


@login_required
@never_cache
@require_safe
def plan_print_file(request, audit, key):
    audit = get_audit(request, audit, Ability.SEE_RESULTS)
    made = printing.find(_owner(audit), key)
    return files.printed(made, files.name_of(made, timezone.localdate(), audit.title))
