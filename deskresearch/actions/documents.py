"""Writes of the document inventory: documents with their file, what they say and how they are assessed."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import PurePath
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from audits.actions.sent import identified, sent_before
from audits.models import Audit, User

from ..completion import lacks_address, lacks_page, lacks_reason
from ..enums import Point, ProvisionTopic, Rating
from ..files import FileType
from ..models import Document, DocumentRating, Provision


@dataclass(frozen=True)
class KeptFile:
    """An uploaded file with the type that was found in it (`files.type_of`)."""

    upload: Any
    type: FileType


@dataclass(frozen=True)
class RatingInput:
    value: Rating
    reason: str = ""


@dataclass(frozen=True)
class ProvisionInput:
    """A provision as it was typed; `uuid` is that of the row that stands already, or the one that it shall have."""

    topic: ProvisionTopic
    text: str
    page: str = ""
    uuid: uuid.UUID = field(default_factory=uuid.uuid4)


@dataclass(frozen=True, kw_only=True)
class DocumentRow:
    """A document of a spreadsheet: `row` is where it stands there, `fields` are those of `Document.written` and
    `link_dead_on`. `standing` is the document of the inventory that it repeats, and `differing` are the columns in which
    the row says something else than it; `repeats` is the row before it that it repeats, 0 for none."""

    row: int
    fields: Mapping[str, Any]
    ratings: Mapping[Point, RatingInput] = field(default_factory=dict)
    provisions: tuple[ProvisionInput, ...] = ()
    source_title: str = ""
    standing: Document | None = None
    differing: tuple[str, ...] = ()
    repeats: int = 0

    @property
    def to_complete(self) -> int:
        """How many things are asked for in it and missing."""
        return sum(
            (
                sum(lacks_reason(one.value, one.reason) for one in self.ratings.values()),
                sum(lacks_page(one.text, one.page) for one in self.provisions),
                lacks_address(self.fields.get("published"), self.fields.get("published_at")),
            )
        )

    @property
    def shown(self) -> Document:
        """The document as it would be, for the words of its choices; never to be saved."""
        return Document(**self.fields)


@transaction.atomic
def create_document(
    *, audit: Audit, by: User | None, uuid: uuid.UUID | None = None, file: KeptFile | None = None, **fields: Any
) -> Document:
    """A new document. The same form sent twice makes one; raises StaleError where it was sent before with other words:
    neither may be lost."""
    # Two sendings of one form wait for each other.
    Audit.objects.select_for_update().get(pk=audit.pk)
    standing: Document | None = sent_before(
        audit.documents,
        uuid,
        fields,
        same=lambda row: not (file and row.file) or is_same_file(document=row, file=file),
    )
    if standing:
        if file and not standing.file:
            # Somebody went back to the form and chose the file that was missing.
            keep_file(document=standing, file=file)
        return standing
    document = Document.objects.create(
        audit=audit, created_by=by, changed_by=by, **identified(Document, uuid), **fields
    )
    if file:
        keep_file(document=document, file=file)
    return document


@transaction.atomic
def keep_file(*, document: Document, file: KeptFile) -> None:
    """Attaches a file in place of the one that was there; that one goes when this is certain."""
    before = document.file.name
    document.file.save(f"file.{file.type.extension}", File(file.upload), save=False)
    new: str = document.file.name or ""
    try:
        # Whatever it was called: a wrong ending would open it in the wrong program.
        document.file_name = _name_of(file)
        document.file_size = file.upload.size
        document.save(update_fields=["file", "file_name", "file_size"])
    except Exception:
        document.file.storage.delete(new)
        raise
    _forget(document, before)


def _name_of(file: KeptFile) -> str:
    name = PurePath(file.upload.name.replace("\\", "/")).name
    stem = "".join(sign for sign in PurePath(name).stem if sign.isprintable()).strip()[:180] or "document"
    return f"{stem}.{file.type.extension}"


def is_same_file(*, document: Document, file: KeptFile) -> bool:
    """Whether the document has this very file already: the same name, size and content."""
    if not document.file or (document.file_name, document.file_size) != (_name_of(file), file.upload.size):
        return False
    try:
        with document.file.storage.open(document.file.name) as standing:
            return _digest(standing) == _digest(file.upload)
    except FileNotFoundError:
        return False
    finally:
        file.upload.seek(0)


def _digest(opened: Any) -> bytes:
    opened.seek(0)
    digest = sha256()
    while part := opened.read(1024 * 1024):
        digest.update(part)
    return digest.digest()


@transaction.atomic
def drop_file(*, document: Document) -> None:
    """Takes the file away from the document, and from the disk when this is certain."""
    before = document.file.name
    document.file, document.file_name, document.file_size = "", "", None
    document.save(update_fields=["file", "file_name", "file_size"])
    _forget(document, before)


def _forget(document: Document, name: str | None) -> None:
    storage = document.file.storage
    if name:
        transaction.on_commit(lambda: storage.delete(name))


@transaction.atomic
def delete_document(*, document: Document) -> None:
    """Deletes a document with what it says, its ratings and its file; answers that cite it stay without it."""
    name = document.file.name
    document.delete()
    _forget(document, name)


def mark_link(*, document: Document, dead: bool) -> None:
    """Notes since when the document's address does not work, or that it works again."""
    if dead == bool(document.link_dead_on):
        return
    document.link_dead_on = timezone.localdate() if dead else None
    document.save(update_fields=["link_dead_on"])


@transaction.atomic
def write_assessment(
    *,
    document: Document,
    ratings: Mapping[Point, RatingInput],
    provisions: Sequence[ProvisionInput],
    removed: Sequence[uuid.UUID] = (),
) -> None:
    """Writes the ratings and provisions of a document, in the order given. A point that is not in `ratings` is not
    rated any more. Provisions that stand already are changed in place, because answers cite them; only those of
    `removed` go.
    """
    _rate(document, ratings)
    document.provisions.filter(uuid__in=removed).delete()
    standing = {one.uuid: one for one in document.provisions.all()}
    for position, typed in enumerate(provisions):
        row = standing.get(typed.uuid)
        if row is None:
            if Provision.objects.filter(uuid=typed.uuid).exists():
                # Nobody's form made this: a new identifier keeps the other document's provision as it is.
                row = Provision(document=document)
            else:
                row = Provision(document=document, uuid=typed.uuid)
        row.topic, row.text, row.page, row.position = typed.topic, typed.text, typed.page, position
        row.save()


def _rate(document: Document, ratings: Mapping[Point, RatingInput]) -> None:
    document.ratings.exclude(point__in=ratings).delete()
    DocumentRating.objects.bulk_create(
        [
            DocumentRating(document=document, point=point, value=rating.value, reason=rating.reason)
            for point, rating in ratings.items()
        ],
        update_conflicts=True,
        unique_fields=["document", "point"],
        update_fields=["value", "reason"],
    )


@transaction.atomic
def import_documents(*, audit: Audit, rows: Sequence[DocumentRow], by: User) -> list[Document]:
    """Brings in the documents of a spreadsheet with their ratings and provisions, all or none."""
    documents = Document.objects.bulk_create(
        Document(audit=audit, created_by=by, changed_by=by, **row.fields) for row in rows
    )
    DocumentRating.objects.bulk_create(
        DocumentRating(document=document, point=point, value=rating.value, reason=rating.reason)
        for document, row in zip(documents, rows, strict=True)
        for point, rating in row.ratings.items()
    )
    Provision.objects.bulk_create(
        Provision(document=document, topic=one.topic, text=one.text, page=one.page, position=position)
        for document, row in zip(documents, rows, strict=True)
        for position, one in enumerate(row.provisions)
    )
    return documents
