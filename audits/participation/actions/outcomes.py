"""What a device hears of the changes that it sent."""

import uuid
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from .journal import Verdict


class Outcome(StrEnum):
    """What became of one change; the words that pages and the JSON answer use."""

    SAVED = "saved"
    REPEAT = "repeat"
    SUPERSEDED = "superseded"
    LATE = "late"
    CONFLICT = "conflict"
    REFUSED = "refused"
    # Taken back: the device that still has it lets it go.
    GONE = "gone"

    @classmethod
    def of(cls, verdict: Verdict) -> "Outcome":
        """The outcome of a change that the journal took in."""
        return cls.SAVED if verdict is Verdict.STANDS else cls(verdict.value)


@dataclass(frozen=True, kw_only=True)
class Result:
    """A change's outcome, with a sentence for the person where it did not simply succeed.

    `uuid` is the change's; a text where what was sent there is none.
    """

    uuid: uuid.UUID | str
    outcome: Outcome
    message: str = ""


class NotAcceptingError(Exception):
    """Nothing is taken at the moment; the sentence says why. What was sent stays with its sender."""


def problem_with_text(text: str, length: int) -> str:
    """Why a text of at most `length` characters cannot be stored, as a sentence; empty when it can."""
    if len(text) > length:
        return _("At most %(length)s characters; these are %(count)s.") % {"length": length, "count": len(text)}
    if "\x00" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        return _("This text holds signs that cannot be stored.")
    return ""
