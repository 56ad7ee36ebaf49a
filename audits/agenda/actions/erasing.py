"""What findings and measures keep of a source that somebody has taken back."""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import transaction

from audits.actions import strike

from ..models import EvidenceLink, Finding, FindingComment


@transaction.atomic
def forget_sources(*, app: str, sources: Collection[UUID], passages: Sequence[str]) -> None:
    """Deletes the links to erased sources, and strikes the passages out of what rested on them and its comments."""
    links = EvidenceLink.objects.filter(app=app, source__in=sources)
    for link in links.prefetch_related("holder"):
        if link.holder is None:
            continue
        strike(type(link.holder)._default_manager.filter(pk=link.holder_id), passages)
        if isinstance(link.holder, Finding):
            strike(FindingComment.objects.filter(finding=link.holder), passages)
    links.delete()
