"""Putting codes on passages, and keeping the codebook: merge, split, settle."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from audits.agenda.models import EvidenceLink
from audits.models import Audit, User

from ..evidence import CODE, KEY, NOTE, PASSAGE
from ..models import Code, Coding, GroupConclusions, Note, QuestionSummary, Settlement


class NameTakenError(Exception):
    """There is a code of this name already (`code`)."""

    def __init__(self, code: Code) -> None:
        super().__init__("There is a code of this name already.")
        self.code = code


def lock_codebook(audit: Audit) -> None:
    """One writer of names at a time, to the end of the transaction: the database folds no case but that of ASCII."""
    Audit.objects.select_for_update().order_by().get(pk=audit.pk)


def named(audit: Audit, name: str) -> Code | None:
    """The code of this name, capitals and spaces aside."""
    wanted = tidy(name).casefold()
    return next((code for code in Code.objects.filter(audit=audit) if code.name.casefold() == wanted), None)


def tidy(name: str) -> str:
    return " ".join(name.split())


@transaction.atomic
def create_code(*, audit: Audit, name: str, definition: str = "", by: User) -> Code:
    """A new code. Raises NameTakenError where there is one of this name."""
    lock_codebook(audit)
    if found := named(audit, name):
        raise NameTakenError(found)
    made: Code = Code.objects.create(audit=audit, name=tidy(name), definition=definition, changed_by=by)
    return made


@transaction.atomic
def put_code(*, note: Note, name: str, start: int, end: int, by: User) -> Coding:
    """Puts the code of this name on a passage of the note; a name that is new makes the code. The same again changes
    nothing."""
    audit = note.group.audit
    lock_codebook(audit)
    code = named(audit, name) or create_code(audit=audit, name=name, by=by)
    made: Coding = Coding.objects.get_or_create(
        note=note, code=code, coder=by, start=start, end=end, defaults={"quote": note.text[start:end]}
    )[0]
    return made


@transaction.atomic
def take_code(*, coding: Coding) -> None:
    """Takes a code away from a passage."""
    _drop(Coding.objects.filter(pk=coding.pk))


def _drop(codings: QuerySet[Coding]) -> None:
    """Deletes coded passages. What rested on one rests on its note from now on: whoever takes back what the note says
    still takes it back there."""
    notes: dict[UUID, UUID] = dict(codings.values_list("uuid", "note__uuid"))
    linked = EvidenceLink.objects.filter(app=KEY, type=PASSAGE, source__in=notes)
    for source in set(linked.order_by().values_list("source", flat=True)):
        _move_evidence(PASSAGE, source, NOTE, notes[source])
    codings.delete()


@transaction.atomic
def settle(*, note: Note, code: Code, keep: bool | None, by: User) -> None:
    """What was agreed on a code that one coder put on a note and another did not; None opens the question again."""
    if keep is None:
        Settlement.objects.filter(note=note, code=code).delete()
    else:
        Settlement.objects.update_or_create(note=note, code=code, defaults={"keep": keep, "by": by})


@transaction.atomic
def merge_codes(*, code: Code, into: Code) -> None:
    """Moves all that hangs on a code to another one, and deletes it. A passage that has both keeps one.

    What was settled moves along only where the other code was not on that note: there it was about something else.
    Raises ValueError for a code of another audit, or the same one.
    """
    if code.pk == into.pk or code.audit_id != into.audit_id:
        raise ValueError("A code is merged into another one of the same audit.")
    lock_codebook(code.audit)
    known = set(into.codings.values_list("note_id", flat=True)) | set(
        into.settlements.values_list("note_id", flat=True)
    )
    code.settlements.exclude(note__in=known).update(code=into)
    _move(code.codings.all(), into)
    for model, name in ((QuestionSummary, "codes"), (GroupConclusions, "interest_codes")):
        for row in model.objects.filter(**{name: code}):
            getattr(row, name).add(into)
    _move_evidence(CODE, code.uuid, CODE, into.uuid)
    code.delete()


def _move(codings: Iterable[Coding], into: Code) -> None:
    there: dict[tuple[int, int | None, int, int], UUID] = {_place(coding): coding.uuid for coding in into.codings.all()}
    for coding in codings:
        if (same := there.setdefault(_place(coding), coding.uuid)) != coding.uuid:
            _move_evidence(PASSAGE, coding.uuid, PASSAGE, same)
            coding.delete()
        else:
            Coding.objects.filter(pk=coding.pk).update(code=into)


def _place(coding: Coding) -> tuple[int, int | None, int, int]:
    return coding.note_id, coding.coder_id, coding.start, coding.end


def _move_evidence(kind: str, source: UUID, into_kind: str, into: UUID) -> None:
    links = EvidenceLink.objects.filter(app=KEY)
    held = set(links.filter(type=into_kind, source=into).values_list("holder_type", "holder_id"))
    for link in links.filter(type=kind, source=source):
        if (link.holder_type_id, link.holder_id) in held:
            link.delete()
        else:
            EvidenceLink.objects.filter(pk=link.pk).update(type=into_kind, source=into)


@transaction.atomic
def split_code(*, code: Code, codings: Collection[Coding], name: str, definition: str, by: User) -> Code:
    """A new code that takes over the chosen passages of another one, and what was settled on notes that go over wholly.

    Raises NameTakenError.
    """
    made = create_code(audit=code.audit, name=name, definition=definition, by=by)
    notes = {coding.note_id for coding in codings}
    _move(codings, made)
    still = code.codings.filter(note__in=notes).values("note")
    code.settlements.filter(note__in=notes).exclude(note__in=still).update(code=made)
    return made


@transaction.atomic
def delete_code(*, code: Code) -> None:
    """Deletes a code with the passages that it is on; the notes stay as they are."""
    _drop(code.codings.all())
    code.delete()
