"""Measures as files: calendar, workbook, and the development plan as a PDF."""

from uuid import uuid4, uuid5

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from audits import printing
from audits.permissions import Ability, get_audit
from audits.spreadsheet import XLSX
from audits.views import files

from .. import exports
from ..forms import PlanForm
from ..method import KEY
from ..models import MeasureProgress
from ..printed import plan_document
from . import sources


@login_required
@require_safe
def measure_ics(request, audit):
    """The due days of all measures, or of those of one source, for a calendar; what is dropped is cancelled there."""
    audit = get_audit(request, audit, Ability.SEE_RESULTS)
    measures = audit.measures.filter(due__isnull=False).select_related("audit").last_said().by_due()
    measures = sources.narrow(request, measures)
    content = exports.calendar(audit, measures, lambda measure: request.build_absolute_uri(measure.get_absolute_url()))
    return files.attachment(content, f"{audit.slug}-measures.ics", exports.ICS)


@login_required
@require_safe
def measure_export(request, audit):
    """All measures, or those of one source, and their history as a workbook."""
    audit = get_audit(request, audit, Ability.SEE_RESULTS)
    measures = sources.narrow(request, audit.measures.in_report_order().with_sources())
    history = MeasureProgress.objects.filter(measure__in=measures.order_by()).select_related("measure", "by")
    content = exports.workbook(audit, measures, history)
    return files.attachment(content, f"{timezone.localdate():%Y-%m-%d}-measures.xlsx", XLSX)


def _owner(audit):
    """Whose printings these are: not the audit's own, which other pages may make and keep from some readers."""
    return uuid5(audit.uuid, "development-plan")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def measure_pdf(request, audit):
    """In which language and what of the plan; then the PDF is made."""
    audit = get_audit(request, audit, Ability.SEE_RESULTS)
    form = PlanForm(request.POST if request.method == "POST" else None, audit=audit)
    if request.method != "POST" or not form.is_valid():
        return render(request, "agenda/measure_pdf.html", {"here": KEY, "form": form})
    chosen = form.cleaned_data
    measures = audit.measures.in_report_order().for_plan()
    if chosen["which"] == "open":
        measures = measures.open()
    # From a page that was gone back to, with other choices, it is another file.
    key = uuid5(chosen["uuid"] or uuid4(), f"{chosen['language']} {chosen['which']}")
    made = printing.begin(_owner(audit), key, lambda: plan_document(audit, measures, "", chosen["language"]))
    return redirect("agenda:measure-print", audit.slug, made.key)


@login_required
@never_cache
@require_safe
def measure_print(request, audit, key):
    """How far the PDF is; the page asks again by itself until it is over."""
    audit = get_audit(request, audit, Ability.SEE_RESULTS)
    made = printing.find(_owner(audit), key)
    context = {"here": KEY, **files.how_far(made)}
    return render(request, "agenda/measure_print.html", context)


@login_required
@never_cache
@require_safe
def measure_print_file(request, audit, key):
    audit = get_audit(request, audit, Ability.SEE_RESULTS)
    made = printing.find(_owner(audit), key)
    return files.printed(made, files.name_of(made, timezone.localdate(), audit.title))
