"""How sheets come into being: with a participant who joins on a phone, or for a paper to be typed in."""

from django.db import IntegrityError, transaction
from django.db.models import F

from audits.participation import actions as participation
from audits.participation.models import Participant

from ..enums import SheetSource
from ..models import CityWalk, Sheet
from .sheets import next_number

ATTEMPTS = 10


def find_sheet(*, walk: CityWalk, participant: Participant) -> Sheet | None:
    """The participant's sheet on this walk; a void one only where there is no other."""
    own = Sheet.objects.filter(walk=walk, participant=participant)
    return own.order_by(F("voided_at").asc(nulls_first=True)).first()


def sheet_for(*, walk: CityWalk, participant: Participant) -> Sheet:
    """The participant's sheet on this walk, made with the next number where there is none."""
    return find_sheet(walk=walk, participant=participant) or _open(walk, participant, SheetSource.PHONE)


@transaction.atomic
def begin_paper_sheet(*, walk: CityWalk) -> Sheet:
    """A new sheet with the next number, for a paper that has none printed on it."""
    participant, _code = participation.reserve(audit=walk.audit, language=walk.audit.language)
    return _open(walk, participant, SheetSource.PAPER)


def _open(walk: CityWalk, participant: Participant, source: str) -> Sheet:
    for _attempt in range(ATTEMPTS):
        try:
            with transaction.atomic():
                CityWalk.objects.select_for_update().get(pk=walk.pk)
                return Sheet.objects.create(
                    walk=walk,
                    participant=participant,
                    number=next_number(walk),
                    source=source,
                    language=participant.language,
                )
        except IntegrityError:
            # Another process took the number, or opened this very sheet.
            if found := Sheet.objects.filter(walk=walk, participant=participant).first():
                return found
    raise IntegrityError("No free number was found for a new sheet.")
