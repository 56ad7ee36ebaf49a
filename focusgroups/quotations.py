"""Which notes may be quoted, and as whose words.

A note is quoted only where it names a seat whose participant agrees to quotation, and only as the words of a family of
stakeholder groups that had 5 seats in that group at least: with fewer, the others at the table would know who spoke
(DESIGN rule 4).
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from audits.enums import FAMILY_OF, Family, StakeholderGroup
from audits.models import Audit
from audits.participation.enums import Purpose
from audits.participation.models import Participant
from audits.small_numbers import MINIMUM

from .models import Note, Seat


def large_families(audit: Audit) -> set[tuple[int, Family]]:
    """Group (primary key) and family, for each family of which 5 people or more sat in that group."""
    seats = Seat.objects.filter(group__audit=audit, participant__joined_at__isnull=False).exclude(participant__group="")
    people: dict[tuple[int, Family], int] = {}
    # Unordered, since an order would split the groups that are counted.
    for group, own, number in seats.order_by().values_list("group", "participant__group").annotate(Count("pk")):
        key = group, FAMILY_OF[StakeholderGroup(own)]
        people[key] = people.get(key, 0) + number
    return {key for key, number in people.items() if number >= MINIMUM}


def quotable(audit: Audit) -> QuerySet[Note]:
    """The notes of the audit that may be quoted today, each with its seat and participant (`family_of`)."""
    where = Q(pk__in=())
    for group, family in large_families(audit):
        members = [one for one, of in FAMILY_OF.items() if of == family]
        where |= Q(group=group, seat__participant__group__in=members)
    agreeing = Participant.objects.filter(audit=audit, joined_at__isnull=False).agreeing_to(Purpose.QUOTATION)
    return (
        Note.objects.standing()
        .filter(where, group__audit=audit, seat__participant__in=agreeing)
        .select_related("seat__participant")
    )


def among(audit: Audit, wanted: Iterable[UUID]) -> dict[UUID, Note]:
    """Of the wanted notes those that may be quoted today."""
    wanted = list(wanted)
    return {note.uuid: note for note in quotable(audit).filter(uuid__in=wanted)} if wanted else {}


def in_small_family(note: Note, large: Container[tuple[int, Family]]) -> bool:
    """Whether the family of who speaks keeps a note from being quoted: too few of it sat there (`large_families`)."""
    if note.seat is None or not note.seat.participant.group:
        return False
    return (note.group_id, family_of(note)) not in large


def family_of(note: Note) -> Family:
    """As whose words a note is quoted, where it may be. Raises ValueError for one without a seat."""
    if note.seat is None:
        raise ValueError("A note without a seat is not quoted.")
    return FAMILY_OF[StakeholderGroup(note.seat.participant.group)]
