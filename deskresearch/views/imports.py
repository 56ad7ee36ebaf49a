"""The inventory as a spreadsheet: download, template, upload, preview, import."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from audits.permissions import Ability, get_audit
from audits.spreadsheet import XLSX
from audits.views import files

from ..evidence import KEY
from ..forms.imports import ConfirmForm, UploadForm
from ..models import DocumentUpload
from ..spreadsheet import MOST_PROBLEMS, inventory_xlsx, read, template_xlsx


@login_required
@require_safe
def document_export(request, audit):
    """All documents with what they say and how they are rated, in the language of the page; no files."""
    audit = get_audit(request, audit, Ability.SEE_RESULTS)
    documents = audit.documents.with_ratings().with_provisions().in_order()
    return files.attachment(inventory_xlsx(audit, documents), f"{audit.slug}-documents.xlsx", XLSX)


@login_required
@require_safe
def document_template(request, audit):
    """The table to fill in, in the language of the page."""
    audit = get_audit(request, audit, Ability.WRITE_RESEARCH)
    return files.attachment(template_xlsx(audit), "documents.xlsx", XLSX)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def document_import(request, audit):
    audit = get_audit(request, audit, Ability.WRITE_RESEARCH)
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*data, audit=audit, host=request.get_host())
    if form.is_valid():
        upload = form.save(by=request.user)
        return redirect("deskresearch:document-import-preview", audit.slug, upload.uuid)
    return render(request, "deskresearch/document_import.html", {"here": KEY, "form": form})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def document_import_preview(request, audit, upload):
    """What would come in. Only the person who chose the file sees it, and only this very file is imported."""
    audit = get_audit(request, audit, Ability.WRITE_RESEARCH)
    upload = DocumentUpload.objects.filter(audit=audit, by=request.user, uuid=upload).first()
    if upload is None:
        return render(request, "deskresearch/document_import_gone.html", {"here": KEY}, status=404)
    upload.audit = audit
    if "discard" in request.POST:
        upload.delete()
        return redirect("deskresearch:document-import", audit.slug)
    host = request.get_host()
    reading = read(bytes(upload.content), audit, host=host)
    form = ConfirmForm(request.POST if request.method == "POST" else None, upload=upload, reading=reading, host=host)
    if form.is_valid() and (documents := form.bring_in(by=request.user)):
        messages.success(request, _came_in(len(documents)))
        return redirect("deskresearch:document-list", audit.slug)
    context = {
        "here": KEY,
        "upload": upload,
        "form": form,
        "reading": reading,
        "problems": reading.problems[:MOST_PROBLEMS],
        "more": max(0, len(reading.problems) - MOST_PROBLEMS),
    }
    return render(request, "deskresearch/document_import_preview.html", context)


def _came_in(number):
    return ngettext("%(number)s document has come in.", "%(number)s documents have come in.", number) % {
        "number": number
    }
