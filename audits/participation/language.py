"""Pages for participants speak two languages more than the rest: `PARTICIPANT_LANGUAGES`.

Django's locale middleware knows `LANGUAGES` alone, so these pages choose for themselves and keep the choice in a
cookie of their own. The decorator also sets the headers that pages with personal content need.
"""

from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

from . import session

COOKIE = "participant_language"
# The server's own mark and who is here, for the worker on the phone (static/js/worker.js): the sign-in page of some
# network does not carry it, and what is kept of one person is never shown to another.
MARK = "X-Integra"
NOBODY = "nobody"


def chosen(request: HttpRequest) -> str:
    """The language of the page: the one chosen before, else the browser's first that we speak, else the default."""
    spoken = dict(settings.PARTICIPANT_LANGUAGES)
    if (kept := request.COOKIES.get(COOKIE)) in spoken:
        return kept
    for wanted, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if (code := wanted.split("-")[0]) in spoken:
            return code
    return settings.LANGUAGE_CODE


def choose(response: HttpResponse, language: str) -> HttpResponse:
    """Keeps the choice for a walk's day on this phone; unknown codes are ignored."""
    if language in dict(settings.PARTICIPANT_LANGUAGES):
        response.set_cookie(
            COOKIE,
            language,
            max_age=settings.SESSION_COOKIE_AGE,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


def participant_page(view):
    """Runs a view in the participant's language, `?lang=` chooses another; its answer is stored nowhere and names no
    address to others.

    The referrer policy is `same-origin`: under `no-referrer` browsers send forms with `Origin: null`, which the
    CSRF check has to refuse. No address of these pages holds a secret; the personal code is only ever posted.
    """

    @wraps(view)
    def in_language(request, *args, **kwargs):
        if request.method in ("GET", "HEAD") and (wanted := request.GET.get("lang")):
            return choose(redirect(request.path), wanted)
        language = chosen(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = view(request, *args, **kwargs)
        response.headers["Content-Language"] = language
        response.headers[MARK] = request.session.get(session.KEY, {}).get("uuid", NOBODY)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "same-origin"
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
        return response

    return in_language
