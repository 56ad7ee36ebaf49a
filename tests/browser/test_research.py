"""The desk research in a real browser: an answer that saves itself, a long list that is narrowed, the diagram on a phone."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from audits.enums import Role
from deskresearch.models import Answer
from tests import factories

from .conftest import axe, follow, looks, no_overflow, sign_in


def to(name, audit, *args):
    return reverse(f"deskresearch:{name}", args=[audit.slug, *args])


@pytest.fixture
def researcher(transactional_db):
    """A researcher of an audit whose guide has two questions and which lists twelve documents."""
    audit = factories.AuditFactory(title="Velmora City Integration Audit 2026")
    guide = factories.ResearchGuideFactory(origin="original")
    step = factories.StepFactory(guide=guide)
    for key in ("1.4", "1.5"):
        factories.ResearchQuestionFactory(step=step, key=key)
    source = factories.SourceTypeFactory(guide=guide)
    for title in ("Жилищна програма", "Integration Strategy", *(f"Annual report {year}" for year in range(2015, 2025))):
        factories.DocumentFactory(audit=audit, title=title, source_type=source)
    return factories.MembershipFactory(audit=audit, role=Role.RESEARCHER)


def test_answer_saves_itself_and_finds_its_documents(page, researcher):
    audit = researcher.audit
    sign_in(page, researcher.user)
    page.goto(to("question", audit, "1.4"))
    page.get_by_role("textbox", name="Answer").fill("Every year, in a report to the council.")
    expect(page.get_by_role("status").filter(has_text="Saved")).to_be_visible()
    documents = page.get_by_role("group", name="Documents")
    documents.get_by_label("Find in this list").fill("ЖИЛИЩНА")
    expect(documents.get_by_text("1 of 12 shown")).to_be_visible()
    expect(documents.get_by_label("Integration Strategy")).to_be_hidden()
    documents.get_by_label("Жилищна програма").check()
    documents.get_by_label("Find in this list").press("Enter")
    documents.get_by_label("Find in this list").fill("")
    expect(documents.get_by_label("Integration Strategy")).to_be_attached()
    follow(page.get_by_role("button", name="Save and go to 1.5"))
    expect(page.get_by_text("Guide question 1.4 is saved.")).to_be_visible()
    answer = Answer.objects.get()
    assert (answer.state, [one.title for one in answer.documents.all()]) == ("drafted", ["Жилищна програма"])


def test_form_that_one_goes_back_to_makes_no_second_document(page, researcher):
    audit = researcher.audit
    sign_in(page, researcher.user)
    page.goto(to("document-create", audit))
    page.get_by_label("Title").fill("Housing programme")
    page.get_by_label("Kind of document").select_option("Programme")
    page.get_by_label("Type of source").select_option(index=1)
    page.get_by_role("radio", name="For the city as a whole").check()
    follow(page.get_by_role("button", name="Save document"))
    page.go_back()
    expect(page.get_by_label("Title")).to_have_value("Housing programme")
    follow(page.get_by_role("button", name="Save document"))
    expect(page.get_by_text("“Housing programme” is in the inventory.")).to_be_visible()
    assert audit.documents.filter(title="Housing programme").count() == 1


@pytest.mark.parametrize("name", ["home", "institution-list", "institution-create", "governance", "question-list"])
def test_pages_are_accessible_and_fit_a_phone(page, researcher, name):
    audit = researcher.audit
    council = factories.InstitutionFactory(audit=audit, name="City Council", level="decide", note="Committee")
    office = factories.InstitutionFactory(audit=audit, name="Housing Office", reports_to=council, tcn_mandate="yes")
    factories.InstitutionFactory(audit=audit, name="TCN forum", level="consult", kind="body", exists=False)
    factories.PartnershipFactory(audit=audit, standing=True, tcn="low").institutions.add(office)
    sign_in(page, researcher.user)
    page.goto(to(name, audit))
    axe(page)
    no_overflow(page)
    looks(page, f"research-{name}")


def test_text_that_is_typed_on_is_not_called_saved(page, researcher):
    page.clock.install()
    sign_in(page, researcher.user)
    page.goto(to("question", researcher.audit, "1.4"))
    answer, saved = page.get_by_role("textbox", name="Answer"), page.get_by_role("status").filter(has_text="Saved")
    answer.fill("Every year.")
    expect(saved).to_be_visible()
    # No further save begins.
    page.clock.pause_at(timezone.now() + timedelta(minutes=10))
    answer.fill("Every year, in a report.")
    expect(saved).to_be_hidden()


def test_button_pressed_while_a_save_is_under_way_is_no_conflict_with_oneself(page, researcher):
    audit = researcher.audit
    sign_in(page, researcher.user)
    page.goto(to("question", audit, "1.4"))
    said = []

    def hold(route):
        if route.request.headers.get("accept") != "application/json":
            route.continue_()
            return
        # The answer of the save is kept back until the button is pressed.
        answer = route.fetch()
        said.append(page.locator("[data-savestate]").inner_text())
        page.get_by_role("textbox", name="Answer").fill("Every year, in a report.")
        page.get_by_role("button", name="Save and go to 1.5").click()
        route.fulfill(response=answer)

    page.route("**/*", hold)
    page.get_by_role("textbox", name="Answer").fill("Every year.")
    expect(page.get_by_text("Guide question 1.4 is saved.")).to_be_visible()
    assert said == ["Saving …"]
    assert Answer.objects.get().text == "Every year, in a report."
