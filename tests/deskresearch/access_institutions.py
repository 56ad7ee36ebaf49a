"""Access to institutions, governance and guide questions: the team reads, coordinator and researcher write."""

from tests import factories
from tests.access import row, slug


def an_institution(world):
    return factories.InstitutionFactory(audit=world.audit).uuid


def a_partnership(world):
    return factories.PartnershipFactory(audit=world.audit).uuid


def a_question(world):
    return factories.ResearchQuestionFactory(key="1.1").key


def with_a_guide(world):
    factories.ResearchGuideFactory()
    return world.audit.slug


AN_INSTITUTION = {"name": "Housing Office", "kind": "department", "level": "deliver", "exists": "on"}
A_PARTNERSHIP = {"title": "Migration forum", "kind": "consultation", "exists": "on"}
READ = "  login login 200 200 200 200 404 200 404 404"
WRITE = " login login 200 403 200 403 404 403 404 404"
SENT = "  401   401   302 403 302 403 404 403 404 404"

ROWS = {
    # column:                anon  part coor faci rese part revi view outs admin
    "deskresearch:home": row(READ, audit=slug),
    "deskresearch:institution-list": row(READ, audit=slug),
    "deskresearch:institution-detail": row(READ, audit=slug, institution=an_institution),
    "deskresearch:institution-create": row(WRITE, audit=slug),
    "deskresearch:institution-create POST": row(SENT, audit=slug, data=AN_INSTITUTION),
    "deskresearch:institution-edit": row(WRITE, audit=slug, institution=an_institution),
    "deskresearch:institution-edit POST": row(
        SENT, audit=slug, institution=an_institution, data={**AN_INSTITUTION, "version": 1}
    ),
    "deskresearch:institution-delete": row(WRITE, audit=slug, institution=an_institution),
    "deskresearch:institution-delete POST": row(SENT, audit=slug, institution=an_institution),
    "deskresearch:institution-move POST": row(SENT, audit=slug, institution=an_institution, data={"step": "1"}),
    "deskresearch:partnership-create": row(WRITE, audit=slug),
    "deskresearch:partnership-create POST": row(SENT, audit=slug, data=A_PARTNERSHIP),
    "deskresearch:partnership-edit": row(WRITE, audit=slug, partnership=a_partnership),
    "deskresearch:partnership-edit POST": row(
        SENT, audit=slug, partnership=a_partnership, data={**A_PARTNERSHIP, "version": 1}
    ),
    "deskresearch:partnership-delete": row(WRITE, audit=slug, partnership=a_partnership),
    "deskresearch:partnership-delete POST": row(SENT, audit=slug, partnership=a_partnership),
    "deskresearch:governance": row(READ, audit=slug),
    "deskresearch:governance POST": row(SENT, audit=with_a_guide, data={"strengths": "Four posts", "version": 1}),
    "deskresearch:question-list": row(READ, audit=slug),
    "deskresearch:question": row(READ, audit=slug, code=a_question),
    "deskresearch:question POST": row(
        SENT, audit=slug, code=a_question, data={"text": "None.", "state": "drafted", "version": 1}
    ),
}
