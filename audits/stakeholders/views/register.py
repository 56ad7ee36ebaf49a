"""The register: its list, a stakeholder's pages."""

from __future__ import annotations

from contextlib import nullcontext
from itertools import groupby

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audits import methods
from audits.enums import Act, Personal
from audits.models import StaleError
from audits.permissions import Ability, get_audit, may
from audits.views import saving
from audits.views.log import logged, note_access

from ..actions import register
from ..counts import counts_of
from ..enums import Known
from ..forms.register import NOT_SAID, StakeholderFilter, StakeholderForm
from ..method import KEY, url
from ..models import Stakeholder
from ..selection import in_language, questions_of

PER_PAGE = 50


@login_required
@never_cache
@require_safe
@logged(Personal.STAKEHOLDERS)
def stakeholder_list(request, audit):
    """The register by name, or sector by sector as a stakeholder map; what it lacks stands above."""
    audit = get_audit(request, audit, Ability.SEE_RESULTS)
    if not may(request.user, Ability.WRITE_STAKEHOLDERS, audit):
        # Their way into the room: the plan of participation, which holds no contact data.
        return redirect("stakeholders:codesign", audit.slug)
    form = StakeholderFilter(request.GET)
    page = Paginator(form.narrow(audit.stakeholders.all()), PER_PAGE).get_page(request.GET.get("page"))
    rows = list(page)
    known = methods.involvements(audit, rows)
    for one in rows:
        # All are of this audit: their addresses need no query of their own.
        one.audit, one.involvements = audit, known.get(one.pk, [])
    counts = counts_of(audit)
    by_sector = [
        (own[0].get_sector_display() or NOT_SAID[1], own)
        for own in (list(group) for _sector, group in groupby(rows, key=lambda one: one.sector))
    ]
    context = {
        "here": KEY,
        "form": form,
        "page_obj": page,
        "bands": by_sector if form.by_sector else [("", rows)],
        "found": page.paginator.count,
        "counts": counts,
        "groups": list(counts.groups.items()),
    }
    return render(request, "stakeholders/list.html", context)


@login_required
@never_cache
@require_safe
@logged(Personal.STAKEHOLDERS)
def stakeholder_detail(request, audit, stakeholder):
    """One stakeholder: who they are, whether to involve them, and where they are involved already."""
    audit = get_audit(request, audit, Ability.WRITE_STAKEHOLDERS)
    one = get_object_or_404(audit.stakeholders.select_related("changed_by"), uuid=stakeholder)
    said = register.answers_of(one)
    context = {
        "here": KEY,
        "stakeholder": one,
        "asked": [
            (text, Known(said[question.pk].answer).label, said[question.pk].note)
            if question.pk in said
            else (text, "", "")
            for question, text in in_language(questions_of(audit), request.LANGUAGE_CODE)
        ],
        "try_to_involve": any(answer.answer == Known.YES for answer in said.values()),
        "involvements": methods.involvements(audit, [one]).get(one.pk, []),
    }
    return render(request, "stakeholders/detail.html", context)


def _writing(audit, data):
    """Where something is sent: nobody else writes a name into the register between looking and saving."""
    return nullcontext() if data is None else register.one_at_a_time(audit)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stakeholder_create(request, audit):
    """A new stakeholder; the same form sent twice is written once. `?group=` and `?sector=` are chosen beforehand."""
    audit = get_audit(request, audit, Ability.WRITE_STAKEHOLDERS)
    again = {"audit": audit, "questions": in_language(questions_of(audit), request.LANGUAGE_CODE)}
    chosen = {"target_group": request.GET.get("group"), "sector": request.GET.get("sector")}
    data = request.POST if request.method == "POST" else None
    form = StakeholderForm(data, initial=chosen, **again)
    with _writing(audit, data):
        if data is not None and form.is_valid():
            try:
                made = form.create(by=request.user)
            except StaleError as stale:
                action = reverse("stakeholders:edit", args=[audit.slug, stale.current.uuid])
                stale.current.audit = audit
                name = stale.current.name
                return saving.conflict(request, form, stale.current, name=name, here=KEY, action=action, again=again)
            messages.success(request, _("“%(name)s” is in the register.") % {"name": made})
            another = reverse("stakeholders:create", args=[audit.slug])
            return redirect((another if "another" in request.POST else made.get_absolute_url()) + saving.SAVED)
    return render(request, "stakeholders/form.html", {"here": KEY, "form": form})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@logged(Personal.STAKEHOLDERS)
def stakeholder_edit(request, audit, stakeholder):
    """Changes a stakeholder, unless somebody else saved it meanwhile: then both texts are shown."""
    audit = get_audit(request, audit, Ability.WRITE_STAKEHOLDERS)
    again = {"audit": audit, "questions": in_language(questions_of(audit), request.LANGUAGE_CODE)}
    data = request.POST if request.method == "POST" else None
    one = audit.stakeholders.filter(uuid=stakeholder).first()
    if one is None:
        if data is None or Stakeholder.objects.filter(uuid=stakeholder).exists():
            raise Http404
        form = StakeholderForm(data, **again)
        return saving.gone(request, form, name=form["name"].value() or "", here=KEY)
    name = one.name
    form = StakeholderForm(data, instance=one, **again)
    after = reverse("stakeholders:detail", args=[audit.slug, one.uuid])
    with _writing(audit, data):
        if answer := saving.saved(request, form, name=name, here=KEY, after=after, again=again):
            return answer
    return render(request, "stakeholders/form.html", {"here": KEY, "form": form, "stakeholder": one, "name": name})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def stakeholder_delete(request, audit, stakeholder):
    """Asks first, and says what becomes of where it is involved."""
    audit = get_audit(request, audit, Ability.WRITE_STAKEHOLDERS)
    one = get_object_or_404(audit.stakeholders, uuid=stakeholder)
    if request.method == "POST":
        register.delete_stakeholder(stakeholder=one)
        note_access(request, Personal.STAKEHOLDERS, Act.ERASED)
        messages.success(request, _("“%(name)s” is deleted.") % {"name": one})
        return redirect(url(audit))
    known = methods.involvements(audit, [one]).get(one.pk, [])
    steps = one.steps.all()
    context = {"here": KEY, "stakeholder": one, "involvements": known, "steps": steps}
    return render(request, "stakeholders/delete.html", context)


@login_required
@require_POST
def contact_remove(request, audit, stakeholder):
    """Removes who acts for a stakeholder and how they are reached, wherever it is kept here."""
    audit = get_audit(request, audit, Ability.WRITE_STAKEHOLDERS)
    one = get_object_or_404(audit.stakeholders, uuid=stakeholder)
    try:
        register.remove_contact(stakeholder=one, by=request.user)
    except StaleError:
        raise Http404 from None
    note_access(request, Personal.STAKEHOLDERS, Act.ERASED)
    messages.success(request, _("The contact data of “%(name)s” is removed.") % {"name": one})
    return redirect(reverse("stakeholders:detail", args=[audit.slug, one.uuid]))
