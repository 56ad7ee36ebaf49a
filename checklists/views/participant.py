"""A participant's own page for one sheet, on an own phone, without an account."""

import time
import uuid
from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from audits.participation import occasions
from audits.participation.deliveries import deliver
from audits.participation.forms import PersonalCodeForm
from audits.participation.language import choose, participant_page
from audits.participation.models import Participant
from audits.participation.session import participant_in

from .. import actions
from ..actions import NotAcceptingError, Outcome
from ..enums import WalkState
from ..forms.entry import KINDS, SheetForm
from ..joining import occasion_of, walk_of
from ..lines import Plan, plan_of
from ..models import CityWalk, Sheet, SheetPlace
from ..wording import Wording, wording_of


class OtherSheetError(Exception):
    """A delivery for another sheet than the one of whoever takes part in this browser."""


@dataclass(frozen=True)
class OwnSheet:
    """A participant's sheet with what its pages need."""

    sheet: Sheet
    walk: CityWalk
    participant: Participant
    plan: Plan
    wording: Wording

    def form(self) -> SheetForm:
        return SheetForm(
            plan=self.plan,
            wording=self.wording,
            scores={(score.item_id, score.place_id): score for score in self.sheet.scores.order_by()},
            heads={head.place_id: head for head in SheetPlace.objects.filter(sheet=self.sheet)},
            late=actions.late_of(self.sheet),
            day=self.walk.date,
        )

    def record(self, changes, device) -> list:
        return actions.record(
            sheet=self.sheet,
            changes=changes,
            device=device,
            participant=self.participant,
            plan=self.plan,
            language=self.wording.language,
            revision=self.wording.revision,
        )


def own_sheet(request: HttpRequest, code: str) -> OwnSheet | None:
    """The sheet of whoever takes part in this browser; None for everybody else, whatever the code."""
    walk = walk_of(code)
    participant = participant_in(request, walk.audit) if walk else None
    if participant is None or participant.joined_at is None:
        return None
    found = actions.find_sheet(walk=walk, participant=participant)
    if found is None:
        return None
    plan = plan_of(walk)
    return OwnSheet(found, walk, participant, plan, wording_of(plan, walk.checklist, get_language()))


@participant_page
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, code: str) -> HttpResponse:
    """The sheet with its parts; without script an ordinary form that saves and sends."""
    own = own_sheet(request, code)
    if own is None:
        messages.info(request, _("To see your sheet on this phone, type your personal code."))
        return redirect("participation:join", code)
    form = own.form()
    if request.method != "POST":
        return _page(request, own, form)
    if request.POST.get("sheet") != str(own.sheet.uuid):
        return _of_somebody_else(request, own, form)
    refused = ""
    try:
        _save(own, form, request.POST)
    except NotAcceptingError as reason:
        refused = str(reason)
    if refused or form.has_errors:
        return _page(request, own, form, refused=refused, status=409 if refused else 200)
    if "send" in request.POST:
        actions.submit(sheet=own.sheet)
        return redirect(f"{request.path}#receipt")
    return choose(redirect(request.path), request.POST.get("language", ""))


@participant_page
@require_POST
def changes(request: HttpRequest, code: str) -> HttpResponse:
    """Deliveries of the page's script; `audits/participation/deliveries.py` says what they look like.

    Each names its sheet in `sheet`. On a phone that people share the session may be somebody else's by now; then,
    as without any session, nothing is taken (403), and `code_needed` says that only a personal code helps.
    """
    own = own_sheet(request, code)
    if own is None:
        return _code_needed()

    def write(delivery, changes):
        if delivery.cleaned_data["sheet"] != own.sheet.uuid:
            raise OtherSheetError
        results = own.record(changes, delivery.cleaned_data["device"])
        if delivery.cleaned_data["send"] and all(result.outcome is not Outcome.REFUSED for result in results):
            actions.submit(sheet=own.sheet)
        return results

    try:
        return deliver(request, KINDS, write)
    except OtherSheetError:
        return _code_needed()


def _code_needed() -> JsonResponse:
    words = _("Your answers are kept on this phone. Type your personal code again, then they are sent.")
    return JsonResponse({"message": words, "code_needed": True}, status=403)


def _of_somebody_else(request: HttpRequest, own: OwnSheet, form: SheetForm) -> HttpResponse:
    """Hands back what was typed on the sheet of somebody who was on this phone before. Nothing of it is saved."""
    typed = [
        (row.text, text)
        for row in form.rows
        for name in ("comment", "idea")
        if (text := request.POST.get(f"{name}-{row.name}", "").strip())
    ]
    context = {"walk": own.walk, "city": own.walk.audit.city, "code_form": PersonalCodeForm(), "typed": typed}
    return render(request, "checklists/participant_refused.html", context, status=403)


def _save(own: OwnSheet, form: SheetForm, posted) -> None:
    """Records what a plain form changed; each page that is sent counts as a device of its own."""
    changed = form.changed(posted, sequence=0)
    problems = {}
    for change, result in zip(changed, own.record(changed, uuid.uuid4()), strict=True):
        if result.outcome is Outcome.REFUSED:
            problems[change.part] = result.message
    form.note_problems(problems)


def _page(
    request: HttpRequest, own: OwnSheet, form: SheetForm, *, refused: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "own": own,
        "sheet": own.sheet,
        "walk": own.walk,
        "city": own.walk.audit.city,
        "entry": form,
        "refused": refused,
        "states": WalkState,
        "languages": settings.PARTICIPANT_LANGUAGES,
        "late": len(form.late),
        # Whole seconds, as answers carry them: what was sent since then, a kept copy of this page does not show.
        "rendered": f"{int(time.time())}000",
        "companions": occasions.companions(occasion_of(own.walk.join_code)),
    }
    return render(request, "checklists/participant_sheet.html", context, status=status)
