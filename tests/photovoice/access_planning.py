"""Access to planning photo activities and to their papers: the team reads plans; who runs photovoice writes them."""

from uuid import uuid4

from tests.access import row, slug
from tests.factories import ActivityFactory, PhotovoiceGuideFactory, StakeholderFactory


def with_a_guide(world):
    PhotovoiceGuideFactory()
    return world.audit.slug


def an_activity(world):
    return ActivityFactory(audit=world.audit).uuid


def a_stakeholder(world):
    return StakeholderFactory(audit=world.audit).uuid


def a_call(world):
    activity = ActivityFactory(audit=world.audit)
    return activity.calls.create(stakeholder=StakeholderFactory(audit=world.audit)).uuid


def its_activity(world):
    return world.audit.photo_activities.get().uuid


PLAN = {
    "title": "My way",
    "kind": "collective",
    "first_day": "2027-10-10",
    "begins_at": "10:00",
    "meeting_point": "Town hall",
    "final_point": "Library",
    "target": "25",
    "already_held": "",
}

#           anon  part  coor faci rese part revi view outs admin
READ = "    login login 200  200  200  200  404  200  404  404"
RUN = "     login login 200  200  403  403  404  403  404  404"
GONE = "    login login 404  404  403  403  404  403  404  404"
AGAIN = "   401   401   200  200  403  403  404  403  404  404"
SENT = "    401   401   302  302  403  403  404  403  404  404"

OF = {"audit": slug, "activity": an_activity}

ROWS = {
    "photovoice:list": row(READ, audit=slug),
    "photovoice:create": row(RUN, audit=with_a_guide),
    "photovoice:create POST": row(AGAIN, audit=with_a_guide, data={**PLAN, "title": ""}),
    "photovoice:detail": row(READ, **OF),
    "photovoice:edit": row(RUN, **OF),
    "photovoice:edit POST": row(AGAIN, data={**PLAN, "title": ""}, **OF),
    "photovoice:state": row(RUN, **OF),
    "photovoice:state POST": row(SENT, data={"to": "closing"}, **OF),
    "photovoice:delete": row(RUN, **OF),
    "photovoice:delete POST": row(SENT, **OF),
    "photovoice:calls": row(RUN, **OF),
    "photovoice:calls POST": row(SENT, data={"stakeholders": a_stakeholder}, **OF),
    "photovoice:call POST": row(
        SENT, audit=slug, call=a_call, activity=its_activity, data={"reply": "yes", "version": 1}
    ),
    "photovoice:themes": row(RUN, **OF),
    "photovoice:themes POST": row(SENT, data={"nothing": "changed"}, **OF),
    "photovoice:invitation": row(RUN, **OF),
    "photovoice:invitation POST": row(SENT, data={"title": "Come", "text": "All of you.", "version": "1"}, **OF),
    "photovoice:prints": row(RUN, **OF),
    "photovoice:prints POST": row(AGAIN, data={"which": "nothing"}, **OF),
    "photovoice:print": row(RUN, key=uuid4(), **OF),
    "photovoice:print-file": row(GONE, key=uuid4(), **OF),
}
