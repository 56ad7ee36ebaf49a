"""Sheets that come in as a table: the template, what is refused where, and that all or nothing comes in."""

import csv
import datetime
import io
import zipfile

import openpyxl
import pytest
import xlsxwriter
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone, translation

from audits.enums import Role
from audits.participation.actions import consents_of, participant_by_code
from audits.participation.enums import Purpose
from audits.participation.models import Participant
from checklists import spreadsheet
from checklists.actions import (
    AnswerRow,
    SheetRow,
    admit_late,
    import_sheets,
    issue_forms,
    number_taken,
    void_sheet,
)
from checklists.enums import Missing, SheetSource, WalkState
from checklists.lines import plan_of
from checklists.models import Item, Score, Sheet, SheetUpload
from checklists.spreadsheet import UnreadableError, read, template_csv, template_xlsx
from checklists.spreadsheet.columns import SCORE
from checklists.spreadsheet.files import table
from checklists.wording import wording_of
from tests.checklists.conftest import items
from tests.factories import MembershipFactory, ScoreFactory, SheetFactory


@pytest.fixture
def team(client, facilitator):
    client.force_login(facilitator)
    return client


def address(name, walk, *more):
    return reverse(f"checklists:{name}", args=[walk.audit.slug, walk.uuid, *more])


def names(walk):
    """The columns of the scores."""
    return [item.key for item in items(walk)]


def csv_file(*rows, delimiter=","):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode()


def xlsx_file(*rows):
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, str) and value.startswith("{=}"):
                sheet.write_formula(at, column, value[2:])
            elif isinstance(value, datetime.date):
                sheet.write_datetime(at, column, value, day)
            elif value is not None:
                sheet.write(at, column, value)
    book.close()
    return file.getvalue()


def reading(walk, content):
    plan = plan_of(walk)
    return read(content, plan, wording_of(plan, walk.checklist, "en"), taken=number_taken(walk))


def problems(walk, content):
    return [str(problem) for problem in reading(walk, content).problems]


def filled(walk, *rows, head=("number", "group"), **more):
    """A CSV file with the scores of each row after its facts."""
    return csv_file([*head, *names(walk)], *rows, **more)


# Template ----------------------------------------------------------------------------------------------------


def test_template_names_columns_and_explains_them(walk):
    plan = plan_of(walk)
    wording = wording_of(plan, walk.checklist, "en")
    book = openpyxl.load_workbook(io.BytesIO(template_xlsx(plan, wording, [4, 9])))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    keys = names(walk)
    assert rows[0] == (
        "number", "group", "gender", "age", "quote", "guardian", *keys, *(f"{key} comment" for key in keys)
    )  # fmt: skip
    assert rows[1][6] == items(walk)[0].statement
    assert [row[0] for row in rows[2:]] == [4, 9]
    assert "TCN and migrants" in [row[0] for row in book["Values"].iter_rows(values_only=True)]


def test_template_has_a_column_for_each_place(per_place_walk):
    walk = per_place_walk
    head = [
        column.name for column in spreadsheet.columns_of(plan_of(walk), wording_of(plan_of(walk), walk.checklist, "en"))
    ]
    key = items(walk)[2].key
    assert {"date @ Station Square", f"{key} @ Station Square", f"{key} comment @ Mill Street underpass"} <= set(head)
    assert key not in head


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_template_is_offered_and_read_again_as_it_is(team, walk, facilitator, kind):
    issue_forms(walk=walk, count=2, language="en", by=facilitator)
    response = team.get(address("sheet-template", walk, kind))
    assert f'-sheets.{kind}"' in response.headers["Content-Disposition"]
    found = reading(walk, response.content)
    assert (found.rows, found.left_out) == ((), 2)
    assert [str(problem) for problem in found.problems] == ["No sheet is filled in yet."]


def test_template_of_another_kind_does_not_exist(team, walk):
    assert team.get(address("sheet-template", walk, "pdf")).status_code == 404


def test_csv_template_holds_no_formula_whatever_the_statements_are(walk):
    Item.objects.filter(pk=items(walk)[0].pk).update(statement="=cmd|' /C calc'!A0")
    plan = plan_of(walk)
    with translation.override("bg"):
        text = template_csv(plan, wording_of(plan, walk.checklist, "en"), []).decode("utf-8-sig")
    assert ";'=cmd|" in text


# Reading -----------------------------------------------------------------------------------------------------


def test_scores_words_and_gaps_are_read(walk):
    first, second, third, fourth = names(walk)
    content = xlsx_file(
        ["number", "group", "age", "quote", first, second, third, fourth, f"{first} comment", f"{second} suggestion"],
        ["# a remark", "ignored", None, None, 9],
        [12, "TCN and migrants", "18 to 29", "yes", 5, "?", 0, None, "-5 light bulbs", "@city: paint it"],
        [],
        [13.0, None, None, None, "1", "2", "–", 4.0],
    )
    found = reading(walk, content)
    assert found.problems == ()
    row, other = found.rows
    assert (row.number, row.group, row.age_band, row.quotation, other.number, other.group) == (
        12, "migrants", "18_29", True, 13, ""
    )  # fmt: skip
    assert [(answer.value, answer.missing) for answer in row.answers] == [
        (5, ""),
        (None, Missing.DONT_KNOW),
        (None, Missing.EMPTY),
        (None, Missing.EMPTY),
    ]
    assert (row.answers[0].comment, row.answers[1].suggestion) == ("-5 light bulbs", "@city: paint it")
    assert [answer.value for answer in other.answers] == [1, 2, None, 4]
    assert set(found.absent) >= {"gender", "guardian", f"{second} comment"}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_read_with_any_usual_separator(walk, delimiter):
    found = reading(walk, filled(walk, [1, "police", 1, 2, 3, 4], delimiter=delimiter))
    assert (found.problems, [row.group for row in found.rows]) == ((), ["police"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_is_read_in_unicode(walk, encoding):
    first = names(walk)[0]
    content = csv_file(["number", "group", *names(walk), f"{first} comment"], [1, "", 1, 2, 3, 4, "Няма лампи"])
    (row,) = reading(walk, content.decode().encode(encoding)).rows
    assert row.answers[0].comment == "Няма лампи"


@pytest.mark.parametrize(
    ("typed", "value"),
    [("City administration", "administration"), ("  tcn AND migrants ", "migrants"), ("ngo", "ngo"), ("", "")],
)
def test_group_is_understood_as_people_write_it(walk, typed, value):
    assert reading(walk, filled(walk, [1, typed, 1, 2, 3, 4])).rows[0].group == value


def test_per_place_columns_tell_where_and_when(per_place_walk):
    walk = per_place_walk
    vision, _other, urban, last = items(walk)
    here, there = "Station Square", "Mill Street underpass"
    head = ["number", "group", vision.key, _other.key]
    head += [f"{item.key} @ {place}" for item in (urban, last) for place in (here, there)]
    head += [f"date @ {here}", f"time @ {here}", f"location @ {here}"]
    content = xlsx_file(head, [1, None, 4, 4, 5, None, "?", None, datetime.date(2026, 10, 10), "14:30", "Bus stops"])
    (row,) = reading(walk, content).rows
    square = walk.places.get(name=here)
    assert [(answer.place, answer.value, answer.missing) for answer in row.answers[2:]] == [
        (square.uuid, 5, ""),
        (square.uuid, None, Missing.DONT_KNOW),
    ]
    (place,) = row.places
    assert (place.place, place.location, place.date, place.time) == (
        square.uuid, "Bus stops", datetime.date(2026, 10, 10), datetime.time(14, 30)
    )  # fmt: skip


# What is refused ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (6, "6 is not on the scale of 1 to 5."),
        (-1, "-1 is not on the scale of 1 to 5."),
        (3.5, "3.5 is not a whole number."),
        ("3,5", "3,5 is not a whole number."),
        ("good", "“good” is not a score from 1 to 5."),
        ("{=}=2+3", "Formulas are not read. Write what it comes to."),
        (datetime.date(2026, 5, 1), "This is a date. Write a score from 1 to 5."),
        (True, "“True” is not a score from 1 to 5."),
    ],
)
def test_bad_score_is_named_by_row_and_column(walk, cell, words):
    keys = names(walk)
    content = xlsx_file(["number", "group", *keys], ["# remark"], [1, None, 1, 2, 3, 4], [2, None, 1, 2, cell, 4])
    assert problems(walk, content) == [f"Row 4, column {keys[2]} (E): {words}"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (["", "police", 1, 1, 1, 1], "Row 3, column number (A): The number of the sheet is missing."),
        (["twelve", "", 1, 1, 1, 1], "Row 3, column number (A): “twelve” is not the number of a sheet."),
        (["#7", "", 1, 1, 1, 1], "Row 3, column number (A): “#7” is not the number of a sheet."),
        ([0, "", 1, 1, 1, 1], "Row 3, column number (A): “0” is not the number of a sheet."),
        ([1, "", 1, 1, 1, 1], "Row 3, column number (A): Sheet 1 stands in row 2 already."),
        ([5, "", 1, 1, 1, 1], "Row 3, column number (A): Sheet 5 is on this walk already, with answers."),
        (
            [2, "Teachers", 1, 1, 1, 1],
            "Row 3, column group (B): “Teachers” is not in the list. Choose one of: City administration, Police, Schools,",
        ),
        ([2, "=1+1", 1, 1, 1, 1], "Row 3, column group (B): “=1+1” is not in the list."),
    ],
)
def test_bad_facts_are_named_by_row_and_column(walk, row, said):
    ScoreFactory(sheet=SheetFactory(walk=walk, number=5), item=items(walk)[0])
    (problem,) = problems(walk, filled(walk, [1, "", 1, 2, 3, 4], row))
    assert problem.startswith(said)


def test_all_bad_cells_are_named_at_once(walk):
    found = problems(walk, filled(walk, ["x", "y", 9, "z", 1, 1], [2, "", 1, 1, 1, 7]))
    assert len(found) == 5


def test_dates_and_times_in_words_are_refused(per_place_walk):
    walk = per_place_walk
    head = ["number", "group", "date @ Station Square", "time @ Station Square"]
    head += [column.name for column in spreadsheet.columns_of(*_plan(walk)) if column.kind == SCORE]
    content = csv_file(head, [1, "", "10th of October", "half past two", *[3] * 6])
    assert problems(walk, content) == [
        "Row 2, column date @ Station Square (C): “10th of October” is not a date. Write it like 2026-10-31.",
        "Row 2, column time @ Station Square (D): “half past two” is not a time. Write it like 14:30.",
    ]


def _plan(walk):
    plan = plan_of(walk)
    return plan, wording_of(plan, walk.checklist, "en")


def test_formula_is_refused_in_every_column(walk):
    keys = names(walk)
    content = xlsx_file(["number", "group", *keys, f"{keys[0]} comment"], ["{=}=1", "{=}=A1", 1, 2, 3, 4, "{=}=1+1"])
    assert [problem.split(":")[0] for problem in problems(walk, content)] == [
        "Row 2, column number (A)",
        "Row 2, column group (B)",
        f"Row 2, column {keys[0]} comment (G)",
    ]


def test_signs_of_formulas_in_words_stay_words(walk):
    first, *others = names(walk)
    content = csv_file(
        ["number", "group", first, *others, f"{first} comment"],
        [1, "", 1, 1, 1, 1, '=HYPERLINK("http://x")'],
        [2, "", 1, 1, 1, 1, "'@city, repair it"],
    )
    found = reading(walk, content)
    assert found.problems == ()
    assert [row.answers[0].comment for row in found.rows] == ['=HYPERLINK("http://x")', "@city, repair it"]


def test_missing_unknown_and_double_columns_are_named(walk):
    first, second, *_others = names(walk)
    content = csv_file(["number", "sex", first, first, second], [1, "f", 1, 2, 3])
    assert problems(walk, content) == [
        "Column sex (B): This column is not in the template. Take it out, or correct its name.",
        f"Column {first} (D): This column is there twice.",
        "Column group: This column is missing.",
        *(f"Column {name}: This column is missing." for name in _others),
    ]


def test_what_stands_under_no_name_is_not_dropped(walk):
    content = csv_file(
        ["number", "group", *names(walk), "", ""], [1, "", 1, 2, 3, 4, "", ""], [2, "", 1, 1, 1, 1, "", "?"]
    )
    assert problems(walk, content) == [
        "Row 3, column H: Something stands here, but the column has no name in the first row."
    ]


def test_another_table_is_named_as_such_and_not_column_by_column(walk):
    with pytest.raises(UnreadableError, match="4 of the 6 columns that are needed are missing"):
        reading(walk, csv_file([*names(walk)[:2], "mean"], [1, 2, 3]))


def test_sheet_of_scores_is_found_behind_others(walk):
    book = openpyxl.Workbook()
    book.active.append(["Notes of the facilitator"])
    scores = book.create_sheet("Scores")
    for row in (["number", "group", *names(walk)], [7, None, 1, 2, 3, 4]):
        scores.append(row)
    file = io.BytesIO()
    book.save(file)
    assert [row.number for row in reading(walk, file.getvalue()).rows] == [7]


def test_under_18_needs_the_guardian(walk):
    head = ["number", "group", "age", "guardian", *names(walk)]
    found = problems(
        walk, csv_file(head, [1, "", "Under 18", "no", 1, 1, 1, 1], [2, "", "Under 18", "yes", 1, 1, 1, 1])
    )
    assert found == [
        "Row 2, column guardian (D): Under 18 a parent or guardian has to agree: write yes, or take the row out."
    ]


def test_comment_that_is_too_long_is_refused(walk):
    first = names(walk)[0]
    head = ["number", "group", *names(walk), f"{first} comment"]
    (problem,) = problems(walk, csv_file(head, [1, "", 1, 1, 1, 1, "x" * 2001]))
    assert problem == f"Row 2, column {first} comment (G): At most 2000 characters; these are 2001."


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_ten_thousand_rows_are_refused_at_once(walk, kind):
    rows = [["number", "group", *names(walk)], *([number, "nonsense", 9, 9, 9, 9] for number in range(1, 10_001))]
    content = csv_file(*rows) if kind == "csv" else xlsx_file(*rows)
    with pytest.raises(UnreadableError, match="more than 500 rows"):
        reading(walk, content)


def test_five_hundred_rows_are_taken(walk):
    content = filled(walk, *([number, "", 1, 2, 3, 4] for number in range(1, 501)))
    assert len(reading(walk, content).rows) == 500


def zipped(**files):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/"), content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7 and more", "no spreadsheet (PDF)"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 20, "no spreadsheet (PNG)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Excel file"),
        (b"number,group\0,V1", "no spreadsheet"),
        (zipped(note="x"), "no spreadsheet (ZIP)"),
        (b"PK\x03\x04 broken", "cannot be read"),
        (zipped(xl__workbook="x", **{"xl__workbook.xml": "<broken"}), "cannot be read"),
        (zipped(**{"xl__workbook.xml": b"0" * 61 * 1024 * 1024}), "too large when it is unpacked"),
        ("номер;група".encode("cp1251"), "CSV UTF-8"),
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"x" * (5 * 1024 * 1024 + 1), "larger than 5 MB"),
    ],
)  # fmt: skip
def test_file_of_another_kind_is_refused_by_its_content(walk, content, words):
    with pytest.raises(UnreadableError) as refusal:
        reading(walk, content)
    assert words in str(refusal.value)


# Coming in ---------------------------------------------------------------------------------------------------


def row_of(walk, number, *values, **facts):
    answers = tuple(
        AnswerRow(item=item.uuid, value=value, missing="" if value else Missing.EMPTY)
        for item, value in zip(items(walk), values, strict=False)
    )
    return SheetRow(row=number + 1, number=number, answers=answers, **facts)


def test_rows_become_sheets_that_count(walk, facilitator):
    rows = [row_of(walk, 1, 5, None, 3, 4, group="police", quotation=True), row_of(walk, 2, 1, 1, 1, 1)]
    sheets = import_sheets(walk=walk, rows=rows, by=facilitator)
    assert [sheet.number for sheet in Sheet.objects.counted()] == [1, 2]
    assert {sheet.source for sheet in sheets} == {SheetSource.SPREADSHEET}
    person = Participant.objects.get(sheets=sheets[0])
    assert (person.group, person.joined_at is not None) == ("police", True)
    assert {purpose: (held.given, held.on_paper) for purpose, held in consents_of(person).items()} == {
        Purpose.TAKING_PART: (True, True),
        Purpose.QUOTATION: (True, True),
    }
    assert list(sheets[0].scores.values_list("value", "missing")) == [(5, ""), (None, "empty"), (3, ""), (4, "")]


def test_unused_form_is_filled_in_and_keeps_its_code(walk, facilitator):
    ((form, code),) = issue_forms(walk=walk, count=1, language="bg", by=facilitator)
    (sheet,) = import_sheets(walk=walk, rows=[row_of(walk, 1, 5)], by=facilitator)
    assert sheet.pk == form.pk
    assert participant_by_code(audit=walk.audit, code=code).joined_at is not None


@pytest.mark.parametrize("state", ["answered", "void", "joined"])
def test_number_in_use_brings_nothing_in(walk, facilitator, state):
    sheet = SheetFactory(walk=walk, number=2)
    if state == "answered":
        ScoreFactory(sheet=sheet, item=items(walk)[0])
    elif state == "void":
        void_sheet(sheet=sheet, reason="Wet", by=facilitator)
    rows = [row_of(walk, 1, 5), row_of(walk, 2, 5)]
    with pytest.raises(ValidationError, match="Row 3: Sheet 2"):
        import_sheets(walk=walk, rows=rows, by=facilitator)
    assert list(walk.sheets.values_list("number", flat=True)) == [2]
    assert Participant.objects.count() == 1


def test_one_bad_answer_brings_nothing_in(walk, facilitator):
    rows = [row_of(walk, 1, 5), row_of(walk, 2, 9)]
    with pytest.raises(ValidationError, match="Row 3: A score is a whole number from 1 to 5"):
        import_sheets(walk=walk, rows=rows, by=facilitator)
    assert not Sheet.objects.exists()
    assert not Participant.objects.exists()


def test_planned_walk_takes_nothing(walk, facilitator):
    walk.state = WalkState.PLANNED
    walk.save()
    with pytest.raises(ValidationError, match="not open yet"):
        import_sheets(walk=walk, rows=[row_of(walk, 1, 5)], by=facilitator)
    assert not Sheet.objects.exists()


def test_closed_walk_keeps_sheets_until_they_are_admitted(walk, facilitator):
    walk.state = WalkState.CLOSED
    walk.save()
    (sheet,) = import_sheets(walk=walk, rows=[row_of(walk, 1, 5)], by=facilitator)
    assert not Sheet.objects.counted().exists()
    admit_late(sheet=sheet, by=facilitator)
    assert list(Sheet.objects.counted()) == [sheet]
    assert Score.objects.get().value == 5


# Pages -------------------------------------------------------------------------------------------------------


def upload(client, walk, content, name="sheets.csv"):
    return client.post(address("sheet-import", walk), {"file": SimpleUploadedFile(name, content)})


def text_of(response):
    return " ".join(response.content.decode().split())


def test_file_is_looked_at_first_and_then_brought_in(team, walk):
    preview = upload(team, walk, filled(walk, [1, "police", 5, 4, 3, ""], [2, "", 1, 1, 1, 1])).url
    page = team.get(preview)
    assert "Bring in 2 sheets" in text_of(page)
    assert "no-store" in page.headers["Cache-Control"]
    assert not Sheet.objects.exists()
    digest = page.context["form"]["digest"].value()
    response = team.post(preview, {"digest": digest, "agreed": "on"}, follow=True)
    assert "2 sheets have come in." in text_of(response)
    assert Sheet.objects.counted().count() == 2
    assert not SheetUpload.objects.exists()
    again = team.post(preview, {"digest": digest, "agreed": "on"})
    assert again.status_code == 404
    assert "has been brought in" in text_of(again)
    assert Sheet.objects.count() == 2


def test_preview_lists_bad_cells_and_offers_no_import(team, walk):
    preview = upload(team, walk, filled(walk, [1, "", 6, 1, 1, 1])).url
    page = team.get(preview)
    words = text_of(page)
    assert "6 is not on the scale of 1 to 5." in words
    assert "Bring in" not in words.replace("Bring in a spreadsheet", "")
    response = team.post(preview, {"digest": page.context["upload"].digest, "agreed": "on"})
    assert response.status_code == 200
    assert not Sheet.objects.exists()


def test_without_agreement_on_paper_nothing_comes_in(team, walk):
    preview = upload(team, walk, filled(walk, [1, "", 5, 1, 1, 1])).url
    digest = team.get(preview).context["form"]["digest"].value()
    response = team.post(preview, {"digest": digest})
    assert "Without agreement a sheet must not come in" in text_of(response)
    assert not Sheet.objects.exists()


def test_only_the_file_that_was_looked_at_comes_in(team, walk):
    preview = upload(team, walk, filled(walk, [1, "", 5, 1, 1, 1])).url
    response = team.post(preview, {"digest": "0" * 64, "agreed": "on"})
    assert "Another file was chosen meanwhile" in text_of(response)
    assert not Sheet.objects.exists()


def test_number_taken_since_the_preview_brings_nothing_in(team, walk):
    preview = upload(team, walk, filled(walk, [1, "", 5, 1, 1, 1], [2, "", 5, 1, 1, 1])).url
    digest = team.get(preview).context["form"]["digest"].value()
    ScoreFactory(sheet=SheetFactory(walk=walk, number=2), item=items(walk)[0])
    response = team.post(preview, {"digest": digest, "agreed": "on"})
    assert "Sheet 2 is on this walk already" in text_of(response)
    assert Sheet.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7", "no spreadsheet (PDF)"),
        (b"Dear colleague,\nthe sheets are in the post.\n", "This is not a spreadsheet"),
        (b"", "empty"),
        (None, "Choose the file."),
    ],
)
def test_unreadable_file_is_refused_beside_the_field(team, walk, content, words):
    data = {"csrfmiddlewaretoken": "x"}
    if content is not None:
        data["file"] = SimpleUploadedFile("sheets.xlsx", content)
    response = team.post(address("sheet-import", walk), data)
    assert words in str(response.context["form"].errors["file"])
    assert not SheetUpload.objects.exists()


def test_preview_is_for_the_person_who_chose_the_file(team, client, walk):
    preview = upload(team, walk, filled(walk, [1, "", 5, 1, 1, 1])).url
    client.force_login(MembershipFactory(audit=walk.audit, role=Role.COORDINATOR).user)
    assert client.get(preview).status_code == 404


def test_undecided_files_go_with_the_next_one_or_after_a_day(team, walk):
    upload(team, walk, filled(walk, [1, "", 5, 1, 1, 1]))
    upload(team, walk, filled(walk, [2, "", 5, 1, 1, 1]))
    assert SheetUpload.objects.count() == 1
    preview = upload(team, walk, filled(walk, [3, "", 5, 1, 1, 1])).url
    team.post(preview, {"discard": "1"})
    assert not SheetUpload.objects.exists()
    old = SheetUpload.objects.create(walk=walk, by=MembershipFactory(audit=walk.audit).user, content=b"x", digest="x")
    SheetUpload.objects.filter(pk=old.pk).update(created_at=timezone.now() - datetime.timedelta(days=2))
    upload(team, walk, filled(walk, [4, "", 5, 1, 1, 1]))
    assert not SheetUpload.objects.filter(pk=old.pk).exists()


@pytest.mark.parametrize("name", ["sheet-import", "sheet-template"])
@pytest.mark.parametrize(("role", "status"), [(Role.VIEWER, 403), (Role.RESEARCHER, 403), (Role.REVIEWER, 404)])
def test_spreadsheets_are_for_those_who_run_walks(client, walk, name, role, status):
    client.force_login(MembershipFactory(audit=walk.audit, role=role).user)
    assert client.get(address(name, walk, *(["csv"] if name == "sheet-template" else []))).status_code == status


def test_number_of_thousands_of_digits_is_no_number_of_a_sheet(walk):
    heads = ["number", "group", *(item.key for item in items(walk))]
    content = "\n".join([",".join(heads), ",".join(["9" * 5000, "", *("3" for _ in items(walk))])])
    assert any("is not the number of a sheet" in problem.text for problem in reading(walk, content.encode()).problems)


def test_lines_without_anything_are_not_kept(walk):
    heads = ["number", "group", *(item.key for item in items(walk))]
    content = ",".join(heads) + "\n" * 200_000
    assert len(list(table(content.encode()))) == 1
