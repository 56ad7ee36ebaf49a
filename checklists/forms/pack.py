"""What of a walk's pack is printed, in which language, with how many forms."""

import re

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from audits.forms.fields import SentOnceForm
from audits.widgets import ExplainedChoices

from ..enums import WalkState

# A copy takes one to two seconds; many more at once would run into the time limit of a rendering.
MOST_FORMS = 40


class PackForm(SentOnceForm):
    NEW, AGAIN, BLANK, NONE = "new", "again", "blank", "none"

    which = forms.ChoiceField(label=_("Forms"), error_messages={"required": _("Choose which forms to print.")})
    count = forms.IntegerField(
        label=_("How many new forms"),
        min_value=1,
        max_value=MOST_FORMS,
        help_text=_("Only for new forms"),
        error_messages={
            "required": _("Write how many forms to print."),
            "min_value": _("At least one."),
            "max_value": _("At most %(limit_value)s at once; print the others afterwards."),
            "invalid": _("Write a whole number, for example 25."),
        },
    )
    numbers = forms.CharField(
        label=_("Which unused forms"),
        max_length=200,
        required=False,
        help_text=_("Only for forms printed again: for example 3, 7-12. Empty: all of them."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.PARTICIPANT_LANGUAGES)
    agenda = forms.BooleanField(label=_("Agenda with times and places"), required=False, initial=True)
    briefing = forms.BooleanField(label=_("Briefing"), required=False, initial=True)

    def __init__(self, *args, walk, unused, **kwargs):
        super().__init__(*args, **kwargs)
        # Numbers of the printed forms that nobody has used yet.
        self.unused = list(unused)
        choices, explanations = [], {}
        if walk.state == WalkState.CLOSED:
            # A new form would be a new sheet, and on a closed walk nobody fills one in.
            del self.fields["count"]
        else:
            choices.append((self.NEW, _("New forms, each with its number and personal code")))
            explanations[self.NEW] = _("Each becomes a sheet of the walk that waits to be filled in.")
        if self.unused:
            choices.append((self.AGAIN, _("The forms that nobody has used yet, again")))
            explanations[self.AGAIN] = ngettext(
                "%(number)s form waits. It gets a new code; the code on the paper printed before works no longer.",
                "%(number)s forms wait. They get new codes; the codes on the papers printed before work no longer.",
                len(self.unused),
            ) % {"number": len(self.unused)}
        else:
            del self.fields["numbers"]
        choices += [(self.BLANK, _("One copy without number and code")), (self.NONE, _("No forms"))]
        explanations[self.BLANK] = _("To be copied and numbered by hand.")
        field = self.fields["which"]
        field.choices = choices
        field.widget = ExplainedChoices(choices=choices, explanations=explanations)
        if "count" in self.fields:
            self.fields["count"].required = self.data.get("which", self.NEW) == self.NEW
        self.initial = {
            "which": self.NEW if "count" in self.fields else self.BLANK,
            "count": min(MOST_FORMS, max(walk.target - walk.sheets.count(), 1)),
            "language": walk.audit.language,
            **self.initial,
        }
        if not walk.has_briefing:
            del self.fields["briefing"]

    def clean_numbers(self):
        """The chosen numbers, all that wait where none is written."""
        chosen = set()
        for part in re.split(r"[,;\s]+", re.sub(r"\s*[-–]\s*", "-", self.cleaned_data["numbers"]).strip()):
            found = re.fullmatch(r"(\d{1,6})(?:-(\d{1,6}))?", part)
            if part and not found:
                raise ValidationError(
                    _("“%(part)s” is not a number. Write for example 3, 7-12."), params={"part": part}
                )
            if found:
                first, last = int(found[1]), int(found[2] or found[1])
                chosen |= {number for number in self.unused if first <= number <= last}
                if first == last and first not in self.unused:
                    raise ValidationError(_("Form %(number)s does not wait; it is in use."), params={"number": first})
        return sorted(chosen) if self.cleaned_data["numbers"].strip() else self.unused

    def clean(self):
        cleaned = super().clean()
        again = cleaned.get("numbers", []) if cleaned.get("which") == self.AGAIN else []
        if len(again) > MOST_FORMS:
            self.add_error("numbers", _("At most %(most)s at once. Write which ones.") % {"most": MOST_FORMS})
        if cleaned.get("which") == self.AGAIN and not again and "numbers" not in self.errors:
            self.add_error("numbers", _("None of these forms waits."))
        if cleaned.get("which") == self.NONE and not cleaned.get("agenda") and not cleaned.get("briefing"):
            self.add_error("which", _("Nothing would be printed. Choose forms, the agenda or the briefing."))
        return cleaned
