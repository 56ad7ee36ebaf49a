"""What an author says of a photo: words, theme, rights, place. Each change says everything, so that a later one simply
takes the place of an earlier one (DESIGN rule 12)."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext as _

from audits.participation.actions import problem_with_text

from ..enums import AllowedUse, VisiblePeople
from ..models import Activity
from ..models.photo import CREDIT_LENGTH, TEXT_LENGTH, TITLE_LENGTH

# Three decimals of a degree are about 100 metres (SAFETY, "Photos").
PLACE = Decimal("0.001")
MARK = Decimal("0.0001")
# Said only where the activity offers to.
PLACE_FIELDS = ("latitude", "longitude", "plan", "plan_x", "plan_y")


@dataclass(frozen=True, kw_only=True)
class PhotoDetails:
    """Everything that the author says of one photo. `credit` empty and `anonymous` false: not asked yet.

    Latitude and longitude in degrees come in any precision and are kept to about 100 metres; a mark on a plan is in
    shares of its width and height.
    """

    part: ClassVar[str] = "details"

    title: str = ""
    text: str = ""
    language: str = "en"
    theme: UUID | None = None
    declared: bool = False
    use: str = AllowedUse.INSIDE
    credit: str = ""
    anonymous: bool = False
    people: str = VisiblePeople.UNKNOWN
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    plan: UUID | None = None
    plan_x: Decimal | None = None
    plan_y: Decimal | None = None

    def __post_init__(self) -> None:
        for name, step in (("latitude", PLACE), ("longitude", PLACE), ("plan_x", MARK), ("plan_y", MARK)):
            value = getattr(self, name)
            if value is not None:
                object.__setattr__(self, name, value.quantize(step))

    @property
    def content(self) -> dict[str, Any]:
        """As the journal keeps it: plain JSON."""
        plain = (UUID, Decimal)
        return {key: str(value) if isinstance(value, plain) else value for key, value in asdict(self).items()}

    @classmethod
    def from_journal(cls, content: dict[str, Any]) -> PhotoDetails:
        """The details of a change as it arrived."""
        known = {field.name for field in fields(cls)}
        values = {key: value for key, value in content.items() if key in known}
        for key in ("theme", "plan"):
            values[key] = UUID(values[key]) if values.get(key) else None
        for key in ("latitude", "longitude", "plan_x", "plan_y"):
            values[key] = Decimal(values[key]) if values.get(key) is not None else None
        return cls(**values)


@dataclass(frozen=True, kw_only=True)
class DetailsChange:
    """A correction that a device sends for a photo that has arrived."""

    uuid: UUID
    sequence: int
    photo: UUID
    details: PhotoDetails


@dataclass(frozen=True, kw_only=True)
class TakeBack:
    """That a device wants a photo gone which it had begun to send, and of which it never heard that it had arrived."""

    uuid: UUID
    sequence: int
    photo: UUID


def problem_with(details: PhotoDetails, activity: Activity) -> str:
    """Why the details cannot be taken, as a sentence for the person; empty when they can."""
    if details.theme is not None and not activity.guide.themes.filter(uuid=details.theme).exists():
        return _("Choose one of the themes.")
    if details.use not in AllowedUse.values or details.people not in VisiblePeople.values:
        return _("Choose from the list.")
    if details.anonymous and details.credit:
        return _("Either a name stands below the photo, or none.")
    if (details.latitude is None) != (details.longitude is None) or (details.plan_x is None) != (
        details.plan_y is None
    ):
        return _("The place cannot be read.")
    if details.latitude is not None and not (abs(details.latitude) <= 90 and abs(details.longitude or 0) <= 180):
        return _("The place cannot be read.")
    if details.plan_x is not None and not (0 <= details.plan_x <= 1 and 0 <= (details.plan_y or 0) <= 1):
        return _("The mark has to be on the plan.")
    if details.plan is not None and not activity.audit.plans.filter(uuid=details.plan).exists():
        return _("This plan is not there any more.")
    return (
        problem_with_text(details.title, TITLE_LENGTH)
        or problem_with_text(details.text, TEXT_LENGTH)
        or problem_with_text(details.credit, CREDIT_LENGTH)
    )
