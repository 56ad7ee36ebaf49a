"""Sources of measures in addresses: `?source=app:type:uuid` narrows the pages and files of measures to those made from it."""

from __future__ import annotations

from audits import methods

from ..evidence import reference_in, source_of


def narrow(request, measures):
    """Those of the measures that were made from the source of the address or a part of it; all, where it names none."""
    found = reference_in(request.GET.get("source", ""))
    if found is None:
        return measures
    method = methods.get(found.app)
    parts = [found, *(method.parts(found) if method else ())]
    return measures.resting_on(found.app, {one.type for one in parts}, {one.source for one in parts})


def asked(request, audit) -> dict:
    """For the page: the source of the address, "" where it names none, and what it says."""
    text = request.GET.get("source", "")
    found = reference_in(text)
    return {"asked": text if found else "", "source": source_of(found, audit, request.user)}
