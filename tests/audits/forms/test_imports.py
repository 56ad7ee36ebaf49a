"""Choosing a spreadsheet, in whatever room."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

import checklists.forms.imports
import deskresearch.forms.imports
import focusgroups.forms.imports
from audits.forms.imports import SpreadsheetForm
from audits.spreadsheet import UnreadableError


def refuse(content):
    raise UnreadableError("The first row has no column “name”.")


def errors(name, content, read=refuse):
    form = SpreadsheetForm({}, {"file": SimpleUploadedFile(name, content)}, read=read, limits="")
    return " ".join(form.errors.get("file", []))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("partners.xlsx", b"Dear all, here they are", "This is not a spreadsheet"),
        ("PARTNERS.XLS", "Dear all".encode("utf-16"), "This is not a spreadsheet"),
        ("partners.csv", b"who,where", "no column “name”"),
        ("partners.xlsx", b"PK\x03\x04...", "no column “name”"),
    ],
)
def test_text_that_is_called_a_spreadsheet_is_told_so(name, content, said):
    assert said in errors(name, content)


def test_table_of_text_is_taken_whatever_it_is_called():
    assert errors("partners.xlsx", b"name\nBridge", read=len) == ""


@pytest.mark.parametrize("room", [checklists, deskresearch, focusgroups])
def test_every_room_takes_spreadsheets_in_the_same_way(room):
    assert issubclass(room.forms.imports.UploadForm, SpreadsheetForm)
