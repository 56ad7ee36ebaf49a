"""The summary that the moderator reads out, and what the participants said of it."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audits.forms.fields import LongText
from audits.forms.versioned import VersionedForm

from ..enums import Confirmation, GroupState
from ..models import GroupSummary

WITHOUT_NAMES = gettext_lazy("Sum up the discussion without names and without words that give away who spoke.")


class SummaryForm(VersionedForm):
    """Notes by itself when the participants confirmed, or did not."""

    made_by_first_save = True
    awaited = ("text", "confirmation")

    class Meta:
        model = GroupSummary
        fields = ["text", "confirmation", "changes"]
        widgets = {
            "text": LongText(attrs={"rows": 14}),
            "changes": LongText(attrs={"rows": 4}),
            "confirmation": forms.RadioSelect,
        }
        help_texts = {"text": WITHOUT_NAMES}

    def clean(self):
        cleaned = super().clean()
        answer = cleaned.get("confirmation")
        group = self.instance.group
        if answer and "confirmation" in self.changed_data and group.state == GroupState.PLANNED and group.is_ahead:
            words = _("The day of this session is still to come. If it was held already, open the session first.")
            self.add_error("confirmation", words)
        if answer in (Confirmation.CONFIRMED, Confirmation.WITH_CHANGES) and cleaned.get("text") == "":
            self.add_error("text", _("Write the summary that the participants confirmed."))
        if answer == Confirmation.WITH_CHANGES and cleaned.get("changes") == "":
            self.add_error("changes", _("Write what the participants changed."))
        if answer == Confirmation.NOT_ASKED:
            self.instance.confirmed_at = None
        elif "confirmation" in self.changed_data or self.instance.confirmed_at is None:
            self.instance.confirmed_at = timezone.now()
        return cleaned
