"""Administration of sheets: who filled one in, its number, its walk, whether it counts."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from audits.enums import StakeholderGroup
from audits.participation.actions import consents_of
from audits.participation.consent import TEXTS
from audits.participation.enums import AgeBand, Gender, Purpose

from ..actions import add_sheet, move_sheet, next_number, renumber_sheet, restore_sheet, say_who, void_sheet
from ..models import CityWalk
from ..spreadsheet import HIGHEST_NUMBER

NOT_SAID = ("", _("Not said"))
NUMBER_ERRORS = {
    "required": _("Write the number of the sheet."),
    "invalid": _("Write a whole number, for example 17."),
    "min_value": _("Numbers begin at 1."),
    "max_value": _("The highest number is %(limit_value)s."),
}


def _number(label):
    return forms.IntegerField(label=label, min_value=1, max_value=HIGHEST_NUMBER, error_messages=NUMBER_ERRORS)


class FilterForm(forms.Form):
    """Which sheets of the list are shown."""

    WAITING, PART, COMPLETE, VOID = "waiting", "part", "complete", "void"

    state = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[
            ("", _("All sheets")),
            (WAITING, _("Without answers")),
            (PART, _("Answered in part")),
            (COMPLETE, _("All answered")),
            (VOID, _("Void")),
        ],
    )

    def filtered(self, sheets, statements: int):
        """The chosen sheets of a queryset with its progress; all of them where the choice is unknown."""
        state = self.cleaned_data["state"] if self.is_valid() else ""
        if state == self.VOID:
            return sheets.filter(voided_at__isnull=False)
        if state == self.WAITING:
            return sheets.filter(voided_at__isnull=True, answered=0)
        if state == self.PART:
            return sheets.filter(voided_at__isnull=True, answered__gt=0, answered__lt=statements)
        if state == self.COMPLETE:
            return sheets.filter(voided_at__isnull=True, answered__gte=statements)
        return sheets


class ActionForm(forms.Form):
    """A form whose save is an action: what the action refuses stands beside the field that is to blame."""

    def act(self, action, **arguments):
        """What the action returns, or None with its refusal in the form."""
        try:
            return action(**arguments) or True
        except ValidationError as error:
            self.add_error(None, error)
            return None


class PersonFields(ActionForm):
    """What the head of a paper sheet says about who filled it in."""

    group = forms.ChoiceField(label=_("Group"), choices=[NOT_SAID, *StakeholderGroup.choices], required=False)
    gender = forms.ChoiceField(label=_("Gender"), choices=[NOT_SAID, *Gender.choices], required=False)
    age_band = forms.ChoiceField(label=_("Age"), choices=[NOT_SAID, *AgeBand.choices], required=False)
    takes_part = forms.BooleanField(
        label=TEXTS[Purpose.TAKING_PART].title,
        required=False,
        help_text=_("Ticked on the paper. Without it the sheet is kept and counts nowhere."),
    )
    quotation = forms.BooleanField(
        label=TEXTS[Purpose.QUOTATION].title, required=False, help_text=_("Ticked on the paper.")
    )
    guardian = forms.BooleanField(
        label=_("A parent or guardian has signed"), required=False, help_text=_("Needed under 18 only.")
    )

    def clean(self):
        cleaned = super().clean()
        under_18 = cleaned.get("age_band") == AgeBand.UNDER_18
        if under_18 and cleaned.get("takes_part") and not cleaned.get("guardian"):
            self.add_error("guardian", _("Under 18 a parent or guardian has to agree."))
        return cleaned


class SheetForm(PersonFields):
    """A sheet for a paper that is not on the list."""

    field_order = ("number",)
    number = _number(_("Number on the paper"))

    def __init__(self, *args, walk, **kwargs):
        super().__init__(*args, **kwargs)
        self.walk = walk
        self.initial.setdefault("number", next_number(walk))
        self.fields["takes_part"].required = True
        self.fields["takes_part"].help_text = _("Ticked on the paper.")
        self.fields["takes_part"].error_messages["required"] = _(
            "Only somebody who agreed on the paper to take part gets a sheet."
        )

    def save(self, *, by):
        facts = {name: value for name, value in self.cleaned_data.items() if name != "takes_part"}
        return self.act(add_sheet, walk=self.walk, by=by, **facts)


class PersonForm(PersonFields):
    """Who filled in a paper sheet, as it is recorded now."""

    def __init__(self, *args, sheet, **kwargs):
        self.sheet = sheet
        person = sheet.participant
        held = consents_of(person)
        given = {purpose for purpose, consent in held.items() if consent.given}
        initial = {
            "group": person.group,
            "gender": person.gender,
            "age_band": person.age_band,
            "takes_part": Purpose.TAKING_PART in given,
            "quotation": Purpose.QUOTATION in given,
            "guardian": any(held[purpose].guardian for purpose in given),
        }
        super().__init__(*args, initial=initial, **kwargs)

    def save(self, *, by):
        return self.act(say_who, sheet=self.sheet, by=by, **self.cleaned_data)


class ReasonForm(ActionForm):
    """Something done to a sheet as a whole, with the reason that stays in its history."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_("It stays in the history of the sheet."),
        error_messages={"required": _("Write why.")},
    )

    def __init__(self, *args, sheet, **kwargs):
        super().__init__(*args, **kwargs)
        self.sheet = sheet


class RenumberForm(ReasonForm):
    field_order = ("number", "exchange")
    number = _number(_("New number"))
    exchange = forms.BooleanField(
        label=_("If another sheet has this number, exchange the two"),
        required=False,
        help_text=_("For two papers that were typed in under each other’s number."),
    )

    def save(self, *, by):
        return self.act(renumber_sheet, sheet=self.sheet, by=by, **self.cleaned_data)


class WalkChoice(forms.ModelChoiceField):
    def label_from_instance(self, walk):
        return f"{walk.title}, {walk.date:%d.%m.%Y}"


class MoveForm(ReasonForm):
    field_order = ("to",)
    to = WalkChoice(
        label=_("Walk to which the sheet belongs"),
        queryset=CityWalk.objects.none(),
        to_field_name="uuid",
        empty_label=_("Choose a walk"),
        error_messages={"required": _("Choose a walk."), "invalid_choice": _("This walk is not in the list.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        walk = self.sheet.walk
        self.fields["to"].queryset = CityWalk.objects.filter(audit=walk.audit, checklist=walk.checklist_id).exclude(
            pk=walk.pk
        )

    def save(self, *, by):
        return self.act(move_sheet, sheet=self.sheet, by=by, **self.cleaned_data)


class VoidForm(ReasonForm):
    """Makes a sheet void, or takes that back."""

    def save(self, *, by):
        action = restore_sheet if self.sheet.voided_at else void_sheet
        return self.act(action, sheet=self.sheet, by=by, **self.cleaned_data)
