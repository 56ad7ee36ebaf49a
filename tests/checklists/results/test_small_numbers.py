"""Small numbers between pages: what one walk and all walks together show must not be subtracted (DESIGN rule 4)."""

import io
from datetime import date
from itertools import chain

import openpyxl
import pytest
from django.urls import reverse

from audits.enums import Role, StakeholderGroup
from checklists import results, tables
from checklists.models import Score
from tests.factories import (
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
    return CityWalkFactory(audit=walk.audit, checklist=walk.checklist, title="Station Quarter")


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


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.PARTNER])
def test_no_page_or_file_of_a_single_walk_has_figures_of_groups(client, member, two_walks, role):
    walk, _other = two_walks
    client.force_login(member(role))
    for name, more in [("walk-results", []), ("walk-groups", []), ("walk-item", ["V1"])]:
        page = client.get(address(name, walk, *more)).text
        assert WHY in page, name
        assert "TCN and migrants</t" not in page, name
        assert "City administration" not in page, name
        assert "Who took part" not in page, name
    words = words_of(client.get(address("walk-export", walk, "xlsx")).content)
    # Who runs walks gets everybody's scores, and then no sheet on groups at all.
    assert any(WHY in word for word in words) == (role == Role.PARTNER)
    assert not words & {str(label) for label in GROUP.labels}


def test_discussion_of_a_single_walk_has_no_figures_of_groups(client, member, two_walks):
    client.force_login(member())
    page = client.get(address("consensus", two_walks[0], "V1")).text
    assert "City administration" not in page
    assert "Average by group" not in page


def test_single_walk_leads_to_the_groups_of_all_walks(client, member, two_walks):
    walk, _other = two_walks
    client.force_login(member(Role.VIEWER))
    groups, item = pooled("audit-groups", walk), pooled("audit-item", walk, "V1")
    assert f'href="{groups}"' in client.get(address("walk-results", walk)).text
    assert f'href="{groups}"' in client.get(address("walk-groups", walk)).text
    assert f'href="{item}"' in client.get(address("walk-item", walk, "V1")).text
    for page in map(client.get, (groups, item)):
        assert "City administration" in page.text
        assert WHY not in page.text
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


def test_walk_of_few_sheets_cannot_be_worked_out_from_another_and_all(client, walk, other, member, fill):
    fill(times=9, V1=3)
    fill(times=4, on=other, V1=5)
    client.force_login(member(Role.VIEWER))
    assert "Fewer than 5 sheets are in" in viewed(client, other)
    page = viewed(client, walk)
    assert "3.00" not in page
    assert "Another walk has fewer than 5 sheets" in page
    assert client.get(address("walk-export", walk, "csv")).status_code == 404
    assert "3.62" in client.get(pooled("audit-results", walk)).text
    client.force_login(member(Role.FACILITATOR))
    assert "3.00" in viewed(client, walk)
    fill(on=other, V1=5)
    client.force_login(member(Role.VIEWER))
    assert "3.00" in viewed(client, walk)
    assert "5.00" in viewed(client, other)


def test_walks_of_few_sheets_protect_each_other(walk, other, fill):
    third = CityWalkFactory(audit=walk.audit, checklist=walk.checklist)
    for one, sheets in ((walk, 9), (other, 4), (third, 3)):
        fill(times=sheets, on=one, V1=3)
    assert [results.for_walk(one).publishable for one in (walk, other, third)] == [True, False, False]


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
    before = CityWalkFactory(checklist=walk.checklist)
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
    assert "average 3.00" not in client.get(address("walk-item", walk, "V1")).text
    fill(V1=3)
    assert "average 3.00" in client.get(address("walk-item", walk, "V1")).text


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
    client.force_login(member(role))
    page = client.get(walk.get_absolute_url()).text
    assert "3 of 25 sheets are in." in page
    assert not [label for label in GROUP.labels if str(label) in page]
    assert client.get(address("sheet-list", walk)).status_code == 403
    assert walk.join_code not in page


def test_walk_page_does_not_exist_for_reviewers(client, walk, member):
    client.force_login(member(Role.REVIEWER))
    assert client.get(walk.get_absolute_url()).status_code == 404
