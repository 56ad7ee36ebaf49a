"""Printings in the making: PDF files that a child process makes of a block tree, kept for a day.

They are made on demand and may hold what is stored nowhere else (personal codes), so they lie outside the media folder
and its backup, the tree they were made from goes as soon as they are done, and all of it after a day. Each belongs to
an owner (a walk, an assessment), by whose page it is found; that page decides who may fetch it.
"""

from __future__ import annotations

import json
import shutil
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models.fields.files import FieldFile
from django.utils import timezone

from reports.document import blocks, child

KEPT = timedelta(days=1)
PICTURES = "pictures"
DELETED = "deleted"
"""Where it is kept for a day, by owner, why printings were deleted before their day was over."""
FORMER = "packs"
"""Where an earlier version kept the printings of walks: swept too, so that no personal code stays."""


@dataclass(frozen=True)
class Print:
    """One printing."""

    key: uuid.UUID
    folder: Path

    @property
    def file(self) -> Path:
        return self.folder / "document.pdf"

    @property
    def title(self) -> str:
        """What it is, as the document calls itself."""
        return self._kept("title")

    @property
    def languages(self) -> list[str]:
        """The languages of its chapters, in their order."""
        return self._kept("languages").split()

    def _kept(self, name: str) -> str:
        try:
            return (self.folder / name).read_text(encoding="utf-8")
        except FileNotFoundError:
            return ""

    @property
    def expires_at(self) -> datetime | None:
        """When its day is over; None where it is swept away already."""
        begun = _changed(self.folder / "media.json")
        return begun + KEPT if begun else None

    def progress(self) -> child.Progress:
        """How it stands. Once it is over, nothing of it remains but the PDF."""
        found = child.read_progress(self.folder / "progress.json")
        if found.state in ("done", "failed"):
            (self.folder / "tree.json").unlink(missing_ok=True)
            shutil.rmtree(self.folder / PICTURES, ignore_errors=True)
        return found


def begin(
    owner: uuid.UUID,
    key: uuid.UUID,
    document: Callable[[], blocks.Document],
    pictures: Mapping[uuid.UUID, FieldFile] | None = None,
) -> Print:
    """Starts the child process that makes the PDF of the document and returns at once.

    `document` is called for the tree; `pictures` are the files of those that it shows, by UUID. Asked for the same key
    again, it makes nothing anew: no form gets a second code that way. Raises OSError where a picture cannot be read.
    """
    sweep()
    made = Print(key, _folder(owner, key))
    try:
        made.folder.mkdir(parents=True, mode=0o700)
    except FileExistsError:
        return made
    (made.folder / "media.json").write_text("{}", encoding="utf-8")
    try:
        # Copied, since the storage may be elsewhere.
        paths = {str(one): _copied(made.folder / PICTURES, one, file) for one, file in (pictures or {}).items()}
        (made.folder / "media.json").write_text(json.dumps(paths), encoding="utf-8")
        made_of = document()
        tree = json.dumps(blocks.to_dict(made_of))
    except BaseException:
        shutil.rmtree(made.folder, ignore_errors=True)
        raise
    (made.folder / "title").write_text(made_of.title, encoding="utf-8")
    (made.folder / "languages").write_text(" ".join(_languages(made_of)), encoding="utf-8")
    (made.folder / "tree.json").write_text(tree, encoding="utf-8")
    child.start(
        made.folder / "tree.json",
        made.file,
        media=made.folder / "media.json",
        progress=made.folder / "progress.json",
        seconds=settings.RENDER_SECONDS,
        megabytes=settings.RENDER_MEGABYTES,
    )
    return made


def _languages(document: blocks.Document) -> list[str]:
    return list(dict.fromkeys(getattr(one, "language", "") or document.language for one in document.chapters))


def _copied(folder: Path, one: uuid.UUID, file: FieldFile) -> str:
    folder.mkdir(exist_ok=True)
    target = folder / str(one)
    with file.open("rb") as source:
        target.write_bytes(source.read())
    return str(target)


def find(owner: uuid.UUID, key: uuid.UUID) -> Print | None:
    """A printing of this owner; None when there is none or its day is over."""
    made = Print(key, _folder(owner, key))
    expires = made.expires_at
    return made if expires and expires >= timezone.now() else None


def of(owner: uuid.UUID) -> list[Print]:
    """All printings of this owner whose day is not over, the latest first."""
    oldest = timezone.now() - KEPT
    found = [Print(uuid.UUID(folder.name), folder) for folder in (_root() / str(owner)).glob("*")]
    begun = [(ends, made) for made in found if made.title and (ends := made.expires_at)]
    return [made for ends, made in sorted(begun, key=lambda pair: pair[0], reverse=True) if ends - KEPT >= oldest]


def delete(owner: uuid.UUID, reason: str = "") -> None:
    """Deletes all printings of this owner at once, those in the making too: what they were made of is deleted. The
    `reason`, a key of `child.REASONS`, is told for a day to whoever looks for one of them."""
    folder, mark = _root() / str(owner), _root() / DELETED / str(owner)
    if reason and folder.exists():
        shutil.rmtree(mark, ignore_errors=True)
        mark.mkdir(parents=True, mode=0o700)
        (mark / "reason").write_text(reason, encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)


def why_deleted(owner: uuid.UUID) -> str:
    """Why printings of this owner were deleted within the last day, as a sentence; "" where nothing but their own day
    has ended them."""
    mark = _root() / DELETED / str(owner)
    at = _changed(mark)
    if not at or at + KEPT < timezone.now():
        return ""
    return str(child.REASONS[(mark / "reason").read_text(encoding="utf-8")])


def sweep(before: datetime | None = None) -> int:
    """Deletes printings that were begun before that time, a day ago where none is given. Returns how many."""
    gone = list(_begun_before(before or timezone.now() - KEPT))
    for folder in gone:
        shutil.rmtree(folder, ignore_errors=True)
    return len(gone)


def expired(before: datetime) -> int:
    """How many printings `sweep` would delete."""
    return sum(1 for _folder in _begun_before(before))


def _begun_before(before: datetime) -> Iterator[Path]:
    for root in (_root(), _root().with_name(FORMER)):
        for folder in root.glob("*/*"):
            # Without its mark it has been begun at this moment, or never was.
            begun = _changed(folder / "media.json") or _changed(folder)
            if begun and begun < before:
                yield folder


def _root() -> Path:
    return Path(settings.SPOOL_ROOT) / "prints"


def _folder(owner: uuid.UUID, key: uuid.UUID) -> Path:
    return _root() / str(owner) / str(key)


def _changed(path: Path) -> datetime | None:
    """When a file was written last; None where there is none, as when it was swept away this very moment."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, tz=timezone.get_current_timezone())
    except (FileNotFoundError, NotADirectoryError):
        return None
