"""The plan of participation: the planner, its steps, the method cards, its PDF."""

import re
import uuid
from datetime import date, timedelta

import page as page_validation
import pytest
from django.utils import timezone

from audits import printing, timeline
from audits.enums import Role
from audits.models import Translation
from audits.stakeholders.enums import PointState
from audits.stakeholders.models import ChecklistPoint, CodesignPlan, Outreach, ParticipationStep
from audits.stakeholders.planning import deadlines, missing
from audits.stakeholders.printed import plan_document
from reports.document import pdf
from reports.document.html import render_html
from tests import factories

from .guides import a_guide, page, words_of

YESTERDAY = timezone.localdate() - timedelta(days=1)


@pytest.fixture
def step(plan):
    """Makes a step in the stage of a number."""

    def make(stage=1, *stakeholders, **fields):
        row = plan.guide.stages.get(key=f"stage-{stage}")
        made = factories.ParticipationStepFactory(plan=plan, stage=row, **fields)
        made.stakeholders.set(stakeholders)
        return made

    return make


def facts(audit, user):
    return [str(one.text) for one in missing(audit, user)]


# The planner ------------------------------------------------------------------------------------------------


def test_planner_says_what_is_missing(audit, team, planner, step):
    council = factories.StakeholderFactory(audit=audit, name="Women’s council", migrant_led="yes")
    others = factories.StakeholderFactory(audit=audit, name="Housing office", migrant_led="no")
    step(1, others, title="Ask around", due=YESTERDAY, state=PointState.UNDER_WAY)
    step(2, council, title="Not for us", state=PointState.NOT_FOR_US, due=YESTERDAY)

    assert facts(audit, planner) == [
        "Stage 2 of the policy cycle has no step yet",
        "Stage 3 of the policy cycle has no step yet",
        "Stage 4 of the policy cycle has no step yet",
        "No migrant-led stakeholder takes part in any step",
        "1 step of participation is overdue",
        "1 open step has no tool yet",
    ]
    assert missing(audit, planner)[0].url == page(audit, "step-create") + "?stage=stage-2"
    response = team.get(page(audit, "codesign"))
    assert all(fact in words_of(response) for fact in facts(audit, planner))

    tool = audit.codesign.guide.tools.get(key="our_own")
    for stage in (2, 3, 4):
        step(stage, council, tool=tool)
    ParticipationStep.objects.filter(title="Ask around").update(state=PointState.DONE)
    assert facts(audit, planner) == []
    assert "Every stage has a step" in words_of(team.get(page(audit, "codesign")))


def test_nothing_is_missing_while_no_plan_has_begun_and_for_whoever_may_not_see_it(audit, guide, planner):
    assert missing(audit, planner) == ()
    factories.CodesignPlanFactory(audit=audit, guide=guide)
    assert len(missing(audit, planner)) == 4
    assert missing(audit, factories.UserFactory()) == ()


def test_plan_stays_with_the_guide_it_began_with(audit, guide, team):
    stage = guide.stages.get(key="stage-2")
    team.get(page(audit, "codesign"))
    assert not CodesignPlan.objects.exists()
    team.post(page(audit, "step-create"), {"stage": stage.pk, "title": "Talk", "state": "open"})
    assert audit.codesign.guide == guide
    a_guide(code=guide.code, version="2")
    assert "Talk" in words_of(team.get(page(audit, "codesign")))
    assert audit.codesign.steps.get().stage == stage


def test_page_without_a_guide_says_so(audit, team):
    assert "No guide is loaded" in words_of(team.get(page(audit, "codesign")))
    assert team.get(page(audit, "step-create")).status_code == 404


def test_time_line_has_a_bar_for_each_dated_step_and_a_table_that_says_the_same(audit, team, step):
    step(1, title="Interviews", begins=date(2026, 3, 1), due=date(2026, 5, 31), state=PointState.DONE)
    step(1, title="One day", due=date(2026, 4, 2), state=PointState.DONE)
    step(2, title="Some time")
    step(3, title="Left out", due=date(2026, 4, 2), state=PointState.NOT_FOR_US)
    response = team.get(page(audit, "codesign"))
    line = response.context["line"]
    bars = [bar for lane in line.lanes for bar in lane.bars]
    assert [bar.step.row.title for bar in bars] == ["Interviews", "One day"]
    assert bars[1].y > bars[0].y
    assert float(bars[1].width.rstrip("%")) > 0
    assert [step.row.title for step in line.steps] == ["Interviews", "One day"]
    assert response.content.count(b'<g class="step-bar') == 2


def test_bars_and_their_names_keep_clear_of_each_other():
    axis = timeline.axis(date(2026, 1, 1), [date(2026, 12, 31)])
    days = [("a", date(2026, 1, 1), date(2026, 3, 1)), ("b", date(2026, 3, 10), date(2026, 3, 10))]
    days += [("c", date(2026, 3, 15), date(2026, 3, 16)), ("d", date(2026, 2, 1), date(2026, 12, 31))]
    assert [(bar.key, bar.row) for bar in timeline.laid(axis, days)] == [("a", 0), ("d", 1), ("b", 0), ("c", 2)]
    crowd = [(place, date(2026, 5, 1), date(2026, 6, 1)) for place in range(20)]
    assert len(timeline.laid(axis, crowd)) == timeline.ROWS


def test_guide_is_read_in_the_language_of_the_page_and_marked_where_it_is_not(audit, guide, team):
    first = guide.stages.get(key="stage-1")
    Translation.objects.create(target=first, field="title", language="hr", source=first.title, text="Procjena potreba")
    team.cookies["django_language"] = "hr"
    answer = team.get(page(audit, "codesign")).content.decode()
    assert "Procjena potreba" in answer
    assert '<span lang="en" dir="ltr">Action planning</span>' in answer


# Steps ------------------------------------------------------------------------------------------------------


def test_card_leads_to_a_step_with_its_tool_and_stage(audit, guide, team):
    answer = team.get(page(audit, "codesign-tools"))
    assert f"{page(audit, 'step-create')}?tool=mystery_shoppers" in answer.content.decode()
    # The example of a tool stands in its card alone.
    assert words_of(answer).count("London did.") == 1
    form = team.get(page(audit, "step-create"), {"tool": "mystery_shoppers"}).context["form"]
    assert form["tool"].value() == guide.tools.get(key="mystery_shoppers").pk
    assert form["stage"].value() == guide.stages.get(key="stage-3").pk


def test_step_sent_twice_is_written_once_and_other_words_show_both(audit, guide, team, planner):
    council = factories.StakeholderFactory(audit=audit)
    data = {
        "uuid": uuid.uuid4(),
        "stage": guide.stages.get(key="stage-1").pk,
        "title": "Dialogues",
        "tool": guide.tools.get(key="our_own").pk,
        "stakeholders": [council.pk],
        "begins": "2026-10-01",
        "due": "2026-11-01",
        "state": "open",
    }
    for _time in range(2):
        assert team.post(page(audit, "step-create"), data).status_code == 302
    made = ParticipationStep.objects.get()
    assert (made.title, made.tool.key, list(made.stakeholders.all())) == ("Dialogues", "our_own", [council])
    assert made.history.get().history_user == planner
    answer = team.post(page(audit, "step-create"), {**data, "title": "Other words"})
    assert answer.status_code == 409
    assert {"Dialogues", "Other words"} <= set(re.findall(r"Dialogues|Other words", answer.content.decode()))


def test_step_that_cannot_be_saved_says_why_and_keeps_what_was_typed(audit, plan, team):
    foreign = a_guide().stages.first()
    elsewhere = factories.StakeholderFactory()
    data = {"title": "Dialogues", "state": "open", "begins": "2026-11-02", "due": "2026-11-01"}
    answer = team.post(page(audit, "step-create"), {**data, "stage": foreign.pk, "stakeholders": [elsewhere.pk]})
    assert not ParticipationStep.objects.exists()
    errors = answer.context["form"].errors
    assert errors["due"] == ["The last day is before the first one."]
    assert set(errors) == {"stage", "stakeholders", "due"}
    assert 'value="Dialogues"' in answer.content.decode()


def test_two_people_change_a_step_and_both_are_shown(audit, team, step):
    council = factories.StakeholderFactory(audit=audit, name="Women’s council")
    made = step(1, council, title="Dialogues")
    address = page(audit, "step", made.uuid)
    data = {"stage": made.stage_id, "title": "Mine", "state": "open", "version": 1}
    assert team.post(address, {**data, "title": "Theirs", "stakeholders": [council.pk]}).status_code == 302
    answer = team.post(address, data)
    assert answer.status_code == 409
    assert {"Theirs", "Women’s council"} <= {value for _label, value in answer.context["differences"]}
    made.refresh_from_db()
    assert made.title == "Theirs"
    # Deleted while somebody writes: what was typed comes back.
    team.post(page(audit, "step-delete", made.uuid))
    answer = team.post(address, {**data, "version": 2})
    assert answer.status_code == 409
    assert "Mine" in answer.content.decode()


def test_partner_reads_the_plan_without_contact_data_and_without_forms(audit, client, step):
    body = factories.StakeholderFactory(
        audit=audit,
        name="Women’s council",
        email="office@council.example",
        contact_name="A. Contact",
        telephone="123456",
    )
    made = step(1, body, title="Dialogues", note="In the evening")
    client.force_login(factories.MembershipFactory(audit=audit, role=Role.PARTNER).user)
    for address in (page(audit, "codesign"), page(audit, "step", made.uuid)):
        answer = client.get(address).content.decode()
        assert "Women’s council" in answer
        assert not re.search(r"office@council|A\. Contact|123456|Add a step|<textarea", answer)
    assert "In the evening" in client.get(page(audit, "step", made.uuid)).content.decode()


# What is due ------------------------------------------------------------------------------------------------


def test_deadlines_are_those_of_what_is_open(audit, plan, step, django_assert_num_queries):
    step(1, title="Dialogues", due=date(2026, 12, 1), who="Integration unit")
    step(1, title="Done", due=date(2026, 12, 1), state=PointState.DONE)
    step(1, title="Some time")
    barrier = plan.guide.barriers.get(key="age")
    factories.OutreachFactory(plan=plan, barrier=barrier, missing="Older people", due=date(2026, 11, 1))
    item = plan.guide.checklists.get(key="cycle").items.get(key="item-2")
    point = factories.ChecklistPointFactory(plan=plan, item=item, due=date(2027, 1, 1), state=PointState.UNDER_WAY)
    factories.ParticipationStepFactory(due=date(2026, 12, 1))
    with django_assert_num_queries(3):
        found = deadlines(audit)
    assert [(one.date.month, one.text, one.who) for one in found] == [
        (11, "Outreach: Older people", ""),
        (12, "Participation: Dialogues", "Integration unit"),
        (1, "Checklist: Go deep.", ""),
    ]
    assert found[2].url.endswith(f"#point-{point.item.uuid}")


@pytest.mark.parametrize("number", [3, 300])
def test_pages_take_the_same_queries_for_three_rows_and_three_hundred(
    audit, team, plan, step, django_assert_num_queries, number
):
    first, barrier = plan.guide.stages.first(), plan.guide.barriers.first()
    bodies = factories.StakeholderFactory.create_batch(3, audit=audit)
    ParticipationStep.objects.bulk_create(
        [ParticipationStep(plan=plan, stage=first, title=f"Step {place}", due=YESTERDAY) for place in range(number)]
    )
    Outreach.objects.bulk_create(
        [Outreach(plan=plan, barrier=barrier, missing=f"People {place}") for place in range(number)]
    )
    for one in ParticipationStep.objects.all()[:3]:
        one.stakeholders.set(bodies)
    items = factories.CodesignChecklistItemFactory.create_batch(number, checklist=plan.guide.checklists.first())
    ChecklistPoint.objects.bulk_create([ChecklistPoint(plan=plan, item=item) for item in items])
    for name, queries in (("codesign", 20), ("codesign-checklists", 16), ("outreach-list", 17)):
        with django_assert_num_queries(queries):
            assert team.get(page(audit, name)).status_code == 200


# The PDF ----------------------------------------------------------------------------------------------------


def test_plan_is_an_accessible_pdf_without_contact_data(audit, plan, step, tmp_path):
    body = factories.StakeholderFactory(audit=audit, name="Women’s council", email="office@council.example")
    step(1, body, title="Dialogues", due=YESTERDAY, note="In the evening")
    tool = plan.guide.tools.get(key="mystery_shoppers")
    step(4, title="Shopping", begins=date(2026, 5, 1), due=date(2026, 6, 1), tool=tool)
    entry = factories.OutreachFactory(plan=plan, barrier=plan.guide.barriers.get(key="age"), missing="Older people")
    entry.tips.set(plan.guide.tips.filter(key="go_there"))
    item = plan.guide.checklists.get(key="bodies").items.get()
    factories.ChecklistPointFactory(plan=plan, item=item, note="Asked in May")
    document = plan_document(audit, "en")
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", render_html(document, target="page")))
    for expected in (
        "1.1 Dialogues", "(overdue)", "In the evening", "Women’s council", "4.1 Shopping", "Mystery shoppers",
        "Stage 2 of the policy cycle has no step yet", "Asked in May", "0 of 1 points are done", "Older people",
        "Tips: Go to where people are",
    ):  # fmt: skip
        assert expected in said
    assert "office@" not in said
    made = pdf.render_pdf(document, media=lambda name: None)
    path = tmp_path / "plan.pdf"
    path.write_bytes(made.data)
    assert page_validation.validate_pdf(path, profile="ua1").is_compliant


def test_plan_is_printed_in_the_chosen_language(audit, guide, team, monkeypatch):
    asked = []
    monkeypatch.setattr(printing.child, "start", lambda *args, **kwargs: asked.append(args))
    answer = team.post(page(audit, "codesign-pdf"), {"language": audit.language, "uuid": uuid.uuid4()})
    assert answer.status_code == 302
    assert len(asked) == 1
    assert "asks again by itself" not in words_of(team.get(answer["Location"]))
    assert team.get(answer["Location"]).status_code == 200
