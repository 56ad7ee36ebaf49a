"""Writes of measures: the texts, their history, and the progress review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from audits.models import Audit, StaleError, User

from ..enums import MeasureState
from ..models import Measure, MeasureProgress
from .evidence import EvidenceInput, link_evidence
from .numbered import create, lock_series, locked, stands_already, write


@transaction.atomic
def create_measure(
    *,
    audit: Audit,
    by: User | None,
    area: str,
    title: str,
    evidence: EvidenceInput | None = None,
    uuid: UUID | None = None,
    **fields: Any,
) -> Measure:
    """A new measure with the next number, planned, at the end of its area; `fields` are the others of `Measure.written`.

    `evidence` is the source that it is made from. With a `uuid` that the audit already has, that measure is returned
    and nothing is written. Raises StaleError where it says something else, and ValueError for a recommendation of
    another audit.
    """
    _of_its_own(audit, fields.get("recommendation"))
    recommendation = fields.pop("recommendation", None)
    blank = Measure()
    values = {name: getattr(blank, name) for name in Measure.written} | fields | {"area": area, "title": title}
    values["recommendation_id"] = recommendation.pk if recommendation else None
    measure, new = create(Measure, audit=audit, by=by, uuid=uuid, **values)
    if new:
        measure.progress.create(state=measure.state, by=by)
        if evidence:
            link_evidence(holder=measure, evidence=evidence, by=by)
    return measure


@transaction.atomic
def save_measure(*, measure: Measure, version: int, by: User) -> None:
    """Saves a changed measure that was opened at `version`. Raises StaleError, then nothing is written, and ValueError
    for a recommendation of another audit."""
    _of_its_own(measure.audit, measure.recommendation)
    saved = locked(measure)
    if not stands_already(saved, measure, version):
        write(measure, saved, by)


def _of_its_own(audit: Audit, recommendation: Any) -> None:
    if recommendation is not None and recommendation.audit_id != audit.pk:
        raise ValueError("A measure is made from a recommendation of its own audit.")


@transaction.atomic
def record_progress(
    *,
    measure: Measure,
    by: User | None,
    state: str = "",
    seen_state: str = "",
    note: str = "",
    uuid: UUID | None = None,
) -> MeasureProgress | None:
    """Adds an entry to the history of a measure; without a state it keeps the one it has.

    `seen_state` is what stood on the page: a state that was left as it was seen stays as somebody else has set it
    meanwhile. The entry of a `uuid` that is there already is returned and nothing is written; so is None where there
    is neither a new state nor a note. Raises StaleError where both have changed the state, where the entry of this
    `uuid` says something else, and where the measure was deleted (then `current` is None).
    """
    saved = locked(measure)
    standing = MeasureProgress.objects.filter(uuid=uuid).first() if uuid else None
    if standing is not None and standing.measure_id == saved.pk:
        if not _says(standing, state=state, seen_state=seen_state, note=note):
            raise StaleError(saved)
        return standing
    known = {"uuid": uuid} if uuid and standing is None else {}
    entry = _entered(saved, state=state, seen_state=seen_state, note=note, by=by, **known)
    measure.state = saved.state
    return entry


def _says(entry: MeasureProgress, *, state: str, seen_state: str, note: str) -> bool:
    """Whether an entry is what these words make."""
    before = MeasureProgress.objects.filter(measure=entry.measure_id, pk__lt=entry.pk).last()
    left = before.state if before else seen_state or entry.state
    return entry.note == note and entry.state == (left if state in ("", seen_state) else state)


def _entered(saved: Measure, *, state: str, seen_state: str, note: str, **known: Any) -> MeasureProgress | None:
    if state and seen_state:
        state = _merged(state, seen_state, saved.state, saved)
    state = MeasureState(state or saved.state)
    if state == saved.state and not note:
        return None
    if state != saved.state:
        Measure.objects.filter(pk=saved.pk).update(state=state)
    saved.state = state
    return saved.progress.create(state=state, note=note, **known)


@dataclass(frozen=True)
class Reviewed:
    """What somebody says of one measure in the progress review, beside the state and the day that stood on the page."""

    state: str
    due: date | None
    note: str
    seen_state: str
    seen_due: date | None
    uuid: UUID | None = None


@transaction.atomic
def review_measure(*, measure: Measure, said: Reviewed, by: User) -> bool:
    """Saves what the review says of one measure. Returns whether anything was written: the same sent twice is not.

    What was left as the page showed it stays as somebody else has set it meanwhile. Raises StaleError as
    `record_progress`, and where both have changed the day; then nothing is written.
    """
    saved = locked(measure)
    due = _merged(said.due, said.seen_due, saved.due, saved)
    moved = due != saved.due
    if moved:
        saved.due = due
        write(saved, locked(measure), by)
    entries = saved.progress.count()
    record_progress(measure=saved, state=said.state, seen_state=said.seen_state, note=said.note, uuid=said.uuid, by=by)
    return moved or saved.progress.count() > entries


def _merged(mine: Any, seen: Any, theirs: Any, saved: Measure) -> Any:
    if mine in (seen, theirs):
        return theirs
    if theirs != seen:
        raise StaleError(saved)
    return mine


@transaction.atomic
def delete_measure(*, measure: Measure) -> None:
    """Deletes a measure with its history and the links to its sources; its number is not given again."""
    lock_series(measure.audit, Measure)
    measure.delete()
