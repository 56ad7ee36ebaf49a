"""How far the measures are: entries in their history, the progress review, the time line."""

import re

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from audits.models import StaleError
from audits.permissions import Ability, get_audit, may
from audits.views import saving

from .. import actions
from ..charts import time_line
from ..forms import ProgressForm, ReviewForm
from ..method import KEY
from ..models import Measure
from . import sources, texts
from .measures import detail_page

PER_PAGE = 50
NOTE = re.compile(r"m([0-9]{1,9})-note")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def measure_progress(request, audit, number):
    """Adds an entry to the history. Asked for as a page, as after signing in again, it leads to that history."""
    audit = get_audit(request, audit, Ability.MONITOR_MEASURES)
    measure = audit.measures.select_related("recommendation", "changed_by").filter(number=number).first()
    if measure is None:
        return _deleted(request, audit, number)
    if request.method != "POST":
        return redirect(f"{measure.get_absolute_url()}#history")
    form = ProgressForm(request.POST, measure=measure, writes=may(request.user, Ability.WRITE_MEASURES, audit))
    if not form.is_valid():
        return detail_page(request, measure, form)
    try:
        actions.record_progress(measure=measure, by=request.user, **form.cleaned_data)
    except StaleError as stale:
        if stale.current is None:
            return _deleted(request, audit, number)
        return detail_page(request, measure, form.over(stale.current), status=409)
    messages.success(request, _("What you entered for %(code)s is saved.") % {"code": measure.code})
    return redirect(f"{measure.get_absolute_url()}{texts.SAVED}")


def _deleted(request, audit, number):
    """Gives back what somebody typed about a measure that was deleted meanwhile, to be copied."""
    if request.method != "POST" or not actions.number_was_given(audit, Measure, number):
        raise Http404
    form = ProgressForm(request.POST, measure=Measure(audit=audit), writes=False)
    return saving.gone(request, form, name=f"{Measure.letter}{number}", here=KEY)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def measure_review(request, audit):
    """All open measures one after the other, saved together; what cannot be saved stays on the page, and only that."""
    audit = get_audit(request, audit, Ability.MONITOR_MEASURES)
    writes = may(request.user, Ability.WRITE_MEASURES, audit)
    if request.method == "POST":
        left, gone, saved = _reviewed(request, audit, writes)
        if saved:
            text = ngettext("%(count)d measure is saved.", "%(count)d measures are saved.", saved)
            messages.success(request, text % {"count": saved})
        if not left and not gone:
            if not saved:
                messages.info(request, _("Nothing was changed."))
            return redirect(f"{request.get_full_path()}{texts.SAVED}")
        context = {"here": KEY, "forms": left, "gone": gone, "writes": writes, "left": True, **texts.counts(audit)}
        return render(request, "agenda/measure_review.html", context, status=409 if _stale(left, gone) else 200)
    page = Paginator(sources.narrow(request, _open(audit)), PER_PAGE).get_page(request.GET.get("page"))
    forms = [ReviewForm(measure=measure, writes=writes) for measure in page]
    context = {"here": KEY, "forms": forms, "page_obj": page, "writes": writes, **texts.counts(audit)}
    context |= sources.asked(request, audit)
    return render(request, "agenda/measure_review.html", context)


def _open(audit):
    return audit.measures.open().last_said().by_due()


def _stale(left, gone) -> bool:
    return bool(gone) or any(form.theirs for form in left)


def _reviewed(request, audit, writes):
    """Saves each measure that was sent. Returns the forms that could not be, what was typed into deleted measures (code
    and note), and how many measures were changed."""
    measures = list(audit.measures.last_said().by_due())
    left, gone, saved = [], _notes_left_over(request.POST, measures), 0
    for measure in measures:
        form = ReviewForm(request.POST, measure=measure, writes=writes)
        if not form.was_shown:
            continue
        if not form.is_valid():
            left.append(form)
            continue
        try:
            saved += actions.review_measure(measure=measure, said=form.said, by=request.user)
        except StaleError as stale:
            if stale.current is not None:
                left.append(form.over(stale.current))
            elif form.said.note:
                gone.append((measure.code, form.said.note))
    return left, gone, saved


def _notes_left_over(sent, measures) -> list[tuple[str, str]]:
    """Codes and notes of measures that the page had and the audit has no more."""
    known = {f"m{measure.number}-note" for measure in measures}
    notes = ((NOTE.fullmatch(name), sent[name].strip()) for name in sent if name not in known)
    return [(f"M{name[1]}", note) for name, note in notes if name and note]


@login_required
@require_safe
def measure_timeline(request, audit):
    """When which measure is due: a chart, and a table that says the same month by month."""
    audit = get_audit(request, audit, Ability.SEE_RESULTS)
    measures = list(sources.narrow(request, audit.measures.by_due()))
    context = {
        "here": KEY,
        **sources.asked(request, audit),
        "line": time_line(measures, timezone.localdate()),
        "list_url": reverse("agenda:measure-list", args=[audit.slug]),
        **texts.counts(audit),
    }
    return render(request, "agenda/measure_timeline.html", context)
