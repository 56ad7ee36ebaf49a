"""The coordinator writes the report: texts that save themselves, two writers at once, blocks, the PDF."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from audits.models import Audit
from reports import actions, outline
from reports.actions import open_report
from tests import factories
from tests.reports import city

from .conftest import axe, follow, looks, no_overflow, sign_in


def to(name, report, *args):
    return reverse(f"reports:{name}", args=[report.audit.slug, report.language, *args])


@pytest.fixture
def report(transactional_db):
    audit = factories.AuditFactory(
        title="Velmora City Integration Audit 2026",
        slug="velmora-2026",
        city=factories.CityFactory(name="Velmora", fictional=True),
        other_languages=["bg"],
    )
    return open_report(audit=Audit.objects.with_frame().get(pk=audit.pk), language="en")


@pytest.fixture
def coordinator(report):
    return factories.MembershipFactory(audit=report.audit, user__name="Irena Vidal").user


def block_of(report, section="introduction", slot="project"):
    return report.blocks.get(section=section, slot=slot)


def editor(page, block):
    return page.locator(f"#block-{block.pk} .ProseMirror")


def test_text_saves_itself_as_it_is_typed(page, report, coordinator):
    sign_in(page, coordinator)
    page.goto(to("section", report, "introduction"))
    block, held = block_of(report), []
    page.route("**/blocks/**", lambda route: held.append(route))
    editor(page, block).click()
    with page.expect_request("**/blocks/**"):
        page.keyboard.type("The project asks every three years")
        page.keyboard.press("Control+a")
        page.keyboard.press("Control+b")
    state = page.locator(f"#block-{block.pk} .savestate")
    expect(state).to_have_attribute("data-state", "saving")
    held.pop().continue_()
    page.unroute("**/blocks/**")
    expect(state).to_contain_text("Saved ")
    block.refresh_from_db()
    assert block.html == "<p><strong>The project asks every three years</strong></p>"
    expect(page.locator(f"#block-{block.pk} [data-words]")).to_have_text("6 words")
    page.reload()
    expect(editor(page, block)).to_have_text("The project asks every three years")
    axe(page)
    no_overflow(page)
    looks(page, "report-section")


def test_text_that_was_just_typed_is_taken_out_by_whoever_typed_it(page, report, coordinator):
    sign_in(page, coordinator)
    block = block_of(report)
    page.goto(to("section", report, "introduction"))
    editor(page, block).fill("Not needed after all")
    expect(page.locator(f"#block-{block.pk} .savestate")).to_contain_text("Saved")
    follow(page.locator(f"#block-{block.pk}").get_by_role("button", name="Take out"))
    expect(page.get_by_text("The text has been taken out.")).to_be_visible()


def test_editor_is_used_by_keyboard_and_says_what_it_is(page, report, coordinator):
    sign_in(page, coordinator)
    page.goto(to("section", report, "introduction"))
    block = block_of(report)
    field = page.get_by_role("textbox", name="The project or initiative behind the audit")
    expect(field).to_have_attribute("aria-multiline", "true")
    tools = page.locator(f"#block-{block.pk}").get_by_role("toolbar", name="Form of the text")
    first = tools.get_by_role("button", name="Bold")
    first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(tools.get_by_role("button", name="List", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(field).to_be_focused()
    page.keyboard.type("One point")
    expect(field.locator("li")).to_have_text("One point")
    expect(tools.get_by_role("button", name="List", exact=True)).to_have_attribute("aria-pressed", "true")
    tools.get_by_role("button", name="Table").click()
    expect(field.locator("th")).to_have_count(2)
    expect(page.locator(f"#block-{block.pk} .savestate")).to_contain_text("Saved ")
    axe(page)


def test_two_writers_at_once_see_both_texts_and_lose_none(page, report, coordinator, console):
    sign_in(page, coordinator)
    page.goto(to("section", report, "introduction"))
    block = block_of(report)
    other = factories.UserFactory(name="Petra Kolar")
    actions.save_text(block=block, html="<p>What Petra wrote.</p>", version=1, by=other)
    editor(page, block).click()
    page.keyboard.type("What Irena wrote.")
    place = page.locator(f"#block-{block.pk}")
    expect(place).to_contain_text("Petra Kolar has saved this text")
    expect(place.locator(".document.other")).to_have_text("What Petra wrote.")
    expect(editor(page, block)).to_have_text("What Irena wrote.")
    block.refresh_from_db()
    assert block.html == "<p>What Petra wrote.</p>"
    # The browser tells of the answer 409, which is what was asked for.
    console[:] = [line for line in console if "409" not in line]
    axe(page)
    looks(page, "report-conflict")
    place.get_by_role("button", name="Save my text over it").click()
    expect(place.locator(".savestate")).to_contain_text("Saved ")
    expect(place.locator(".document.other")).to_have_count(0)
    block.refresh_from_db()
    assert block.html == "<p>What Irena wrote.</p>"
    assert "<p>What Petra wrote.</p>" in block.history.values_list("html", flat=True)


def test_text_waits_for_the_connection_and_is_sent_then(page, report, coordinator, console):
    sign_in(page, coordinator)
    page.goto(to("section", report, "introduction"))
    block = block_of(report)
    page.route("**/blocks/**", lambda route: route.abort())
    editor(page, block).click()
    page.keyboard.type("Written in a tunnel.")
    state = page.locator(f"#block-{block.pk} .savestate")
    expect(state).to_have_attribute("data-state", "unsent")
    console.clear()
    page.unroute("**/blocks/**")
    expect(state).to_contain_text("Saved ", timeout=15_000)
    block.refresh_from_db()
    assert block.html == "<p>Written in a tunnel.</p>"
    console.clear()


def test_without_script_the_same_is_done_by_forms(new_page, report, coordinator):
    page = new_page(java_script_enabled=False)
    sign_in(page, coordinator)
    page.goto(to("section", report, "introduction"))
    block = block_of(report)
    place = page.locator(f"#block-{block.pk}")
    place.locator("textarea").fill("First paragraph.\n\nSecond paragraph.")
    follow(place.get_by_role("button", name="Save"))
    expect(page.locator(".flash")).to_contain_text("The text has been saved.")
    block.refresh_from_db()
    assert block.html == "<p>First paragraph.</p>\n\n<p>Second paragraph.</p>"
    follow(page.locator(f"#block-{block.pk}").get_by_role("button", name="Move up"))
    assert report.blocks.filter(section="introduction").first() == block


def test_pages_of_the_report_are_accessible_at_every_width(page, transactional_db):
    audit = city.audit()
    report = open_report(audit=Audit.objects.with_frame().get(pk=audit.pk), language="en")
    city.write(report)
    user = audit.members.get()
    actions.save_text(block=block_of(report), html="<p>An earlier text.</p>", version=1, by=user)
    text = block_of(report)
    actions.save_text(block=text, html="", version=text.version, by=user)
    build = report.builds.create(state="done", facts={"pages": 9, "unprintable": {"გ": 2}}, finished_at=timezone.now())
    build.file.save("x.pdf", ContentFile(b"%PDF"))
    failed = report.builds.create(state="failed", reason="memory", format="html")
    sign_in(page, user)
    for name, args in (
        ("report-home", []),
        *(("section", [one.key]) for one in outline.walk() if one.key not in ("toc", "part_2")),
        ("text-versions", [text.uuid]),
        ("build", [build.uuid]),
        ("build", [failed.uuid]),
        ("preview", []),
    ):
        page.goto(to(name, report, *args))
        expect(page.locator("h1")).to_have_count(1)
        for details in page.locator("main details:visible").all():
            details.evaluate("one => { one.open = true }")
        axe(page)
        no_overflow(page)
        looks(page, "-".join(["report", name, *map(str, args)]))


def test_pdf_is_made_while_the_page_watches(page, report, coordinator):
    sign_in(page, coordinator)
    page.goto(to("report-home", report))
    page.get_by_role("button", name="Make the PDF").click()
    panel = page.locator("#build")
    expect(panel).to_contain_text("The PDF is being made.")
    axe(page)
    link = panel.get_by_role("link", name="Download the PDF")
    expect(link).to_be_visible(timeout=90_000)
    axe(page)
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename == "velmora-city-integration-audit-2026-city-audit-report-en.pdf"
    with open(download.value.path(), "rb") as file:
        assert file.read(5) == b"%PDF-"
