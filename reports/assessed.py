"""The assessments against benchmarks that the report's annex prints."""

from __future__ import annotations

from django.db.models import Q

from audits.models import Audit
from benchmarks.enums import AssessmentState, Verdict
from benchmarks.models import Judgement
from benchmarks.results import Result, result_of


def load(audit: Audit, language: str) -> tuple[Result, ...]:
    """The results of the assessments that are closed, and of the open ones in which a factor has been judged, oldest
    first. The number of queries does not grow with the factors.
    """
    judged = Judgement.objects.filter(assessed__assessment__audit=audit, assessed__in_scope=True)
    begun = judged.exclude(verdict=Verdict.NOT_JUDGED).values("assessed__assessment")
    found = (
        audit.assessments.filter(Q(state=AssessmentState.CLOSED) | Q(pk__in=begun))
        .with_benchmark()
        .select_related("review", "audit__city")
        .order_by("created_at", "pk")
    )
    return tuple(result_of(one, language) for one in found)
