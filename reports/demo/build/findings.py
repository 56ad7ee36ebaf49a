"""Findings with their evidence, comments, recommendations."""

from __future__ import annotations

from audits.agenda.actions import EvidenceInput, comment, create_finding, create_recommendation
from audits.agenda.models import Finding
from audits.enums import Role
from audits.models import Audit, User
from checklists import results
from checklists.evidence import reference_type

from .. import story


def findings(audit: Audit, people: dict[str, User]) -> list[Finding]:
    found = results.for_audit(audit)
    assert found is not None
    authors = [people[email] for role, email, *_rest in story.TEAM if role in (Role.FACILITATOR, Role.RESEARCHER)]
    findings = []
    for place, (area, kind, text, codes) in enumerate(story.FINDINGS):
        evidence = []
        for code in codes:
            item, figure = found.items[code], found.item_results[code].figure
            evidence.append(
                EvidenceInput(
                    app="checklists",
                    type=reference_type(item),
                    source=audit.uuid,
                    caption=f"{code} {item.short or item.statement}",
                    figures={"mean": str(figure.mean_shown), "sd": str(figure.sd_shown), "n": figure.n},
                )
            )
        findings.append(
            create_finding(
                audit=audit,
                area=area,
                kind=kind,
                text=text,
                method="checklists",
                by=authors[place % len(authors)],
                evidence=evidence,
            )
        )
    for number, email, text in story.COMMENTS:
        comment(finding=findings[number - 1], text=text, by=people[email])
    return findings


def recommendations(audit: Audit, coordinator: User, findings: list[Finding]) -> None:
    for area, title, text, addressee, horizon, numbers in story.RECOMMENDATIONS:
        create_recommendation(
            audit=audit,
            area=area,
            title=title,
            text=text,
            addressee=addressee,
            horizon=horizon,
            findings=[findings[number - 1] for number in numbers],
            by=coordinator,
        )
