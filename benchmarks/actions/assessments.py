"""Beginning, narrowing, repeating, moving and closing an assessment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from audits.actions.sent import identified, same_or_stale, sent_before
from audits.models import Audit, User

from ..enums import AssessmentState
from ..models import (
    AssessedFactor,
    Assessment,
    Benchmark,
    Evidence,
    GuideQuestion,
    Judgement,
    KeyFactor,
    PeerJudgement,
    QuestionAnswer,
    Scheme,
)
from .judging import held


class ClosedError(Exception):
    """The assessment was closed meanwhile; nothing was written."""


@contextmanager
def still_open(assessment: Assessment) -> Iterator[Assessment]:
    """As `held`. Raises ClosedError where the assessment is closed."""
    with held(assessment):
        if not assessment.is_open:
            raise ClosedError
        yield assessment


class SharedReviewError(Exception):
    """The assessment is shared with peers, who judge it as it stands: it stays closed, and stays."""


def is_shared(assessment: Assessment) -> bool:
    """Whether the assessment is with the peers, or was until the end of their review."""
    return hasattr(assessment, "review") and assessment.review.is_shared


def was_shared(assessment: Assessment) -> bool:
    """Whether peers were given the assessment to read at any time, also where that was taken back."""
    return hasattr(assessment, "review") and assessment.review.was_shared


@transaction.atomic
def create_assessment(
    *, audit: Audit, benchmark: Benchmark, by: User | None, uuid: UUID | None = None, **fields: Any
) -> Assessment:
    """A new assessment with all factors of the benchmark in scope. `fields` are those of the model.

    With a `uuid` that the audit already has, that assessment is returned and nothing is written; StaleError is raised
    where it says something else.
    """
    # The same form sent twice at once waits, and is one assessment.
    Audit.objects.select_for_update().get(pk=audit.pk)
    standing: Assessment | None = sent_before(audit.assessments, uuid, {"benchmark": benchmark, **fields})
    if standing:
        return standing
    made: Assessment = Assessment.objects.create(
        audit=audit, benchmark=benchmark, created_by=by, changed_by=by, **identified(Assessment, uuid), **fields
    )
    AssessedFactor.objects.bulk_create(
        AssessedFactor(assessment=made, factor=factor) for factor in benchmark.factors.all()
    )
    ensure_judgements(assessment=made)
    return made


@transaction.atomic
def ensure_judgements(*, assessment: Assessment) -> None:
    """Gives each factor the judgements that it needs, not yet judged: one, or one for each neighbourhood and scheme.

    With a row from the beginning, two people who judge at once meet the version of one and the same judgement.
    """
    Assessment.objects.select_for_update().get(pk=assessment.pk)
    schemes = list(assessment.schemes.all())
    rows = AssessedFactor.objects.filter(assessment=assessment).select_related("factor").prefetch_related("judgements")
    missing = []
    for row in rows:
        wanted = [scheme.pk for scheme in schemes] if row.per_scheme else [None]
        there = {judgement.scheme_id for judgement in row.judgements.all()}
        missing += [Judgement(assessed=row, scheme_id=key) for key in wanted if key not in there]
    Judgement.objects.bulk_create(missing)


PLANNED = ("in_scope", "assignee_id", "due")
"""What is decided of a factor beforehand: whether it is in scope, who judges it, by when."""


def save_scope(*, assessment: Assessment, changes: Mapping[UUID, Mapping[str, Any]]) -> int:
    """Writes what was changed of a plan, by factor: values of `PLANNED`. Returns how many factors are others now.

    What somebody else decided meanwhile of another column stays. A factor that goes out of scope keeps all that was
    written about it. Raises ClosedError.
    """
    with still_open(assessment):
        changed = []
        for row in assessment.factors.filter(uuid__in=changes):
            wanted = {name: value for name, value in changes[row.uuid].items() if name in PLANNED}
            if any(getattr(row, name) != value for name, value in wanted.items()):
                for name, value in wanted.items():
                    setattr(row, name, value)
                changed.append(row)
        AssessedFactor.objects.bulk_update(changed, ["in_scope", "assignee", "due"])
    return len(changed)


NAMED = ("name", "kind", "place")
"""What is said of a neighbourhood or scheme; `place` is the one in the order, from 1."""


def save_schemes(
    *,
    assessment: Assessment,
    changes: Mapping[UUID, Mapping[str, Any]],
    added: Iterable[tuple[Scheme, int]] = (),
    removed: Iterable[UUID] = (),
) -> None:
    """Writes what was changed of the neighbourhoods and schemes: values of `NAMED` by scheme; new ones, each with its
    place, get their judgements. Those removed go with all that was judged for them.

    What nobody changed here stays as somebody else has it. A new one that is there already is not made again. Raises
    StaleError where that one has another name or kind, ClosedError, and SharedReviewError where one was shared with
    peers that is to be removed.
    """
    removed = set(removed)
    with still_open(assessment):
        rows = {one.uuid: (one, place) for place, one in enumerate(assessment.schemes.all(), start=1)}
        gone = [one.pk for one, _place in rows.values() if one.uuid in removed]
        if PeerJudgement.objects.filter(scheme__in=gone).exists():
            raise SharedReviewError
        Scheme.objects.filter(pk__in=gone).delete()
        order, renamed = [], []
        for one, place in rows.values():
            if one.uuid in removed:
                continue
            wanted = changes.get(one.uuid, {})
            one.kind = wanted.get("kind", one.kind)
            if wanted.get("name", one.name) != one.name:
                one.name = wanted["name"]
                renamed.append(one.pk)
            order.append((wanted.get("place", place), one))
        # Two that swap their names must not meet on the way.
        for key in renamed:
            Scheme.objects.filter(pk=key).update(name=f"{uuid4()}")
        order += [(place, one) for one, place in added if _is_new(assessment, one)]
        order.sort(key=lambda pair: pair[0])
        for position, (_place, one) in enumerate(order, start=1):
            one.position = position
        Scheme.objects.bulk_update([one for _place, one in order if one.pk], ["name", "kind", "position"])
        Scheme.objects.bulk_create(one for _place, one in order if not one.pk)
        ensure_judgements(assessment=assessment)


def _is_new(assessment: Assessment, one: Scheme) -> bool:
    """Whether a scheme of a form is not saved yet; of an identifier from elsewhere it gets one of its own."""
    one.assessment = assessment
    if standing := assessment.schemes.filter(uuid=one.uuid).first():
        same_or_stale(standing, {"name": one.name, "kind": one.kind})
        return False
    if Scheme.objects.filter(uuid=one.uuid).exists():
        one.uuid = uuid4()
    return True


@transaction.atomic
def close(*, assessment: Assessment, by: User | None) -> None:
    """Freezes the assessment. Closed already, it keeps its day."""
    now = timezone.now()
    Assessment.objects.select_for_update().get(pk=assessment.pk)
    Assessment.objects.filter(pk=assessment.pk, state=AssessmentState.OPEN).update(
        state=AssessmentState.CLOSED, closed_at=now, changed_by=by, changed_at=now
    )
    assessment.refresh_from_db()


@transaction.atomic
def reopen(*, assessment: Assessment, by: User | None) -> None:
    """Opens a closed assessment again. Raises SharedReviewError where peers were given it to read."""
    locked = Assessment.objects.select_for_update().get(pk=assessment.pk)
    if is_shared(locked):
        raise SharedReviewError
    Assessment.objects.filter(pk=assessment.pk, state=AssessmentState.CLOSED).update(
        state=AssessmentState.OPEN, closed_at=None, changed_by=by, changed_at=timezone.now()
    )
    assessment.refresh_from_db()


@transaction.atomic
def delete(*, assessment: Assessment) -> None:
    """Deletes the assessment with all in it. Raises SharedReviewError where peers were given it to read at any time,
    whether they have written anything or not: the host does not learn which."""
    if was_shared(Assessment.objects.select_for_update().get(pk=assessment.pk)):
        raise SharedReviewError
    assessment.delete()


class RepeatError(Exception):
    """The assessment cannot be repeated: it is repeated already (`standing`), still open, or not judged at all."""

    def __init__(self, standing: Assessment | None = None):
        super().__init__()
        self.standing = standing


@transaction.atomic
def repeat(*, assessment: Assessment, benchmark: Benchmark, title: str, by: User, uuid: UUID | None) -> Assessment:
    """A new assessment that repeats this one: same scope, people and neighbourhoods, nothing judged yet.

    Factors are found by their code; those that are new in the version are in scope. The due days are not taken over.
    Sent twice it is one, whatever it is called by then; raises StaleError where the identifier is that of an assessment
    which does not repeat this one, RepeatError where there is nothing to repeat or a repeat already.
    """
    audit = assessment.audit
    Audit.objects.select_for_update().get(pk=audit.pk)
    standing: Assessment | None = sent_before(audit.assessments, uuid, {"baseline": assessment})
    if standing:
        return standing
    if standing := assessment.repeats.first():
        raise RepeatError(standing)
    if not Assessment.objects.repeatable().filter(pk=assessment.pk).exists():
        raise RepeatError
    made = create_assessment(
        audit=audit,
        benchmark=benchmark,
        by=by,
        uuid=uuid,
        title=title,
        migrant_definition=assessment.migrant_definition,
        people=assessment.people,
        lead=assessment.lead,
        baseline=assessment,
    )
    before = {row.factor.key: row for row in assessment.factors.select_related("factor")}
    rows = list(made.factors.select_related("factor"))
    for row in rows:
        if old := before.get(row.factor.key):
            row.in_scope, row.assignee_id = old.in_scope, old.assignee_id
    AssessedFactor.objects.bulk_update(rows, ["in_scope", "assignee"])
    Scheme.objects.bulk_create(
        Scheme(assessment=made, name=one.name, kind=one.kind, position=one.position) for one in assessment.schemes.all()
    )
    ensure_judgements(assessment=made)
    return made


# Another version of the benchmark ---------------------------------------------------------------------------


def other_versions(assessment: Assessment) -> QuerySet[Benchmark]:
    """The versions of the same benchmark to which the assessment can move, the newest first.

    Those that may be chosen for new work, and those from which something in it comes: the way back stays open.
    """
    same = Benchmark.objects.filter(code=assessment.benchmark.code).exclude(pk=assessment.benchmark_id)
    found: QuerySet[Benchmark] = (
        (same.current() | same.filter(factors__assessed__assessment=assessment)).distinct().order_by("-pk")
    )
    return found


def newer_version(assessment: Assessment) -> Benchmark | None:
    """The version that new work follows where nobody chooses, if it came after that of the assessment."""
    found: Benchmark | None = Benchmark.objects.filter(code=assessment.benchmark.code).for_new()
    return found if found and found.pk > assessment.benchmark_id else None


def version_of_repeat(assessment: Assessment) -> Benchmark:
    """An original is repeated on the newest original. An own version was chosen, and stays so until it is retired."""
    own = assessment.benchmark
    return own if not own.is_original and not own.is_retired else newer_version(assessment) or own


@dataclass(frozen=True)
class Keys:
    """What a move to another version does, in factors: found again by code, new there, without a counterpart."""

    mapped: tuple[tuple[AssessedFactor, KeyFactor], ...]
    added: tuple[KeyFactor, ...]
    unmapped: tuple[AssessedFactor, ...]


def keys_of(assessment: Assessment, benchmark: Benchmark) -> Keys:
    """Which factors of the assessment are found in the version, by code, and which are not."""
    there = {factor.key: factor for factor in benchmark.factors.all()}
    rows = list(assessment.factors.in_order().select_related("factor__benchmark"))
    # Of two with one code (one left over from an earlier move) the present one goes first.
    rows.sort(key=lambda row: row.factor.benchmark_id not in (assessment.benchmark_id, benchmark.pk))
    mapped, unmapped = [], []
    for row in rows:
        if factor := there.pop(row.factor.key, None):
            mapped.append((row, factor))
        else:
            unmapped.append(row)
    mapped.sort(key=lambda pair: pair[1].position)
    return Keys(tuple(mapped), tuple(there.values()), tuple(unmapped))


def move(*, assessment: Assessment, to: Benchmark, by: User | None) -> Keys:
    """Moves the assessment to another version of its benchmark; factors, answers and evidence are found by code.

    What has no counterpart there stays as it is, with its old wording, and comes back with a move back. Each judgement
    that moves gets a new version: a page that was opened before shows both instead of writing over it. Raises
    ValueError for another benchmark, ClosedError.
    """
    with still_open(assessment) as locked:
        if to.code != locked.benchmark.code:
            raise ValueError("An assessment moves between versions of one benchmark.")
        keys = keys_of(locked, to)
        questions = {
            (question.factor_id, question.key): question
            for question in GuideQuestion.objects.filter(factor__benchmark=to)
        }
        rows = []
        for row, factor in keys.mapped:
            row.factor = factor
            rows.append(row)
        # A row may not stand on a factor twice, not even in between: none of these has a row yet.
        AssessedFactor.objects.bulk_update(rows, ["factor"])
        AssessedFactor.objects.bulk_create(AssessedFactor(assessment=locked, factor=factor) for factor in keys.added)
        _move_answers(rows, questions)
        Judgement.objects.filter(assessed__in=rows).update(version=F("version") + 1)
        Assessment.objects.filter(pk=locked.pk).update(
            benchmark=to, version=F("version") + 1, changed_by=by, changed_at=timezone.now()
        )
        ensure_judgements(assessment=locked)
    assessment.refresh_from_db()
    return keys


def _move_answers(rows: list[AssessedFactor], questions: Mapping[tuple[int, str], GuideQuestion]) -> None:
    factors = {row.pk: row.factor_id for row in rows}
    answers = list(QuestionAnswer.objects.filter(judgement__assessed__in=rows).select_related("question", "judgement"))
    taken = {(answer.judgement_id, answer.question_id) for answer in answers}
    for answer in answers:
        there = questions.get((factors[answer.judgement.assessed_id], answer.question.key))
        if there and (answer.judgement_id, there.pk) not in taken:
            taken.add((answer.judgement_id, there.pk))
            answer.question = there
    QuestionAnswer.objects.bulk_update(answers, ["question"])
    pieces = list(
        Evidence.objects.filter(judgement__assessed__in=rows, question__isnull=False).select_related(
            "question", "judgement"
        )
    )
    for piece in pieces:
        asked = piece.question
        if asked and (there := questions.get((factors[piece.judgement.assessed_id], asked.key))):
            piece.question = there
    Evidence.objects.bulk_update(pieces, ["question"])
