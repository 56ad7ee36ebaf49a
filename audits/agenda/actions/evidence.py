"""Links from findings, judgements and measures to their sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model

from audits.methods import Evidence, Reference
from audits.models import User

from ..models import EvidenceLink


@dataclass(frozen=True)
class EvidenceInput:
    """A source to link: where it is, what it is called, and its figures as they are shown at this moment.

    `figures` are named as in `evidence.FIGURE_NAMES` where they can be: `{"mean": "2.41", "sd": "0.92", "n": 25}`.
    """

    app: str
    type: str
    source: UUID
    caption: str
    figures: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, reference: Reference, source: Evidence) -> EvidenceInput:
        """A source as a method resolves it (`audits.methods`)."""
        return cls(reference.app, reference.type, reference.source, source.caption, source.figures)


@transaction.atomic
def link_evidence(*, holder: Model, evidence: EvidenceInput, by: User | None) -> EvidenceLink:
    """Links a source to a finding, judgement or measure. Linked before, it keeps its first caption and figures."""
    link, _created = EvidenceLink.objects.get_or_create(
        holder_type=ContentType.objects.get_for_model(holder),
        holder_id=holder.pk,
        app=evidence.app,
        type=evidence.type,
        source=evidence.source,
        defaults={
            "caption": evidence.caption[: EvidenceLink._meta.get_field("caption").max_length],
            "figures": dict(evidence.figures),
            "linked_by": by,
        },
    )
    return link


def unlink_evidence(*, link: EvidenceLink) -> None:
    """Takes a source away from what it was linked to; the source itself stays."""
    link.delete()
