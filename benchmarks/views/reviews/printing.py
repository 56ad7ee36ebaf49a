"""Printing a review: its report for whoever may read what interviewees said, the visit plan for both sides."""

from uuid import NAMESPACE_URL, uuid4, uuid5

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from audits import printing
from audits.views import files

from ...forms.reviews import PrintForm
from ...permissions import get_review
from ...printed import review as printed
from .pages import page


def _owner(review, what):
    """Reports and visit plans have owners of their own, so that neither is found in the place of the other."""
    return review.uuid if what == PrintForm.REPORT else uuid5(NAMESPACE_URL, f"{review.uuid}/{what}")


def _printable(review):
    """What of the review may be printed from this seat; the report stands first where it may be read."""
    return [PrintForm.REPORT, PrintForm.VISIT] if review.seat.reads_interviews else [PrintForm.VISIT]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def review_pdf(request, audit, review):
    """Asks what to print in which language, and begins."""
    review = get_review(request, audit, review)
    form = PrintForm(
        request.POST if request.method == "POST" else None, choices=_printable(review), language=get_language()
    )
    if request.method == "POST" and form.is_valid():
        what, language = form.cleaned_data["what"], form.cleaned_data["language"]
        make = printed.document if what == PrintForm.REPORT else printed.visit_plan
        key = uuid5(form.cleaned_data["uuid"] or uuid4(), f"{what} {language}")
        made = printing.begin(_owner(review, what), key, lambda: make(review, language))
        return redirect(review.address("review-print", made.key))
    return page(request, "review_pdf", review, _("Print"), form=form)


def _find(review, key):
    """The printing; None for one that may not be fetched from this seat."""
    found = (printing.find(_owner(review, what), key) for what in _printable(review))
    return next(filter(None, found), None)


@login_required
@never_cache
@require_safe
def review_print(request, audit, review, key):
    """How far a printing is; the page asks again by itself until it is over."""
    review = get_review(request, audit, review)
    made = _find(review, key)
    return page(request, "review_print", review, _("Print"), **files.how_far(made))


@login_required
@never_cache
@require_safe
def review_print_file(request, audit, review, key):
    review = get_review(request, audit, review)
    made = _find(review, key)
    return files.printed(made, files.name_of(made, timezone.localdate(), review.assessment.title))
