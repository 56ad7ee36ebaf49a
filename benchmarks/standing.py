"""How far the factors of an audit's assessments are judged: what the home page, the charter and the audit's home count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from audits.models import Audit

from .enums import Verdict
from .models import AssessedFactor, Assessment, Judgement
from .scoring import still_to_judge, summed


@dataclass(frozen=True)
class Standing:
    """A factor that counts in an assessment, with its judgement: for neighbourhood factors that of all neighbourhoods
    summed up. `judged_at` is when the last of them was given, None while there is none; `waits` whether one of them is
    still to be given.
    """

    assessed: AssessedFactor
    verdict: Verdict
    judged_at: datetime | None = None
    waits: bool = False

    @property
    def is_judged(self) -> bool:
        return self.verdict.is_judged


@dataclass(frozen=True)
class Counted:
    """An assessment: how many factors count in it, how many of them are judged, in how many something is still to judge."""

    assessment: Assessment
    judged: int
    total: int
    waiting: int = 0


def standings(audit: Audit, assessments: Sequence[Assessment] | None = None) -> list[Standing]:
    """The factors that count in all assessments of the audit, the newest assessment first; three queries, one less where
    the caller has the assessments (`assessments_of`) already.

    Each `assessed` has its assessment (and that its audit and benchmark) and its factor at hand, without the factor's
    long texts. What peers hold of a factor plays no part.
    """
    assessments = assessments_of(audit) if assessments is None else assessments
    by_key = {assessment.pk: assessment for assessment in assessments}
    verdicts: dict[int, list[tuple[int | None, Verdict, datetime]]] = defaultdict(list)
    rows = Judgement.objects.filter(assessed__assessment__audit=audit, assessed__in_scope=True)
    for assessed, scheme, verdict, at in rows.values_list("assessed_id", "scheme_id", "verdict", "changed_at"):
        verdicts[assessed].append((scheme, Verdict(verdict), at))
    factors = AssessedFactor.objects.filter(assessment__audit=audit).counting().select_related("factor", "assignee")
    long_texts = [f"factor__{name}" for name in ("rationale", "explanation", "explanation_end")]
    found = defaultdict(list)
    for assessed in factors.defer(*long_texts).in_order():
        assessed.assessment = by_key[assessed.assessment_id]
        found[assessed.assessment_id].append(_standing(assessed, verdicts[assessed.pk]))
    return [standing for assessment in assessments for standing in found[assessment.pk]]


def assessments_of(audit: Audit) -> list[Assessment]:
    """The assessments of the audit, the newest first, each with its benchmark, its peer review and the audit at hand."""
    found = list(Assessment.objects.filter(audit=audit).select_related("benchmark", "lead", "review"))
    for assessment in found:
        assessment.audit = audit
    return found


def counted(assessments: Iterable[Assessment], found: Sequence[Standing]) -> list[Counted]:
    """Each assessment with its numbers."""
    totals: dict[int, int] = defaultdict(int)
    judged: dict[int, int] = defaultdict(int)
    waiting: dict[int, int] = defaultdict(int)
    for standing in found:
        totals[standing.assessed.assessment_id] += 1
        judged[standing.assessed.assessment_id] += standing.is_judged
        waiting[standing.assessed.assessment_id] += standing.waits
    return [Counted(one, judged[one.pk], totals[one.pk], waiting[one.pk]) for one in assessments]


def _standing(assessed: AssessedFactor, judgements: Sequence[tuple[int | None, Verdict, datetime]]) -> Standing:
    """A factor that is judged per neighbourhood has no judgement as a whole that would count beside them."""
    own = [one for one in judgements if (one[0] is not None) == assessed.per_scheme]
    verdicts = [one[1] for one in own]
    times = [at for _scheme, one, at in own if one.is_judged]
    return Standing(assessed, summed(verdicts), max(times, default=None), still_to_judge(verdicts))
