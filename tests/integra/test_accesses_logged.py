"""Which addresses of all rooms write into the log of accesses, and what (SAFETY, "People")."""

from datetime import time
from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from audits import printing
from audits.enums import Act
from audits.models import AccessEntry
from audits.models.access import PARTICIPANT
from audits.participation.models import Participant
from audits.views import files
from tests.access import World, all_rows, made
from tests.factories import (
    ActivityFactory,
    CityWalkFactory,
    InviteeFactory,
    NoteFactory,
    PhotoFactory,
    StakeholderFactory,
)
from tests.participation.access import person_of

pytestmark = pytest.mark.django_db

ROWS = all_rows()
# Address: kind of data, and what it belongs to ("" where only the audit is known).
VIEWED = {
    "audits:picture-small": ("photos", ""),
    "checklists:audit-item": ("sheets", ""),
    "checklists:comment-hide": ("sheets", "walk"),
    "checklists:late-answers": ("sheets", "walk"),
    "checklists:sheet-entry": ("sheets", "walk"),
    "checklists:sheet-list": ("sheets", "walk"),
    "checklists:sheet-participant": ("sheets", "walk"),
    "checklists:walk-calls": ("stakeholders", "walk"),
    "checklists:walk-item": ("sheets", "walk"),
    "focusgroups:code": ("notes", ""),
    "focusgroups:code-split": ("notes", ""),
    "focusgroups:coding": ("notes", "group"),
    "focusgroups:compare": ("notes", "group"),
    "focusgroups:conclusions": ("notes", "group"),
    "focusgroups:invite": ("invitees", "group"),
    "focusgroups:invitee": ("invitees", "group"),
    "focusgroups:invitee-genders": ("invitees", "group"),
    "focusgroups:invitee-list": ("invitees", "group"),
    "focusgroups:invitee-pick": ("stakeholders", "group"),
    "focusgroups:letter": ("invitees", "group"),
    "focusgroups:letter-print": ("invitees", "group"),
    "focusgroups:note": ("notes", "group"),
    "focusgroups:notes": ("notes", "group"),
    "focusgroups:notes-sync": ("notes", "group"),
    "focusgroups:question-summary": ("notes", "group"),
    "focusgroups:recording-file": ("recordings", "group"),
    "focusgroups:remind": ("invitees", "group"),
    "focusgroups:seat": ("seats", "group"),
    "focusgroups:seat-list": ("seats", "group"),
    "focusgroups:summary": ("notes", "group"),
    "focusgroups:tell-change": ("invitees", "group"),
    "photovoice:calls": ("stakeholders", "activity"),
    "photovoice:category": ("photos", "activity"),
    "photovoice:gallery": ("photos", "activity"),
    "photovoice:incoming": ("photos", "activity"),
    "photovoice:incoming-delete": ("photos", "activity"),
    "photovoice:on-behalf-photos": ("photos", "activity"),
    "photovoice:photo": ("rights", "activity"),
    "photovoice:photo-blur": ("photos", "activity"),
    "photovoice:photo-delete": ("photos", "activity"),
    "photovoice:photo-hide": ("photos", "activity"),
    "photovoice:photo-place": ("photos", "activity"),
    "photovoice:photo-rights": ("rights", "activity"),
    "photovoice:photo-translation": ("photos", "activity"),
    "photovoice:places": ("photos", "activity"),
    "photovoice:review": ("photos", "activity"),
    "photovoice:remark-hide": ("photos", "activity"),
    "photovoice:show": ("photos", "activity"),
    "stakeholders:detail": ("stakeholders", ""),
    "stakeholders:edit": ("stakeholders", ""),
    "stakeholders:list": ("stakeholders", ""),
}
EXPORTED = {
    "checklists:walk-export": ("sheets", "walk"),
    "focusgroups:codes-export": ("notes", ""),
    "focusgroups:letter-file": ("invitees", "group"),
    "focusgroups:print-file": ("invitees", "group"),
    "photovoice:report-file": ("photos", "activity"),
    "stakeholders:export": ("stakeholders", ""),
}
ERASED = {
    "focusgroups:contacts-delete": ("invitees", "group"),
    "focusgroups:invitee-delete": ("invitees", "group"),
    "focusgroups:recording-delete": ("recordings", "group"),
    "focusgroups:seat-erase": ("held", "group"),
    "photovoice:incoming-delete": ("photos", "activity"),
    "stakeholders:contact-remove": ("stakeholders", ""),
    "stakeholders:delete": ("stakeholders", ""),
}
# Show aggregates, words that may be quoted, or what the reader has just brought in.
SILENT = [
    "audits:picture",
    "checklists:audit-results",
    "checklists:consensus",
    "checklists:walk-detail",
    "checklists:walk-groups",
    "focusgroups:analysis",
    "focusgroups:codebook",
    "focusgroups:codebook-qdc",
    "focusgroups:detail",
    "focusgroups:invitee-import",
    "photovoice:detail",
    "stakeholders:matrix",
]


@pytest.fixture(scope="module")
def world(kept):
    return World.build()


@pytest.fixture(autouse=True)
def _printed(monkeypatch):
    """As if every paper were done: how it is made is asked elsewhere."""
    monkeypatch.setattr(printing, "find", lambda owner, key: SimpleNamespace(title="Paper", languages=["en"]))
    monkeypatch.setattr(files, "printed", lambda made, name: HttpResponse(b"%PDF"))


def where(name, world, *, sends=False):
    """An address, and what belongs to it by the names of its arguments."""
    kwargs = made(ROWS[f"{name} POST" if sends else name].kwargs, world)
    if "format" in kwargs:
        kwargs["format"] = "xlsx"
    return reverse(name, kwargs=kwargs), kwargs


def looked(client, address):
    response = client.get(address)
    assert response.status_code == 200
    if response.streaming:
        # Read to its end, so that its file is closed.
        b"".join(response.streaming_content)


def lines():
    rows = AccessEntry.objects.order_by("pk").select_related("user")
    return [(one.act, one.kind, str(one.row or ""), one.user, one.role) for one in rows]


@pytest.mark.parametrize(
    ("name", "act", "kind", "of"),
    [
        (name, act, *rest)
        for act, found in ((Act.VIEWED, VIEWED), (Act.EXPORTED, EXPORTED))
        for name, rest in found.items()
    ],
)
def test_look_is_logged_and_a_second_one_adds_nothing(name, act, kind, of, world):
    address, kwargs = where(name, world)
    coordinator = world.client("coordinator")
    for _again in range(2):
        looked(coordinator, address)
        assert lines() == [(act, kind, str(kwargs[of]) if of else "", world.users["coordinator"], "coordinator")]


@pytest.mark.parametrize("name", ERASED)
def test_erasure_is_logged(name, world):
    kind, of = ERASED[name]
    address, kwargs = where(name, world, sends=True)
    world.client("coordinator").post(address, made(ROWS[f"{name} POST"].data, world))
    assert lines() == [(Act.ERASED, kind, str(kwargs[of]) if of else "", world.users["coordinator"], "coordinator")]


@pytest.mark.parametrize("name", SILENT)
def test_what_shows_nobody_is_not_logged(name, world):
    looked(world.client("coordinator"), where(name, world)[0])
    assert lines() == []


@pytest.mark.parametrize("name", ["focusgroups:code", "checklists:walk-item", "checklists:walk-export"])
def test_what_others_read_of_it_is_not_logged(name, world):
    address, _kwargs = where(name, world)
    assert world.client("viewer").get(address).status_code in (200, 404)
    assert lines() == []


def test_refusal_is_not_logged(world):
    for column in ("anonymous", "viewer", "outsider", "admin"):
        assert world.client(column).get(where("focusgroups:notes", world)[0]).status_code != 200
    assert lines() == []


def test_gallery_with_its_pictures_is_one_line(world):
    photo = PhotoFactory(activity__audit=world.audit)
    coordinator = world.client("coordinator")
    looked(coordinator, reverse("photovoice:gallery", args=[world.audit.slug, photo.activity.uuid]))
    looked(coordinator, reverse("audits:picture-small", args=[photo.picture.uuid]))
    assert [line[2] for line in lines()] == [str(photo.activity.uuid)]


def test_photo_alone_is_a_look(world):
    photo = PhotoFactory(activity__audit=world.audit)
    looked(world.client("coordinator"), reverse("audits:picture", args=[photo.picture.uuid]))
    assert [line[:2] for line in lines()] == [(Act.VIEWED, "photos")]


def taken_part(world):
    """Browser of a participant, and the join code of a walk."""
    walk = CityWalkFactory(audit=world.audit)
    return world.client("participant"), walk.join_code


def test_participants_are_logged_without_saying_who(world):
    phone, code = taken_part(world)
    for _again in range(2):
        looked(phone, reverse("participation:held", args=[code]))
    phone.post(reverse("participation:take-back", args=[code]), {"owner": str(person_of(world.audit))})
    downloaded = (Act.EXPORTED, "held", "", None, PARTICIPANT)
    assert lines() == [downloaded, (Act.ERASED, "held", "", None, PARTICIPANT)]
    assert {timezone.localtime(at).time() for at in AccessEntry.objects.values_list("at", flat=True)} == {time()}


def test_photo_taken_back_is_logged_if_it_was_there(world):
    activity = ActivityFactory(audit=world.audit)
    phone = world.client("participant")
    photo = PhotoFactory(activity=activity, participant=Participant.objects.get(uuid=person_of(world.audit)))
    for _again in range(2):
        back = reverse("photographer:take-back", args=[activity.join_code, photo.uuid])
        phone.post(back, {"owner": str(person_of(world.audit))})
    assert lines() == [(Act.ERASED, "photos", str(activity.uuid), None, PARTICIPANT)]


def test_log_holds_no_words_names_or_addresses(world):
    marker = "Marker7KPM"
    note = NoteFactory(group__audit=world.audit, group__title=marker, text=marker)
    invitee = InviteeFactory(group=note.group, name=marker, email=f"{marker}@city.example")
    stakeholder = StakeholderFactory(audit=world.audit, name=marker, contact_name=marker)
    photo = PhotoFactory(activity__audit=world.audit, title=marker)
    coordinator, of = world.client("coordinator"), [world.audit.slug, note.group.uuid]
    looked(coordinator, reverse("focusgroups:notes", args=of))
    looked(coordinator, reverse("focusgroups:invitee", args=[*of, invitee.uuid]))
    looked(coordinator, reverse("photovoice:photo", args=[world.audit.slug, photo.activity.uuid, photo.uuid]))
    coordinator.post(reverse("focusgroups:invitee-delete", args=[*of, invitee.uuid]))
    coordinator.post(reverse("stakeholders:delete", args=[world.audit.slug, stakeholder.uuid]))
    stored = str(list(AccessEntry.objects.values())).casefold()
    assert len(lines()) == 5
    assert not [
        one
        for one in (marker, "127.0.0.1", invitee.uuid, stakeholder.uuid, photo.uuid)
        if str(one).casefold() in stored
    ]
