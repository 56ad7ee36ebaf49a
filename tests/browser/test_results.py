"""Results of walks in a real browser: tables that are charts, groups side by side, the discussion, ideas, comments."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from audits.enums import Area, Role
from checklists.models import ConsensusNote, Score
from checklists.results import for_walk
from tests.factories import MembershipFactory
from tests.reports import city

from .conftest import PHONE, WIDE, axe, follow, looks, no_overflow, sign_in

COMMENT = "When they hear my name on the phone, the flat is gone."


@pytest.fixture
def walk(transactional_db):
    """A walk of an audit with two of them, on which the urban part was filled in at each place."""
    walk, _other = city.audit().walks.all()
    first, second, _third = walk.places.all()
    urban = Score.objects.filter(sheet__walk=walk, item__section__area=Area.URBAN)
    urban.update(place=first)
    Score.objects.bulk_create(
        Score(sheet_id=score.sheet_id, item_id=score.item_id, value=score.value, place=second)
        for score in urban.exclude(sheet__number__gt=9)
    )
    walk.per_place_sections.set(walk.checklist.sections.filter(area=Area.URBAN))
    return walk


@pytest.fixture
def team(page, walk):
    """A page of somebody who runs the walk."""
    sign_in(page, MembershipFactory(audit=walk.audit, role=Role.FACILITATOR).user)
    return page


def to(name, walk, *more):
    return reverse(f"checklists:{name}", args=[walk.audit.slug, walk.uuid, *more])


def of_all(name, walk, *more):
    return reverse(f"checklists:{name}", args=[walk.audit.slug, *more])


def heading(page, name):
    return page.get_by_role("heading", name=name, exact=True)


def test_every_page_on_results_is_accessible_and_fits_a_phone(team, walk):
    comment = Score.objects.get(comment=COMMENT)
    for name, path, shows in (
        ("walk", to("walk-results", walk), "At a glance"),
        ("walk-groups", to("walk-groups", walk), "By stakeholder group"),
        ("walk-item", to("walk-item", walk, "U8"), "Comments and suggestions"),
        ("all", of_all("audit-results", walk), "At a glance"),
        ("all-groups", of_all("audit-groups", walk), "Who took part"),
        ("all-item", of_all("audit-item", walk, "U8"), "Average by group"),
        ("discussion", to("consensus-list", walk), "All other statements, by spread"),
        ("stage", to("consensus", walk, "U1"), "What people wrote"),
        ("ideas", to("ideas", walk), "Write down an idea"),
        ("hide", to("comment-hide", walk, comment.uuid), "Hide this comment?"),
        ("walks", of_all("walk-list", walk), "City walks"),
    ):
        team.goto(path)
        expect(heading(team, shows)).to_be_visible()
        axe(team)
        no_overflow(team)
        looks(team, f"results-{name}")


def test_partner_reads_the_same_pages_without_what_only_the_team_may_do(page, walk):
    sign_in(page, MembershipFactory(audit=walk.audit, role=Role.PARTNER).user)
    for name, path in (
        ("walk", to("walk-results", walk)),
        ("all", of_all("audit-results", walk)),
        ("item", of_all("audit-item", walk, "U8")),
        ("groups", of_all("audit-groups", walk)),
        ("discussion", to("consensus-list", walk)),
        ("ideas", to("ideas", walk)),
    ):
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        axe(page)
        no_overflow(page)
        looks(page, f"results-partner-{name}")
    page.goto(of_all("audit-item", walk, "U8"))
    expect(page.get_by_text(COMMENT)).to_be_visible()
    expect(page.get_by_text("This one must never be printed.")).to_have_count(0)
    expect(page.get_by_role("link", name="Hide")).to_have_count(0)


def test_walk_with_too_few_sheets_says_so_to_readers_of_aggregates(page, walk):
    for sheet in walk.sheets.filter(number__gt=4):
        sheet.delete()
    walk.audit.walks.exclude(pk=walk.pk).get().sheets.all().delete()
    sign_in(page, MembershipFactory(audit=walk.audit, role=Role.VIEWER).user)
    for name, path in (("walk", to("walk-results", walk)), ("discussion", to("consensus-list", walk))):
        page.goto(path)
        expect(page.get_by_text("Fewer than 5 sheets are in.")).to_be_visible()
        expect(page.get_by_role("table")).to_have_count(0)
        axe(page)
        no_overflow(page)
        looks(page, f"results-few-{name}")


def test_groups_of_a_single_walk_are_found_on_the_page_of_all(team, walk):
    team.goto(to("walk-item", walk, "U8"))
    why = team.get_by_text("Stakeholder groups are compared for all walks together only")
    expect(why).to_be_visible()
    expect(team.get_by_text("Average by group")).to_have_count(0)
    follow(why.get_by_role("link", name="Results of all walks"))
    expect(heading(team, "Average by group")).to_be_visible()
    expect(team.locator("aside").get_by_text("Institutions")).to_be_visible()


def test_wide_table_scrolls_inside_its_own_region_by_keyboard(team, walk):
    team.set_viewport_size(PHONE)
    team.goto(of_all("audit-groups", walk))
    region = team.get_by_role("region", name="Average by stakeholder group").first
    region.focus()
    assert region.evaluate("one => one.scrollWidth > one.clientWidth")
    statement = region.get_by_role("rowheader").first
    where = statement.bounding_box()["x"]
    for _ in range(40):
        team.keyboard.press("ArrowRight")
    team.wait_for_function(
        "one => one.scrollLeft > 0 && one.scrollLeft + one.clientWidth >= one.scrollWidth - 1",
        arg=region.element_handle(),
    )
    # The statement stays beside its figures, and the page itself does not move.
    assert statement.bounding_box()["x"] == where
    assert team.evaluate("scrollX") == 0
    axe(team)


def test_numbers_of_people_and_answers_take_two_short_lines(team, walk):
    team.goto(to("walk-results", walk))
    cell = team.get_by_text("13 people, 22 answers").first
    for size in (WIDE, PHONE):
        team.set_viewport_size(size)
        assert cell.bounding_box()["height"] < 50, size
    team.goto(to("consensus", walk, "U1"))
    expect(team.locator("#scores").get_by_text("13 people, 22 answers")).to_be_visible()


def test_discussion_goes_on_by_keyboard(team, walk):
    order = [one.item for one in for_walk(walk).discussion]
    team.goto(to("consensus-list", walk))
    follow(team.get_by_role("link", name="Show the first statement on the big screen"))
    expect(team).to_have_title(f"{order[0]}, discussion: Old Harbour – City Integration Audit")
    expect(team.get_by_text(f"1 of {len(order)}")).to_be_visible()
    with team.expect_navigation():
        team.keyboard.press("ArrowRight")
    assert team.url.endswith(to("consensus", walk, order[1]))
    with team.expect_navigation():
        team.keyboard.press("ArrowLeft")
    assert team.url.endswith(to("consensus", walk, order[0]))
    team.keyboard.press("h")
    expect(team.get_by_role("button", name="Show scores")).to_be_visible()
    expect(team.locator("#scores")).to_have_css("visibility", "hidden")
    axe(team)
    team.keyboard.press("h")
    expect(team.locator("#scores")).to_be_visible()
    team.get_by_role("button", name="Letter keys on").click()
    team.keyboard.press("h")
    expect(team.get_by_role("button", name="Hide scores")).to_be_visible()
    team.get_by_role("button", name="Letter keys off").click()
    team.keyboard.press("n")
    note = team.get_by_label("What the group says now").and_(team.get_by_role("textbox"))
    expect(note).to_be_focused()
    # Keys belong to the text there.
    team.keyboard.type("hn")
    team.keyboard.press("ArrowLeft")
    team.keyboard.type("a")
    expect(note).to_have_value("han")


def test_note_that_was_not_saved_is_offered_again(team, walk):
    first, *_ = [one.item for one in for_walk(walk).discussion]
    team.goto(to("consensus", walk, first))
    team.keyboard.press("n")
    team.keyboard.type("It depends on the street.")
    team.keyboard.press("Escape")
    expect(team.get_by_role("textbox")).not_to_be_focused()
    team.goto(to("walk-results", walk))
    team.goto(to("consensus", walk, first))
    team.get_by_role("button", name="Put it back").click()
    expect(team.get_by_role("textbox")).to_have_value("It depends on the street.")
    follow(team.get_by_role("button", name="Save"))
    team.goto(to("consensus", walk, first))
    expect(team.get_by_text("This window has kept it.")).to_be_hidden()
    assert ConsensusNote.objects.filter(text="It depends on the street.", item__key=first).count() == 1


def test_note_is_saved_on_the_way_to_the_next_statement(team, walk):
    first, second, *_ = [one.item for one in for_walk(walk).discussion]
    team.goto(to("consensus", walk, first))
    team.get_by_role("textbox").fill("It depends on the street.")
    team.get_by_role("radio", name="2").check(force=True)
    follow(team.locator("#forward"))
    expect(team).to_have_url(re.compile(f"{to('consensus', walk, second)}#saved$"))
    expect(team.get_by_text("Saved. The scores on the sheets stay as they are.")).to_be_visible()
    note = ConsensusNote.objects.get(walk=walk, item__key=first)
    assert (note.text, note.agreed_score) == ("It depends on the street.", 2)
    team.get_by_role("textbox").fill("So do others.")
    follow(team.get_by_role("link", name="Close"))
    expect(team).to_have_url(re.compile(f"{to('consensus-list', walk)}#saved$"))
    expect(team.get_by_role("row").filter(has_text="So do others.")).to_have_count(1)
    # Nothing is sent where nothing was written.
    team.goto(to("consensus", walk, second))
    follow(team.locator("#forward"))
    expect(team.get_by_text("Saved. The scores")).to_have_count(0)


def test_stage_fills_the_screen_and_shows_the_scores_without_scrolling(team, walk):
    team.set_viewport_size(WIDE)
    code = for_walk(walk).discussion[0].item
    team.goto(to("consensus", walk, code))
    team.keyboard.press("f")
    team.wait_for_function("document.fullscreenElement === document.documentElement")
    for seen in (
        team.get_by_role("heading", level=1),
        team.get_by_role("table"),
        team.get_by_text("Spread", exact=True),
        team.get_by_role("button", name="Hide scores"),
        team.locator("#forward"),
    ):
        expect(seen).to_be_in_viewport(ratio=1)
    axe(team)
    looks(team, "results-stage-full")
    team.keyboard.press("f")
    team.wait_for_function("document.fullscreenElement === null")


def test_comment_is_hidden_from_the_page_of_its_statement(team, walk):
    team.goto(of_all("audit-item", walk, "U8"))
    follow(team.get_by_role("listitem").filter(has_text=COMMENT).get_by_role("link", name="Hide"))
    expect(heading(team, "Hide this comment?")).to_be_visible()
    follow(team.get_by_role("button", name="Hide the comment"))
    expect(team.get_by_text("Write why the comment is hidden.").first).to_be_visible()
    axe(team)
    no_overflow(team)
    looks(team, "results-hide-error")
    team.get_by_label("Why is it hidden?").fill("It names a person.")
    follow(team.get_by_role("button", name="Hide the comment"))
    assert team.url.endswith(of_all("audit-item", walk, "U8"))
    expect(team.get_by_text("The comment is hidden. It stays stored.")).to_be_visible()
    expect(team.get_by_text(COMMENT)).to_have_count(0)
    expect(team.get_by_text("This one must never be printed.").first).to_be_visible()


def test_idea_is_written_down_under_its_part_and_removed(team, walk):
    team.goto(to("ideas", walk))
    team.get_by_label("Section").select_option(label=str(Area.URBAN.label))
    team.get_by_label("Idea", exact=True).fill("Benches on the way up from the port.")
    follow(team.get_by_role("button", name="Add the idea"))
    part = team.get_by_role("region", name=str(Area.URBAN.label))
    expect(part.get_by_text("Benches on the way up from the port.", exact=True)).to_be_visible()
    axe(team)
    follow(part.get_by_role("button", name="Benches"))
    expect(team.get_by_text("The idea has been removed")).to_be_visible()
    expect(team.get_by_role("listitem").filter(has_text="Benches")).to_have_count(0)
