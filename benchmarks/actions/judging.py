"""Judging: one writer at a time, and the evidence on which a judgement rests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import transaction

from audits.actions.sent import identified, sent_before
from audits.agenda.actions import EvidenceInput, link_evidence
from audits.models import User

from ..models import Assessment, Evidence, Judgement


@contextmanager
def held(assessment: Assessment) -> Iterator[Assessment]:
    """The assessment as it stands in the database, which cannot be closed or moved until the block ends."""
    with transaction.atomic():
        locked: Assessment = (
            Assessment.objects.select_for_update(of=("self",)).select_related("benchmark").get(pk=assessment.pk)
        )
        assessment.state, assessment.closed_at = locked.state, locked.closed_at
        assessment.benchmark = locked.benchmark
        yield assessment


@transaction.atomic
def add_evidence(
    *,
    judgement: Judgement,
    by: User | None,
    source: EvidenceInput | None = None,
    uuid: UUID | None = None,
    **fields: Any,
) -> Evidence:
    """A new piece of evidence on a judgement, linked to its source where there is one.

    With a `uuid` that the judgement already has, that piece is returned and nothing is written; StaleError is raised
    where it says something else.
    """
    Judgement.objects.select_for_update().get(pk=judgement.pk)
    wanted = {_place(source)} if source else set()
    standing: Evidence | None = sent_before(
        judgement.evidence,
        uuid,
        fields,
        same=lambda row: {(link.app, link.type, link.source) for link in row.links.all()} == wanted,
    )
    if standing:
        return standing
    made: Evidence = Evidence.objects.create(
        judgement=judgement, created_by=by, changed_by=by, **identified(Evidence, uuid), **fields
    )
    link_source(evidence=made, source=source, by=by)
    return made


@transaction.atomic
def link_source(*, evidence: Evidence, source: EvidenceInput | None, by: User | None) -> None:
    """Lets the evidence point to this source and no other. The same source again keeps what it said when linked."""
    wanted = _place(source) if source else None
    for link in evidence.links.all():
        if (link.app, link.type, link.source) != wanted:
            link.delete()
    if source:
        link_evidence(holder=evidence, evidence=source, by=by)


def _place(source: EvidenceInput) -> tuple[str, str, UUID]:
    return source.app, source.type, UUID(str(source.source))
