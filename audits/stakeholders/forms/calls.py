"""Whom of the register to ask to an occasion, and what they answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audits.enums import TargetGroup
from audits.forms.fields import DayField
from audits.forms.versioned import VersionedForm
from audits.models import Audit
from audits.search import words

from ..models import Call, Stakeholder


class FindForm(forms.Form):
    """What of the register to offer. A field that holds nonsense is left out."""

    q = forms.CharField(
        label=_("Search the register"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    group = forms.ChoiceField(label=_("Target group"), required=False, choices=[("", _("All")), *TargetGroup.choices])

    def narrow(self, stakeholders):
        self.is_valid()
        if group := self.cleaned_data.get("group"):
            stakeholders = stakeholders.filter(target_group=group)
        return stakeholders.mentioning(words(self.cleaned_data.get("q", "")))


class AskForm(forms.Form):
    """Stakeholders that are ticked to be asked."""

    stakeholders = forms.ModelMultipleChoiceField(
        Stakeholder.objects.none(),
        to_field_name="uuid",
        error_messages={
            "required": _("Tick whom you want to ask."),
            "invalid_choice": _("One of these is not in the register any more. Look again."),
        },
    )

    def __init__(self, *args, audit: Audit, calls: Any, **kwargs):
        super().__init__(*args, **kwargs)
        # The related manager of the occasion's calls: it knows their class and their occasion.
        self.calls = calls
        self.fields["stakeholders"].queryset = audit.stakeholders.all()

    def save(self) -> int:
        """Puts them on the occasion's list; those that are there stay as they are. Returns how many were ticked."""
        chosen = self.cleaned_data["stakeholders"]
        model, occasion = self.calls.model, {self.calls.field.name: self.calls.instance}
        model.objects.bulk_create([model(stakeholder=one, **occasion) for one in chosen], ignore_conflicts=True)
        return len(chosen)


class CallForm(VersionedForm):
    """When a stakeholder was asked and what they say. An answer without a day was given to a call of today."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{field.label}: {self.instance.stakeholder.name}"
        self.fields["note"].widget.attrs["dir"] = "auto"
        # Each row of the table has such a form.
        self.auto_id = f"{self.instance.uuid}-%s"

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("reply") and not cleaned.get("asked_on") and "asked_on" not in self.errors:
            cleaned["asked_on"] = timezone.localdate()
        return cleaned


def call_form(call: Call, data: Any = None) -> forms.ModelForm:
    """The form of one call, whichever occasion it is to."""
    fields, classes = ["asked_on", "reply", "note"], {"asked_on": DayField}
    return forms.modelform_factory(type(call), form=CallForm, fields=fields, field_classes=classes)(data, instance=call)
