"""Access to city walks: those who run walks see the sheets, nobody else of the team does."""

from checklists.models import Sheet
from tests.access import row, slug
from tests.factories import CityWalkFactory, ScoreFactory, SheetFactory


def a_walk(world):
    return CityWalkFactory(audit=world.audit).uuid


def a_walk_with_a_sheet(world):
    return SheetFactory(walk__audit=world.audit, number=1).walk.uuid


def its_sheet(world):
    return str(Sheet.objects.get(walk__audit=world.audit, number=1).uuid)


#              anon  part  coor faci rese part revi view outs admin
RUN_WALKS = "  login login 200  200  403  403  404  403  404  404"
RUN_AND_GO = " login login 302  302  403  403  404  403  404  404"
SENT = "       401   401   302  302  403  403  404  403  404  404"
DELIVERED = "  401   401   200  200  403  403  404  403  404  404"


def a_comment(world):
    sheet = SheetFactory(walk__audit=world.audit, number=1)
    return ScoreFactory(sheet=sheet, comment="A comment.").uuid


def its_walk(world):
    return world.audit.walks.get().uuid


ROWS = {
    "checklists:type-in": row(RUN_WALKS, audit=slug, walk=a_walk),
    "checklists:type-in POST": row(SENT, audit=slug, walk=a_walk),
    "checklists:sheet-entry": row(RUN_WALKS, audit=slug, walk=a_walk_with_a_sheet, number=1),
    "checklists:sheet-entry POST": row(SENT, audit=slug, walk=a_walk_with_a_sheet, number=1, data={"next": "yes"}),
    "checklists:sheet-changes POST": row(
        DELIVERED,
        audit=slug,
        walk=a_walk_with_a_sheet,
        number=1,
        json=True,
        data={"sheet": its_sheet, "device": "00000000-0000-4000-8000-000000000001", "changes": []},
    ),
    "checklists:late-answers": row(RUN_WALKS, audit=slug, walk=a_walk),
    "checklists:late-decide POST": row(
        SENT, audit=slug, walk=a_walk_with_a_sheet, number=1, data={"decision": "refuse"}
    ),
    "checklists:comment-hide": row(RUN_WALKS, audit=slug, score=a_comment, walk=its_walk),
    "checklists:comment-hide POST": row(SENT, audit=slug, score=a_comment, walk=its_walk, data={"reason": "A name."}),
}
