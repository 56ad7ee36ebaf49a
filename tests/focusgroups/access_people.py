"""Access to the invitees of a group: whoever runs groups, nobody else; and the link by which an invitee answers."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from focusgroups.actions import invitations
from tests.access import row, slug
from tests.factories import FocusGroupFactory, InviteeFactory, StakeholderFactory


def a_group(world):
    """That is still to come."""
    return _group(world).uuid


def a_group_that_is_over(world):
    return FocusGroupFactory(audit=world.audit, date=timezone.localdate() - timedelta(days=1)).uuid


def _group(world):
    return FocusGroupFactory(audit=world.audit, date=timezone.localdate() + timedelta(days=20))


def an_invitee(world):
    return InviteeFactory(group=world.audit.focus_groups.get()).uuid


def a_stakeholder(world):
    return StakeholderFactory(audit=world.audit).uuid


def a_link(world):
    invitee = InviteeFactory(group=_group(world))
    invitations.mark_invited([invitee])
    return invitations.token_of(invitee)


#           anon  part  coor faci rese part revi view outs admin
RUN = "     login login 200  200  403  403  404  403  404  404"
TAKE = "    login login 302  302  403  403  404  403  404  404"
GONE = "    login login 404  404  403  403  404  403  404  404"
AGAIN = "   401   401   200  200  403  403  404  403  404  404"
SENT = "    401   401   302  302  403  403  404  403  404  404"
OPEN = "    302   302   302  302  302  302  302  302  302  302"
NOBODY = "  404   404   404  404  404  404  404  404  404  404"

OF = {"audit": slug, "group": a_group}
ONE = {**OF, "invitee": an_invitee}
PERSON = {"name": "Somebody", "target_group": "ngos"}
LETTER = {"subject": "Come", "text": "{link}", "version": 1}

ROWS = {
    "focusgroups:invitee-list": row(RUN, **OF),
    "focusgroups:invitee-create": row(RUN, **OF),
    "focusgroups:invitee-create POST": row(SENT, data=PERSON, **OF),
    "focusgroups:invitee-pick": row(RUN, **OF),
    "focusgroups:invitee-pick POST": row(SENT, data={"stakeholders": a_stakeholder}, **OF),
    "focusgroups:invitee-genders": row(RUN, **OF),
    "focusgroups:invitee-genders POST": row(SENT, data={"nothing": "changed"}, **OF),
    "focusgroups:invitee-template": row(RUN, **OF),
    "focusgroups:invitee-import": row(RUN, **OF),
    "focusgroups:invitee-import POST": row(AGAIN, data={"file": ""}, **OF),
    "focusgroups:invitee-import-preview": row(TAKE, **OF),
    "focusgroups:invitee-import-preview POST": row(AGAIN, data={"shown": "", "rest": "[]"}, **OF),
    "focusgroups:contacts-delete": row(RUN, audit=slug, group=a_group_that_is_over),
    "focusgroups:contacts-delete POST": row(SENT, audit=slug, group=a_group_that_is_over),
    "focusgroups:invite": row(RUN, **OF),
    "focusgroups:invite POST": row(AGAIN, data={"people": ""}, **OF),
    "focusgroups:remind": row(RUN, **OF),
    "focusgroups:remind POST": row(AGAIN, data={"people": ""}, **OF),
    "focusgroups:tell-change": row(RUN, **OF),
    "focusgroups:tell-change POST": row(AGAIN, data={"people": ""}, **OF),
    "focusgroups:invitee": row(RUN, **ONE),
    "focusgroups:invitee POST": row(SENT, data=PERSON, **ONE),
    "focusgroups:invitee-delete": row(RUN, **ONE),
    "focusgroups:invitee-delete POST": row(SENT, **ONE),
    "focusgroups:invitee-reply POST": row(SENT, data={"reply": "yes"}, **ONE),
    "focusgroups:invitee-attended POST": row(SENT, data={"attended": "yes"}, **ONE),
    "focusgroups:letter": row(RUN, **OF),
    "focusgroups:letter POST": row(SENT, data=LETTER, **OF),
    "focusgroups:letter-print": row(RUN, **OF),
    "focusgroups:letter-print POST": row(AGAIN, data={"which": "all"}, **OF),
    "focusgroups:letter-printing": row(RUN, key=uuid4(), **OF),
    "focusgroups:letter-file": row(GONE, key=uuid4(), **OF),
    # The link is the invitee's whoever opens it; without one there is nothing to answer.
    "group-reply:open": row(OPEN, token=a_link),
    "group-reply:answer": row(NOBODY),
    "group-reply:answer POST": row(NOBODY),
}
