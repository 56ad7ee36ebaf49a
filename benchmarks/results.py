"""What an assessment has shown so far: a verdict per factor, strengths, gaps, and what moved since its baseline."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from audits.instruments import Text, translated

from . import scoring
from .enums import Part, Verdict
from .models import AssessedFactor, Assessment, Evidence, Judgement, Scheme
from .scoring import Move, Tally

MOVE_NAMES = {
    Move.BETTER: _("More in place than before"),
    Move.WORSE: _("Less in place than before"),
    Move.SAME: _("As before"),
    Move.WITHIN: _("As before altogether, not in each neighbourhood or scheme"),
    Move.OTHER: _("Relevant in one of the two only"),
    Move.NEW: _("Judged for the first time"),
    Move.OPEN: _("Not judged this time yet"),
    Move.ADDED: _("Not part of the earlier assessment"),
    Move.GONE: _("Part of the earlier assessment only"),
}
MOVE_ICONS = {
    Move.BETTER: "arrow-up",
    Move.WORSE: "arrow-down",
    Move.SAME: "dash-circle",
}


def schemes_said(judged: int, total: int) -> str:
    """For how many of its neighbourhoods or schemes a factor is judged, in words."""
    words = ngettext(
        "%(done)s of %(count)s neighbourhood or scheme judged",
        "%(done)s of %(count)s neighbourhoods or schemes judged",
        total,
    )
    return words % {"done": judged, "count": total}


@dataclass(frozen=True)
class FactorResult:
    """A factor with the judgements that count, and the one verdict they come to.

    `name` is its title, or its statement where it has none, in the language of the result; `explained` what of the
    city's situation explains each judgement, by primary key, and `context_factors` all of that.
    """

    assessed: AssessedFactor
    name: Text
    statement: Text
    judgements: tuple[Judgement, ...]
    verdict: Verdict
    context_factors: tuple[Text, ...] = ()
    explained: Mapping[int, tuple[Text, ...]] = field(default_factory=dict, compare=False)

    @property
    def code(self) -> str:
        return self.assessed.factor.key

    @property
    def per_scheme(self) -> bool:
        return self.assessed.per_scheme

    @property
    def schemes_judged(self) -> int:
        return sum(judgement.verdict != Verdict.NOT_JUDGED for judgement in self.judgements)

    @property
    def schemes_said(self) -> str:
        """ "2 of 3 neighbourhoods or schemes judged" """
        return schemes_said(self.schemes_judged, len(self.judgements))

    @property
    def waits(self) -> bool:
        """Whether something of it is still to judge."""
        return scoring.still_to_judge(Verdict(judgement.verdict) for judgement in self.judgements)

    @property
    def is_partial(self) -> bool:
        """Whether the verdict stands on some of the neighbourhoods and schemes only."""
        return 0 < self.schemes_judged < len(self.judgements)

    @property
    def evidence(self) -> list[Evidence]:
        return [one for judgement in self.judgements for one in judgement.evidence.all()]

    @property
    def reasons(self) -> list[Judgement]:
        """The judgements that give reasons."""
        return [judgement for judgement in self.judgements if judgement.reasoning]

    @property
    def part(self) -> Part:
        return Part(self.assessed.factor.part)

    @property
    def missing(self) -> list[Judgement]:
        """The judgements that say "not in place": what is missing in one neighbourhood is a gap, whatever the others
        have.
        """
        return [judgement for judgement in self.judgements if judgement.verdict == Verdict.NOT_IN_PLACE]

    @property
    def unjudged(self) -> list[Judgement]:
        return [judgement for judgement in self.judgements if judgement.verdict == Verdict.NOT_JUDGED]

    @property
    def unreasoned(self) -> list[Judgement]:
        """The judgements that are given without reasons."""
        return [
            judgement
            for judgement in self.judgements
            if judgement.verdict != Verdict.NOT_JUDGED and not judgement.reasoning
        ]

    @property
    def unproven(self) -> list[Judgement]:
        """The judgements that say "in place" or "not in place" without any evidence."""
        return [
            judgement
            for judgement in self.judgements
            if judgement.verdict in scoring.PROVABLE and not judgement.evidence.all()
        ]

    @property
    def holds_something(self) -> bool:
        """Whether anything was written about it; where judgements that do not count hold something, that too."""
        return any(judgement.holds_something for judgement in self.assessed.judgements.all())


@dataclass(frozen=True)
class Result:
    """All of an assessment: the factors in scope, those that were narrowed out, and those of another version. `before` is
    the result of its baseline, where that was read along.
    """

    assessment: Assessment
    factors: tuple[FactorResult, ...]
    out_of_scope: tuple[FactorResult, ...] = ()
    left_over: tuple[FactorResult, ...] = ()
    schemes: tuple[Scheme, ...] = ()
    tally: Tally = field(default_factory=Tally)
    before: Result | None = None

    @property
    def strengths(self) -> list[FactorResult]:
        return [one for one in self.factors if one.verdict == Verdict.IN_PLACE]

    @property
    def gaps(self) -> list[FactorResult]:
        """Factors judged "not in place", in one scheme at least."""
        return [one for one in self.factors if one.missing]

    @property
    def unproven(self) -> list[FactorResult]:
        """Factors judged "in place" or "not in place" without evidence, in one scheme at least."""
        return [one for one in self.factors if one.unproven]

    @property
    def proof_said(self) -> str:
        """What is to be said where no factor is `unproven`."""
        if any(one.verdict in scoring.PROVABLE for factor in self.factors for one in factor.judgements):
            return gettext("Every judgement “in place” and “not in place” has evidence.")
        return gettext("No key factor is judged “in place” or “not in place” yet.")

    @property
    def waiting(self) -> list[FactorResult]:
        return [one for one in self.factors if one.waits]

    @property
    def unreasoned(self) -> list[FactorResult]:
        return [one for one in self.factors if one.unreasoned]

    @property
    def is_finished(self) -> bool:
        """Whether all is judged, with reasons and with evidence where the judgement needs it."""
        return not (self.waiting or self.unproven or self.unreasoned)

    @property
    def parts(self) -> list[tuple[Part, list[FactorResult]]]:
        """The factors by part of the benchmark, in its order; one group where it has no parts."""
        return [(part, list(group)) for part, group in groupby(self.factors, key=lambda one: one.part)]

    @property
    def per_scheme(self) -> list[FactorResult]:
        return [one for one in self.factors if one.per_scheme]

    @property
    def scheme_rows(self) -> list[tuple[FactorResult, list[Judgement | None]]]:
        """Each neighbourhood factor with its judgements in the order of the schemes."""
        rows = []
        for one in self.per_scheme:
            own = {judgement.scheme_id: judgement for judgement in one.judgements}
            rows.append((one, [own.get(scheme.pk) for scheme in self.schemes]))
        return rows

    @property
    def rings(self) -> list[tuple[str, int | None, bool]]:
        """The spokes of the wheel (`reports.document.charts.wheel`)."""
        return [
            (
                one.code,
                one.verdict.rings if one.verdict.is_judged else None,
                one.verdict != Verdict.NOT_RELEVANT,
            )
            for one in self.factors
        ]


@dataclass(frozen=True)
class Moved:
    """A factor in an assessment and in its baseline, found by its code; either may be missing. `schemes` says of which
    neighbourhoods and schemes, found by their names, the judgement is another one.
    """

    code: str
    name: Text
    before: FactorResult | None
    now: FactorResult | None
    move: Move
    schemes: tuple[str, ...] = ()

    @property
    def label(self) -> Any:
        return MOVE_NAMES[self.move]

    @property
    def icon(self) -> str:
        return MOVE_ICONS.get(self.move, "arrow-repeat")


def result_of(assessment: Assessment, language: str) -> Result:
    """The assessment's result with its texts in a language. A fixed number of queries, however many factors."""
    return results_of([assessment], language)[0]


def results_of(assessments: Sequence[Assessment], language: str) -> list[Result]:
    """The results of several assessments, in their order; a fixed number of queries, however many there are."""
    by_key = {one.pk: one for one in assessments}
    rows = list(
        AssessedFactor.objects.filter(assessment__in=by_key)
        .in_order()
        .with_judgements()
        .select_related("factor__benchmark")
        .prefetch_related("judgements__answers")
    )
    for row in rows:
        row.assessment = by_key[row.assessment_id]
        for judgement in row.judgements.all():
            judgement.assessed = row
    context = {one.pk: one for row in rows for judgement in row.counted for one in judgement.context_factors.all()}
    texts = translated([*(row.factor for row in rows), *context.values()], language)
    own: dict[int, list[FactorResult]] = defaultdict(list)
    for row in rows:
        own[row.assessment_id].append(_factor_result(row, texts))
    schemes: dict[int, list[Scheme]] = defaultdict(list)
    for scheme in Scheme.objects.filter(assessment__in=by_key):
        schemes[scheme.assessment_id].append(scheme)
    return [_result(one, own[one.pk], schemes[one.pk]) for one in assessments]


def _result(assessment: Assessment, found: Sequence[FactorResult], schemes: Sequence[Scheme]) -> Result:
    factors = tuple(one for one in found if one.assessed.counts)
    return Result(
        assessment,
        factors,
        tuple(one for one in found if not one.assessed.in_scope and not one.assessed.is_left_over),
        tuple(one for one in found if one.assessed.is_left_over and one.holds_something),
        tuple(schemes),
        scoring.tally(one.verdict for one in factors),
    )


def _factor_result(row: AssessedFactor, texts: Mapping[Any, Text]) -> FactorResult:
    factor, judgements = row.factor, tuple(row.counted)
    context = {one.pk: one for judgement in judgements for one in judgement.context_factors.all()}
    return FactorResult(
        row,
        texts[factor, "title"] if factor.title else texts[factor, "statement"],
        texts[factor, "statement"],
        judgements,
        scoring.summed(Verdict(judgement.verdict) for judgement in judgements),
        tuple(texts[one, "title"] for one in sorted(context.values(), key=lambda one: one.position)),
        {one.pk: tuple(texts[factor, "title"] for factor in one.context_factors.all()) for one in judgements},
    )


def compared(now: Result, before: Result) -> list[Moved]:
    """What became of each factor since the baseline, by code, in the order of the newer one."""
    earlier = {one.code: one for one in before.factors}
    rows = []
    for one in now.factors:
        old = earlier.pop(one.code, None)
        move = scoring.moved(old.verdict if old else None, one.verdict)
        schemes = _moved_schemes(old, one) if old else ()
        if schemes and move == Move.SAME:
            move = Move.WITHIN
        rows.append(Moved(one.code, one.name, old, one, move, schemes))
    rows += [Moved(old.code, old.name, old, None, scoring.moved(old.verdict, None)) for old in earlier.values()]
    return rows


def _moved_schemes(old: FactorResult, now: FactorResult) -> tuple[str, ...]:
    """ "Harbour: Partly in place, before: In place", for each that both have and that moved."""
    before = {str(one.scheme).casefold(): Verdict(one.verdict) for one in old.judgements if one.scheme_id}
    words = gettext("%(name)s: %(now)s, before: %(before)s")
    return tuple(
        words % {"name": one.scheme, "now": Verdict(one.verdict).label, "before": then.label}
        for one in now.judgements
        if one.scheme_id
        and (then := before.get(str(one.scheme).casefold()))
        and scoring.moved(then, Verdict(one.verdict)) not in (Move.SAME, Move.OPEN)
    )


def comparison_of(result: Result, language: str) -> list[Moved]:
    """The same for an assessment that repeats another one; empty where it does not."""
    baseline = result.assessment.baseline
    if baseline is None:
        return []
    return compared(result, result.before or result_of(baseline, language))
