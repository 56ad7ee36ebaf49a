"""Who of the register is asked to a walk: for those who run walks."""

from django.contrib.auth.decorators import login_required
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from audits.enums import Personal
from audits.stakeholders.views.calls import CallPage
from audits.views.log import logged

from ..permissions import get_walk


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@logged(Personal.STAKEHOLDERS)
def walk_calls(request, audit, walk):
    return _page(get_walk(request, audit, walk)).listed(request)


@login_required
@require_POST
def walk_call(request, audit, walk, call):
    return _page(get_walk(request, audit, walk)).answered(request, call)


def _page(walk):
    of = [walk.audit.slug, walk.uuid]
    return CallPage(
        audit=walk.audit,
        calls=walk.calls,
        page=reverse("checklists:walk-calls", args=of),
        row_url=lambda call: reverse("checklists:walk-call", args=[*of, call]),
        template="checklists/walk_calls.html",
        context={"here": "checklists", "walk": walk},
    )
