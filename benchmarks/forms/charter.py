"""How the city keeps a commitment of the charter."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from audits.forms.fields import LongText
from audits.forms.versioned import VersionedForm
from audits.widgets import ExplainedChoices

from ..enums import Stance
from ..models import CommitmentStance

CHOICES = [*Stance.choices, ("", _("Not decided yet"))]
EXPLANATIONS = {
    Stance.OWN: _("The city provides the service, or decides itself, and keeps the commitment directly."),
    Stance.ADVOCATED: _(
        "The city does not provide the service. It speaks up for the commitment with those who provide it."
    ),
}


class StanceForm(VersionedForm):
    """The form of a row that may not be there yet: it begins at version 1 (`actions.begin_stance`)."""

    made_by_first_save = True

    stance = forms.ChoiceField(
        label=_("How does the city keep this commitment?"),
        choices=CHOICES,
        required=False,
        widget=ExplainedChoices(choices=CHOICES, explanations=EXPLANATIONS),
        error_messages={"invalid_choice": _("Choose one of the three answers.")},
    )

    class Meta:
        model = CommitmentStance
        fields = ["stance", "text"]
        labels = {"text": _("What does the city do for it?")}
        help_texts = {
            "text": _(
                "What the city does itself, or how it speaks up for the commitment: with whom, and what came of it. "
                "Two or three sentences are enough."
            )
        }
        widgets = {"text": LongText(attrs={"rows": 6})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # "Not decided yet" is an answer among the three; the field is none that one may leave out.
        self.fields["stance"].required = False
