"""The change journal: what was typed is kept, in which order it counts, and what waits for a decision.

The journal only keeps. Which value follows from an accepted change is the business of the method whose
`subject` it is; it calls `accept` and `admit` while it holds a lock on that subject's row.
"""

import hashlib
import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from audits.models import Audit, User

from ..enums import ChangeState
from ..models import Change, ErasedChange, Participant

# How often a write is begun anew when another process was quicker with the same UUID or the same part.
ATTEMPTS = 5
# Longer than any device is likely to wait with what it has not sent.
ERASED_KEPT = timedelta(days=366)


class Verdict(StrEnum):
    """What became of a change that arrived."""

    STANDS = "stands"
    REPEAT = "repeat"
    CONFLICT = "conflict"
    SUPERSEDED = "superseded"
    LATE = "late"


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """A change as a device sent it. `content` is the method's: anything that JSON can hold."""

    uuid: uuid.UUID
    sequence: int
    part: str
    content: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """An incoming change with its verdict. Whoever reads `STANDS` applies the content."""

    incoming: Incoming
    verdict: Verdict


def digest_of(subject: str, part: str, content: dict[str, Any]) -> str:
    """By what a second arrival of a UUID is recognised as the same change (SHA-256, 64 hexadecimal digits)."""
    text = json.dumps([subject, part, content], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def accept(
    *,
    audit: Audit,
    subject: str,
    device: uuid.UUID,
    changes: Sequence[Incoming],
    participant: Participant | None = None,
    by: User | None = None,
    late: bool = False,
) -> list[Accepted]:
    """Takes changes of one subject into the journal and says what became of each, in the order given.

    The same UUID again is a `REPEAT`, with another content a `CONFLICT`; neither writes anything. A change
    whose device has already sent a later one of the same part is kept as `SUPERSEDED`. With `late` a change is
    kept and waits for `admit` or `refuse`. What two processes do at once is decided by the database's unique
    constraints; the one that was slower looks again.
    """
    for attempt in range(ATTEMPTS):
        try:
            with transaction.atomic():
                return _accept(audit, subject, device, changes, participant, by, late)
        except IntegrityError:
            if attempt == ATTEMPTS - 1:
                raise
    raise AssertionError("unreachable")


def _accept(
    audit: Audit,
    subject: str,
    device: uuid.UUID,
    changes: Sequence[Incoming],
    participant: Participant | None,
    by: User | None,
    late: bool,
) -> list[Accepted]:
    parts = {change.part for change in changes}
    known = Change.objects.in_bulk([change.uuid for change in changes])
    standing = {change.part: change for change in Change.objects.filter(subject=subject, part__in=parts).standing()}
    latest = _latest_sequences(subject, device, parts)
    new: list[Change] = []
    answers = []
    for incoming in changes:
        digest = digest_of(subject, incoming.part, incoming.content)
        if (before := known.get(incoming.uuid)) is not None:
            verdict = Verdict.REPEAT if before.digest == digest else Verdict.CONFLICT
        else:
            change = Change(
                uuid=incoming.uuid,
                audit=audit,
                participant=participant,
                by=by,
                device=device,
                sequence=incoming.sequence,
                subject=subject,
                part=incoming.part,
                content=incoming.content,
                digest=digest,
            )
            if late:
                change.state, verdict = ChangeState.LATE, Verdict.LATE
            elif latest.get(incoming.part, -1) > incoming.sequence:
                change.state, verdict = ChangeState.SUPERSEDED, Verdict.SUPERSEDED
            else:
                if incoming.part in standing:
                    standing[incoming.part].state = ChangeState.SUPERSEDED
                change.state, verdict = ChangeState.APPLIED, Verdict.STANDS
                standing[incoming.part] = change
                latest[incoming.part] = incoming.sequence
            known[incoming.uuid] = change
            new.append(change)
        answers.append(Accepted(incoming=incoming, verdict=verdict))
    taken = [change.part for change in standing.values() if change._state.adding]
    Change.objects.filter(subject=subject, part__in=taken).standing().update(state=ChangeState.SUPERSEDED)
    Change.objects.bulk_create(new)
    # Within one delivery a change may have been overtaken by the next one already.
    return [
        Accepted(incoming=answer.incoming, verdict=Verdict.SUPERSEDED)
        if answer.verdict is Verdict.STANDS and standing[answer.incoming.part].uuid != answer.incoming.uuid
        else answer
        for answer in answers
    ]


def _latest_sequences(subject: str, device: uuid.UUID, parts: Iterable[str]) -> dict[str, int]:
    counted = Change.objects.filter(
        subject=subject, device=device, part__in=parts, state__in=[ChangeState.APPLIED, ChangeState.SUPERSEDED]
    )
    return dict(counted.order_by().values_list("part").annotate(Max("sequence")))


def admit(*, changes: Iterable[Change], by: User) -> list[Change]:
    """Lets late changes count and returns those that stand now, for the method to apply.

    They are taken in their order of arrival, so that the latest of a part stands. One that has been overtaken
    meanwhile, by a later change of its device or by another device after the walk was opened again, is kept as
    superseded. A change that no longer waits is left as it is.
    """
    now = timezone.now()
    stands: dict[tuple[str, str], Change] = {}
    with transaction.atomic():
        for change in _waiting(changes):
            latest = _latest_sequences(change.subject, change.device, [change.part]).get(change.part, -1)
            others = Change.objects.filter(subject=change.subject, part=change.part).standing()
            overtaken = latest > change.sequence or others.filter(arrived_at__gt=change.arrived_at).exists()
            if not overtaken:
                others.update(state=ChangeState.SUPERSEDED)
                stands[change.subject, change.part] = change
            change.state = ChangeState.SUPERSEDED if overtaken else ChangeState.APPLIED
            change.decided_at, change.decided_by = now, by
            change.save(update_fields=["state", "decided_at", "decided_by"])
    return list(stands.values())


def refuse(*, changes: Iterable[Change], by: User) -> int:
    """Leaves late changes out, by a decision that stays in the journal. Returns how many."""
    with transaction.atomic():
        waiting = _waiting(changes)
        return Change.objects.filter(pk__in=[change.pk for change in waiting]).update(
            state=ChangeState.REFUSED, decided_at=timezone.now(), decided_by=by
        )


def _waiting(changes: Iterable[Change]) -> list[Change]:
    return list(Change.objects.filter(pk__in=[change.pk for change in changes]).late().select_for_update())


def forget(*, subjects: Iterable[str]) -> int:
    """Deletes everything the journal holds about these subjects, for a withdrawal. Returns how many rows.

    What stays are the changes' identifiers: `was_erased` knows them again.
    """
    return forget_changes(Change.objects.filter(subject__in=list(subjects)))


def forget_changes(changes: QuerySet[Change]) -> int:
    """Deletes these changes as `forget` does."""
    with transaction.atomic():
        remember_erased(changes.values_list("uuid", "participant"))
        deleted, _ = changes.delete()
    return deleted


def remember_erased(changes: Iterable[tuple[uuid.UUID, int | None]]) -> None:
    """Keeps the identifiers of changes that must not come in any more, each with its author's primary key; or that of
    somebody who took everything back, with none."""
    rows = [ErasedChange(uuid=change, participant_id=author) for change, author in changes]
    ErasedChange.objects.bulk_create(rows, ignore_conflicts=True)


def expire_erased(*, dry_run: bool) -> int:
    """Deletes identifiers of what was erased that are kept for longer than `ErasedChange` says; how many."""
    rows = ErasedChange.objects.filter(participant=None, at__lt=timezone.now() - ERASED_KEPT)
    return rows.count() if dry_run else rows.delete()[0]


def was_erased(identifier: uuid.UUID) -> bool:
    """Whether a change, or a participant, of this identifier was erased (`remember_erased`)."""
    return bool(erased_among([identifier]))


def erased_among(changes: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Those of these identifiers whose changes were erased (`remember_erased`)."""
    return set(ErasedChange.objects.filter(uuid__in=list(changes)).values_list("uuid", flat=True))
