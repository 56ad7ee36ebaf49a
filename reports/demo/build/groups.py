"""Two focus groups as they were held: plan, invitations, seats with consents, notes, tally, places on a plan."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image, ImageDraw

from audits import images
from audits.enums import TargetGroup
from audits.models import Audit, CityPlan, User
from audits.participation.enums import Purpose
from audits.stakeholders.models import Stakeholder
from focusgroups.actions import prepare_seats, record_seat
from focusgroups.actions.notes import NoteChange, TallyChange, record
from focusgroups.actions.planning import create_group, move_group
from focusgroups.enums import GroupState
from focusgroups.models import DiscussionGuide, FocusGroup, HotSpot, Invitee, Note, Seat

from .. import story

NOTES = {"institutions": story.INSTITUTION_NOTES, "communities": story.COMMUNITY_NOTES}
PLANNED = ("title", "kind", "date", "starts_at", "minutes", "venue", "moderator", "rapporteur", "topics", "access")
CARED = ("childcare", "interpreters", "expenses", "payment")


def build(
    audit: Audit, stakeholders: dict[str, Stakeholder], people: dict[str, User]
) -> dict[str, tuple[FocusGroup, list[Note]]]:
    """The groups, closed, with their notes in order, by their keys in the story."""
    guide = DiscussionGuide.objects.originals().current().get()
    by, city_plan = people[story.COORDINATOR], _plan(audit)
    held = {}
    for plan in story.GROUPS:
        group = create_group(
            audit=audit,
            guide=guide,
            by=by,
            language=audit.language,
            **{name: plan[name] for name in PLANNED},
            **{name: plan.get(name, "") for name in CARED},
        )
        _invitees(group, plan, stakeholders)
        move_group(group=group, to=GroupState.OPEN, by=by)
        seats = _seats(group, plan)
        notes = _notes(group, plan, seats, by)
        for key, place, x, y, issue, recommendation, published in story.HOT_SPOTS:
            if key == plan["key"]:
                HotSpot.objects.create(
                    group=group,
                    plan=city_plan,
                    place=place,
                    x=x,
                    y=y,
                    issue=issue,
                    recommendation=recommendation,
                    published=published,
                    decided_by=by if published else None,
                    decided_at=timezone.now() if published else None,
                )
        group = move_group(group=group, to=GroupState.CLOSED, by=by)
        held[plan["key"]] = (group, notes)
    return held


def _invitees(group: FocusGroup, plan: dict[str, Any], stakeholders: dict[str, Stakeholder]) -> None:
    """Who was invited and answered; contact data of a session long past is deleted, as the application does it."""
    sent, deleted = _at(plan["invited_on"], 9), plan["deleted_on"]
    for target, gender, name, organisation, email, reply, came in plan["invitees"]:
        Invitee.objects.create(
            group=group,
            stakeholder=stakeholders.get(organisation),
            name=name,
            organisation="" if deleted or organisation not in stakeholders else stakeholders[organisation].name,
            email=email,
            target_group=TargetGroup(target),
            gender=gender,
            invited_at=sent,
            reply=reply,
            replied_at=sent + timedelta(days=3),
            attended=came,
            contact_deleted_at=_at(deleted, 3) if deleted else None,
        )


def _seats(group: FocusGroup, plan: dict[str, Any]) -> list[Seat]:
    """Cards are prepared, and on the day each person's form is typed in."""
    prepared = prepare_seats(group=group, count=len(plan["seats"]), language=group.language)
    for (seat, _code), (own, gender, age_band, quotation) in zip(prepared, plan["seats"], strict=True):
        decisions = {Purpose.TAKING_PART: True, Purpose.QUOTATION: quotation, Purpose.RECORDING: False}
        record_seat(seat=seat, decisions=decisions, group=own, gender=gender, age_band=age_band)
    return list(group.seats.select_related("participant"))


def _notes(group: FocusGroup, plan: dict[str, Any], seats: list[Seat], by: User) -> list[Note]:
    """The notes spread over the session, the first one ten minutes after it began, then the tally, as a laptop sends
    them."""
    lines: list[tuple[Any, ...]] = NOTES[plan["key"]]
    questions = {row.source.key: row for row in group.questions.select_related("source") if row.source}
    begins, step = group.begins + timedelta(minutes=10), timedelta(minutes=group.minutes - 25) / len(lines)
    typed = [
        NoteChange(
            uuid=uuid4(),
            sequence=place,
            note=uuid4(),
            question=questions[question].uuid,
            seat=seats[seat - 1].uuid if seat else None,
            text=text,
            hot=hot,
            noted_at=begins + (place - 1) * step,
        )
        for place, (question, seat, _codes, hot, text) in enumerate(lines, 1)
    ]
    levelled = group.questions.filter(source__levels__isnull=False).distinct().get()
    counted = [
        TallyChange(uuid=uuid4(), sequence=place, question=levelled.uuid, level=level, people=people)
        for place, (level, people) in enumerate(plan["levels"].items(), len(lines) + 1)
    ]
    record(group=group, changes=[*typed, *counted], device=uuid4(), by=by)
    made = {note.uuid: note for note in group.notes.select_related("question", "seat__participant")}
    return [made[change.note] for change in typed]


def _at(day: Any, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def _plan(audit: Audit) -> CityPlan:
    drawn = images.draw(ContentFile(_drawing(), name="plan.png"), images.PictureKind.PLAN)
    return CityPlan.objects.create(audit=audit, picture=images.keep(drawn, audit=audit), **story.PLAN)


def _drawing() -> bytes:
    """A schematic plan of the city that does not exist: river, harbour, railway, blocks, a park."""
    image = Image.new("RGB", (1500, 900), "#f4f1ea")
    draw = ImageDraw.Draw(image)
    for left in range(60, 1440, 130):
        for top in range(60, 840, 110):
            draw.rectangle([left, top, left + 104, top + 84], fill="#e3ddd0")
    draw.rectangle([970, 80, 1230, 290], fill="#cfdec6")
    draw.line([(-20, 210), (260, 300), (430, 520), (560, 920)], fill="#b9d2e3", width=120, joint="curve")
    draw.polygon([(0, 240), (230, 330), (210, 470), (0, 430)], fill="#b9d2e3")
    draw.line([(1520, 400), (900, 500), (760, 920)], fill="#8a8578", width=12, joint="curve")
    for start, end in (((0, 150), (1500, 330)), ((330, 0), (960, 900)), ((620, 900), (1500, 600))):
        draw.line([start, end], fill="#ffffff", width=26)
    draw.rectangle([840, 470, 960, 540], fill="#b7ab97")
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
