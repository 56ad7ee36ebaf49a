"""What an uploaded document is, its content says; what cannot be read by everybody stays out."""

import io
import runpy
import struct
import zipfile

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from audits.uploads import TooLargeFile
from deskresearch import files
from deskresearch.files import DOCX, ODT, PDF, type_of

from .conftest import DOCX_PARTS, ODT_PARTS, pdf_bytes, zip_bytes


def upload(content, name="strategy.pdf"):
    return SimpleUploadedFile(name, content)


def refused(content, name="strategy.pdf"):
    with pytest.raises(ValidationError) as caught:
        type_of(upload(content, name))
    return caught.value.messages[0]


@pytest.mark.parametrize(
    ("content", "kind"), [(pdf_bytes(), PDF), (zip_bytes(DOCX_PARTS), DOCX), (zip_bytes(ODT_PARTS), ODT)]
)
@pytest.mark.parametrize("name", ["strategy.exe", "strategy.pdf", "strategy"])
def test_type_comes_from_the_content_and_never_from_the_name(content, kind, name):
    file = upload(content, name)
    assert type_of(file) is kind
    assert file.read() == content, "The file has to be at its beginning for who stores it."


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xd8\xff\xe0" + b"0" * 200, "it is of the type JPG"),
        (b"MZ" + b"0" * 200, "is not a PDF, DOCX or ODT file"),
        (b"<html><script>alert(1)</script></html>", "whatever its name says"),
        (zip_bytes({"xl/workbook.xml": "", "[Content_Types].xml": ""}), "is not a PDF, DOCX or ODT file"),
        (zip_bytes({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": ""}), "is not a PDF"),
        (zip_bytes(DOCX_PARTS | {"[Content_Types].xml": "macroEnabled.main+xml"}), "is not a PDF, DOCX or ODT file"),
    ],
)
def test_file_that_lies_about_its_type_is_refused(content, said):
    assert said in refused(content)


def test_docx_comes_in_whatever_its_text_part_is_called():
    parts = {name.replace("document.xml", "document2.xml"): text for name, text in DOCX_PARTS.items()}
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace("document.xml", "document2.xml")
    assert type_of(upload(zip_bytes(parts))) is DOCX


def test_pdf_with_a_password_is_refused():
    locked = pdf_bytes(encryption=pikepdf.Encryption(owner="owner", user="secret"))
    assert "is protected with a password" in refused(locked)


def test_pdf_that_everybody_can_open_but_not_print_comes_in():
    limited = pdf_bytes(
        encryption=pikepdf.Encryption(owner="owner", user="", allow=pikepdf.Permissions(print_highres=False))
    )
    assert type_of(upload(limited)) is PDF


def test_odt_with_a_password_is_refused():
    locked = ODT_PARTS | {"META-INF/manifest.xml": "<manifest><encryption-data/></manifest>"}
    assert "is protected with a password" in refused(zip_bytes(locked))
    wrapped = {"mimetype": ODT_PARTS["mimetype"], "encrypted-package": "…"}
    assert "is protected with a password" in refused(zip_bytes(wrapped))


def test_docx_with_a_password_and_old_word_files_are_refused():
    assert "an old Word file, or one with a password" in refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600)


@pytest.mark.parametrize(
    "content",
    [
        pdf_bytes()[:-60],
        b"%PDF-1.7\nnothing that a reader knows\n%%EOF",
        zip_bytes(DOCX_PARTS)[:-30],
        zip_bytes(DOCX_PARTS | {"word/document.xml": "<document><p>Half a docu"}),
        zip_bytes(ODT_PARTS | {"content.xml": ""}),
        zip_bytes(ODT_PARTS | {"content.xml": '<!DOCTYPE x [<!ENTITY a "aaa">]><content>&a;</content>'}),
    ],
)
def test_broken_file_is_refused(content):
    assert "is damaged and cannot be read" in refused(content)


def test_archive_with_a_wrong_checksum_is_refused():
    content = bytearray(zip_bytes(ODT_PARTS))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        offset = archive.getinfo("content.xml").header_offset
    # The first bytes of what is packed stand after the local head and the name.
    start = offset + 30 + len("content.xml")
    content[start + 3] ^= 0xFF
    assert "is damaged and cannot be read" in refused(bytes(content))


def test_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    def never(*args, **kwargs):
        raise AssertionError("It was unpacked.")

    monkeypatch.setattr(files, "MOST_UNPACKED", 1_000_000)
    monkeypatch.setattr(files, "_read_through", never)
    assert "far too large when it is unpacked" in refused(zip_bytes(DOCX_PARTS | {"word/bomb.xml": b"0" * 1_100_000}))


def test_bomb_that_conceals_its_size_is_refused(monkeypatch):
    content = bytearray(zip_bytes(DOCX_PARTS | {"word/bomb.xml": b"0" * 1_100_000}))
    monkeypatch.setattr(files, "MOST_UNPACKED", 1_000_000)
    said = struct.pack("<L", 1_100_000)
    while (at := content.find(said)) >= 0:
        content[at : at + 4] = struct.pack("<L", 900)
    assert "damaged" in refused(bytes(content)) or "far too large" in refused(bytes(content))


def test_too_many_parts_are_refused(monkeypatch):
    monkeypatch.setattr(files, "MOST_PARTS", 3)
    assert "far too large" in refused(zip_bytes(DOCX_PARTS | {f"word/{n}.xml": "" for n in range(3)}))


def test_pdf_that_takes_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(files, "PDF_SECONDS", 0.001)
    assert "is damaged and cannot be read" in refused(pdf_bytes())


@pytest.mark.parametrize(("more", "said"), [(1, "30.1"), (1024 * 1024, "31.0")])
def test_file_over_the_limit_is_refused_with_its_size(more, said):
    with pytest.raises(ValidationError) as caught:
        type_of(TooLargeFile("strategy.pdf", files.MOST_BYTES + more))
    assert said in caught.value.messages[0].replace("\xa0", " ")
    assert "30.0" in caught.value.messages[0]


def test_pdf_is_judged_long_before_the_server_ends_the_request():
    assert runpy.run_path("integra/gunicorn.py")["timeout"] > files.PDF_SECONDS * 2
