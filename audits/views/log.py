"""The log of accesses: its page, and the mark by which a view is noted in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .. import permissions
from ..actions import LOG_KEPT, log_access
from ..enums import Act, Personal
from ..forms.log import LogFilter
from ..models import AccessEntry, Audit
from ..permissions import Ability

PER_PAGE = 50
SHOWN = (200, 206)

View = Callable[..., HttpResponseBase]


def logged(kind: Personal, act: Act = Act.VIEWED) -> Callable[[View], View]:
    """Marks a view that shows personal material of the team's audit, or hands it out: what it answers a GET with is noted.

    Of what it is, the loaders say (`request.opened`, beside `request.audit`). A form that is shown again was seen before.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def noted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            response = view(request, *args, **kwargs)
            if request.method == "GET" and response.status_code in SHOWN:
                note_access(request, kind, act)
            return response

        return noted

    return decorate


def note_access(request: HttpRequest, kind: Personal, act: Act = Act.VIEWED) -> None:
    """Notes what the team member of the request did, where a mark cannot: an erasure, or what is not so for everybody."""
    log_access(audit=request.audit, by=request.user, act=act, kind=kind, of=getattr(request, "opened", None))


@login_required
@require_safe
def access_log(request, audit):
    """Who saw, took and erased personal material of the audit, the latest first."""
    audit = permissions.get_audit(request, audit, Ability.SEE_LOG)
    form = LogFilter(request.GET, audit=audit)
    entries = form.narrow(audit.accesses.select_related("user"))
    page = Paginator(entries, PER_PAGE).get_page(request.GET.get("page"))
    belonging = _belonging(audit, page)
    context = {
        "here": "team",
        "form": form,
        "page_obj": page,
        "rows": [(entry, belonging.get(entry.row)) for entry in page],
        "filtered": bool(form.chosen),
        "days": LOG_KEPT.days,
    }
    return render(request, "audits/access_log.html", context)


def _belonging(audit: Audit, entries: Iterable[AccessEntry]) -> dict[UUID | None, Any]:
    """What the material belongs to, by UUID, those of one model at once; what is deleted since is left out."""
    wanted = defaultdict(set)
    for entry in entries:
        if entry.label:
            wanted[entry.label].add(entry.row)
    found: dict[UUID | None, Any] = {}
    for label, uuids in wanted.items():
        for row in apps.get_model(label)._default_manager.filter(audit=audit, uuid__in=uuids):
            row.audit = audit
            found[row.uuid] = row
    return found
