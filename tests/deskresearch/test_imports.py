"""The inventory as a table: out, the template, and in after a preview that writes nothing."""

import csv
import datetime
import io

import openpyxl
import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone, translation

from audits import methods
from audits.actions.uploads import expire_uploads, keep_upload
from deskresearch.actions import ProvisionInput, RatingInput, write_assessment
from deskresearch.enums import Point, ProvisionTopic, Rating
from deskresearch.models import DocumentUpload
from deskresearch.spreadsheet import UnreadableError, inventory_xlsx, read, template_xlsx
from deskresearch.spreadsheet.provisions import joined, separated
from tests import factories

HEAD = ("title", "kind", "source type")
HOST = "integra.velmora.example"


def address(name, audit, *more):
    return reverse(f"deskresearch:{name}", args=[audit.slug, *more])


def csv_file(*rows):
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def one_row(**cells):
    """A table with one document, of which some cells are given."""
    cells = {"title": "Strategy", "kind": "strategy", "source_type": "documents", **cells}
    names = [name.replace("_", " ") for name in cells]
    return csv_file(names, list(cells.values()))


def problems(audit, content):
    return [str(problem) for problem in read(content, audit, host=HOST).problems]


def choose(team, audit, content, name="documents.csv"):
    return team.post(address("document-import", audit), {"file": SimpleUploadedFile(name, content)})


def exported(audit):
    return inventory_xlsx(audit, audit.documents.with_ratings().with_provisions().in_order())


def cells_of(content, sheet="Documents"):
    head, _remark, *rows = openpyxl.load_workbook(io.BytesIO(content))[sheet].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


# Out -----------------------------------------------------------------------------------------------------------


def full(document):
    document.link, document.link_dead_on = "https://velmora.example/s", datetime.date(2026, 3, 1)
    document.summary, document.language, document.file_name = "=1+1", "bg", "strategy.pdf"
    document.save()
    write_assessment(
        document=document,
        ratings={Point.EU: RatingInput(Rating.PARTLY, "Only half"), Point.GENDER: RatingInput(Rating.UNKNOWN)},
        provisions=[
            ProvisionInput(ProvisionTopic.INTEGRATION, "The city shall help.\nAlways.", "12"),
            ProvisionInput(ProvisionTopic.INTEGRATION, "It says [sic]"),
            ProvisionInput(ProvisionTopic.SECURITY, "Police shall learn.", "Art. 4"),
        ],
    )
    return document


def test_inventory_holds_all_fields(audit, document):
    full(document)
    [row] = cells_of(exported(audit))
    assert row["title"] == "Integration strategy"
    assert (row["from year"], row["to year"], row["source type"]) == (2024, 2030, "Document review")
    assert row["provisions integration"] == "The city shall help.\nAlways. [12]\n\nIt says [sic] []"
    assert row["provisions security"] == "Police shall learn. [Art. 4]"
    assert (row["eu"], row["eu reason"], row["gender"], row["rights"]) == ("Partly", "Only half", "Unknown", None)
    assert row["file"] == "strategy.pdf"
    assert row["link dead since"] == datetime.datetime(2026, 3, 1)


def test_no_cell_is_a_formula(audit, document):
    full(document)
    book = openpyxl.load_workbook(io.BytesIO(exported(audit)))
    assert not [cell for sheet in book for row in sheet for cell in row if cell.data_type == "f"]


def test_provisions_that_do_not_fit_in_a_cell_stand_in_a_sheet_of_their_own(audit, document):
    provisions = [ProvisionInput(ProvisionTopic.SECURITY, f"{n} " + "x" * 2990, "1") for n in range(12)]
    write_assessment(document=document, ratings={}, provisions=provisions)
    content = exported(audit)
    [row] = cells_of(content)
    assert "# 2 more stand in the sheet of provisions." in row["provisions security"]
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Provisions"]
    assert sheet.max_row == 13
    assert [cell.value for cell in sheet[2]] == ["Integration strategy", "Urban security", provisions[0].text, "1"]


def test_what_is_downloaded_is_read_as_the_same_again(audit, document):
    full(document)
    other = factories.AuditFactory()
    factories.ResearchFactory(audit=other, guide=document.source_type.guide)
    reading = read(exported(audit), other, host=HOST)
    assert [str(one) for one in reading.problems] == []
    [row] = reading.rows
    for name in ("title", "kind", "level", "from_year", "to_year", "link", "link_dead_on", "summary", "language"):
        assert row.fields[name] == getattr(document, name), name
    assert row.fields["source_type_id"] == document.source_type_id
    assert row.ratings == {Point.EU: RatingInput(Rating.PARTLY, "Only half"), Point.GENDER: RatingInput(Rating.UNKNOWN)}
    assert [(one.topic, one.text, one.page) for one in row.provisions] == [
        ("integration", "The city shall help.\nAlways.", "12"),
        ("integration", "It says [sic]", ""),
        ("security", "Police shall learn.", "Art. 4"),
    ]


def test_provisions_survive_their_cell():
    texts = [("One\n\ntwo", "3"), ("Ends in [brackets]", ""), ("Plain", "")]
    cell, left_out = joined(texts)
    found = [(one.text, one.page) for one in separated(cell, ProvisionTopic.SECURITY)]
    assert (found, left_out) == ([("One\ntwo", "3"), ("Ends in [brackets]", ""), ("Plain", "")], 0)


# Template and languages ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "bg", "hr", "cs", "it", "sk"])
def test_words_of_the_template_are_read_in_its_language(audit, source_type, language):
    with translation.override(language):
        book = openpyxl.load_workbook(io.BytesIO(template_xlsx(audit)))
        words = {"kind": "strategy", "scope": "tcn", "published": "no"}
        words |= {"eu": str(Rating.YES.label), "gender": str(Rating.PARTLY.label), "rights": str(Rating.NO.label)}
        words["financed"] = str(Rating.UNKNOWN.label)
    values = {cell for row in book["Values"].iter_rows(values_only=True) for cell in row}
    assert {words["eu"], words["gender"], words["rights"], words["financed"]} <= values
    reading = read(one_row(**words), audit, host=HOST)
    assert not reading.problems
    found = {point.value: rating.value for point, rating in reading.rows[0].ratings.items()}
    assert found == {"eu": "yes", "gender": "partly", "rights": "no", "financed": "unknown"}


def test_empty_template_says_that_nothing_is_filled_in(audit, source_type):
    assert problems(audit, template_xlsx(audit)) == ["No document is filled in yet."]


# In --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"title": ""}, "Row 2, column title (A): The title is missing."),
        ({"kind": "poem"}, "Row 2, column kind (B): “poem” is not in the list."),
        ({"source_type": "hearsay"}, "“hearsay” is not in the list. Choose one of: Document review"),
        ({"from_year": "24"}, "“24” is not a year from 1900 to 2100."),
        ({"from_year": "2030", "to_year": "2024"}, "column to year (E): The last year is before the first year."),
        ({"link": "not an address"}, "This is not the address of a page on the web."),
        ({"link": f"https://{HOST}/audits/"}, "This address leads back into this audit."),
        ({"link_dead_since": "2026-10-31"}, "No address stands in this row that could be dead."),
        ({"link": "velmora.example", "link_dead_since": "0226-10-31"}, "Write a day of the years "),
        ({"language": "Elvish"}, "“Elvish” is not a language that is known here."),
        ({"scope": "sectoral"}, "Choose the sector for which it was written."),
        ({"sector": "housing"}, "but the document is not for one sector."),
        ({"eu": "mostly"}, "“mostly” is not in the list. Choose one of: Yes, Partly, No, Unknown"),
        ({"eu_reason": "Because"}, "column eu: A reason stands here, but no rating."),
        ({"summary": "x" * 6001}, "At most 6000 characters; these are 6001."),
        ({"provisions_security": "x" * 3001}, "At most 3000 characters; these are 3001."),
        ({"colour": "red"}, "This column is not in the template."),
    ],
)
def test_bad_cells_are_named(audit, source_type, cells, said):
    found = problems(audit, one_row(**cells))
    assert len(found) == 1
    assert said in found[0]


def test_formulas_are_not_read(audit, source_type):
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet("Documents")
    sheet.write_row(0, 0, HEAD)
    sheet.write_row(1, 1, ["strategy", "documents"])
    sheet.write_formula(1, 0, '="Stra"&"tegy"')
    book.close()
    assert problems(audit, file.getvalue()) == [
        "Row 2, column title (A): Formulas are not read. Write what it comes to."
    ]


def test_more_than_300_documents_are_refused(audit, source_type):
    rows = [(f"Document {n}", "law", "documents") for n in range(301)]
    assert len(read(csv_file(HEAD, *rows[:300]), audit, host=HOST).rows) == 300
    with pytest.raises(UnreadableError, match="more than 300 rows"):
        read(csv_file(HEAD, *rows), audit, host=HOST)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7 " + b"0" * 300, "This is no spreadsheet"),
        (b"", "The file is empty."),
        (csv_file(("name", "colour"), ("x", "red")), "This column is not in the template"),
    ],
)
def test_other_files_are_refused_in_words(team, audit, source_type, content, said):
    response = choose(team, audit, content)
    if response.status_code == 200:
        page = response.content.decode()
        assert said in page or "none of the columns of the template" in page
    assert not audit.documents.exists()


def test_nothing_comes_in_before_it_is_confirmed(team, audit, source_type, researcher):
    content = one_row(eu="yes", eu_reason="It says so", provisions_integration="The city shall help. [12]")
    response = choose(team, audit, content)
    page = team.get(response["Location"]).content.decode()
    assert "Strategy" in page
    assert "Bring in 1 document" in page
    assert not audit.documents.exists()
    page = team.post(response["Location"], {"bring_in": "1"}, follow=True).content.decode()
    assert "1 document has come in." in page
    document = audit.documents.get()
    assert document.created_by == researcher
    assert document.ratings.get().reason == "It says so"
    assert (document.provisions.get().text, document.provisions.get().page) == ("The city shall help.", "12")
    assert not DocumentUpload.objects.exists()
    assert team.post(response["Location"], {"bring_in": "1"}).status_code == 404


def test_table_with_a_problem_cannot_come_in(team, audit, source_type):
    response = choose(team, audit, csv_file(HEAD, ("Good", "law", "documents"), ("", "law", "documents")))
    page = team.post(response["Location"], {"bring_in": "1"}).content.decode()
    assert "The title is missing." in page
    assert not audit.documents.exists()
    assert team.post(response["Location"], {"discard": "1"})["Location"] == address("document-import", audit)
    assert not DocumentUpload.objects.exists()


@pytest.mark.parametrize(("decision", "number"), [("skip", 2), ("both", 4), ("", 1)])
def test_doubles_are_named_and_left_out_unless_somebody_wants_them(
    team, audit, source_type, document, decision, number
):
    rows = [("INTEGRATION strategy", 2024, 2030), ("New", "", ""), ("New", "", "")]
    table = [(title, "strategy", "documents", first, last) for title, first, last in rows]
    response = choose(team, audit, csv_file((*HEAD, "from year", "to year"), *table))
    page = team.get(response["Location"]).content.decode()
    assert "1 document of the file is in the inventory already and stays there as it is" in page
    assert f'<a href="{document.get_absolute_url()}" dir="auto">Integration strategy</a>' in page
    assert "Row 2</p>" in page
    assert "Different, and left out: title<" in page
    assert "It stands in row 3 already" in page
    assert "<li>1 of them is in the inventory already</li><li>1 row repeats another one of the file</li>" in page
    team.post(response["Location"], {"doubles": decision})
    assert audit.documents.count() == number


def test_preview_says_which_rows_are_the_same_as_the_inventory_and_which_columns_are_not(team, audit, document):
    full(document)
    content = exported(audit)
    page = team.get(choose(team, audit, content, "documents.xlsx")["Location"]).content.decode()
    assert "The file says the same of them as the inventory." in page
    assert "The same is there already" in page
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["Documents"]
    at = {cell.value: cell.column for cell in sheet[1]}
    for name, value in {
        "kind": "Law",
        "summary": None,
        "provisions security": "Police shall learn more. [Art. 4]",
        "eu": "Yes",
        "gender reason": "Because",
        "file": "other.pdf",
    }.items():
        sheet.cell(3, at[name]).value = value
    file = io.BytesIO()
    book.save(file)
    [row] = read(file.getvalue(), audit, host=HOST).rows
    assert row.differing == ("kind", "summary", "provisions security", "eu", "gender reason")
    page = team.get(choose(team, audit, file.getvalue(), "documents.xlsx")["Location"]).content.decode()
    assert "1 row says something else than the inventory. That is left out" in page
    assert "Different, and left out: kind, summary, provisions security, eu, gender reason" in page


def test_preview_counts_what_is_to_complete(team, audit, source_type):
    content = one_row(published="yes", eu="yes", gender="unknown", provisions_integration="The city shall help.")
    page = team.get(choose(team, audit, content)["Location"]).content.decode()
    assert "3 things are left to complete" in page
    assert "To complete: 3" in page
    assert "To complete" not in team.get(choose(team, audit, one_row())["Location"]).content.decode()


def test_day_that_stands_in_the_inventory_is_not_refused_years_later(audit, document):
    document.link, document.link_dead_on = "https://velmora.example/s", datetime.date(2004, 3, 1)
    document.save()
    assert problems(audit, exported(audit)) == []
    assert (
        "Write a day of the years" in problems(audit, one_row(link="velmora.example", link_dead_since="2004-03-02"))[0]
    )


def test_same_title_of_other_years_is_another_document(audit, source_type, document):
    reading = read(one_row(title="Integration strategy", from_year="2019", to_year="2023"), audit, host=HOST)
    assert not reading.doubles


def test_only_who_chose_a_file_sees_it(client, member, team, audit, source_type):
    where = choose(team, audit, one_row())["Location"]
    client.force_login(member())
    assert client.get(where).status_code == 404


def test_choosing_again_puts_the_first_file_aside(team, audit, source_type):
    first = choose(team, audit, one_row())["Location"]
    choose(team, audit, one_row(title="Another"))
    assert DocumentUpload.objects.count() == 1
    assert team.get(first).status_code == 404


def test_undecided_files_expire(audit, researcher):
    keep_upload(DocumentUpload, by=researcher, name="x.csv", content=b"", audit=audit)
    now = timezone.now()
    assert expire_uploads(DocumentUpload, now - datetime.timedelta(days=1), dry_run=False) == 0
    assert expire_uploads(DocumentUpload, now + datetime.timedelta(hours=1), dry_run=True) == 1
    assert DocumentUpload.objects.exists()
    assert expire_uploads(DocumentUpload, now + datetime.timedelta(hours=1), dry_run=False) == 1
    assert not DocumentUpload.objects.exists()


def test_download_and_template_are_spreadsheets(team, audit, document):
    for name in ("document-export", "document-template"):
        response = team.get(address(name, audit))
        assert response["Content-Disposition"].endswith('.xlsx"')
        assert response["Cache-Control"] == "no-store"
        assert openpyxl.load_workbook(io.BytesIO(response.content)).sheetnames[0] == "Documents"


# Remarks -------------------------------------------------------------------------------------------------------


def test_titles_and_provisions_that_begin_like_remarks_survive(audit, document):
    document.title = "#MeToo in the city"
    document.save()
    texts = [("# 3 Police shall learn.", "12 [annex]"), (r"\# as it stands", r"a\b"), ("Ends [so]", "")]
    provisions = [ProvisionInput(ProvisionTopic.SECURITY, text, page) for text, page in texts]
    write_assessment(document=document, ratings={}, provisions=provisions)
    other = factories.AuditFactory()
    factories.ResearchFactory(audit=other, guide=document.source_type.guide)
    reading = read(exported(audit), other, host=HOST)
    [row] = reading.rows
    assert row.fields["title"] == "#MeToo in the city"
    assert [(one.text, one.page) for one in row.provisions] == texts
    assert reading.remarks == ()


def test_what_is_left_out_as_a_remark_is_named_in_the_preview(team, audit, source_type):
    head = (*HEAD, "provisions security")
    content = csv_file(
        head,
        ("# Title of the document", "", "", ""),
        ("#MeToo", "strategy", "documents", ""),
        ("Strategy", "strategy", "documents", "# 3 Police\n\nReal"),
    )
    assert read(content, audit, host=HOST).remarks == ((3, "#MeToo"), (4, "# 3 Police"))
    page = team.get(choose(team, audit, content)["Location"]).content.decode()
    assert "2 texts are left out as remarks" in page
    assert "#MeToo" in page


def test_remark_that_the_inventory_writes_itself_is_not_named(audit, document):
    write_assessment(
        document=document,
        ratings={},
        provisions=[ProvisionInput(ProvisionTopic.SECURITY, f"{n} " + "x" * 2990, "1") for n in range(12)],
    )
    with translation.override("de"):
        content = exported(audit)
    assert read(content, audit, host=HOST).remarks == ()


def test_page_says_that_documents_are_not_changed_by_a_table(team, audit, source_type):
    assert "Only new documents come in this way" in team.get(address("document-import", audit)).content.decode()


def test_retention_of_the_method_deletes_undecided_files(audit, researcher):
    keep_upload(DocumentUpload, by=researcher, name="x.csv", content=b"", audit=audit)
    method = methods.get("deskresearch")
    later = timezone.now() + datetime.timedelta(hours=1)
    assert method.expire(later, dry_run=True) == {"document_uploads": 1}
    assert DocumentUpload.objects.exists()
    assert method.expire(later, dry_run=False) == {"document_uploads": 1}
    assert not DocumentUpload.objects.exists()
