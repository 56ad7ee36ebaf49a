"""The assessments against benchmarks that the report's annex prints, loaded once."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Prefetch, Q

from audits.models import Audit
from audits.models.instrument import TreeRow
from benchmarks.enums import AssessmentKind, AssessmentState, Verdict
from benchmarks.models import AssessedFactor, Assessment, Judgement
from benchmarks.scoring import summed

ORDER = (Verdict.IN_PLACE, Verdict.PARTLY, Verdict.NOT_IN_PLACE)


@dataclass(frozen=True)
class Assessed:
    """An assessment with the factors in its scope, in the benchmark's order."""

    assessment: Assessment
    factors: tuple[AssessedFactor, ...]

    @property
    def judged(self) -> int:
        return sum(1 for one in self.factors if verdict_of(one).is_judged)

    def count(self, verdict: Verdict) -> int:
        return sum(1 for one in self.factors if verdict_of(one) == verdict)

    def texts(self) -> list[TreeRow]:
        """The instrument's rows whose texts the report prints in its own language."""
        return [self.assessment.benchmark, *(one.factor for one in self.factors)]


def judgements_of(assessed: AssessedFactor) -> list[Judgement]:
    """The judgements that count: per neighbourhood or scheme where the factor is judged so, else the one of all."""
    found = list(assessed.judgements.all())
    return [one for one in found if (one.scheme_id is not None) == assessed.per_scheme]


def verdict_of(assessed: AssessedFactor) -> Verdict:
    """The judgement of a factor; that of a neighbourhood factor sums up those of its neighbourhoods."""
    return summed(Verdict(one.verdict) for one in judgements_of(assessed))


def load(audit: Audit) -> tuple[Assessed, ...]:
    """The internal assessments that are closed, and the open ones in which a factor has been judged, oldest first.

    The number of queries does not grow with the data.
    """
    factors = AssessedFactor.objects.in_scope().with_judgements().in_order().select_related("factor__benchmark")
    found = (
        audit.assessments.filter(kind=AssessmentKind.INTERNAL)
        .filter(Q(state=AssessmentState.CLOSED) | Q(pk__in=_begun(audit)))
        .with_benchmark()
        .prefetch_related(
            Prefetch("factors", factors, to_attr="in_scope"),
            Prefetch("baseline__factors", factors, to_attr="in_scope"),
        )
        .order_by("created_at", "pk")
    )
    return tuple(Assessed(one, tuple(one.in_scope)) for one in found)


def _begun(audit: Audit):
    judged = Judgement.objects.filter(assessed__assessment__audit=audit, assessed__in_scope=True)
    return judged.exclude(verdict=Verdict.NOT_JUDGED).values("assessed__assessment")
