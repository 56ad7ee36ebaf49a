"""Error pages that say what happened, what is safe, and what to do next."""

import logging
import re
import secrets
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import is_valid_path
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from audits import permissions
from audits.enums import Role

logger = logging.getLogger(__name__)

# Never shown again, not even to the person who typed it.
SECRET = ("password", "token", "code", "credential", "secret")
# What a page sends beside what somebody typed: versions, identifiers, numbers of rows, fingerprints of what stood there.
TECHNICAL = re.compile(r"^was-|(^|-)(version|uuid|key|id|next|action|another|[A-Z_]+_FORMS)$")


def refused(request) -> dict[str, Any]:
    """What a refused form carried, for a page that hands it back.

    `typed` are pairs of field name and text, without secrets, empty fields and what only the page itself had put in.
    `again` are all fields, to send the very same form once more; empty where it held secrets or files, or did not come
    from a page of ours: another site's form must not become one by a click on this page.
    """
    sent = [(name, value) for name, values in request.POST.lists() for value in values if name != "csrfmiddlewaretoken"]
    secret = [name for name, _value in sent if any(word in name.lower() for word in SECRET)]
    ours = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    return {
        "typed": [
            (name.replace("_", " "), value)
            for name, value in sent
            if value.strip() and name not in secret and not TECHNICAL.search(name)
        ],
        "again": sent if ours and not secret and not request.FILES else [],
    }


def bad_request(request, exception=None):
    return render(request, "400.html", status=400)


def permission_denied(request, exception=None):
    """403 for who may see but not do this. The exception's own words are shown, where it has some."""
    context = {"words": str(exception or "")}
    if audit := getattr(request, "audit", None):
        context |= {
            "role": Role(permissions.role_in(request.user, audit)).label,
            "coordinators": [
                str(membership.user)
                for membership in audit.memberships.filter(role=Role.COORDINATOR).select_related("user")
            ],
        }
    return render(request, "403.html", context, status=403)


def csrf_failure(request, reason=""):
    """The form was open too long, or cookies are off: what was typed is handed back."""
    words = _(
        "You signed in or out in another window while this page was open, or your browser blocks cookies. "
        "Nothing has been saved yet."
    )
    page = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    context = {
        "title": _("This form is no longer valid"),
        "words": words,
        "page": urlsplit(page).path if ours else "",
        **refused(request),
    }
    return render(request, "403.html", context, status=403)


def signed_out(request):
    """A form was sent after the session had ended: what was typed is handed back."""
    return render(request, "401.html", refused(request), status=401)


def page_not_found(request, exception=None):
    """404: tells the same to everybody, so that nobody learns what exists."""
    return render(request, "404.html", status=404)


def method_not_allowed(request, allowed: str):
    """405: the address of a button, typed or loaded again; leads to the page above it."""
    response = render(request, "405.html", {"page": _above(request.path)}, status=405)
    response.headers["Allow"] = allowed
    return response


def _above(path: str) -> str:
    """The nearest address above this one that is one; "" where there is none but the first page."""
    while path := path.rstrip("/").rpartition("/")[0]:
        if is_valid_path(f"{path}/"):
            return f"{path}/"
    return ""


def too_many_requests(request, exception=None):
    return render(request, "429.html", status=429)


def server_error(request) -> HttpResponse:
    """500, with a number that finds the entry in the log. Needs neither the database nor a context processor."""
    number = secrets.token_hex(3).upper()
    logger.error("Number for support: %s", number)
    return HttpResponseServerError(render_to_string("500.html", {"number": number}))
