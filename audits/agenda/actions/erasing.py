"""What findings and measures keep of a source that somebody has taken back."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from audits.actions import strike
from audits.models import Audit
from audits.participation.actions import note_struck, note_to_read

from ..models import EvidenceLink


@transaction.atomic
def forget_sources(*, audit: Audit, app: str, sources: Collection[UUID], passages: Sequence[str]) -> None:
    """Deletes the links to erased sources of an audit, and strikes the passages out of what held them and what rests on
    that, which is noted to be read again; so is what has lost a link, whatever its words.

    A holder names the rows that rest on it: its `resting_rows()` are querysets.
    """
    struck: list[Any] = []
    holders: list[Any] = []
    links = EvidenceLink.objects.filter(app=app, source__in=sources)
    for link in links.prefetch_related("holder"):
        if link.holder is None:
            continue
        holders.append(link.holder)
        for rows in (type(link.holder)._default_manager.filter(pk=link.holder_id), *link.holder.resting_rows()):
            struck += strike(rows, passages)
    note_struck(audit, struck)
    note_to_read(audit, holders)
    links.delete()
