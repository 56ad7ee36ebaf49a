from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from audits.permissions import Ability, get_audit, may
from audits.views import saving
from reports.document.html import render_chart

from .. import actions, overview
from .. import governance as found
from ..forms.questions import GovernanceForm
from ..method import KEY
from ..models import Research, guide_for_new


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def governance(request, audit):
    """Who decides, who delivers, who is consulted; and what is strong and weak in it, which saves by itself."""
    audit = get_audit(request, audit, Ability.WRITE_RESEARCH if request.method == "POST" else Ability.SEE_RESULTS)
    form = _form(request, audit) if may(request.user, Ability.WRITE_RESEARCH, audit) else None
    if form:
        after = reverse("deskresearch:governance", args=[audit.slug])
        if answer := saving.saved(request, form, name=_("The governance model"), here=KEY, after=after):
            return answer
    institutions = list(audit.institutions.in_order())
    partnerships = list(audit.partnerships.prefetch_related("institutions"))
    context = {
        "here": KEY,
        "form": form,
        "research": None if form else overview.research_of(audit),
        "levels": found.levels(institutions, partnerships),
        "diagram": institutions
        and render_chart("governance.html", {"block": found.diagram(institutions, partnerships)}),
    }
    return render(request, "deskresearch/governance.html", context)


def _form(request, audit):
    """Reading begins no research, writing does; None where there is no guide that it could follow."""
    if request.method != "POST":
        research = overview.research_of(audit)
        if research is None and guide_for_new() is None:
            return None
        return GovernanceForm(instance=research or Research(audit=audit))
    try:
        return GovernanceForm(request.POST, instance=actions.research_of(audit=audit))
    except actions.NoGuideError:
        raise Http404 from None
