"""Access to co-design: the team reads the plan; coordinators, facilitators and researchers write it."""

import uuid

from tests import factories
from tests.access import row, slug


def with_a_guide(world):
    factories.CodesignGuideFactory()
    return world.audit.slug


def a_step(world):
    return factories.ParticipationStepFactory(plan__audit=world.audit).uuid


def an_outreach(world):
    return factories.OutreachFactory(plan__audit=world.audit).uuid


def a_point(world):
    plan = factories.CodesignPlanFactory(audit=world.audit)
    return factories.CodesignChecklistItemFactory(checklist__guide=plan.guide).uuid


def a_stage(world):
    return factories.CodesignStageFactory().pk


def a_barrier(world):
    return factories.OutreachBarrierFactory().pk


def a_print(world):
    return uuid.uuid4()


READ = "  login login 200 200 200 200 404 200 404 404"
WRITE = " login login 200 200 200 403 404 403 404 404"
SENT = "  401   401   302 302 302 403 404 403 404 404"
# What lacks something comes back with it named.
ASKED = " 401   401   200 200 200 403 404 403 404 404"

ROWS = {
    # column:                         anon  part coor faci rese part revi view outs admin
    "stakeholders:codesign": row(READ, audit=slug),
    "stakeholders:codesign-tools": row(READ, audit=slug),
    "stakeholders:codesign-checklists": row(READ, audit=slug),
    "stakeholders:codesign-point": row(WRITE, audit=slug, item=a_point),
    "stakeholders:codesign-point POST": row(SENT, audit=slug, item=a_point, data={"state": "done", "version": 1}),
    "stakeholders:step-create": row(WRITE, audit=with_a_guide),
    "stakeholders:step-create POST": row(SENT, audit=slug, data={"stage": a_stage, "title": "Ask", "state": "open"}),
    "stakeholders:step": row(READ, audit=slug, step=a_step),
    "stakeholders:step POST": row(ASKED, audit=slug, step=a_step, data={"title": "Ask", "version": 1}),
    "stakeholders:step-delete": row(WRITE, audit=slug, step=a_step),
    "stakeholders:step-delete POST": row(SENT, audit=slug, step=a_step),
    "stakeholders:outreach-list": row(READ, audit=slug),
    "stakeholders:outreach-create": row(WRITE, audit=with_a_guide),
    "stakeholders:outreach-create POST": row(
        SENT, audit=slug, data={"barrier": a_barrier, "missing": "Older people", "state": "open"}
    ),
    "stakeholders:outreach": row(READ, audit=slug, outreach=an_outreach),
    "stakeholders:outreach POST": row(ASKED, audit=slug, outreach=an_outreach, data={"missing": "Men", "version": 1}),
    "stakeholders:outreach-delete": row(WRITE, audit=slug, outreach=an_outreach),
    "stakeholders:outreach-delete POST": row(SENT, audit=slug, outreach=an_outreach),
    "stakeholders:codesign-pdf": row(READ, audit=with_a_guide),
    # Without a choice of the language it asks again.
    "stakeholders:codesign-pdf POST": row("401 401 200 200 200 200 404 200 404 404", audit=with_a_guide),
    "stakeholders:codesign-print": row(READ, audit=slug, key=a_print),
    "stakeholders:codesign-print-file": row("login login 404 404 404 404 404 404 404 404", audit=slug, key=a_print),
}
