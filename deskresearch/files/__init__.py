"""What an uploaded document is: its content decides, never its name or what the browser says (SAFETY).

Only PDF, DOCX and ODT come in, whole and without a password. Nothing of them is ever shown in a page: they are kept as
they came and given back as downloads.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.parsers import expat

import filetype
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

MOST_BYTES = 30 * 1024 * 1024
ACCEPT = ".pdf,.docx,.odt"
"""For the `accept` attribute of the field; what counts is the content."""
# What a DOCX or ODT may grow to when it is unpacked, and of how many parts it may be.
MOST_UNPACKED = 250 * 1024 * 1024
MOST_PARTS = 5_000
# Far more than the list of contents of any real document.
MOST_LISTED = 2 * 1024 * 1024
CHUNK = 1024 * 1024
# Well below the time after which the server ends a request (integra/gunicorn.py): the answer has to come before.
PDF_SECONDS = 10


@dataclass(frozen=True)
class FileType:
    """A type of file that is kept: `extension` is the ending under which it is stored and given back."""

    extension: str
    media_type: str


PDF = FileType("pdf", "application/pdf")
DOCX = FileType("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
ODT = FileType("odt", "application/vnd.oasis.opendocument.text")
# What the list of contents of a DOCX calls the part with its text; templates and files with macros have another.
DOCX_BODY = b"wordprocessingml.document.main+xml"
BY_EXTENSION = {one.extension: one for one in (PDF, DOCX, ODT)}


def type_of(upload: Any) -> FileType:
    """The type of an uploaded file, which is left at its beginning.

    Raises ValidationError with a sentence for the person: too large, of another type, with a password, damaged.
    """
    if upload.size > MOST_BYTES:
        raise ValidationError(
            _("The file has %(size)s. At most %(most)s are possible; attach a smaller one, or give its address."),
            code="too_large",
            # A file of a few bytes too many is not as large as the most that is possible.
            params={"size": filesizeformat(upload.size + 1024 * 1024 // 20), "most": filesizeformat(MOST_BYTES)},
        )
    upload.seek(0)
    start = upload.read(8192)
    try:
        if start[:1024].find(b"%PDF-") >= 0:
            return _pdf(upload)
        if start.startswith(b"PK\x03\x04"):
            return _zip(upload)
        if start.startswith(b"\xd0\xcf\x11\xe0"):
            raise ValidationError(
                _("“%(name)s” is an old Word file, or one with a password. Save it as DOCX without a password."),
                code="old_or_locked",
                params={"name": upload.name},
            )
        raise _another(upload.name, filetype.guess(start))
    finally:
        upload.seek(0)


def _another(name: str, kind: Any = None) -> ValidationError:
    if kind is None:
        said = _("“%(name)s” is not a PDF, DOCX or ODT file, whatever its name says.")
    else:
        said = _("“%(name)s” is not a PDF, DOCX or ODT file: it is of the type %(kind)s.")
    return ValidationError(
        said, code="another_type", params={"name": name, "kind": kind.extension.upper() if kind else ""}
    )


def _locked(name: str) -> ValidationError:
    return ValidationError(
        _("“%(name)s” is protected with a password, so nobody could read it here. Attach it without one."),
        code="locked",
        params={"name": name},
    )


def _damaged(name: str) -> ValidationError:
    return ValidationError(
        _("“%(name)s” is damaged and cannot be read. Save or download it again and choose the new file."),
        code="damaged",
        params={"name": name},
    )


def _pdf(upload: Any) -> FileType:
    """Reads a PDF in a process of its own: what one can unpack to is bounded there by time and memory."""
    upload.seek(-min(upload.size, 4096), 2)
    if b"%%EOF" not in upload.read():
        raise _damaged(upload.name)
    upload.seek(0)
    with tempfile.NamedTemporaryFile(suffix=".pdf") as copy:
        while chunk := upload.read(CHUNK):
            copy.write(chunk)
        copy.flush()
        try:
            answer = subprocess.run(
                [sys.executable, "-I", str(Path(__file__).parent / "pdf.py"), copy.name],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=PDF_SECONDS,
                env={},
                check=False,
            ).stdout.strip()
        except subprocess.TimeoutExpired:
            raise _damaged(upload.name) from None
    if answer == b"locked":
        raise _locked(upload.name)
    if answer != b"whole":
        raise _damaged(upload.name)
    return PDF


def _zip(upload: Any) -> FileType:
    upload.seek(0)
    try:
        with zipfile.ZipFile(upload) as archive:
            parts = archive.infolist()
            # By what the list of contents says; what it conceals, `_read_through` finds out.
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise _too_much(upload.name)
            found, body = _office_type(archive, {part.filename for part in parts})
            if found is None:
                raise _another(upload.name)
            if any(part.flag_bits & 0x1 for part in parts) or (found is ODT and _odt_is_locked(archive)):
                raise _locked(upload.name)
            _read_through(archive, parts, body, upload.name)
    except ValidationError:
        raise
    except Exception as error:
        # What a broken or hostile archive raises has no common base: zlib, struct, value, memory errors.
        raise _damaged(upload.name) from error
    return found


def _too_much(name: str) -> ValidationError:
    return ValidationError(
        _("“%(name)s” is far too large when it is unpacked. Take out large pictures, or attach it as PDF."),
        code="too_much",
        params={"name": name},
    )


def _office_type(archive: zipfile.ZipFile, names: set[str]) -> tuple[FileType | None, str]:
    """DOCX or ODT, by the parts that make it one, and the part that holds its text; no type for every other kind of
    archive, templates and files with macros among them."""
    if "[Content_Types].xml" in names:
        body = _docx_body(_listed(archive, "[Content_Types].xml"), names)
        return (DOCX, body) if body else (None, "")
    if "mimetype" in names and _listed(archive, "mimetype").strip() == ODT.media_type.encode():
        if "content.xml" in names:
            return ODT, "content.xml"
        # A locked one may hold all its parts in one.
        return (ODT, "") if "encrypted-package" in names else (None, "")
    return None, ""


def _docx_body(listed: bytes, names: set[str]) -> str:
    """The part with the text of a DOCX, "" where it is none. Word on the web calls it otherwise than Word does."""
    for override in re.findall(rb"<Override\b[^>]*>", listed):
        part = re.search(rb'PartName="/([^"]+)"', override)
        if DOCX_BODY in override and part and part[1].decode() in names:
            return part[1].decode()
    return "word/document.xml" if DOCX_BODY in listed and "word/document.xml" in names else ""


def _odt_is_locked(archive: zipfile.ZipFile) -> bool:
    names = archive.namelist()
    if "encrypted-package" in names:
        return True
    return "META-INF/manifest.xml" in names and b"encryption-data" in _listed(archive, "META-INF/manifest.xml")


def _listed(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(MOST_LISTED)


def _read_through(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], body: str, name: str) -> None:
    """Unpacks all parts into nothing: their checksums have to be right, they may not hold more than they say, and the
    body has to be whole XML."""
    unpacked = 0
    for info in parts:
        parser = _parser() if info.filename == body else None
        with archive.open(info) as part:
            while chunk := part.read(CHUNK):
                unpacked += len(chunk)
                if unpacked > MOST_UNPACKED:
                    raise _too_much(name)
                if parser:
                    parser.Parse(chunk, False)
        if parser:
            parser.Parse(b"", True)


def _parser() -> expat.XMLParserType:
    """Reads XML and keeps nothing. Declarations of a document type, in which entities could grow, are refused."""

    def refuse(*declared: Any) -> None:
        raise ValueError("An office document declares no document type.")

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    return parser
