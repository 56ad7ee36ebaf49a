"""Planning a walk and taking it from state to state."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from audits.models import User
from audits.tokens import new_code

from ..enums import WalkState
from ..models import CityWalk, Score, Section, WalkEvent, WalkPlace
from .answers import waiting_on
from .changes import AnswerChange


@dataclass(frozen=True, kw_only=True)
class PlannedPlace:
    """A place as planned: an existing one of the walk where `uuid` is known there, otherwise a new one."""

    name: str
    location: str = ""
    uuid: uuid.UUID | None = None


@transaction.atomic
def plan_walk(
    *, walk: CityWalk, places: Sequence[PlannedPlace], per_place_sections: Iterable[Section], by: User
) -> CityWalk:
    """Saves a new or changed walk with its places in the order given; a new one gets its join code.

    Raises ValidationError, its `error_dict` keyed by field ("places" for the places), when the plan contradicts
    what is already on sheets: another checklist, a scored place taken away, a scored part filled another way.
    """
    sections = list(per_place_sections)
    _check(walk, places, sections)
    if walk.pk is None:
        walk.join_code = _free_join_code()
    walk.save()
    _arrange(walk, places)
    walk.per_place_sections.set(sections)
    return walk


def _free_join_code() -> str:
    code = new_code()
    while CityWalk.objects.filter(join_code=code).exists():
        code = new_code()
    return code


def _check(walk: CityWalk, places: Sequence[PlannedPlace], sections: list[Section]) -> None:
    foreign = [section for section in sections if section.checklist_id != walk.checklist_id]
    if foreign:
        raise ValidationError(
            {"per_place_sections": _("“%(section)s” is not part of this checklist.") % {"section": foreign[0].title}}
        )
    if sections and not places:
        raise ValidationError(
            {"per_place_sections": _("Name at least one place, so that this part can be filled in there.")}
        )
    if walk.pk is None:
        return
    before = CityWalk.objects.select_for_update().get(pk=walk.pk)
    number = before.sheets.count()
    if number and before.checklist_id != walk.checklist_id:
        raise ValidationError(
            {
                "checklist": _(
                    "This walk has sheets on “%(checklist)s” already. For another checklist, plan another walk."
                )
                % {"checklist": before.checklist}
            }
        )
    kept = {place.uuid for place in places}
    for place in scored_places(before):
        if place.uuid not in kept:
            raise ValidationError(
                {"places": _("“%(place)s” has scores already and has to stay on the walk.") % {"place": place.name}}
            )
    changed = {section.pk for section in sections} ^ set(before.per_place_sections.values_list("pk", flat=True))
    # What came in after closing fits the sheet as it was, and could not be admitted to another one.
    answered = Q(pk__in=Score.objects.filter(sheet__walk=before).values("item__section"))
    waiting = Q(items__uuid__in=[change.item for change in waiting_on(before) if isinstance(change, AnswerChange)])
    scored = Section.objects.filter(answered | waiting, pk__in=changed).first()
    if scored:
        raise ValidationError(
            {
                "per_place_sections": _(
                    "“%(section)s” has answers already. Whether it is filled in once per place cannot change any more."
                )
                % {"section": scored.title}
            }
        )


def scored_places(walk: CityWalk) -> list[WalkPlace]:
    """The places of the walk for which there are answers or details on sheets, or wait for that; they have to stay."""
    answered = Score.objects.filter(sheet__walk=walk, place__isnull=False).values("place")
    described = walk.sheets.filter(places__isnull=False).values("places__place")
    waiting = Q(uuid__in=[change.place for change in waiting_on(walk) if change.place])
    return list(WalkPlace.objects.filter(Q(pk__in=answered) | Q(pk__in=described) | waiting, walk=walk))


def _arrange(walk: CityWalk, places: Sequence[PlannedPlace]) -> None:
    known = {place.uuid: place for place in walk.places.all()}
    kept = {place.uuid for place in places if place.uuid}
    WalkPlace.objects.filter(pk__in=[place.pk for key, place in known.items() if key not in kept]).delete()
    renamed = [known[place.uuid] for place in places if place.uuid in known and known[place.uuid].name != place.name]
    for row in renamed:
        # Two places may exchange their names; on the way there no name may stand twice.
        row.name = str(row.uuid)
    WalkPlace.objects.bulk_update(renamed, ["name"])
    taken = set(WalkPlace.objects.filter(uuid__in=kept - set(known)).values_list("uuid", flat=True))
    for position, place in enumerate(places, start=1):
        key = place.uuid if place.uuid and place.uuid not in taken else uuid.uuid4()
        row = known.get(key) or WalkPlace(walk=walk, uuid=key)
        row.name, row.location, row.position = place.name, place.location, position
        row.save()


@transaction.atomic
def move_walk(*, walk: CityWalk, to: WalkState | str, by: User, reason: str = "") -> CityWalk:
    """Takes the walk to its next state, or back for a reason, and keeps who did it when.

    Raises ValidationError where the walk has moved on meanwhile, where no reason is given for a step back, and
    where a walk that has answers would become a mere plan again.
    """
    walk = CityWalk.objects.select_for_update().get(pk=walk.pk)
    state, to = WalkState(walk.state), WalkState(to)
    if to != state.forward and to not in state.back:
        raise ValidationError(
            _("The walk is %(state)s by now. Somebody else may have changed it; look again.")
            % {"state": state.label.lower()}
        )
    if to in state.back:
        if not reason.strip():
            raise ValidationError(_("Write why the walk is put back."))
        if to == WalkState.PLANNED and Score.objects.filter(sheet__walk=walk).exists():
            raise ValidationError(_("This walk has answers already, so it cannot become a mere plan again."))
    walk.state = to
    walk.closed_at = timezone.now() if to == WalkState.CLOSED else None
    walk.save(update_fields=["state", "closed_at"])
    WalkEvent.objects.create(walk=walk, before=state, after=to, reason=reason.strip(), by=by)
    return walk
