"""Bringing in invitees by XLSX or CSV, with broken rows."""

import csv
import io
import re
from html import unescape

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from focusgroups.actions import people
from focusgroups.models import Invitee
from focusgroups.spreadsheet.invitees import template_xlsx
from tests import factories

from .pages import to, words_of

HEAD = ["name", "organisation", "e-mail", "telephone", "target group", "gender"]


def table(*rows):
    out = io.StringIO()
    csv.writer(out).writerows([HEAD, *rows])
    return out.getvalue().encode()


def upload(desk, group, content):
    file = SimpleUploadedFile("people.csv", content)
    return desk.post(to("invitee-import", group.audit, group.uuid), {"file": file})


def fields_of(response):
    """What a browser would send from the preview: hidden fields, and each field of the rows to correct."""
    preview = response.context["preview"]
    typed = {form.add_prefix(name): form[name].value() or "" for form in preview.to_correct for name in form.fields}
    html = unescape(re.search(r'name="rest" value="([^"]*)"', response.content.decode())[1])
    return {"shown": preview.shown, "rest": html, **typed}


def again(desk, group, data, press="take"):
    return desk.post(to("invitee-import-preview", group.audit, group.uuid), {**data, press: "1"})


def test_two_hundred_rows_with_broken_addresses_lose_nothing(desk, ahead):
    """Every fourth address is broken; the good ones are taken, some corrected, the others left."""
    rows = [
        [f"Person {n}", "", f"person-{n}@example.org" if n % 4 else f"person-{n}(at)example", "", "NGOs", ""]
        for n in range(200)
    ]
    shown = upload(desk, ahead, table(*rows))
    preview = shown.context["preview"]
    assert (len(preview.good), len(preview.bad)) == (150, 50)
    assert words_of(shown).count("This is not an e-mail address") == 50
    assert ahead.invitees.count() == 0

    data = fields_of(shown)
    data["row-2-email"] = "person-0@example.org"
    data["row-6-name"] = "Renamed"
    left = again(desk, ahead, data)
    assert ahead.invitees.count() == 151
    assert "151 people are new on the list." in words_of(left)
    assert len(left.context["preview"].bad) == 49
    assert 'value="Renamed"' in left.content.decode()
    assert "person-4(at)example" in left.content.decode()

    # Without an address they can come too; then nothing is left to correct.
    data = {name: "" if name.endswith("-email") else value for name, value in fields_of(left).items()}
    assert again(desk, ahead, data).status_code == 302
    assert ahead.invitees.count() == 200
    assert ahead.invitees.filter(name="Renamed", email="").exists()


def test_more_broken_rows_than_a_page_shows_come_one_page_after_the_other(desk, ahead):
    shown = upload(desk, ahead, table(*([f"P {n}", "", "x@", "", "NGOs", ""] for n in range(60))))
    assert shown.context["preview"].later == 10
    data = {name: "" if name.endswith("-email") else value for name, value in fields_of(shown).items()}
    left = again(desk, ahead, data)
    assert ahead.invitees.count() == 50
    assert len(left.context["preview"].to_correct) == 10


def test_each_row_says_why_it_cannot_come(desk, ahead, invitee):
    rows = [
        ["", "", "a@example.org", "", "NGOs", ""],
        ["Bo", "", "b@example.org", "", "Aliens", ""],
        ["Co", "Forum", "", "", "police", ""],
        ["Do", "", "d@example.org", "'+359 2 123", "Local  Police", "woman"],
        ["do", "", "D@example.org", "", "tcn", ""],
        ["# a remark", "", "", "", "", ""],
    ]
    factories.InviteeFactory(group=ahead, name="Co", organisation="Forum")
    shown = upload(desk, ahead, table(*rows))
    wrong = {form.row: " ".join(map(str, form.errors.values())) for form in shown.context["preview"].bad}
    assert list(wrong) == [2, 3, 4, 6]
    for row, reason in {
        2: "Write the name",
        3: "Aliens",
        4: "stands on the list",
        6: "Row 5 is the same person",
    }.items():
        assert reason in wrong[row]
    left = again(desk, ahead, fields_of(shown))
    # What the file says is not lost with a list that does not have it.
    assert "“Aliens” in the file" in words_of(left)
    assert fields_of(left)["row-3-target_group"] == "Aliens"
    added = ahead.invitees.get(email="d@example.org")
    assert (added.target_group, added.gender, added.telephone) == ("police", "woman", "+359 2 123")
    assert ahead.invitees.count() == 3


def test_corrected_file_leaves_out_who_is_on_the_list_already(desk, ahead, invitee):
    rows = [[f"Person {n}", "", f"person-{n}@example.org" if n else "", "", "NGOs", ""] for n in range(60)]
    again(desk, ahead, fields_of(upload(desk, ahead, table(*rows))))
    others = [[name, "", "Person-7@example.org", "", "NGOs", ""] for name in ("Another name", "A third")]
    shown = upload(desk, ahead, table(*rows, *others))
    preview = shown.context["preview"]
    assert (len(preview.there), [form.row for form in preview.good], preview.bad) == (60, [62, 63], [])
    assert "60 are on the list already and are left out" in words_of(shown)
    # They work in one office.
    assert "The same e-mail address as Person 7, Another name: each gets a letter of their own." in words_of(shown)
    assert "To the list" in words_of(upload(desk, ahead, table(*rows)))


def test_two_who_bring_in_the_same_table_at_once_bring_in_everybody_once(ahead):
    """Both had looked at the preview before the other's people were on the list."""
    for _time in range(2):
        people.add_all(
            group=ahead,
            invitees=[
                Invitee(name=name, organisation="Forum", target_group="ngos") for name in ("Amal", "Ivo", "amal")
            ],
        )
    assert sorted(ahead.invitees.values_list("name", flat=True)) == ["Amal", "Ivo"]


def test_template_is_filled_in_and_brought_back(desk, ahead):
    book = openpyxl.load_workbook(io.BytesIO(desk.get(to("invitee-template", ahead.audit, ahead.uuid)).content))
    sheet = book["Invitees"]
    sheet.append(["Amal", "=1+1", "amal@forum.example", None, "Members of TCN communities", "Woman"])
    out = io.BytesIO()
    book.save(out)
    shown = upload(desk, ahead, out.getvalue())
    (row,) = shown.context["preview"].good
    assert (row.instance.organisation, row.instance.target_group) == ("", "tcn")
    assert again(desk, ahead, fields_of(shown)).status_code == 302
    assert Invitee.objects.get().name == "Amal"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"0" * 300, "no spreadsheet"),
        (b"a,b\n1,2", "none of the columns"),
        (template_xlsx(), "Nobody is filled in yet"),
        (table(*([f"P {n}", "", "", "", "NGOs", ""] for n in range(301))), "more than 300 rows"),
    ],
    ids=["picture", "another-table", "empty", "too-long"],
)
def test_file_that_is_none_is_refused_with_a_reason(desk, ahead, content, reason):
    assert reason in words_of(upload(desk, ahead, content))


@pytest.mark.parametrize("data", [{"rest": "[1]"}, {"rest": "{"}, {"shown": "x"}], ids=["row", "json", "shown"])
def test_page_that_was_tampered_with_begins_anew(desk, ahead, data):
    assert again(desk, ahead, data)["Location"] == to("invitee-import", ahead.audit, ahead.uuid)
