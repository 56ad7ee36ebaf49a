"""Small numbers between pages: what one walk and all walks together show must not be subtracted (DESIGN rule 4)."""

import io
from datetime import date
from itertools import chain

import openpyxl
import pytest
from django.urls import reverse

from audits.enums import Role, StakeholderGroup
from audits.methods import Reference
from checklists import results, scoring, tables
from checklists.enums import WalkState
from checklists.evidence import resolve
from checklists.models import Score
from tests.factories import (
    AuditFactory,
    ChecklistFactory,
    CityWalkFactory,
    ItemFactory,
    ParticipantFactory,
    SectionFactory,
    SheetFactory,
    WalkPlaceFactory,
)

pytestmark = pytest.mark.django_db
GROUP = StakeholderGroup
WHY = "Stakeholder groups are compared for all walks together only"


def address(name, walk, *more):
    return reverse(f"checklists:{name}", args=[walk.audit.slug, walk.uuid, *more])


def pooled(name, walk, *more):
    return reverse(f"checklists:{name}", args=[walk.audit.slug, *more])


@pytest.fixture
def other(walk):
    return CityWalkFactory(audit=walk.audit, checklist=walk.checklist, title="Station Quarter", state=WalkState.CLOSED)


@pytest.fixture
def two_walks(walk, other, fill):
    """Each walk and the pool are safe by themselves. Migrants of both minus migrants of the first are one person."""
    fill(GROUP.MIGRANTS, times=6, V1=3, V2=4, U1=2, U2=3)
    fill(GROUP.ADMINISTRATION, times=6, V1=5, V2=4, U1=4, U2=3)
    fill(GROUP.MIGRANTS, on=other, V1=1, V2=4, U1=2, U2=3)
    fill(GROUP.ADMINISTRATION, times=6, on=other, V1=4, V2=4, U1=4, U2=3)
    return walk, other


def shown_by_group(found):
    """Every number of people and mean of a group that stands on the pages of these results: {what: (n, mean)}."""
    shown = {("attendance", name): (n, None) for name, n, _why in tables.attendance_rows(found) if n}
    side = tables.by_groups(found)
    for part in side.sections:
        rows = [(part.section.key, part.figures), *((row.item.key, row.figures) for row in part.items)]
        shown |= {(key, one.label): (one.n, one.mean) for key, figures in rows for one in figures if one.n}
    shown |= {("checklist", one.label): (one.n, one.mean) for one in side.checklist if one.n}
    shown |= {("column", column.label): (column.people, None) for column in side.columns if column.people}
    return shown


def differences(whole, part):
    """What remains of each group of the whole without that of the part: {what: (people, their mean)}."""
    found = {}
    for what in whole.keys() & part.keys():
        (n, mean), (less, its_mean) = whole[what], part[what]
        if n > less:
            rest = None if mean is None else (n * mean - less * its_mean) / (n - less)
            found[what] = (n - less, rest)
    return found


def test_groups_of_one_walk_cannot_be_taken_from_those_of_all(two_walks):
    walk, _other = two_walks
    whole = shown_by_group(results.for_audit(walk.audit))
    assert whole["V1", "TCN and migrants"][0] == 7
    singled_out = {
        what: rest
        for one in two_walks
        for what, rest in differences(whole, shown_by_group(results.for_walk(one))).items()
        if rest[0] < 5
    }
    assert not singled_out


def test_subtraction_would_give_a_single_answer_if_a_walk_showed_its_groups(two_walks, monkeypatch):
    """That the test above looks at the right figures: without the rule it finds the one migrant, who gave a 1."""
    monkeypatch.setattr(results.Results, "shows_groups", True)
    walk, _other = two_walks
    whole, part = shown_by_group(results.for_audit(walk.audit)), shown_by_group(results.for_walk(walk))
    people, mean = differences(whole, part)["V1", "TCN and migrants"]
    assert people == 1
    assert abs(mean - 1) < 0.05
    assert differences(whole, part)["attendance", "TCN and migrants"] == (1, None)


def words_of(content):
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell}


def test_no_page_or_file_of_a_single_walk_has_figures_of_groups(client, member, two_walks):
    walk, _other = two_walks
    client.force_login(member(Role.FACILITATOR))
    for name, more in [("walk-results", []), ("walk-groups", []), ("walk-item", ["V1"])]:
        page = client.get(address(name, walk, *more)).text
        assert WHY in page, name
        assert "TCN and migrants</t" not in page, name
        assert "City administration" not in page, name
        assert "Who took part" not in page, name
    words = words_of(client.get(address("walk-export", walk, "xlsx")).content)
    assert not words & {str(label) for label in GROUP.labels}


@pytest.mark.parametrize("role", [Role.PARTNER, Role.RESEARCHER, Role.VIEWER])
def test_readers_of_aggregates_find_a_walk_beside_the_others_alone(client, member, two_walks, fill, items, role):
    """A page of its own would show what the comparison hides: statements that few people of a walk answered."""
    walk, _other = two_walks
    Score.objects.filter(item=items["V2"], sheet__walk=walk).update(value=None)
    Score.objects.filter(pk=Score.objects.filter(item=items["V2"], sheet__walk=walk).first().pk).update(value=1)
    client.force_login(member(role))
    for name, more in [("walk-results", []), ("walk-groups", []), ("walk-item", ["V1"]), ("consensus-list", [])]:
        page = client.get(address(name, walk, *more)).text
        assert "Figures of this walk are shown beside those of the other walks" in page, name
        assert "Average" not in page, name
        place = pooled("audit-item", walk, *more) if more else pooled("audit-groups", walk)
        assert f'href="{place}"' in page, name
    for format in ("csv", "xlsx"):
        assert client.get(address("walk-export", walk, format)).status_code == 404
    (side,) = [tables.by_walks(results.for_audit(walk.audit))]
    shown = {row.item.key: [figure.n for figure in row.figures] for part in side.sections for row in part.items}
    assert shown["V1"] == [12, 7]
    assert shown["V2"] == [None, None]
    assert client.get(pooled("audit-groups", walk)).status_code == 200


def test_evidence_of_a_walk_has_the_figures_of_the_comparison_and_no_other(two_walks, items, member):
    walk, _other = two_walks
    Score.objects.filter(item=items["V2"], sheet__walk=walk).update(value=None)
    Score.objects.filter(pk=Score.objects.filter(item=items["V2"], sheet__walk=walk).first().pk).update(value=1)
    references = {code: Reference("checklists", f"item:{code}", walk.uuid) for code in ("V1", "V2")}
    for role in (Role.FACILITATOR, Role.PARTNER):
        found = resolve(references.values(), member(role))
        assert found[references["V1"]].figures == {"mean": "4.00", "sd": "1.04", "n": 12}
        assert found[references["V2"]].figures == {}


def test_discussion_of_a_single_walk_has_no_figures_of_groups(client, member, two_walks):
    client.force_login(member())
    page = client.get(address("consensus", two_walks[0], "V1")).text
    assert "City administration" not in page
    assert "Average by group" not in page


def test_single_walk_leads_to_the_groups_of_all_walks(client, member, two_walks):
    walk, _other = two_walks
    client.force_login(member())
    groups, item = pooled("audit-groups", walk), pooled("audit-item", walk, "V1")
    assert f'href="{groups}"' in client.get(address("walk-results", walk)).text
    assert f'href="{groups}"' in client.get(address("walk-groups", walk)).text
    assert f'href="{item}"' in client.get(address("walk-item", walk, "V1")).text
    for page in map(client.get, (groups, item)):
        assert "City administration" in page.text
        assert WHY not in page.text
    client.force_login(member(Role.VIEWER))
    words = words_of(client.get(pooled("audit-export", walk, "xlsx")).content)
    assert "City administration" in words


def test_only_walk_with_sheets_shows_its_groups_until_another_one_has_a_sheet(walk, other, fill):
    fill(GROUP.MIGRANTS, times=5, V1=3)
    assert "TCN and migrants" in [column.label for column in tables.by_groups(results.for_walk(walk)).columns]
    (sheet,) = fill(GROUP.POLICE, on=other, V1=3)
    assert not results.for_walk(walk).shows_groups
    assert tables.by_groups(results.for_walk(walk)).columns == ()
    assert tables.attendance_rows(results.for_walk(walk)) == ()
    sheet.voided_at, sheet.void_reason = sheet.created_at, "filled in twice"
    sheet.save()
    assert results.for_walk(walk).shows_groups


def test_walk_on_another_version_or_of_another_audit_hides_no_groups(walk, fill):
    fill(GROUP.MIGRANTS, times=5, V1=3)
    for elsewhere in (CityWalkFactory(audit=walk.audit), CityWalkFactory(checklist=walk.checklist)):
        SheetFactory(walk=elsewhere)
    assert results.for_walk(walk).shows_groups


def test_no_link_leads_to_a_pool_on_another_version(client, member, two_walks):
    """All walks together are those on the version that was walked last; these groups would be other people's."""
    walk, _other = two_walks
    newer = CityWalkFactory(audit=walk.audit, date=date(2027, 1, 1))
    item = ItemFactory(section=SectionFactory(checklist=newer.checklist))
    Score.objects.create(sheet=SheetFactory(walk=newer), item=item, value=3)
    client.force_login(member())
    page = client.get(address("walk-groups", walk)).text
    assert WHY in page
    assert pooled("audit-groups", walk) not in page


def test_planning_a_walk_on_a_newer_version_leaves_the_results_as_they_are(walk, fill):
    fill(times=5, V1=3)
    CityWalkFactory(audit=walk.audit, checklist=ChecklistFactory(), date=date(2027, 1, 1))
    found = results.for_audit(walk.audit)
    assert (found.walks, found.participants) == ((walk,), 5)


# Walks with few sheets ---------------------------------------------------------------------------------------


def viewed(client, walk, name="walk-results"):
    return client.get(address(name, walk)).text


def shown_walks(found):
    side = tables.by_walks(found)
    return [figure.n for figure in side.checklist]


def test_walk_of_few_sheets_cannot_be_worked_out_from_another_and_all(walk, other, fill):
    fill(times=9, V1=3)
    fill(times=4, on=other, V1=5)
    assert shown_walks(results.for_audit(walk.audit)) == [None, None]
    fill(on=other, V1=5)
    assert shown_walks(results.for_audit(walk.audit)) == [9, 5]


def test_walks_of_few_sheets_protect_each_other(walk, other, fill):
    third = CityWalkFactory(audit=walk.audit, checklist=walk.checklist)
    for one, sheets in ((walk, 9), (other, 4), (third, 3)):
        fill(times=sheets, on=one, V1=3)
    assert shown_walks(results.for_audit(walk.audit)) == [9, None, None]


def test_walk_that_differs_from_a_group_by_one_person_is_not_shown_beside_it(walk, other, fill):
    """All but one on the first walk are migrants, and no migrant was on the other: walk minus group is that one."""
    fill(GROUP.MIGRANTS, times=8, V1=4)
    fill(GROUP.ADMINISTRATION, V1=1)
    fill(GROUP.ADMINISTRATION, times=8, on=other, V1=3)
    found = results.for_audit(walk.audit)
    assert shown_walks(found) == [None, None]
    (why,) = tables.by_walks(found).hidden
    assert why == "Old Harbour, Station Quarter: " + str(results.REASONS[scoring.Reason.CROSSING])
    assert [column.label for column in tables.by_groups(found).columns] == ["City administration", "TCN and migrants"]


def test_figures_are_for_those_who_run_the_walk_until_it_is_closed(client, walk, member, fill):
    """Each sheet that comes in would be the difference between two looks at the page."""
    fill(times=6, V1=3)
    walk.state = WalkState.OPEN
    walk.save()
    reader, facilitator = member(Role.VIEWER), member(Role.FACILITATOR)
    reference = Reference("checklists", "item:V1", walk.audit.uuid)
    client.force_login(reader)
    for name in ("audit-results", "audit-groups"):
        page = client.get(pooled(name, walk)).text
        assert "Sheets of a walk are still coming in" in page
        assert "3.00" not in page
    assert client.get(pooled("audit-export", walk, "csv")).status_code == 404
    assert resolve([reference], reader)[reference].figures == {}
    client.force_login(facilitator)
    assert "3.00" in client.get(pooled("audit-results", walk)).text
    # What is written into a finding now would tell, beside the figures of later, what came in between.
    item = client.get(pooled("audit-item", walk, "V1"))
    assert "on average" not in item.text
    client.post(pooled("audit-item", walk, "V1"), {"kind": "task", "text": "Light the path."})
    assert walk.audit.findings.get().evidence.get().figures == {}
    following = AuditFactory(previous=walk.audit)
    assert results.before(following) is None
    walk.state = WalkState.CLOSED
    walk.save()
    client.force_login(reader)
    assert "3.00" in client.get(pooled("audit-results", walk)).text
    assert resolve([reference], reader)[reference].figures["n"] == 6
    assert results.before(following) is not None


def test_people_who_left_everything_empty_protect_nobody(client, walk, member, fill):
    fill(times=4, V1=3)
    SheetFactory(walk=walk, participant=ParticipantFactory(audit=walk.audit))
    client.force_login(member(Role.VIEWER))
    assert "3.00" not in viewed(client, walk)


def test_discussion_list_has_no_figures_of_few_sheets_for_readers_of_aggregates(client, walk, member, fill):
    for value in (1, 5, 5, 5):
        fill(V1=value)
    client.force_login(member(Role.VIEWER))
    page = viewed(client, walk, "consensus-list")
    assert "4.00" not in page
    assert "Statement V1" not in page
    client.force_login(member(Role.FACILITATOR))
    assert "4.00" in viewed(client, walk, "consensus-list")


@pytest.mark.parametrize(("people", "compared"), [(4, False), (5, True)])
def test_previous_audit_is_compared_from_five_people_on(client, walk, member, fill, people, compared):
    """Now minus the change would be what the few people of then scored."""
    before = CityWalkFactory(checklist=walk.checklist, state=WalkState.CLOSED)
    walk.audit.previous = before.audit
    walk.audit.save()
    fill(times=5, V1=3)
    fill(times=people, on=before, V1=4)
    client.force_login(member())
    assert ("Change since" in viewed(client, walk)) is compared
    assert ("Change since" in client.get(address("walk-item", walk, "V1")).text) is compared
    heads = client.get(address("walk-export", walk, "csv")).content.decode("utf-8-sig").splitlines()[0]
    assert ("Average before" in heads) is compared


def test_no_figures_of_few_sheets_are_put_into_the_words_of_a_finding(client, walk, member, fill):
    fill(times=4, V1=3)
    client.force_login(member())
    assert "with 3.00 on average" not in client.get(address("walk-item", walk, "V1")).text
    fill(V1=3)
    assert "with 3.00 on average" in client.get(address("walk-item", walk, "V1")).text


# Places ------------------------------------------------------------------------------------------------------


def at_places(walk, items, **people):
    """`Quay=[4, 4]`: two people scored U1 at the place Quay of the walk."""
    for name, values in people.items():
        place = WalkPlaceFactory(walk=walk, name=name)
        for value in values:
            sheet = SheetFactory(walk=walk)
            Score.objects.create(sheet=sheet, item=items["U1"], place=place, value=value)


def shown_places(found):
    return {
        one.label
        for side in tables.by_places(found)
        for part in side.sections
        for one in chain(part.figures, *(row.figures for row in part.items))
        if one.n
    }


def test_place_cannot_be_worked_out_from_all_places_and_its_walk(walk, other, items):
    """Quay and Park together hide enough people; but the first walk without its Market would be the two at its Quay."""
    at_places(walk, items, Market=[4] * 8, Quay=[1, 2])
    at_places(other, items, Station=[4] * 8, Park=[1, 2, 3])
    found = results.for_audit(walk.audit)
    assert shown_places(found) == set()
    assert [shown_places(results.for_walk(one)) for one in (walk, other)] == [set(), set()]


def test_places_of_all_walks_stand_beside_each_other(client, walk, other, items, member):
    at_places(walk, items, Market=[4] * 8, Quay=[2] * 5)
    at_places(other, items, Station=[3] * 8, Park=[1, 2, 3], Mill=[1, 1])
    found = results.for_audit(walk.audit)
    assert shown_places(found) == {"Market", "Quay", "Station"}
    client.force_login(member())
    page = client.get(pooled("audit-groups", walk)).text
    assert "Park, Mill: Fewer than 5 people answered; they stand in the figure of Station Quarter." in page


# The walk's own page -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.PARTNER, Role.VIEWER, Role.RESEARCHER])
def test_walk_page_tells_readers_of_aggregates_how_many_came_and_nothing_of_whom(client, walk, member, fill, role):
    fill(GROUP.POLICE, V1=3)
    fill(GROUP.MIGRANTS, times=2, V1=4)
    walk.state = WalkState.OPEN
    walk.save()
    client.force_login(member(role))
    page = client.get(walk.get_absolute_url()).text
    assert "3 of 25 sheets are in." in page
    assert not [label for label in GROUP.labels if str(label) in page]
    assert client.get(address("sheet-list", walk)).status_code == 403
    assert walk.join_code not in page


def test_walk_page_does_not_exist_for_reviewers(client, walk, member):
    client.force_login(member(Role.REVIEWER))
    assert client.get(walk.get_absolute_url()).status_code == 404


def test_page_says_why_walks_are_not_compared_where_somebody_took_part_in_two(client, member, two_walks, items):
    walk, other = two_walks
    client.force_login(member(Role.VIEWER))
    page = client.get(pooled("audit-groups", walk)).text
    assert "Average by walk" in page
    assert "somebody took part in more than one walk" not in page
    sheet = SheetFactory(walk=other, participant=walk.sheets.first().participant)
    Score.objects.create(sheet=sheet, item=items["V1"], value=3)
    page = client.get(pooled("audit-groups", walk)).text
    assert "Average by walk" not in page
    assert "somebody took part in more than one walk" in page
    assert "somebody took part in more than one walk" not in client.get(address("walk-groups", walk)).text
