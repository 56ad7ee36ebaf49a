"""Access to results, the discussion and the ideas."""

from checklists.enums import WalkState
from tests.access import row, slug
from tests.factories import CityWalkFactory, ItemFactory, ScoreFactory, SectionFactory, SheetFactory


def a_walk(world):
    """A closed walk with five sheets, so that its figures may be read by everybody who reads aggregates."""
    walk = CityWalkFactory(audit=world.audit, state=WalkState.CLOSED)
    item = ItemFactory(section=SectionFactory(checklist=walk.checklist), key="U1")
    for number in range(1, 6):
        ScoreFactory(sheet=SheetFactory(walk=walk, number=number), item=item)
    return walk


def walk_uuid(world):
    return a_walk(world).uuid


def pooled_slug(world):
    return a_walk(world).audit.slug


def idea(world):
    walk = world.audit.walks.get()
    return walk.ideas.create(section=walk.checklist.sections.get(), text="Light the path").uuid


def its_section(world):
    return world.audit.walks.get().checklist.sections.get().pk


#          anon  part  coor faci rese part revi view outs admin
READ = "   login login 200  200  200  200  404  200  404  404"
RUN = "    login login 200  200  403  403  404  403  404  404"
WRITE = "  401   401   302  302  403  403  404  403  404  404"

FINDING = "401   401   302  302  302  403  404  403  404  404"
A_FINDING = {"kind": "task", "text": "Text"}

ROWS = {
    "checklists:audit-results": row(READ, audit=slug),
    "checklists:audit-groups": row(READ, audit=pooled_slug),
    "checklists:audit-item": row(READ, audit=pooled_slug, code="U1"),
    "checklists:audit-item POST": row(FINDING, audit=pooled_slug, code="U1", data=A_FINDING),
    "checklists:audit-export": row(READ, audit=pooled_slug, format="csv"),
    "checklists:walk-results": row(READ, audit=slug, walk=walk_uuid),
    "checklists:walk-groups": row(READ, audit=slug, walk=walk_uuid),
    "checklists:walk-item": row(READ, audit=slug, walk=walk_uuid, code="U1"),
    "checklists:walk-item POST": row(FINDING, audit=slug, walk=walk_uuid, code="U1", data=A_FINDING),
    "checklists:walk-export": row(READ, audit=slug, walk=walk_uuid, format="xlsx"),
    "checklists:consensus-list": row(READ, audit=slug, walk=walk_uuid),
    "checklists:consensus": row(RUN, audit=slug, walk=walk_uuid, code="U1"),
    "checklists:consensus POST": row(WRITE, audit=slug, walk=walk_uuid, code="U1", data={"text": "Said"}),
    "checklists:ideas": row(READ, audit=slug, walk=walk_uuid),
    "checklists:ideas POST": row(WRITE, audit=slug, walk=walk_uuid, data={"section": its_section, "text": "Light"}),
    "checklists:idea-delete POST": row(WRITE, audit=slug, walk=walk_uuid, idea=idea),
}
