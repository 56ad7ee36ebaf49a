"""Whom of the register to ask to a walk, and what they answer."""

from __future__ import annotations

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audits.enums import TargetGroup
from audits.search import words
from audits.stakeholders.models import Stakeholder
from audits.widgets import DateInput

from ..models import CityWalk, WalkCall


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

    def __init__(self, *args, walk: CityWalk, **kwargs):
        super().__init__(*args, **kwargs)
        self.walk = walk
        self.fields["stakeholders"].queryset = walk.audit.stakeholders.all()

    def save(self) -> int:
        """Puts them on the walk's list; those that are there stay as they are. Returns how many were ticked."""
        chosen = self.cleaned_data["stakeholders"]
        WalkCall.objects.bulk_create(
            [WalkCall(walk=self.walk, stakeholder=one) for one in chosen], ignore_conflicts=True
        )
        return len(chosen)


class CallForm(forms.ModelForm):
    """When a stakeholder was asked and what they say. An answer without a day was given to a call of today."""

    class Meta:
        model = WalkCall
        fields = ["asked_on", "reply", "note"]
        widgets = {"asked_on": DateInput}

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
