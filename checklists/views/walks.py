"""The walks of an audit: list, plan, page, state."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from audits.participation.posters import way_to
from audits.permissions import Ability, get_audit, may

from ..actions import scored_places
from ..enums import WalkState
from ..forms.walks import (
    PlaceFormSet,
    SourceForm,
    StateForm,
    WalkForm,
    arranged,
    copied_plan,
    place_rows,
    typed_plan,
    typed_rows,
)
from ..permissions import get_walk
from ..progress import turnout_of
from ..timetable import PARTICIPANTS, timetable_of


@login_required
@require_safe
def walk_list(request, audit):
    audit = get_audit(request, audit, Ability.SEE_RESULTS)
    walks = list(audit.walks.select_related("facilitator").prefetch_related("places"))
    turnout = turnout_of(walks)
    for walk in walks:
        walk.audit, walk.turnout = audit, turnout[walk.pk]
    results_in = any(count.sheets_in for count in turnout.values())
    return render(request, "checklists/walk_list.html", {"walks": walks, "results_in": results_in})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def walk_create(request, audit):
    audit = get_audit(request, audit, Ability.RUN_WALKS)
    asked = SourceForm(request.GET, audit=audit)
    if not asked.is_valid():
        raise Http404
    return _plan(request, audit, source=asked.cleaned_data["source"])


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def walk_edit(request, audit, walk):
    walk = get_walk(request, audit, walk)
    return _plan(request, walk.audit, walk=walk)


def _plan(request, audit, *, walk=None, source=None):
    """The form of a new or changed plan; `arrange` in a POST moves places or works out the times, saving nothing."""
    form = places = None
    if request.method == "POST" and "arrange" in request.POST:
        rows = arranged(typed_rows(request.POST), request.POST["arrange"])
        form = WalkForm(instance=walk, initial=typed_plan(request.POST), audit=audit)
    elif request.method == "POST":
        form, places = WalkForm(request.POST, instance=walk, audit=audit), PlaceFormSet(request.POST)
        # Not `and`: the page shows all there is to correct at once.
        if all([form.is_valid(), places.is_valid()]) and form.plan(places.places, by=request.user):
            messages.success(request, _("The plan of the walk “%(walk)s” is saved.") % {"walk": form.instance})
            return redirect(form.instance)
    else:
        rows = place_rows(walk or source, copied=source is not None)
        form = WalkForm(instance=walk, initial=None if walk else copied_plan(audit, source), audit=audit)
    return render(
        request,
        "checklists/walk_form.html",
        {
            "walk": walk,
            "source": source,
            "form": form,
            "formset": places or PlaceFormSet(initial=rows),
            "fixed": {str(place.uuid) for place in scored_places(walk)} if walk else set(),
            "times": form.times,
        },
    )


@login_required
@require_safe
def walk_detail(request, audit, walk):
    walk = get_walk(request, audit, walk, Ability.SEE_RESULTS)
    state = WalkState(walk.state)
    runs_walks = may(request.user, Ability.RUN_WALKS, walk.audit)
    least, most = PARTICIPANTS
    context = {
        "walk": walk,
        "state": state,
        "turnout": turnout_of([walk])[walk.pk],
        "times": timetable_of(walk),
        "places": walk.places.all(),
        "per_place": walk.per_place_sections.all(),
        "target_met": least <= walk.target <= most,
        "outside_audit": not walk.audit.starts_on <= walk.date <= walk.audit.ends_on,
        "events": walk.events.select_related("by") if runs_walks else [],
        "calls": walk.calls.counts() if runs_walks else None,
        "join": way_to(request, walk.join_code) if runs_walks else None,
    }
    return render(request, "checklists/walk_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def walk_state(request, audit, walk):
    walk = get_walk(request, audit, walk)
    turnout = turnout_of([walk])[walk.pk]
    form = StateForm(request.POST or None, walk=walk)
    if request.method == "POST" and form.is_valid() and (moved := form.move(by=request.user)):
        messages.success(
            request,
            _("The walk “%(walk)s” is now: %(state)s. %(explanation)s")
            % {
                "walk": walk,
                "state": moved.get_state_display().lower(),
                "explanation": WalkState(moved.state).explanation,
            },
        )
        return redirect(walk)
    state = WalkState(walk.state)
    context = {
        "walk": walk,
        "form": form,
        "state": state,
        "turnout": turnout,
        # A walk with answers cannot become a mere plan again.
        "back": [to for to in state.back if to != WalkState.PLANNED or not turnout.sheets_in],
    }
    return render(request, "checklists/walk_state.html", context)
