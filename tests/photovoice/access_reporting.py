"""Access to the photovoice report: until photos are published, those who run photovoice alone see them."""

from uuid import uuid4

from tests.access import row, slug
from tests.factories import ActivityFactory


def a_closed_activity(world):
    return ActivityFactory(audit=world.audit, state="closed").uuid


#           anon  part  coor faci rese part revi view outs admin
READ = "    login login 200  200  403  403  404  403  404  404"
SENT = "    401   401   302  302  403  403  404  403  404  404"
GONE = "    login login 404  404  403  403  404  403  404  404"

ROWS = {
    "photovoice:report": row(READ, audit=slug, activity=a_closed_activity),
    "photovoice:report POST": row(SENT, audit=slug, activity=a_closed_activity),
    "photovoice:report-printing": row(READ, audit=slug, activity=a_closed_activity, key=uuid4()),
    "photovoice:report-file": row(GONE, audit=slug, activity=a_closed_activity, key=uuid4()),
}
