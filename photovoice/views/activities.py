"""The photo activities of an audit: list, plan, page, state, words of the themes."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from audits.actions.versions import lock
from audits.forms.fields import SentOnceForm
from audits.instruments import translated
from audits.participation import occasions
from audits.participation.posters import way_to
from audits.permissions import Ability, get_audit, may
from audits.views import saving

from ..actions import delete_activity, kept_because
from ..advice import advice_on
from ..enums import ActivityKind, ActivityState
from ..forms.activities import ActivityForm, StateForm
from ..forms.themes import ThemeWordsForm
from ..method import KEY
from ..models import PhotovoiceGuide
from ..models.activity import FEWEST, USUAL
from ..permissions import get_activity
from ..progress import figures_of, with_late_words
from ..wording import themes_of


@login_required
@require_safe
def activity_list(request, audit):
    """All activities by their beginning, with how many people and photos they have."""
    audit = get_audit(request, audit, Ability.SEE_RESULTS)
    activities = list(audit.photo_activities.all())
    figures = figures_of(activities)
    for activity in activities:
        activity.audit, activity.figures = audit, figures[activity.pk]
    context = {
        "here": KEY,
        "activities": activities,
        "has_guide": bool(activities) or PhotovoiceGuide.objects.current().exists(),
    }
    return render(request, "photovoice/activity_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def activity_create(request, audit):
    """A new activity; the same form sent twice makes one."""
    audit = get_audit(request, audit, Ability.RUN_PHOTOVOICE)
    if not PhotovoiceGuide.objects.current().exists():
        return render(request, "photovoice/no_guide.html", {"here": KEY})
    sent = SentOnceForm(request.POST)
    if sent.is_valid() and (made := audit.photo_activities.filter(uuid=sent.cleaned_data["uuid"]).first()):
        return redirect(made)
    form = ActivityForm(request.POST if request.method == "POST" else None, audit=audit)
    if form.is_bound and form.is_valid() and form.plan(by=request.user):
        messages.success(request, _("The plan of “%(activity)s” is saved.") % {"activity": form.instance})
        return redirect(form.instance)
    return render(request, "photovoice/activity_form.html", {"here": KEY, "form": form, "name": ""})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def activity_edit(request, audit, activity):
    """Changes a plan, unless somebody else saved it meanwhile: then both are shown."""
    activity = get_activity(request, audit, activity)
    name, again = activity.title, {"audit": activity.audit}
    form = ActivityForm(request.POST if request.method == "POST" else None, instance=activity, **again)
    try:
        answer = saving.saved(request, form, name=name, here=KEY, after=activity.get_absolute_url, again=again)
    except ValidationError as error:
        form.refuse(error)
        answer = None
    context = {"here": KEY, "form": form, "activity": activity, "name": name}
    return answer or render(request, "photovoice/activity_form.html", context)


@login_required
@require_safe
def activity_detail(request, audit, activity):
    """The plan and how far it is; to those who run photovoice also the way to join, and what happened when."""
    activity = get_activity(request, audit, activity, Ability.SEE_RESULTS)
    runs = may(request.user, Ability.RUN_PHOTOVOICE, activity.audit)
    context = {
        "here": KEY,
        "activity": activity,
        "state": ActivityState(activity.state),
        "window": ActivityKind(activity.kind).has_window,
        "figures": figures_of([activity])[activity.pk],
        "fewest": FEWEST,
        "usual": USUAL,
        "themes": themes_of(activity, get_language()),
    }
    if runs:
        options = list(activity.upload_options.all())
        for option in options:
            option.guide = activity.guide
        titles = translated(options, get_language())
        context |= {
            "way": way_to(request, activity.join_code),
            "calls": activity.calls.counts(),
            "late_words": with_late_words(activity),
            "advice": list(advice_on(activity)),
            "events": activity.events.select_related("by"),
            "options": [titles[option, "title"] for option in options],
            "walk": occasions.find(activity.beside) if activity.beside else None,
            "may_delete": not kept_because(activity),
        }
    return render(request, "photovoice/activity_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def activity_state(request, audit, activity):
    """To the next state, or back for a reason."""
    activity = get_activity(request, audit, activity)
    form = StateForm(request.POST if request.method == "POST" else None, activity=activity)
    if form.is_bound and form.is_valid() and (moved := form.move(by=request.user)):
        state = ActivityState(moved.state)
        said = _("“%(activity)s” is now: %(state)s. %(explanation)s")
        messages.success(
            request, said % {"activity": activity, "state": state.label.lower(), "explanation": state.explanation}
        )
        return redirect(activity)
    state = ActivityState(activity.state)
    figures = figures_of([activity])[activity.pk]
    # An activity with photos cannot become a mere plan again.
    has_photos = activity.photos.exists()
    context = {
        "here": KEY,
        "activity": activity,
        "form": form,
        "state": state,
        "figures": figures,
        "back": [to for to in state.back if to != ActivityState.PLANNED or not has_photos],
    }
    return render(request, "photovoice/activity_state.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def activity_delete(request, audit, activity):
    """Asks first, and says what goes with the plan; or why it stays."""
    activity = get_activity(request, audit, activity)
    if request.method == "POST":
        try:
            delete_activity(activity=activity)
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect(activity)
        messages.success(request, _("“%(name)s” is deleted.") % {"name": activity})
        return redirect("photovoice:list", activity.audit.slug)
    context = {"here": KEY, "activity": activity, "kept_because": kept_because(activity)}
    return render(request, "photovoice/activity_delete.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def activity_themes(request, audit, activity):
    """The activity's own words for its themes, in all languages on one page; 409 with both where two wrote the same."""
    activity = get_activity(request, audit, activity)
    with transaction.atomic():
        if request.method == "POST":
            # What the form compares with stands until it is saved.
            lock(activity)
        form = ThemeWordsForm(request.POST if request.method == "POST" else None, activity=activity)
        if form.is_bound and form.is_valid():
            form.save()
            messages.success(request, _("The words of the themes are saved."))
            return redirect(activity)
    context = {"here": KEY, "activity": activity, "form": form}
    return render(request, "photovoice/activity_themes.html", context, status=409 if form.clashes else 200)
