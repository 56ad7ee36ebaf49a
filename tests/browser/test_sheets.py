"""Sheets as they come in: typed in from paper with the keyboard alone, and filled in on participants' phones."""

import json
import re
import zipfile

import pytest
from playwright.sync_api import expect

from audits.enums import Area, Role
from audits.participation.models import Participant
from checklists import actions
from checklists.enums import WalkState
from checklists.models import Item, Score, Sheet
from tests.browser.conftest import PHONE, axe, follow, looks, no_overflow, sign_in, until
from tests.factories import (
    ChecklistFactory,
    CityWalkFactory,
    ItemFactory,
    MembershipFactory,
    SectionFactory,
    SheetFactory,
    WalkPlaceFactory,
)

JOIN = "/join/7KPM3XWD/"
STATEMENTS = {Area.VISION: 8, Area.CIVIC: 7, Area.URBAN: 10, Area.ATTITUDES: 5}


@pytest.fixture
def walk(transactional_db):
    checklist = ChecklistFactory()
    for area, number in STATEMENTS.items():
        section = SectionFactory(checklist=checklist, area=area, title=area.label, can_be_per_place=area == Area.URBAN)
        for index in range(number):
            statement = f"The city does well what statement {index + 1} says of {area}."
            ItemFactory(section=section, key=f"{area.letter}{index + 1}", statement=statement)
    return CityWalkFactory(
        checklist=checklist,
        title="Old Harbour",
        join_code="7KPM3XWD",
        audit__city__name="Velmora",
        audit__city__fictional=True,
        audit__controller="Data Office, Main Square 1, Velmora",
        briefing_strategies="The city adopted its strategy in 2024.",
    )


@pytest.fixture
def per_place(walk):
    walk.per_place_sections.set(walk.checklist.sections.filter(area=Area.URBAN))
    for position, name in enumerate(["Station Square", "Mill Street underpass"]):
        WalkPlaceFactory(walk=walk, name=name, position=position)
    return walk


@pytest.fixture
def typist(page, walk):
    """A page of the walk's facilitator."""
    sign_in(page, MembershipFactory(audit=walk.audit, role=Role.FACILITATOR).user)
    return page


def entry(walk, number=1):
    return f"/audits/{walk.audit.slug}/walks/{walk.uuid}/type-in/{number}/"


def ready(page):
    """Waits until the script has taken over; it first opens what is kept on the device, which loading does not wait for."""
    expect(page.locator("#plain-save")).to_be_hidden()


def saved(page):
    expect(page.locator("#save")).to_have_attribute("data-state", "saved")


IN_QUEUE = """() => new Promise((done) => {
  const open = indexedDB.open("integra");
  open.onsuccess = () => {
    const all = ["changes", "photos"].map((name) => new Promise((found) => {
      const asked = open.result.transaction(name).objectStore(name).getAll();
      asked.onsuccess = () => found(asked.result.filter((one) => !one.sent).length);
    }));
    Promise.all(all).then((counts) => { open.result.close(); done(counts); });
  };
})"""


def in_queue(page):
    """How many answers and photos of anybody wait on the phone, by the database itself."""
    return page.evaluate(IN_QUEUE)


def emptied(page):
    """Waits until neither does any more."""
    until(page, f"async () => (await ({IN_QUEUE})()).every((number) => number === 0)")


def stored(number=1):
    """Value, or why there is none, of each answer on a sheet, in the order of the paper."""
    return [
        value or missing
        for value, missing in Score.objects.filter(sheet__number=number).values_list("value", "missing")
    ]


# Typing in ---------------------------------------------------------------------------------------------------


def begin(typist, walk):
    """Begins a paper sheet, with the focus on its first line."""
    actions.begin_paper_sheet(walk=walk)
    typist.goto(entry(walk))
    ready(typist)
    typist.locator(".entry input").first.focus()


def test_sheet_of_thirty_scores_and_three_comments_is_typed_with_the_keyboard_alone(typist, walk):
    actions.begin_paper_sheet(walk=walk)
    typist.goto(entry(walk))
    expect(typist.locator("[name=group]")).to_be_focused()
    keys = typist.keyboard
    keys.type("TCN")
    for _field in ("gender", "age", "takes part"):
        keys.press("Tab")
    keys.press("Space")
    for _field in ("quoted", "guardian", "first line"):
        keys.press("Tab")
    typed = [number % 5 + 1 for number in range(30)]
    typed[4], typed[6], typed[29] = "empty", "dont_know", "empty"
    pressed = {"empty": "0", "dont_know": "-"}
    for number, value in enumerate(typed):
        keys.press(pressed.get(value) or str(value))
        if number in (2, 11, 29):
            keys.press("ArrowUp")
            keys.press("c")
            keys.type(f"Comment {number}, with 5 reasons")
            keys.press("Enter")
    expect(typist.locator("#tally")).to_have_text("30 of 30 entered")
    saved(typist)
    looks(typist, "sheet-entry-full")
    axe(typist)
    keys.press("Control+Enter")
    expect(typist).to_have_url(re.compile(r"/type-in/2/$"))

    assert stored() == typed
    comments = Score.objects.exclude(comment="").values_list("comment", flat=True)
    assert list(comments) == [f"Comment {number}, with 5 reasons" for number in (2, 11, 29)]
    sheet = Sheet.objects.counted().get()
    assert sheet.participant.group == "migrants"


def test_comment_before_the_score_leads_back_to_the_score(typist, walk):
    begin(typist, walk)
    typist.keyboard.type("cDark at night.\n2")
    typist.keyboard.type("4")
    expect(typist.locator("#tally")).to_have_text("2 of 30 entered")
    saved(typist)
    assert stored() == [2, 4]
    assert Score.objects.get(comment="Dark at night.").value == 2


def test_arrows_to_the_side_give_no_score(typist, walk):
    begin(typist, walk)
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "ArrowLeft", "ArrowLeft"):
        typist.keyboard.press(key)
    expect(typist.locator("#tally")).to_have_text("0 of 30 entered")
    typist.keyboard.press("ArrowRight")
    typist.keyboard.press("Space")
    expect(typist.locator("#tally")).to_have_text("1 of 30 entered")
    saved(typist)
    assert stored() == [2]


def test_script_that_comes_late_leaves_the_focus_where_it_is(typist, walk):
    actions.begin_paper_sheet(walk=walk)
    held = []
    typist.route("**/js/queue.js", lambda route: held.append(route))
    with typist.expect_request("**/js/queue.js"):
        typist.goto(entry(walk), wait_until="commit")
    first = typist.locator(".entry input").first
    first.focus()
    held.pop().continue_()
    ready(typist)
    expect(first).to_be_focused()
    typist.keyboard.type("4")
    saved(typist)
    assert stored() == [4]


def test_sheet_without_agreement_is_told_of_once_before_the_next(typist, walk):
    begin(typist, walk)
    typist.keyboard.type("3" * 30)
    saved(typist)
    typist.keyboard.press("Enter")
    expect(typist.locator("#say")).to_contain_text("“Takes part” is not ticked")
    expect(typist.get_by_label("Takes part")).to_be_focused()
    typist.keyboard.press("Control+Enter")
    expect(typist).to_have_url(re.compile(r"/type-in/2/$"))
    expect(typist.get_by_text("agreement missing")).to_be_visible()


def test_what_is_typed_without_a_connection_is_kept_and_sent_later(typist, walk, console):
    begin(typist, walk)
    typist.context.set_offline(True)
    typist.keyboard.type("12345")
    expect(typist.locator("#save")).to_contain_text("Kept on this computer")
    looks(typist, "sheet-entry-offline")
    axe(typist)
    assert stored() == []
    typist.context.set_offline(False)
    saved(typist)
    assert stored() == [1, 2, 3, 4, 5]
    console.clear()


def test_what_was_not_sent_survives_a_closed_page(typist, walk, console):
    begin(typist, walk)
    unreachable = lambda route: route.abort()  # noqa: E731
    typist.context.route("**/changes/", unreachable)
    typist.keyboard.type("3c")
    typist.keyboard.type("Nobody was there.")
    typist.keyboard.press("Enter")
    expect(typist.locator("#save")).to_have_attribute("data-state", "unsent")
    typist.goto("about:blank")
    typist.goto(entry(walk))
    expect(typist.locator("#tally")).to_have_text("1 of 30 entered")
    expect(typist.get_by_label("Comment on V2", exact=True)).to_have_value("Nobody was there.")
    typist.context.unroute("**/changes/", unreachable)
    typist.reload()
    saved(typist)
    assert Score.objects.filter(value=3).exists()
    assert Score.objects.filter(comment="Nobody was there.").exists()
    console.clear()


def test_answer_that_was_lost_on_the_way_back_is_not_counted_twice(typist, walk, console):
    begin(typist, walk)

    def lose(route):
        route.fetch()
        route.abort()

    typist.context.route("**/changes/", lose)
    typist.keyboard.type("4")
    expect(typist.locator("#save")).to_have_attribute("data-state", "unsent")
    typist.context.unroute("**/changes/", lose)
    typist.keyboard.type("2")
    saved(typist)
    assert stored() == [4, 2]
    assert walk.audit.changes.count() == 2
    console.clear()


def test_keys_move_clear_and_refuse_aloud(typist, walk):
    begin(typist, walk)
    keys = typist.keyboard
    keys.type("45")
    keys.press("7")
    expect(typist.locator("#say")).to_contain_text("7 is not on the scale")
    keys.press("ArrowUp")
    keys.press("Backspace")
    expect(typist.locator("#tally")).to_have_text("1 of 30 entered")
    keys.type("1")
    keys.press("Control+Enter")
    expect(typist.locator("#say")).to_contain_text("Line V2 is empty")
    saved(typist)
    assert stored() == [1, ""]


def test_urban_part_is_typed_place_by_place(typist, per_place):
    begin(typist, per_place)
    typist.get_by_label("Specific location").first.fill("North exit")
    typist.locator(".entry-place .entry input").first.focus()
    typist.keyboard.type("1234512345")
    expect(typist.locator("summary", has_text="Mill Street underpass")).to_be_focused()
    typist.keyboard.type("55")
    saved(typist)
    looks(typist, "sheet-entry-places")
    axe(typist)
    no_overflow(typist)
    places = Score.objects.order_by("pk").values_list("place__name", "value")
    assert sorted(value for place, value in places if place == "Mill Street underpass") == [5, 5]
    assert len(places) == 12
    assert set(Sheet.objects.get().places.values_list("location", flat=True)) == {"North exit", ""}


def test_refused_answer_is_marked_and_the_others_are_saved(typist, walk):
    begin(typist, walk)
    typist.keyboard.type("3")
    saved(typist)
    typist.locator(".entry textarea").nth(2).fill("x" * 2100)
    expect(typist.get_by_text("At most 2000 characters")).to_be_visible()
    expect(typist.locator("#save")).to_have_attribute("data-state", "error")
    axe(typist)
    assert stored() == [3]


def test_pages_for_typing_in_have_no_barriers(typist, walk):
    base = f"/audits/{walk.audit.slug}/walks/{walk.uuid}/"
    typist.goto(f"{base}type-in/")
    looks(typist, "sheet-entry-begin")
    axe(typist)
    no_overflow(typist)
    sheet = SheetFactory(walk=walk, number=1, source="phone")
    item = Item.objects.filter(section__checklist=walk.checklist).first()
    change = actions.AnswerChange(uuid=sheet.uuid, sequence=1, item=item.uuid, value=2, comment="Ask Mr Petrov.")
    actions.record(sheet=sheet, changes=[change], device=sheet.uuid, participant=sheet.participant)
    typist.goto(entry(walk))
    looks(typist, "sheet-entry-phone")
    axe(typist)
    no_overflow(typist)
    follow(typist.get_by_role("link", name="Hide the comment on V1"))
    expect(typist.get_by_role("heading", name="Hide this comment?")).to_be_visible()
    looks(typist, "comment-hide")
    axe(typist)
    no_overflow(typist)
    walk.state = WalkState.CLOSED
    walk.save()
    late = actions.AnswerChange(uuid=walk.uuid, sequence=2, item=item.uuid, value=5)
    actions.record(sheet=sheet, changes=[late], device=sheet.uuid, participant=sheet.participant)
    typist.goto(f"{base}late/")
    looks(typist, "late-answers")
    axe(typist)
    no_overflow(typist)
    follow(typist.get_by_role("button", name="Let them count"))
    expect(typist.get_by_text("Nothing waits for a decision")).to_be_visible()


# Taking part -------------------------------------------------------------------------------------------------


@pytest.fixture
def phone(new_page):
    return new_page(viewport=PHONE, has_touch=True, is_mobile=True)


def open_part(phone, link, part):
    """Goes to a part of the sheet by its link and waits until it is the one that is shown."""
    phone.get_by_role("link", name=link).click()
    expect(phone.locator(part)).to_be_visible()


def join(phone, scripted=True):
    """Joins the walk and returns the personal code."""
    phone.goto(JOIN)
    phone.get_by_text("I want to take part", exact=True).click()
    phone.get_by_text("I am 18 or older").click()
    follow(phone.get_by_role("button", name="Start"))
    code = phone.locator(".receipt code").inner_text()
    phone.get_by_text("I have kept my code").click()
    follow(phone.get_by_role("button", name="Go to my sheet"))
    if scripted:
        ready(phone)
    return code


def test_participant_joins_answers_and_sends(phone, walk):
    phone.goto(JOIN)
    looks(phone, "join")
    axe(phone)
    no_overflow(phone)
    follow(phone.get_by_role("button", name="Start"))
    expect(phone.locator("#errors")).to_be_focused()
    looks(phone, "join-errors")
    axe(phone)
    phone.get_by_text("I want to take part", exact=True).click()
    phone.get_by_text("I am 18 or older").click()
    follow(phone.get_by_role("button", name="Start"))
    looks(phone, "receipt")
    axe(phone)
    no_overflow(phone)
    follow(phone.get_by_role("button", name="Go to my sheet"))
    phone.get_by_text("I have kept my code").click()
    follow(phone.get_by_role("button", name="Go to my sheet"))
    ready(phone)

    open_part(phone, "3 Streets", "#part-3")
    questions = phone.locator(".question:visible")
    assert questions.count() == 10
    questions.nth(0).get_by_text("4", exact=True).click()
    questions.nth(1).get_by_text("I don’t know").click()
    questions.nth(2).get_by_text("2", exact=True).click()
    questions.nth(2).get_by_text("2", exact=True).click()
    questions.nth(0).get_by_text("Add a comment or idea").click()
    questions.nth(0).get_by_label("Idea: what would make it better?").fill("Lamps in Mill Street")
    expect(phone.locator("#count")).to_have_text("2")
    phone.get_by_role("button", name="Send my sheet").click()
    expect(phone.get_by_role("heading", name="Your sheet is sent")).to_be_visible()
    looks(phone, "participant-sheet")
    axe(phone)
    no_overflow(phone)

    assert stored() == [4, "dont_know", ""]
    assert Score.objects.get(value=4).suggestion == "Lamps in Mill Street"
    assert Sheet.objects.get().submitted_at is not None


def test_answer_is_taken_back_without_a_second_tap(phone, walk):
    join(phone)
    question = phone.locator(".question:visible").first
    question.get_by_text("4", exact=True).click()
    question.get_by_role("button", name="Take my answer back").click()
    expect(phone.locator("#count")).to_have_text("0")
    saved(phone)
    assert stored() in ([""], [])


def test_answers_given_without_a_connection_arrive_later(phone, walk, console):
    join(phone)
    phone.context.set_offline(True)
    phone.locator(".question:visible").first.get_by_text("5", exact=True).click()
    expect(phone.locator("#save")).to_contain_text("Kept on this phone, not sent yet")
    open_part(phone, "4 Attitudes", "#part-4")
    phone.locator(".question:visible").first.get_by_text("1", exact=True).click()
    phone.get_by_role("button", name="Send my sheet").click()
    axe(phone)
    assert stored() == []
    phone.context.set_offline(False)
    saved(phone)
    assert stored() == [5, 1]
    assert Sheet.objects.get().submitted_at is not None
    console.clear()


def test_answers_survive_an_ended_session_and_the_code_brings_them_in(phone, walk, console):
    code = join(phone)
    phone.context.clear_cookies(name="sessionid")
    phone.locator(".question:visible").first.get_by_text("5", exact=True).click()
    expect(phone.locator("#save")).to_contain_text("Type your personal code again")
    phone.goto(JOIN)
    phone.get_by_label("Your personal code").fill(code.lower())
    follow(phone.get_by_role("button", name="Show my sheet"))
    saved(phone)
    expect(phone.locator("#count")).to_have_text("1")
    assert stored() == [5]
    console.clear()


def come_back(phone, code):
    phone.goto(JOIN)
    phone.get_by_label("Your personal code").fill(code)
    follow(phone.get_by_role("button", name="Show my sheet"))


def first_question(phone):
    return phone.locator(".question:visible").first


def test_two_people_on_one_phone_never_fill_in_each_others_sheet(phone, walk, console):
    of_b = join(phone)
    b = Sheet.objects.get()
    phone.goto(JOIN)
    follow(phone.get_by_role("button", name="This is not my phone"))
    of_a = join(phone)
    a = Sheet.objects.latest("pk")
    phone.context.set_offline(True)
    first_question(phone).get_by_text("5", exact=True).click()
    expect(phone.locator("#save")).to_have_attribute("data-state", "unsent")
    phone.context.set_offline(False)
    saved(phone)
    assert Score.objects.get().sheet == a
    unreachable = lambda route: route.abort()  # noqa: E731
    phone.context.route("**/changes/", unreachable)
    first_question(phone).get_by_text("2", exact=True).click()
    expect(phone.locator("#save")).to_have_attribute("data-state", "unsent")

    tab = phone.context.new_page()
    come_back(tab, of_b)
    phone.context.unroute("**/changes/", unreachable)
    deliveries = []
    tab.on("request", lambda request: request.url.endswith("/changes/") and deliveries.append(request))
    first_question(tab).get_by_text("4", exact=True).click()
    saved(tab)
    assert [json.loads(request.post_data)["sheet"] for request in deliveries] == [str(b.uuid)]
    # The open tab of A still answers for A alone, and says what helps.
    first_question(phone).get_by_text("1", exact=True).click()
    expect(phone.locator("#save")).to_contain_text("Type your personal code again")
    assert set(Score.objects.values_list("sheet", "value")) == {(a.pk, 5), (b.pk, 4)}
    follow(tab.get_by_role("button", name="This is not my phone"))

    come_back(tab, of_a)
    saved(tab)
    assert set(Score.objects.values_list("sheet", "value")) == {(a.pk, 1), (b.pk, 4)}
    console.clear()


def test_newest_answers_are_sent_when_the_storage_is_full(phone, walk, console):
    join(phone)
    phone.context.set_offline(True)
    first_question(phone).get_by_text("5", exact=True).click()
    expect(phone.locator("#save")).to_have_attribute("data-state", "unsent")
    phone.evaluate("() => { Storage.prototype.setItem = () => { throw new DOMException('full'); }; }")
    first_question(phone).get_by_text("2", exact=True).click()
    phone.locator(".question:visible").nth(1).get_by_text("3", exact=True).click()
    phone.context.set_offline(False)
    saved(phone)
    assert stored() == [2, 3]
    console.clear()


def test_sheet_marked_as_sent_without_a_connection_is_sent_from_the_next_page(phone, walk, console):
    join(phone)
    unreachable = lambda route: route.abort()  # noqa: E731
    phone.context.route("**/changes/", unreachable)
    phone.get_by_role("button", name="Send my sheet").click()
    expect(phone.locator("#save")).to_have_attribute("data-state", "unsent")
    phone.context.unroute("**/changes/", unreachable)
    phone.goto(f"{JOIN}sheet/")
    saved(phone)
    assert Sheet.objects.get().submitted_at is not None
    console.clear()


def test_everything_is_saved_as_a_file_and_taken_back(phone, walk, console):
    code = join(phone)
    first_question(phone).get_by_text("5", exact=True).click()
    saved(phone)
    follow(phone.get_by_role("link", name="What I agreed to"))
    with phone.expect_download() as download:
        phone.get_by_role("link", name="Save everything that is held about me").click()
    with zipfile.ZipFile(download.value.path()) as archive:
        held = json.loads(archive.read("everything.json"))
    assert held["checklists"]["sheets"][0]["answers"][0]["score"] == 5
    follow(phone.get_by_role("link", name="Take everything back …"))
    looks(phone, "take-back")
    axe(phone)
    no_overflow(phone)
    follow(phone.get_by_role("button", name="Delete all of it"))
    expect(phone.get_by_role("heading", name="Everything is taken back")).to_be_visible()
    looks(phone, "taken-back")
    axe(phone)
    no_overflow(phone)
    assert in_queue(phone) == [0, 0]
    assert not Sheet.objects.exists()
    come_back(phone, code)
    expect(phone.get_by_text("Nothing is found under this code").first).to_be_visible()
    console.clear()


def test_leaving_asks_once_more_while_answers_are_unsent(phone, walk, console):
    join(phone)
    unreachable = lambda route: route.abort()  # noqa: E731
    phone.context.route("**/changes/", unreachable)
    phone.locator(".question:visible").first.get_by_text("5", exact=True).click()
    expect(phone.locator("#save")).to_have_attribute("data-state", "unsent")
    phone.get_by_role("button", name="This is not my phone").click()
    expect(phone.get_by_text("Some answers or photos are still only on this phone")).to_be_visible()
    axe(phone)
    follow(phone.get_by_role("button", name="This is not my phone"))
    expect(phone).to_have_url(re.compile(rf"{JOIN}$"))
    assert in_queue(phone) == [0, 0]
    console.clear()


def test_place_is_chosen_on_the_phone(phone, per_place):
    join(phone)
    open_part(phone, "3 Streets", "#part-3")
    looks(phone, "participant-places")
    axe(phone)
    no_overflow(phone)
    open_part(phone, "Mill Street underpass", "#part-3-2")
    phone.get_by_label("Where exactly?").locator("visible=true").fill("Under the bridge")
    phone.locator(".question:visible").first.get_by_text("2", exact=True).click()
    saved(phone)
    assert Score.objects.get().place.name == "Mill Street underpass"
    expect(phone.locator("[data-done]")).to_have_text(["0", "1"])
    expect(phone.locator("#bar")).to_have_attribute("max", str(sum(STATEMENTS.values()) + STATEMENTS[Area.URBAN]))
    expect(phone.locator("#save")).to_have_attribute("data-state", "saved")
    assert Sheet.objects.get().places.get().location == "Under the bridge"


def test_arabic_pages_run_from_right_to_left(phone, walk):
    phone.goto(JOIN)
    follow(phone.get_by_role("link", name="العربية"))
    expect(phone.locator("html")).to_have_attribute("dir", "rtl")
    looks(phone, "join-ar")
    axe(phone)
    no_overflow(phone)
    phone.locator("[name=taking_part]").check()
    phone.locator("[name=age][value=adult]").check()
    follow(phone.locator("form:has([name=taking_part]) button"))
    phone.locator("[name=kept]").check()
    follow(phone.locator("form:has([name=kept]) button"))
    one, five = (phone.locator(f".question:visible input[value='{value}']").first for value in (1, 5))
    assert one.bounding_box()["x"] > five.bounding_box()["x"]
    looks(phone, "participant-sheet-ar")
    axe(phone)
    no_overflow(phone)
    assert Participant.objects.get().language == "ar"


def test_long_link_of_the_briefing_breaks_on_a_phone(phone, walk):
    walk.briefing_services = "https://city.example/" + "services" * 40
    walk.save()
    join(phone)
    phone.get_by_text("Good to know before you score").click()
    expect(phone.get_by_text(walk.briefing_services)).to_be_visible()
    no_overflow(phone)


def test_sheet_works_without_scripts(new_page, walk):
    phone = new_page(viewport=PHONE, java_script_enabled=False)
    join(phone, scripted=False)
    open_part(phone, "3 Streets", "#part-3")
    assert phone.locator(".question:visible").count() == 10
    phone.locator(".question:visible").first.get_by_text("4", exact=True).click()
    open_part(phone, "Next: part 4", "#part-4")
    assert phone.locator(".question:visible").count() == 5
    phone.locator(".question:visible").first.get_by_text("2", exact=True).click()
    phone.get_by_role("button", name="Send my sheet").click()
    expect(phone.get_by_role("heading", name="Your sheet is sent")).to_be_visible()
    assert stored() == [4, 2]


def test_code_of_a_paper_form_lands_on_what_is_still_missing(phone, walk):
    ((_sheet, code),) = actions.issue_forms(walk=walk, count=1, language="en", by=None)
    phone.goto(JOIN)
    phone.get_by_role("link", name="I have a code already").click()
    phone.get_by_label("Your personal code").fill(code)
    follow(phone.get_by_role("button", name="Show my sheet"))
    expect(phone.get_by_text("Your code from the paper form is right.")).to_be_in_viewport()
    expect(phone.get_by_label("Your personal code")).to_have_count(0)


def test_other_states_of_joining_have_no_barriers(phone, walk):
    code = join(phone)
    phone.goto(JOIN)
    looks(phone, "join-again")
    axe(phone)
    follow(phone.get_by_role("link", name="What I agreed to"))
    looks(phone, "agreed")
    axe(phone)
    no_overflow(phone)
    phone.goto(JOIN)
    follow(phone.get_by_role("button", name="This is not my phone"))
    phone.get_by_label("Your personal code").fill("3333 3333")
    follow(phone.get_by_role("button", name="Show my sheet"))
    looks(phone, "join-wrong-code")
    axe(phone)
    phone.goto("/join/")
    looks(phone, "join-code")
    axe(phone)
    no_overflow(phone)
    for state in (WalkState.PLANNED, WalkState.CLOSED):
        walk.state = state
        walk.save()
        phone.goto(JOIN)
        looks(phone, f"join-{state}")
        axe(phone)
    phone.get_by_label("Your personal code").fill(code)
    follow(phone.get_by_role("button", name="Show my sheet"))
    expect(phone.get_by_text("The walk is closed")).to_be_visible()
    looks(phone, "participant-sheet-closed")
    axe(phone)
