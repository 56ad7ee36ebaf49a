"""The city's context figures: a grid for those who enter them, a table for those who read them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from .. import permissions
from ..actions import save_context
from ..forms import ContextGrid
from ..forms.context import MAX_ROWS, MAX_YEARS
from ..forms.fields import in_words
from ..models import Audit, StaleError
from ..permissions import Ability
from ..readiness import context_gaps


@login_required
@require_http_methods(["GET", "POST"])
def context(request, audit):
    """Shows the figures and, where the person may, takes the whole table back. A stale table is answered with 409."""
    audit = permissions.get_audit(request, audit)
    indicators = audit.context_indicators.prefetch_related("figures")
    if not permissions.may(request.user, Ability.EDIT_CONTEXT, audit):
        if request.method == "POST":
            raise PermissionDenied
        return render(request, "audits/context_read.html", _table(indicators))
    if request.method == "GET":
        return _page(request, audit, indicators, ContextGrid.of(audit, indicators), saved=True)

    grid = ContextGrid.typed(request.POST)
    if "add-row" in request.POST:
        return _page(request, audit, indicators, grid.with_another_row())
    if "add-year" in request.POST:
        return _page(request, audit, indicators, grid.with_another_year())
    if "remove" in request.POST:
        return _page(request, audit, indicators, grid.without_row(request.POST["remove"]))
    if "show" in request.POST or not grid.is_valid():
        return _page(request, audit, indicators, grid)
    try:
        save_context(audit=audit, rows=grid.indicator_rows(), version=grid.version, by=request.user)
    except StaleError:
        saved = Audit.objects.select_related("context_saved_by").get(pk=audit.pk)
        differences = grid.differences(indicators)
        return _page(request, saved, indicators, grid.over(saved, indicators), differences=differences, status=409)
    messages.success(request, _("The figures are saved."))
    # The fragment tells static/js/drafts.js that what was typed is saved.
    return redirect(reverse("audits:context", args=[audit.slug]) + "#saved")


def _page(request, audit, indicators, grid, *, status=200, **more):
    context = {
        "grid": grid,
        "gaps": context_gaps(indicators),
        "audit_saved": audit,
        # Figures that nobody saved here came with the audit: it follows another one.
        "taken_over": audit.context_saved_at is None and len(indicators) > 0,
        "full_rows": len(grid.rows) >= MAX_ROWS,
        "full_years": len(grid.years.fields) >= MAX_YEARS,
        **more,
    }
    return render(request, "audits/context.html", context, status=status)


def _table(indicators) -> dict:
    indicators = list(indicators)
    years = sorted({figure.year for indicator in indicators for figure in indicator.figures.all()})
    rows = []
    for indicator in indicators:
        figures = {figure.year: in_words(figure.value) for figure in indicator.figures.all()}
        rows.append({"indicator": indicator, "figures": [(year, figures.get(year, "")) for year in years]})
    return {"years": years, "rows": rows, "gaps": context_gaps(indicators)}
