"""The development plan of an assessment: its measures under the factors that they were made from.

A benchmark leads to a plan with objectives, responsible persons, resources and a timetable (UNITES): each factor is an
objective, and what is not in place or partly in place without a measure stands there as a fact.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from audits.agenda.models import Measure
from audits.agenda.plan import Objective
from audits.instruments import Text, translated

from .enums import Verdict
from .evidence import FACTOR, JUDGEMENT, KEY
from .models import Example
from .results import FactorResult, Result

# City, title ("" where there is none) and text.
ExampleTexts = tuple[str, Text | str, Text]

WANTING = (Verdict.NOT_IN_PLACE, Verdict.PARTLY)


@dataclass(frozen=True)
class PlannedFactor:
    """A factor as an objective: its measures, and the examples that may inspire one."""

    factor: FactorResult
    measures: tuple[Measure, ...]
    examples: tuple[ExampleTexts, ...] = ()

    @property
    def is_waiting(self) -> bool:
        """Whether it is not in place, or partly, and nothing is planned."""
        return not self.measures and self.factor.verdict in WANTING


@dataclass(frozen=True)
class AssessmentPlan:
    """The factors that have a measure or want one, in the order of the benchmark."""

    result: Result
    factors: tuple[PlannedFactor, ...]

    @property
    def measures(self) -> list[Measure]:
        """Each once, also where it serves several factors."""
        return list(dict.fromkeys(measure for one in self.factors for measure in one.measures))

    @property
    def waiting(self) -> list[PlannedFactor]:
        return [one for one in self.factors if one.is_waiting]

    @property
    def incomplete(self) -> list[Measure]:
        return [measure for measure in self.measures if measure.still_lacking]


def plan_of(result: Result, language: str) -> AssessmentPlan:
    """The plan of an assessment, in a fixed number of queries. Factors out of scope, and those of another version,
    stand in it where measures were made from them."""
    everything = (*result.factors, *result.out_of_scope, *result.left_over)
    measures = _by_factor(everything, result)
    planned = [one for one in everything if measures[one] or (one.verdict in WANTING and one in result.factors)]
    examples = _examples(planned, language)
    return AssessmentPlan(
        result, tuple(PlannedFactor(one, tuple(measures[one]), tuple(examples[one])) for one in planned)
    )


def _by_factor(factors: tuple[FactorResult, ...], result: Result) -> dict[FactorResult, list[Measure]]:
    sources = {(FACTOR, one.assessed.uuid): one for one in factors}
    sources |= {(JUDGEMENT, row.uuid): one for one in factors for row in one.assessed.judgements.all()}
    audit = result.assessment.audit
    rows = audit.measures.resting_on(KEY, {kind for kind, _uuid in sources}, {uuid for _kind, uuid in sources})
    found: dict[FactorResult, list[Measure]] = defaultdict(list)
    for measure in rows.in_report_order().for_plan():
        measure.audit = audit
        keys = ((link.type, link.source) for link in measure.evidence.all() if link.app == KEY)
        for one in dict.fromkeys(sources[key] for key in keys if key in sources):
            found[one].append(measure)
    return found


def _examples(factors: list[FactorResult], language: str) -> dict[FactorResult, list[ExampleTexts]]:
    by_pk = {one.assessed.factor_id: one for one in factors}
    rows = list(Example.objects.filter(factor__in=by_pk))
    for row in rows:
        row.factor = by_pk[row.factor_id].assessed.factor
    texts = translated(rows, language)
    found: dict[FactorResult, list[ExampleTexts]] = defaultdict(list)
    for row in rows:
        title = texts[row, "title"] if row.title else ""
        found[by_pk[row.factor_id]].append((row.city, title, texts[row, "text"]))
    return found


def objectives(plan: AssessmentPlan) -> Iterator[Objective]:
    """The factors as objectives of the printed plan, in the active language, which has to be that of the plan."""
    for one in plan.factors:
        result = one.factor
        # Without a title it is called by its statement already.
        statement = str(result.statement) if result.assessed.factor.title else ""
        verdict = _("Judgement: %(verdict)s") % {"verdict": result.verdict.label}
        lines = tuple(
            _("How others did it: %(city)s. %(text)s") % {"city": city, "text": str(text)}
            for city, _title, text in one.examples
        )
        yield Objective(
            statement,
            list(one.measures),
            title=f"{result.code} {result.name}",
            note=verdict,
            lines=lines if one.is_waiting else (),
        )
