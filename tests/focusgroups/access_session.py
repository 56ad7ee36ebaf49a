"""Access to the session: those who run focus groups, nobody else; of publishing a hot spot a coordinator decides."""

from audits.enums import Area
from focusgroups.models import HotSpot
from tests import factories
from tests.access import row, slug


def a_group(world):
    return factories.FocusGroupFactory(audit=world.audit).uuid


def its_group(world):
    return world.audit.focus_groups.latest("pk").uuid


def a_note(world):
    group = factories.FocusGroupFactory(audit=world.audit)
    question = factories.SessionQuestionFactory(group=group, area=Area.VISION)
    return factories.NoteFactory(group=group, question=question).uuid


def a_plan(world):
    return factories.CityPlanFactory(audit=world.audit).uuid


def a_hot_spot(world):
    group = factories.FocusGroupFactory(audit=world.audit)
    plan = factories.CityPlanFactory(audit=world.audit)
    return HotSpot.objects.create(group=group, plan=plan, x=1, y=1, place="Station", issue="Dark").uuid


#          anon  part  coor faci rese part revi view outs admin
READ = "  login login 200  200  403  403  404  403  404  404"
SENT = "  401   401   302  302  403  403  404  403  404  404"
TAKEN = " 401   401   200  200  403  403  404  403  404  404"
LEAD = "  login login 200  403  403  403  404  403  404  404"
LED = "   401   401   302  403  403  403  404  403  404  404"

EMPTY = {"sheet": "00000000-0000-4000-8000-000000000002", "device": "00000000-0000-4000-8000-000000000001"}
A_NOTE = {"note": "00000000-0000-4000-8000-000000000003", "text": "They say so."}
A_SPOT = {"place": "Station", "x": "10", "y": "20", "issue": "Dark at night."}

ROWS = {
    "focusgroups:plan-list": row(READ, audit=slug),
    "focusgroups:plan-create": row(READ, audit=slug),
    "focusgroups:plan-create POST": row(TAKEN, audit=slug, data={"title": "Centre"}),
    "focusgroups:plan-delete": row(READ, audit=slug, plan=a_plan),
    "focusgroups:plan-delete POST": row(SENT, audit=slug, plan=a_plan),
    "focusgroups:notes": row(READ, audit=slug, group=a_group),
    "focusgroups:notes POST": row(SENT, audit=slug, group=a_group, data=A_NOTE),
    "focusgroups:notes-sync": row(READ, audit=slug, group=a_group),
    "focusgroups:notes-sync POST": row(TAKEN, audit=slug, group=a_group, json=True, data={**EMPTY, "changes": []}),
    "focusgroups:late-notes POST": row(SENT, audit=slug, group=a_group, data={"refuse": "1"}),
    "focusgroups:note": row(READ, audit=slug, note=a_note, group=its_group),
    "focusgroups:note POST": row(SENT, audit=slug, note=a_note, group=its_group, data=A_NOTE),
    "focusgroups:hot-spots": row(READ, audit=slug, group=a_group),
    "focusgroups:hot-spots POST": row(TAKEN, audit=slug, group=a_group),
    "focusgroups:hot-spot": row(READ, audit=slug, spot=a_hot_spot, group=its_group),
    "focusgroups:hot-spot POST": row(SENT, audit=slug, spot=a_hot_spot, group=its_group, data={**A_SPOT, "version": 1}),
    "focusgroups:hot-spot-delete": row(READ, audit=slug, spot=a_hot_spot, group=its_group),
    "focusgroups:hot-spot-delete POST": row(SENT, audit=slug, spot=a_hot_spot, group=its_group),
    "focusgroups:hot-spot-publish": row(LEAD, audit=slug, spot=a_hot_spot, group=its_group),
    "focusgroups:hot-spot-publish POST": row(
        LED, audit=slug, spot=a_hot_spot, group=its_group, data={"published": "no", "version": 1}
    ),
    "focusgroups:summary": row(READ, audit=slug, group=a_group),
    "focusgroups:summary POST": row(SENT, audit=slug, group=a_group, data={"version": 1, "text": "Agreed."}),
    "focusgroups:summary-read": row(READ, audit=slug, group=a_group),
    "focusgroups:close POST": row(SENT, audit=slug, group=a_group, data={"early": "1"}),
}
