"""Access to coding, codebook and summaries: raw notes for those who run the groups, what they come to for the team."""

from tests import factories
from tests.access import row, slug


def a_group(world):
    return factories.FocusGroupFactory(audit=world.audit).uuid


def its_question(world):
    return factories.SessionQuestionFactory(group=world.audit.focus_groups.get()).uuid


def a_code(world):
    return factories.CodeFactory(audit=world.audit).uuid


def another_code(world):
    return factories.CodeFactory(audit=world.audit).uuid


def a_codebook(world):
    factories.CodeFactory(audit=world.audit)
    return world.audit.slug


def a_passage(world):
    code = world.audit.codes.get()
    return factories.CodingFactory(note__group__audit=world.audit, code=code).uuid


#          anon  part  coor faci rese part revi view outs admin
READ = "   login login 200  200  200  200  404  200  404  404"
RUN = "    login login 200  200  403  403  404  403  404  404"
SENT = "   401   401   302  302  403  403  404  403  404  404"

NAMED = {"name": "Rents", "definition": ""}

ROWS = {
    "focusgroups:coding": row(RUN, audit=slug, group=a_group),
    "focusgroups:coding-sync POST": row(SENT, audit=slug, group=a_group, data={"code": "Rents"}),
    "focusgroups:compare": row(RUN, audit=slug, group=a_group),
    "focusgroups:compare POST": row(SENT, audit=slug, group=a_group, data={"decide": "keep"}),
    "focusgroups:codebook": row(READ, audit=slug),
    "focusgroups:codebook POST": row(SENT, audit=slug, data=NAMED),
    "focusgroups:codes-export": row(RUN, audit=slug),
    "focusgroups:codebook-qdc": row(READ, audit=a_codebook),
    "focusgroups:code": row(READ, audit=slug, code=a_code),
    "focusgroups:code POST": row(SENT, audit=slug, code=a_code, data={**NAMED, "version": 1}),
    "focusgroups:code-merge": row(RUN, audit=slug, code=a_code),
    "focusgroups:code-merge POST": row(SENT, audit=slug, code=a_code, data={"into": another_code}),
    "focusgroups:code-split": row(RUN, audit=slug, code=a_code),
    "focusgroups:code-split POST": row(SENT, audit=slug, code=a_code, data={**NAMED, "passages": a_passage}),
    "focusgroups:code-delete": row(RUN, audit=slug, code=a_code),
    "focusgroups:code-delete POST": row(SENT, audit=slug, code=a_code),
    "focusgroups:analysis": row(READ, audit=slug, group=a_group),
    "focusgroups:question-summary": row(RUN, audit=slug, group=a_group, question=its_question),
    "focusgroups:question-summary POST": row(
        SENT, audit=slug, group=a_group, question=its_question, data={"version": 1, "text": "Said"}
    ),
    "focusgroups:area": row(RUN, audit=slug, group=a_group, area="urban"),
    "focusgroups:area POST": row(SENT, audit=slug, group=a_group, area="urban", data={"version": 1, "results": "Two"}),
    "focusgroups:conclusions": row(RUN, audit=slug, group=a_group),
    "focusgroups:conclusions POST": row(SENT, audit=slug, group=a_group, data={"version": 1, "successes": "One"}),
}
