"""Coding notes by keyboard in a real browser."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from audits.enums import Role
from focusgroups.models import AreaSummary, Coding, GroupConclusions, QuestionSummary
from tests import factories

from .conftest import axe, fits, sign_in


@pytest.fixture
def facilitator(transactional_db):
    return factories.MembershipFactory(role=Role.FACILITATOR)


def test_passage_is_coded_by_keyboard_alone(page, facilitator):
    audit = facilitator.audit
    group = factories.FocusGroupFactory(audit=audit, title="Harbour")
    question = factories.SessionQuestionFactory(group=group, text="How is housing?")
    first = factories.NoteFactory(group=group, question=question, text="🏠 Rents are far too high for newcomers")
    second = factories.NoteFactory(group=group, question=question, text="Landlords refuse families", hot=True)
    factories.CodeFactory(audit=audit, name="Cost of housing")
    factories.CodingFactory(note=first, code__name="Somebody else’s idea", end=5)
    sign_in(page, facilitator.user)
    page.goto(reverse("focusgroups:coding", args=[audit.slug, group.uuid]))

    # Letters outside a focused note do nothing.
    page.keyboard.press("c")
    expect(page.get_by_role("combobox", name="Code", exact=True).first).not_to_be_focused()
    note = page.locator(f"#note-{first.uuid}")
    note.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight"):
        page.keyboard.press(key)
    expect(note.locator("[data-words]")).to_have_text("far too high")
    page.keyboard.press("c")
    box = note.get_by_role("combobox", name="Code")
    expect(box).to_be_focused()
    page.keyboard.type("hous")
    expect(note.get_by_role("option")).to_have_text(["Cost of housing", "New code: hous"])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(note.locator("mark")).to_have_text("far too high")
    expect(note).to_be_focused()

    # An overlapping passage, with a new code; then the whole of the next note.
    for key in ("ArrowRight", "ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight", "c"):
        page.keyboard.press(key)
    page.keyboard.type("Rising prices")
    page.keyboard.press("Enter")
    expect(note.locator("mark.deep")).to_have_text("far too")
    axe(page)
    page.locator(f"#note-{second.uuid}").focus()
    page.keyboard.press("c")
    page.keyboard.type("Rising prices")
    page.keyboard.press("Enter")
    expect(page.locator(f"#note-{second.uuid} mark")).to_have_text("Landlords refuse families")
    # Whoever goes on while the answer is still on its way keeps the place and what was typed there.
    held = []
    sync = f"**{reverse('focusgroups:coding-sync', args=[audit.slug, group.uuid])}*"
    page.route(sync, lambda route: held.append(route))
    note.focus()
    for key in ("ArrowRight", "c"):
        page.keyboard.press(key)
    page.keyboard.type("Rents")
    with page.expect_request(sync):
        page.keyboard.press("Enter")
    box = page.locator(f"#note-{second.uuid}").get_by_role("combobox", name="Code")
    box.focus()
    page.keyboard.type("Refu")
    held.pop().continue_()
    expect(note.locator("[data-name]", has_text="Rents")).to_be_attached()
    page.keyboard.type("sed")
    expect(box).to_have_value("Refused")
    box.fill("")
    page.unroute_all()
    own = Coding.objects.filter(coder=facilitator.user).order_by("pk")
    assert [(one.code.name, one.quote) for one in own] == [
        ("Cost of housing", "far too high"),
        ("Rising prices", "are far too"),
        ("Rising prices", "Landlords refuse families"),
        ("Rents", "Rents"),
    ]
    assert all(one.note.text[one.start : one.end] == one.quote for one in own)

    # By mouse, and taken away again.
    note.locator("[data-text]").dblclick(position={"x": 30, "y": 12})
    expect(note.locator("[data-words]")).to_have_text("Rents")
    note.get_by_role("button", name="Take away Cost of housing").click()
    expect(note.locator("mark")).to_have_text(["Rents", "are far too"])


def test_pages_of_the_analysis_are_accessible_and_fit_a_phone(page, facilitator):
    audit = facilitator.audit
    group = factories.FocusGroupFactory(audit=audit, title="Harbour and neighbourhoods")
    names = ("Cost of housing", "Fear of officialdom", "Interpreters at the counter")
    codes = [
        factories.CodeFactory(audit=audit, name=name, definition="What it takes to find a home.") for name in names
    ]
    other = factories.UserFactory(name="Ada Novak")
    for area in ("vision", "civic", "urban"):
        question = factories.SessionQuestionFactory(group=group, area=area, text=f"How is {area} in our city, and why?")
        for code in codes:
            note = factories.NoteFactory(
                group=group, question=question, text="Whoever comes new waits for months and nobody says why.", hot=True
            )
            for coder, (start, end) in ((facilitator.user, (0, 16)), (facilitator.user, (8, 32)), (other, (17, 54))):
                # About the first idea the two differ.
                own = codes[1] if coder == other and code == codes[0] else code
                quote = note.text[start:end]
                factories.CodingFactory(note=note, code=own, coder=coder, start=start, end=end, quote=quote)
        QuestionSummary.objects.create(question=question, text="Newcomers wait.").codes.set(codes[:2])
        AreaSummary.objects.create(group=group, area=area, sufficiency="partly", lacks_statistics=True, results="A\nB")
    GroupConclusions.objects.create(group=group, interest="Housing", successes="One\nTwo").interest_codes.set(codes)
    sign_in(page, facilitator.user)
    of_group = [audit.slug, group.uuid]
    for name, args in (
        ("coding", of_group),
        ("compare", of_group),
        ("analysis", of_group),
        ("conclusions", of_group),
        ("codebook", of_group[:1]),
        ("code", [audit.slug, codes[0].uuid]),
    ):
        page.goto(reverse(f"focusgroups:{name}", args=args) + ("?codes=all" if name == "coding" else ""))
        fits(page, f"focusgroups-{name}")
