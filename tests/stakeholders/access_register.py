"""Access to the register: those who invite see and write it; nobody else does, the platform's administration included."""

import uuid

from tests.access import row, slug
from tests.factories import StakeholderFactory


def a_stakeholder(world):
    return StakeholderFactory(audit=world.audit).uuid


#        anon  part  coor faci rese part revi view outs admin
SEEN = " login login 200  200  200  403  404  403  404  404"
SHOWN = "401   401   200  200  200  403  404  403  404  404"
SENT = " 401   401   302  302  302  403  404  403  404  404"
GONE = " login login 404  404  404  403  404  403  404  404"
NO_MORE = "401 401   404  404  404  403  404  403  404  404"
ONE = {"audit": slug, "stakeholder": a_stakeholder}

ROWS = {
    "stakeholders:list": row("    login login 200  200  200  302  404  302  404  404", audit=slug),
    "stakeholders:matrix": row(SEEN, audit=slug),
    "stakeholders:export": row(SEEN, audit=slug),
    "stakeholders:template": row(SEEN, audit=slug),
    "stakeholders:create": row(SEEN, audit=slug),
    "stakeholders:create POST": row(SENT, audit=slug, data={"name": "Housing office", "kind": "organisation"}),
    "stakeholders:detail": row(SEEN, **ONE),
    "stakeholders:edit": row(SEEN, **ONE),
    "stakeholders:edit POST": row(SENT, **ONE, data={"name": "Housing", "kind": "organisation", "version": 1}),
    "stakeholders:place POST": row(SENT, **ONE, data={"power": "4", "interest": "2", "version": 1}),
    "stakeholders:contact-remove POST": row(SENT, **ONE),
    "stakeholders:delete": row(SEEN, **ONE),
    "stakeholders:delete POST": row(SENT, **ONE),
    "stakeholders:import": row(SEEN, audit=slug),
    "stakeholders:import POST": row(SHOWN, audit=slug, data={"nothing": "chosen"}),
    "stakeholders:import-preview": row(GONE, audit=slug, upload=uuid.uuid4()),
    "stakeholders:import-preview POST": row(NO_MORE, audit=slug, upload=uuid.uuid4(), data={"bring_in": "1"}),
}
