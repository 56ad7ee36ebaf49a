"""The audits room as a browser shows it: every page and state, and the grid of the city's figures by keyboard."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from audits.actions import IndicatorRow, save_context
from audits.enums import AuditState, Role
from audits.models import Audit, ContextFigure
from tests.factories import (
    AuditFactory,
    InvitationFactory,
    MembershipFactory,
    PartnerOrganisationFactory,
    UserFactory,
)

from .conftest import axe, follow, looks, no_overflow, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def coordinator():
    audit = AuditFactory(
        title="Velmora City Integration Audit 2026", slug="velmora-2026", city__authority="Municipality of Velmora"
    )
    return MembershipFactory(audit=audit, user__name="Irena Vidal", user__organisation="Municipality of Velmora")


@pytest.fixture
def grid(page, coordinator):
    """The grid with one saved indicator of three years; the cell of its first figure has the focus."""
    save_context(
        audit=coordinator.audit,
        rows=[IndicatorRow("population", "Inhabitants", "people", "Office", {2023: 100, 2024: 200, 2025: 300})],
        version=1,
        by=coordinator.user,
    )
    sign_in(page, coordinator.user)
    page.goto("/audits/velmora-2026/context/")
    page.get_by_label("Inhabitants, Unit").focus()
    page.keyboard.press("Tab")
    return page


def focused(page):
    return page.evaluate("document.activeElement.getAttribute('aria-label') || document.activeElement.id")


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)
    return focused(page)


def paste(page, text):
    page.evaluate(
        """text => {
          const data = new DataTransfer();
          data.setData("text/plain", text);
          document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        text,
    )


def figures():
    return {
        (figure.indicator.name, figure.year): float(figure.value)
        for figure in ContextFigure.objects.select_related("indicator")
    }


def test_every_page_and_state_is_accessible_and_fits_a_narrow_window(page, coordinator):
    audit = coordinator.audit
    MembershipFactory(audit=audit, role=Role.FACILITATOR)
    InvitationFactory(audit=audit)
    partners = [PartnerOrganisationFactory(audit=audit) for _ in range(2)]
    other = MembershipFactory(audit=audit, role=Role.VIEWER)
    sign_in(page, coordinator.user)
    for name, address in {
        "audit-list": "/",
        "audit-create": "/audits/new/",
        "audit-home": "/audits/velmora-2026/",
        "audit-settings": "/audits/velmora-2026/settings/",
        "follow-up": "/audits/velmora-2026/follow-up/",
        "partners": "/audits/velmora-2026/partners/",
        "partner-add": "/audits/velmora-2026/partners/add/",
        "partner-remove": f"/audits/velmora-2026/partners/{partners[0].pk}/remove/",
        "team": "/audits/velmora-2026/team/",
        "member-remove": f"/audits/velmora-2026/team/{other.pk}/remove/",
        "context": "/audits/velmora-2026/context/",
    }.items():
        page.goto(address)
        axe(page)
        no_overflow(page)
        looks(page, name)
    for address, button in (("/audits/new/", "Open the audit"), ("/audits/velmora-2026/team/", "Send the invitation")):
        page.goto(address)
        follow(page.get_by_role("button", name=button))
        expect(page.locator("#errors")).to_be_focused()
        axe(page)
        no_overflow(page)


@pytest.mark.parametrize("state", AuditState)
def test_stage_of_an_audit_fits_a_narrow_window(state, page, coordinator):
    Audit.objects.update(state=state)
    sign_in(page, coordinator.user)
    page.goto("/audits/velmora-2026/")
    no_overflow(page)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.REVIEWER])
def test_readers_pages_are_accessible(role, page, coordinator):
    reader = MembershipFactory(audit=coordinator.audit, role=role)
    sign_in(page, reader.user)
    for address in ["/"] if role == Role.REVIEWER else ["/audits/velmora-2026/", "/audits/velmora-2026/context/"]:
        page.goto(address)
        axe(page)
        no_overflow(page)


def test_arrows_and_enter_move_between_cells(grid):
    assert press(grid, "ArrowRight") == "Inhabitants, 2024"
    assert press(grid, "ArrowRight", "ArrowRight") == "Inhabitants, Source"
    assert press(grid, "ArrowLeft") == "Inhabitants, 2025"
    assert press(grid, "ArrowUp") == "year-2"
    assert press(grid, "ArrowDown", "Enter") == "Area of the municipality, 2025"
    assert press(grid, "Shift+Enter") == "Inhabitants, 2025"


def test_arrows_inside_a_text_move_in_the_text(grid):
    press(grid, "ArrowRight", "End")
    assert press(grid, "ArrowLeft") == "Inhabitants, 2024"
    assert press(grid, "End", "ArrowRight") == "Inhabitants, 2025"


def test_enter_in_the_last_row_adds_one_and_saves_nothing(grid):
    rows = grid.locator("tbody tr")
    before = rows.count()
    rows.last.locator("input:not([type=hidden])").first.focus()
    press(grid, "Enter")
    expect(rows).to_have_count(before + 1)
    assert grid.url.endswith("/context/")
    expect(grid.locator(".savestate")).to_contain_text("Not saved yet")


def test_typed_figures_of_a_new_row_and_a_new_year_are_saved(grid):
    grid.get_by_role("button", name="Add a year").click()
    expect(grid.locator("#year-3")).to_have_value("2026")
    grid.get_by_label("Inhabitants, 2026", exact=True).fill("1,234.5")
    grid.get_by_role("button", name="Add a row").click()
    row = grid.locator("tbody tr").last
    row.locator("select").select_option(label="Economy and work")
    row.locator(".name input").fill("Unemployment")
    grid.get_by_label("Unemployment, 2026", exact=True).fill("6.4")
    axe(grid)
    follow(grid.get_by_role("button", name="Save figures"))
    grid.get_by_text("The figures are saved.").wait_for()
    assert figures() == {
        ("Inhabitants", 2023): 100,
        ("Inhabitants", 2024): 200,
        ("Inhabitants", 2025): 300,
        ("Inhabitants", 2026): 1234.5,
        ("Unemployment", 2026): 6.4,
    }


def test_part_of_a_spreadsheet_is_pasted_and_can_be_taken_back(grid):
    grid.locator("tbody tr").last.locator("select").focus()
    paste(
        grid, "TCN statistics\tPermits\tpeople\t10\t20\t30\tMinistry\r\nEconomy and work\tJobs\t\t1\t2\t3\tOffice\r\n"
    )
    expect(grid.locator("#toasts")).to_contain_text("Cells filled from the clipboard: 14")
    expect(grid.get_by_label("Jobs, 2025", exact=True)).to_have_value("3")
    axe(grid)
    looks(grid, "context-pasted")
    grid.get_by_role("button", name="Undo").click()
    expect(grid.get_by_label("Permits, 2023", exact=True)).to_have_value("")

    paste(grid, "TCN statistics\tPermits\tpeople\t10\t20\t30\tMinistry\nEconomy and work\tJobs\t\t1\t2\t3\tOffice")
    follow(grid.get_by_role("button", name="Save figures"))
    grid.get_by_text("The figures are saved.").wait_for()
    assert figures()[("Permits", 2023)] == 10
    assert figures()[("Jobs", 2025)] == 3


def test_bad_cell_is_reached_from_the_summary(grid):
    grid.get_by_label("Inhabitants, 2024", exact=True).fill("many")
    follow(grid.get_by_role("button", name="Save figures"))
    assert grid.title().startswith("Error:")
    expect(grid.locator("#errors")).to_be_focused()
    axe(grid)
    no_overflow(grid)
    looks(grid, "context-error")
    grid.locator("#errors a").click()
    expect(grid.get_by_label("Inhabitants, 2024", exact=True)).to_be_focused()
    assert figures()[("Inhabitants", 2024)] == 200


def test_two_tables_are_shown_when_somebody_else_saved(grid, coordinator, console):
    audit = coordinator.audit
    audit.refresh_from_db()
    save_context(
        audit=audit,
        rows=[IndicatorRow("population", "Inhabitants", figures={2023: 555})],
        version=audit.context_version,
        by=UserFactory(name="Petra Kolar"),
    )
    grid.get_by_label("Inhabitants, 2023", exact=True).fill("111")
    follow(grid.get_by_role("button", name="Save figures"))
    note = grid.locator(".note", has_text="Petra Kolar saved this table")
    assert note.locator("tr", has_text="Inhabitants, 2023").inner_text().split()[-2:] == ["111", "555"]
    console.clear()  # the answer 409 is meant
    expect(grid.get_by_text("This window has kept it.")).to_have_count(0)
    axe(grid)
    no_overflow(grid)
    looks(grid, "context-stale")
    follow(grid.get_by_role("button", name="Save figures"))
    grid.get_by_text("The figures are saved.").wait_for()
    assert figures()[("Inhabitants", 2023)] == 111


def test_table_that_was_not_saved_is_offered_again_until_it_is(grid):
    grid.get_by_role("button", name="Add a year").click()
    grid.get_by_label("Inhabitants, 2026", exact=True).fill("400")
    grid.get_by_role("button", name="Add a row").click()
    row = grid.locator("tbody tr").last
    row.locator("select").select_option(label="Economy and work")
    row.locator(".name input").fill("Jobs")
    grid.on("dialog", lambda dialog: dialog.accept())
    grid.goto("/audits/velmora-2026/")
    grid.goto("/audits/velmora-2026/context/")
    expect(grid.get_by_text("This window has kept it.")).to_be_visible()
    looks(grid, "context-draft")
    axe(grid)
    follow(grid.get_by_role("button", name="Put it back"))
    expect(grid.get_by_text("Not saved yet")).to_be_visible()
    # What was put back is not saved anywhere else, also after a letter that was typed and taken back.
    source = grid.get_by_label("Source", exact=False).first
    source.press_sequentially("x")
    source.press("Backspace")
    grid.goto("/audits/velmora-2026/")
    grid.goto("/audits/velmora-2026/context/")
    follow(grid.get_by_role("button", name="Put it back"))
    expect(grid.get_by_label("Inhabitants, 2026", exact=True)).to_have_value("400")
    expect(grid.get_by_label("Inhabitants, 2023", exact=True)).to_have_value("100")
    grid.get_by_label("Jobs, 2026", exact=True).fill("9")
    follow(grid.get_by_role("button", name="Save figures"))
    expect(grid.get_by_text("The figures are saved.")).to_be_visible()
    assert figures()[("Inhabitants", 2026)] == 400
    assert figures()[("Jobs", 2026)] == 9
    grid.goto("/audits/velmora-2026/context/")
    expect(grid.get_by_text("This window has kept it.")).to_be_hidden()


def test_row_that_is_taken_out_is_not_offered_again(grid):
    grid.get_by_label("Inhabitants, 2023", exact=True).fill("100")
    grid.get_by_role("button", name="Add a row").click()
    row = grid.locator("tbody tr").last
    row.locator(".name input").fill("Jobs")
    follow(row.get_by_role("button", name="Remove"))
    expect(grid.get_by_text("Not saved yet")).to_be_visible()
    expect(grid.get_by_text("This window has kept it.")).to_be_hidden()


def test_grid_works_without_a_script(new_page, coordinator):
    page = new_page(java_script_enabled=False)
    sign_in(page, coordinator.user)
    page.goto("/audits/velmora-2026/context/")
    page.get_by_role("button", name="Add a row").click()
    page.get_by_label("Inhabitants, 2023", exact=True).fill("100")
    page.keyboard.press("Enter")
    page.get_by_text("The figures are saved.").wait_for()
    assert figures() == {("Inhabitants", 2023): 100}


def test_partners_are_moved_by_keyboard_with_the_focus_kept(page, coordinator):
    first, _second = (PartnerOrganisationFactory(audit=coordinator.audit, name=name) for name in ("City", "NGO"))
    sign_in(page, coordinator.user)
    page.goto("/audits/velmora-2026/partners/")
    page.get_by_role("button", name="Move City down").focus()
    page.keyboard.press("Enter")
    page.get_by_text("“City” is number 2 of 2 now.").wait_for(state="attached")
    expect(page.locator(".partner-name")).to_have_text(["NGO", "City"])
    expect(page.locator(f"#down-{first.pk}")).to_be_focused()


def test_invited_person_joins_from_the_link_of_the_letter(new_page, coordinator, console):
    page = new_page()
    sign_in(page, coordinator.user)
    page.goto("/audits/velmora-2026/team/")
    page.get_by_label("E-mail address").fill("tomas@welcome.example")
    follow(page.get_by_role("button", name="Send the invitation"))
    page.get_by_text("The invitation was sent to tomas@welcome.example.").wait_for()
    link = re.search(r"/invitations/[^/\s]+/", mail.outbox[0].body)[0]

    guest = new_page()
    guest.goto(link)
    assert guest.url.endswith("/invitations/")
    axe(guest)
    no_overflow(guest)
    looks(guest, "invitation-signed-out")
    sign_in(guest, UserFactory(name="Tomas Berec"))
    guest.goto(link)
    axe(guest)
    looks(guest, "invitation")
    follow(guest.get_by_role("button", name="Join as Facilitator"))
    guest.get_by_text("now, as Facilitator.").wait_for()
    assert coordinator.audit.memberships.filter(user__name="Tomas Berec", role=Role.FACILITATOR).exists()
    guest.goto(link)
    assert "has been used already" in guest.locator("h1").inner_text()
    axe(guest)
    console.clear()  # the answer 410 is meant
