"""What the forms of findings and recommendations share: identifier of a new text, version of an old one."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from audits.enums import Area
from audits.forms.fields import SentOnceForm
from audits.texts import in_lines

from ..models import NumberedText


class NumberedTextForm(SentOnceForm, forms.ModelForm):
    """A form of a numbered text. A new one carries its identifier, so that sent twice it is written once;
    an existing one the version that its writer saw.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    area = forms.ChoiceField(
        label=_("Which area is it about?"),
        choices=Area,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the area"), "invalid_choice": _("Choose one of the four areas")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["uuid"]
            self.initial["version"] = self.instance.version
        else:
            del self.fields["version"]
        for name in ("text", "title"):
            if name in self.fields:
                self.fields[name].widget.attrs["dir"] = "auto"

    def clean_text(self):
        return in_lines(self.cleaned_data["text"])

    def over(self, saved: NumberedText):
        """The same form once more, now as a change of the text as somebody else saved it."""
        data = self.data.copy()
        data["version"] = str(saved.version)
        return type(self)(data, instance=saved, audit=saved.audit)

    def differences(self, saved: NumberedText) -> list[tuple[str, str]]:
        """Label and saved value of each field in which the saved text differs from what is in this form."""
        return [
            (self.fields[name].label, self.in_words(saved, name))
            for name in self._meta.fields
            if self.value_of(saved, name) != self.cleaned_data[name]
        ]

    def value_of(self, saved: NumberedText, name: str):
        return getattr(saved, name)

    def in_words(self, saved: NumberedText, name: str) -> str:
        """A field's value as it is read."""
        value = getattr(saved, name)
        return str(dict(getattr(self.fields[name], "choices", ())).get(value, value))
