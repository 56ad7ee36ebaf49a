"""The photovoice report of an activity as a PDF of its own, for those who run photovoice: the others see its photos
once the report of the audit is published."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from audits import printing
from audits.enums import Act, Personal
from audits.forms.fields import SentOnceForm
from audits.views import files
from audits.views.log import logged
from reports.document.child import REASONS

from .. import report as printed
from .. import results
from ..actions import report_owner
from ..method import KEY
from ..permissions import get_activity


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request, audit, activity):
    """Begins the report of an activity that is over; sent twice, it is made once. The page says what is missing."""
    activity = get_activity(request, audit, activity)
    over = activity.state in results.OVER
    form = SentOnceForm(request.POST if request.method == "POST" else None)
    language = get_language()
    review = results.of_activity(activity, language) if over else None
    if request.method == "POST" and review and form.is_valid():
        try:
            made = printing.begin(
                report_owner(activity),
                form.cleaned_data["uuid"] or uuid4(),
                # Read again once there is a folder that a withdrawal would delete.
                lambda: printed.document(results.of_activity(activity, language), language),
                printed.pictures(review),
            )
        except OSError:
            form.add_error(None, _why_not(review))
        else:
            return redirect("photovoice:report-printing", activity.audit.slug, activity.uuid, made.key)
    context = {"here": KEY, "activity": activity, "form": form, "over": over}
    return render(request, "photovoice/report.html", context | ({"missing": printed.missing(review)} if review else {}))


def _why_not(review: results.Review) -> str:
    """Which photos have no file; where all have one by now, something was taken back meanwhile."""
    files_of = printed.pictures(review)
    lost = [
        _("photo %(number)s") % {"number": one.photo.number}
        for one in review.published
        if not (file := files_of[one.picture.uuid]) or not file.storage.exists(file.name)
    ]
    if not lost:
        return str(REASONS["stopped"])
    return _("A picture could not be read: %(detail)s") % {"detail": ", ".join(lost)}


@login_required
@never_cache
@require_safe
def report_printing(request, audit, activity, key):
    """How far the report is; the page asks again by itself until it is over."""
    activity = get_activity(request, audit, activity)
    owner = report_owner(activity)
    context = {"here": KEY, "activity": activity, "deleted": printing.why_deleted(owner)}
    context |= files.how_far(printing.find(owner, key))
    return render(request, "photovoice/report_printing.html", context)


@login_required
@never_cache
@require_safe
@logged(Personal.PHOTOS, Act.EXPORTED)
def report_file(request, audit, activity, key):
    activity = get_activity(request, audit, activity)
    made = printing.find(report_owner(activity), key)
    return files.printed(made, files.name_of(made, timezone.localdate(activity.starts), activity.title))
