"""The development plan of an assessment: its page and its PDF."""

from urllib.parse import urlencode
from uuid import uuid4, uuid5

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from audits import printing
from audits.agenda.printed import plan_document
from audits.forms.fields import SentOnceForm
from audits.views import files

from ..evidence import ASSESSMENT, KEY
from ..plan import objectives, plan_of
from ..results import result_of
from .assessments import HERE, get_assessment


@login_required
@require_safe
def assessment_plan(request, audit, assessment):
    """The measures made from the assessment under their factors, and the factors that still want one."""
    assessment = get_assessment(request, audit, assessment)
    plan = plan_of(result_of(assessment, get_language()), get_language())
    context = {"here": HERE, "assessment": assessment, "plan": plan, "print_uuid": uuid4()}
    context["of_plan"] = urlencode({"source": f"{KEY}:{ASSESSMENT}:{assessment.uuid}"})
    return render(request, "benchmarks/plan.html", context)


def _owner(assessment):
    """Whose printings these are: the assessment's own PDFs stand beside them."""
    return uuid5(assessment.uuid, "development-plan")


@login_required
@require_POST
def plan_pdf(request, audit, assessment):
    """Starts the PDF; the same form sent twice makes one."""
    assessment = get_assessment(request, audit, assessment)
    form = SentOnceForm(request.POST)
    key = (form.cleaned_data["uuid"] if form.is_valid() else None) or uuid4()
    language = get_language()

    def document():
        plan = plan_of(result_of(assessment, language), language)
        title = _("Development plan: %(assessment)s") % {"assessment": assessment.title}
        return plan_document(assessment.audit, plan.measures, title, language, lambda: list(objectives(plan)))

    made = printing.begin(_owner(assessment), key, document)
    return redirect("benchmarks:plan-print", assessment.audit.slug, assessment.uuid, made.key)


@login_required
@never_cache
@require_safe
def plan_print(request, audit, assessment, key):
    """How far the PDF is; the page asks again by itself until it is over."""
    assessment = get_assessment(request, audit, assessment)
    made = printing.find(_owner(assessment), key)
    context = {"here": HERE, "assessment": assessment, **files.how_far(made)}
    return render(request, "benchmarks/plan_print.html", context)


@login_required
@never_cache
@require_safe
def plan_print_file(request, audit, assessment, key):
    assessment = get_assessment(request, audit, assessment)
    made = printing.find(_owner(assessment), key)
    return files.printed(made, files.name_of(made, timezone.localdate(), assessment.title))
