"""A whole focus group, by those who hold it: from the register of stakeholders to the printed report."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from icalendar import Calendar
from playwright.sync_api import expect

from audits.enums import Role, TargetGroup
from focusgroups.models import Note
from tests import factories

from .conftest import PHONE, fits, follow, sign_in
from .test_focus_group_session import ready
from .test_journey import print_report

# Without a connection the page could not be opened again.
ASKS_BEFORE_LEAVING = "() => !dispatchEvent(new Event('beforeunload', { cancelable: true }))"
MINUTE = 60_000
GROUP = "Services for newcomers"
VENUE = "Harbour Library, Mill Street 4, room 2"
# Of the register: who acts, for whom, target group.
PEOPLE = [
    ("Anna Weiss", "City Council", TargetGroup.GOVERNMENT),
    ("Boris Kral", "Welfare Department", TargetGroup.ADMINISTRATION),
    ("Clara Novak", "Culture Department", TargetGroup.ADMINISTRATION),
    ("David Horn", "Municipal Police", TargetGroup.POLICE),
    ("Eva Lang", "Harbour School", TargetGroup.SCHOOLS),
    ("Farid Aziz", "Bridge Mediators", TargetGroup.MEDIATORS),
    ("Grace Mensah", "Ghana Union Velmora", TargetGroup.TCN),
    ("Huda Saleh", "Syrian Women of Velmora", TargetGroup.TCN),
    ("Ivan Petrov", "Welcome Velmora", TargetGroup.NGOS),
]
# As whom they sit there, and how many of the first ones may be quoted.
SEATS = [target_group.group.value for _name, _organisation, target_group in PEOPLE]
QUOTED = 7
COUNTER = "Nobody interprets at the counter of the citizens’ office"
RENTS = "Landlords want a guarantor whom newcomers do not have"
FORMS = "The forms exist in one language only"
# What is noted: ten lines under each of the first two questions, twenty under the third.
TEXTS = [f"{text}, case {number}." for number in range(1, 14) for text in (COUNTER, RENTS, FORMS)] + ["That is all."]
LEVELS = {"none": 1, "low": 3, "medium": 4, "high": 1}
SUMMARY = "The offices are willing, and hard to reach for whoever does not speak the language."
AREAS = {
    "vision": "The city knows its newcomers from the counter, not from figures.",
    "urban": "The underpass at the station is dark.",
    "civic": "Associations invite, and few neighbours come.",
    "attitudes": "Good practice stays within one department.",
}
SAID = "Whoever comes to the office alone leaves without an answer."
CONCLUSIONS = {
    "Themes that stirred most interest": "All spoke at once about the counter.",
    "Main successes": "The offices are willing.",
    "Main challenges": "The offices are not understood.",
    "Conclusions": "Language decides who gets help.",
    "Recommendations": "Put interpreters at the counter.",
}
FINDING = "The citizens’ office has no interpreters."
IN_REPORT = (
    "9 people took part in 1 focus group",
    f"Velmora, {VENUE}",
    "The presence of TCN communities in the city",
    "Confirmed by the participants",
    SUMMARY,
    "Partly. Lacking: statistical data.",
    *AREAS.values(),
    f"{SAID} Big ideas: Interpreters.",
    "9 people judged the level of social inclusion; how many chose which level is not shown.",
    f"{GROUP}: Interpreters.",
    *CONCLUSIONS.values(),
    FINDING,
)


@pytest.fixture
def team(transactional_db):
    """Coordinator and facilitator of an audit in which the register is filled and nothing else."""
    call_command("loaddata", "focus_group", verbosity=0)
    audit = factories.AuditFactory(title="Velmora City Integration Audit", city__name="Velmora")
    for name, organisation, target_group in PEOPLE:
        email = f"{name.split()[0].lower()}@velmora.example"
        factories.StakeholderFactory(
            audit=audit, name=organisation, contact_name=name, email=email, target_group=target_group
        )
    factories.StakeholderFactory(audit=audit, name="Chess Club", email="chess@velmora.example")
    names = {Role.COORDINATOR: "Irena Vidal", Role.FACILITATOR: "Tomas Berec"}
    return audit, *(
        factories.MembershipFactory(audit=audit, role=role, user__name=name).user for role, name in names.items()
    )


def test_focus_group_from_the_register_to_the_printed_report(team, new_page, console):
    audit, irena, tomas = team
    home = f"/audits/{audit.slug}/"
    coordinator, facilitator = new_page(), new_page()
    # Invitations go out weeks before; the session is today.
    with time_machine.travel(timezone.now() - timedelta(days=21)):
        sign_in(coordinator, irena)
        group = plan(coordinator, home)
        pick_and_invite(coordinator, group)
        link = read_letters()
        answer(new_page(viewport=PHONE), link)
        record_answer(coordinator, group)

    sign_in(coordinator, irena)
    sign_in(facilitator, tomas)
    fill_seats(facilitator, group)
    open_session(coordinator, group)
    facilitator = take_notes(facilitator, new_page, group)
    assert sorted(Note.objects.standing().values_list("text", flat=True)) == sorted(TEXTS)
    console[:] = [line for line in console if "ERR_INTERNET_DISCONNECTED" not in line]
    close(coordinator, group)

    code(facilitator, group)
    sum_up(facilitator, group)
    conclude(facilitator)
    find(facilitator, group)
    pages = print_report(coordinator, home)
    for said in IN_REPORT:
        assert said in pages
    for kept in ("case 1", "Anna Weiss", "City Council", "A ramp."):
        assert kept not in pages


def plan(page, home):
    """Plans the group for today in three weeks, as the calendar of that day has it, and gives its page."""
    page.goto(home)
    follow(page.get_by_role("link", name="Plan a focus group").first)
    page.get_by_label("Name of the group").fill(GROUP)
    page.get_by_role("radio", name=re.compile("^Mixed")).check()
    page.get_by_label("Day", exact=True).fill(f"{timezone.localdate() + timedelta(days=21)}")
    page.get_by_label("Begins at").fill("17:00")
    page.get_by_label("Place", exact=True).fill(VENUE)
    page.get_by_label("Moderator").fill("Irena Vidal")
    page.get_by_label("Rapporteur").fill("Tomas Berec")
    page.get_by_label("Childcare").fill("In the room next door.")
    fits(page, "group-form")
    follow(page.get_by_role("button", name="Save the plan"))
    expect(page.get_by_role("heading", name=GROUP, level=1)).to_be_visible()
    fits(page, "group-planned")
    return re.split("[?#]", page.url)[0]


def pick_and_invite(page, group):
    page.goto(group)
    follow(page.get_by_role("link", name="Invitations").first)
    follow(page.get_by_role("link", name="Pick from the register"))
    for name, organisation, _group in PEOPLE:
        page.get_by_role("checkbox", name=f"{organisation} {name}").check()
    fits(page, "group-pick")
    follow(page.get_by_role("button", name="Put on the list"))
    expect(page.get_by_text("9 people on the list")).to_be_visible()
    follow(page.get_by_role("link", name="Invite 9 people by e-mail"))
    fits(page, "group-send")
    follow(page.get_by_role("button", name="Send now"))
    expect(page.get_by_text("9 letters have been sent.")).to_be_visible()
    # The register does not say who is a woman or a man.
    for met in (
        "8 to 10 people: met.",
        "TCN are present: met.",
        "The target groups are covered: met. 7 of 7",
        "Invitations are out two weeks before: met.",
    ):
        expect(page.get_by_role("listitem").filter(has_text=met)).to_be_visible()
    fits(page, "group-invited")


def read_letters():
    """Each has a letter of their own with the appointment; gives the link of the first."""
    letters = {letter.to[0]: letter for letter in mail.outbox}
    assert sorted(letters) == sorted(f"{name.split()[0].lower()}@velmora.example" for name, *_rest in PEOPLE)
    links = {re.search(r"/groups/reply/\w+/", letter.body)[0] for letter in letters.values()}
    assert len(links) == 9
    letter = letters["anna@velmora.example"]
    assert VENUE in letter.body
    assert "In the room next door." in letter.body
    [(name, content, kind)] = letter.attachments
    assert (name, kind) == ("invitation.ics", "text/calendar")
    [event] = Calendar.from_ical(content).walk("VEVENT")
    begins = timezone.localtime(event.decoded("dtstart"))
    assert f"{begins:%Y-%m-%d %H:%M}" == f"{timezone.localdate() + timedelta(days=21)} 17:00"
    assert event["location"] == VENUE
    return re.search(r"/groups/reply/\w+/", letter.body)[0]


def answer(page, link):
    """Somebody answers on a telephone, by the link of the letter."""
    page.goto(link)
    page.get_by_text("Yes, I will come").click()
    page.get_by_label("What do you need").fill("A ramp.")
    fits(page, "group-reply")
    follow(page.get_by_role("button", name="Send my answer"))
    expect(page.get_by_text("Your answer so far: Yes, I will come.")).to_be_visible()


def record_answer(page, group):
    """One answer has come by the link, another by telephone."""
    page.goto(f"{group}people/")
    expect(page.get_by_role("row", name="Anna Weiss")).to_contain_text("A ramp.")
    row = page.get_by_role("row", name="Ivan Petrov")
    row.get_by_label("Answer of Ivan Petrov").select_option("Comes")
    follow(row.get_by_role("button", name="Save"))
    expect(page.get_by_text("2 come")).to_be_visible()


def fill_seats(page, group):
    """Prints nine cards and types in what each person ticked; two have not agreed to be quoted."""
    page.goto(group)
    follow(page.get_by_role("link", name="Seats and papers").first)
    follow(page.get_by_role("link", name="Print seat cards"))
    page.get_by_label("How many new seats").fill("9")
    follow(page.get_by_role("button", name="Make the PDF"))
    expect(page.get_by_text("The PDF is ready")).to_be_visible(timeout=60_000)
    page.goto(f"{group}seats/")
    for number, group_of in enumerate(SEATS, 1):
        page.get_by_label(f"Seat {number}: Takes part").check()
        page.get_by_label(f"Seat {number}: Group").select_option(group_of)
        if number <= QUOTED:
            page.get_by_label(f"Seat {number}: May be quoted").check()
    follow(page.get_by_role("button", name="Save the seats"))
    expect(page.get_by_text("9 are taken")).to_be_visible()
    fits(page, "group-seats")


def open_session(page, group):
    """The moderator has the opening before them, and opens the session."""
    page.goto(group)
    follow(page.get_by_role("link", name="Read aloud"))
    fits(page, "group-script")
    expect(page.get_by_text("The presence of TCN communities in the city").first).to_be_visible()
    page.goto(group)
    follow(page.get_by_role("link", name="Open the session"))
    follow(page.get_by_role("button", name="Open the session"))


def take_notes(page, new_page, group):
    """Forty notes, through three minutes without a connection and a browser that was closed without one.

    Gives the page of the browser that was opened again.
    """
    page.clock.install()
    page.goto(group)
    follow(page.get_by_role("link", name="Session").first)
    ready(page)
    saved = page.locator("#save")
    keep(page, TEXTS[:10])
    expect(saved).to_have_attribute("data-state", "saved")

    page.context.set_offline(True)
    page.keyboard.press("PageDown")
    keep(page, TEXTS[10:20])
    page.clock.fast_forward(3 * MINUTE)
    expect(page.locator("#unsent")).to_have_text("Not sent yet: 10")
    assert Note.objects.count() == 10
    assert page.evaluate(ASKS_BEFORE_LEAVING)
    page.context.set_offline(False)
    expect(saved).to_have_attribute("data-state", "saved")
    assert Note.objects.count() == 20
    assert not page.evaluate(ASKS_BEFORE_LEAVING)

    page.context.set_offline(True)
    page.keyboard.press("PageDown")
    keep(page, TEXTS[20:39])
    page.locator("#id_text").fill(f"! {TEXTS[39]}")
    expect(page.locator("#unsent")).to_have_text("Not sent yet: 19")
    kept = page.context.storage_state(indexed_db=True)
    page.close()

    page = new_page(storage_state=kept)
    page.goto(f"{group}notes/")
    ready(page)
    saved = page.locator("#save")
    expect(saved).to_have_attribute("data-state", "saved")
    expect(page.locator("#id_text")).to_have_value(f"! {TEXTS[39]}")
    for _press in range(2):
        page.keyboard.press("PageDown")
    page.locator("#id_text").press("Enter")
    counts = page.locator("[data-go] [data-count]")
    expect(counts).to_have_text(["10", "10", "20", *["0"] * (counts.count() - 3)])
    page.get_by_role("link", name="level of TCN's social inclusion").click()
    for level, people in LEVELS.items():
        page.get_by_role("spinbutton", name=re.compile(rf"^{level}\b", re.I)).fill(f"{people}")
    expect(page.get_by_text("9 of 9 at the table")).to_be_visible()
    page.keyboard.press("Tab")
    expect(saved).to_have_attribute("data-state", "saved")
    return page


def keep(page, texts):
    """Keeps the lines, one seat after the other; the first is hot."""
    for place, text in enumerate(texts):
        page.locator("#id_text").fill(f"#{place % 9 + 1}{'' if place else '!'} {text}")
        page.keyboard.press("Enter")
        expect(page.locator("#id_text")).to_have_value("")


def close(page, group):
    """The moderator words the summary beside the hot notes, has it confirmed, and closes."""
    page.goto(f"{group}notes/")
    follow(page.get_by_role("link", name="Summary and closing"))
    text = page.get_by_role("textbox", name="Summary")
    expect(page.get_by_role("complementary", name="What was noted")).to_contain_text(TEXTS[0])
    text.fill(SUMMARY)
    page.get_by_role("radio", name="Confirmed by the participants").check()
    follow(page.get_by_role("button", name="Save", exact=True))
    follow(page.get_by_role("link", name="Read aloud"))
    expect(page.get_by_text(SUMMARY)).to_be_visible()
    follow(page.get_by_role("link", name="Close"))
    follow(page.get_by_role("button", name="Close the session"))
    expect(page.get_by_text("The session is closed.").first).to_be_visible()


def code(page, group):
    """Puts a code by keyboard on every note that holds an idea."""
    page.goto(group)
    follow(page.get_by_role("link", name="Coding").first)
    for said in ("Seat 1", "Stirred the group"):
        expect(page.locator("article.coded-note").first).to_contain_text(said)
    names = {COUNTER: "Interpreters", RENTS: "Access to housing", FORMS: "Language of forms"}
    for note in page.locator("article.coded-note").all():
        said = note.locator("[data-text]").inner_text()
        for name in (name for text, name in names.items() if said.startswith(text)):
            note.focus()
            page.keyboard.press("c")
            page.keyboard.insert_text(name)
            page.keyboard.press("Enter")
            note.locator("mark").wait_for()
    follow(page.get_by_role("link", name="Codebook"))
    expect(page.get_by_role("row", name="Interpreters 13 13")).to_be_visible()


def sum_up(page, group):
    """One question in words and big ideas, and what came out in each area."""
    page.goto(group)
    follow(page.get_by_role("link", name="Analysis").first)
    follow(page.get_by_role("link", name="Sum up the question").first)
    page.get_by_label("What was said").fill(SAID)
    page.get_by_role("checkbox", name=re.compile("^Interpreters")).check()
    follow(page.get_by_role("button", name="Save", exact=True))
    for area, results in AREAS.items():
        follow(page.locator(f"#area-{area}").get_by_role("link", name="Sum up the area"))
        page.get_by_role("radio", name="Partly").check()
        page.get_by_label("Statistical data were lacking").check()
        page.get_by_label("Main results").fill(results)
        follow(page.get_by_role("button", name="Save", exact=True))


def conclude(page):
    follow(page.get_by_role("link", name="Write the conclusions"))
    page.get_by_role("checkbox", name=re.compile("^Interpreters")).check()
    for label, text in CONCLUSIONS.items():
        page.get_by_role("textbox", name=label).fill(text)
    follow(page.get_by_role("button", name="Save", exact=True))


def find(page, group):
    """A passage becomes a finding with its evidence."""
    page.goto(f"{group}coding/")
    follow(page.locator("article.coded-note").first.get_by_role("link", name="Write a finding from it"))
    page.get_by_label("What have you found?").fill(FINDING)
    page.get_by_role("radio", name=re.compile("^Deficiency")).check()
    follow(page.get_by_role("button", name="Save finding"))
    expect(page.get_by_role("link", name=re.compile(f"^{GROUP}, passage of .*: Interpreters"))).to_be_visible()
