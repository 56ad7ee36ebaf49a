"""What findings and measures keep of a source that somebody has taken back."""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import transaction

from audits.actions import strike

from ..models import EvidenceLink


@transaction.atomic
def forget_sources(*, app: str, sources: Collection[UUID], passages: Sequence[str]) -> None:
    """Deletes the links to erased sources, and strikes the passages out of what held them and what rests on that.

    A holder names the rows that rest on it: its `resting_rows()` are querysets.
    """
    links = EvidenceLink.objects.filter(app=app, source__in=sources)
    for link in links.prefetch_related("holder"):
        if link.holder is None:
            continue
        strike(type(link.holder)._default_manager.filter(pk=link.holder_id), passages)
        for rows in link.holder.resting_rows():
            strike(rows, passages)
    links.delete()
