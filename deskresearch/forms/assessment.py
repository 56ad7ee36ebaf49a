"""What a document says on integration and urban security, and how it is rated on the fourteen points."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audits.forms.fields import LongText
from audits.forms.versioned import VersionedForm
from audits.models import Versioned
from audits.texts import in_lines

from .. import actions, completion
from ..actions import ProvisionInput, RatingInput
from ..enums import Point, PointGroup, ProvisionTopic, Rating
from ..models import Answer, Document
from ..models.documents import PAGE_LENGTH, QUOTE_LENGTH, REASON_LENGTH
from ..rules import MOST_PROVISIONS, UNRATED_REASON

# Empty rows, so that a form without a script has room for one of each.
NEW = (ProvisionTopic.INTEGRATION, ProvisionTopic.SECURITY)
NAME = re.compile(r"provision-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-text")


@dataclass(frozen=True)
class RatingFields:
    """A point with its two fields, for the page."""

    point: Point
    value: BoundField
    reason: BoundField

    @property
    def to_complete(self) -> bool:
        return completion.lacks_reason(self.value.value(), self.reason.value())

    @property
    def choices(self) -> list[tuple[str, str, Any]]:
        """Value, label and icon of each answer."""
        return [
            (rating.value, rating.label, rating.icon) for rating in Rating
        ] + [("", _("Not rated yet"), "dash-circle")]  # fmt: skip


@dataclass(frozen=True)
class ProvisionFields:
    """A provision with its fields, for the page; `standing` where it is saved already."""

    number: int
    topic: BoundField
    text: BoundField
    page: BoundField
    remove: BoundField | None
    stood: BoundField | None
    standing: bool

    @property
    def to_complete(self) -> bool:
        return completion.lacks_page(self.text.value(), self.page.value())


class AssessForm(VersionedForm):
    """The ratings and provisions of a document, under its version.

    A provision's fields are named by its UUID, also those of a new one: saved twice by itself it is one row, and one
    that answers cite is changed in place. A provision goes only where "remove" is ticked.
    """

    class Meta:
        model = Document
        fields: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for point in Point:
            self.fields[point.value] = forms.ChoiceField(
                label=point.label,
                required=False,
                choices=[*Rating.choices, ("", gettext_lazy("Not rated yet"))],
                widget=forms.RadioSelect,
            )
            self.fields[f"{point.value}-reason"] = forms.CharField(
                label=gettext_lazy("%(point)s: reason") % {"point": point.label},
                required=False,
                validators=[MaxLengthValidator(REASON_LENGTH)],
                widget=LongText(attrs={"rows": 1, "dir": "auto"}),
            )
        # Without a row it only gives back what was typed into one that was deleted meanwhile.
        for rating in self.instance.ratings.all() if self.instance.pk else ():
            self.initial |= {rating.point: rating.value, f"{rating.point}-reason": rating.reason}
        self._add_provisions()

    def _add_provisions(self) -> None:
        standing = list(self.instance.provisions.all()) if self.instance.pk else []
        self.standing = {one.uuid for one in standing}
        self.rows: list[uuid.UUID] = [one.uuid for one in standing]
        if self.is_bound:
            typed = [uuid.UUID(found[1]) for name in self.data if (found := NAME.fullmatch(name))]
            self.rows += [one for one in typed if one not in self.standing]
        for one in standing:
            self._add_provision(one.uuid, one.topic, one.text, one.page)
        for new in self.rows[len(standing) :]:
            self._add_provision(new, ProvisionTopic.INTEGRATION)
        empty = 0 if self.is_bound and any(self._is_empty(one) for one in self.rows) else len(NEW)
        for topic in NEW[:empty]:
            self.rows.append(uuid.uuid4())
            self._add_provision(self.rows[-1], topic)

    def _add_provision(self, key: uuid.UUID, topic: str, text: str = "", page: str = "") -> None:
        number = len([name for name in self.fields if name.endswith("-topic")]) + 1
        named = {"number": number}
        self.fields[f"provision-{key}-topic"] = forms.ChoiceField(
            label=_("Provision %(number)s: on what") % named, choices=ProvisionTopic, required=False
        )
        self.fields[f"provision-{key}-text"] = forms.CharField(
            label=_("Provision %(number)s: quotation") % named,
            required=False,
            validators=[MaxLengthValidator(QUOTE_LENGTH)],
            widget=LongText(attrs={"rows": 3, "dir": "auto"}),
        )
        self.fields[f"provision-{key}-page"] = forms.CharField(
            label=_("Provision %(number)s: page or section") % named, required=False, max_length=PAGE_LENGTH
        )
        if key in self.standing:
            self.fields[f"provision-{key}-remove"] = forms.BooleanField(
                label=_("Remove provision %(number)s") % named, required=False
            )
            # The page says which provisions stood when it was opened; others were saved by itself in this sitting.
            self.fields[f"provision-{key}-stood"] = forms.BooleanField(required=False, widget=forms.HiddenInput)
        self.initial |= {
            f"provision-{key}-topic": topic,
            f"provision-{key}-text": text,
            f"provision-{key}-page": page,
            f"provision-{key}-stood": "1",
        }

    def _is_empty(self, key: uuid.UUID) -> bool:
        return not any(self.data.get(f"provision-{key}-{name}", "").strip() for name in ("text", "page"))

    # For the page -----------------------------------------------------------------------------------------------

    def groups(self) -> list[tuple[PointGroup, list[RatingFields]]]:
        return [
            (
                group,
                [RatingFields(point, self[point.value], self[f"{point.value}-reason"]) for point in Point.of(group)],
            )
            for group in PointGroup
        ]

    def provisions(self) -> list[ProvisionFields]:
        return [
            ProvisionFields(
                number,
                self[f"provision-{key}-topic"],
                self[f"provision-{key}-text"],
                self[f"provision-{key}-page"],
                self[f"provision-{key}-remove"] if key in self.standing else None,
                self[f"provision-{key}-stood"] if key in self.standing else None,
                key in self.standing,
            )
            for number, key in enumerate(self.rows, start=1)
        ]

    # What was typed ---------------------------------------------------------------------------------------------

    def clean(self):
        cleaned = super().clean()
        for point in Point:
            if cleaned.get(f"{point.value}-reason") and not cleaned.get(point.value):
                self.add_error(point.value, UNRATED_REASON)
        for key in self.rows:
            name = f"provision-{key}-"
            if cleaned.get(f"{name}text") or f"{name}text" in self.errors or cleaned.get(f"{name}remove"):
                continue
            if key in self.standing and self._is_taken_back(key):
                cleaned[f"{name}remove"] = True
            elif key in self.standing and f"{name}text" in self.data:
                self.add_error(f"{name}text", _("Write the quotation, or tick that it is removed."))
            elif cleaned.get(f"{name}page"):
                self.add_error(f"{name}text", _("Write the quotation that stands there."))
        if len(list(self._typed())) > MOST_PROVISIONS:
            self.add_error(
                None, _("At most %(most)s provisions of one document are possible.") % {"most": MOST_PROVISIONS}
            )
        return cleaned

    def _is_taken_back(self, key: uuid.UUID) -> bool:
        """Whether a provision that was saved by itself in this sitting is empty again, and nothing cites it yet."""
        stood = self.data.get(f"provision-{key}-stood") == "1" or f"provision-{key}-text" not in self.data
        return not stood and self._is_empty(key) and not Answer.objects.filter(provisions__uuid=key).exists()

    def _typed(self) -> Iterator[ProvisionInput]:
        for key in self.rows:
            text = self.cleaned_data.get(f"provision-{key}-text")
            if text and not self.cleaned_data.get(f"provision-{key}-remove"):
                topic = self.cleaned_data.get(f"provision-{key}-topic") or ProvisionTopic.INTEGRATION
                yield ProvisionInput(
                    ProvisionTopic(topic), text, self.cleaned_data.get(f"provision-{key}-page", ""), key
                )

    @property
    def _ratings(self) -> dict[Point, RatingInput]:
        return {
            point: RatingInput(Rating(value), self.cleaned_data[f"{point.value}-reason"])
            for point in Point
            if (value := self.cleaned_data[point.value])
        }

    @property
    def _removed(self) -> list[uuid.UUID]:
        return [key for key in self.rows if self.cleaned_data.get(f"provision-{key}-remove")]

    # Under the version ------------------------------------------------------------------------------------------

    def same_beside(self, saved: Versioned) -> bool:
        typed = [(one.uuid, one.topic, one.text, one.page) for one in self._typed()]
        # A row that came in meanwhile is nobody's change here: it stays, at its place.
        known = {key for key in self.rows if f"provision-{key}-text" in self.data}
        standing = [
            (one.uuid, one.topic, in_lines(one.text), one.page) for one in saved.provisions.all() if one.uuid in known
        ]
        ratings = {
            Point(one.point): RatingInput(Rating(one.value), in_lines(one.reason)) for one in saved.ratings.all()
        }
        return sorted(typed) == sorted(standing) and ratings == self._ratings

    def write_beside(self, row: Versioned) -> None:
        typed = [one for one in self._typed() if f"provision-{one.uuid}-text" in self.data]
        actions.write_assessment(document=row, ratings=self._ratings, provisions=typed, removed=self._removed)

    def compared(self) -> list[str]:
        return [
            name
            for name in self.fields
            if name not in ("version", "shown")
            and not name.endswith(("-remove", "-stood"))
            and (not self.is_bound or name in self.data or name in Point.values)
        ]

    def value_of(self, saved: Versioned, name: str) -> Any:
        if name.startswith("provision-"):
            key, part = name.removeprefix("provision-").rsplit("-", 1)
            found = next((one for one in saved.provisions.all() if str(one.uuid) == key), None)
            return getattr(found, part) if found else ""
        point, _dash, reason = name.partition("-")
        rating = next((one for one in saved.ratings.all() if one.point == point), None)
        return (rating.reason if reason else rating.value) if rating else ""

    def _own(self, name: str) -> Any:
        row, _dash, part = name.rpartition("-")
        if self.cleaned_data.get(f"{row}-remove") or (part == "topic" and not self.cleaned_data.get(f"{row}-text")):
            return ""
        return super()._own(name)
