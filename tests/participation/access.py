"""Access to joining and to a participant's own sheet: open to everybody, but the sheet only to who fills it in."""

import time
import uuid

from audits.participation import session
from audits.participation.models import Participant
from checklists.models import CityWalk
from tests.access import row
from tests.factories import CityWalkFactory, ParticipantFactory, SheetFactory

EVERYBODY = "200 200 200 200 200 200 200 200 200 200"
#            anon part coor faci rese part revi view outs admin
OWN_ONLY = " 302  200  302  302  302  302  302  302  302  302"
LED_ON = "   302  302  302  302  302  302  302  302  302  302"
READ = "    login login login login login login login login login 200"
SENT = "    login login login login login login login login login 302"
DELIVERY = "403  200  403  403  403  403  403  403  403  403"


def code(world):
    return CityWalkFactory(audit=world.audit).join_code


def as_participant(client, audit):
    """Somebody who has joined every walk of the audit so far, in this browser."""
    participant = Participant.objects.filter(uuid=person_of(audit)).first() or person(audit)
    for walk in CityWalk.objects.filter(audit=audit):
        SheetFactory(walk=walk, participant=participant, number=900, source="phone", uuid=sheet_of(walk))
    kept = client.session
    kept[session.KEY] = {"uuid": str(participant.uuid), "since": int(time.time())}
    kept.save()


def person(audit):
    return ParticipantFactory(audit=audit, uuid=person_of(audit))


def person_of(audit):
    return uuid.uuid5(audit.uuid, "person")


def owner(world):
    """Whoever `as_participant` lets take part."""
    return str(person(world.audit).uuid)


def sheet(world):
    """The sheet that `as_participant` makes of the latest walk."""
    return str(sheet_of(CityWalk.objects.filter(audit=world.audit).latest("pk")))


def sheet_of(walk):
    return uuid.uuid5(walk.uuid, "own sheet")


ROWS = {
    "participation:join-code": row(EVERYBODY),
    "participation:worker": row(EVERYBODY),
    "participation:manifest": row(EVERYBODY, language="ar"),
    "participation:offline": row(EVERYBODY),
    "participation:erased": row(EVERYBODY),
    "participation:places": row(OWN_ONLY, code=code),
    "participation:join-code POST": row(LED_ON, data={"code": code}),
    "participation:join": row(EVERYBODY, code=code),
    "participation:join POST": row(LED_ON, code=code, data={"taking_part": "on", "age": "adult"}),
    "participation:personal-code POST": row(EVERYBODY, code=code, data={"personal_code": "33333333"}),
    "participation:receipt": row(OWN_ONLY, code=code),
    "participation:receipt POST": row(LED_ON, code=code, data={"kept": "on"}),
    # Whoever is in this browser without the cookie of the receipt finds no picture either.
    "participation:receipt-picture": row("302 404 302 302 302 302 302 302 302 302", code=code),
    "participation:agreed": row(OWN_ONLY, code=code),
    "participation:agreed POST": row(LED_ON, code=code, data={"owner": owner}),
    "participation:held": row(OWN_ONLY, code=code),
    "participation:city": row(OWN_ONLY, code=code),
    "participation:take-back": row(OWN_ONLY, code=code),
    "participation:take-back POST": row(OWN_ONLY, code=code, data={"owner": owner}),
    "participation:go-on POST": row(LED_ON, code=code),
    "participation:leave POST": row(LED_ON, code=code),
    "participant:sheet": row(OWN_ONLY, code=code),
    "participant:sheet POST": row(LED_ON, code=code, data={"sheet": sheet}),
    "participant:sheet-changes POST": row(
        DELIVERY,
        code=code,
        json=True,
        data={"sheet": sheet, "device": "00000000-0000-4000-8000-000000000001", "changes": []},
    ),
    # The administration's page of texts takes a form as it takes a visit.
    "admin:participation_consentreview_changelist": row(READ),
    "admin:participation_consentreview_changelist POST": row(READ),
    "admin:participation_consentreview_texts": row(READ, version="photo-2026-1", language="it"),
    "admin:participation_consentreview_texts POST": row(SENT, version="photo-2026-1", language="it"),
}
