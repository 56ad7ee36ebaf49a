"""What the pages of findings, recommendations and measures share: areas with what is in them, neighbours, moving, conflicts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponseBadRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from audits.enums import Area
from audits.forms.order import MoveForm
from audits.views import saving

from .. import actions
from ..method import KEY
from ..models import NumberedText

SAVED = saving.SAVED


@dataclass(frozen=True)
class AreaGroup:
    """An area and its texts on the page."""

    area: Area
    texts: list[NumberedText]


def by_area(texts: Iterable[NumberedText], areas: Iterable[Area] = Area) -> list[AreaGroup]:
    found = defaultdict(list)
    for text in texts:
        found[text.area].append(text)
    return [AreaGroup(area, found[area]) for area in areas]


def neighbours(texts, text: NumberedText) -> dict[str, int | None]:
    """Numbers of the texts before and after this one in report order, for reading one after the other."""
    order = list(texts.in_report_order().values_list("number", flat=True))
    place = order.index(text.number)
    return {
        "before": order[place - 1] if place else None,
        "after": order[place + 1] if place + 1 < len(order) else None,
    }


def counts(audit) -> dict[str, int]:
    """How many texts of each kind the audit has, for the way between their lists."""
    return {
        "finding_count": audit.findings.count(),
        "recommendation_count": audit.recommendations.count(),
        "measure_count": audit.measures.count(),
    }


def moved(request, text: NumberedText, listing: str, *, query: str = ""):
    """Moves a text by one place and leads back to the button that was used, so that the focus stays there."""
    form = MoveForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest(_("A text moves up or down."))
    there = actions.move(text=text, step=form.cleaned_data["step"])
    if there is None:
        raise Http404
    place, total = there
    messages.success(
        request,
        _("%(code)s is now number %(place)d of %(total)d in “%(area)s”.")
        % {"code": text.code, "place": place, "total": total, "area": Area(text.area).short},
    )
    button = "up" if form.cleaned_data["step"] < 0 else "down"
    return redirect(f"{reverse(listing, args=[text.audit.slug])}{query}#{text.code}-{button}")


def conflict(request, form, current: NumberedText, *, action: str = ""):
    """Both texts side by side after a save on a stale one; `action` is where "Save mine" goes."""
    return saving.conflict(
        request, form, current, name=current.code, here=KEY, action=action, again={"audit": current.audit}
    )
