"""Seats: prepared with a number and a code, and taken on the day by whoever agrees to take part."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from audits.participation import actions as participation
from audits.participation.consent import GROUPS
from audits.participation.enums import Purpose
from audits.participation.models import Participant

from ..live import changes_of
from ..models import FocusGroup, Seat
from ..storage import delete_recordings

MOST_SEATS = 60
"""Six times the toolkit's eight to ten people."""


class NotAllAgreeError(Exception):
    """Somebody at the table does not agree to be recorded. `seats` are their numbers."""

    def __init__(self, seats: list[int]) -> None:
        super().__init__(f"No consent to recording from the seats {seats}.")
        self.seats = seats


def unused_seats(group: FocusGroup) -> QuerySet[Seat]:
    """Seats that nobody has taken: their cards may be printed again."""
    return group.seats.filter(participant__joined_at__isnull=True, participant__consents__isnull=True)


@transaction.atomic
def prepare_seats(*, group: FocusGroup, count: int, language: str) -> list[tuple[Seat, str]]:
    """Makes seats, numbered after the last one, and returns each with the personal code of its card.

    The codes are kept as hashes only: they have to be printed now. Raises ValidationError beyond MOST_SEATS.
    """
    group = FocusGroup.objects.select_for_update(of=("self",)).select_related("audit").order_by().get(pk=group.pk)
    last = group.seats.aggregate(last=Max("number"))["last"] or 0
    if last + count > MOST_SEATS:
        raise ValidationError({"count": _("A group has at most %(most)s seats.") % {"most": MOST_SEATS}})
    prepared = []
    for number in range(last + 1, last + count + 1):
        participant, code = participation.reserve(audit=group.audit, language=language)
        prepared.append((Seat.objects.create(group=group, participant=participant, number=number), code))
    return prepared


@transaction.atomic
def renew_seats(*, group: FocusGroup, numbers: Collection[int], language: str) -> list[tuple[Seat, str]]:
    """Gives seats that nobody has taken new codes, to print their cards again; the old codes end."""
    FocusGroup.objects.select_for_update().order_by().get(pk=group.pk)
    renewed = []
    for seat in unused_seats(group).filter(number__in=numbers).select_related("participant"):
        code = participation.renew_code(participant=seat.participant)
        Participant.objects.filter(pk=seat.participant_id).update(language=language)
        renewed.append((seat, code))
    return renewed


@transaction.atomic
def record_seat(
    *,
    seat: Seat,
    decisions: Mapping[Purpose, bool],
    guardian: bool = False,
    group: str = "",
    gender: str = "",
    age_band: str = "",
) -> None:
    """Records who sits there and what they agreed to on paper; called again it corrects, as new acts of consent.

    Who takes part and does not agree to be recorded ends every recording of the group: it rests on the consent of all.
    Raises ValidationError where somebody who is noted would no longer take part: then everything has to go.
    """
    # The group is not locked first: a consent that is taken back locks the participant, then the group.
    waiting = changes_of(seat.group).late().filter(content__seat=str(seat.uuid))
    if not decisions[Purpose.TAKING_PART] and (seat.notes.exists() or waiting.exists()):
        raise ValidationError(
            {
                "takes_part": _(
                    "There are notes from this seat. Whoever no longer wants to take part takes everything back, with "
                    "the code of the card or on the page of the seat."
                )
            }
        )
    participation.join_on_paper(
        participant=seat.participant,
        decisions=decisions,
        guardian=guardian,
        group=group,
        gender=gender,
        age_band=age_band,
        text_version=GROUPS.version,
    )
    if decisions[Purpose.TAKING_PART] and not decisions[Purpose.RECORDING]:
        # Under this lock a recording is added too.
        FocusGroup.objects.select_for_update().order_by().get(pk=seat.group_id)
        delete_recordings(seat.group.recordings.all())


def lacking_consent(group: FocusGroup) -> list[int]:
    """Numbers of the seats that are taken by somebody who does not agree to be recorded."""
    agreeing = Participant.objects.agreeing_to(Purpose.RECORDING)
    taken = group.seats.filter(participant__joined_at__isnull=False)
    return list(taken.exclude(participant__in=agreeing).values_list("number", flat=True))
