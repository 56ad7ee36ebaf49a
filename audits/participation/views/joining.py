"""Joining without an account: what this is, consent, the personal code, and leaving again.

A view here answers in one of the participants' languages (`participant_page`) and knows who is there from the
session alone. Nothing about the person is stored but what the joining form asks.
"""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audits import tokens
from audits.views import files

from .. import actions, limits, occasions, posters, receipts, session
from ..forms import JoinCodeForm, JoinForm, OwnPageForm, PersonalCodeForm
from ..language import participant_page
from ..models import Participant
from ..occasions import Occasion, Phase

READ = ["GET", "HEAD", "POST"]


@participant_page
@require_http_methods(READ)
def enter_join_code(request: HttpRequest) -> HttpResponse:
    """The code from the poster, typed by hand; or a personal code, which leads to where its owner takes part.

    Whatever leads nowhere is answered in the same words. What a poster says comes first: wrong personal codes of others
    keep nobody from joining.
    """
    form = JoinCodeForm(request.POST or None)
    status = 200
    if form.is_valid():
        if not limits.may_look_for_occasion(request):
            form.add_error("code", _("Too many codes were tried just now. Wait ten minutes and try again."))
            status = 429
        elif occasion := occasions.find(form.cleaned_data["code"]):
            return redirect("participation:join", occasion.code)
        elif not limits.may_try_code_anywhere(request):
            form.add_error("code", _("Too many codes were tried just now. Wait ten minutes and try again."))
            status = 429
        elif (found := actions.participant_of(form.cleaned_data["code"])) and (
            where := occasions.of_participant(found)
        ):
            limits.code_was_right_anywhere(request)
            return _come_back(request, found, where)
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
    occasion, here = who(request, code)
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
    occasion, here = who(request, code)
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
            return _come_back(request, found, [occasion])
        else:
            form.add_error(
                "personal_code", _("Nothing is found under this code. Compare each character with your paper or photo.")
            )
    return _join_page(request, occasion, here, code_form=form, status=status)


def _come_back(request: HttpRequest, found: Participant, where: list[Occasion]) -> HttpResponse:
    """From now on this browser acts for the owner of the code; to their place, or to the list of their places."""
    session.remember(request, found)
    # What stands open on a shared phone may be somebody else's.
    rotate_token(request)
    if len(where) > 1:
        return redirect("participation:places", where[0].code)
    [occasion] = where
    if found.joined_at is None:
        # A redirect without a place of its own would keep that of the form, and land on its emptied box.
        return redirect(reverse("participation:join", args=[occasion.code]) + "#consent")
    return redirect(occasion.enter(found))


@participant_page
@require_safe
def places(request: HttpRequest, code: str) -> HttpResponse:
    """Where somebody takes part who has more places than one in the audit."""
    occasion, here = who(request, code)
    if here is None:
        return redirect("participation:join", code)
    context = {**occasions.context(occasion), "places": occasions.of_participant(here)}
    return render(request, "participation/places.html", context)


@participant_page
@require_http_methods(READ)
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """The personal code, until its owner says that it is kept. It lives in a cookie of this phone alone."""
    occasion, here = who(request, code)
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
            "short": posters.short_address(request),
            "forgot_to_tick": request.method == "POST",
            "agreed": decided(occasion, here),
        },
    )


@participant_page
@require_safe
def receipt_picture(request: HttpRequest, code: str) -> HttpResponse:
    """The personal code as a picture to keep, as long as this browser still shows it."""
    occasion, here = who(request, code)
    if here is None:
        return redirect("participation:join", code)
    if not (personal_code := receipts.code_in(request, here)):
        raise Http404
    address = request.build_absolute_uri(reverse("participation:join", args=[occasion.code]))
    picture = receipts.drawn(personal_code, city=occasion.audit.city, address=address)
    name = _("Code for %(city)s") % {"city": occasion.audit.city}
    return files.attachment(picture, f"{name}.png", "image/png")


@participant_page
@require_POST
def go_on(request: HttpRequest, code: str) -> HttpResponse:
    """Back to one's place in the occasion; to the joining page for whoever has none."""
    occasion, here = who(request, code)
    if here is None or here.joined_at is None:
        return redirect("participation:join", code)
    return redirect(occasion.enter(here))


@participant_page
@require_POST
def leave(request: HttpRequest, code: str) -> HttpResponse:
    """This is not my phone: the browser forgets who took part here. Or somebody else takes part with the same phone
    (`another`): then what the phone keeps for the one before stays there, and is sent when they are back."""
    another = bool(request.POST.get("another"))
    session.forget(request)
    # The next person must not send a page of the last one again.
    rotate_token(request)
    messages.info(
        request,
        _("Now somebody else can take part with this phone. Whoever was here comes back with the personal code.")
        if another
        else _("This phone no longer shows what you gave. With your personal code you can come back."),
    )
    response = redirect("participation:join", code)
    response.delete_cookie(receipts.COOKIE)
    return response


def who(request: HttpRequest, code: str) -> tuple[Occasion | None, Participant | None]:
    """The occasion, None where there is none, and whoever is known to this browser as taking part in its audit."""
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


def decided(occasion: Occasion, participant: Participant) -> list[dict]:
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
