"""Files of the report: making one, watching it being made, fetching it."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from audits.permissions import Ability
from audits.views import files

from ..actions import refresh_build, start_build
from ..enums import BuildFormat, BuildState
from ..forms import FormatForm
from .home import frame, last_pdf, load

TYPES = {BuildFormat.PDF: "application/pdf", BuildFormat.HTML: "text/html; charset=utf-8"}


@login_required
@require_POST
def build_start(request, audit, language):
    """Begins a PDF, or writes the page as a file, and leads to where it can be watched or fetched."""
    report = load(request, audit, language, Ability.WRITE_REPORT)
    form = FormatForm(request.POST)
    if not form.is_valid():
        raise Http404
    made = start_build(report=report, format=form.cleaned_data["format"], by=request.user)
    if made.format == BuildFormat.HTML and made.state == BuildState.DONE:
        return redirect("reports:build-download", audit, language, made.uuid)
    if request.htmx:
        return render(request, "reports/_build.html", {**frame(report), "build": made, "ready": last_pdf(report)})
    return redirect("reports:build", audit, language, made.uuid)


@login_required
@require_safe
@never_cache
def build(request, audit, language, build):
    """How far a file is: a part for the page that watches, or a page of its own without script."""
    report = load(request, audit, language)
    found = refresh_build(build=get_object_or_404(report.builds, uuid=build))
    context = {**frame(report), "build": found, "ready": last_pdf(report)}
    template = "reports/_build.html" if request.htmx else "reports/build.html"
    return render(request, template, context)


@login_required
@require_safe
def build_download(request, audit, language, build):
    report = load(request, audit, language)
    found = get_object_or_404(report.builds.done(), uuid=build)
    if not found.file or not found.file.storage.exists(found.file.name):
        raise Http404
    name = f"{slugify(report.audit.title) or report.audit.slug}-city-audit-report-{report.language}.{found.format}"
    with found.file.open("rb") as file:
        return files.attachment(file.read(), name, TYPES[found.format])
