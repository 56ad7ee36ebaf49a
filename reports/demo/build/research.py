"""The desk research: documents, institutions, how they work together, answers, and what the team found in them."""

from __future__ import annotations

from typing import Any

from audits.agenda.actions import EvidenceInput, create_finding
from audits.models import Audit, User
from deskresearch.actions import research_of
from deskresearch.enums import Point, Published, Rating, Scope
from deskresearch.models import (
    Answer,
    Document,
    DocumentRating,
    Institution,
    Partnership,
    Provision,
    ResearchQuestion,
    SourceType,
)

from .. import story

RATINGS = {"y": Rating.YES, "p": Rating.PARTLY, "n": Rating.NO, "u": Rating.UNKNOWN}
LETTERS_ONLY = str.maketrans("", "", " ")
WEBSITE = "https://www.velmora.example/documents/"


def build(audit: Audit, people: dict[str, User]) -> tuple[dict[str, Document], dict[str, Institution]]:
    """Documents and institutions by their keys in the story."""
    researcher = people[next(email for role, email, *_rest in story.TEAM if role == "researcher")]
    documents = {plan["key"]: _document(audit, plan, researcher) for plan in story.DOCUMENTS}
    institutions: dict[str, Institution] = {}
    for position, plan in enumerate(story.INSTITUTIONS):
        institutions[plan["key"]] = _institution(audit, plan, position, institutions, researcher)
    partnerships = {
        plan["title"]: _partnership(audit, plan, position, institutions, researcher)
        for position, plan in enumerate(story.PARTNERSHIPS)
    }
    research = research_of(audit=audit)
    for field, text in story.GOVERNANCE.items():
        setattr(research, field, text)
    research.save()
    for code, state, text, cited, agencies, mechanisms in story.ANSWERS:
        question = ResearchQuestion.objects.get(step__guide=research.guide, key=code)
        answer, _new = Answer.objects.update_or_create(
            research=research,
            question=question,
            defaults={"text": text, "state": state, "assignee": researcher, "changed_by": researcher},
        )
        answer.documents.set(documents[key] for key in cited)
        answer.institutions.set(institutions[key] for key in agencies)
        answer.partnerships.set(partnerships[title] for title in mechanisms)
    return documents, institutions


def _document(audit: Audit, plan: dict[str, Any], by: User) -> Document:
    first, last = plan["years"]
    sector = plan.get("sector", "")
    published = plan.get("published", Published.YES)
    document = Document.objects.create(
        audit=audit,
        title=plan["title"],
        kind=plan["kind"],
        source_type=SourceType.objects.get(guide__origin="original", key=plan.get("source", "documents")),
        level=plan.get("level", "city" if published == Published.YES else "other"),
        issued_by=plan.get("issued_by", "City of Velmora"),
        reference=plan.get("reference", ""),
        from_year=first,
        to_year=last,
        language="en",
        published=published,
        published_at=f"{WEBSITE}{plan['key']}" if published == Published.YES else "",
        link=plan.get("link", ""),
        scope=Scope.SECTORAL if sector else plan["scope"],
        sector=sector,
        summary=plan["summary"],
        created_by=by,
        changed_by=by,
    )
    Provision.objects.bulk_create(
        Provision(document=document, topic=topic, text=text, page=page, position=position)
        for position, (topic, text, page) in enumerate(plan.get("provisions", ()))
    )
    letters = plan.get("ratings", "").translate(LETTERS_ONLY)
    reasons = plan.get("reasons", {})
    DocumentRating.objects.bulk_create(
        DocumentRating(document=document, point=point, value=RATINGS[letter], reason=reasons.get(point.value, ""))
        for point, letter in zip(Point, letters, strict=False)
        if letter in RATINGS
    )
    return document


def _institution(
    audit: Audit, plan: dict[str, Any], position: int, known: dict[str, Institution], by: User
) -> Institution:
    fields = {name: value for name, value in plan.items() if name not in ("key", "reports_to")}
    return Institution.objects.create(
        audit=audit,
        reports_to=known.get(plan.get("reports_to", "")),
        position=position,
        created_by=by,
        changed_by=by,
        **fields,
    )


def _partnership(
    audit: Audit, plan: dict[str, Any], position: int, institutions: dict[str, Institution], by: User
) -> Partnership:
    fields = {name: value for name, value in plan.items() if name != "institutions"}
    made = Partnership.objects.create(audit=audit, position=position, created_by=by, changed_by=by, **fields)
    made.institutions.set(institutions[key] for key in plan["institutions"])
    return made


def findings(
    audit: Audit, documents: dict[str, Document], institutions: dict[str, Institution], people: dict[str, User]
) -> None:
    """What the researcher found, with its sources."""
    researcher = people[next(email for role, email, *_rest in story.TEAM if role == "researcher")]
    for area, kind, text, cited, agencies in story.RESEARCH_FINDINGS:
        sources: list[tuple[str, Document | Institution]] = [
            *(("document", documents[key]) for key in cited),
            *(("institution", institutions[key]) for key in agencies),
        ]
        create_finding(
            audit=audit,
            area=area,
            kind=kind,
            text=text,
            method="deskresearch",
            by=researcher,
            evidence=[EvidenceInput("deskresearch", kind_, one.uuid, str(one)) for kind_, one in sources],
        )
