"""What the team says of a photo."""

from __future__ import annotations

from decimal import Decimal

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from audits.forms.fields import LongText
from audits.images import Box
from audits.texts import in_lines

from ..enums import AllowedUse, VisiblePeople
from ..models import Activity, CaptionTranslation, Photo, PhotoRights
from ..models.photo import ALT_LENGTH, CREDIT_LENGTH, DISTRICT_LENGTH
from ..showing import Permission, Shown
from ..wording import ThemeInWords

WITHOUT = "none"


class FilterForm(forms.Form):
    """Which photos are shown: of a theme, of a state of permission. Takes the activity's themes."""

    theme = forms.ChoiceField(label=_("Theme"), required=False)
    permission = forms.ChoiceField(
        label=_("Permission"), required=False, choices=[("", _("All photos")), *Permission.choices]
    )

    def __init__(self, *args, themes: list[ThemeInWords], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["theme"].choices = [
            ("", _("All themes")),
            *((str(one.uuid), one.title.text) for one in themes),
            (WITHOUT, _("Without a theme")),
        ]

    @property
    def chosen(self) -> dict[str, str]:
        """What is asked for; an unknown choice asks for nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value} if self.is_bound else {}

    def narrow(self, shown: list[Shown]) -> list[Shown]:
        chosen = self.chosen
        if theme := chosen.get("theme"):
            shown = [one for one in shown if _theme_of(one) == theme]
        if permission := chosen.get("permission"):
            shown = [one for one in shown if one.permission == permission]
        return shown


def _theme_of(shown: Shown) -> str:
    return str(shown.photo.theme.uuid) if shown.photo.theme else WITHOUT


class LookForm(forms.Form):
    """Who is visible, what can be seen, which theme.

    Takes the photo as it is shown, its activity's themes, and in which language photos of the activity are usually
    described.
    """

    people = forms.ChoiceField(label=_("Who can be recognised?"), required=False, widget=forms.RadioSelect)
    alt = forms.CharField(
        label=_("What can be seen, for people who cannot see it"),
        required=False,
        max_length=ALT_LENGTH,
        widget=LongText(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("One plain sentence. It is read out wherever the photo is shown."),
    )
    alt_language = forms.ChoiceField(
        label=_("Language of this sentence"),
        choices=settings.PARTICIPANT_LANGUAGES,
        required=False,
        help_text=_("So that it is read out in the right voice."),
    )
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    district = forms.CharField(
        label=_("Part of the city"),
        required=False,
        max_length=DISTRICT_LENGTH,
        widget=forms.TextInput(attrs={"list": "districts", "dir": "auto", "autocomplete": "off"}),
        help_text=_("As people there call it. The report compares parts in which enough people took photos."),
    )
    # What the page showed, so that only what its reader changed is written.
    seen = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)
    seen_alt_language = forms.CharField(required=False, widget=forms.HiddenInput)
    seen_people = forms.CharField(required=False, widget=forms.HiddenInput)
    seen_theme = forms.CharField(required=False, widget=forms.HiddenInput)
    seen_district = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, shown: Shown, themes: list[ThemeInWords], own_theme: bool, usual_language: str, **kwargs):
        people = shown.rights.people if shown.rights else VisiblePeople.UNKNOWN
        photo = shown.photo
        initial = {
            "people": people,
            "alt": photo.alt,
            "seen": photo.alt,
            "alt_language": photo.alt_language or usual_language,
            "seen_alt_language": photo.alt_language,
            "seen_people": people,
            "theme": (theme := str(photo.theme.uuid) if photo.theme else ""),
            "seen_theme": theme,
            "district": photo.district,
            "seen_district": photo.district,
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.themes = {str(one.uuid): one.theme for one in themes}
        # What somebody has looked at is not made unlooked at.
        self.fields["people"].choices = [
            (value, label) for value, label in VisiblePeople.choices if value or not people
        ]
        self.fields["theme"].choices = [
            ("", _("Without a theme")),
            *((str(one.uuid), one.title.text) for one in themes),
        ]
        if own_theme:
            del self.fields["theme"]

    def clean_alt(self) -> str:
        return " ".join(self.cleaned_data["alt"].split())

    def clean_district(self) -> str:
        return " ".join(self.cleaned_data["district"].split())

    @property
    def described(self) -> dict:
        """What `actions.look_at` takes; only after `is_valid()`."""
        said = self.cleaned_data
        theme = said.get("theme", said["seen_theme"])
        return {
            "people": said["people"] if said["people"] != said["seen_people"] else VisiblePeople.UNKNOWN,
            "alt": said["alt"],
            "seen_alt": said["seen"],
            "alt_language": said["alt_language"] if said["alt_language"] != said["seen_alt_language"] else "",
            "theme": self.themes.get(theme),
            "changes_theme": theme != said["seen_theme"],
            "district": said["district"] if said["district"] != said["seen_district"] else None,
        }

    def beside(self, current: Photo) -> None:
        """Says what somebody else wrote meanwhile; the next save is over that."""
        self.add_error("alt", stale(current.alt))
        self.data = self.data.copy()
        self.data["seen"] = current.alt


class LostLookForm(forms.Form):
    """What somebody typed about a photo that is gone by now, to be given back."""

    alt = LookForm.base_fields["alt"]
    district = LookForm.base_fields["district"]


class AltLanguageForm(forms.Form):
    """In which language all photos of an activity are described of which nobody has said it."""

    language = forms.ChoiceField(label=_("Language of these descriptions"), choices=settings.PARTICIPANT_LANGUAGES)

    def save(self, activity: Activity) -> int:
        """Writes it. Returns of how many photos."""
        return activity.photos.without_alt_language().update(alt_language=self.cleaned_data["language"])


def stale(text: str) -> ValidationError:
    return ValidationError(
        _("Somebody else wrote meanwhile: “%(text)s”. Put both together below and save again."), params={"text": text}
    )


class RightsForm(forms.ModelForm):
    """What an author told the team, for photos that did not come from an own phone."""

    use = forms.ChoiceField(label=_("Where may it be shown?"), choices=AllowedUse, widget=forms.RadioSelect)
    credit = forms.CharField(
        label=_("Name below the photo"),
        required=False,
        max_length=CREDIT_LENGTH,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        help_text=_("As the author wants it. It may be another name."),
    )

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = PhotoRights
        fields = ("declared", "use", "credit", "anonymous")
        labels = {
            "declared": _("The author has said: I took this photo, and it may be used for nothing commercial."),
            "anonymous": _("The author wants no name below it."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.instance.pk

    def beside(self, current: PhotoRights) -> None:
        """As `LookForm.beside`."""
        name = _("no name") if current.anonymous else current.credit
        self.add_error("use", stale(" – ".join(map(str, filter(None, (current.get_use_display(), name))))))
        self.data = self.data.copy()
        self.data["seen"] = str(current.pk)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("anonymous") and cleaned.get("credit"):
            self.add_error("credit", _("Either a name stands below the photo, or none."))
        return cleaned


class TranslationForm(forms.ModelForm):
    """A photo's title and words in another language."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = CaptionTranslation
        fields = ("title", "text")
        widgets = {"text": LongText(attrs={"rows": 4})}
        error_messages = {"title": {"required": _("Write the title in this language.")}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.instance.at.isoformat() if self.instance.pk else ""
        for field in ("title", "text"):
            self.fields[field].widget.attrs.update(lang=self.instance.language, dir="auto")

    def clean(self):
        cleaned = super().clean()
        return {name: in_lines(value) for name, value in cleaned.items()}

    def beside(self, current: CaptionTranslation) -> None:
        """As `LookForm.beside`."""
        self.add_error("title", stale(" – ".join(filter(None, (current.title, current.text)))))
        self.data = self.data.copy()
        self.data["seen"] = current.at.isoformat()


class HideForm(forms.ModelForm):
    """Why a photo is hidden; the reason stays with it."""

    hidden_reason = forms.CharField(
        label=_("Why is it hidden?"),
        max_length=300,
        help_text=_("The team reads this. It stands in no report."),
        error_messages={"required": _("Write why, in a few words.")},
    )

    class Meta:
        model = Photo
        fields = ("hidden_reason",)


class LateForm(forms.Form):
    """Whether what came late counts."""

    decision = forms.ChoiceField(choices=[("admit", _("Let it count")), ("refuse", _("Leave it out"))])


class ShareField(forms.DecimalField):
    """A share of a plan's width or height, shown and typed in percent; its value is between 0 and 1."""

    def __init__(self, **kwargs):
        super().__init__(min_value=0, max_value=100, max_digits=5, decimal_places=2, **kwargs)
        self.widget.attrs["step"] = "0.1"

    def prepare_value(self, value):
        return (value * 100).quantize(Decimal("0.1")) if isinstance(value, Decimal) else value

    def clean(self, value):
        percent = super().clean(value)
        return None if percent is None else percent / 100


class MarkForm(forms.Form):
    """Where on the plan a photo was taken; `static/js/plan-marks.js` fills it in from a click."""

    _place = {"required": _("Mark the place on the plan, or write how far it is from its edges.")}
    x = ShareField(label=_("From the left, in %"), error_messages=_place)
    y = ShareField(label=_("From the top, in %"), error_messages=_place)


class BlurForm(forms.Form):
    """What is blurred: boxes in percent of the picture, one to a line; `static/js/photo-blur.js` writes them from
    drawing.

    Its cleaned value is a list of `images.Box`.
    """

    MOST = 40

    boxes = forms.CharField(
        label=_("Parts to blur"),
        widget=LongText(attrs={"rows": 4, "dir": "ltr", "spellcheck": "false", "inputmode": "decimal"}),
        help_text=_(
            "One to a line, four numbers in percent of the picture: from the left, from the top, width, height. "
            "For example: 40 25 12 18"
        ),
        error_messages={"required": _("Draw a box over what is to be blurred, or type its four numbers.")},
    )

    def clean_boxes(self) -> list[Box]:
        lines = [line.replace(",", ".").split() for line in self.cleaned_data["boxes"].splitlines()]
        rows = [(number, parts) for number, parts in enumerate(lines, start=1) if parts]
        if len(rows) > self.MOST:
            raise ValidationError(_("At most %(most)s parts at once are possible."), params={"most": self.MOST})
        return [self._box(number, parts) for number, parts in rows]

    def _box(self, number: int, parts: list[str]) -> Box:
        try:
            left, top, width, height = (float(part) for part in parts)
            # What is no number compares as false.
            inside = 0 <= left < 100 and 0 <= top < 100 and 0 < width <= 100 and 0 < height <= 100
        except ValueError:
            inside = False
        if not inside:
            raise ValidationError(
                _("Line %(line)s needs four numbers between 0 and 100: from the left, from the top, width, height."),
                params={"line": number},
            )
        return Box(left / 100, top / 100, width / 100, height / 100)


def languages_left(photo: Photo, taken: list[str]) -> list[tuple[str, str]]:
    """The languages into which the words of a photo can still be translated."""
    return [(code, name) for code, name in settings.PARTICIPANT_LANGUAGES if code not in (photo.language, *taken)]
