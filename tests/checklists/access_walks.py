"""Access to the planning of walks and to the administration of their sheets."""

import uuid

from tests.access import row, slug
from tests.factories import CityWalkFactory, SheetFactory


def a_walk(world):
    return CityWalkFactory(audit=world.audit).uuid


def its_walk(world):
    return world.audit.walks.get().uuid


#              anon  part  coor faci rese part revi view outs admin
RUN_WALKS = "  login login 200  200  403  403  404  403  404  404"
SENT = "       401   401   302  302  403  403  404  403  404  404"
SEE_RESULTS = "login login 200  200  200  200  404  200  404  404"
CHANGED = "    401   401   200  200  403  403  404  403  404  404"
GONE = "       login login 404  404  403  403  404  403  404  404"
SENT_GONE = "  401   401   404  404  403  403  404  403  404  404"


def a_sheet(world):
    return SheetFactory(walk__audit=world.audit, number=1).uuid


def of_a_walk(**more):
    return {"audit": slug, "walk": a_walk, **more}


def of_a_sheet(**more):
    # In this order: the walk is the sheet's.
    return {"audit": slug, "sheet": a_sheet, "walk": its_walk, **more}


ROWS = {
    "checklists:walk-list": row(SEE_RESULTS, audit=slug),
    "checklists:walk-create": row(RUN_WALKS, audit=slug),
    "checklists:walk-create POST": row(CHANGED, audit=slug, data={"arrange": "add", "places-TOTAL_FORMS": "0"}),
    "checklists:walk-detail": row(SEE_RESULTS, **of_a_walk()),
    "checklists:walk-edit": row(RUN_WALKS, **of_a_walk()),
    "checklists:walk-edit POST": row(CHANGED, **of_a_walk(), data={"arrange": "add", "places-TOTAL_FORMS": "0"}),
    "checklists:walk-state": row(RUN_WALKS, **of_a_walk()),
    "checklists:walk-state POST": row(SENT, **of_a_walk(), data={"to": "closing"}),
    "checklists:walk-briefing": row(RUN_WALKS, **of_a_walk()),
    "checklists:walk-briefing POST": row(CHANGED, **of_a_walk(), data={"take": "nothing"}),
    "checklists:walk-pack": row(RUN_WALKS, **of_a_walk()),
    "checklists:walk-pack POST": row(CHANGED, **of_a_walk(), data={"which": "nothing"}),
    "checklists:walk-poster": row(RUN_WALKS, **of_a_walk()),
    "checklists:walk-poster POST": row(CHANGED, **of_a_walk(), data={"size": "huge"}),
    "checklists:walk-print": row(RUN_WALKS, **of_a_walk(key=uuid.uuid4())),
    "checklists:walk-print-file": row(GONE, **of_a_walk(key=uuid.uuid4())),
    "checklists:sheet-list": row(RUN_WALKS, **of_a_walk()),
    "checklists:sheet-create": row(RUN_WALKS, **of_a_walk()),
    "checklists:sheet-create POST": row(SENT, **of_a_walk(), data={"number": "1", "takes_part": "on"}),
    "checklists:sheet-template": row(RUN_WALKS, **of_a_walk(kind="csv")),
    "checklists:sheet-import": row(RUN_WALKS, **of_a_walk()),
    "checklists:sheet-import POST": row(CHANGED, **of_a_walk(), data={"nothing": "chosen"}),
    "checklists:sheet-import-preview": row(GONE, **of_a_walk(upload=uuid.uuid4())),
    "checklists:sheet-import-preview POST": row(SENT_GONE, **of_a_walk(upload=uuid.uuid4()), data={"agreed": "on"}),
    "checklists:sheet-participant": row(RUN_WALKS, **of_a_sheet()),
    "checklists:sheet-participant POST": row(SENT, **of_a_sheet(), data={"takes_part": "on"}),
    "checklists:sheet-renumber": row(RUN_WALKS, **of_a_sheet()),
    "checklists:sheet-renumber POST": row(SENT, **of_a_sheet(), data={"number": "5", "reason": "Misread"}),
    "checklists:sheet-move": row(RUN_WALKS, **of_a_sheet()),
    "checklists:sheet-move POST": row(CHANGED, **of_a_sheet(), data={"reason": "Wrong pile"}),
    "checklists:sheet-void": row(RUN_WALKS, **of_a_sheet()),
    "checklists:sheet-void POST": row(SENT, **of_a_sheet(), data={"reason": "Wet"}),
}
