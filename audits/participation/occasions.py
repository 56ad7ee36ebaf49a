"""What a join code leads to: a walk, a focus group, later also a photovoice activity.

The methods stand above this room, so each announces in its app's `ready()` how it finds its own codes; joining
itself (language, consent, personal code) is the same for all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils import timezone

from audits.dates import span
from audits.models import Audit

from .consent import WALKS, ConsentSheet
from .enums import Purpose
from .models import Participant


class Phase(StrEnum):
    """Whether people can join: not yet, now, only who holds a paper form, or no longer.

    To a focus group nobody joins on a phone: who sat there comes back with the code of the card.
    """

    EARLY = "early"
    OPEN = "open"
    CLOSING = "closing"
    CLOSED = "closed"
    RETURNING = "returning"


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """One occasion as the joining page shows it; texts are in the language that is active when it is made.

    `enter(participant)` makes sure that the participant has a place in it and returns the address to go to;
    `noted(participant)` are the words that others wrote down from them. `beside` is the join code of the occasion with
    which this one goes, `link` what somebody of that one reads to come here. `plan` is what people have to know to come,
    each with its name: where they meet, how long it takes.
    """

    audit: Audit
    code: str
    heading: str
    lead: str
    points: tuple[str, ...]
    starts: datetime
    ends: datetime
    phase: Phase
    enter: Callable[[Participant], str]
    consent: ConsentSheet = WALKS
    noted: Callable[[Participant], Sequence[str]] = lambda participant: ()
    beside: str = ""
    link: str = ""
    plan: tuple[tuple[str, str], ...] = ()

    @property
    def takes_photos(self) -> bool:
        """Whether people send photos here; the pages speak of photos then instead of a sheet."""
        return Purpose.PHOTO_USE in self.consent.texts

    @property
    def when(self) -> str:
        """The day with its times, or the period, as the poster says it."""
        return span(self.starts, self.ends)

    @property
    def one_day(self) -> bool:
        """Whether it begins and ends on the same day."""
        return timezone.localdate(self.starts) == timezone.localdate(self.ends)

    @property
    def over(self) -> bool:
        """Whether its time has passed, whatever its phase."""
        return self.ends < timezone.now()


@dataclass(frozen=True, kw_only=True)
class Finder:
    """How a method finds its occasions: by their join code, by the code of the one they go with, all of an audit, and
    those in which somebody takes part.

    `of_audit` gives code and title; only occasions with which others may go need to be told there.
    """

    by_code: Callable[[str], Occasion | None]
    beside: Callable[[str], Sequence[Occasion]] = lambda code: ()
    of_audit: Callable[[Audit], Sequence[tuple[str, str]]] = lambda audit: ()
    of_participant: Callable[[Participant], Sequence[Occasion]] = lambda participant: ()


_finders: dict[str, Finder] = {}


def register(key: str, finder: Finder) -> None:
    """Announces how a method finds its occasions. Raises ValueError when the key is taken by another one."""
    if _finders.get(key, finder) is not finder:
        raise ValueError(f"Two methods find join codes under {key!r}.")
    _finders[key] = finder


def find(code: str) -> Occasion | None:
    """The occasion of a join code, typed in any way; None where there is none."""
    for finder in _finders.values():
        if occasion := finder.by_code(code):
            return occasion
    return None


def of_audit(audit: Audit) -> list[tuple[str, str]]:
    """Code and title of the audit's occasions with which another one may go."""
    return [found for finder in _finders.values() for found in finder.of_audit(audit)]


def of_participant(participant: Participant) -> list[Occasion]:
    """Where somebody takes part: those that know them, and what was joined together with these."""
    found = [own for finder in _finders.values() for own in finder.of_participant(participant)]
    found += [other for own in found for other in companions(own, closed=True) if other.takes_photos]
    return list({own.code: own for own in found}.values())


def companions(occasion: Occasion, *, closed: bool = False) -> list[Occasion]:
    """The occasions that are joined together with this one: with a walk its photos, with photos their walk.

    With `closed` also those that are over, for whoever takes part already.
    """
    found = [other for finder in _finders.values() for other in finder.beside(occasion.code)]
    if occasion.beside and (other := find(occasion.beside)):
        found.append(other)
    return [
        other for other in found if other.audit.pk == occasion.audit.pk and (closed or other.phase is not Phase.CLOSED)
    ]


def consent_sheet(occasion: Occasion, decided: Collection[Purpose] = ()) -> ConsentSheet:
    """All that is asked on joining: the occasion's own purposes, then those that its companions add.

    What somebody has `decided` on already they can look at and change also when the companion is over.
    """
    sheet = occasion.consent
    for other in companions(occasion, closed=True):
        if other.phase is not Phase.CLOSED or set(other.consent.texts) & set(decided) - set(sheet.texts):
            sheet = sheet.joined_with(other.consent)
    return sheet


def enter(occasion: Occasion, participant: Participant) -> str:
    """Gives the participant a place here and in what is joined at once, and returns the address to go to: without a
    connection later on there would be none to be had."""
    for other in companions(occasion):
        if other.phase is Phase.OPEN:
            other.enter(participant)
    return occasion.enter(participant)


def context(occasion: Occasion) -> dict[str, Any]:
    """What every page of joining shows."""
    return {"occasion": occasion, "city": occasion.audit.city}
