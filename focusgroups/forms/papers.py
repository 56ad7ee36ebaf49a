"""Which paper of the day is printed, in which language, and for which seats."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from audits.forms.fields import SentOnceForm
from audits.widgets import ExplainedChoices

from ..actions import MOST_SEATS, unused_seats

USUAL_SEATS = 10


class PapersForm(SentOnceForm):
    NEW, AGAIN, CONSENT, ATTENDANCE = "new", "again", "consent", "attendance"

    which = forms.ChoiceField(label=_("Paper"), error_messages={"required": _("Choose what to print.")})
    count = forms.IntegerField(
        label=_("How many new seats"),
        min_value=1,
        help_text=_("Only for new seats"),
        error_messages={
            "required": _("Write how many seats to prepare."),
            "invalid": _("Write a whole number, for example 10."),
            "min_value": _("At least one."),
        },
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.PARTICIPANT_LANGUAGES)

    def __init__(self, *args, group, **kwargs):
        super().__init__(*args, **kwargs)
        self.seats = list(group.seats.values_list("number", flat=True))
        self.unused = list(unused_seats(group).values_list("number", flat=True))
        self.free = MOST_SEATS - len(self.seats)
        choices, explanations = [], {}
        if self.free > 0:
            choices.append((self.NEW, _("Cards for new seats")))
            explanations[self.NEW] = _("Each has the number of its seat and a personal code to tear off.")
            self.fields["count"].required = self.data.get("which", self.NEW) == self.NEW
        else:
            del self.fields["count"]
        if self.unused:
            choices.append((self.AGAIN, _("Cards again, for the seats that nobody has taken")))
            explanations[self.AGAIN] = ngettext(
                "%(number)s seat gets a new code; the code on the card printed before works no longer.",
                "%(number)s seats get new codes; the codes on the cards printed before work no longer.",
                len(self.unused),
            ) % {"number": len(self.unused)}
        choices += [(self.CONSENT, _("Consent forms")), (self.ATTENDANCE, _("Attendance sheet"))]
        explanations[self.CONSENT] = (
            _("One for each seat, with its number and without a name.")
            if self.seats
            else _("One without a number, to be copied. With seats each gets its own.")
        )
        explanations[self.ATTENDANCE] = _("Who is invited and has not said no, with room to sign. No seat numbers.")
        field = self.fields["which"]
        field.choices = choices
        field.widget = ExplainedChoices(choices=choices, explanations=explanations)
        self.initial = {
            "which": self.CONSENT if self.seats else self.NEW,
            "count": min(USUAL_SEATS, self.free),
            "language": group.language,
            **self.initial,
        }

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("which") == self.NEW and "count" not in self.errors and cleaned["count"] > self.free:
            words = _("At most %(most)s more: a group has at most %(all)s seats.")
            self.add_error("count", words % {"most": self.free, "all": MOST_SEATS})
        return cleaned
