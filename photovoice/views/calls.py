"""Who of the register is asked to a photo activity: for those who run photovoice."""

from django.contrib.auth.decorators import login_required
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from audits.enums import Personal
from audits.stakeholders.views.calls import CallPage
from audits.views.log import logged

from ..method import KEY
from ..permissions import get_activity


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@logged(Personal.STAKEHOLDERS)
def activity_calls(request, audit, activity):
    return _page(get_activity(request, audit, activity)).listed(request)


@login_required
@require_POST
def activity_call(request, audit, activity, call):
    return _page(get_activity(request, audit, activity)).answered(request, call)


def _page(activity):
    of = [activity.audit.slug, activity.uuid]
    return CallPage(
        audit=activity.audit,
        calls=activity.calls,
        page=reverse("photovoice:calls", args=of),
        row_url=lambda call: reverse("photovoice:call", args=[*of, call]),
        template="photovoice/activity_calls.html",
        context={"here": KEY, "activity": activity},
    )
