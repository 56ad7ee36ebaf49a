"""The spreadsheet of a walk: template, upload, preview, import."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from audits.spreadsheet import XLSX
from audits.views import files

from ..actions import unused_forms
from ..enums import WalkState
from ..forms.imports import ConfirmForm, UploadForm, reading_of
from ..lines import plan_of
from ..models import SheetUpload
from ..permissions import get_walk
from ..spreadsheet import MOST_PROBLEMS, template_csv, template_xlsx
from ..wording import wording_of

TEMPLATES = {
    "xlsx": (template_xlsx, XLSX),
    "csv": (template_csv, "text/csv; charset=utf-8"),
}


@login_required
@require_safe
def sheet_template(request, audit, walk, kind):
    """The table to fill in, in the language of the page; numbers of printed forms that wait stand in it."""
    walk = get_walk(request, audit, walk)
    if kind not in TEMPLATES:
        raise Http404
    write, content_type = TEMPLATES[kind]
    plan = plan_of(walk)
    wording = wording_of(plan, walk.checklist, request.LANGUAGE_CODE)
    content = write(plan, wording, unused_forms(walk).values_list("number", flat=True))
    return files.attachment(content, f"{walk.date:%Y-%m-%d}-sheets.{kind}", content_type)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_import(request, audit, walk):
    walk = get_walk(request, audit, walk)
    form = UploadForm(request.POST or None, request.FILES or None, walk=walk)
    if form.is_valid():
        upload = form.save(by=request.user)
        return redirect("checklists:sheet-import-preview", walk.audit.slug, walk.uuid, upload.uuid)
    plan = plan_of(walk)
    return render(
        request,
        "checklists/sheet_import.html",
        {"walk": walk, "form": form, "places": list(plan.places.values()), "example": next(iter(plan), None)},
    )


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_import_preview(request, audit, walk, upload):
    """What would come in. Only the person who chose the file sees it, and only this very file is imported."""
    walk = get_walk(request, audit, walk)
    upload = SheetUpload.objects.filter(walk=walk, by=request.user, uuid=upload).first()
    if upload is None:
        return render(request, "checklists/sheet_import_gone.html", {"walk": walk}, status=404)
    upload.walk = walk
    if "discard" in request.POST:
        upload.delete()
        return redirect("checklists:sheet-import", walk.audit.slug, walk.uuid)
    form = ConfirmForm(request.POST or None, upload=upload)
    if form.is_valid() and (sheets := form.bring_in(by=request.user)):
        messages.success(request, _came_in(walk, len(sheets)))
        return redirect("checklists:sheet-list", walk.audit.slug, walk.uuid)
    reading = reading_of(walk, bytes(upload.content))
    context = {
        "walk": walk,
        "upload": upload,
        "form": form,
        "reading": reading,
        "problems": reading.problems[:MOST_PROBLEMS],
        "more": max(0, len(reading.problems) - MOST_PROBLEMS),
    }
    return render(request, "checklists/sheet_import_preview.html", context)


def _came_in(walk, number):
    if walk.state == WalkState.CLOSED:
        return ngettext(
            "%(number)s sheet is kept. The walk is closed, so it counts once it is admitted.",
            "%(number)s sheets are kept. The walk is closed, so they count once they are admitted.",
            number,
        ) % {"number": number}
    return ngettext("%(number)s sheet has come in.", "%(number)s sheets have come in.", number) % {"number": number}
