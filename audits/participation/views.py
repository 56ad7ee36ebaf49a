"""Joining without an account: what this is, consent, the personal code, and leaving again.

A view here answers in one of the participants' languages (`participant_page`) and knows who is there from the
session alone. Nothing about the person is stored but what the joining form asks.
"""

import json
import tempfile
import zipfile

from django.conf import settings
from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audits import methods, tokens
from audits.enums import AuditState
from audits.views import files

from . import actions, limits, occasions, receipts, session
from .enums import Purpose
from .forms import AgreedForm, JoinCodeForm, JoinForm, OwnPageForm, PersonalCodeForm
from .language import participant_page
from .models import Participant
from .occasions import Occasion, Phase

READ = ["GET", "HEAD", "POST"]
# The text in what somebody downloads; pictures lie beside it.
HELD = "everything.json"


@participant_page
@require_http_methods(READ)
def enter_join_code(request: HttpRequest) -> HttpResponse:
    """The code from the poster, typed by hand."""
    form = JoinCodeForm(request.POST or None)
    status = 200
    if form.is_valid():
        if not limits.may_look_for_occasion(request):
            form.add_error("code", _("Too many codes were tried just now. Wait ten minutes and try again."))
            status = 429
        elif occasion := occasions.find(form.cleaned_data["code"]):
            return redirect("participation:join", occasion.code)
        else:
            limits.join_code_was_wrong(request)
            form.add_error(
                "code", _("Nothing is found under this code. Look at your paper again: it has 8 characters.")
            )
    return render(request, "participation/join_code.html", {"form": form, **_languages()}, status=status)


@participant_page
@require_http_methods(READ)
def join(request: HttpRequest, code: str) -> HttpResponse:
    """What this is and what taking part means; consent; the personal code comes next."""
    occasion, here = _who(request, code)
    if here is None and (refused := _not_found(request, code, occasion)):
        return refused
    if request.method != "POST":
        return _join_page(request, occasion, here)
    if not _may_join(occasion, here):
        return _join_page(request, occasion, here, status=409)
    if _of_somebody_else(request, here):
        return _join_page(request, occasion, here, elses=True, status=403)
    form = JoinForm(request.POST, sheet=occasions.consent_sheet(occasion))
    if not form.is_valid():
        return _join_page(request, occasion, here, form=form)
    if here is not None:
        # Somebody with the code of a paper form; a second press of the button ends here too.
        if here.joined_at is None:
            actions.take_up(
                participant=here,
                language=get_language(),
                given=form.given,
                text_version=form.sheet.version,
                **form.person,
            )
        return redirect(occasions.enter(occasion, here))
    if not limits.may_join(request, code=occasion.code, audit=occasion.audit):
        form.add_error(None, _("Very many people have joined just now. Wait ten minutes and press the button again."))
        return _join_page(request, occasion, here, form=form, status=429)
    participant, personal_code = actions.join(
        audit=occasion.audit,
        language=get_language(),
        given=form.given,
        joining=form.cleaned_data["joining"],
        text_version=form.sheet.version,
        **form.person,
    )
    occasions.enter(occasion, participant)
    session.remember(request, participant)
    return receipts.hand_over(redirect("participation:receipt", occasion.code), participant, personal_code)


@participant_page
@require_POST
def enter_personal_code(request: HttpRequest, code: str) -> HttpResponse:
    """Somebody comes back, on another phone or with the code of the paper form."""
    occasion, here = _who(request, code)
    if here is None and (refused := _not_found(request, code, occasion)):
        return refused
    form = PersonalCodeForm(request.POST)
    status = 200
    if form.is_valid():
        if not limits.may_try_code(request, code=occasion.code, audit=occasion.audit):
            form.add_error("personal_code", _("Too many codes were tried just now. Wait ten minutes and try again."))
            status = 429
        elif found := actions.participant_by_code(audit=occasion.audit, code=form.cleaned_data["personal_code"]):
            limits.code_was_right(request, code=occasion.code, audit=occasion.audit)
            session.remember(request, found)
            # What stands open on a shared phone may be somebody else's.
            rotate_token(request)
            if found.joined_at is None:
                # A redirect without a place of its own would keep that of the form, and land on its emptied box.
                return redirect(reverse("participation:join", args=[occasion.code]) + "#consent")
            return redirect(occasion.enter(found))
        else:
            form.add_error(
                "personal_code", _("Nothing is found under this code. Compare each character with your paper or photo.")
            )
    return _join_page(request, occasion, here, code_form=form, status=status)


@participant_page
@require_http_methods(READ)
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """The personal code, until its owner says that it is kept. It lives in a cookie of this phone alone."""
    occasion, here = _who(request, code)
    if here is None:
        return redirect("participation:join", code)
    if request.method == "POST" and request.POST.get("kept"):
        response = redirect(occasion.enter(here))
        response.delete_cookie(receipts.COOKIE)
        return response
    personal_code = receipts.code_in(request, here)
    return render(
        request,
        "participation/receipt.html",
        {
            **occasions.context(occasion),
            "personal_code": tokens.spaced(personal_code) if personal_code else "",
            "forgot_to_tick": request.method == "POST",
            "agreed": _agreed(occasion, here),
        },
    )


@participant_page
@require_safe
def receipt_picture(request: HttpRequest, code: str) -> HttpResponse:
    """The personal code as a picture to keep, as long as this browser still shows it."""
    occasion, here = _who(request, code)
    if here is None:
        return redirect("participation:join", code)
    if not (personal_code := receipts.code_in(request, here)):
        raise Http404
    address = request.build_absolute_uri(reverse("participation:join", args=[occasion.code]))
    picture = receipts.drawn(personal_code, city=occasion.audit.city, address=address)
    name = _("Code for %(city)s") % {"city": occasion.audit.city}
    return files.attachment(picture, f"{name}.png", "image/png")


@participant_page
@require_http_methods(READ)
def agreed(request: HttpRequest, code: str) -> HttpResponse:
    """What somebody agreed to, and changing what is not needed for taking part."""
    occasion, here = _who(request, code)
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
        actions.give_consents(
            participant=here,
            decisions=form.decisions,
            language=get_language(),
            guardian=minor,
            text_version=sheet.version,
        )
        messages.success(request, _("Saved."))
        return redirect("participation:agreed", occasion.code)
    context = {
        **occasions.context(occasion),
        "form": form,
        "agreed": _agreed(occasion, here),
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
    """Everything that is held about somebody, as one file to keep: what was said as text, pictures as they are. Of a
    picture that is gone from the store the text tells the name."""
    occasion, here = _who(request, code)
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
        archive.writestr(HELD, json.dumps(words, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
    target.seek(0)
    name = _("What is held about me, %(city)s") % {"city": occasion.audit.city}
    response = FileResponse(target, as_attachment=True, filename=f"{name}.zip", content_type="application/zip")
    response["X-Content-Type-Options"] = "nosniff"
    return response


@participant_page
@require_safe
def city(request: HttpRequest, code: str) -> HttpResponse:
    """What the city did with what somebody gave, once the audit is published; until then, what happens with it."""
    occasion, here = _who(request, code)
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
    occasion, here = _who(request, code)
    page = OwnPageForm(request.POST)
    if here is None and not (occasion and request.method == "POST" and page.is_of_nobody):
        return redirect("participation:join", code)
    elses = request.method == "POST" and here is not None and not page.is_of(here)
    if request.method != "POST" or elses:
        context = {**occasions.context(occasion), "here": here, "elses": elses}
        return render(request, "participation/take_back.html", context, status=403 if elses else 200)
    if here is not None:
        actions.erase(here)
        session.forget(request)
        rotate_token(request)
    response = render(request, "participation/taken_back.html", occasions.context(occasion))
    response.delete_cookie(receipts.COOKIE)
    return response


@participant_page
@require_POST
def go_on(request: HttpRequest, code: str) -> HttpResponse:
    """Back to one's place in the occasion; to the joining page for whoever has none."""
    occasion, here = _who(request, code)
    if here is None or here.joined_at is None:
        return redirect("participation:join", code)
    return redirect(occasion.enter(here))


@participant_page
@require_POST
def leave(request: HttpRequest, code: str) -> HttpResponse:
    """This is not my phone: the browser forgets who took part here."""
    session.forget(request)
    # The next person must not send a page of the last one again.
    rotate_token(request)
    messages.info(request, _("This phone no longer shows what you gave. With your personal code you can come back."))
    response = redirect("participation:join", code)
    response.delete_cookie(receipts.COOKIE)
    return response


def _who(request: HttpRequest, code: str) -> tuple[Occasion | None, Participant | None]:
    occasion = occasions.find(code)
    return occasion, session.participant_in(request, occasion.audit) if occasion else None


def _of_somebody_else(request: HttpRequest, here: Participant | None) -> bool:
    """Whether the consent that was sent stood on the page of another one who holds a paper form, on a phone that people
    share; or on the page of nobody, when the holder of one is here now."""
    if "owner" not in request.POST and (here is None or here.joined_at):
        return False
    return here is None or not OwnPageForm(request.POST).is_of(here)


def _may_join(occasion: Occasion, here: Participant | None) -> bool:
    """While the occasion is closing nobody new joins; who was given a paper form may still go on on the phone."""
    return occasion.phase is Phase.OPEN or (occasion.phase is Phase.CLOSING and here is not None)


def _join_page(
    request: HttpRequest,
    occasion: Occasion,
    here: Participant | None,
    *,
    form: JoinForm | None = None,
    code_form: PersonalCodeForm | None = None,
    elses: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        **occasions.context(occasion),
        "form": form or JoinForm(sheet=occasions.consent_sheet(occasion)),
        "companions": occasions.companions(occasion),
        "code_form": code_form or PersonalCodeForm(),
        "here": here,
        "elses": elses,
        "may_join": _may_join(occasion, here) and (here is None or here.joined_at is None),
        "holds_paper": here is not None and here.joined_at is None,
        "controller": occasion.audit.controller or occasion.audit.city.authority,
        **_languages(),
    }
    return render(request, "participation/join.html", context, status=status)


def _agreed(occasion: Occasion, participant: Participant) -> list[dict]:
    """Each purpose with what was decided, as a sentence, and when."""
    holds = actions.consents_of(participant)
    rows = []
    for purpose, text in occasions.consent_sheet(occasion, holds).texts.items():
        consent = holds.get(purpose)
        given = bool(consent and consent.given)
        words = text.given if given else text.refused
        rows.append({"given": given, "words": words, "at": consent.at if consent else None})
    return rows


def _not_found(request: HttpRequest, code: str, occasion: Occasion | None) -> HttpResponse | None:
    """The page for a join code that leads nowhere; of whoever tried too many, for the right one too."""
    form = JoinCodeForm()
    if not limits.may_look_for_occasion(request):
        form = JoinCodeForm({"code": code})
        form.add_error("code", _("Too many codes were tried just now. Wait ten minutes and try again."))
        return render(request, "participation/join_code.html", {"form": form, **_languages()}, status=429)
    if occasion is not None:
        return None
    limits.join_code_was_wrong(request)
    return render(request, "participation/join_code.html", {"form": form, "unknown": True, **_languages()}, status=404)


def _languages() -> dict:
    return {"languages": settings.PARTICIPANT_LANGUAGES}
