"""The report of a focus group as a PDF of its own."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from audits import printing
from audits.forms.fields import SentOnceForm
from audits.permissions import Ability
from audits.views import files

from .. import results
from ..enums import GroupState
from ..method import KEY
from ..permissions import get_group
from ..printed import report as printed


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request, audit, group):
    """Begins the report of a closed session; sent twice, it is made once. Of one that is not closed the page says so."""
    group = get_group(request, audit, group, Ability.SEE_RESULTS)
    closed = group.state == GroupState.CLOSED
    form = SentOnceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and closed and form.is_valid():
        language = get_language()
        session = results.of_group(group, language)
        made = printing.begin(
            group.uuid,
            form.cleaned_data["uuid"] or uuid4(),
            lambda: printed.document(session, language),
            printed.pictures(session),
        )
        return redirect("focusgroups:report-printing", group.audit.slug, group.uuid, made.key)
    context = {"here": KEY, "group": group, "form": form, "closed": closed}
    return render(request, "focusgroups/report.html", context)


@login_required
@never_cache
@require_safe
def report_printing(request, audit, group, key):
    """How far the report is; the page asks again by itself until it is over."""
    group = get_group(request, audit, group, Ability.SEE_RESULTS)
    context = {"here": KEY, "group": group, **files.how_far(printing.find(group.uuid, key))}
    return render(request, "focusgroups/report_printing.html", context)


@login_required
@never_cache
@require_safe
def report_file(request, audit, group, key):
    group = get_group(request, audit, group, Ability.SEE_RESULTS)
    return files.printed(printing.find(group.uuid, key), f"{group.date:%Y-%m-%d}-focus-group.pdf")
