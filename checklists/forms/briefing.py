import hashlib
import json

from django import forms
from django.utils.translation import gettext_lazy as _

from audits.forms.fields import LongText
from audits.texts import in_lines

from ..briefing import FIELDS
from ..models import CityWalk

LONGEST = 4000


def _digest(texts) -> str:
    return hashlib.sha256(json.dumps(list(texts)).encode()).hexdigest()[:16]


def _text(label, help_text):
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST,
        required=False,
        widget=LongText(attrs={"rows": 6, "dir": "auto"}),
        error_messages={
            "max_length": _(
                "This text has %(show_value)d characters; at most %(limit_value)d are possible. Shorten it."
            )
        },
    )


class BriefingForm(forms.ModelForm):
    """The three texts of the briefing.

    `seen` stands for the texts as they were when the page was opened: where somebody else has saved since, nothing
    is overwritten and `theirs` holds their texts, to be shown beside what was typed (DESIGN rule 12).
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    briefing_strategies = _text(
        _("The city’s strategies"), _("What has the city decided about integration, and until when does it hold?")
    )
    briefing_resources = _text(
        _("The city’s resources"), _("Money, people and places that the city has for it; the most important figures")
    )
    briefing_services = _text(_("The city’s services"), _("What is there for people who have moved here, and where?"))

    class Meta:
        model = CityWalk
        fields = FIELDS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.stored = {name: getattr(self.instance, name) for name in FIELDS}
        self.initial["seen"] = _digest(self.stored.values())
        self.theirs = {}

    def save(self):
        """Saves the texts, unless others were saved meanwhile; says whether it did."""
        typed = {name: in_lines(self.cleaned_data[name]) for name in FIELDS}
        own_view = self.cleaned_data["seen"] == _digest(self.stored.values())
        walks = CityWalk.objects.filter(pk=self.instance.pk, **self.stored)
        if (own_view or typed == self.stored) and walks.update(**typed):
            return True
        self.instance.refresh_from_db(fields=FIELDS)
        now = {name: getattr(self.instance, name) for name in FIELDS}
        self.theirs = {name: now[name] for name in FIELDS if now[name] != typed[name]}
        # The next save knows what it replaces.
        self.data = self.data.copy()
        self.data["seen"] = _digest(now.values())
        return False
