"""Hot spots of a session on the city's plans (toolkit, discussion guide, urban environment)."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from audits.models import CityPlan, StaleError
from audits.permissions import Ability
from audits.views import saving

from ..actions import hot_spots as actions
from ..evidence import KEY
from ..forms.hot_spots import HotSpotForm, PublishForm
from ..models import FocusGroup, HotSpot
from ..permissions import get_group

READ = ["GET", "HEAD", "POST"]


@login_required
@require_http_methods(READ)
def hot_spots(request: HttpRequest, audit: str, group: uuid.UUID) -> HttpResponse:
    """The places on one plan (`?plan=`), and a form for the next one."""
    found = get_group(request, audit, group)
    plans = list(found.audit.plans.select_related("picture"))
    plan = next((one for one in plans if str(one.uuid) == request.GET.get("plan")), next(iter(plans), None))
    form = HotSpotForm(request.POST or None) if plan else None
    if form and form.is_valid():
        try:
            spot = actions.mark(group=found, plan=plan, by=request.user, **form.cleaned_data)
        except StaleError as stale:
            here = stale.current.get_absolute_url()
            return saving.conflict(request, form, stale.current, name=stale.current.place, here=KEY, action=here)
        messages.success(request, _("“%(name)s” is marked.") % {"name": spot.place})
        return redirect(_address(spot) + saving.SAVED)
    context = {"plans": plans, "plan": plan, "spots": _numbered(found, plan), "form": form}
    return _page(request, found, "hot_spots.html", context)


@login_required
@require_http_methods(READ)
def hot_spot(request: HttpRequest, audit: str, group: uuid.UUID, spot: uuid.UUID) -> HttpResponse:
    """One place, to be corrected; the report may name it only after a new decision."""
    found = get_group(request, audit, group)
    if request.method == "POST" and not found.hot_spots.filter(uuid=spot).exists():
        return saving.gone(request, HotSpotForm(request.POST), name=_("The place"), here=KEY)
    found, row = _spot(request, audit, group, spot)
    form = HotSpotForm(request.POST or None, instance=row)
    if answer := saving.saved(request, form, name=lambda: row.place, here=KEY, after=lambda: _address(row)):
        return answer
    spots = _numbered(found, row.plan)
    number = next(number for number, one in spots if one.pk == row.pk)
    context = {"plan": row.plan, "spots": spots, "spot": row, "number": number, "form": form, "back_url": _address(row)}
    return _page(request, found, "hot_spot.html", context)


@login_required
@require_http_methods(READ)
def hot_spot_delete(request: HttpRequest, audit: str, group: uuid.UUID, spot: uuid.UUID) -> HttpResponse:
    """Asks, then deletes a place."""
    found, row = _spot(request, audit, group, spot)
    if request.method == "POST":
        row.delete()
        messages.success(request, _("“%(name)s” is deleted.") % {"name": row.place})
        return redirect(_address(row))
    return _page(request, found, "hot_spot_delete.html", {"spot": row, "back_url": _address(row)})


@login_required
@require_http_methods(READ)
def hot_spot_publish(request: HttpRequest, audit: str, group: uuid.UUID, spot: uuid.UUID) -> HttpResponse:
    """A coordinator decides whether the report may name the place, after a warning; or takes that back."""
    found, row = _spot(request, audit, group, spot, Ability.EDIT_AUDIT)
    form = PublishForm(request.POST if request.method == "POST" else None, initial={"version": row.version})
    if form.is_valid():
        wanted = form.cleaned_data["published"]
        try:
            actions.decide(spot=row, published=wanted, version=form.cleaned_data["version"], by=request.user)
        except StaleError:
            messages.warning(request, _("Somebody has changed the place meanwhile. Read it again, and decide."))
            return redirect(request.path)
        words = _("“%(name)s” may appear in the report.") if wanted else _("“%(name)s” stays out of the report.")
        messages.success(request, words % {"name": row.place})
        return redirect(_address(row))
    return _page(request, found, "hot_spot_publish.html", {"spot": row, "form": form, "back_url": _address(row)})


def _spot(
    request: HttpRequest, audit: str, group: uuid.UUID, spot: uuid.UUID, ability: Ability = Ability.RUN_GROUPS
) -> tuple[FocusGroup, HotSpot]:
    found = get_group(request, audit, group, ability)
    row = get_object_or_404(HotSpot.objects.select_related("plan__picture", "decided_by"), group=found, uuid=spot)
    row.group = found
    return found, row


def _numbered(group: FocusGroup, plan: CityPlan | None) -> list[tuple[int, HotSpot]]:
    spots = group.hot_spots.filter(plan=plan).select_related("decided_by") if plan else []
    return list(enumerate(spots, start=1))


def _address(spot: HotSpot) -> str:
    address = reverse("focusgroups:hot-spots", args=[spot.group.audit.slug, spot.group.uuid])
    return f"{address}?plan={spot.plan.uuid}"


def _page(request: HttpRequest, group: FocusGroup, template: str, context: dict) -> HttpResponse:
    return render(request, f"focusgroups/{template}", {"here": KEY, "group": group, **context})
