"""Somebody without a phone, as the team types in what the person signed on paper."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from audits.enums import StakeholderGroup
from audits.participation.consent import ConsentSheet
from audits.participation.enums import AgeBand, Gender, Purpose
from audits.participation.forms import CodeField, ConsentFields

NOT_SAID = ("", _("Not said"))


class PaperForm(ConsentFields):
    """The head of a signed paper: what the person agreed to, and what they say about themselves."""

    # By it a second press of the button is recognised. It is stored nowhere.
    sending = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)
    language = forms.ChoiceField(label=_("Language of the paper"), choices=settings.PARTICIPANT_LANGUAGES)
    group = forms.ChoiceField(label=_("Group"), choices=[NOT_SAID, *StakeholderGroup.choices], required=False)
    gender = forms.ChoiceField(label=_("Gender"), choices=[NOT_SAID, *Gender.choices], required=False)
    age_band = forms.ChoiceField(label=_("Age"), choices=[NOT_SAID, *AgeBand.choices], required=False)
    card = CodeField(
        label=_("Code of the card"),
        required=False,
        help_text=_("Where the person has chosen a card. Otherwise a code is made now."),
    )
    guardian = forms.BooleanField(
        label=_("A parent or guardian has signed"), required=False, help_text=_("Needed under 18 only.")
    )

    def __init__(self, *args: Any, sheet: ConsentSheet, **kwargs: Any):
        super().__init__(*args, texts=sheet.texts, **kwargs)
        self.sheet = sheet
        for purpose, words in (
            (Purpose.TAKING_PART, _("Only somebody who agreed on the paper to take part can be entered.")),
            (Purpose.PHOTO_USE, _("Without this no photo of the person can be taken in.")),
        ):
            self.fields[purpose.value].required = True
            self.fields[purpose.value].error_messages["required"] = words

    @property
    def boxes(self):
        return [(self[purpose.value], self.fields[purpose.value].required) for purpose in self.texts]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("age_band") == AgeBand.UNDER_18 and not said.get("guardian"):
            self.add_error("guardian", _("Under 18 a parent or guardian has to agree."))
        return said

    @property
    def joining(self) -> uuid.UUID:
        """The same for the same form with the same paper alone: a page that was gone back to takes in the next
        person."""
        said = sorted((name, str(value)) for name, value in self.cleaned_data.items())
        return uuid.uuid5(self.cleaned_data["sending"] or uuid.uuid4(), str(said))

    @property
    def person(self) -> dict[str, Any]:
        """What `join_on_paper` takes; only after `is_valid()`."""
        said = self.cleaned_data
        return {
            "decisions": {purpose: purpose in self.given for purpose in self.texts},
            "guardian": said["guardian"],
            "group": said["group"],
            "gender": said["gender"],
            "age_band": said["age_band"],
            "text_version": self.sheet.version,
        }
