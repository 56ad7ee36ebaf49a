"""The seats as they are filled on the day: who sits there, and what they agreed to on paper."""

import json

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from audits.enums import StakeholderGroup
from audits.participation.actions import consents_of
from audits.participation.enums import AgeBand, Gender, Purpose

from ..actions import record_seat
from ..models import Seat

NOT_SAID = ("", _("Not said"))
BOXES = {"takes_part": Purpose.TAKING_PART, "quotation": Purpose.QUOTATION, "recording": Purpose.RECORDING}


def _choices(label, choices):
    return forms.ChoiceField(
        label=label,
        choices=[NOT_SAID, *choices],
        required=False,
        widget=forms.Select(attrs={"class": "form-select"}),
    )


class SeatForm(forms.Form):
    """One seat. `was` is what the page showed: by it a row that nobody touched is known, and one that another changed.

    A page that has stood open for long must give nobody's consent again that was taken back meanwhile.
    """

    was = forms.CharField(required=False, widget=forms.HiddenInput)
    group = _choices(_("Group"), StakeholderGroup.choices)
    gender = _choices(_("Gender"), Gender.choices)
    age_band = _choices(_("Age"), AgeBand.choices)
    takes_part = forms.BooleanField(label=_("Takes part"), required=False)
    quotation = forms.BooleanField(label=_("May be quoted"), required=False)
    recording = forms.BooleanField(label=_("May be recorded"), required=False)
    guardian = forms.BooleanField(label=_("Guardian agrees"), required=False)

    said = (*BOXES, "group", "gender", "age_band", "guardian")

    def __init__(self, data=None, *, seat: Seat):
        self.seat = seat
        person, holds = seat.participant, consents_of(seat.participant)
        given = {purpose for purpose, consent in holds.items() if consent.given}
        stands = {
            **{name: purpose in given for name, purpose in BOXES.items()},
            "group": person.group,
            "gender": person.gender,
            "age_band": person.age_band,
            "guardian": any(holds[purpose].guardian for purpose in given),
        }
        self.stands = json.dumps(list(stands.values()))
        super().__init__(data, prefix=f"seat-{seat.number}", initial={**stands, "was": self.stands})

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields in the order of the page."""
        return [self[name] for name in self.said]

    def full_label(self, field: forms.BoundField) -> str:
        """What a field is called beside those of other seats."""
        return gettext("Seat %(number)s: %(words)s") % {"number": self.seat.number, "words": field.label}

    @property
    def typed(self) -> str:
        return json.dumps([self.cleaned_data.get(name) for name in self.said])

    @property
    def touched(self) -> bool:
        """Whether the person changed the row from what the page showed. Of a validated form."""
        return self.add_prefix("was") in self.data and self.typed != self.cleaned_data.get("was")

    def clean(self):
        cleaned = super().clean()
        if not self.touched:
            return cleaned
        if cleaned.get("was") != self.stands and self.typed != self.stands:
            raise ValidationError(
                _("Seat %(seat)s was changed by somebody else meanwhile. Look at what you ticked, and save once more."),
                params={"seat": self.seat.number},
            )
        if not cleaned.get("takes_part"):
            if self.initial["takes_part"]:
                # Somebody no longer takes part: nothing else is kept about them.
                cleaned |= {name: self.fields[name].to_python(None) for name in self.said}
            elif any(cleaned.get(name) for name in self.said):
                self.add_error(
                    "takes_part", _("Nothing is recorded about somebody who has not agreed on paper to take part.")
                )
        elif cleaned.get("age_band") == AgeBand.UNDER_18 and not cleaned.get("guardian"):
            self.add_error("guardian", _("Under 18 a parent or guardian has to agree."))
        return cleaned

    @property
    def ends_recordings(self) -> bool:
        """Whether somebody takes part and does not agree to be recorded. Of a validated form."""
        return self.cleaned_data["takes_part"] and not self.cleaned_data["recording"]

    def save(self) -> bool:
        """Records the row; False where that was refused, with the reason in the form."""
        facts = {name: self.cleaned_data[name] for name in self.said if name not in BOXES}
        try:
            record_seat(
                seat=self.seat,
                decisions={purpose: self.cleaned_data[name] for name, purpose in BOXES.items()},
                **facts,
            )
        except ValidationError as error:
            self.add_error(None, error)
            return False
        return True


class EndingForm(forms.Form):
    """The answer to whether recordings may go with what was ticked: "delete", or "back" to the ticks; "" before it."""

    answer = forms.ChoiceField(choices=[("delete", ""), ("back", "")], required=False)


def _all_saved(forms: list[SeatForm]) -> bool:
    """Tries each, so that all refusals are shown at once."""
    return all([form.save() for form in forms])  # noqa: C419


class SeatGrid:
    """All seats of a group in one form; rows that nobody touched are left as they are."""

    def __init__(self, seats, data=None):
        self.forms = [SeatForm(data, seat=seat) for seat in seats]

    def non_form_errors(self) -> list[str]:
        return []

    def ending(self) -> list[int]:
        """Numbers of the seats whose changed rows end the recordings of the group; none where any row is wrong, for then
        nothing is saved."""
        if not all(form.is_valid() for form in self.forms):
            return []
        return [form.seat.number for form in self.forms if form.touched and form.ends_recordings]

    def save(self) -> list[Seat] | None:
        """Saves the rows that were changed and returns their seats; None where one is wrong, which saves none of them.

        A row that was not touched is then shown as it stands by now.
        """
        valid = [form.is_valid() for form in self.forms]
        touched = [form for form in self.forms if form.touched]
        with transaction.atomic():
            if all(valid) and _all_saved(touched):
                return [form.seat for form in touched]
            transaction.set_rollback(True)
        self.forms = [form if form.touched else SeatForm(seat=form.seat) for form in self.forms]
        return None
