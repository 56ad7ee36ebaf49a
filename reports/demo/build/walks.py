"""Walks with their sheets, discussions and ideas."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from typing import Any

from audits.models import Audit, User
from audits.participation.actions import join
from audits.participation.enums import Purpose
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
from checklists.models import Checklist, CityWalk, ImprovementIdea, Item

from .. import story

# A fixed beginning: every machine builds the same demo.
SEED = 2026
EMPTY_SHARE, DONT_KNOW_SHARE = 0.03, 0.04


def plan(audit: Audit, checklist: Checklist, plan: dict[str, Any], people: dict[str, User]) -> CityWalk:
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


def close(walk: CityWalk) -> None:
    for state in (WalkState.CLOSING, WalkState.CLOSED):
        walk = move_walk(walk=walk, to=state, by=walk.facilitator)


def sheets(walk: CityWalk, plan: dict[str, Any], target: dict[str, float], people: dict[str, User]) -> None:
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


def discussion(audit: Audit, people: dict[str, User]) -> None:
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
