"""What a city says about the commitments of the charter."""

from __future__ import annotations

from audits.models import Audit

from ..models import CharterCommitment, CommitmentStance


def begin_stance(*, audit: Audit, commitment: CharterCommitment) -> CommitmentStance:
    """The audit's row for a commitment, empty at version 1 where nobody has said anything yet: a form that was opened
    before carries that version, and of two people who begin at once the second sees what the first has written."""
    stance, _made = CommitmentStance.objects.get_or_create(audit=audit, commitment=commitment)
    stance.audit, stance.commitment = audit, commitment
    return stance
