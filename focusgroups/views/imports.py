"""Bringing in invitees from a spreadsheet."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from audits.spreadsheet import XLSX

from ..actions import people
from ..forms.imports import Preview, RowsForm, UploadForm
from ..permissions import get_group
from ..spreadsheet.invitees import template_xlsx
from .invitees import SHOWING, came_on


@login_required
@never_cache
@require_safe
def invitee_template(request, audit, group):
    """The table to fill in, in the language of the page."""
    get_group(request, audit, group)
    headers = {"Content-Disposition": 'attachment; filename="invitees.xlsx"'}
    return HttpResponse(template_xlsx(), content_type=XLSX, headers=headers)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitee_import(request, audit, group):
    """The file; what it says is shown before anybody comes on the list."""
    group = get_group(request, audit, group)
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*data)
    if form.is_valid():
        return _preview(request, group, Preview(group, form.found))
    return render(request, "focusgroups/invitee_import.html", {**SHOWING, "group": group, "form": form})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitee_import_preview(request, audit, group):
    """Puts on the list who is right, and shows again who is not yet, with what was corrected."""
    group = get_group(request, audit, group)
    form = RowsForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        for error in form.errors.values():
            messages.warning(request, " ".join(error))
        return redirect("focusgroups:invitee-import", group.audit.slug, group.uuid)
    preview = Preview(group, form.rows)
    if preview.good and "take" in request.POST:
        added = people.add_all(group=group, invitees=[one.instance for one in preview.good])
        messages.success(request, came_on(len(added)))
        if not preview.bad:
            return redirect("focusgroups:invitee-list", group.audit.slug, group.uuid)
        preview = Preview(group, preview.without_good())
    return _preview(request, group, preview)


def _preview(request, group, preview):
    return render(request, "focusgroups/invitee_import_preview.html", {**SHOWING, "group": group, "preview": preview})
