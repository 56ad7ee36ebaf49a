"""Photos of somebody without a phone: the team types in the signed paper, or the personal code, and sends for them."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from audits import tokens
from audits.enums import Personal
from audits.participation import actions as participation
from audits.participation import limits, occasions, receipts
from audits.participation.actions import NotAcceptingError
from audits.participation.forms import PersonalCodeForm
from audits.participation.models import Participant
from audits.views import files
from audits.views.log import logged

from ..actions import MOST_PHOTOS
from ..forms.on_behalf import PaperForm
from ..forms.photos import PassedOverHandler, handler_for
from ..joining import occasion_of
from ..models import Activity
from ..permissions import get_activity
from .photographer import READ, Own, photos_form, refused, tell, too_much


@never_cache
@login_required
@require_http_methods(READ)
def begin(request: HttpRequest, audit: str, activity: uuid.UUID) -> HttpResponse:
    """Who is it: somebody new with a signed paper, or somebody with a personal code. Before the beginning nobody."""
    row = get_activity(request, audit, activity)
    if not row.has_begun:
        # On a phone nobody can join by then either.
        context = {"here": "photovoice", "activity": row}
        return render(request, "photovoice/on_behalf.html", context, status=409 if request.method == "POST" else 200)
    occasion = occasion_of(row.join_code)
    assert occasion is not None
    by_code = "personal_code" in request.POST
    sent = request.POST if request.method == "POST" else None
    form = PaperForm(
        None if by_code else sent,
        sheet=occasions.consent_sheet(occasion),
        initial={"language": row.audit.language},
    )
    code_form = PersonalCodeForm(sent if by_code else None)
    code_form.fields["personal_code"].label = _("Personal code of the person")
    code_form.fields["personal_code"].help_text = _("8 letters and numbers, for example 7KPM 3XWD.")
    status = 200
    if form.is_valid() and not form.cleaned_data["card"]:
        with transaction.atomic():
            language = form.cleaned_data["language"]
            participant, code = participation.reserve(audit=row.audit, language=language, joining=form.joining)
            if participant.joined_at is None:
                participation.join_on_paper(participant=participant, **form.person)
        return receipts.hand_over(redirect(_address(row, participant)), participant, code)
    if form.is_valid():
        found, status = _by_code(request, row, form, "card")
        if found and found.joined_at:
            form.add_error("card", _("Somebody takes part with this code already. Type it as a personal code instead."))
        elif found:
            participation.join_on_paper(participant=found, **form.person)
            return redirect(_address(row, found))
        elif status == 200:
            form.add_error("card", _("No card has this code. Compare each character."))
    if code_form.is_valid():
        found, status = _by_code(request, row, code_form, "personal_code")
        if found and found.joined_at:
            return redirect(_address(row, found))
        if status == 200:
            code_form.add_error("personal_code", _("Nobody who has joined has this code. Compare each character."))
    context = {"here": "photovoice", "activity": row, "form": form, "code_form": code_form, "by_code": by_code}
    return render(request, "photovoice/on_behalf.html", context, status=status)


def _by_code(request: HttpRequest, activity: Activity, form: Form, field: str) -> tuple[Participant | None, int]:
    """Who has the code that was typed, joined or not, and the status of the answer; 429, beside the field, where too many
    were tried."""
    if not limits.may_try_code(request, code=activity.join_code, audit=activity.audit):
        form.add_error(field, _("Too many codes were tried just now. Wait ten minutes and try again."))
        return None, 429
    found = participation.participant_by_code(audit=activity.audit, code=form.cleaned_data[field])
    if found:
        limits.code_was_right(request, code=activity.join_code, audit=activity.audit)
    return found, 200


def _address(activity: Activity, participant: Participant) -> str:
    return reverse("photovoice:on-behalf-photos", args=[activity.audit.slug, activity.uuid, participant.uuid])


# The check of the form's token reads the body, and has to wait until who may send such a long one is known.
@csrf_exempt
@login_required
@require_http_methods(READ)
@logged(Personal.PHOTOS)
def photos(request: HttpRequest, audit: str, activity: uuid.UUID, participant: uuid.UUID) -> HttpResponse:
    """Sending the person's photos. The address is known only to whoever typed in the paper or the code."""
    row = get_activity(request, audit, activity)
    found = Own(row, _participant(row, participant), by=request.user)
    handler = handler_for(request)
    if handler is None:
        return _page(request, found, problem=too_much(), status=413)
    request.upload_handlers = [handler]
    return _photos(request, found)


@csrf_protect
def _photos(request: HttpRequest, found: Own) -> HttpResponse:
    if request.method != "POST":
        return _page(request, found)
    form = photos_form(found, found.photos, request.POST, request.FILES)
    if isinstance(request.upload_handlers[0], PassedOverHandler):
        return _page(request, found, form.passed_over(), problem=too_much(), status=413)
    if not form.is_valid():
        return _page(request, found, form)
    try:
        outcomes = found.send(form)
    except NotAcceptingError as reason:
        return _page(request, found, form, problem=str(reason), status=409)
    tell(request, outcomes)
    if refused(form, outcomes):
        return _page(request, found, form)
    return redirect(request.path)


def _page(request: HttpRequest, found: Own, form=None, *, problem: str = "", status: int = 200) -> HttpResponse:
    mine = found.photos
    form = form or photos_form(found, mine)
    code = receipts.code_in(request, found.participant)
    context = {
        "here": "photovoice",
        "own": found,
        "activity": found.activity,
        "photos": mine,
        "most": MOST_PHOTOS,
        "form": form,
        "plan": found.plan(),
        "problem": problem,
        "personal_code": tokens.spaced(code) if code else "",
        "language": found.participant.language,
    }
    return render(request, "photovoice/on_behalf_photos.html", context, status=status)


@login_required
@require_http_methods(READ)
def code(request: HttpRequest, audit: str, activity: uuid.UUID, participant: uuid.UUID) -> HttpResponse:
    """The new personal code to be printed for its owner, in the owner's language; once it is handed over it is gone."""
    row = get_activity(request, audit, activity)
    person = _participant(row, participant)
    if request.method == "POST":
        messages.success(request, _("The code is not shown any more."))
        response = redirect(_address(row, person))
        response.delete_cookie(receipts.COOKIE)
        return response
    if not (personal_code := receipts.code_in(request, person)):
        raise Http404
    address = request.build_absolute_uri(reverse("participation:join", args=[row.join_code]))
    with translation.override(person.language):
        picture = receipts.drawn(personal_code, city=row.audit.city, address=address)
    return files.attachment(picture, f"{row.audit.city}.png", "image/png")


def _participant(activity: Activity, participant: uuid.UUID) -> Participant:
    rows = Participant.objects.joined().filter(audit=activity.audit)
    return get_object_or_404(rows, uuid=participant)
