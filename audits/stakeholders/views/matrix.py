"""The power-interest matrix: the drawing, the table that says the same, and the places written right in it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from audits.models import StaleError
from audits.permissions import Ability, get_audit
from audits.views import saving

from ..enums import Quadrant
from ..forms.register import PlaceForm
from ..matrix import drawing
from ..method import KEY


@login_required
@never_cache
@require_safe
def matrix(request, audit):
    audit = get_audit(request, audit, Ability.WRITE_STAKEHOLDERS)
    return _shown(request, audit)


def _shown(request, audit):
    """The page. Stakeholders are numbered in the order of the table: field by field, then those without a place."""
    rows = list(audit.stakeholders.all())
    order = [*Quadrant, None]
    rows.sort(key=lambda one: order.index(one.quadrant))
    numbered = list(enumerate(rows, start=1))
    for _number, one in numbered:
        one.audit = audit
    by_field = {field: [(number, one) for number, one in numbered if one.quadrant == field] for field in order}
    context = {
        "here": KEY,
        "total": len(rows),
        "drawing": drawing(row for field in Quadrant for row in by_field[field]),
        "fields": [
            (field, [(number, one, PlaceForm(instance=one)) for number, one in own])
            for field, own in by_field.items()
            if own or field
        ],
    }
    return render(request, "stakeholders/matrix.html", context)


@login_required
@require_POST
def place(request, audit, stakeholder):
    """Writes the place of one stakeholder and leads back to its row."""
    audit = get_audit(request, audit, Ability.WRITE_STAKEHOLDERS)
    one = audit.stakeholders.filter(uuid=stakeholder).first()
    if one is None:
        raise Http404
    back = reverse("stakeholders:matrix", args=[audit.slug])
    form = PlaceForm(request.POST, instance=one)
    if not form.is_valid():
        messages.error(request, _("“%(name)s” was not placed: choose both steps from the lists.") % {"name": one})
        return redirect(back)
    try:
        form.save_as(request.user)
    except StaleError as stale:
        if stale.current is None:
            return saving.gone(request, form, name=one.name, here=KEY)
        return saving.conflict(request, form, stale.current, name=one.name, here=KEY, back=back)
    where = one.quadrant.label if one.quadrant else _("Not placed yet")
    messages.success(request, _("“%(name)s”: %(field)s.") % {"name": one, "field": where})
    return redirect(f"{back}#{one.uuid}")
