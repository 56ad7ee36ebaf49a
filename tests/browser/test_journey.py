"""The whole way of an audit, by the people who walk it: from the empty audit to the numbers in the printed report."""

import re
from datetime import timedelta
from io import BytesIO

import openpyxl
import pdfplumber
import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from tests.factories import UserFactory

from .conftest import PHONE, axe, follow, looks, no_overflow, sign_in

ITEMS = 30


@pytest.fixture
def instrument(transactional_db):
    call_command("loaddata", "checklist", verbosity=0)


def test_audit_from_its_first_page_to_the_printed_report(instrument, new_page):
    coordinator, facilitator, participant = new_page(), new_page(), new_page(viewport=PHONE, has_touch=True)
    sign_in(coordinator, UserFactory(name="Irena Vidal"))

    audit = create_audit(coordinator)
    accept(facilitator, invite(coordinator, audit, "tomas@welcome.example"))
    walk, join = plan_walk(facilitator, audit)
    open_walk(facilitator, walk)
    type_in(facilitator, walk, "4" * ITEMS, "2" * ITEMS)
    take_part(participant, join, V1=5, V2=3)
    bring_in(facilitator, walk, {"number": 4, "V1": 3, "V2": 1}, {"number": 5, "V1": 1, "V2": "?"})
    figures = read_results(facilitator, walk)
    assert figures["V1"] == ("3.00", "1.58", "5")
    assert figures["V2"] == ("2.50", "1.29", "4")

    discuss(facilitator, walk, "V1", "Older residents and newcomers know different offices.")
    find(facilitator, walk, "V1", "Whether the strategy is known depends on whom one asks.")
    recommend(coordinator, audit, "Tell the strategy in five languages")
    close_walk(facilitator, walk)

    pages = print_report(coordinator, audit)
    for code, (mean, spread, people) in figures.items():
        # In the annex: the statement's code and wording, how often each score was given, and the figures.
        row = rf"\b{code}\. .{{0,120}}? (?:\d+ ){{6}}{people} {mean} {re.escape(spread)}"
        assert re.search(row, pages), (code, mean, spread, people)
    assert "Whether the strategy is known depends on whom one asks." in pages
    assert "Tell the strategy in five languages" in pages


def create_audit(page):
    """Opens an audit of a new city and gives the address of its home page."""
    page.goto("/")
    follow(page.get_by_role("link", name="Open an audit").first)
    page.get_by_label("Name of the city").fill("Velmora")
    page.get_by_label("Name of the authority").fill("Municipality of Velmora")
    page.get_by_label("Country").select_option(index=1)
    page.get_by_label("Title").fill("Velmora City Integration Audit")
    today = timezone.localdate()
    page.get_by_label("First day").fill(f"{today - timedelta(days=30)}")
    page.get_by_label("Last day").fill(f"{today + timedelta(days=120)}")
    follow(page.get_by_role("button", name="Open the audit"))
    expect(page.get_by_role("heading", name="Velmora City Integration Audit", level=1)).to_be_visible()
    return page.url


def invite(page, audit, email, role="Facilitator"):
    """Invites somebody and gives the link of the letter."""
    page.goto(f"{audit}team/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_role("radio", name=role).check()
    follow(page.get_by_role("button", name="Send the invitation"))
    expect(page.get_by_text(f"The invitation was sent to {email}.")).to_be_visible()
    return re.search(r"/invitations/[^/\s]+/", mail.outbox[-1].body)[0]


def accept(page, link, user=None, role="Facilitator"):
    sign_in(page, user or UserFactory(name="Tomas Berec"))
    page.goto(link)
    follow(page.get_by_role("button", name=f"Join as {role}"))
    expect(page.get_by_text(f"now, as {role}.")).to_be_visible()


def plan_walk(page, audit):
    """Plans a walk for today and gives its page and the address at which participants join."""
    page.goto(f"{audit}walks/")
    follow(page.get_by_role("link", name=re.compile("Plan (a|the first) walk")).first)
    page.get_by_label("Name of the walk").fill("Old Harbour")
    page.get_by_label("Day", exact=True).fill(f"{timezone.localdate()}")
    page.get_by_label("Begins at").fill("10:00")
    page.get_by_label("Meeting point").fill("Harbour Library, main entrance")
    page.get_by_label("1. Name of the area").fill("Fish Market")
    follow(page.get_by_role("button", name="Save the plan"))
    expect(page.get_by_role("heading", name="Old Harbour", level=1)).to_be_visible()
    join = page.locator("a[href*='/join/']").first.get_attribute("href")
    return page.url, re.search(r"/join/\w+/", join)[0]


def open_walk(page, walk):
    page.goto(walk)
    follow(page.get_by_role("link", name="Open the walk"))
    follow(page.get_by_role("button", name="Open the walk"))
    expect(page.get_by_text("Open", exact=True).first).to_be_visible()


def close_walk(page, walk):
    """Ends the walk in its two steps; from then on its results stand."""
    page.goto(walk)
    for act in ("Begin closing", "Close the walk"):
        follow(page.get_by_role("link", name="Change the state"))
        follow(page.get_by_role("button", name=act))
    expect(page.get_by_text("Closed", exact=True).first).to_be_visible()


def type_in(page, walk, *sheets):
    """Types a pile of paper sheets into the grid, by keyboard alone."""
    page.goto(walk)
    follow(page.get_by_role("link", name="Type in sheets"))
    follow(page.get_by_role("button", name="Begin the first sheet"))
    for number, scores in enumerate(sheets, 1):
        expect(page.get_by_role("heading", name=f"Sheet {number} of")).to_be_visible()
        # The script has taken over.
        expect(page.locator("#plain-save")).to_be_hidden()
        page.get_by_label("Takes part").focus()
        page.keyboard.press("Space")
        page.locator(".entry input").first.focus()
        page.keyboard.type(scores)
        expect(page.locator("#tally")).to_have_text(f"{ITEMS} of {ITEMS} entered")
        expect(page.locator("#save")).to_have_attribute("data-state", "saved")
        if number < len(sheets):
            with page.expect_navigation():
                page.keyboard.press("Control+Enter")


def take_part(page, join, **scores):
    """Joins on a phone without an account, scores some statements and sends the sheet."""
    page.goto(join)
    page.get_by_text("I want to take part", exact=True).click()
    page.get_by_text("I am 18 or older").click()
    follow(page.get_by_role("button", name="Start"))
    page.get_by_text("I have kept my code").click()
    follow(page.get_by_role("button", name="Go to my sheet"))
    expect(page.locator("#plain-save")).to_be_hidden()
    for place, value in enumerate(scores.values()):
        page.locator(".question:visible").nth(place).get_by_text(str(value), exact=True).click()
    page.get_by_role("button", name="Send my sheet").click()
    expect(page.get_by_role("heading", name="Your sheet is sent")).to_be_visible()


def bring_in(page, walk, *rows):
    """Fills the spreadsheet that the walk offers and brings it in."""
    page.goto(f"{walk}sheets/import/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Template (XLSX)").click()
    book = openpyxl.load_workbook(BytesIO(download.value.path().read_bytes()))
    table = book.worksheets[0]
    columns = {cell.value: cell.column for cell in table[1]}
    for line, row in enumerate(rows, table.max_row + 1):
        for name, value in row.items():
            table.cell(line, columns[name], value)
    filled = BytesIO()
    book.save(filled)
    page.get_by_label("Spreadsheet").set_input_files(
        {"name": "sheets.xlsx", "mimeType": "application/octet-stream", "buffer": filled.getvalue()}
    )
    follow(page.get_by_role("button", name="Look at the file"))
    page.get_by_label("Everybody in this list has agreed").check()
    follow(page.get_by_role("button", name=f"Bring in {len(rows)} sheets"))
    expect(page.get_by_text(f"{len(rows)} sheets have come in.")).to_be_visible()


def read_results(page, walk):
    """Mean, spread and number of people by the code of the statement, as the results page shows them."""
    page.goto(f"{walk}results/")
    axe(page)
    no_overflow(page)
    looks(page, "journey-results")
    found = {}
    for row in page.locator("tr:has(a.statement)").all():
        code = row.locator("a.statement").get_attribute("href").rstrip("/").rsplit("/", 1)[1]
        found[code] = tuple(cell.split("\n")[-1] for cell in row.locator("td.num").all_inner_texts()[:3])
    assert len(found) == ITEMS
    return found


def discuss(page, walk, code, said):
    page.goto(f"{walk}discussion/{code}/")
    page.get_by_label("What the group says now").last.fill(said)
    follow(page.get_by_role("button", name="Save"))
    expect(page.get_by_text("Saved").first).to_be_visible()


def find(page, walk, code, text):
    """Turns a result into a finding; the figures stay with it as evidence."""
    page.goto(f"{walk}results/statements/{code}/")
    page.get_by_label("Finding", exact=True).fill(text)
    follow(page.get_by_role("button", name="Add the finding"))
    expect(page.get_by_text(text).first).to_be_visible()


def recommend(page, audit, title):
    page.goto(f"{audit}findings/1/")
    follow(page.get_by_role("link", name="Write a recommendation from this finding"))
    page.get_by_label("In one line").fill(title)
    page.get_by_label("What should be done?").fill("On the website and at the counter.")
    follow(page.get_by_role("button", name="Save recommendation"))
    expect(page.get_by_role("heading", name="R1")).to_be_visible()


def print_report(page, audit):
    """Makes the PDF by its button and gives the text of its pages."""
    page.goto(f"{audit}report/")
    page.get_by_role("button", name="Make the PDF").click()
    link = page.get_by_role("link", name="Download the PDF")
    expect(link).to_be_visible(timeout=120_000)
    with page.expect_download() as download:
        link.click()
    with pdfplumber.open(download.value.path()) as pdf:
        return " ".join("\n".join(sheet.extract_text() for sheet in pdf.pages).split())
