"""Plays the demo's story through the actions that people use, so that it shows what the application really does."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from typing import Any

from allauth.account.models import EmailAddress
from django.core.files.base import ContentFile
from django.core.management import CommandError
from django.db import transaction
from PIL import Image, ImageDraw

from audits import images
from audits.actions import IndicatorRow, add_partner, create_audit, invite, save_context, start_follow_up
from audits.agenda.actions import EvidenceInput, comment, create_finding, create_recommendation
from audits.agenda.models import Finding
from audits.enums import AuditState, Role
from audits.models import Audit, City, Membership, User
from audits.participation.actions import join
from audits.participation.enums import Purpose
from checklists import results
from checklists.actions import (
    AnswerChange,
    PersonChange,
    PlaceChange,
    PlannedPlace,
    issue_forms,
    move_walk,
    plan_walk,
    record,
    sheet_for,
    submit,
    write_note,
)
from checklists.enums import Missing, WalkState
from checklists.evidence import reference_type
from checklists.models import Checklist, CityWalk, ImprovementIdea, Item

from ..actions import add_live, open_report, save_text
from ..live import QUOTE
from ..models import Report
from ..quotations import quotable
from . import story

# A fixed beginning: every machine builds the same demo.
SEED = 2026
EMPTY_SHARE, DONT_KNOW_SHARE = 0.03, 0.04


def exists() -> bool:
    """Whether the demo has been built in this database."""
    return Audit.objects.filter(city__name=story.CITY["name"], city__fictional=True).exists()


@transaction.atomic
def build() -> Audit:
    """Builds the demo and returns its audit of 2026. Raises CommandError without the seeded checklist."""
    checklist = Checklist.objects.originals().current().first()
    if checklist is None:
        raise CommandError("The instruments are missing. Load them first: manage.py seed")
    people = {email: _user(email, name, organisation) for _role, email, name, organisation in story.TEAM}
    coordinator = people[story.TEAM[0][1]]
    _user(*story.ADMIN, is_staff=True, is_superuser=True)
    before = _previous_audit(checklist, coordinator, people)
    audit = _audit(before, coordinator, people)
    for plan in story.WALKS:
        walk = _walk(audit, checklist, plan, people)
        _sheets(walk, plan, story.TARGET, people)
        _close(walk)
    _discussion(audit, people)
    findings = _findings(audit, people)
    _recommendations(audit, coordinator, findings)
    _texts(audit, coordinator)
    return audit


def _user(email: str, name: str, organisation: str = "", **flags: bool) -> User:
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, story.PASSWORD, name=name, organisation=organisation, **flags)
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def _previous_audit(checklist: Checklist, coordinator: User, people: dict[str, User]) -> Audit:
    city = City(**story.CITY)
    audit = create_audit(city=city, language=story.AUDIT["language"], by=coordinator, **story.PREVIOUS)
    for role, email, _name, _organisation in story.TEAM:
        if role == Role.FACILITATOR:
            Membership.objects.create(audit=audit, user=people[email], role=role)
    for field in ("authors", "controller", "disclaimer", "description"):
        setattr(audit, field, story.AUDIT[field])
    audit.state = AuditState.PUBLISHED
    audit.save()
    plan = story.WALK_BEFORE
    walk = _walk(audit, checklist, plan, people)
    _sheets(walk, plan, story.TARGET_BEFORE, people)
    _close(walk)
    return audit


def _audit(before: Audit, coordinator: User, people: dict[str, User]) -> Audit:
    dates = {field: story.AUDIT[field] for field in ("title", "starts_on", "ends_on")}
    audit = start_follow_up(previous=before, by=coordinator, **dates)
    for field in ("other_languages", "description", "authors", "controller", "disclaimer"):
        setattr(audit, field, story.AUDIT[field])
    audit.state = AuditState.REPORTING
    audit.save()
    for role, email, _name, _organisation in story.TEAM:
        Membership.objects.update_or_create(audit=audit, user=people[email], defaults={"role": role})
    email, role = story.OPEN_INVITATION
    invite(audit=audit, email=email, role=role, by=coordinator)
    for place, name in enumerate(story.PARTNERS):
        logo = images.draw(ContentFile(_logo(place), name="logo.png"), images.PictureKind.LOGO)
        add_partner(audit=audit, name=name, logo=logo)
    rows = [
        IndicatorRow(
            topic=topic,
            name=name,
            unit=unit,
            source=source,
            figures={year: Decimal(str(value)) for year, value in zip(story.YEARS, values, strict=True)},
        )
        for topic, name, unit, source, values in story.CONTEXT
    ]
    save_context(audit=audit, rows=rows, version=audit.context_version, by=coordinator)
    audit.refresh_from_db()
    return audit


def _logo(place: int) -> bytes:
    """A plain mark drawn for the demo: shield, circle, bridge, blocks."""
    image = Image.new("RGB", (320, 320), "white")
    draw = ImageDraw.Draw(image)
    ink = "#1f3a5f"
    if place == 0:
        draw.polygon([(60, 40), (260, 40), (260, 190), (160, 290), (60, 190)], fill=ink)
        draw.polygon([(100, 180), (160, 100), (220, 180)], fill="white")
    elif place == 1:
        draw.ellipse([40, 40, 280, 280], outline=ink, width=22)
        draw.line([160, 90, 160, 230], fill=ink, width=22)
        draw.line([90, 160, 230, 160], fill=ink, width=22)
    elif place == 2:
        draw.arc([40, 90, 280, 330], 180, 360, fill=ink, width=22)
        draw.line([30, 210, 290, 210], fill=ink, width=22)
    else:
        draw.rectangle([50, 60, 140, 260], fill=ink)
        draw.rectangle([170, 140, 270, 260], outline=ink, width=18)
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _walk(audit: Audit, checklist: Checklist, plan: dict[str, Any], people: dict[str, User]) -> CityWalk:
    facilitator = people[plan["facilitator"]]
    walk = CityWalk(
        audit=audit,
        checklist=checklist,
        title=plan["title"],
        date=plan["date"],
        starts_at=plan["starts_at"],
        meeting_point=plan["meeting_point"],
        facilitator=facilitator,
        target=sum(plan["groups"].values()),
        childcare="At the meeting point, free of charge",
        interpreters="Arabic, Ukrainian, Georgian",
        expenses="Tickets of the city’s transport",
        access="All places without steps; rest every 20 minutes",
        **story.BRIEFING,
    )
    plan_walk(
        walk=walk,
        places=[PlannedPlace(name=name, location=location) for name, location in plan["places"]],
        per_place_sections=checklist.sections.filter(can_be_per_place=True) if plan["per_place"] else [],
        by=facilitator,
    )
    return move_walk(walk=walk, to=WalkState.OPEN, by=facilitator)


def _close(walk: CityWalk) -> None:
    for state in (WalkState.CLOSING, WalkState.CLOSED):
        walk = move_walk(walk=walk, to=state, by=walk.facilitator)


def _sheets(walk: CityWalk, plan: dict[str, Any], target: dict[str, float], people: dict[str, User]) -> None:
    """Everybody's sheet: some from a phone, the others typed in from the printed forms."""
    chance = random.Random(f"{SEED} {walk.title}")
    facilitator = people[plan["facilitator"]]
    groups = [group for group, count in plan["groups"].items() for _ in range(count)]
    chance.shuffle(groups)
    remarks = _remarks(walk, len(groups), chance)
    phones = groups[: plan["phones"]]
    forms = issue_forms(walk=walk, count=len(groups) - len(phones), language=walk.audit.language, by=facilitator)
    for place, group in enumerate(groups):
        gender, age_band = chance.choice(["woman", "man"]), chance.choice(["18_29", "30_44", "45_64", ""])
        quotation = chance.random() < 0.8
        changes = list(_answers(walk, group, target, remarks.get(place, {}), chance))
        device = uuid.UUID(int=chance.getrandbits(128), version=4)
        if place < len(phones):
            given = [Purpose.TAKING_PART, *([Purpose.QUOTATION] if quotation else [])]
            participant, _code = join(
                audit=walk.audit, language="en", given=given, group=group, gender=gender, age_band=age_band
            )
            sheet = sheet_for(walk=walk, participant=participant)
            record(sheet=sheet, changes=changes, device=device, participant=participant, language="en")
            submit(sheet=sheet)
        else:
            sheet, _code = forms[place - len(phones)]
            head = PersonChange(
                uuid=uuid.UUID(int=chance.getrandbits(128), version=4),
                sequence=0,
                group=group,
                gender=gender,
                age_band=age_band,
                takes_part=True,
                quotation=quotation,
            )
            record(sheet=sheet, changes=[head, *changes], device=device, by=facilitator)


def _remarks(walk: CityWalk, people: int, chance: random.Random) -> dict[int, dict[str, tuple[str, str]]]:
    """The story's remarks of this walk, dealt out: by person, then by statement."""
    if walk.title == story.WALK_BEFORE["title"]:
        return {}
    mine = story.REMARKS[0 if walk.title == story.WALKS[0]["title"] else 1 :: 2]
    dealt: dict[int, dict[str, tuple[str, str]]] = {}
    for code, remark, suggestion in mine:
        dealt.setdefault(chance.randrange(people), {})[code] = (remark, suggestion)
    return dealt


def _answers(
    walk: CityWalk, group: str, target: dict[str, float], remarks: dict[str, tuple[str, str]], chance: random.Random
) -> Iterator[AnswerChange | PlaceChange]:
    """One person's answers: around the target, as the group leans, with gaps."""
    lean = story.LEAN[group] + chance.gauss(0, 0.3)
    per_place = set(walk.per_place_sections.values_list("pk", flat=True))
    places = list(walk.places.all())
    sequence = 1
    for place in places if per_place else []:
        yield PlaceChange(
            uuid=_new(chance), sequence=sequence, place=place.uuid, location=place.location, date=walk.date
        )
        sequence += 1
    items = Item.objects.filter(section__checklist=walk.checklist).select_related("section")
    for item in items.order_by("section__position", "position"):
        spread = story.SPREAD.get(item.key, story.USUAL_SPREAD)
        middle = target[item.key] + lean * (1.3 if item.key in story.SPREAD else 0.8) + chance.gauss(0, spread)
        for place in places if item.section_id in per_place else [None]:
            drawn = chance.random()
            missing = Missing.EMPTY if drawn < EMPTY_SHARE else Missing.DONT_KNOW
            value = (
                None
                if drawn < EMPTY_SHARE + DONT_KNOW_SHARE
                else _score(middle + (chance.gauss(0, 0.5) if place else 0))
            )
            remark, suggestion = remarks.pop(item.key, ("", ""))
            yield AnswerChange(
                uuid=_new(chance),
                sequence=sequence,
                item=item.uuid,
                place=place.uuid if place else None,
                value=value,
                missing="" if value else missing,
                comment=remark,
                suggestion=suggestion,
            )
            sequence += 1


def _new(chance: random.Random) -> uuid.UUID:
    return uuid.UUID(int=chance.getrandbits(128), version=4)


def _score(value: float) -> int:
    return min(5, max(1, round(value)))


def _discussion(audit: Audit, people: dict[str, User]) -> None:
    walks = {walk.title: walk for walk in audit.walks.select_related("checklist", "facilitator")}
    for title, code, text, agreement, score in story.CONSENSUS:
        walk = walks[title]
        write_note(
            walk=walk,
            item=Item.objects.get(section__checklist=walk.checklist, key=code),
            text=text,
            agreement=agreement,
            agreed_score=score,
            version=None,
            by=walk.facilitator,
        )
    for position, (title, section, text) in enumerate(story.IDEAS):
        walk = walks[title]
        ImprovementIdea.objects.create(
            walk=walk,
            section=walk.checklist.sections.get(key=section),
            text=text,
            position=position,
            created_by=walk.facilitator,
        )


def _findings(audit: Audit, people: dict[str, User]) -> list[Finding]:
    found = results.for_audit(audit)
    assert found is not None
    authors = [people[email] for role, email, *_rest in story.TEAM if role in (Role.FACILITATOR, Role.RESEARCHER)]
    findings = []
    for place, (area, kind, text, codes) in enumerate(story.FINDINGS):
        evidence = []
        for code in codes:
            item, figure = found.items[code], found.item_results[code].figure
            evidence.append(
                EvidenceInput(
                    app="checklists",
                    type=reference_type(item),
                    source=audit.uuid,
                    caption=f"{code} {item.short or item.statement}",
                    figures={"mean": str(figure.mean_shown), "sd": str(figure.sd_shown), "n": figure.n},
                )
            )
        findings.append(
            create_finding(
                audit=audit,
                area=area,
                kind=kind,
                text=text,
                method="checklists",
                by=authors[place % len(authors)],
                evidence=evidence,
            )
        )
    for number, email, text in story.COMMENTS:
        comment(finding=findings[number - 1], text=text, by=people[email])
    return findings


def _recommendations(audit: Audit, coordinator: User, findings: list[Finding]) -> None:
    for area, title, text, addressee, horizon, numbers in story.RECOMMENDATIONS:
        create_recommendation(
            audit=audit,
            area=area,
            title=title,
            text=text,
            addressee=addressee,
            horizon=horizon,
            findings=[findings[number - 1] for number in numbers],
            by=coordinator,
        )


def _texts(audit: Audit, coordinator: User) -> None:
    report = open_report(audit=audit, language=audit.language)
    for section, texts in story.TEXTS.items():
        for slot, html in texts.items():
            block = report.blocks.get(section=section, slot=slot)
            save_text(block=block, html=html, version=block.version, by=coordinator)
    _quotes(audit, report, coordinator)


def _quotes(audit: Audit, report: Report, coordinator: User) -> None:
    """One quotation in each area of the story: the first of its remarks whose author agrees to be quoted."""
    found = results.for_audit(audit)
    assert found is not None
    agreed = {score.comment: score.uuid for score in quotable(found)}
    for area in dict.fromkeys(area for area, _remark in story.QUOTES):
        wanted = [agreed[remark] for one, remark in story.QUOTES if one == area and remark in agreed]
        if wanted:
            place = report.blocks.get(section="city_tours", live=f"city_tours.{area}.findings")
            add_live(report=report, section="city_tours", key=f"{QUOTE}{wanted[0]}", after=place, by=coordinator)


def logins() -> list[tuple[str, str, str]]:
    """Who can sign in to the demo: role, e-mail address, name; all with `story.PASSWORD`."""
    team = [(str(Role(role).label), email, name) for role, email, name, _organisation in story.TEAM]
    return [*team, ("Django admin", *story.ADMIN)]
