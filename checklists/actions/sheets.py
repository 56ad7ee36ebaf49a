"""Sheets as a whole: forms that are printed, new numbers, other walks, sheets that are void."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from audits.models import User
from audits.participation import actions as participation
from audits.participation.models import Change

from ..enums import SheetAct, SheetSource
from ..lines import plan_of
from ..models import CityWalk, Score, Sheet, SheetEvent, WalkPlace
from ..wording import wording_of
from .answers import NotAcceptingError, Outcome, record
from .changes import PersonChange


def unused_forms(walk: CityWalk) -> QuerySet[Sheet]:
    """Printed forms that nobody has used yet: no answers, nobody has joined with their code, not void."""
    return Sheet.objects.filter(
        ~Exists(Score.objects.filter(sheet=OuterRef("pk"))),
        walk=walk,
        source=SheetSource.PAPER,
        voided_at__isnull=True,
        participant__joined_at__isnull=True,
        participant__consents__isnull=True,
    )


@transaction.atomic
def issue_forms(*, walk: CityWalk, count: int, language: str, by: User) -> list[tuple[Sheet, str]]:
    """Makes sheets for `count` paper forms, numbered after the last one, and returns each with its personal code.

    The codes are kept as hashes only: they have to be printed now. `language` is a code of PARTICIPANT_LANGUAGES.
    """
    walk = CityWalk.objects.select_for_update().select_related("audit", "checklist").get(pk=walk.pk)
    revision = _revision(walk, language)
    first = next_number(walk)
    issued = []
    for number in range(first, first + count):
        participant, code = participation.reserve(audit=walk.audit, language=language)
        sheet = Sheet.objects.create(
            walk=walk,
            participant=participant,
            number=number,
            source=SheetSource.PAPER,
            language=language,
            translation_revision=revision,
        )
        issued.append((sheet, code))
    return issued


@transaction.atomic
def reissue_forms(*, walk: CityWalk, numbers: Collection[int], language: str, by: User) -> list[tuple[Sheet, str]]:
    """Gives forms new codes, to print them again; their old codes end. Forms in use are left as they are."""
    walk = CityWalk.objects.select_for_update().select_related("audit", "checklist").get(pk=walk.pk)
    revision = _revision(walk, language)
    issued = []
    forms = unused_forms(walk).filter(number__in=numbers).select_related("participant")
    for sheet in forms.select_for_update(of=("self",)):
        code = participation.renew_code(participant=sheet.participant)
        sheet.language, sheet.translation_revision = language, revision
        sheet.save(update_fields=["language", "translation_revision"])
        issued.append((sheet, code))
    return issued


def _revision(walk: CityWalk, language: str) -> str:
    return wording_of(plan_of(walk), walk.checklist, language).revision


def next_number(walk: CityWalk) -> int:
    """The number after the highest one on the walk."""
    return (Sheet.objects.filter(walk=walk).aggregate(last=Max("number"))["last"] or 0) + 1


@transaction.atomic
def add_sheet(
    *,
    walk: CityWalk,
    number: int,
    by: User,
    group: str = "",
    gender: str = "",
    age_band: str = "",
    quotation: bool = False,
    guardian: bool = False,
) -> Sheet:
    """A sheet for a paper that is on nobody's list, whose owner agreed on it to take part.

    Raises ValidationError, keyed by field where one is to blame: a number that is taken, a walk that takes nothing.
    """
    walk = CityWalk.objects.select_for_update().select_related("audit", "checklist").get(pk=walk.pk)
    if walk.sheets.filter(number=number).exists():
        raise ValidationError({"number": _("Sheet %(number)s is on this walk already.") % {"number": number}})
    language = walk.audit.language
    participant, _code = participation.reserve(audit=walk.audit, language=language)
    sheet = Sheet.objects.create(walk=walk, participant=participant, number=number, language=language)
    say_who(
        sheet=sheet,
        by=by,
        group=group,
        gender=gender,
        age_band=age_band,
        takes_part=True,
        quotation=quotation,
        guardian=guardian,
    )
    return sheet


def say_who(
    *,
    sheet: Sheet,
    by: User,
    group: str = "",
    gender: str = "",
    age_band: str = "",
    takes_part: bool = False,
    quotation: bool = False,
    guardian: bool = False,
) -> None:
    """Records what the head of a paper sheet says about its owner, consents included.

    Raises ValidationError where the sheet takes nothing, or the owner says it on an own phone.
    """
    change = PersonChange(
        uuid=uuid.uuid4(),
        sequence=0,
        group=group,
        gender=gender,
        age_band=age_band,
        takes_part=takes_part,
        quotation=quotation,
        guardian=guardian,
    )
    try:
        (result,) = record(sheet=sheet, changes=[change], device=uuid.uuid4(), by=by)
    except NotAcceptingError as error:
        raise ValidationError(str(error)) from error
    if result.outcome == Outcome.REFUSED:
        raise ValidationError(result.message)


@transaction.atomic
def renumber_sheet(*, sheet: Sheet, number: int, reason: str, by: User, exchange: bool = False) -> Sheet:
    """Gives a sheet another number, for a reason that is kept. With `exchange` the sheet that has it gets this one's.

    Raises ValidationError, keyed by field, for a number that is taken or the same.
    """
    # Numbers are given under the lock of the walk: two sheets may want the same one at the same moment.
    walk = CityWalk.objects.select_for_update().get(pk=sheet.walk_id)
    sheet = _locked(sheet)
    if sheet.walk_id != walk.pk:
        raise ValidationError(_("Somebody has moved this sheet to another walk meanwhile."))
    before = sheet.number
    if number == before:
        raise ValidationError({"number": _("The sheet has this number already.")})
    other = Sheet.objects.select_for_update().filter(walk=sheet.walk, number=number).first()
    if other and not exchange:
        raise ValidationError(
            {"number": _("Another sheet has the number %(number)s. The two can exchange numbers.") % {"number": number}}
        )
    if other:
        # On the way no number may stand twice.
        other.number = next_number(sheet.walk)
        other.save(update_fields=["number"])
    sheet.number = number
    sheet.save(update_fields=["number"])
    _note(sheet, SheetAct.RENUMBERED, before, number, reason, by)
    if other:
        other.number = before
        other.save(update_fields=["number"])
        _note(other, SheetAct.RENUMBERED, number, before, reason, by)
    return sheet


@transaction.atomic
def move_sheet(*, sheet: Sheet, to: CityWalk, reason: str, by: User) -> Sheet:
    """Moves a paper sheet to another walk of the audit on the same checklist; it keeps its number where that is free.

    Answers for a place go to the place of the same name. Raises ValidationError where the sheet does not fit there.
    """
    sheet = _locked(sheet)
    to = CityWalk.objects.select_for_update().get(pk=to.pk)
    places = _places_there(sheet, to)
    before = sheet.walk
    for old, new in places.items():
        sheet.scores.filter(place=old).update(place=new)
        sheet.places.filter(place=old).update(place=new)
    if to.sheets.filter(number=sheet.number).exists():
        sheet.number = next_number(to)
    sheet.walk = to
    sheet.save(update_fields=["walk", "number"])
    _note(sheet, SheetAct.MOVED, before.title, to.title, reason, by)
    return sheet


def _places_there(sheet: Sheet, to: CityWalk) -> dict[int, WalkPlace]:
    """The places of the other walk that stand for this one's, by primary key; raises ValidationError."""
    here = sheet.walk
    if to.audit_id != here.audit_id or to.checklist_id != here.checklist_id or to.pk == here.pk:
        raise ValidationError(_("A sheet can only move to another walk of this audit on the same checklist."))
    if not sheet.typed_by_team or sheet.scores.filter(from_phone=True).exists():
        raise ValidationError(_("This sheet was filled in on a phone on this walk, so it stays here."))
    if to.sheets.filter(participant=sheet.participant_id, voided_at__isnull=True).exists():
        raise ValidationError(_("This person has a sheet on that walk already."))
    if Change.objects.filter(subject=sheet.subject).late().exists():
        raise ValidationError(_("Late answers of this sheet wait for a decision. Decide about them first."))
    answered = sheet.scores.values("item__section")
    per_place = [set(walk.per_place_sections.filter(pk__in=answered)) for walk in (here, to)]
    if per_place[0] != per_place[1]:
        (section, *_others) = per_place[0] ^ per_place[1]
        raise ValidationError(
            _("“%(section)s” is filled in once per place on one of the two walks and once in all on the other.")
            % {"section": section.title}
        )
    there = {place.name.casefold(): place for place in to.places.all()}
    found = {}
    for place in here.places.all():
        used = sheet.scores.filter(place=place).exists() or sheet.places.filter(place=place).exists()
        if used and place.name.casefold() not in there:
            raise ValidationError(
                _(
                    "This sheet has answers for “%(place)s”, which is not on the walk “%(walk)s”. Add the place there first."
                )
                % {"place": place.name, "walk": to.title}
            )
        if used:
            found[place.pk] = there[place.name.casefold()]
    return found


@transaction.atomic
def void_sheet(*, sheet: Sheet, reason: str, by: User) -> Sheet:
    """Makes a sheet void: it is kept, and counts nowhere. Raises ValidationError where it is void already."""
    sheet = _locked(sheet)
    if sheet.voided_at:
        raise ValidationError(_("This sheet is void already."))
    sheet.voided_at, sheet.voided_by, sheet.void_reason = timezone.now(), by, reason
    sheet.save(update_fields=["voided_at", "voided_by", "void_reason"])
    _note(sheet, SheetAct.VOIDED, "", "", reason, by)
    return sheet


@transaction.atomic
def restore_sheet(*, sheet: Sheet, reason: str, by: User) -> Sheet:
    """Takes a void back. Raises ValidationError where it is not void, or its owner has another sheet by now."""
    sheet = _locked(sheet)
    if not sheet.voided_at:
        raise ValidationError(_("This sheet is not void."))
    if sheet.walk.sheets.filter(participant=sheet.participant_id, voided_at__isnull=True).exists():
        raise ValidationError(_("This person has another sheet on this walk, which counts."))
    sheet.voided_at, sheet.voided_by, sheet.void_reason = None, None, ""
    sheet.save(update_fields=["voided_at", "voided_by", "void_reason"])
    _note(sheet, SheetAct.RESTORED, "", "", reason, by)
    return sheet


def _locked(sheet: Sheet) -> Sheet:
    return Sheet.objects.select_for_update(of=("self",)).select_related("walk").get(pk=sheet.pk)


def _note(sheet: Sheet, act: SheetAct, before: object, after: object, reason: str, by: User) -> None:
    SheetEvent.objects.create(sheet=sheet, act=act, before=str(before), after=str(after), reason=reason, by=by)
