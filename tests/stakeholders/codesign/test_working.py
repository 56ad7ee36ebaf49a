"""Working checklists and the outreach plan."""

from datetime import timedelta

import pytest
from django.utils import timezone

from audits.enums import Role
from audits.stakeholders.enums import PointState
from audits.stakeholders.models import ChecklistPoint, Outreach
from tests import factories

from .guides import page, words_of

JSON = {"HTTP_ACCEPT": "application/json"}
YESTERDAY = timezone.localdate() - timedelta(days=1)


@pytest.fixture
def item(guide):
    return guide.checklists.get(key="cycle").items.get(key="item-2")


def shown(answer):
    return [each["point"].part.row.text for one in answer.context["lists"] for each in one["points"]]


def test_point_is_saved_by_itself_and_a_stale_one_is_not(audit, team, planner, item):
    address = page(audit, "codesign-point", item.uuid)
    data = {"state": "under_way", "who": "Integration unit", "due": "2026-12-01", "note": "", "version": 1}
    answer = team.post(address, data, **JSON)
    assert answer.json()["version"] == 2
    point = ChecklistPoint.objects.get()
    assert (point.plan.audit, point.item, point.state, point.changed_by) == (audit, item, "under_way", planner)
    # Somebody else's page still has the first version: neither text is lost.
    assert team.post(address, {**data, "note": "Other"}, **JSON).status_code == 409
    both = team.post(address, {**data, "note": "Other words"})
    assert both.status_code == 409
    assert "Other words" in both.content.decode()
    answer = team.post(address, {**data, "due": "soon", "version": 2}, **JSON)
    assert answer.status_code == 422
    assert "This is not a date" in answer.json()["errors"][0]
    # Without the script the page comes back with what was typed.
    again = team.post(address, {**data, "due": "soon", "version": 2})
    assert 'value="soon"' in again.content.decode()
    assert team.post(address, {**data, "state": "done", "version": 2})["Location"].startswith(
        page(audit, "codesign-checklists")
    )


def test_what_is_missing_is_named_in_the_summary_and_a_mistyped_year_is_refused(audit, team, guide):
    said = words_of(team.post(page(audit, "outreach-create"), {"due": "1999-05-01", "action": "Go there"}))
    for name in (
        "What keeps them away? Choose the barrier that keeps them away.",
        "Who is missing? Write who is missing.",
        "Until: Write a day of the years",
    ):
        assert name in said
    assert "Go there" in said
    said = words_of(team.post(page(audit, "step-create"), {"begins": "1999-05-01"}))
    assert "What do we do? Write what you do." in said
    assert "From: Write a day of the years" in said
    assert not Outreach.objects.exists()


def test_point_of_another_guide_is_not_found(audit, team, plan):
    foreign = factories.CodesignChecklistItemFactory()
    assert team.post(page(audit, "codesign-point", foreign.uuid), {"state": "done", "version": 1}).status_code == 404
    assert not ChecklistPoint.objects.exists()


def test_checklists_count_and_are_narrowed(audit, team, plan):
    first, second, third = plan.guide.checklists.get(key="cycle").items.all()
    factories.ChecklistPointFactory(plan=plan, item=first, state=PointState.DONE, who="Integration unit", due=YESTERDAY)
    factories.ChecklistPointFactory(plan=plan, item=second, state=PointState.UNDER_WAY, who="Housing", due=YESTERDAY)
    factories.ChecklistPointFactory(plan=plan, item=third, state=PointState.NOT_FOR_US)
    address = page(audit, "codesign-checklists")
    answer = team.get(address)
    assert len(shown(answer)) == 4
    assert "1 of 2 points done" in words_of(answer)
    assert "Running it" in words_of(answer)
    assert shown(team.get(address, {"show": "open"})) == ["Go deep.", "Find a moderator."]
    assert shown(team.get(address, {"show": "overdue"})) == ["Go deep."]
    assert shown(team.get(address, {"who": "integration"})) == ["Be clear why."]
    assert len(shown(team.get(address, {"show": "nonsense"}))) == 4


def test_viewer_reads_checklists_and_outreach(audit, client, plan):
    point = plan.guide.checklists.get(key="bodies").items.get()
    factories.ChecklistPointFactory(plan=plan, item=point, note="Asked in May", who="Housing")
    entry = factories.OutreachFactory(plan=plan, barrier=plan.guide.barriers.get(key="age"), missing="Older people")
    client.force_login(factories.MembershipFactory(audit=audit, role=Role.VIEWER).user)
    lists = client.get(page(audit, "codesign-checklists"))
    assert "Asked in May" in words_of(lists)
    assert "point-form" not in lists.content.decode()
    assert "Older people" in words_of(client.get(page(audit, "outreach-list")))
    assert "Older people" in words_of(client.get(page(audit, "outreach", entry.uuid)))


def test_outreach_is_planned_by_barrier(audit, team, guide):
    gender, tip = guide.barriers.get(key="gender"), guide.tips.get(key="childcare")
    before = team.get(page(audit, "outreach-list"))
    assert words_of(before).count("Not looked at yet") == 2
    # The points on gender stand with their barrier.
    assert "Caring leaves less time." in words_of(before)
    form = team.get(page(audit, "outreach-create"), {"barrier": "gender"}).context["form"]
    assert form["barrier"].value() == gender.pk
    nobody = team.get(page(audit, "outreach-create"), {"barrier": "age", "nobody": "1"}).context["form"]
    assert (nobody["missing"].value(), nobody["state"].value()) == ("Nobody, as far as we know", PointState.NOT_FOR_US)
    data = {"barrier": gender.pk, "missing": "Mothers", "tips": [tip.pk], "action": "A crèche", "state": "under_way"}
    assert team.post(page(audit, "outreach-create"), data).status_code == 302
    after = team.get(page(audit, "outreach-list"))
    counts = {one["plan"].part.row.key: dict(one["plan"].counts) for one in after.context["barriers"]}
    assert counts["gender"] == {**dict.fromkeys(PointState, 0), PointState.UNDER_WAY: 1}
    assert "A crèche" in words_of(after)
    made = Outreach.objects.get()
    assert list(made.tips.all()) == [tip]
    assert "Write who is missing." in words_of(team.post(page(audit, "outreach-create"), {**data, "missing": ""}))
