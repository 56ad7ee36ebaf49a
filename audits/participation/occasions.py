"""What a join code leads to: a walk, a focus group, later also a photovoice activity.

The methods stand above this room, so each announces in its app's `ready()` how it finds its own codes; joining
itself (language, consent, personal code) is the same for all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils import timezone

from audits.models import Audit

from .consent import WALKS, ConsentSheet
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
    `noted(participant)` are the words that others wrote down from them.
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

    @property
    def over(self) -> bool:
        """Whether its time has passed, whatever its phase."""
        return self.ends < timezone.now()


Finder = Callable[[str], Occasion | None]
_finders: dict[str, Finder] = {}


def register(key: str, find: Finder) -> None:
    """Announces a method's finder. Raises ValueError when the key is taken by another one."""
    if _finders.get(key, find) is not find:
        raise ValueError(f"Two methods find join codes under {key!r}.")
    _finders[key] = find


def find(code: str) -> Occasion | None:
    """The occasion of a join code, typed in any way; None where there is none."""
    for finder in _finders.values():
        if occasion := finder(code):
            return occasion
    return None


def context(occasion: Occasion) -> dict[str, Any]:
    """What every page of joining shows."""
    return {"occasion": occasion, "city": occasion.audit.city}
