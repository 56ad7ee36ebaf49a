"""Access to the list of those who are asked to a walk: who runs walks."""

from tests.access import row, slug
from tests.factories import CityWalkFactory, StakeholderFactory


def a_walk(world):
    return CityWalkFactory(audit=world.audit).uuid


def a_stakeholder(world):
    return StakeholderFactory(audit=world.audit).uuid


def a_call(world):
    walk = CityWalkFactory(audit=world.audit)
    return walk.calls.create(stakeholder=StakeholderFactory(audit=world.audit)).uuid


def its_walk(world):
    return world.audit.walks.get().uuid


#        anon  part  coor faci rese part revi view outs admin
SEEN = " login login 200  200  403  403  404  403  404  404"
SENT = " 401   401   302  302  403  403  404  403  404  404"

ROWS = {
    "checklists:walk-calls": row(SEEN, audit=slug, walk=a_walk),
    "checklists:walk-calls POST": row(SENT, audit=slug, walk=a_walk, data={"stakeholders": a_stakeholder}),
    "checklists:walk-call POST": row(SENT, audit=slug, call=a_call, walk=its_walk, data={"reply": "yes", "version": 1}),
}
