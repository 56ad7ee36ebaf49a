"""The access matrix: who gets what from each address (SAFETY, "Access").

Each room lists its addresses in `tests/<room>/access.py` (or several: `access_sheets.py`):

    ROWS = {
        #                       anon  part  coor faci rese part revi view outs admin
        "audits:team": row("    login login 200  200  200  200  404  200  404  404", audit=slug),
        "checklists:walk-close POST": row("401 401 302 302 403 403 404 403 404 404", audit=slug, walk=a_walk),
    }

The key is the name of the address, with POST behind it where the row is about sending; an address without a row for one
of the two has to refuse it with 405. The words stand in the order of
COLUMNS: a status, or `login` for being led to the sign-in page (a form that is sent too late answers 401). Keyword
arguments of `row` are those of the address: values, or functions that take the `World` and make what the address needs.
A row may give `data` for POST, as a form or, with `json=True`, as a script sends it; its values may be functions too.
`as_participant(client, audit)` in `tests/participation/access.py` makes the client's browser a participant's.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

import tests
from audits.enums import Role
from audits.models import Audit, User

from . import factories

COLUMNS = (
    "anonymous",
    "participant",  # of the audit, without an account
    *(role.value for role in (Role.COORDINATOR, Role.FACILITATOR, Role.RESEARCHER)),
    *(role.value for role in (Role.PARTNER, Role.REVIEWER, Role.VIEWER)),
    "outsider",  # the coordinator of another audit
    "admin",  # the platform's, in no team
)

# Who takes part in another audit; always gets what the anonymous get.
STRANGER = "stranger"

# Most of the administration is Django's, accounts are allauth's; both test their own doors.
FOREIGN = ("django.contrib.", "django.views.generic.", "allauth.")


@dataclass(frozen=True)
class World:
    """One audit with a member in each role, and people who have nothing to do with it."""

    audit: Audit
    elsewhere: Audit
    users: dict[str, User]
    sessions: dict[str, str]

    @classmethod
    def build(cls) -> World:
        audit, elsewhere = factories.AuditFactory.create_batch(2)
        users = {role.value: factories.MembershipFactory(audit=audit, role=role).user for role in Role}
        users["outsider"] = factories.MembershipFactory(audit=elsewhere, role=Role.COORDINATOR).user
        users["admin"] = factories.UserFactory(is_staff=True, is_superuser=True)
        return cls(audit, elsewhere, users, {column: session_of(user) for column, user in users.items()})

    def client(self, column: str) -> Client:
        client = Client()
        if column in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[column]
        elif column == "participant":
            as_participant(client, self.audit)
        elif column == STRANGER:
            as_participant(client, self.elsewhere)
        return client


def session_of(user: User) -> str:
    """The key of a session in which the user is signed in, past its first request."""
    client = Client()
    client.force_login(user)
    client.get(reverse("help"))
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@dataclass(frozen=True)
class Row:
    expected: tuple[str, ...]
    kwargs: dict[str, Any]
    data: dict[str, Any]
    json: bool


def made(values: dict[str, Any], world: World) -> dict[str, Any]:
    """The values with their functions called."""
    return {name: value(world) if callable(value) else value for name, value in values.items()}


def row(expected: str, *, data: dict[str, Any] | None = None, json: bool = False, **kwargs: Any) -> Row:
    """Raises ValueError where a column is missing."""
    words = tuple(expected.split())
    if len(words) != len(COLUMNS):
        raise ValueError(f"{len(words)} words for {len(COLUMNS)} columns: {expected}")
    return Row(words, kwargs, data or {}, json)


def slug(world: World) -> str:
    return world.audit.slug


def answer(response) -> str:
    """The word for an answer, as it stands in the table."""
    sign_in = {resolve_url(settings.LOGIN_URL), resolve_url("admin:login")}
    to_sign_in = response.status_code == 302 and response["Location"].split("?")[0] in sign_in
    return "login" if to_sign_in else str(response.status_code)


def _rooms() -> Iterator[Any]:
    for module in pkgutil.walk_packages(tests.__path__, "tests."):
        if re.fullmatch(r"tests\.\w+\.access(_\w+)?", module.name):
            yield importlib.import_module(module.name)


def all_rows() -> dict[str, Row]:
    """The rows of all rooms. Raises ValueError where two rooms claim one address."""
    found: dict[str, Row] = {}
    for room in _rooms():
        if taken := found.keys() & room.ROWS.keys():
            raise ValueError(f"{room.__name__} repeats {sorted(taken)}.")
        found |= room.ROWS
    return found


def as_participant(client: Client, audit: Audit) -> None:
    """Makes the client's browser that of somebody who takes part in the audit."""
    from tests.participation import access

    access.as_participant(client, audit)


def addresses(resolver: URLResolver | None = None, space: str = "") -> Iterator[tuple[str, str]]:
    """Name (with its name space) and route of each address of the project's own."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from addresses(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
        elif isinstance(entry, URLPattern):
            view = getattr(entry.callback, "view_class", entry.callback)
            if not view.__module__.startswith(FOREIGN):
                yield f"{space}{entry.name or ''}", str(entry.pattern)
