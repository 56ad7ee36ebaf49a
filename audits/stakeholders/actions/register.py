"""Writing the register: new stakeholders, their answers, and taking contact data out of it again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from simple_history.utils import bulk_create_with_history  # type: ignore[import-untyped]

from audits import methods
from audits.actions.versions import lock, save_version
from audits.models import Audit, StaleError, User

from ..models import SelectionAnswer, Stakeholder


@dataclass(frozen=True)
class Answer:
    """Yes or no to a selection question, and why."""

    answer: str
    note: str = ""


@dataclass(frozen=True)
class StakeholderRow:
    """A stakeholder as a spreadsheet has it, with its answers by the key of the question in the database."""

    row: int
    fields: Mapping[str, Any]
    answers: Mapping[int, Answer] = field(default_factory=dict)


def answers_of(stakeholder: Stakeholder) -> dict[int, Answer]:
    """What is answered about a stakeholder, by the key of the question in the database."""
    return {row.question_id: Answer(row.answer, row.note) for row in stakeholder.answers.all()}


def write_answers(*, stakeholder: Stakeholder, answers: Mapping[int, Answer], asked: Sequence[int]) -> None:
    """Writes the answers to the questions that were asked; one that is not among `answers` is not known any more.

    Answers to questions of another guide, which were not asked, stay.
    """
    stakeholder.answers.filter(question__in=asked).exclude(question__in=answers).delete()
    for question, said in answers.items():
        stakeholder.answers.update_or_create(question_id=question, defaults={"answer": said.answer, "note": said.note})


@contextmanager
def one_at_a_time(audit: Audit) -> Iterator[None]:
    """Holds the audit to the end of the block, a transaction: a name that is free stays so until it is written."""
    with transaction.atomic():
        Audit.objects.select_for_update().get(pk=audit.pk)
        yield


@transaction.atomic
def create_stakeholder(
    *, audit: Audit, by: User, uuid: UUID | None = None, answers: Mapping[int, Answer] | None = None, **fields: Any
) -> Stakeholder:
    """A new stakeholder with its answers.

    With a `uuid` that the audit already has, that stakeholder is returned and nothing is written; StaleError is raised
    where it says something else. The caller holds the audit.
    """
    made: Any = Stakeholder(audit=audit, changed_by=by, **fields)
    standing: Stakeholder | None = Stakeholder.objects.filter(audit=audit, uuid=uuid).first() if uuid else None
    if standing:
        same = all(getattr(standing, name) == getattr(made, name) for name in Stakeholder.written)
        if not same or answers_of(standing) != dict(answers or {}):
            raise StaleError(standing)
        return standing
    if uuid and not Stakeholder.objects.filter(uuid=uuid).exists():
        made.uuid = uuid
    made._history_user = by
    made.save()
    write_answers(stakeholder=made, answers=answers or {}, asked=())
    created: Stakeholder = made
    return created


@transaction.atomic
def remove_contact(*, stakeholder: Stakeholder, by: User) -> None:
    """Removes who acts for it and how they are reached, from the history and from what methods copied too. Raises
    StaleError where it was deleted."""
    version = lock(stakeholder).version
    stakeholder.refresh_from_db()
    nothing = dict.fromkeys(Stakeholder.CONTACT, "")
    for name, value in nothing.items():
        setattr(stakeholder, name, value)
    save_version(stakeholder, version=version, by=by)
    Stakeholder.history.filter(id=stakeholder.pk).update(**nothing)
    methods.forget_contact(stakeholder)


@transaction.atomic
def delete_stakeholder(*, stakeholder: Stakeholder) -> None:
    """Deletes a stakeholder with its history, which would keep the contact data."""
    pk = stakeholder.pk
    stakeholder.delete()
    Stakeholder.history.filter(id=pk).delete()


@transaction.atomic
def import_stakeholders(*, audit: Audit, rows: Sequence[StakeholderRow], by: User) -> list[Stakeholder]:
    """Brings in the stakeholders of a spreadsheet with their answers, all or none."""
    made: list[Stakeholder] = bulk_create_with_history(
        [Stakeholder(audit=audit, changed_by=by, **row.fields) for row in rows], Stakeholder, default_user=by
    )
    SelectionAnswer.objects.bulk_create(
        SelectionAnswer(stakeholder=one, question_id=question, answer=said.answer, note=said.note)
        for one, row in zip(made, rows, strict=True)
        for question, said in row.answers.items()
    )
    return made
