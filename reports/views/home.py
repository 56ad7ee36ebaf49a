"""The report's first page: the outline with what is missing, the files, and the report as a web page."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from audits import permissions
from audits.models import Audit
from audits.participation.models import StruckText
from audits.permissions import Ability
from audits.views.pictures import shown
from photovoice import results as photo_results

from .. import outline
from ..actions import open_report, refresh_build
from ..assembly import Assembly, assembly
from ..document.html import render_html
from ..enums import BuildFormat
from ..models import Build, Report
from ..status import statuses

STYLESHEETS = ("vendor/fonts/fonts.css", "report/fonts.css", "report/page.css", "report/blocks.css")


def load(request, slug: str, language: str | None, ability: Ability = Ability.SEE_REPORT) -> Report:
    """The audit's report in one of its languages; 404 for another language and as `permissions.get_audit`."""
    audit = permissions.get_audit(request, slug, ability)
    language = language or audit.language
    if language not in audit.report_languages:
        raise Http404
    return open_report(audit=audit, language=language)


def last_pdf(report: Report) -> Build | None:
    """The last PDF that became ready."""
    return report.builds.done().filter(format=BuildFormat.PDF).first()


def frame(report: Report) -> dict:
    """What every page of the report shows."""
    audit: Audit = report.audit
    return {
        "here": "report",
        "report": report,
        "languages": audit.report_languages if len(audit.report_languages) > 1 else [],
    }


def tree(found: dict) -> list[dict]:
    """The outline for the pages: entries with their state, those of Part II below their head."""
    rows = []
    for entry in outline.OUTLINE:
        if entry.key != "toc":
            rows.append({"status": found[entry.key], "parts": [found[one.key] for one in entry.entries]})
    return rows


@login_required
@require_safe
def report_home(request, audit, language=None):
    report = load(request, audit, language)
    made = assembly(report)
    latest = report.builds.filter(format=BuildFormat.PDF).first()
    latest = latest and refresh_build(build=latest)
    ready = last_pdf(report)
    found = statuses(made, ready)
    written = [one for one in found.values() if one.counts]
    context = {
        **frame(report),
        "rows": tree(found),
        "with_text": sum(1 for one in written if one.has_text),
        "sections_total": len(written),
        "build": latest,
        "ready": ready,
    }
    return render(request, "reports/report_home.html", context)


@login_required
@require_POST
def struck_read(request, audit, struck, version):
    """Somebody has read a text again since words were struck out of it, in the version that they saw."""
    audit = permissions.get_audit(request, audit, Ability.WRITE_REPORT)
    StruckText.objects.filter(audit=audit, pk=struck, version=version).delete()
    messages.success(request, _("The text counts as read."))
    return redirect(audit)


@login_required
@require_safe
@never_cache
def preview(request, audit, language):
    """The report as a web page of its own, from the data as they are now."""
    report = load(request, audit, language)
    made = assembly(report)
    html = render_html(
        made.document,
        target="page",
        stylesheets=[static(name) for name in STYLESHEETS],
        media_url=picture_url(made),
    )
    return HttpResponse(html)


def picture_url(made: Assembly) -> Callable[[str], str]:
    """The address of each picture of the report: photos have one there, for whoever may read the report may see them."""
    photos = {str(photo.picture.uuid) for photo in made.material.photos.values()}
    slug, language = made.report.audit.slug, made.report.language

    def address(uuid: str) -> str:
        if uuid in photos:
            return reverse("reports:picture", args=[slug, language, uuid])
        return reverse("audits:picture", args=[uuid])

    return address


@login_required
@require_safe
def picture(request, audit, language, picture, small=False):
    """A photo that the report may show; 404 for any other picture."""
    report = load(request, audit, language)
    found = photo_results.published_picture(report.audit, picture)
    if found is None:
        raise Http404
    return shown(found, small=small)
