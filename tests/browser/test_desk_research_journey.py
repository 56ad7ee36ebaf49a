"""The whole desk research of a city, by the researcher who does it: from the first document to the printed report."""

import re
from io import BytesIO

import openpyxl
import pikepdf
import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from audits.enums import Role
from tests import factories

from .conftest import fits, follow, sign_in
from .test_journey import print_report

STRATEGY, SAFETY, HOUSING = "Integration Strategy 2024-2030", "Community Safety Programme", "Housing Ordinance"
# What the spreadsheet brings: title, kind, type of source, level, scope, sector, one rating and its reason, a provision.
TABLE = [
    ("Action Plan to the Integration Strategy", "Action plan", "Document review", "City", "integration", "", "Yes"),
    ("Municipal Development Plan", "Strategy", "Document review", "City", "whole", "", "Partly"),
    ("Social Services Strategy", "Strategy", "Document review", "City", "sector", "Social services", "Partly"),
    ("Education Programme", "Programme", "Document review", "City", "sector", "Education", "Yes"),
    ("Youth and Culture Programme", "Programme", "Document review", "City", "sector", "Culture", "No"),
    ("National Integration Programme", "Programme", "Secondary data review", "Country", "integration", "", "Unknown"),
    ("EU Action Plan on Integration", "Action plan", "Secondary data review", "European Union", "integration", "", ""),
    ("A Lease of One's Own", "Study or other publication", "Literature review", "None of them", "whole", "", ""),
    ("Migration in the local press", "Article or broadcast", "Media publications", "None of them", "whole", "", ""),
]
SCOPES = {
    "integration": "Written for the integration of TCN",
    "whole": "For the city as a whole",
    "sector": "For one sector",
}
# Name, kind, level, to whom it reports, mandate on TCN.
INSTITUTIONS = [
    ("City Council", "Council or its committee", "Decide", "", "Partly"),
    ("Directorate for Integration", "Department of the city", "Deliver", "City Council", "Yes"),
    ("Municipal Police", "Municipal police", "Deliver", "City Council", "No"),
    ("Education Department", "Department of the city", "Deliver", "City Council", "No"),
    ("Regional Employment Office", "State agency", "Consult", "", "Unknown"),
    ("Welcome Velmora", "NGO or community organisation", "Consult", "", ""),
]
# Guide question, answer, what it rests on.
ANSWERS = {
    "1.1": (
        "Two policies name it.",
        {"Documents": [STRATEGY, SAFETY], "Provisions": ["The city opens a service centre"]},
    ),
    "1.4": ("Only the strategy is evaluated every year.", {"Documents": [STRATEGY]}),
    "1.8": ("The housing ordinance has no money of its own.", {"Documents": [HOUSING]}),
    "2.1": ("The municipal police alone.", {"Institutions": ["Municipal Police"]}),
    "2.6": ("The round table meets each spring.", {"Partnerships and mechanisms": ["Integration Round Table"]}),
}
PROVISION = "The city opens a service centre for newcomers in every district."
PATROLS = "Patrols between the port and the station are doubled."


@pytest.fixture
def team(transactional_db):
    """The coordinator and the researcher of an audit in which nothing is written yet."""
    call_command("loaddata", "desk_research", verbosity=0)
    audit = factories.AuditFactory(title="Velmora City Integration Audit", city__name="Velmora")
    roles = (Role.COORDINATOR, Role.RESEARCHER)
    return audit, *(factories.MembershipFactory(audit=audit, role=role).user for role in roles)


def test_desk_research_from_the_first_document_to_the_printed_report(team, new_page, console):
    audit, irena, petra = team
    coordinator, researcher = new_page(), new_page()
    sign_in(coordinator, irena)
    sign_in(researcher, petra)
    home = f"/audits/{audit.slug}/research/"

    strategy = add_documents(researcher, home)
    bring_in(researcher, home)
    quote_and_rate(researcher, strategy)
    add_institutions(researcher, home)
    write_governance(researcher, home)
    answer_questions(researcher, home)
    read_matrix(researcher, home)
    read_progress(coordinator, audit, home)
    read_section(coordinator, audit)

    pages = print_report(coordinator, f"/audits/{audit.slug}/")
    annex = pages.partition("Annex A Documents reviewed")[2]
    titles = (STRATEGY, SAFETY, HOUSING, *(row[0] for row in TABLE))
    numbers = {title: re.search(rf"\[(\d+)\] {re.escape(title)}", annex)[1] for title in titles}
    assert len(set(numbers.values())) == 12
    strategy, safety, housing = numbers[STRATEGY], numbers[SAFETY], numbers[HOUSING]
    assert f"“{PROVISION}” [{strategy}], p. 12" in pages
    assert f"“{PATROLS}” [{numbers['Migration in the local press']}], p. 14" in pages
    assert f"Two policies name it. [{safety}][{strategy}], p. 12" in pages
    assert f"The housing ordinance has no money of its own. [{housing}]" in pages
    assert "The municipal police alone." in pages
    assert "One directorate answers for integration." in pages
    for name, *_rest in INSTITUTIONS:
        assert name in pages


def add_documents(page, home):
    """Adds three documents by the form, one with its file; gives the page of that one."""
    page.goto(f"{home}documents/")
    follow(page.get_by_role("link", name="Add the first document"))
    fits(page, "desk-document-form")
    describe(page, STRATEGY, "Strategy", "Written for the integration of TCN")
    page.get_by_label("From the year").fill("2024")
    page.get_by_label("To the year").fill("2030")
    page.get_by_role("radio", name="Yes").check()
    page.get_by_label("Address there").fill("https://www.velmora.example/strategy")
    page.get_by_label("File").set_input_files(pdf("strategy.pdf"))
    follow(page.get_by_role("button", name="Save document"))
    expect(page.get_by_text(f"“{STRATEGY}” is in the inventory.")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="strategy.pdf").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
    strategy = re.split("[?#]", page.url)[0]

    page.goto(f"{home}documents/")
    follow(page.get_by_role("link", name="Add a document"))
    describe(page, SAFETY, "Programme", "For one sector")
    page.get_by_label("Which sector?").select_option("Public safety and security")
    page.get_by_label("What is it about?").fill("Patrols, cameras and lamps.")
    lying = {"name": "safety.pdf", "mimeType": "application/pdf", "buffer": b"\x89PNG\r\n\x1a\n" + bytes(200)}
    page.get_by_label("File").set_input_files(lying)
    follow(page.get_by_role("button", name="Save document"))
    expect(page.get_by_text("“safety.pdf” is not a PDF, DOCX or ODT file").first).to_be_visible()
    expect(page.get_by_label("Title")).to_have_value(SAFETY)
    expect(page.get_by_label("What is it about?")).to_have_value("Patrols, cameras and lamps.")
    fits(page, "desk-document-refused")
    page.get_by_label("File").set_input_files(pdf("safety.pdf"))
    follow(page.get_by_role("button", name="Save document"))
    expect(page.get_by_role("link", name="safety.pdf")).to_be_visible()

    page.goto(f"{home}documents/new/")
    describe(page, HOUSING, "Ordinance or other regulation", "For one sector")
    page.get_by_label("Which sector?").select_option("Housing")
    follow(page.get_by_role("button", name="Save document"))
    return strategy


def describe(page, title, kind, scope):
    page.get_by_label("Title").fill(title)
    page.get_by_label("Kind of document").select_option(kind)
    page.get_by_label("Type of source").select_option("Document review")
    page.get_by_role("radio", name=scope).check()


def pdf(name):
    """A PDF of one empty page, as a browser is given a file."""
    written, book = BytesIO(), pikepdf.new()
    book.add_blank_page()
    book.save(written)
    return {"name": name, "mimeType": "application/pdf", "buffer": written.getvalue()}


def bring_in(page, home):
    """Fills the spreadsheet that the inventory offers, looks at what it says, and brings it in."""
    page.goto(f"{home}documents/import/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Template (XLSX)").click()
    book = openpyxl.load_workbook(BytesIO(download.value.path().read_bytes()))
    table = book.worksheets[0]
    columns = {cell.value: cell.column for cell in table[1]}
    for line, (title, kind, source, level, scope, sector, rights) in enumerate(TABLE, table.max_row + 1):
        cells = {
            "title": title,
            "kind": kind,
            "source type": source,
            "level": level,
            "scope": SCOPES[scope],
            "sector": sector,
            "rights": rights,
            "rights reason": rights and f"As page 2 of it says: {rights}.",
        }
        for name, value in cells.items():
            table.cell(line, columns[name], value or None)
    table.cell(table.max_row, columns["provisions security"], f"{PATROLS} [14]")
    filled = BytesIO()
    book.save(filled)
    page.get_by_label("Spreadsheet").set_input_files(
        {"name": "documents.xlsx", "mimeType": "application/octet-stream", "buffer": filled.getvalue()}
    )
    follow(page.get_by_role("button", name="Look at the file"))
    expect(page.get_by_role("cell", name="New")).to_have_count(len(TABLE))
    fits(page, "desk-import")
    follow(page.get_by_role("button", name=f"Bring in {len(TABLE)} documents"))
    page.goto(f"{home}documents/")
    expect(page.locator("tbody tr")).to_have_count(12)
    fits(page, "desk-documents")


def quote_and_rate(page, strategy):
    """Rates and quotes the strategy; it saves itself."""
    page.goto(strategy)
    follow(page.get_by_role("link", name="Quote and rate it"))
    for point, rating in {
        "national": "Yes",
        "rights": "Yes",
        "financed": "No",
        "vision": "Yes",
        "cost": "Partly",
    }.items():
        place = page.locator(f"#point-{point}")
        place.get_by_role("radio", name=rating, exact=True).check()
        place.get_by_label("Reason").fill(f"It says so on its page about {point}.")
    first = page.get_by_role("group", name="Provision 1")
    first.get_by_label("Quotation").fill(PROVISION)
    first.get_by_label("Page or section").fill("12")
    expect(page.locator("[data-savestate]")).to_have_attribute("data-state", "saved")
    fits(page, "desk-assess")
    page.goto(strategy)
    expect(page.get_by_text("5 of 14 points are rated.")).to_be_visible()
    expect(page.get_by_text(PROVISION)).to_be_visible()
    expect(page.get_by_text("Page or section 12")).to_be_visible()
    fits(page, "desk-document")


def add_institutions(page, home):
    page.goto(f"{home}institutions/")
    follow(page.get_by_role("link", name="Add the first institution"))
    for place, (name, kind, level, above, mandate) in enumerate(INSTITUTIONS, 1):
        page.get_by_label("Name").fill(name)
        page.get_by_label("Kind of institution").select_option(kind)
        page.get_by_role("radio", name=re.compile(f"^{level}")).check()
        if above:
            page.get_by_label("Reports to").select_option(above)
        if mandate:
            page.get_by_role("group", name="Special mandate on TCN integration").get_by_label(
                mandate, exact=True
            ).check()
        last = place == len(INSTITUTIONS)
        follow(page.get_by_role("button", name="Save institution" if last else "Save and add another"))
    page.goto(f"{home}institutions/")
    expect(page.get_by_text("6 institutions", exact=True)).to_be_visible()
    follow(page.get_by_role("link", name="Add a partnership or mechanism").first)
    page.get_by_label("Name").fill("Integration Round Table")
    page.get_by_role("radio", name="Consultation mechanism").check()
    page.get_by_label("Standing").check()
    for name in ("Directorate for Integration", "Welcome Velmora"):
        page.get_by_label(name).check()
    page.get_by_label("In planning").check()
    page.get_by_role("radio", name=re.compile("^Medium")).check()
    fits(page, "desk-partnership")
    follow(page.get_by_role("button", name="Save", exact=True))
    expect(page.get_by_role("rowheader", name="Integration Round Table")).to_be_visible()
    fits(page, "desk-institutions")


def write_governance(page, home):
    page.goto(f"{home}governance/")
    page.get_by_role("textbox", name="Strengths").fill("One directorate answers for integration.")
    page.get_by_role("textbox", name="Weaknesses").fill("Nobody asks the police.")
    expect(page.locator("[data-savestate]")).to_have_attribute("data-state", "saved")
    expect(page.get_by_role("row", name="City Council Decide Partly")).to_be_visible()
    row = page.get_by_role("row", name="Directorate for Integration Deliver Yes")
    expect(row).to_contain_text("City Council")
    expect(row).to_contain_text("Integration Round Table")
    fits(page, "desk-governance")


def answer_questions(page, home):
    """Answers five guide questions, each with what it rests on."""
    page.goto(f"{home}questions/")
    fits(page, "desk-questions")
    follow(page.get_by_role("link", name="1.1", exact=True))
    for code, (text, cited) in ANSWERS.items():
        page.goto(f"{home}questions/{code}/")
        page.get_by_role("textbox", name="Answer").fill(text)
        page.get_by_role("radio", name="Done").check()
        for group, names in cited.items():
            place = page.get_by_role("group", name=group)
            for name in names:
                if place.get_by_label("Find in this list").is_visible():
                    place.get_by_label("Find in this list").fill(name)
                place.get_by_label(name).check()
        if code == "1.1":
            expect(page.locator("[data-savestate]")).to_have_attribute("data-state", "saved")
            fits(page, "desk-question")
        follow(page.get_by_role("button", name="Save", exact=True))
    page.goto(f"{home}questions/")
    expect(page.get_by_text("5 of 16 questions answered")).to_be_visible()


def read_matrix(page, home):
    page.goto(f"{home}matrix/")
    row = page.get_by_role("row", name=STRATEGY)
    expect(row.get_by_text("Not rated yet")).to_have_count(9)
    expect(page.get_by_role("row", name="Rated “yes”")).to_contain_text("3 of 9")
    fits(page, "desk-matrix")


def read_progress(page, audit, home):
    page.goto(f"/audits/{audit.slug}/")
    fits(page, "desk-audit")
    page.goto(home)
    fits(page, "desk-home")


def read_section(page, audit):
    """The section of the report that the desk research has filled."""
    page.goto(f"/audits/{audit.slug}/report/en/desk_research/")
    for hidden in page.locator("summary", has_text="Show how it will look").all():
        hidden.click()
    main = page.get_by_role("main")
    expect(main.get_by_text("12 sources were reviewed")).to_be_visible()
    expect(main.get_by_text("One directorate answers for integration.").first).to_be_visible()
    fits(page, "desk-report")
