"""Access to the seats of a focus group, its papers and its recordings."""

import uuid

from django.core.files.base import ContentFile

from focusgroups.models import Recording
from tests.access import row, slug
from tests.factories import FocusGroupFactory, SeatFactory


def a_group(world):
    return FocusGroupFactory(audit=world.audit).uuid


def with_a_seat(world):
    return SeatFactory(group__audit=world.audit, number=1).group.uuid


def a_recording(world):
    group = FocusGroupFactory(audit=world.audit)
    recording = Recording(group=group, media_type="audio/wav", size=4, delete_on="2099-01-01")
    recording.file.save("sound.wav", ContentFile(b"RIFF"))
    return recording.uuid


def its_group(world):
    return Recording.objects.get(group__audit=world.audit).group.uuid


#              anon  part  coor faci rese part revi view outs admin
RUN_GROUPS = " login login 200  200  403  403  404  403  404  404"
CHANGED = "    401   401   200  200  403  403  404  403  404  404"
SENT = "       401   401   302  302  403  403  404  403  404  404"
GONE = "       login login 404  404  403  403  404  403  404  404"

OF_A_GROUP = {"audit": slug, "group": a_group}
OF_A_SEAT = {"audit": slug, "group": with_a_seat, "number": 1}
# In this order: the group is the recording's.
OF_A_RECORDING = {"audit": slug, "recording": a_recording, "group": its_group}

ROWS = {
    "focusgroups:seat-list": row(RUN_GROUPS, **OF_A_GROUP),
    "focusgroups:seat-list POST": row(SENT, **OF_A_GROUP, data={"nothing": "changed"}),
    "focusgroups:seat": row(RUN_GROUPS, **OF_A_SEAT),
    "focusgroups:seat POST": row(SENT, **OF_A_SEAT, data={"nothing": "changed"}),
    "focusgroups:seat-erase": row(RUN_GROUPS, **OF_A_SEAT),
    "focusgroups:seat-erase POST": row(SENT, **OF_A_SEAT),
    "focusgroups:prints": row(RUN_GROUPS, **OF_A_GROUP),
    "focusgroups:prints POST": row(CHANGED, **OF_A_GROUP, data={"which": "nothing"}),
    "focusgroups:print": row(RUN_GROUPS, **OF_A_GROUP, key=uuid.uuid4()),
    "focusgroups:print-file": row(GONE, **OF_A_GROUP, key=uuid.uuid4()),
    "focusgroups:recording-list": row(RUN_GROUPS, **OF_A_GROUP),
    "focusgroups:recording-list POST": row(CHANGED, **OF_A_GROUP, data={"delete_on": "never"}),
    "focusgroups:recording-file": row(RUN_GROUPS, **OF_A_RECORDING),
    "focusgroups:recording-delete": row(RUN_GROUPS, **OF_A_RECORDING),
    "focusgroups:recording-delete POST": row(SENT, **OF_A_RECORDING),
}
