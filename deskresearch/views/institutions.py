"""Institutions, and the partnerships and mechanisms in which they work together."""

from __future__ import annotations

from contextlib import nullcontext
from itertools import groupby

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audits.forms.order import MoveForm
from audits.models import StaleError
from audits.permissions import Ability, get_audit
from audits.views import saving

from .. import actions, overview
from ..enums import GovernanceLevel, Participation
from ..evidence import KEY, links_to
from ..forms.institutions import InstitutionForm, PartnershipForm
from ..models import Institution, Partnership


def listing(audit):
    return reverse("deskresearch:institution-list", args=[audit.slug])


@login_required
@require_safe
def institution_list(request, audit):
    """Institutions by level with what they say nothing on, and the table of partnerships and mechanisms."""
    audit = get_audit(request, audit, Ability.SEE_RESULTS)
    keys = overview.asked_by(overview.guide_of(audit, get_language()))
    rows = list(audit.institutions.in_order().with_links())
    by_level = {level: list(found) for level, found in groupby(rows, key=lambda one: one.level)}
    context = {
        "here": KEY,
        "levels": [
            (level, [(one, _with_fields(overview.gaps(one, keys))) for one in by_level.get(level, [])])
            for level in GovernanceLevel
        ],
        "total": len(rows),
        "missing": sum(not one.exists for one in rows),
        "partnerships": audit.partnerships.prefetch_related("institutions"),
        "participation": Participation,
    }
    return render(request, "deskresearch/institution_list.html", context)


@login_required
@require_safe
def institution_detail(request, audit, institution):
    """One institution: what the guide questions ask of it, whom it works with, which answers cite it."""
    audit = get_audit(request, audit, Ability.SEE_RESULTS)
    institution = get_object_or_404(audit.institutions.with_links(), uuid=institution)
    guide = overview.guide_of(audit, get_language())
    asked = overview.asked_by(guide)
    open_keys = overview.gaps(institution, asked)
    told = [
        (key, asked[key], *overview.on_question(institution, key))
        for key in overview.INSTITUTION_FIELDS
        if key in asked and any(overview.on_question(institution, key)) and overview.is_about(institution, key)
    ]
    context = {
        "here": KEY,
        "institution": institution,
        "told": told,
        "gaps": [(key, field, asked[key]) for key, field in _with_fields(open_keys)],
        # Of other bodies than the police no guide question asks for them.
        "responsibilities": "" if overview.POLICE in [one[0] for one in told] else institution.responsibilities,
        "reporting": institution.reporting.in_order(),
        "cited": _citing(guide, institution),
    }
    return render(request, "deskresearch/institution_detail.html", context)


def _with_fields(keys):
    """Guide questions with the place in an institution's form where each is answered."""
    return [(key, InstitutionForm.place_of(overview.field_of(key))) for key in keys]


def _citing(guide, row):
    """The questions whose answers cite an institution or a partnership."""
    pks = set(row.answers.values_list("question_id", flat=True))
    return [question for question in (guide.questions if guide else ()) if question.row.pk in pks]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def institution_create(request, audit):
    """A new institution; the same form sent twice is written once. `?level=` is chosen beforehand, `?back=`
    is the page that follows.
    """
    audit = get_audit(request, audit, Ability.WRITE_RESEARCH)
    asked = overview.asked_by(overview.guide_of(audit, get_language()))
    data = request.POST if request.method == "POST" else None
    form = InstitutionForm(data, audit=audit, asked=asked, initial={"level": request.GET.get("level")})
    if data is not None and form.is_valid():
        try:
            institution = actions.create_institution(audit=audit, by=request.user, **form.said)
        except StaleError as stale:
            return _sent_with_other_words(request, form, stale.current, "institution-edit", asked=asked)
        messages.success(request, _("%(name)s is saved.") % {"name": institution})
        if "another" in request.POST:
            return redirect(f"{request.path}?level={institution.level}{saving.SAVED}")
        return redirect((saving.way_back(request) or institution.get_absolute_url()) + saving.SAVED)
    context = {"here": KEY, "form": form, "back": saving.way_back(request)}
    return render(request, "deskresearch/institution_form.html", context)


def _sent_with_other_words(request, form, current, name, **again):
    """The form was sent before and has changed since: both texts are shown."""
    return saving.conflict(
        request,
        form,
        current,
        name=str(current),
        here=KEY,
        action=reverse(f"deskresearch:{name}", args=[current.audit.slug, current.uuid]),
        back=current.get_absolute_url(),
        again={"audit": current.audit, **again},
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def institution_edit(request, audit, institution):
    """Changes an institution, unless somebody else saved it meanwhile: then both texts are shown."""
    audit = get_audit(request, audit, Ability.WRITE_RESEARCH)
    asked = overview.asked_by(overview.guide_of(audit, get_language()))
    again = {"audit": audit, "asked": asked}
    found = audit.institutions.filter(uuid=institution).first()
    if found is None:
        return _deleted(request, Institution, institution, InstitutionForm(request.POST, **again))
    institution, name = found, found.name
    with actions.one_at_a_time(audit) if request.method == "POST" else nullcontext():
        form = InstitutionForm(request.POST if request.method == "POST" else None, instance=institution, **again)
        answer = saving.saved(
            request, form, name=lambda: institution.name, here=KEY, after=institution.get_absolute_url, again=again
        )
    context = {"here": KEY, "form": form, "institution": institution, "name": name}
    return answer or render(request, "deskresearch/institution_form.html", context)


def _deleted(request, model, uuid, form):
    """Gives back what somebody typed into what was deleted meanwhile. What is another audit's is not found."""
    if request.method != "POST" or model.objects.filter(uuid=uuid).exists():
        raise Http404
    return saving.gone(request, form, name=form["name" if model is Institution else "title"].value(), here=KEY)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def institution_delete(request, audit, institution):
    """Asks first, and says what cites the institution."""
    audit = get_audit(request, audit, Ability.WRITE_RESEARCH)
    institution = get_object_or_404(audit.institutions, uuid=institution)
    if request.method == "POST":
        institution.delete()
        messages.success(request, _("%(name)s is deleted.") % {"name": institution})
        return redirect(listing(audit))
    context = {
        "here": KEY,
        "institution": institution,
        "reporting": institution.reporting.in_order(),
        "partnerships": institution.partnerships.all(),
        "cited": _citing(overview.guide_of(audit, get_language()), institution),
        "evidence_count": links_to(institution),
    }
    return render(request, "deskresearch/institution_delete.html", context)


@login_required
@require_POST
def institution_move(request, audit, institution):
    """Moves by one place and leads back to the button that was used, so that the focus stays there."""
    audit = get_audit(request, audit, Ability.WRITE_RESEARCH)
    institution = get_object_or_404(audit.institutions, uuid=institution)
    form = MoveForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest(_("An institution moves up or down."))
    step = form.cleaned_data["step"]
    there = actions.move(institution=institution, step=step)
    if there is None:
        raise Http404
    place, total = there
    messages.success(
        request,
        _("%(name)s is now number %(place)d of %(total)d in “%(level)s”.")
        % {"name": institution, "place": place, "total": total, "level": institution.get_level_display()},
    )
    return redirect(f"{listing(audit)}#{institution.uuid}-{'up' if step < 0 else 'down'}")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def partnership_create(request, audit):
    """A new partnership or mechanism; the same form sent twice is written once."""
    audit = get_audit(request, audit, Ability.WRITE_RESEARCH)
    form = PartnershipForm(request.POST if request.method == "POST" else None, audit=audit)
    if request.method == "POST" and form.is_valid():
        try:
            partnership = actions.create_partnership(audit=audit, by=request.user, **form.cleaned_data)
        except StaleError as stale:
            return _sent_with_other_words(request, form, stale.current, "partnership-edit")
        messages.success(request, _("%(name)s is saved.") % {"name": partnership})
        return redirect((request.path if "another" in request.POST else listing(audit)) + saving.SAVED)
    return render(request, "deskresearch/partnership_form.html", {"here": KEY, "form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def partnership_edit(request, audit, partnership):
    """Changes a partnership and who takes part in it, unless somebody else saved it meanwhile."""
    audit = get_audit(request, audit, Ability.WRITE_RESEARCH)
    again = {"audit": audit}
    found = audit.partnerships.filter(uuid=partnership).first()
    if found is None:
        return _deleted(request, Partnership, partnership, PartnershipForm(request.POST, **again))
    partnership, name = found, found.title
    form = PartnershipForm(request.POST if request.method == "POST" else None, instance=partnership, **again)
    answer = saving.saved(request, form, name=lambda: partnership.title, here=KEY, after=listing(audit), again=again)
    context = {"here": KEY, "form": form, "partnership": partnership, "name": name}
    return answer or render(request, "deskresearch/partnership_form.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def partnership_delete(request, audit, partnership):
    """Asks first, and says which answers cite it; the institutions that take part stay."""
    audit = get_audit(request, audit, Ability.WRITE_RESEARCH)
    partnership = get_object_or_404(audit.partnerships, uuid=partnership)
    if request.method == "POST":
        partnership.delete()
        messages.success(request, _("%(name)s is deleted.") % {"name": partnership})
        return redirect(listing(audit))
    context = {
        "here": KEY,
        "partnership": partnership,
        "cited": _citing(overview.guide_of(audit, get_language()), partnership),
    }
    return render(request, "deskresearch/partnership_delete.html", context)
