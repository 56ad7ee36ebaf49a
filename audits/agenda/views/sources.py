"""Sources of measures in addresses: `?source=app:type:uuid` narrows the pages and files of measures to those made from it."""

from __future__ import annotations

import uuid

from audits import methods
from audits.methods import Evidence, Reference


def reference(asked: str) -> Reference | None:
    """The source of an address (`app:type:uuid`); None for what is none. A type may hold colons itself."""
    app, _colon, rest = asked.partition(":")
    kind, _colon, identifier = rest.rpartition(":")
    try:
        return Reference(app, kind, uuid.UUID(identifier)) if app and kind else None
    except ValueError:
        return None


def evidence(found: Reference | None, audit, user) -> Evidence | None:
    """What a source of this audit says; None for one of another, one that is gone, and one that the user may not see."""
    said = methods.resolve([found], user).get(found) if found else None
    return said if said and said.audit == audit.pk else None


def narrow(request, measures):
    """Those of the measures that were made from the source of the address or a part of it; all, where it names none."""
    found = reference(request.GET.get("source", ""))
    if found is None:
        return measures
    method = methods.get(found.app)
    parts = [found, *(method.parts(found) if method else ())]
    return measures.resting_on(found.app, {one.type for one in parts}, {one.source for one in parts})


def asked(request, audit) -> dict:
    """For the page: the source of the address, "" where it names none, and what it says."""
    text = request.GET.get("source", "")
    found = reference(text)
    return {"asked": text if found else "", "source": evidence(found, audit, request.user)}
