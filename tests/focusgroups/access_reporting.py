"""Access to the report of a group: it holds what the team made of a session, so whoever sees results may have it."""

from uuid import uuid4

from tests.access import row, slug
from tests.factories import FocusGroupFactory


def a_closed_group(world):
    return FocusGroupFactory(audit=world.audit, state="closed").uuid


#           anon  part  coor faci rese part revi view outs admin
READ = "    login login 200  200  200  200  404  200  404  404"
SENT = "    401   401   302  302  302  302  404  302  404  404"
GONE = "    login login 404  404  404  404  404  404  404  404"

ROWS = {
    "focusgroups:report": row(READ, audit=slug, group=a_closed_group),
    "focusgroups:report POST": row(SENT, audit=slug, group=a_closed_group),
    "focusgroups:report-printing": row(READ, audit=slug, group=a_closed_group, key=uuid4()),
    "focusgroups:report-file": row(GONE, audit=slug, group=a_closed_group, key=uuid4()),
}
