"""What is worked through by the guide: the checklists point by point, the outreach plan barrier by barrier."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from audits.permissions import Ability, get_audit, may
from audits.views import saving

from ..actions import codesign as actions
from ..enums import PointState
from ..forms.codesign import PointFilter, PointForm
from ..library import OUTREACH_EXAMPLES, guide_of
from ..planning import barrier_plans, working_lists
from .codesign import KEY


@login_required
@require_safe
def checklists(request, audit):
    """All points with a form each for those who plan; narrowed by what is waiting and by who does it."""
    audit = get_audit(request, audit, Ability.SEE_RESULTS)
    guide = guide_of(audit, get_language())
    filter_form = PointFilter(request.GET)
    filter_form.is_valid()
    writes = may(request.user, Ability.PLAN_PARTICIPATION, audit)
    lists = [
        {
            "list": one,
            "points": [
                {"point": point, "form": PointForm(instance=point.row) if writes else None}
                for point in one.points
                if filter_form.keeps(point)
            ],
        }
        for one in (working_lists(guide) if guide else ())
    ]
    context = {
        "here": KEY,
        "guide": guide,
        "filter": filter_form,
        "lists": lists,
        "found": sum(len(one["points"]) for one in lists),
        "total": sum(len(one["list"].points) for one in lists),
    }
    return render(request, "stakeholders/codesign_checklists.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def point(request, audit, item):
    """One point by itself: saved from the page of the checklists, and shown where something in it is wrong."""
    audit = get_audit(request, audit, Ability.PLAN_PARTICIPATION)
    guide = guide_of(audit, get_language())
    lists = working_lists(guide) if guide else ()
    found = next((one for each in lists for one in each.points if one.part.row.uuid == item), None)
    if found is None:
        raise Http404
    posted = request.method == "POST"
    row = actions.point_of(audit=audit, item=found.part.row) if posted else found.row
    form = PointForm(request.POST if posted else None, instance=row)
    after = reverse("stakeholders:codesign-checklists", args=[audit.slug])
    if done := saving.saved(request, form, name=_("The point"), here=KEY, after=after):
        return done
    return render(request, "stakeholders/codesign_point.html", {"here": KEY, "point": found, "form": form})


@login_required
@require_safe
def outreach_list(request, audit):
    """The barriers, whom each keeps away, and what is done about it."""
    audit = get_audit(request, audit, Ability.SEE_RESULTS)
    guide = guide_of(audit, get_language())
    context = {"here": KEY, "guide": guide, "states": list(PointState)}
    if guide:
        tips = {tip.row.pk: tip for tip in guide.tips}
        context |= {
            "barriers": [
                {
                    "plan": one,
                    "entries": [
                        {"row": entry, "tips": [tips[tip.pk] for tip in entry.tips.all()]} for entry in one.entries
                    ],
                }
                for one in barrier_plans(guide)
            ],
            "examples": guide.examples_at(OUTREACH_EXAMPLES),
        }
    return render(request, "stakeholders/outreach_list.html", context)
