"""The register as a spreadsheet: download, template, upload, preview with corrections, import."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from audits.actions.uploads import keep_upload
from audits.enums import Act, Personal
from audits.forms.imports import SpreadsheetForm
from audits.permissions import Ability, get_audit
from audits.spreadsheet import XLSX
from audits.views.log import logged

from ..forms.imports import CorrectForm
from ..method import KEY, url
from ..models import StakeholderUpload
from ..spreadsheet import MOST_ROWS, read, register_xlsx, template_xlsx

MOST_PROBLEMS = 100
"""As many as a page shows at once."""


@login_required
@never_cache
@require_safe
@logged(Personal.STAKEHOLDERS, Act.EXPORTED)
def stakeholder_export(request, audit):
    """The whole register with the answers to the selection questions, in the language of the page."""
    audit = get_audit(request, audit, Ability.WRITE_STAKEHOLDERS)
    return _xlsx(
        register_xlsx(audit, audit.stakeholders.prefetch_related("answers")), f"{audit.slug}-stakeholders.xlsx"
    )


@login_required
@never_cache
@require_safe
def stakeholder_template(request, audit):
    """The table to fill in, in the language of the page."""
    audit = get_audit(request, audit, Ability.WRITE_STAKEHOLDERS)
    return _xlsx(template_xlsx(audit), "stakeholders.xlsx")


def _xlsx(content, name):
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def stakeholder_import(request, audit):
    audit = get_audit(request, audit, Ability.WRITE_STAKEHOLDERS)
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    limits = _("XLSX or CSV, at most 5 MB and %(rows)s stakeholders") % {"rows": MOST_ROWS}
    form = SpreadsheetForm(*data, read=partial(read, audit=audit), limits=limits)
    if form.is_valid():
        name = form.cleaned_data["file"].name
        upload = keep_upload(StakeholderUpload, by=request.user, name=name, content=form.content, audit=audit)
        return redirect("stakeholders:import-preview", audit.slug, upload.uuid)
    return render(request, "stakeholders/import.html", {"here": KEY, "form": form})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stakeholder_import_preview(request, audit, upload):
    """What would come in, and what has to be corrected first. Only the person who chose the file sees it."""
    audit = get_audit(request, audit, Ability.WRITE_STAKEHOLDERS)
    upload = StakeholderUpload.objects.filter(audit=audit, by=request.user, uuid=upload).first()
    if upload is None:
        return render(request, "stakeholders/import_gone.html", {"here": KEY}, status=404)
    upload.audit = audit
    if "discard" in request.POST:
        upload.delete()
        return redirect("stakeholders:import", audit.slug)
    form = CorrectForm(request.POST if request.method == "POST" else None, upload=upload)
    if form.is_valid():
        form.keep()
        if "bring_in" in request.POST and (answer := _brought_in(request, audit, form)):
            return answer
        return redirect("stakeholders:import-preview", audit.slug, upload.uuid)
    context = {
        "here": KEY,
        "upload": upload,
        "form": form,
        "reading": form.reading,
        "problems": form.reading.problems[:MOST_PROBLEMS],
        "more": max(0, len(form.reading.problems) - MOST_PROBLEMS),
    }
    return render(request, "stakeholders/import_preview.html", context)


def _brought_in(request, audit, form):
    """Says what has come in; leads to the register where nothing is left to be corrected."""
    made, reading = form.bring_in(by=request.user)
    if reading.problems:
        return None
    if made:
        said = ngettext("%(number)s stakeholder has come in.", "%(number)s stakeholders have come in.", len(made))
        messages.success(request, said % {"number": len(made)})
    if not reading.bad:
        return redirect(url(audit))
    left = ngettext(
        "%(number)s row waits here for its correction, for a day at most.",
        "%(number)s rows wait here for their correction, for a day at most.",
        len(reading.bad),
    )
    messages.warning(request, left % {"number": len(reading.bad)})
    return None
