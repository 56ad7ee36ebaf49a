"""The assessments against benchmarks that the report's annex prints."""

from __future__ import annotations

from dataclasses import replace

from django.db.models import Q

from audits.models import Audit
from benchmarks.enums import AssessmentState, Verdict
from benchmarks.models import AssessedFactor, Judgement
from benchmarks.results import Result, results_of


def load(audit: Audit, language: str) -> tuple[Result, ...]:
    """The results of the assessments that are closed, and of the open ones in which a factor has been judged, oldest
    first, each with the result of its baseline and what the peers hold of it. The number of queries grows neither with the factors nor with the
    assessments.
    """
    counting = AssessedFactor.objects.filter(assessment__audit=audit).counting()
    judged = Judgement.objects.filter(assessed__in=counting)
    begun = judged.exclude(verdict=Verdict.NOT_JUDGED).values("assessed__assessment")
    found = list(
        audit.assessments.filter(Q(state=AssessmentState.CLOSED) | Q(pk__in=begun))
        .with_benchmark()
        .select_related("review__conclusions", "audit__city", "baseline__benchmark")
        .prefetch_related("review__judgements")
        .order_by("created_at", "pk")
    )
    shown = {one.pk for one in found}
    before = {one.baseline_id: one.baseline for one in found if one.baseline and one.baseline_id not in shown}
    results = {one.assessment.pk: one for one in results_of([*found, *before.values()], language)}
    return tuple(replace(results[one.pk], before=results.get(one.baseline_id)) for one in found)
