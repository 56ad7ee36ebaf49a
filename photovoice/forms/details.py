"""What is said of a photo, as a script sends it and as a page asks it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from audits.models import CityPlan
from audits.participation.deliveries import ChangeForm, TextField
from audits.templatetags.interface import direction

from .. import consent
from ..actions import DetailsChange, PhotoDetails, TakeBack
from ..enums import AllowedUse, VisiblePeople
from ..models import Photo, PhotoRights
from ..models.photo import CREDIT_LENGTH, TEXT_LENGTH, TITLE_LENGTH
from ..wording import ThemeInWords

# "Undetermined" is the code for a language that nobody has named.
OTHER_LANGUAGE = "und"
LANGUAGES = [*settings.PARTICIPANT_LANGUAGES, (OTHER_LANGUAGE, _("another language"))]
PEOPLE = [(VisiblePeople.UNKNOWN.value, _("I am not sure")), *VisiblePeople.choices[1:]]


def _too_long() -> str:
    names = {"length": "%(limit_value)d", "count": "%(show_value)d"}
    return gettext("At most %(length)s characters; these are %(count)s.") % names


# The sentence that static/js/limits.js says, too, with the names that a validator fills in.
TOO_LONG = {"max_length": lazy(_too_long, str)()}


class DetailsForm(forms.Form):
    """All that is said of one photo; nothing is needed, because words can follow later.

    Places are in degrees, marks in shares of the plan's width and height.
    """

    title = forms.CharField(label=_("Title"), required=False, max_length=TITLE_LENGTH, error_messages=TOO_LONG)
    text = TextField(
        label=_("What do we see, and why does it matter?"), max_length=TEXT_LENGTH, error_messages=TOO_LONG
    )
    language = forms.ChoiceField(choices=LANGUAGES, required=False)
    theme = forms.UUIDField(required=False)
    declared = forms.BooleanField(required=False)
    use = forms.ChoiceField(choices=AllowedUse, required=False)
    credit = forms.CharField(label=consent.NAME, required=False, max_length=CREDIT_LENGTH, error_messages=TOO_LONG)
    anonymous = forms.BooleanField(required=False)
    people = forms.ChoiceField(choices=PEOPLE, required=False)
    latitude = forms.DecimalField(required=False, min_value=-90, max_value=90)
    longitude = forms.DecimalField(required=False, min_value=-180, max_value=180)
    plan = forms.UUIDField(required=False)
    plan_x = forms.DecimalField(required=False, min_value=0, max_value=1)
    plan_y = forms.DecimalField(required=False, min_value=0, max_value=1)

    def details(self) -> PhotoDetails:
        """What was said; only after `is_valid()`."""
        said = {name: self.cleaned_data[name] for name in DetailsForm.base_fields if name in self.cleaned_data}
        said["language"] = said.get("language") or get_language()
        said["use"] = said.get("use") or AllowedUse.INSIDE.value
        return PhotoDetails(**said)


class TakenField(forms.Field):
    """When a photo was taken, in the device's own time as cameras write it: "2026:10:10 14:03:59". What cannot be read
    costs no photo."""

    def to_python(self, value: Any) -> datetime | None:
        try:
            return timezone.make_aware(datetime.strptime(value, "%Y:%m:%d %H:%M:%S"))
        except (TypeError, ValueError):
            return None


class SentDetails(ChangeForm, DetailsForm):
    """A correction that a script sends for a photo that has arrived."""

    names_fields = True

    photo = forms.UUIDField()

    def change(self) -> DetailsChange:
        said = self.cleaned_data
        return DetailsChange(uuid=said["uuid"], sequence=said["sequence"], photo=said["photo"], details=self.details())


class SentTakeBack(ChangeForm):
    """That a photo which a script had begun to send is wanted no more."""

    makes = TakeBack

    photo = forms.UUIDField()


class SentPhoto(ChangeForm, DetailsForm):
    """One photo that a script sends, with the person (`owner`) for whom the device had kept it."""

    envelope = ("uuid", "sequence", "device", "owner")
    names_fields = True

    device = forms.UUIDField()
    owner = forms.UUIDField()
    file = forms.FileField(allow_empty_file=True)
    taken = TakenField(required=False)

    @property
    def readable(self) -> bool:
        """Whether it is known what was sent and by whom, so that the photo can be answered for itself."""
        return not set(self.envelope) & set(self.errors)


KINDS = {"details": SentDetails, "take_back": SentTakeBack}


class WordsForm(DetailsForm):
    """The page's questions about a photo, or about several that are sent at once.

    `x` and `y` are percent of the plan, as people read them. With `before`, a statement of rights, where a photo may be
    shown and under which name is as it was said the last time. With `photo` its own words stand there.
    """

    # As on the page, so that what is missing is told in the same order.
    field_order = (
        *("sending", "camera", "files", "theme", "title", "text", "language", "people"),
        *("latitude", "longitude", "x", "y", "credit", "use", "declared"),
    )

    sending = forms.UUIDField(widget=forms.HiddenInput)
    x = forms.DecimalField(label=_("From the left, in %"), required=False, min_value=0, max_value=100)
    y = forms.DecimalField(label=_("From the top, in %"), required=False, min_value=0, max_value=100)

    def __init__(
        self,
        *args: Any,
        themes: Sequence[ThemeInWords],
        asks_place: bool,
        plan: CityPlan | None,
        photo: Photo | None = None,
        before: PhotoRights | None = None,
        by_team: bool = False,
        **kwargs: Any,
    ):
        initial = {"language": get_language(), **_initial(photo, before), **(kwargs.pop("initial", None) or {})}
        super().__init__(*args, initial=initial, **kwargs)
        fields = self.fields
        fields["title"].help_text = _("A few words, in any language.")
        fields["text"].help_text = _("One or two sentences are enough, in any language.")
        fields["text"].widget = forms.Textarea({"rows": 3})
        for name in ("title", "text"):
            most = _("At most %(length)s characters.") % {"length": fields[name].max_length}
            fields[name].help_text = f"{fields[name].help_text} {most}"
        for name in ("title", "text", "credit"):
            # What waits on a phone is answered late: static/js/limits.js says at once that it is too long.
            most = fields[name].max_length
            said = _("At most %(length)s characters; these are %(count)s.") % {"length": most, "count": "{count}"}
            fields[name].widget.attrs |= {"dir": "auto", "data-limit": most, "data-too-long": said}
        fields["language"].label = _("Language of these words")
        fields["theme"] = forms.TypedChoiceField(
            label=_("Theme"),
            choices=[(str(theme.uuid), _in_its_language(theme)) for theme in themes],
            coerce=UUID,
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose one of the themes.")},
        )
        fields["people"].label = _("People in the photo")
        fields["use"].label = consent.WHERE
        fields["use"].required = True
        fields["use"].widget = forms.RadioSelect(choices=AllowedUse.choices)
        fields["use"].error_messages["required"] = _("Choose where it may be shown.")
        fields["credit"].help_text = consent.NAME_HELP
        fields["declared"].required = True
        if by_team:
            fields["credit"].help_text = _(
                "As the author wants it, for example a first name. It can be left empty where no name is wanted."
            )
            fields["declared"].label = consent.THE_AUTHORS_OWN
            fields["declared"].error_messages["required"] = _("Only photos whose author says so can be taken.")
        else:
            fields["declared"].label = consent.OWN
            fields["declared"].error_messages["required"] = _("Tick this if it is so. Only own photos can be sent.")
        self.plan = plan if asks_place else None
        self.photo = photo
        for name in ("latitude", "longitude"):
            # A script fills them; what is not offered is not asked.
            fields[name].widget = forms.HiddenInput()
        unasked = ["anonymous", "plan", "plan_x", "plan_y"]
        unasked += [] if asks_place else ["latitude", "longitude"]
        unasked += [] if self.plan else ["x", "y"]
        for name in unasked:
            del fields[name]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        said["anonymous"] = not said.get("credit")
        if self.plan and "x" in said and "y" in said:
            x, y = said["x"], said["y"]
            if (x is None) != (y is None):
                self.add_error("y" if y is None else "x", _("Both figures are needed, or none."))
            elif x is not None:
                said |= {"plan": self.plan.uuid, "plan_x": x / 100, "plan_y": y / 100}
        return said

    def details(self) -> PhotoDetails:
        """What was said; a place that this page does not ask for stays as it is."""
        said = super().details()
        if self.photo is None or self.plan:
            return said
        photo = self.photo
        kept = {"plan": photo.plan.uuid if photo.plan else None, "plan_x": photo.plan_x, "plan_y": photo.plan_y}
        if "latitude" not in self.fields:
            kept |= {"latitude": photo.latitude, "longitude": photo.longitude}
        return replace(said, **kept)


def _in_its_language(theme: ThemeInWords) -> str:
    language = theme.title.language
    return format_html('<span lang="{}" dir="{}">{}</span>', language, direction(language), theme.title)


def _initial(photo: Photo | None, rights: PhotoRights | None) -> dict[str, Any]:
    """What stands in the fields before anybody types."""
    found: dict[str, Any] = {}
    if rights:
        found |= {"use": rights.use, "credit": rights.credit}
    if photo:
        found |= {
            "title": photo.title,
            "text": photo.text,
            "language": photo.language,
            "theme": str(photo.theme.uuid) if photo.theme else "",
            "people": rights.people if rights else "",
            "declared": rights.declared if rights else False,
            "latitude": photo.latitude,
            "longitude": photo.longitude,
        }
        if photo.plan_x is not None and photo.plan_y is not None:
            found |= {"x": _percent(photo.plan_x), "y": _percent(photo.plan_y)}
    return found


def _percent(share: Decimal) -> Decimal:
    return (share * 100).quantize(Decimal("0.1"))
