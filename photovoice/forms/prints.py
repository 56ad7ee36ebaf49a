"""Which paper of an activity is printed, in which languages; and the words of the invitation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audits.forms.fields import LongText, SentOnceForm
from audits.forms.versioned import VersionedForm
from audits.participation.forms import LanguageField
from audits.widgets import ExplainedChoices

from ..enums import ActivityState
from ..models import Activity, InvitationText

MOST_CARDS = 40


class PrintsForm(SentOnceForm):
    POSTER_A4, POSTER_A5, INSTRUCTIONS, INVITATION, CONSENT, CARDS = (
        "poster-a4",
        "poster-a5",
        "instructions",
        "invitation",
        "consent",
        "cards",
    )
    PAPERS = {
        POSTER_A4: (
            gettext_lazy("Poster, A4"),
            gettext_lazy("For walls: what this is, the square for phones and the code."),
        ),
        POSTER_A5: (gettext_lazy("Poster, A5"), gettext_lazy("The same, for tables and to hand out.")),
        INSTRUCTIONS: (
            gettext_lazy("Instructions"),
            gettext_lazy("Themes, how to send photos, rights and duties, length and meeting places."),
        ),
        INVITATION: (gettext_lazy("Invitation"), gettext_lazy("In your words, or in ours where you wrote none.")),
        CONSENT: (
            gettext_lazy("Consent form"),
            gettext_lazy("To sign, for people without a phone: what this is, and a yes or no to each thing asked."),
        ),
        CARDS: (
            gettext_lazy("Cards with personal codes"),
            gettext_lazy("For people without a phone, two on a page, each with a code to tear off."),
        ),
    }

    which = forms.ChoiceField(
        label=gettext_lazy("Paper"), error_messages={"required": gettext_lazy("Choose what to print.")}
    )
    languages = LanguageField()
    count = forms.IntegerField(
        label=gettext_lazy("How many cards"),
        required=False,
        min_value=1,
        max_value=MOST_CARDS,
        help_text=gettext_lazy("Only for cards"),
        error_messages={
            "invalid": gettext_lazy("Write a whole number, for example 10."),
            "min_value": gettext_lazy("At least one."),
            "max_value": gettext_lazy("At most %(limit_value)s at once; print the others afterwards."),
        },
    )

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any):
        super().__init__(*args, **kwargs)
        papers = dict(self.PAPERS)
        if activity.state == ActivityState.CLOSED:
            # With a new card somebody would begin what is over.
            del papers[self.CARDS], self.fields["count"]
        field = self.fields["which"]
        field.choices = [(key, name) for key, (name, _said) in papers.items()]
        field.widget = ExplainedChoices(
            choices=field.choices, explanations={key: said for key, (_name, said) in papers.items()}
        )
        self.initial = {
            "which": self.POSTER_A4,
            "languages": activity.audit.language,
            "count": 10,
            **self.initial,
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("which") == self.CARDS:
            if len(cleaned.get("languages", [])) > 1:
                self.add_error("languages", _("Choose one language: each card has a code of its own."))
            if not cleaned.get("count") and "count" not in self.errors:
                self.add_error("count", _("Write how many cards to print."))
        return cleaned


class InvitationForm(VersionedForm):
    made_by_first_save = True

    class Meta:
        model = InvitationText
        fields = ["title", "text"]
        widgets = {"text": LongText(attrs={"rows": 24})}
        error_messages = {
            "title": {"required": gettext_lazy("Write a heading.")},
            "text": {"required": gettext_lazy("Write the invitation, or go back to our wording.")},
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs |= {"lang": self.instance.language, "dir": "auto"}
