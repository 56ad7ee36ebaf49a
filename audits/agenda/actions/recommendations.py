"""Writes of recommendations."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from audits.models import Audit, StaleError, User

from ..models import Finding, Recommendation
from .numbered import create, locked, stands_already, write


@transaction.atomic
def create_recommendation(
    *,
    audit: Audit,
    area: str,
    title: str,
    text: str,
    by: User | None,
    addressee: str = "",
    horizon: str = "",
    findings: Iterable[Finding] = (),
    uuid: UUID | None = None,
) -> Recommendation:
    """A new recommendation with the next number, at the end of its area, resting on `findings` of its audit.

    With a `uuid` that the audit already has, that recommendation is returned and nothing is written. Raises
    StaleError where it says something else, and ValueError for a finding of another audit.
    """
    findings = list(findings)
    recommendation, new = create(
        Recommendation,
        audit=audit,
        by=by,
        uuid=uuid,
        area=area,
        title=title,
        text=text,
        addressee=addressee,
        horizon=horizon,
    )
    if new:
        _rest_on(recommendation, findings)
    elif set(recommendation.findings.all()) != set(findings):
        raise StaleError(recommendation)
    return recommendation


@transaction.atomic
def save_recommendation(*, recommendation: Recommendation, findings: Iterable[Finding], version: int, by: User) -> None:
    """Saves a changed recommendation that was opened at `version`, and the findings it rests on.

    Raises StaleError, then nothing is written; ValueError for a finding of another audit.
    """
    findings = list(findings)
    saved = locked(recommendation)
    same_findings = set(saved.findings.all()) == set(findings)
    if not stands_already(saved, recommendation, version, same_findings=same_findings):
        write(recommendation, saved, by)
        _rest_on(recommendation, findings)


def _rest_on(recommendation: Recommendation, findings: Iterable[Finding]) -> None:
    findings = list(findings)
    if any(finding.audit_id != recommendation.audit_id for finding in findings):
        raise ValueError("A recommendation rests on findings of its own audit.")
    recommendation.findings.set(findings)
