"""What holds for every request: the limits of a session, forms that come too late or without their end, addresses of
buttons, and no traces left behind."""

import time
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse, HttpResponseBadRequest, UnreadablePostError
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _

from . import errors

SIGNED_IN_AT = "signed_in_at"
SEEN_AT = "seen_at"
# Writing the session on every request would turn each page view into a database write.
SEEN_STEP_SECONDS = 60


def by_script(request) -> bool:
    """Whether a script on the page asked, and not the person by a link or a form."""
    return "X-CSRFToken" in request.headers or "HX-Request" in request.headers


def by_clock(request) -> bool:
    """Whether a page asks again and again by itself, which says nothing of whoever sits there (`?by=clock`)."""
    return request.method == "GET" and request.GET.get("by") == "clock"


class Discretion:
    """Leaves no copies in browsers' caches and names routes instead of addresses in the logs.

    A view that sets Cache-Control itself keeps it. `integra.route` is what integra/gunicorn.py logs: addresses
    may hold personal codes.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        if request.resolver_match and hasattr(request, "environ"):
            request.environ["integra.route"] = "/" + request.resolver_match.route
        return response


class WholeForms:
    """Refuses a form of which the connection brought only the beginning: what is missing would count as left empty.

    Servers hand on such a request like any other. In files and JSON the missing end is noticed by who reads them.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.content_type == "application/x-www-form-urlencoded" and not self.is_whole(request):
            # It reaches nobody any more.
            return HttpResponseBadRequest()
        return self.get_response(request)

    @staticmethod
    def is_whole(request) -> bool:
        try:
            return len(request.body) >= int(request.META.get("CONTENT_LENGTH") or 0)
        except UnreadablePostError:
            return False


class SessionLimits:
    """Signs an account out after 12 hours, or after 30 minutes without a request of the person's (SAFETY: session limits)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        now = int(time.time())
        if request.user.is_authenticated and self.is_over(request.session, now):
            logout(request)
            if not by_script(request):
                words = _("You were signed out: after 30 minutes without a click, and after 12 hours in any case.")
                messages.warning(request, words)
        response = self.get_response(request)
        # Afterwards, so that the request that signs in starts the clock.
        if request.user.is_authenticated:
            request.session.setdefault(SIGNED_IN_AT, now)
            if not by_clock(request) and now - request.session.get(SEEN_AT, 0) >= SEEN_STEP_SECONDS:
                request.session[SEEN_AT] = now
        return response

    @staticmethod
    def is_over(session, now) -> bool:
        started, seen = session.get(SIGNED_IN_AT, now), session.get(SEEN_AT, now)
        return now - started > settings.SESSION_COOKIE_AGE or now - seen > settings.SESSION_IDLE_SECONDS


class SentTooLate:
    """Loses nothing that was sent after the session had ended.

    Where a view leads to the sign-in page to come back to the very address, a form's text would be gone and a
    script would take the sign-in page for success. A form gets its text back, a script the status 401.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == 302 and self.leads_to_sign_in(request, response):
            if by_script(request):
                return HttpResponse(_("You are signed out."), status=401, content_type="text/plain; charset=utf-8")
            if request.method == "POST":
                return errors.signed_out(request)
        return response

    @staticmethod
    def leads_to_sign_in(request, response) -> bool:
        target = urlsplit(response.headers["Location"])
        back = parse_qs(target.query).get("next", [""])[0]
        return target.path == resolve_url(settings.LOGIN_URL) and back == request.get_full_path()


class TypedAddress:
    """Gives whoever types the address of a button, or loads it again, a page instead of an empty answer."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == 405 and not response.content and not by_script(request):
            return errors.method_not_allowed(request, response.headers["Allow"])
        return response
