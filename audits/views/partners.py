"""Partner organisations, in the order of the title page."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import permissions
from ..actions import add_partner, change_partner, move_partner, remove_partner
from ..forms import PartnerForm
from ..forms.order import MoveForm
from ..models import PartnerOrganisation
from ..permissions import Ability


@login_required
@require_safe
def partner_list(request, audit):
    """All partner organisations."""
    audit = permissions.get_audit(request, audit, Ability.EDIT_AUDIT)
    return render(request, "audits/partner_list.html", {"partners": _partners(audit)})


@login_required
@require_http_methods(["GET", "POST"])
def partner_add(request, audit):
    """Adds an organisation."""
    audit = permissions.get_audit(request, audit, Ability.EDIT_AUDIT)
    form = PartnerForm(request.POST or None, request.FILES or None, instance=PartnerOrganisation(audit=audit))
    if form.is_valid():
        partner = add_partner(audit=audit, name=form.cleaned_data["name"], logo=form.cleaned_data["logo"])
        messages.success(request, _("“%(name)s” is on the list.") % {"name": partner.name})
        return redirect("audits:partner-list", audit.slug)
    return render(request, "audits/partner_form.html", {"form": form})


@login_required
@require_http_methods(["GET", "POST"])
def partner_change(request, audit, partner):
    """Changes an organisation's name or logo."""
    partner = _partner(request, audit, partner)
    form = PartnerForm(request.POST or None, request.FILES or None, instance=partner)
    if form.is_valid():
        change_partner(
            partner=partner,
            name=form.cleaned_data["name"],
            logo=form.cleaned_data["logo"],
            without_logo=form.cleaned_data.get("without_logo", False),
        )
        messages.success(request, _("“%(name)s” is saved.") % {"name": partner.name})
        return redirect("audits:partner-list", audit)
    return render(request, "audits/partner_form.html", {"form": form, "partner": partner})


@login_required
@require_POST
def partner_move(request, audit, partner):
    """Moves an organisation one place up or down; htmx gets the list alone."""
    partner = _partner(request, audit, partner)
    form = MoveForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest(_("An organisation moves up or down."))
    there = move_partner(partner=partner, step=form.cleaned_data["step"])
    if there is None:
        raise Http404
    if request.htmx:
        place, total = there
        said = _("“%(name)s” is number %(place)d of %(total)d now.") % {
            "name": partner.name,
            "place": place,
            "total": total,
        }
        return render(request, "audits/_partners.html", {"partners": _partners(partner.audit), "said": said})
    return redirect("audits:partner-list", audit)


@login_required
@require_http_methods(["GET", "POST"])
def partner_remove(request, audit, partner):
    """Asks, then takes an organisation off the list, its logo with it."""
    partner = _partner(request, audit, partner)
    if request.method == "POST":
        remove_partner(partner=partner)
        messages.success(request, _("“%(name)s” is no longer on the list.") % {"name": partner.name})
        return redirect("audits:partner-list", audit)
    return render(request, "audits/partner_remove.html", {"partner": partner})


def _partners(audit):
    return audit.partner_organisations.select_related("logo")


def _partner(request, slug, pk) -> PartnerOrganisation:
    audit = permissions.get_audit(request, slug, Ability.EDIT_AUDIT)
    return get_object_or_404(_partners(audit), pk=pk)
