"""What somebody may ask for who took part: what they agreed to, what is held, what came of it, and taking it back."""

import json
import tempfile
import zipfile

from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from audits import methods
from audits.actions import log_access
from audits.enums import Act, AuditState, Personal
from audits.texts import listed

from .. import actions, occasions, receipts, session
from ..enums import Purpose
from ..forms import AgreedForm, OwnPageForm
from ..language import participant_page
from ..occasions import Phase
from .joining import READ, decided, who

# In what somebody downloads: a page to read, and all of it for machines; pictures lie beside them.
HELD_PAGE, HELD = "everything.html", "everything.json"


@participant_page
@require_http_methods(READ)
def agreed(request: HttpRequest, code: str) -> HttpResponse:
    """What somebody agreed to, and changing what is not needed for taking part."""
    occasion, here = who(request, code)
    if here is None or here.joined_at is None:
        return redirect("participation:join", code)
    latest = actions.consents_of(here)
    sheet = occasions.consent_sheet(occasion, latest)
    texts = {purpose: text for purpose, text in sheet.texts.items() if not text.needed}
    minor = Purpose.TAKING_PART in latest and latest[Purpose.TAKING_PART].guardian
    holds = {purpose for purpose, consent in latest.items() if consent.given}
    elses = request.method == "POST" and not OwnPageForm(request.POST).is_of(here)
    sent = request.POST if request.method == "POST" and not elses else None
    form = AgreedForm(sent, texts=texts, holds=holds, minor=minor)
    if form.is_valid():
        deleted = methods.rests_on(here, form.taken_back)
        if deleted and not form.cleaned_data["sure"]:
            context = {**occasions.context(occasion), "form": form, "deleted": deleted, "here": here}
            return render(request, "participation/agreed_sure.html", context)
        actions.give_consents(
            participant=here,
            decisions=form.decisions,
            language=get_language(),
            guardian=minor,
            text_version=sheet.version,
        )
        said = _("Saved. Deleted: %(what)s.") % {"what": listed(deleted)} if deleted else _("Saved.")
        messages.success(request, said)
        return redirect("participation:agreed", occasion.code)
    context = {
        **occasions.context(occasion),
        "form": form,
        "agreed": decided(occasion, here),
        "noted": occasion.noted(here),
        # Photos can be looked at and taken back also when no more are taken.
        "companions": [
            other
            for other in occasions.companions(occasion, closed=True)
            if other.takes_photos or other.phase is not Phase.CLOSED
        ],
        "here": here,
        "elses": elses,
    }
    return render(request, "participation/agreed.html", context, status=403 if elses else 200)


@participant_page
@require_safe
def held(request: HttpRequest, code: str) -> HttpResponse:
    """Everything that is held about somebody, as one file to keep: a page to read in their language, all of it with its
    history as JSON, pictures as they are. Of a picture that is gone from the store both tell the name."""
    occasion, here = who(request, code)
    if here is None:
        return redirect("participation:join", code)
    words, missing = actions.held_for(here), []
    # Forty photos are more than a worker should hold in its memory.
    target = tempfile.TemporaryFile()  # noqa: SIM115 the answer closes it
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in actions.held_files(here):
            try:
                with file.open() as opened:
                    archive.writestr(file.name, opened.read(), zipfile.ZIP_STORED)
            except FileNotFoundError:
                missing.append(file.name)
        if missing:
            words["missing_files"] = missing
        page = render_to_string(
            "participation/held.html",
            {
                "city": occasion.audit.city,
                "audit": occasion.audit,
                "parts": actions.held_parts(here),
                "missing": missing,
            },
        )
        archive.writestr(HELD_PAGE, page)
        archive.writestr(HELD, json.dumps(words, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
    target.seek(0)
    log_access(audit=occasion.audit, by=None, act=Act.EXPORTED, kind=Personal.HELD)
    name = _("What is held about me, %(city)s") % {"city": occasion.audit.city}
    response = FileResponse(target, as_attachment=True, filename=f"{name}.zip", content_type="application/zip")
    response["X-Content-Type-Options"] = "nosniff"
    return response


@participant_page
@require_safe
def city(request: HttpRequest, code: str) -> HttpResponse:
    """What the city did with what somebody gave, once the audit is published; until then, what happens with it."""
    occasion, here = who(request, code)
    if here is None or here.joined_at is None:
        return redirect("participation:join", code)
    audit = occasion.audit
    published = audit.state == AuditState.PUBLISHED
    given = methods.given_by(here) if published else ()
    context = {
        **occasions.context(occasion),
        "audit": audit,
        "published": published,
        "late": audit.ends_on < timezone.localdate(),
        "gave": bool(given),
        "came_of": methods.came_of(audit, given) if given else [],
        "controller": audit.controller or audit.city.authority,
    }
    return render(request, "participation/city.html", context)


@participant_page
@require_http_methods(READ)
def take_back(request: HttpRequest, code: str) -> HttpResponse:
    """Taking everything back, after a page that says what goes and what stays; also once the occasion is closed.

    Sent again, because the answer was lost or a script had sent it first (static/js/leave.js), it says so once more.
    """
    occasion, here = who(request, code)
    page = OwnPageForm(request.POST)
    if here is None and not (occasion and request.method == "POST" and page.is_of_nobody):
        return redirect("participation:join", code)
    elses = request.method == "POST" and here is not None and not page.is_of(here)
    if request.method != "POST" or elses:
        context = {**occasions.context(occasion), "here": here, "elses": elses}
        return render(request, "participation/take_back.html", context, status=403 if elses else 200)
    if here is not None:
        actions.erase(here)
        log_access(audit=occasion.audit, by=None, act=Act.ERASED, kind=Personal.HELD)
        session.forget(request)
        rotate_token(request)
    response = render(request, "participation/taken_back.html", occasions.context(occasion))
    response.delete_cookie(receipts.COOKIE)
    return response


@participant_page
@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    """Whether the owner of what a phone still keeps (header `X-Owner`) took everything back: `{"erased": bool,
    "message": sentence}`. To whoever does not know the identifier already it tells nothing, nor anything else of it."""
    page = OwnPageForm({"owner": request.headers.get("X-Owner", "")})
    gone = page.is_valid() and actions.was_erased(page.cleaned_data["owner"])
    words = _("What you gave was taken back. What was kept on this phone is deleted too.")
    return JsonResponse({"erased": gone, "message": words if gone else ""})
