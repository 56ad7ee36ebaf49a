"""What the forms of findings and recommendations share: identifier of a new text, version of an old one."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from audits.enums import Area
from audits.forms.fields import SentOnceForm
from audits.forms.versioned import VersionedForm


class NumberedTextForm(SentOnceForm, VersionedForm):
    """A form of a numbered text. A new one carries its identifier, so that sent twice it is written once;
    an existing one the version that its writer saw.
    """

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
        if "title" in self.fields:
            self.fields["title"].widget.attrs["dir"] = "auto"
