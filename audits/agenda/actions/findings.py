"""Writes of findings and of what the team says to them."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from audits.models import Audit, User

from ..models import Finding, FindingComment
from .evidence import EvidenceInput, link_evidence
from .numbered import create, locked, stands_already, write


@transaction.atomic
def create_finding(
    *,
    audit: Audit,
    area: str,
    kind: str,
    text: str,
    method: str,
    by: User | None,
    evidence: Iterable[EvidenceInput] = (),
    uuid: UUID | None = None,
) -> Finding:
    """A new finding with the next number, at the end of its area, and with its evidence.

    `method` is the key of the method that has shown it, or "". With a `uuid` that the audit already has, that
    finding is returned and nothing is written; StaleError is raised where it says something else.
    """
    finding, new = create(Finding, audit=audit, by=by, uuid=uuid, area=area, kind=kind, text=text, method=method)
    if new:
        for one in evidence:
            link_evidence(holder=finding, evidence=one, by=by)
    return finding


@transaction.atomic
def save_finding(*, finding: Finding, version: int, by: User) -> None:
    """Saves a changed finding that was opened at `version`. Raises StaleError, then nothing is written."""
    saved = locked(finding)
    if not stands_already(saved, finding, version):
        write(finding, saved, by)


@transaction.atomic
def comment(*, finding: Finding, text: str, by: User) -> FindingComment:
    """Adds what somebody says to a finding; the same words sent twice in a row stand once."""
    Finding.objects.select_for_update().get(pk=finding.pk)
    last = finding.comments.order_by("pk").last()
    if last is not None and (last.author_id, last.text) == (by.pk, text):
        return last
    return finding.comments.create(author=by, text=text)
