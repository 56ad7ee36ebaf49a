"""What a device may send about a sheet: an answer, where a part was filled in, or who filled in a paper sheet.

Each change carries the UUID and the sequence that the device gave it, and says everything about its part, so that
a later one simply takes the place of an earlier one (DESIGN rule 12).
"""

import datetime
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

TEXT_LENGTH = 2000
LOCATION_LENGTH = 200


@dataclass(frozen=True, kw_only=True)
class AnswerChange:
    """The answer to one statement, at one place where its part is filled once per place.

    `value` is 1 to 5, or None with the reason in `missing`; None without a reason takes the answer back.
    """

    prefix: ClassVar[str] = "answer:"

    uuid: UUID
    sequence: int
    item: UUID
    place: UUID | None = None
    value: int | None = None
    missing: str = ""
    comment: str = ""
    suggestion: str = ""

    @property
    def part(self) -> str:
        return f"{self.prefix}{self.item}@{self.place}" if self.place else f"{self.prefix}{self.item}"

    @property
    def content(self) -> dict[str, Any]:
        return {
            "value": self.value,
            "missing": self.missing,
            "comment": self.comment,
            "suggestion": self.suggestion,
        }


@dataclass(frozen=True, kw_only=True)
class PlaceChange:
    """Where and when a part was filled in at one place (toolkit: specific location, date, time of walk)."""

    prefix: ClassVar[str] = "place:"

    uuid: UUID
    sequence: int
    place: UUID
    location: str = ""
    date: datetime.date | None = None
    time: datetime.time | None = None

    @property
    def part(self) -> str:
        return f"{self.prefix}{self.place}"

    @property
    def content(self) -> dict[str, Any]:
        return {
            "location": self.location,
            "date": self.date.isoformat() if self.date else None,
            "time": self.time.isoformat("minutes") if self.time else None,
        }


@dataclass(frozen=True, kw_only=True)
class PersonChange:
    """What the head of a paper sheet says about who filled it in, consents included."""

    prefix: ClassVar[str] = "person"

    uuid: UUID
    sequence: int
    group: str = ""
    gender: str = ""
    age_band: str = ""
    takes_part: bool = False
    quotation: bool = False
    guardian: bool = False

    @property
    def part(self) -> str:
        return self.prefix

    @property
    def content(self) -> dict[str, Any]:
        return {
            "group": self.group,
            "gender": self.gender,
            "age_band": self.age_band,
            "takes_part": self.takes_part,
            "quotation": self.quotation,
            "guardian": self.guardian,
        }


SheetChange = AnswerChange | PlaceChange | PersonChange


def from_journal(part: str, content: dict[str, Any], *, change: UUID, sequence: int) -> SheetChange:
    """A change as it was when it arrived, out of the journal's `part` and `content`."""
    if part.startswith(AnswerChange.prefix):
        item, _, place = part.removeprefix(AnswerChange.prefix).partition("@")
        return AnswerChange(
            uuid=change,
            sequence=sequence,
            item=UUID(item),
            place=UUID(place) if place else None,
            **content,
        )
    if part.startswith(PlaceChange.prefix):
        return PlaceChange(
            uuid=change,
            sequence=sequence,
            place=UUID(part.removeprefix(PlaceChange.prefix)),
            location=content["location"],
            date=datetime.date.fromisoformat(content["date"]) if content["date"] else None,
            time=datetime.time.fromisoformat(content["time"]) if content["time"] else None,
        )
    return PersonChange(uuid=change, sequence=sequence, **content)
