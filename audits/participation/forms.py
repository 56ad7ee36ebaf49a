import uuid
from collections.abc import Collection, Mapping

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audits import tokens
from audits.enums import StakeholderGroup
from audits.forms.fields import SentOnceForm

from . import consent
from .consent import ConsentSheet, ConsentText
from .enums import AgeBand, Gender, Purpose
from .models import Participant

# As people say it of themselves; the team reads the groups' names instead.
GROUPS = [
    ("", _("I prefer not to say")),
    (StakeholderGroup.MIGRANTS, _("a person who moved here from another country")),
    (StakeholderGroup.NGO, _("a member of an NGO or community organisation")),
    (StakeholderGroup.MEDIATORS, _("a mediator")),
    (StakeholderGroup.SCHOOLS, _("a teacher or school leader")),
    (StakeholderGroup.POLICE, _("police")),
    (StakeholderGroup.ADMINISTRATION, _("city administration")),
    (StakeholderGroup.OTHER, pgettext_lazy("I take part as", "something else")),
]


class CodeField(forms.CharField):
    """A code in any case and with any spaces; cleaned to the form in which it was made."""

    def __init__(self, **kwargs):
        super().__init__(max_length=40, **kwargs)
        self.widget.attrs.update(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "form-control"}
        )

    def clean(self, value):
        return tokens.normalised(super().clean(value))


class JoinCodeForm(forms.Form):
    """The code on a poster, a paper form or a seat card, for people who cannot scan it; or somebody's personal code."""

    code = CodeField(
        label=_("Code"),
        help_text=_(
            "It has 8 characters and stands at the end of the address on the poster, paper form or seat card. Your "
            "personal code works here too."
        ),
        error_messages={
            "required": _("Type the code that stands on the poster, paper form or seat card, or your personal code.")
        },
    )


class PersonalCodeForm(forms.Form):
    """A code from another phone or from the paper form's tear-off."""

    personal_code = CodeField(
        label=_("Your personal code"),
        help_text=_("8 letters and numbers, for example 7KPM 3XWD. It also stands on your paper form."),
        error_messages={"required": _("Type your personal code.")},
    )


class OwnPageForm(forms.Form):
    """Whose page was sent: on a phone that people share somebody else may take part by now."""

    owner = forms.UUIDField()

    def is_of(self, participant: Participant) -> bool:
        return self.is_valid() and self.cleaned_data["owner"] == participant.uuid

    @property
    def is_of_nobody(self) -> bool:
        """Whether it is the page of somebody who has taken everything back."""
        return self.is_valid() and not Participant.objects.filter(uuid=self.cleaned_data["owner"]).exists()


class ConsentFields(forms.Form):
    """One box per purpose, none of them ticked beforehand."""

    def __init__(self, *args, texts: Mapping[Purpose, ConsentText], **kwargs):
        super().__init__(*args, **kwargs)
        self.texts = texts
        for purpose, text in texts.items():
            self.fields[purpose.value] = forms.BooleanField(
                label=text.title,
                help_text=text.words,
                required=text.needed,
                error_messages={"required": _("Without this you cannot take part. Tick it if you agree.")},
            )

    @property
    def boxes(self):
        """The fields in order, each with whether it is needed."""
        return [(self[purpose.value], text.needed) for purpose, text in self.texts.items()]

    @property
    def given(self) -> list[Purpose]:
        return [purpose for purpose in self.texts if self.cleaned_data.get(purpose.value)]


class AgreedForm(ConsentFields):
    """Changing one's mind. `holds` are the purposes agreed to now; with `minor` a new yes needs the guardian again.

    An empty box is a no only where the page showed it: an older page may not know a purpose (`shown`).
    """

    shown = forms.MultipleChoiceField(choices=Purpose.choices, required=False, widget=forms.MultipleHiddenInput)
    # Ticked by the page that has said what is deleted.
    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, texts: Mapping[Purpose, ConsentText], holds: Collection[Purpose], minor: bool, **kwargs):
        initial = {"shown": list(texts), **{purpose.value: purpose in holds for purpose in texts}}
        super().__init__(*args, texts=texts, initial=initial, **kwargs)
        self.holds = holds
        if minor and not set(texts) <= set(holds):
            self.fields["guardian"] = forms.BooleanField(label=consent.GUARDIAN_AGAIN, required=False)

    def clean(self):
        cleaned = super().clean()
        if "guardian" in self.fields and not cleaned.get("guardian") and not set(self.given) <= set(self.holds):
            self.add_error("guardian", _("Under 18 a parent or guardian has to agree. Tick this if they do."))
        return cleaned

    @property
    def decisions(self) -> dict[Purpose, bool]:
        """What was decided, by purpose; only after `is_valid()`."""
        return {purpose: purpose in self.given for purpose in self.texts if purpose in self.cleaned_data["shown"]}

    @property
    def taken_back(self) -> list[Purpose]:
        """What was agreed to and is not any more; only after `is_valid()`."""
        return [purpose for purpose, given in self.decisions.items() if purpose in self.holds and not given]


class JoinForm(ConsentFields):
    """Consents, age of consent, and what somebody may say about themselves if they wish."""

    ADULT, GUARDIAN = "adult", "guardian"

    # New on each page: by it a second press of the button is recognised. It is stored nowhere.
    joining = forms.UUIDField(widget=forms.HiddenInput({"autocomplete": "off"}), required=False, initial=uuid.uuid4)

    age = forms.ChoiceField(
        label=_("Your age"),
        choices=[(ADULT, consent.ADULT), (GUARDIAN, consent.GUARDIAN)],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two. Under 18 a parent or guardian has to agree.")},
    )
    group = forms.ChoiceField(
        label=_("I take part mainly as …"),
        help_text=_("So that we can compare how groups see the city."),
        choices=GROUPS,
        required=False,
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    gender = forms.ChoiceField(
        label=_("Gender"),
        choices=[("", _("I prefer not to say")), *Gender.choices],
        required=False,
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    age_band = forms.ChoiceField(
        label=_("Age group"),
        choices=[("", _("I prefer not to say")), *AgeBand.choices],
        required=False,
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    def __init__(self, *args, sheet: ConsentSheet, **kwargs):
        super().__init__(*args, texts=sheet.texts, **kwargs)
        self.sheet = sheet
        self.order_fields([purpose.value for purpose in sheet.texts])

    def clean(self):
        cleaned = super().clean()
        band, age = cleaned.get("age_band"), cleaned.get("age")
        if age and band and (band == AgeBand.UNDER_18) != (age == self.GUARDIAN):
            self.add_error("age_band", _("This does not fit what you said about your age above."))
        return cleaned

    @property
    def person(self) -> dict:
        """What `actions.join` and `actions.take_up` take about the person."""
        return {
            "guardian": self.cleaned_data["age"] == self.GUARDIAN,
            "group": self.cleaned_data["group"],
            "gender": self.cleaned_data["gender"],
            "age_band": self.cleaned_data["age_band"],
        }


ALL = "all"
"""All languages, where something is printed in one after the other."""


class LanguageField(forms.ChoiceField):
    """A language of participants, or all of them; cleaned to the list of their codes."""

    def __init__(self, **kwargs):
        choices = [(ALL, _("All languages, one after the other")), *settings.PARTICIPANT_LANGUAGES]
        super().__init__(label=_("Language"), choices=choices, **kwargs)

    def clean(self, value):
        chosen = super().clean(value)
        return [code for code, _name in settings.PARTICIPANT_LANGUAGES] if chosen == ALL else [chosen]


class PosterForm(SentOnceForm):
    """A poster by which people join."""

    size = forms.ChoiceField(
        label=_("Size of the poster"),
        choices=[("a4", _("A4, for walls")), ("a5", _("A5, for tables and to hand out"))],
        widget=forms.RadioSelect,
        initial="a4",
        error_messages={"required": _("Choose a size.")},
    )
    languages = LanguageField(initial=ALL)
