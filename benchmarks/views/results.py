"""What an assessment has shown: the result page, its PDF, its table."""

from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, get_language_bidi
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from audits import printing
from audits.forms.fields import SentOnceForm
from audits.spreadsheet import XLSX
from audits.views import files
from reports.document import charts
from reports.document.html import render_chart

from .. import exports
from ..printed import assessment as printed
from ..results import comparison_of, result_of
from .assessments import HERE, get_assessment


@login_required
@require_safe
def assessment_result(request, audit, assessment):
    """Wheel and table, strengths, gaps, neighbourhoods one by one, what moved since the baseline."""
    assessment = get_assessment(request, audit, assessment)
    result = result_of(assessment, get_language())
    moves = comparison_of(result, get_language())
    context = {
        "here": HERE,
        "assessment": assessment,
        "result": result,
        "wheel": render_chart("wheel.svg", charts.wheel(result.rings, rtl=get_language_bidi())),
        "moves": moves,
        "moved": [one for one in moves if one.move not in ("same", "open")],
        "print_uuid": uuid4(),
    }
    return render(request, "benchmarks/result.html", context)


@login_required
@require_POST
def assessment_pdf(request, audit, assessment):
    """Starts the PDF; the same form sent twice makes one."""
    assessment = get_assessment(request, audit, assessment)
    form = SentOnceForm(request.POST)
    key = (form.cleaned_data["uuid"] if form.is_valid() else None) or uuid4()
    language = get_language()
    made = printing.begin(assessment.uuid, key, lambda: printed.document(assessment, language))
    return redirect("benchmarks:assessment-print", assessment.audit.slug, assessment.uuid, made.key)


@login_required
@never_cache
@require_safe
def assessment_print(request, audit, assessment, key):
    """How far the PDF is; the page asks again by itself until it is over."""
    assessment = get_assessment(request, audit, assessment)
    made = printing.find(assessment.uuid, key)
    context = {
        "here": HERE,
        "assessment": assessment,
        **files.how_far(made),
    }
    return render(request, "benchmarks/assessment_print.html", context)


@login_required
@never_cache
@require_safe
def assessment_print_file(request, audit, assessment, key):
    assessment = get_assessment(request, audit, assessment)
    made = printing.find(assessment.uuid, key)
    return files.printed(made, files.name_of(made, timezone.localdate(), assessment.benchmark.code))


@login_required
@require_safe
def assessment_table(request, audit, assessment):
    """The judgements as an XLSX file."""
    assessment = get_assessment(request, audit, assessment)
    content = exports.table(result_of(assessment, get_language()))
    name = f"{assessment.benchmark.code}-assessment.xlsx"
    return files.attachment(content, name, XLSX)
