"""Access to planning: the team reads what a group is about; who runs groups plans them."""

from uuid import uuid4

from tests.access import row, slug
from tests.factories import DiscussionGuideFactory, DiscussionQuestionFactory, FocusGroupFactory, SessionQuestionFactory


def with_a_guide(world):
    DiscussionGuideFactory()
    return world.audit.slug


def a_group(world):
    return FocusGroupFactory(audit=world.audit).uuid


def a_question(world):
    group = world.audit.focus_groups.get()
    source = DiscussionQuestionFactory(guide=group.guide)
    return SessionQuestionFactory(group=group, source=source, text=source.text, area=source.area).uuid


PLAN = {
    "title": "Services",
    "kind": "mixed",
    "language": "en",
    "date": "2026-10-10",
    "starts_at": "17:00",
    "minutes": "105",
    "venue": "Town hall",
    "already_held": "",
}
QUESTION = {"text": "How is it?", "area": "vision", "version": 1}

#           anon  part  coor faci rese part revi view outs admin
READ = "    login login 200  200  200  200  404  200  404  404"
RUN = "     login login 200  200  403  403  404  403  404  404"
GONE = "    login login 404  404  403  403  404  403  404  404"
SENT = "    401   401   302  302  403  403  404  403  404  404"

ROWS = {
    "focusgroups:list": row(READ, audit=slug),
    "focusgroups:detail": row(READ, audit=slug, group=a_group),
    "focusgroups:create": row(RUN, audit=with_a_guide),
    "focusgroups:create POST": row(SENT, audit=with_a_guide, data={**PLAN, "date": "2027-10-10"}),
    "focusgroups:edit": row(RUN, audit=slug, group=a_group),
    "focusgroups:edit POST": row(SENT, audit=slug, group=a_group, data={**PLAN, "version": 1}),
    "focusgroups:state": row(RUN, audit=slug, group=a_group),
    "focusgroups:state POST": row(SENT, audit=slug, group=a_group, data={"to": "open", "early": "1"}),
    "focusgroups:delete": row(RUN, audit=slug, group=a_group),
    "focusgroups:delete POST": row(SENT, audit=slug, group=a_group),
    "focusgroups:questions": row(RUN, audit=slug, group=a_group),
    "focusgroups:question-create": row(RUN, audit=slug, group=a_group),
    "focusgroups:question-create POST": row(SENT, audit=slug, group=a_group, data=QUESTION),
    "focusgroups:questions-restore POST": row(SENT, audit=slug, group=a_group),
    "focusgroups:question-edit": row(RUN, audit=slug, group=a_group, question=a_question),
    "focusgroups:question-edit POST": row(SENT, audit=slug, group=a_group, question=a_question, data=QUESTION),
    "focusgroups:question-delete": row(RUN, audit=slug, group=a_group, question=a_question),
    "focusgroups:question-delete POST": row(SENT, audit=slug, group=a_group, question=a_question),
    "focusgroups:question-move POST": row(SENT, audit=slug, group=a_group, question=a_question, data={"step": "1"}),
    "focusgroups:script": row(RUN, audit=slug, group=a_group),
    "focusgroups:script POST": row(SENT, audit=slug, group=a_group, data={"rules": "Listen.", "version": 1}),
    "focusgroups:script-read": row(RUN, audit=slug, group=a_group),
    "focusgroups:script-print": row(RUN, audit=slug, group=a_group),
    "focusgroups:script-print POST": row(SENT, audit=slug, group=a_group),
    "focusgroups:script-printing": row(RUN, audit=slug, group=a_group, key=uuid4()),
    "focusgroups:script-file": row(GONE, audit=slug, group=a_group, key=uuid4()),
}
