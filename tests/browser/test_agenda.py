"""Findings and recommendations as the team meets them: a partner comments, the coordinator recommends."""

import uuid

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from audits import methods
from audits.agenda import actions
from audits.agenda.actions import EvidenceInput
from audits.enums import Role
from audits.methods import Evidence, Method, Reference
from tests import factories

from .conftest import axe, follow, looks, no_overflow, sign_in

FINDINGS = [
    ("vision", "achievement", "The city has had an integration strategy since 2023, with yearly reports to the council."),
    ("vision", "deficiency", "Information on services exists in the official language only. Newcomers learn of them from "
     "friends, often months late, and the service centre closes before most shifts end."),
    ("civic", "unused_resource", "Nine migrant-led associations meet in the library, and no department knows of them."),
    ("urban", "deficiency", "The underpass at the station is dark and has no ramp. People with prams and older people "
     "take the street instead, and women avoid it after seven."),
    ("urban", "idea", "Жителите предлагат табели на няколко езика при автобусните спирки и в подлеза."),
    ("urban", "good_practice", "The playground in Harbour Street was planned with the families who use it."),
]  # fmt: skip


def to(name, audit, *args):
    return reverse(f"agenda:{name}", args=[audit.slug, *args])


@pytest.fixture
def team(transactional_db):
    """The audit of a made-up city and its people by role."""
    audit = factories.AuditFactory(
        title="Velmora City Integration Audit 2026", city=factories.CityFactory(name="Velmora", fictional=True)
    )
    people = {
        Role.COORDINATOR: ("Irena Vidal", "Municipality of Velmora"),
        Role.RESEARCHER: ("Petra Kolar", "Velmora University"),
        Role.PARTNER: ("Amina Haddad", "Women’s Bridge"),
        Role.VIEWER: ("Jonas Lind", "City of Halberg"),
    }
    users = {
        role: factories.MembershipFactory(
            audit=audit, role=role, user=factories.UserFactory(name=name, organisation=organisation)
        ).user
        for role, (name, organisation) in people.items()
    }
    return audit, users


@pytest.fixture
def walks(monkeypatch):
    """The walks, with statements whose figures have moved since they were linked."""
    sources = {
        Reference("checklists", f"item:{code}", uuid.uuid4()): Evidence(
            f"{code} {statement}", "/", {"mean": mean, "n": 26}
        )
        for code, statement, mean in (
            ("U4", "Streets and squares can be used by everybody, whatever their age and health.", "2.38"),
            ("U7", "Public places feel safe by day and by night.", "2.10"),
            ("V3", "Services are explained in the languages of those who need them.", "2.75"),
        )
    }
    method = Method(
        key="checklists",
        name="City walks",
        icon="signpost-split",
        order=30,
        url=lambda audit: "/",
        may_see="see_results",
        resolve=lambda references, user: {one: sources[one] for one in references if one in sources},
        evidence_choices=lambda audit, user: sources.items(),
    )
    monkeypatch.setitem(methods._methods, "checklists", method)
    return list(sources.items())


@pytest.fixture
def audit(team, walks):
    """The audit with findings, evidence, comments and recommendations."""
    audit, users = team
    for area, kind, text in FINDINGS:
        evidence = []
        if kind == "deficiency":
            evidence = [
                EvidenceInput(one.app, one.type, one.source, found.caption, {"mean": "2.41", "n": 20})
                for one, found in walks[:2]
            ]
        actions.create_finding(
            audit=audit,
            area=area,
            kind=kind,
            text=text,
            method="checklists" if evidence else "",
            by=users[Role.RESEARCHER],
            evidence=evidence,
        )
    actions.comment(
        finding=audit.findings.get(number=4),
        text="It is worse in winter. Our members go round by the bridge, which takes twelve minutes more.",
        by=users[Role.PARTNER],
    )
    actions.create_recommendation(
        audit=audit,
        area="urban",
        title="Light the station underpass and build a ramp",
        text="The underpass gets light that works and a ramp, planned together with those who use it. "
        "A walk with the same people a year later shows whether it is used.",
        addressee="Department of Public Works",
        horizon="Budget of 2027",
        findings=audit.findings.filter(number__in=[4, 5]),
        by=users[Role.COORDINATOR],
    )
    actions.create_recommendation(
        audit=audit,
        area="urban",
        title="Put signs in five languages at stops",
        text="Begin with the three lines that most newcomers use.",
        by=users[Role.COORDINATOR],
    )
    return audit


def looked_at(page, name):
    axe(page)
    no_overflow(page)
    looks(page, f"agenda-{name}")


def test_partner_reads_findings_with_their_evidence_and_comments(page, audit, team):
    sign_in(page, team[1][Role.PARTNER])
    page.goto(to("finding-list", audit))
    looked_at(page, "partner-list")
    follow(page.get_by_role("link", name="Finding F4"))
    expect(page.get_by_text("Average then 2.41, now 2.38")).to_be_visible()
    assert page.get_by_role("link", name="Change the text").count() == 0
    looked_at(page, "partner-finding")

    follow(page.get_by_role("button", name="Add comment"))
    expect(page.locator("#errors")).to_be_focused()
    looked_at(page, "comment-error")
    page.get_by_label("What do you say to it?").fill("من الأفضل أن تضاء ليلاً.")
    follow(page.get_by_role("button", name="Add comment"))
    comment = audit.findings.get(number=4).comments.last()
    expect(page.locator(f"#comment-{comment.pk}")).to_be_focused()
    expect(page.locator(f"#comment-{comment.pk}").get_by_text("Amina Haddad")).to_be_visible()
    follow(page.get_by_role("link", name="Delete … your comment").last)
    looked_at(page, "comment-delete")
    follow(page.get_by_role("button", name="Delete my comment"))
    assert audit.findings.get(number=4).comments.count() == 1


def test_coordinator_writes_a_finding_and_a_recommendation_from_it(page, audit, team, walks):
    sign_in(page, team[1][Role.COORDINATOR])
    page.goto(to("finding-list", audit))
    looked_at(page, "list")
    follow(page.get_by_role("link", name="Write a finding"))
    looked_at(page, "finding-new")
    follow(page.get_by_role("button", name="Save finding"))
    assert page.locator("#errors a").count() == 3
    looked_at(page, "finding-errors")
    page.get_by_label("What have you found?").fill("Neighbours help newcomers with forms, unpaid and unknown.")
    page.get_by_role("radio", name="Attitudes towards TCN and Migrants").check()
    page.get_by_role("radio", name="Observation").check()
    follow(page.get_by_role("button", name="Save finding"))
    expect(page.get_by_role("heading", name="Finding F7")).to_be_visible()

    follow(page.get_by_role("link", name="Link evidence"))
    looked_at(page, "evidence-link")
    page.get_by_role("checkbox", name="V3 Services").check()
    follow(page.get_by_role("button", name="Link evidence"))
    expect(page.locator("#evidence").get_by_role("link", name="V3 Services").first).to_be_visible()
    follow(page.get_by_role("link", name="Unlink V3"))
    looked_at(page, "evidence-unlink")
    follow(page.get_by_role("link", name="Keep the evidence"))

    follow(page.get_by_role("link", name="Write a recommendation from this finding"))
    expect(page.get_by_role("checkbox", name="F7 Neighbours")).to_be_checked()
    expect(page.get_by_role("radio", name="Attitudes towards TCN and Migrants")).to_be_checked()
    looked_at(page, "recommendation-new")
    page.get_by_label("In one line").fill("Thank and support those who help")
    page.get_by_label("What should be done?").fill("A small fund, and a yearly meeting with the mayor.")
    follow(page.get_by_role("button", name="Save recommendation"))
    expect(page.get_by_role("link", name="V3 Services")).to_be_visible()
    looked_at(page, "recommendation")

    follow(page.get_by_role("link", name="Delete …"))
    looked_at(page, "recommendation-delete")
    page.goto(to("finding-delete", audit, 4))
    looked_at(page, "finding-delete")
    page.goto(to("recommendation-list", audit))
    looked_at(page, "recommendation-list")


def test_order_is_changed_by_keyboard_and_the_focus_stays(page, audit, team):
    sign_in(page, team[1][Role.COORDINATOR])
    page.goto(to("finding-list", audit))
    page.locator("#F6-up").focus()
    for place in (2, 1):
        page.keyboard.press("Enter")
        page.get_by_text(f"F6 is now number {place} of 3").wait_for()
        expect(page.locator("#F6-up")).to_be_focused()
    urban = page.locator("section.area-urban .numbered").evaluate_all("all => all.map((one) => one.id)")
    assert urban == ["F6", "F4", "F5"]
    axe(page)


def test_two_people_who_change_one_finding_see_both_texts(page, audit, team, console):
    sign_in(page, team[1][Role.COORDINATOR])
    page.goto(to("finding-edit", audit, 4))
    finding = audit.findings.get(number=4)
    finding.text, finding.kind = "The underpass is dark. The lamps were repaired in May and broke in June.", "task"
    actions.save_finding(finding=finding, version=1, by=team[1][Role.RESEARCHER])
    page.get_by_label("What have you found?").fill("The underpass is dark and steep.")
    follow(page.get_by_role("button", name="Save finding"))
    expect(page.get_by_role("heading", name="Two people changed F4")).to_be_visible()
    expect(page.get_by_text("The lamps were repaired in May")).to_be_visible()
    console.clear()  # The browser complains of the status 409.
    looked_at(page, "conflict")
    follow(page.get_by_role("button", name="Save mine"))
    expect(page.get_by_text("The underpass is dark and steep.")).to_be_visible()


def test_text_that_was_not_saved_is_offered_again_until_it_is(page, audit, team):
    sign_in(page, team[1][Role.COORDINATOR])
    page.goto(to("recommendation-create", audit))
    page.get_by_label("In one line").fill("Open in the evening")
    page.get_by_text("Urban Environment (3)").wait_for()
    page.get_by_role("checkbox", name="F4 The underpass").check()
    follow(page.get_by_role("link", name="Overview").first)
    page.goto(to("recommendation-create", audit))
    page.get_by_text("This window has kept it.").wait_for()
    looked_at(page, "draft")
    page.get_by_role("button", name="Put it back").click()
    expect(page.get_by_label("In one line")).to_have_value("Open in the evening")
    expect(page.get_by_role("checkbox", name="F4 The underpass")).to_be_checked()

    page.get_by_label("What should be done?").fill("One evening a week.")
    page.get_by_role("radio", name="City Vision").check()
    follow(page.get_by_role("button", name="Save recommendation"))
    page.get_by_role("heading", name="R3").wait_for()
    page.goto(to("recommendation-create", audit))
    expect(page.get_by_text("This window has kept it.")).to_be_hidden()


def test_search_finds_cyrillic_words_and_says_when_there_are_none(page, audit, team):
    sign_in(page, team[1][Role.VIEWER])
    page.goto(to("finding-list", audit))
    page.get_by_label("Search the findings").fill("АВТОБУСНИТЕ СПИРКИ")
    follow(page.get_by_role("button", name="Search"))
    expect(page.get_by_text("1 finding of 6")).to_be_visible()
    looked_at(page, "search")
    page.get_by_label("Search the findings").fill("houssing")
    follow(page.get_by_role("button", name="Search"))
    expect(page.get_by_role("heading", name="No finding like this")).to_be_visible()
    looked_at(page, "search-none")


def test_pages_without_anything_yet_say_what_comes_here(page, team):
    audit, users = team
    sign_in(page, users[Role.COORDINATOR])
    for name in ("finding-list", "recommendation-list", "recommendation-create"):
        page.goto(to(name, audit))
        looked_at(page, f"empty-{name}")
