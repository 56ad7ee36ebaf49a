"""Planning a walk: what stands once (`WalkForm`), its places in order (`PlaceFormSet`), its state (`StateForm`)."""

import uuid
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.forms import model_to_dict
from django.http import QueryDict
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from audits.dates import long_date
from audits.forms.fields import DayField
from audits.instruments import Texts, translated
from audits.models import Membership, User
from audits.permissions import ABILITIES, Ability
from audits.widgets import TimeInput

from ..actions import PlannedPlace, move_walk, plan_walk
from ..enums import WalkState
from ..models import Checklist, CityWalk, Section
from ..timetable import Timetable, timetable

# A walk is planned weeks ahead; a year that was typed wrong is further off.
FURTHEST_DAYS = 2 * 366
MOST_PLACES = 20


def facilitators(audit, present=None):
    """The members of the team who run walks, and whoever is named at `present` though no longer one of them."""
    roles = [role for role, able in ABILITIES.items() if Ability.RUN_WALKS in able]
    team = Membership.objects.filter(audit=audit, role__in=roles).values("user")
    return User.objects.filter(Q(pk__in=team) | Q(pk=present)).order_by("name", "email")


class SectionChoice(forms.ModelMultipleChoiceField):
    """In the language of the page; names the checklist too where there are several to choose from."""

    several = False
    titles: Texts | dict[Any, Any] = {}

    def label_from_instance(self, section):
        title = self.titles[section, "title"]
        return f"{title} – {section.checklist}" if self.several else str(title)


class PersonChoice(forms.ModelChoiceField):
    def label_from_instance(self, person):
        return f"{person}, {person.organisation}" if person.organisation else str(person)


class WalkForm(forms.ModelForm):
    already_held = forms.BooleanField(
        label=_("This walk has taken place already"),
        required=False,
        help_text=_("Tick it when the walk is over and you only type in its sheets."),
    )
    facilitator = PersonChoice(
        label=_("Facilitator"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Not named yet"),
        error_messages={"invalid_choice": _("This person does not run walks in this audit.")},
    )
    checklist = forms.ModelChoiceField(
        label=_("Checklist"),
        queryset=Checklist.objects.none(),
        empty_label=None,
        error_messages={"required": _("Choose a checklist."), "invalid_choice": _("This checklist is retired.")},
    )
    per_place_sections = SectionChoice(
        label=_("Parts filled in once at each place"),
        queryset=Section.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Otherwise the part is filled in once for the whole walk."),
    )

    class Meta:
        model = CityWalk
        fields = (
            "title", "date", "already_held", "starts_at",
            "discussion_minutes", "walk_minutes", "wrap_up_minutes",
            "meeting_point", "facilitator", "target", "checklist", "per_place_sections", "threshold",
            "childcare", "interpreters", "expenses", "payment", "access",
        )  # fmt: skip
        field_classes = {"date": DayField}
        widgets = {"starts_at": TimeInput}
        labels = {
            "title": _("Name of the walk"),
            "date": _("Day"),
            "starts_at": _("Begins at"),
            "discussion_minutes": _("Discussion before, in minutes"),
            "walk_minutes": _("Walk, in minutes"),
            "wrap_up_minutes": _("Discussion after, in minutes"),
            "meeting_point": _("Meeting point"),
            "target": _("How many participants you want"),
            "threshold": _("Spread from which a statement is discussed"),
            "childcare": _("Childcare"),
            "interpreters": _("Interpreters"),
            "expenses": _("Travel and other expenses"),
            "payment": _("Payment for taking part"),
            "access": _("Access for people with disabilities"),
        }
        help_texts = {
            "title": _("Participants read it too, for example: Old Harbour"),
            "meeting_point": _("So that somebody who is new in the city finds it"),
            "target": _("The toolkit recommends 20 to 30."),
            "threshold": _(
                "Standard deviation of the scores. From this value on, a statement is on the list for the "
                "consensus discussion; 1.00 is usual."
            ),
        }
        error_messages = {
            "title": {"required": _("Give the walk a name.")},
            "date": {"required": _("Choose the day of the walk.")},
            "starts_at": {
                "required": _("Write when the walk begins."),
                "invalid": _("This is not a time. Write it like 14:30."),
            },
            "meeting_point": {"required": _("Write where people meet.")},
        }

    def __init__(self, *args, audit, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.audit = audit
        own = [self.instance.checklist_id] if self.instance.checklist_id else []
        self.fields["facilitator"].queryset = facilitators(audit, self.instance.facilitator_id)
        checklists = Checklist.objects.current() | Checklist.objects.filter(pk__in=own)
        self.fields["checklist"].queryset = checklists
        sections = self.fields["per_place_sections"]
        sections.queryset = Section.objects.filter(can_be_per_place=True, checklist__in=checklists).select_related(
            "checklist"
        )
        sections.several = len({section.checklist_id for section in sections.queryset}) > 1
        sections.titles = translated(sections.queryset, get_language())
        if self.instance.pk:
            del self.fields["already_held"]

    def clean_title(self):
        title = self.cleaned_data["title"]
        if (
            CityWalk.objects.filter(audit=self.instance.audit, title__iexact=title)
            .exclude(pk=self.instance.pk)
            .exists()
        ):
            raise ValidationError(_("There is a walk called “%(title)s” already.") % {"title": title})
        return title

    def clean(self):
        cleaned = super().clean()
        day, today = cleaned.get("date"), timezone.localdate()
        if day and "date" in self.changed_data:
            if day > today + timedelta(days=FURTHEST_DAYS):
                self.add_error("date", _("%(day)s? Check the year.") % {"day": long_date(day)})
            elif day < today and not self.instance.pk and not cleaned.get("already_held"):
                self.add_error(
                    "date",
                    _("%(day)s is past. Choose a later day, or say below that the walk has taken place already.")
                    % {"day": long_date(day)},
                )
        if day and day > today and cleaned.get("already_held"):
            self.add_error("already_held", _("The day of the walk is still to come."))
        times = self.times
        if times and times.past_midnight:
            self.add_error("starts_at", _("The walk would end after midnight. Begin earlier or shorten a part."))
        return cleaned

    @property
    def times(self) -> Timetable | None:
        """The breakdown in clock times, from what is in the form now; None where that cannot be worked out."""
        needed = ("starts_at", "discussion_minutes", "walk_minutes", "wrap_up_minutes")
        try:
            values = [self.fields[name].clean(self[name].value()) for name in needed]
        except ValidationError:
            return None
        return timetable(*values)

    def plan(self, places, *, by):
        """Saves the walk with its places through the action; False, with the reason at its field, where it may not.

        One that has taken place already is opened at once, for its sheets to be typed in.
        """
        sections = self.cleaned_data["per_place_sections"]
        try:
            with transaction.atomic():
                plan_walk(walk=self.instance, places=places, per_place_sections=sections, by=by)
                if self.cleaned_data.get("already_held"):
                    move_walk(walk=self.instance, to=WalkState.OPEN, by=by)
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                self.add_error(name if name in self.fields else None, messages)
            return False
        return True


class PlaceForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name of the area"), max_length=120, required=False)
    location = forms.CharField(label=_("Specific location"), max_length=200, required=False)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("location") and not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", _("Write the name of the area."))
        return cleaned


class BasePlaceFormSet(forms.BaseFormSet):
    """The places in the order of the form; rows without a name are left out."""

    @classmethod
    def get_default_prefix(cls):
        return "places"

    def add_fields(self, form, index):
        super().add_fields(form, index)
        # Where all that is wrong stands in one list, it has to say at which place.
        for field in form.fields.values():
            field.label = format_lazy("{}. {}", index + 1, field.label)

    def clean(self):
        seen = set()
        for form in self.forms:
            name = getattr(form, "cleaned_data", {}).get("name", "").casefold()
            if name and name in seen:
                form.add_error("name", _("This place is on the walk already."))
            seen.add(name)

    @property
    def places(self) -> list[PlannedPlace]:
        rows = [form.cleaned_data for form in self.forms]
        return [
            PlannedPlace(name=row["name"], location=row["location"], uuid=row["key"]) for row in rows if row.get("name")
        ]


PlaceFormSet = forms.formset_factory(
    PlaceForm,
    formset=BasePlaceFormSet,
    extra=0,
    max_num=MOST_PLACES,
    absolute_max=2 * MOST_PLACES,
    validate_max=True,
)


def place_rows(walk: CityWalk | None = None, *, copied: bool = False) -> list[dict]:
    """The rows of the place form for a walk, or as many empty ones as a new walk begins with."""
    if walk is None:
        return [empty_row() for _row in range(3)]
    return [
        {"key": uuid.uuid4() if copied else place.uuid, "name": place.name, "location": place.location}
        for place in walk.places.all()
    ]


def empty_row() -> dict:
    return {"key": uuid.uuid4(), "name": "", "location": ""}


def arranged(rows: list[dict], command: str) -> list[dict]:
    """The rows after a press of "add", "up:KEY", "down:KEY" or "remove:KEY"; anything else leaves them as they are."""
    verb, _colon, key = command.partition(":")
    rows = list(rows)
    at = next((index for index, row in enumerate(rows) if str(row["key"]) == key), None)
    if verb == "add" and len(rows) < MOST_PLACES:
        rows.append(empty_row())
    elif at is None:
        pass
    elif verb == "remove":
        del rows[at]
    elif verb == "up" and at > 0:
        rows[at - 1], rows[at] = rows[at], rows[at - 1]
    elif verb == "down" and at + 1 < len(rows):
        rows[at + 1], rows[at] = rows[at], rows[at + 1]
    return rows


def typed_rows(data: QueryDict) -> list[dict]:
    """The rows of the place form as they were typed, right or wrong."""
    return [{name: form[name].value() or "" for name in form.fields} for form in PlaceFormSet(data)]


def typed_plan(data: QueryDict) -> dict:
    """The rest of the plan as it was typed, right or wrong."""
    several = {"per_place_sections"}
    return {name: data.getlist(name) if name in several else data.get(name, "") for name in WalkForm.base_fields}


def copied_plan(audit, source: CityWalk | None) -> dict:
    """What a new walk begins with: the plan of `source`, or else the checklist that this audit used last."""
    if source is not None:
        return model_to_dict(source, [name for name in WalkForm.Meta.fields if name not in ("title", "date")])
    last = CityWalk.objects.filter(audit=audit, checklist__retired_at__isnull=True).last()
    return {"checklist": last.checklist_id} if last else {}


class SourceForm(forms.Form):
    """Which walk of the audit a new plan copies, if any."""

    source = forms.ModelChoiceField(queryset=CityWalk.objects.none(), to_field_name="uuid", required=False)

    def __init__(self, *args, audit, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = CityWalk.objects.filter(audit=audit)


class StateForm(forms.Form):
    """To which state the walk goes, and why, where it goes back."""

    to = forms.ChoiceField(widget=forms.HiddenInput, choices=WalkState)
    reason = forms.CharField(
        label=_("Why the walk is put back"), max_length=300, help_text=_("It stays in the history of the walk.")
    )

    def __init__(self, *args, walk: CityWalk, **kwargs):
        super().__init__(*args, **kwargs)
        self.walk = walk
        self.fields["reason"].required = self.data.get("to") in WalkState(walk.state).back
        self.fields["reason"].error_messages["required"] = _("Write why the walk is put back.")

    def move(self, *, by):
        """Moves the walk through the action; None, with the reason in the form, where it may not go there."""
        try:
            return move_walk(walk=self.walk, to=self.cleaned_data["to"], reason=self.cleaned_data["reason"], by=by)
        except ValidationError as error:
            self.add_error(None, error)
            return None
