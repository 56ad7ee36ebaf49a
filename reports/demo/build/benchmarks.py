"""The benchmark on anti-discrimination: the city's own assessment, a peer review, stances on the charter, measures."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from audits.agenda.actions import EvidenceInput, create_measure, record_progress
from audits.models import Audit, User
from benchmarks.actions import add_evidence, close, create_assessment
from benchmarks.actions import reviews as peer_reviews
from benchmarks.enums import AssessmentKind, Verdict
from benchmarks.evidence import FACTOR, KEY
from benchmarks.models import (
    AssessedFactor,
    Assessment,
    Benchmark,
    CharterCommitment,
    CommitmentStance,
    ContextFactor,
    Judgement,
    PeerJudgement,
    QuestionAnswer,
)
from deskresearch.models import Document

from .. import story


def build(audit: Audit, documents: dict[str, Document], people: dict[str, User]) -> None:
    """The assessment, closed; the review, released and talked over; the plan that came of both."""
    researcher, coordinator = people[story.RESEARCHER], people[story.COORDINATOR]
    plan = story.ASSESSMENT
    assessment = _assessment(audit, plan, AssessmentKind.INTERNAL, researcher)
    for code, (email, due) in plan["assigned"].items():
        assessment.factors.filter(factor__key=code).update(assignee=people[email], due=due)
    for judgement in _judgements(assessment, plan["judgements"]):
        _judge(audit, judgement, documents, researcher)
    close(assessment=assessment, by=researcher)
    _review(audit, documents, people)
    for code, stance, text in story.STANCES:
        CommitmentStance.objects.create(
            audit=audit,
            commitment=CharterCommitment.objects.get(key=code),
            stance=stance,
            text=text,
            changed_by=coordinator,
        )
    for measure in story.MEASURES:
        _measure(audit, assessment, measure, coordinator)


def _assessment(audit: Audit, plan: dict[str, Any], kind: AssessmentKind, by: User) -> Assessment:
    return create_assessment(
        audit=audit,
        benchmark=Benchmark.objects.originals().current().get(code=story.ASSESSMENT["benchmark"]),
        by=by,
        kind=kind,
        title=plan["title"],
        migrant_definition=story.ASSESSMENT["migrant_definition"],
        people=story.ASSESSMENT["people"],
        lead=by,
        starts_on=story.ASSESSMENT["starts_on"],
        ends_on=story.ASSESSMENT["ends_on"],
    )


def _judgements(assessment: Assessment, codes: Iterable[str]) -> list[Judgement]:
    found = Judgement.objects.filter(assessed__assessment=assessment, assessed__factor__key__in=codes)
    return list(found.select_related("assessed__factor"))


def _judge(audit: Audit, judgement: Judgement, documents: dict[str, Document], by: User) -> None:
    factor = judgement.assessed.factor
    verdict, reasons, context, evidence = story.ASSESSMENT["judgements"][factor.key]
    judgement.verdict, judgement.reasoning, judgement.changed_by = Verdict(verdict), reasons, by
    judgement.version += 1
    judgement.save()
    judgement.context_factors.set(ContextFactor.objects.filter(key__in=context))
    questions = {question.key: question for question in factor.questions.all()}
    for key, text in story.ASSESSMENT["answers"].get(factor.key, {}).items():
        QuestionAnswer.objects.create(judgement=judgement, question=questions[key], text=text)
    for kind, documentary, title, text, place, source, question in evidence:
        add_evidence(
            judgement=judgement,
            by=by,
            source=_source(audit, source, title, documents),
            kind=kind,
            documentary=documentary,
            title=title,
            text=text,
            place=place,
            question=questions.get(question),
        )


def _source(audit: Audit, source: str, title: str, documents: dict[str, Document]) -> EvidenceInput | None:
    """A document of the inventory by its key in the story, or a statement of the walks ("item:U8")."""
    if source.startswith("item:"):
        return EvidenceInput("checklists", source, audit.uuid, f"{source.removeprefix('item:')} {title}")
    return EvidenceInput("deskresearch", "document", documents[source].uuid, str(documents[source])) if source else None


def _review(audit: Audit, documents: dict[str, Document], people: dict[str, User]) -> None:
    """Three factors: what the host says of them, shared; what the peers heard, judged and concluded, released."""
    plan = story.REVIEW
    host, peer = people[story.COORDINATOR], people[story.PEER]
    assessment = _assessment(audit, plan, AssessmentKind.PEER, host)
    assessment.factors.exclude(factor__key__in=plan["factors"]).update(in_scope=False)
    for judgement in _judgements(assessment, plan["factors"]):
        _judge(audit, judgement, documents, host)
    first, last = plan["visit"]
    review = peer_reviews.plan_review(
        assessment=assessment,
        by=host,
        expert_lead=plan["expert_lead"],
        team=plan["team"],
        letter=plan["letter"],
        visit_from=first,
        visit_to=last,
    )
    peer_reviews.add_peers(review=review, users=[peer], by=host)
    factors = {one.factor.key: one for one in assessment.factors.select_related("factor")}
    meetings = [
        peer_reviews.add_meeting(
            review=review,
            by=host,
            kind=kind,
            day=day,
            starts_at=starts,
            ends_at=ends,
            whom=whom,
            where=where,
            factors=[factors[code] for code in codes],
        )
        for kind, day, starts, ends, whom, where, codes in plan["meetings"]
    ]
    peer_reviews.share(review=review, by=host)
    review.refresh_from_db()
    for place, who, text, codes in plan["interviews"]:
        peer_reviews.record(
            review=review,
            by=peer,
            meeting=meetings[place],
            said_by=who,
            text=text,
            factors=[factors[code] for code in codes],
        )
    for code, (verdict, reasons) in plan["judgements"].items():
        PeerJudgement.objects.filter(review=review, assessed=factors[code]).update(
            verdict=verdict, reasoning=reasons, version=2, changed_by=peer
        )
    _write(review.conclusions, peer, conclusions=plan["conclusions"], recommendations=plan["recommendations"])
    peer_reviews.release(review=review, by=peer)
    review.refresh_from_db()
    held_on, text = plan["feedback"]
    _write(review.feedback, host, held_on=held_on, text=text)
    peer_reviews.finish(review=review, by=host)


def _write(row: Any, by: User, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(row, name, value)
    row.changed_by, row.version = by, row.version + 1
    row.save()


def _measure(audit: Audit, assessment: Assessment, plan: dict[str, Any], by: User) -> None:
    factor: AssessedFactor = assessment.factors.select_related("factor").get(factor__key=plan["factor"])
    number = plan.get("recommendation")
    example = factor.factor.examples.filter(city=plan.get("example")).first()
    measure = create_measure(
        audit=audit,
        by=by,
        evidence=EvidenceInput(KEY, FACTOR, factor.uuid, f"{factor.factor.full_name}"),
        recommendation=audit.recommendations.get(number=number) if number else None,
        inspired_by=f"{example}: {example.text}" if example else "",
        **{name: plan[name] for name in ("area", "title", "objective", "step", "responsible", "due", "resources")},
        indicator=plan["indicator"],
        pace=plan["pace"],
    )
    for state, note in plan.get("progress", ()):
        record_progress(measure=measure, state=state, note=note, by=by)
