"""Sheets that come in as a table: all of them or none."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audits.enums import StakeholderGroup
from audits.models import User
from audits.participation import actions as participation

from ..enums import SheetSource
from ..lines import plan_of
from ..models import CityWalk, Sheet
from .answers import NotAcceptingError, NotRecordedError, record_many
from .changes import AnswerChange, PersonChange, PlaceChange, SheetChange
from .sheets import unused_forms


@dataclass(frozen=True, kw_only=True)
class AnswerRow:
    """An answer as it stands in the table; `value` or the reason in `missing`."""

    item: uuid.UUID
    place: uuid.UUID | None = None
    value: int | None = None
    missing: str = ""
    comment: str = ""
    suggestion: str = ""


@dataclass(frozen=True, kw_only=True)
class PlaceRow:
    """Where and when a part was filled in at a place."""

    place: uuid.UUID
    location: str = ""
    date: datetime.date | None = None
    time: datetime.time | None = None


@dataclass(frozen=True, kw_only=True)
class SheetRow:
    """One participant's sheet in the table; `row` is where it stands there, for messages."""

    row: int
    number: int
    group: str = ""
    gender: str = ""
    age_band: str = ""
    quotation: bool = False
    guardian: bool = False
    answers: tuple[AnswerRow, ...] = ()
    places: tuple[PlaceRow, ...] = ()

    @property
    def scores(self) -> int:
        return sum(answer.value is not None for answer in self.answers)

    @property
    def without(self) -> int:
        return len(self.answers) - self.scores

    @property
    def comments(self) -> int:
        return sum(bool(answer.comment) + bool(answer.suggestion) for answer in self.answers)

    @property
    def group_label(self) -> str:
        return str(StakeholderGroup(self.group).label) if self.group else ""


def number_taken(walk: CityWalk) -> dict[int, str]:
    """Numbers of the walk that a new sheet cannot have, each with the reason. Unused printed forms are free."""
    free = set(unused_forms(walk).values_list("pk", flat=True))
    return {
        number: _("Sheet %(number)s is void on this walk; take another number.") % {"number": number}
        if voided_at
        else _("Sheet %(number)s is on this walk already, with answers.") % {"number": number}
        for pk, number, voided_at in Sheet.objects.filter(walk=walk).values_list("pk", "number", "voided_at")
        if pk not in free
    }


@transaction.atomic
def import_sheets(*, walk: CityWalk, rows: Sequence[SheetRow], by: User) -> list[Sheet]:
    """Brings in the sheets of a table, all or none; the consent of everybody in it was given on paper.

    A printed form that nobody has used yet is filled in and keeps its personal code; other numbers become new sheets.
    Raises ValidationError with a sentence for each row that cannot come in.
    """
    walk = CityWalk.objects.select_for_update().select_related("audit", "checklist").get(pk=walk.pk)
    taken = number_taken(walk)
    refused = [f"{_row(row)} {taken[row.number]}" for row in rows if row.number in taken]
    if refused:
        raise ValidationError(refused)
    forms = {sheet.number: sheet for sheet in unused_forms(walk).select_related("participant")}
    entries = []
    for row in rows:
        sheet = forms.get(row.number)
        if sheet is None:
            participant, _code = participation.reserve(audit=walk.audit, language=walk.audit.language)
            sheet = Sheet(walk=walk, participant=participant, number=row.number, language=walk.audit.language)
        sheet.source = SheetSource.SPREADSHEET
        sheet.save()
        entries.append((sheet, list(_changes(row))))
    try:
        record_many(sheets=entries, device=uuid.uuid4(), by=by, plan=plan_of(walk))
    except NotAcceptingError as error:
        raise ValidationError(str(error)) from error
    except NotRecordedError as error:
        raise ValidationError(
            [
                f"{_row(row)} {result.message}"
                for row, results in zip(rows, error.results, strict=True)
                for result in results
                if result.message
            ]
        ) from error
    return [sheet for sheet, _changes_of_it in entries]


def _row(row: SheetRow) -> str:
    return _("Row %(row)s:") % {"row": row.row}


def _changes(row: SheetRow) -> Iterator[SheetChange]:
    yield PersonChange(
        uuid=uuid.uuid4(),
        sequence=0,
        group=row.group,
        gender=row.gender,
        age_band=row.age_band,
        takes_part=True,
        quotation=row.quotation,
        guardian=row.guardian,
    )
    for sequence, place in enumerate(row.places, start=1):
        yield PlaceChange(uuid=uuid.uuid4(), sequence=sequence, **vars(place))
    for sequence, answer in enumerate(row.answers, start=1 + len(row.places)):
        yield AnswerChange(uuid=uuid.uuid4(), sequence=sequence, **vars(answer))
