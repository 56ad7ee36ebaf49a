"""Access to a participant's own photos, and to sending photos on somebody's behalf."""

from tests.access import row, slug
from tests.factories import ActivityFactory, CityPlanFactory, ParticipantFactory, PhotoFactory, RemarkFactory

NOBODY = "00000000-0000-4000-8000-000000000001"

#            anon part coor faci rese part revi view outs admin
OWN_ONLY = " 302  200  302  302  302  302  302  302  302  302"
NOT_OWN = "  302  404  302  302  302  302  302  302  302  302"
LED_ON = "   302  302  302  302  302  302  302  302  302  302"
FOR_OWNER = "404  200  404  404  404  404  404  404  404  404"
HIDDEN = "   404  404  404  404  404  404  404  404  404  404"
DELIVERY = "403  403  403  403  403  403  403  403  403  403"
UNREAD = "  403  400  403  403  403  403  403  403  403  403"
#              anon  part  coor faci rese part revi view outs admin
TEAM = "       login login 200  200  403  403  404  403  404  404"
TEAM_SENT = "  401   401   302  302  403  403  404  403  404  404"
TEAM_UNSAVED = "401  401   200  200  403  403  404  403  404  404"
TEAM_GONE = "  login login 404  404  403  403  404  403  404  404"


def code(world):
    return ActivityFactory(audit=world.audit, asks_place=True).join_code


def somebodys_photo(world):
    return PhotoFactory(activity__audit=world.audit).uuid


def somebodys_remark(world):
    return RemarkFactory(activity__audit=world.audit).uuid


def a_plan(world):
    return CityPlanFactory(audit=world.audit).uuid


def an_activity(world):
    return ActivityFactory(audit=world.audit).uuid


def a_person(world):
    return ParticipantFactory(audit=world.audit).uuid


ROWS = {
    "photographer:photos": row(OWN_ONLY, code=code),
    "photographer:photos POST": row(
        "302 403 302 302 302 302 302 302 302 302", code=code, data={"title": "Of somebody else’s page"}
    ),
    "photographer:send POST": row(UNREAD, code=code, data={"uuid": "no identifier"}),
    "photographer:changes POST": row(
        DELIVERY, code=code, json=True, data={"device": NOBODY, "sheet": NOBODY, "changes": []}
    ),
    "photographer:plan": row(FOR_OWNER, code=code, plan=a_plan),
    "photographer:review": row(OWN_ONLY, code=code),
    "photographer:vote": row(LED_ON, code=code, photo=somebodys_photo),
    "photographer:vote POST": row(LED_ON, code=code, photo=somebodys_photo),
    "photographer:review-picture": row(HIDDEN, code=code, photo=somebodys_photo),
    "photographer:review-small": row(HIDDEN, code=code, photo=somebodys_photo),
    "photographer:remark-take-back": row(NOT_OWN, code=code, remark=somebodys_remark),
    "photographer:remark-take-back POST": row(LED_ON, code=code, remark=somebodys_remark),
    "photographer:photo": row(NOT_OWN, code=code, photo=somebodys_photo),
    "photographer:photo POST": row(LED_ON, code=code, photo=somebodys_photo),
    "photographer:take-back": row(NOT_OWN, code=code, photo=somebodys_photo),
    "photographer:take-back POST": row(LED_ON, code=code, photo=somebodys_photo),
    "photographer:picture": row(HIDDEN, code=code, photo=somebodys_photo),
    "photographer:small": row(HIDDEN, code=code, photo=somebodys_photo),
    "photovoice:on-behalf": row(TEAM, audit=slug, activity=an_activity),
    "photovoice:on-behalf POST": row(TEAM_UNSAVED, audit=slug, activity=an_activity, data={"group": "ngo"}),
    "photovoice:on-behalf-photos": row(TEAM, audit=slug, activity=an_activity, participant=a_person),
    "photovoice:on-behalf-photos POST": row(TEAM_UNSAVED, audit=slug, activity=an_activity, participant=a_person),
    "photovoice:on-behalf-code": row(TEAM_GONE, audit=slug, activity=an_activity, participant=a_person),
    "photovoice:on-behalf-code POST": row(TEAM_SENT, audit=slug, activity=an_activity, participant=a_person),
}
