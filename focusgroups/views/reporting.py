"""The report of a focus group as a PDF of its own."""

from __future__ import annotations

from uuid import uuid4, uuid5

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from audits import printing
from audits.permissions import Ability, may
from audits.views import files
from reports.document.child import REASONS

from .. import results
from ..enums import GroupState
from ..forms.reporting import ReportForm
from ..method import KEY
from ..permissions import get_group
from ..printed import report as printed
from ..quotations import among
from ..storage import with_words


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request, audit, group):
    """Begins the report of a closed session; sent twice, it is made once. Before that the page says what is not written
    yet, and lets those who run groups choose what is quoted. Of a session that is not closed it says so."""
    group = get_group(request, audit, group, Ability.SEE_RESULTS)
    if group.state != GroupState.CLOSED:
        return render(request, "focusgroups/report.html", {"here": KEY, "group": group, "closed": False})
    language = get_language()
    session = results.of_group(group, language)
    runs = may(request.user, Ability.RUN_GROUPS, group.audit)
    form = ReportForm(request.POST if request.method == "POST" else None, group=group, chooses=runs)
    if request.method == "POST" and form.is_valid():
        quoted = list(form.cleaned_data["quotes"])
        # From a page that was gone back to, with other quotations, it is another document.
        key = uuid5(form.cleaned_data["uuid"] or uuid4(), " ".join(str(note.uuid) for note in quoted))
        try:
            made = printing.begin(
                with_words(group.uuid), key, lambda: _document(group, language, quoted), printed.pictures(session)
            )
        except OSError:
            form.add_error(None, _why_not(session))
        else:
            return redirect("focusgroups:report-printing", group.audit.slug, group.uuid, made.key)
    context = {"here": KEY, "group": group, "form": form, "closed": True, "unwritten": results.unwritten(session)}
    return render(request, "focusgroups/report.html", context)


def _document(group, language, quoted):
    """The report as it reads once there is a folder that a withdrawal would delete; of the quotations those that may
    still be quoted by then."""
    may_be = among(group.audit, [note.uuid for note in quoted])
    still = [may_be[note.uuid] for note in quoted if note.uuid in may_be]
    return printed.document(results.of_group(group, language), language, still)


def _why_not(session):
    """Which plans have no file; where all have one, words in the report were taken back meanwhile."""
    files_of = printed.pictures(session)
    plans = dict.fromkeys(spot.plan for spot in session.hot_spots)
    lost = [plan.title for plan in plans if not (file := files_of[plan.picture.uuid]).storage.exists(file.name)]
    return REASONS["picture"] % {"detail": ", ".join(lost)} if lost else REASONS["words"]


@login_required
@never_cache
@require_safe
def report_printing(request, audit, group, key):
    """How far the report is; the page asks again by itself until it is over."""
    group = get_group(request, audit, group, Ability.SEE_RESULTS)
    context = {"here": KEY, "group": group, **files.how_far(printing.find(with_words(group.uuid), key))}
    return render(request, "focusgroups/report_printing.html", context)


@login_required
@never_cache
@require_safe
def report_file(request, audit, group, key):
    group = get_group(request, audit, group, Ability.SEE_RESULTS)
    made = printing.find(with_words(group.uuid), key)
    return files.printed(made, files.name_of(made, group.date, group.title))
