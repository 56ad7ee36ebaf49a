from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from audits.permissions import Ability, get_audit

from .. import method, overview


@login_required
@require_safe
def home(request, audit):
    """What the desk research is made of, how far each part is, and the one next step."""
    audit = get_audit(request, audit, Ability.SEE_RESULTS)
    figures = overview.figures_of(audit, request.user)
    progress = method.progress_of(figures, audit, request.user)
    guide = overview.guide_of(audit, get_language())
    keys = overview.asked_by(guide)
    context = {
        "here": method.KEY,
        "figures": figures,
        "progress": progress,
        "to_complete": list(method.to_complete(figures, audit)),
        "guide": guide,
        "with_gaps": sum(bool(overview.gaps(one, keys)) for one in audit.institutions.all()),
    }
    return render(request, "deskresearch/home.html", context)
