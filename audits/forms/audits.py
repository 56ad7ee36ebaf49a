"""Opening an audit, its settings, and the audit that follows it."""

from datetime import date
from uuid import UUID

from django import forms
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..actions.versions import claim
from ..dates import long_date
from ..enums import Country
from ..models import Audit, City
from ..search import fold
from .fields import DayField, SentOnceForm

# Word for word the sentence of the toolkit's own imprint; funded projects are asked for it in this form.
DISCLAIMER = _(
    "The content of this document represents the views of the authors only and is their sole responsibility. "
    "The European Commission does not accept any responsibility for use that may be made of the information it "
    "contains."
)


class PeriodForm(forms.ModelForm):
    """Title and period of an audit; what every form here begins with."""

    class Meta:
        model = Audit
        fields = ["title", "starts_on", "ends_on"]
        field_classes = {"starts_on": DayField, "ends_on": DayField}
        help_texts = {"title": _("It stands on the report, for example: Velmora City Integration Audit 2026")}

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first day."))
        return cleaned


class OpeningForm(SentOnceForm, PeriodForm):
    """A form that opens an audit."""

    def sent(self) -> UUID | None:
        """The identifier that was sent, whatever is said of the other fields."""
        try:
            return self.fields["uuid"].clean(self["uuid"].value()) if self.is_bound else None
        except forms.ValidationError:
            return None


TAKEN = _(
    "This city has an audit with a team of its own. Ask its coordinator to invite you; whoever runs this site can tell "
    "you who that is."
)


class AuditForm(OpeningForm):
    """A new audit, of one of the `cities` or of a city entered here; `cleaned_data["city"]` is a saved or a new City."""

    city = forms.ModelChoiceField(
        label=_("City"),
        queryset=City.objects.none(),
        empty_label=_("It is not in this list"),
        error_messages={"required": _("Choose the city, or enter it below."), "invalid_choice": TAKEN},
    )
    city_name = forms.CharField(
        label=_("Name of the city"), max_length=120, error_messages={"required": _("Write the name of the city.")}
    )
    authority = forms.CharField(
        label=_("Name of the authority"),
        max_length=200,
        help_text=_("As it signs its documents, for example: Municipality of Velmora"),
        error_messages={"required": _("Write the name of the authority.")},
    )
    country = forms.ChoiceField(
        label=_("Country"),
        choices=[("", _("Choose the country")), *Country.choices],
        error_messages={"required": _("Choose the country.")},
    )
    language = forms.ChoiceField(
        label=_("Language of the report"),
        choices=settings.LANGUAGES,
        help_text=_("The City Audit Report is written in it. Participants choose their own language."),
    )

    NEW_CITY = ("city_name", "authority", "country")

    class Meta(PeriodForm.Meta):
        fields = ["title", "starts_on", "ends_on", "language"]

    def __init__(self, *args, cities: QuerySet[City], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["city"].queryset = self.cities = cities
        listed = cities.exists()
        if not listed:
            del self.fields["city"]
        if self.is_bound and listed:
            # Which of the two ways somebody took shows in what they filled in.
            typed = any(self[name].value() for name in self.NEW_CITY)
            self.fields["city"].required = not typed
            for name in self.NEW_CITY:
                self.fields[name].required = typed and not self["city"].value()

    @property
    def new_city_fields(self):
        return [self[name] for name in self.NEW_CITY]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("city"):
            if cleaned.get("city_name"):
                self.add_error("city_name", _("Choose a city from the list or enter a new one, not both."))
        elif all(cleaned.get(name) for name in self.NEW_CITY):
            name, country = cleaned["city_name"], cleaned["country"]
            same = City.objects.filter(name__fold=fold(name), country=country).first()
            if same:
                listed = self.cities.contains(same)
                self.add_error(
                    "city_name", _("This city is in the list already. Choose it there.") if listed else TAKEN
                )
            cleaned["city"] = City(name=name, authority=cleaned["authority"], country=country)
        return cleaned

    def refuse_city(self) -> None:
        """Says beside the city that somebody has opened its audit while this form was filled in."""
        self.add_error("city_name" if self.cleaned_data.get("city_name") else "city", TAKEN)


class FollowUpForm(OpeningForm):
    """Title and period of the audit that follows `previous`; all else is copied."""

    def __init__(self, *args, previous: Audit, **kwargs):
        super().__init__(*args, **kwargs)
        self.previous = previous

    def clean_title(self):
        title = self.cleaned_data["title"]
        if fold(title) == fold(self.previous.title):
            raise forms.ValidationError(_("The previous audit has this title. Give the new one a title of its own."))
        return title

    def clean_starts_on(self):
        first, before = self.cleaned_data["starts_on"], self.previous.starts_on
        if first <= before:
            raise forms.ValidationError(
                _("The previous audit began on %(day)s; this one has to begin later.") % {"day": long_date(before)}
            )
        return first

    @staticmethod
    def suggested_title(previous: Audit) -> str:
        """The previous title with this year in the place of its own."""
        return previous.title.replace(str(previous.starts_on.year), str(timezone.localdate().year))


class SettingsForm(PeriodForm):
    """All that is said about an audit, with its stage. `save` raises StaleError when others saved meanwhile."""

    language = forms.ChoiceField(
        label=_("Language of the report"),
        choices=settings.LANGUAGES,
        help_text=_("The City Audit Report is written in it."),
    )
    other_languages = forms.MultipleChoiceField(
        label=_("Other languages"),
        choices=settings.PARTICIPANT_LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("In which participants read and answer, besides the language of the report."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta(PeriodForm.Meta):
        fields = [
            "title",
            "starts_on",
            "ends_on",
            "state",
            "language",
            "other_languages",
            "description",
            "authors",
            "disclaimer",
            "controller",
        ]
        widgets = {
            "authors": forms.Textarea(attrs={"rows": 3}),
            "disclaimer": forms.Textarea(attrs={"rows": 5}),
            "controller": forms.Textarea(attrs={"rows": 3}),
            "description": forms.Textarea(attrs={"rows": 6}),
        }
        help_texts = PeriodForm.Meta.help_texts | {
            "disclaimer": _("It says that the European Commission does not answer for the content of the report."),
        }

    @staticmethod
    def suggested_disclaimer(language: str) -> str:
        """The toolkit's disclaimer in a language of the report."""
        with translation.override(language):
            return gettext(DISCLAIMER)

    def with_suggested_disclaimer(self) -> "SettingsForm":
        """The same form, nothing saved, with the toolkit's disclaimer behind what was typed."""
        typed = self._typed()
        language = typed["language"] if typed["language"] in dict(settings.LANGUAGES) else "en"
        parts = [typed["disclaimer"].strip(), self.suggested_disclaimer(language)]
        return type(self)(instance=self.instance, initial={**typed, "disclaimer": "\n\n".join(filter(None, parts))})

    def over(self, saved: Audit) -> "SettingsForm":
        """The same form, ready to be saved over what others saved; the second of the two versions to be shown."""
        return type(self)(instance=saved, initial={**self._typed(), "version": saved.version})

    def differences(self, saved: Audit) -> list[tuple[forms.BoundField, str]]:
        """The fields in which a valid form differs from what is saved, each with the saved value in words."""
        return [
            (self[name], _in_words(self.fields[name], getattr(saved, name)) or "–")
            for name in self.Meta.fields
            if self.cleaned_data[name] != getattr(saved, name)
        ]

    def clean_other_languages(self):
        return [code for code in self.cleaned_data["other_languages"] if code != self.cleaned_data.get("language")]

    def save(self):
        with transaction.atomic():
            claim(self.instance, "version", self.cleaned_data["version"])
            self.instance.save(update_fields=[*self.Meta.fields, "version"])
        return self.instance

    def _typed(self) -> dict:
        return {field.name: field.value() or "" for field in self}


def _in_words(field, value) -> str:
    if isinstance(value, list):
        return ", ".join(_in_words(field, one) for one in value)
    if isinstance(value, date):
        return long_date(value)
    return str(dict(getattr(field, "choices", ())).get(value, value))
