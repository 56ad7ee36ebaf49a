"""The focus groups of an audit: list, plan, page, state."""

from __future__ import annotations

from contextlib import nullcontext

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from audits.instruments import translated
from audits.models import StaleError
from audits.permissions import Ability, get_audit, may
from audits.views import saving

from ..actions.planning import create_group, delete_group, kept_because, move_group, one_at_a_time, what_was_noted
from ..enums import GroupState
from ..forms.planning import GroupForm, StateForm
from ..guide import guide_for_new, in_order, lines_of
from ..method import KEY
from ..models import FocusGroup
from ..permissions import get_group
from ..progress import figures_of, letters_due, missing_of, plan_advice
from ..scripts import opening_of
from ..wording import Form


@login_required
@require_safe
def group_list(request, audit):
    """All groups by date; how many people and notes they have, and of those who run them what is still missing."""
    audit = get_audit(request, audit, Ability.SEE_RESULTS)
    groups = list(audit.focus_groups.all())
    figures = figures_of(groups)
    runs = may(request.user, Ability.RUN_GROUPS, audit)
    for group in groups:
        group.audit, group.figures = audit, figures[group.pk]
        group.missing = list(missing_of(group, group.figures, runs=runs))
    context = {"here": KEY, "groups": groups, "guide": guide_for_new()}
    return render(request, "focusgroups/group_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def group_create(request, audit):
    """A new group on the guide; the same form sent twice makes one. One that was held already is opened at once."""
    audit = get_audit(request, audit, Ability.RUN_GROUPS)
    guide = guide_for_new()
    if guide is None:
        return render(request, "focusgroups/no_guide.html", {"here": KEY})
    posted = request.method == "POST"
    form = GroupForm(request.POST if posted else None, audit=audit, guide=guide)
    with one_at_a_time(audit) if posted else nullcontext():
        if posted and form.is_valid():
            fields = form.cleaned_data
            held = fields.pop("already_held", False)
            try:
                group = create_group(audit=audit, guide=guide, by=request.user, **fields)
            except StaleError as stale:
                action = reverse("focusgroups:edit", args=[audit.slug, stale.current.uuid])
                again = {"audit": audit, "guide": stale.current.guide}
                return saving.conflict(
                    request, form, stale.current, name=stale.current.title, here=KEY, action=action, again=again
                )
            if held and group.state == GroupState.PLANNED:
                move_group(group=group, to=GroupState.OPEN, by=request.user)
            messages.success(request, _("“%(name)s” is planned. The guide’s questions are copied.") % {"name": group})
            return redirect(group.get_absolute_url() + saving.SAVED)
    return render(request, "focusgroups/group_form.html", {"here": KEY, "form": form, "guide": _spoken(guide)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def group_edit(request, audit, group):
    """Changes a plan, unless somebody else saved it meanwhile: then both are shown."""
    uuid = group
    audit = get_audit(request, audit, Ability.RUN_GROUPS)
    group = audit.focus_groups.select_related("guide").filter(uuid=uuid).first()
    if group is None:
        return _deleted(request, audit, uuid)
    group.audit = audit
    name, again = group.title, {"audit": audit, "guide": group.guide}
    with one_at_a_time(audit) if request.method == "POST" else nullcontext():
        form = GroupForm(request.POST if request.method == "POST" else None, instance=group, **again)
        answer = saving.saved(request, form, name=name, here=KEY, after=group.get_absolute_url, again=again)
        if answer and answer.status_code == 302:
            _say_whom_to_tell(request, group, form.changed_data)
    context = {"here": KEY, "form": form, "group": group, "name": name, "guide": _spoken(group.guide)}
    return answer or render(request, "focusgroups/group_form.html", context)


def _say_whom_to_tell(request, group, changed):
    """Whoever is invited knows the day, the time and the place as they were."""
    number = group.invitees.filter(invited_at__isnull=False, contact_deleted_at=None).count()
    if number and group.state == GroupState.PLANNED and {"date", "starts_at", "venue"} & set(changed):
        text = ngettext(
            "%(number)s person was invited before. Tell them what has changed, from the page of the invitations.",
            "%(number)s people were invited before. Tell them what has changed, from the page of the invitations.",
            number,
        )
        messages.warning(request, text % {"number": number})


def _deleted(request, audit, uuid):
    """Gives back what somebody typed into a plan that was deleted meanwhile. What is another audit's is not found."""
    guide = guide_for_new()
    if request.method != "POST" or guide is None or FocusGroup.objects.filter(uuid=uuid).exists():
        raise Http404
    form = GroupForm(request.POST, audit=audit, guide=guide)
    return saving.gone(request, form, name=form["title"].value() or "", here=KEY)


def _spoken(guide):
    """What the guide says on planning, in the language of the page."""
    return translated([guide], get_language())[guide, "planning"]


@login_required
@require_safe
def group_detail(request, audit, group):
    """The hub of a group. Who does not run groups reads what it is about and how many took part, and nothing more."""
    group = get_group(request, audit, group, Ability.SEE_RESULTS)
    runs = may(request.user, Ability.RUN_GROUPS, group.audit)
    figures = figures_of([group])[group.pk]
    context = {"here": KEY, "group": group, "state": GroupState(group.state), "figures": figures}
    if not runs:
        return render(request, "focusgroups/group_read.html", context)
    lines = lines_of(group)
    areas = in_order(line.row.area for line in lines)
    context |= {
        "open_areas": [area for area in areas if area in figures.open_areas],
        "missing": list(missing_of(group, figures, runs=True)),
        "advice": plan_advice(group),
        "letters_due": letters_due(group),
        "questions": len(lines),
        "closed_questions": sum(line.form == Form.CLOSED for line in lines),
        "own_parts": sum(part.own for part in opening_of(group)),
        "events": group.events.select_related("by"),
        "may_delete": not kept_because(group),
    }
    return render(request, "focusgroups/group_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def group_state(request, audit, group):
    """To the next state, before the day of the session after a page that asks; or back for a reason."""
    group = get_group(request, audit, group)
    form = StateForm(request.POST if request.method == "POST" else None, group=group)
    if request.method == "POST" and form.is_valid() and form.asks():
        context = {"here": KEY, "group": group, "to": form.cleaned_data["to"], "back": request.path}
        return render(request, "focusgroups/group_early.html", context)
    if request.method == "POST" and form.is_valid() and (moved := form.move(by=request.user)):
        state = GroupState(moved.state)
        messages.success(
            request,
            _("The group “%(group)s” is now: %(state)s. %(explanation)s")
            % {"group": group, "state": state.label.lower(), "explanation": state.explanation},
        )
        return redirect(group)
    state = GroupState(group.state)
    # A session with notes cannot become a mere plan again.
    noted = what_was_noted(group)
    backs = [one for one in state.earlier if one != GroupState.PLANNED or not noted]
    context = {"here": KEY, "group": group, "form": form, "state": state, "backs": backs, "noted": noted}
    return render(request, "focusgroups/group_state.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def group_delete(request, audit, group):
    """Asks first, and says what goes with the plan; or why it stays."""
    group = get_group(request, audit, group)
    if request.method == "POST":
        try:
            with transaction.atomic():
                delete_group(group=group)
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect(group)
        messages.success(request, _("“%(name)s” is deleted.") % {"name": group})
        return redirect("focusgroups:list", group.audit.slug)
    context = {
        "here": KEY,
        "group": group,
        "kept_because": kept_because(group),
        "figures": figures_of([group])[group.pk],
        "questions": group.questions.count(),
    }
    return render(request, "focusgroups/group_delete.html", context)
