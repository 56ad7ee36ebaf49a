"""Photovoice beside a walk: people join, photos come in, the team looks at them, the review sorts them."""

from __future__ import annotations

import random
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from audits.agenda.actions import EvidenceInput, create_finding, link_evidence
from audits.agenda.models import Finding
from audits.images import Box
from audits.models import Audit, User
from audits.participation.actions import give_consents, join
from audits.participation.consent import PHOTOS
from audits.participation.enums import Purpose
from audits.participation.models import Consent, Participant
from checklists.enums import SheetSource
from checklists.models import CityWalk
from photovoice import actions
from photovoice.actions import PhotoDetails
from photovoice.enums import ActivityState, AllowedUse, GivenBy, PhotoState, VisiblePeople
from photovoice.evidence import KEY, PHOTO, evidence_choices
from photovoice.models import Activity, Photo, PhotovoiceGuide

from .. import pictures, story
from .walks import SEED

PLANNED = ("title", "meeting_point", "final_point", "target", "asks_place", "childcare", "interpreters", "expenses", "access")  # fmt: skip


def build(audit: Audit, found: Sequence[Finding], people: dict[str, User]) -> None:
    """The activity, closed, with its photos, their ledger, the review and what the findings take from it.

    `found` are the findings of `story.FINDINGS`.
    """
    by = people[story.ACTIVITY["facilitator"]]
    walk = audit.walks.get(title=story.ACTIVITY["walk"])
    activity = _open(audit, walk, by)
    photographers = _photographers(audit, walk)
    chance = random.Random(f"{SEED} {activity.title}")
    photos = {}
    for number, plan in enumerate(story.PHOTOS, 1):
        if plan[-1].get("late"):
            activity = _close(activity, by)
        photos[number] = _photo(activity, photographers, plan, chance, by)
        _look_at(photos[number], plan, by)
    _review(activity, photos, by)
    _on_phones(activity, photographers, photos)
    _findings(audit, found, photos, by)
    _date(activity, photographers)


def _date(activity: Activity, photographers: Sequence[Participant]) -> None:
    """Takes the ledger back to the day of the activity: what the models date themselves is dated now."""
    Consent.objects.filter(participant__in=photographers).update(at=activity.starts)
    step = (activity.ends - activity.starts) / (len(story.PHOTOS) + 1)
    for photo in activity.photos.all():
        late = timedelta(0) if photo.state == PhotoState.IN else timedelta(days=1)
        arrived = activity.starts + photo.number * step + late
        Photo.objects.filter(pk=photo.pk).update(created_at=arrived)
        photo.rights.filter(given_by=GivenBy.PARTICIPANT).update(at=arrived)
        photo.rights.filter(given_by=GivenBy.TEAM).update(at=activity.ends + timedelta(days=2))
    activity.events.filter(after=ActivityState.OPEN).update(at=activity.starts)
    activity.events.exclude(after=ActivityState.OPEN).update(at=activity.ends)


def _open(audit: Audit, walk: CityWalk, by: User) -> Activity:
    plan = story.ACTIVITY
    starts, ends = (timezone.make_aware(datetime.combine(walk.date, plan[key])) for key in ("starts_at", "ends_at"))
    activity = Activity(
        audit=audit,
        guide=PhotovoiceGuide.objects.originals().current().get(),
        starts=starts,
        ends=ends,
        facilitator=by,
        beside=walk.join_code,
        **{name: plan[name] for name in PLANNED},
    )
    actions.plan_activity(activity=activity, upload_options=[], by=by)
    return actions.move_activity(activity=activity, to=ActivityState.OPEN, by=by)


def _close(activity: Activity, by: User) -> Activity:
    for state in (ActivityState.CLOSING, ActivityState.CLOSED):
        activity = actions.move_activity(activity=activity, to=state, by=by)
    return activity


def _photographers(audit: Audit, walk: CityWalk) -> list[Participant]:
    """Those who score the walk on their phones agree to photos too; the others join for photos alone."""
    phones = walk.sheets.filter(source=SheetSource.PHONE).select_related("participant").order_by("pk")
    walking = iter([sheet.participant for sheet in phones])
    found = []
    for _name, group, gender, age_band, published in story.PHOTOGRAPHERS:
        given = [Purpose.TAKING_PART, Purpose.PHOTO_USE, *([Purpose.PUBLICATION] if published else [])]
        if group:
            person, _code = join(
                audit=audit,
                language="en",
                given=given,
                group=group,
                gender=gender,
                age_band=age_band,
                text_version=PHOTOS.version,
            )
        else:
            person = next(walking)
            decisions = dict.fromkeys(given, True)
            give_consents(participant=person, decisions=decisions, language="en", text_version=PHOTOS.version)
        found.append(person)
    return found


def _photo(
    activity: Activity, photographers: Sequence[Participant], plan: tuple[Any, ...], chance: random.Random, by: User
) -> Photo:
    who, scene, variant, light, theme, _category, title, text, _alt, more = plan
    drawn = pictures.draw(scene, variant, light, tall=more.get("tall", False))
    language, *words = more.get("own", ("en", title, text))
    name = story.PHOTOGRAPHERS[who - 1][0]
    asked = more.get("asked")
    place = more.get("mark")
    identifier = uuid.UUID(int=chance.getrandbits(128), version=4)
    actions.send_photo(
        activity=activity,
        participant=photographers[who - 1],
        photo=identifier,
        sequence=1,
        device=uuid.UUID(int=chance.getrandbits(128), version=4),
        details=PhotoDetails(
            title=words[0],
            text=words[1],
            language=language,
            theme=activity.guide.themes.get(key=theme).uuid,
            declared=asked != "declared",
            use=more.get("use", AllowedUse.REPORT),
            credit="" if asked == "credit" else name,
            anonymous=not name and asked != "credit",
            people=more.get("people", VisiblePeople.UNRECOGNISABLE),
            plan=activity.audit.plans.get().uuid if place else None,
            plan_x=Decimal(place[0]) / 1000 if place else None,
            plan_y=Decimal(place[1]) / 1000 if place else None,
        ),
        file=ContentFile(drawn, name="photo.jpg"),
        by=by if who in story.HANDED_IN else None,
    )
    return Photo.objects.get(uuid=identifier)


def _look_at(photo: Photo, plan: tuple[Any, ...], by: User) -> None:
    """What the team does with the photo before the review: describe, translate, blur, hide."""
    *_rest, title, text, alt, more = plan
    if boxes := more.get("blur"):
        actions.blur(photo=photo, boxes=[Box(*box) for box in boxes], language="en", by=by)
    alt = more.get("alt", alt)
    people = VisiblePeople.UNRECOGNISABLE if boxes else more.get("people", "")
    actions.look_at(photo=photo, alt=alt, seen_alt="", alt_language="en", language="en", by=by, people=people)
    if "own" in more:
        actions.translate_caption(photo=photo, language="en", title=title, text=text, seen="", by=by)
    if "hidden" in more:
        actions.hide(photo=photo, reason=more["hidden"], by=by)


def _review(activity: Activity, photos: Mapping[int, Photo], by: User) -> None:
    categories = {row.key: row for row in activity.guide.wrap_up_categories.all()}
    themes = {row.key: row for row in activity.guide.themes.all()}
    for photo, plan in zip(photos.values(), story.PHOTOS, strict=True):
        if plan[5]:
            actions.sort(photo=photo, category=categories[plan[5]], by=by)
    for category, theme, number, text in story.REVIEWED:
        actions.add_remark(
            activity=activity,
            by=by,
            category=categories[category],
            theme=themes[theme],
            photo=photos.get(number),
            text=text,
        )


def _on_phones(activity: Activity, photographers: Sequence[Participant], photos: Mapping[int, Photo]) -> None:
    """The review as some of those who took photos made it on their own phones; it decides nothing."""
    activity.review_open = True
    activity.save(update_fields=["review_open"])
    categories = {row.key: row for row in activity.guide.wrap_up_categories.all()}
    for number, chosen in story.VOTES.items():
        for who, category in zip(story.VOTERS, chosen, strict=True):
            if category:
                actions.vote(photo=photos[number], participant=photographers[who - 1], category=categories[category])
    for who, number, category, text in story.PHONE_REMARKS:
        actions.say(photo=photos[number], participant=photographers[who - 1], category=categories[category], text=text)


def _findings(audit: Audit, found: Sequence[Finding], photos: Mapping[int, Photo], by: User) -> None:
    captions = {reference.source: evidence.caption for reference, evidence in evidence_choices(audit, by)}

    def evidence(number: int) -> EvidenceInput:
        source = photos[number].uuid
        return EvidenceInput(KEY, PHOTO, source, captions[source])

    for area, kind, text, numbers in story.PHOTO_FINDINGS:
        create_finding(
            audit=audit,
            area=area,
            kind=kind,
            text=text,
            method=KEY,
            by=by,
            evidence=[evidence(number) for number in numbers],
        )
    for place, number in story.BORNE_OUT.items():
        link_evidence(holder=found[place - 1], evidence=evidence(number), by=by)
