"""Judged factors as evidence of findings, and what they propose for measures (`audits.methods`)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from audits.instruments import translated
from audits.methods import Evidence, MeasureIdea, Reference
from audits.models import Audit, User
from audits.permissions import Ability, may

from .enums import Verdict
from .models import AssessedFactor, Assessment, GuideQuestion, Judgement
from .scoring import summed

KEY = "benchmarks"
FACTOR, JUDGEMENT, ASSESSMENT = "factor", "judgement", "assessment"
NAME_LENGTH = 90


def resolve(references: Collection[Reference], user: User) -> dict[Reference, Evidence]:
    """What the references show now, without what is gone and what the user may not see."""
    by_type: dict[str, dict[UUID, Reference]] = {FACTOR: {}, JUDGEMENT: {}, ASSESSMENT: {}}
    for reference in references:
        if reference.type in by_type:
            by_type[reference.type][reference.source] = reference
    found = {}
    rows = _rows(AssessedFactor.objects.filter(uuid__in=by_type[FACTOR])) if by_type[FACTOR] else []
    for row in _open_to(user, rows):
        found[by_type[FACTOR][row.uuid]] = _evidence(row)
    if by_type[JUDGEMENT]:
        wanted = AssessedFactor.objects.filter(judgements__uuid__in=by_type[JUDGEMENT]).distinct()
        for row in _open_to(user, _rows(wanted)):
            for judgement in row.judgements.all():
                if judgement.uuid in by_type[JUDGEMENT]:
                    found[by_type[JUDGEMENT][judgement.uuid]] = _evidence(row, judgement)
    if by_type[ASSESSMENT]:
        for one in Assessment.objects.filter(uuid__in=by_type[ASSESSMENT]).select_related("audit"):
            if may(user, Ability.SEE_RESULTS, one.audit):
                found[by_type[ASSESSMENT][one.uuid]] = Evidence(str(one), one.get_absolute_url(), audit=one.audit_id)
    return found


def parts(reference: Reference) -> Iterator[Reference]:
    """The factors of an assessment and their judgements, from which its measures are made."""
    if reference.type != ASSESSMENT:
        return
    factors = AssessedFactor.objects.filter(assessment__uuid=reference.source)
    for kind, rows in ((FACTOR, factors), (JUDGEMENT, Judgement.objects.filter(assessed__in=factors))):
        yield from (Reference(KEY, kind, one) for one in rows.order_by().values_list("uuid", flat=True))


def evidence_choices(audit: Audit, user: User) -> list[tuple[Reference, Evidence]]:
    """What a finding can be linked to by hand: the factors of the audit's assessments that are judged."""
    if not may(user, Ability.SEE_RESULTS, audit):
        return []
    judged = Judgement.objects.filter(assessed=OuterRef("pk")).exclude(verdict=Verdict.NOT_JUDGED)
    rows = _rows(AssessedFactor.objects.filter(Exists(judged), assessment__audit=audit, in_scope=True))
    return [(Reference(KEY, FACTOR, row.uuid), _evidence(row)) for row in rows]


def measure_idea(reference: Reference, user: User) -> MeasureIdea | None:
    """What a measure made from a factor could be: its statement as the objective, its criteria and what its guide
    questions ask for as steps, its examples. None where the user may not see it, or it is gone.
    """
    if reference.type == JUDGEMENT:
        query = AssessedFactor.objects.filter(judgements__uuid=reference.source)
    elif reference.type == FACTOR:
        query = AssessedFactor.objects.filter(uuid=reference.source)
    else:
        return None
    row = next(iter(_open_to(user, _rows(query))), None)
    if row is None:
        return None
    factor = row.factor
    criteria, questions = list(factor.criteria.all()), list(factor.questions.all())
    steps: list[Any] = [*criteria, *questions]
    examples = list(factor.examples.all())
    for step in steps:
        step.factor = factor
    for example in examples:
        example.factor = factor
    texts = translated([factor, *steps, *examples], get_language() or "en")
    return MeasureIdea(
        objective=str(texts[factor, "statement"]),
        steps=(*_whole(criteria, texts), *_asked(questions, texts)),
        examples=tuple(
            (
                f"{example.city}: {texts[example, 'title']}" if example.title else example.city,
                str(texts[example, "text"]),
            )
            for example in examples
        ),
    )


def _asked(questions: list[GuideQuestion], texts: Mapping[Any, Any]) -> Iterator[str]:
    """The guide questions as steps. The benchmarks say no more than the question of what is to be done, so it stands
    there in its own words, as what the step has to answer."""
    for question in _whole(questions, texts):
        yield _("Have a good answer to: %(question)s") % {"question": question}


def _whole(rows: Sequence[Any], texts: Mapping[Any, Any]) -> Iterator[str]:
    """Guide questions or criteria, each with those below it: on their own these say nothing."""
    for row in rows:
        if row.parent_id is None:
            below = ", ".join(str(texts[one, "text"]).rstrip(",;") for one in rows if one.parent_id == row.pk)
            yield " ".join(filter(None, (str(texts[row, "text"]), below)))


def _rows(query: QuerySet[AssessedFactor]) -> list[AssessedFactor]:
    return list(
        query.order_by("assessment__pk", "factor__position", "pk")
        .select_related("factor__benchmark", "assessment__benchmark")
        .prefetch_related("judgements__scheme", "assessment__audit__city")
    )


def _open_to(user: User, rows: Iterable[AssessedFactor]) -> Iterable[AssessedFactor]:
    # Prefetched, the assessments of one audit share it, and with it what is known of the user's role.
    return (row for row in rows if may(user, Ability.SEE_RESULTS, row.assessment.audit))


def _evidence(row: AssessedFactor, judgement: Judgement | None = None) -> Evidence:
    """A factor with the verdict on it: "Anti-discrimination policies 05 Engagement of …: Partly in place"."""
    verdict = Verdict(judgement.verdict) if judgement else summed(Verdict(one.verdict) for one in row.counted)
    name = Truncator(row.factor.full_name).chars(NAME_LENGTH)
    scheme = judgement.scheme if judgement else None
    where = f" ({scheme})" if scheme else ""
    address = reverse("benchmarks:factor", args=[row.assessment.audit.slug, row.assessment.uuid, row.uuid])
    if scheme:
        address = f"{address}?scheme={scheme.uuid}"
    return Evidence(
        caption=f"{row.assessment.benchmark.title} {name}{where}: {verdict.label}",
        url=address,
        audit=row.assessment.audit_id,
    )
