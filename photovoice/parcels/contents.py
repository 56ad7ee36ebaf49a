"""The files of an upload, those inside a ZIP included, one after another and never on disk (SAFETY, "Photos")."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from audits import images

if TYPE_CHECKING:
    from django.core.files import File

MOST_PICTURES = 60
"""As many are drawn in one request."""
MOST_BYTES = 100 * 1024 * 1024
# Of a ZIP: folders and what systems add count too.
MOST_ENTRIES = 300
MOST_UNPACKED = 300 * 1024 * 1024
# Pictures hardly shrink at all; a table of 300 titles shrinks tenfold.
MOST_RATIO = 100
# 46 bytes and a name for each entry: a longer list of contents is refused before it is read.
MOST_LIST = 256 * 1024
ARCHIVES = (".zip", ".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz")
TABLES = (".csv", ".tsv", ".xlsx")


class ParcelError(Exception):
    """Nothing of what was sent can be taken; the sentence says why and what to do."""


@dataclass(frozen=True)
class Fault:
    """A file that cannot be taken, with the sentence that says why."""

    name: str
    text: str


def contents(uploads: Iterable[File]) -> Iterator[tuple[str, bytes] | Fault]:
    """Name and bytes of each file, at most one of them in memory at a time; a Fault for one that cannot be read.

    Of a name only its last part is given. Raises ParcelError for a ZIP that is none or a trap, and for too many files.
    """
    number = 0
    for upload in uploads:
        upload.seek(0)
        name = basename(upload.name or "")
        zipped = upload.read(4) == b"PK\x03\x04" and not name.lower().endswith(TABLES)
        upload.seek(0)
        for found in _unpacked(upload) if zipped else [_read(upload, name)]:
            number += 1
            if number > MOST_PICTURES + 1:
                raise ParcelError(too_many())
            if not isinstance(found, Fault) and not found[1]:
                found = Fault(found[0], _("The file is empty."))
            yield found


def basename(name: str) -> str:
    """The last part of a name, short enough to be shown, without signs that cannot be."""
    last = name.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    return "".join(sign for sign in last if sign.isprintable())[-120:] or "?"


def _read(upload: File, name: str) -> tuple[str, bytes] | Fault:
    if upload.size and name.lower().endswith(".zip"):
        return Fault(name, _unreadable())
    return _too_large(name) if upload.size > images.MAX_BYTES else (name, upload.read())


def _unpacked(upload: File) -> Iterator[tuple[str, bytes] | Fault]:
    _ask_for_length_of_list(upload)
    try:
        archive = zipfile.ZipFile(upload)
    except Exception:
        raise ParcelError(_unreadable()) from None
    with archive:
        entries = _checked(archive)
        for entry in entries:
            name = basename(entry.filename)
            if entry.flag_bits & 1:
                yield Fault(name, _("It is locked with a password. Pack it without one."))
            elif entry.file_size > images.MAX_BYTES:
                yield _too_large(name)
            else:
                yield _entry(archive, entry, name)


def _entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> tuple[str, bytes] | Fault:
    try:
        with archive.open(entry) as opened:
            return name, opened.read(images.MAX_BYTES)
    except Exception:
        # What a broken entry raises has no common base.
        return Fault(name, _("It is damaged inside the ZIP and cannot be read. Pack it once more."))


def _checked(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The files of a ZIP that is harmless. Folders in it do not matter, since nothing is unpacked to one."""
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise ParcelError(too_many())
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise ParcelError(_("This ZIP file is too large when it is unpacked. Bring the pictures in several ZIP files."))
    for entry in entries:
        path = entry.filename.replace("\\", "/")
        if path.startswith("/") or ".." in path.split("/") or ":" in path or stat.S_ISLNK(entry.external_attr >> 16):
            raise ParcelError(
                _("A file in this ZIP points outside of it. Pack only the pictures, by the means of your computer.")
            )
        if path.lower().endswith(ARCHIVES):
            raise ParcelError(
                _("There is another packed file in this ZIP. Unpack that one, and pack the pictures alone.")
            )
        if entry.file_size > 1024 * 1024 and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
            raise ParcelError(
                _("A file in this ZIP unpacks to a hundred times its size, which no picture does. Take it out.")
            )
    return [entry for entry in entries if not entry.is_dir() and not _is_litter(entry.filename)]


def _is_litter(path: str) -> bool:
    """What computers add to folders by themselves."""
    parts = path.replace("\\", "/").split("/")
    return "__MACOSX" in parts or parts[-1].startswith(".") or parts[-1].lower() in ("thumbs.db", "desktop.ini")


def _ask_for_length_of_list(upload: File) -> None:
    """Refuses a ZIP whose list of contents would fill the memory: the standard library reads all of it at once."""
    size = upload.size
    upload.seek(max(0, size - 65_557))
    tail = upload.read()
    upload.seek(0)
    end = tail.rfind(b"PK\x05\x06")
    if end < 0:
        raise ParcelError(_unreadable())
    is_64 = b"PK\x06\x07" in tail[max(0, end - 20) : end]
    if is_64 or int.from_bytes(tail[end + 12 : end + 16], "little") > MOST_LIST:
        raise ParcelError(too_many())


def too_many() -> str:
    return _("These are too many files. At most %(most)s pictures and one table can come at once.") % {
        "most": MOST_PICTURES
    }


def _unreadable() -> str:
    return _("This ZIP file cannot be read. Pack the pictures once more.")


def _too_large(name: str) -> Fault:
    return Fault(
        name,
        _("It is larger than %(size)s MB, and larger files are not read.") % {"size": images.MAX_BYTES // 1024 // 1024},
    )
