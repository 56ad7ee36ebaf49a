"""Access to photos that wait for their authors, and the link by which an author answers."""

from photovoice.actions import links
from photovoice.models import RightsRequest
from tests.access import row, slug
from tests.factories import ActivityFactory, PhotoFactory


def an_activity(world):
    return ActivityFactory(audit=world.audit).uuid


def with_a_photo(world):
    activity = ActivityFactory(audit=world.audit)
    question = RightsRequest.objects.create(activity=activity, token_hash=links.hash_of(links.new()))
    PhotoFactory(activity=activity, participant=None, rights_request=question, state="waiting")
    return activity.uuid


def _question(world, token):
    activity = world.audit.photo_activities.last() or ActivityFactory(audit=world.audit)
    return RightsRequest.objects.create(activity=activity, token_hash=links.hash_of(token))


def a_question(world):
    return _question(world, links.new()).uuid


def a_token(world):
    token = links.new()
    _question(world, token)
    return token


#           anon  part  coor faci rese part revi view outs admin
RUN = "     login login 200  200  403  403  404  403  404  404"
SENT = "    401   401   302  302  403  403  404  403  404  404"
AGAIN = "   401   401   200  200  403  403  404  403  404  404"
OPEN = "    302   302   302  302  302  302  302  302  302  302"
NOBODY = "  404   404   404  404  404  404  404  404  404  404"

ALL = "     200   200   200  200  200  200  200  200  200  200"

OF = {"audit": slug, "activity": an_activity}
ONE = {**OF, "question": a_question}
WAITING = {"audit": slug, "activity": with_a_photo}
A_PHOTO = "00000000-0000-4000-8000-000000000001"

ROWS = {
    "photovoice:incoming": row(RUN, **OF),
    "photovoice:incoming-add": row(RUN, **OF),
    "photovoice:incoming-add POST": row(AGAIN, data={"files": ""}, **OF),
    "photovoice:incoming-take POST": row(SENT, data={"parcel": "changed"}, **OF),
    "photovoice:incoming-titles": row(RUN, **OF),
    "photovoice:incoming-send POST": row(SENT, **ONE),
    "photovoice:incoming-link POST": row(AGAIN, **ONE),
    "photovoice:incoming-delete": row(RUN, **ONE),
    "photovoice:incoming-delete POST": row(SENT, **ONE),
    "photovoice:incoming-delete-all": row(RUN, **WAITING),
    "photovoice:incoming-delete-all POST": row(SENT, data={"number": 1}, **WAITING),
    # The link is the author's whoever opens it; without one there is nothing to answer.
    "photo-rights:open": row(OPEN, token=a_token),
    "photo-rights:answer": row(NOBODY),
    "photo-rights:answer POST": row(NOBODY),
    "photo-rights:leave POST": row(ALL),
    "photo-rights:take-back": row(NOBODY),
    "photo-rights:take-back POST": row(NOBODY),
    "photo-rights:take-back-one": row(NOBODY, photo=A_PHOTO),
    "photo-rights:take-back-one POST": row(NOBODY, photo=A_PHOTO),
    "photo-rights:change": row(NOBODY, photo=A_PHOTO),
    "photo-rights:change POST": row(NOBODY, photo=A_PHOTO),
    "photo-rights:picture": row(NOBODY, photo=A_PHOTO),
}
