"""Planning a photo activity (`ActivityForm`), and its state (`StateForm`)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from audits.actions.versions import lock
from audits.dates import long_date
from audits.forms.fields import DayField, LongText, SentOnceForm
from audits.forms.versioned import VersionedForm
from audits.instruments import translated
from audits.models import Audit, Membership, User
from audits.participation import occasions
from audits.permissions import ABILITIES, Ability
from audits.widgets import ExplainedChoices, TimeInput

from ..actions import check_plan, move_activity, plan_activity
from ..advice import USUAL_HOURS, USUAL_PERIOD
from ..enums import ActivityKind, ActivityState
from ..models import Activity, PhotovoiceGuide, UploadOption

# An activity is planned weeks ahead; a year that was typed wrong is further off.
FURTHEST_DAYS = 2 * 366
LAST_MINUTE = time(23, 59)

KINDS = {
    ActivityKind.COLLECTIVE: gettext_lazy(
        "The toolkit recommends it: people meet, go out for about three hours, meet again."
    ),
    ActivityKind.INDIVIDUAL: gettext_lazy("People take photos by themselves, for instance within two weeks."),
    ActivityKind.CONTEST: gettext_lazy("Everybody in the city is invited, for instance for two weeks."),
}
PARTS = (
    (gettext_lazy("The activity"), ("title", "kind")),
    (
        gettext_lazy("When and where"),
        ("first_day", "already_held", "begins_at", "last_day", "ends_at", "meeting_point", "final_point"),
    ),
    (gettext_lazy("Photos"), ("guide", "asks_place", "upload_options", "sending", "beside")),
    (
        gettext_lazy("People"),
        ("facilitator", "target", "childcare", "interpreters", "expenses", "payment", "access"),
    ),
)


class PersonChoice(forms.ModelChoiceField):
    def label_from_instance(self, person: Any) -> str:
        return f"{person}, {person.organisation}" if person.organisation else str(person)


class OptionChoice(forms.ModelMultipleChoiceField):
    """In the language of the page; names the guide too where there are several to choose from."""

    several = False
    titles: Any = {}

    def label_from_instance(self, option: Any) -> str:
        title = self.titles[option, "title"]
        return f"{title} – {option.guide}" if self.several else str(title)


class ActivityForm(SentOnceForm, VersionedForm):
    # That of the page, and so of what is wrong.
    field_order = tuple(name for _legend, names in PARTS for name in names)

    first_day = DayField(
        label=gettext_lazy("Day, or first day"), error_messages={"required": gettext_lazy("Choose the day.")}
    )
    already_held = forms.BooleanField(
        label=gettext_lazy("This activity has taken place already"),
        required=False,
        help_text=gettext_lazy("Tick it when you only bring in its photos."),
    )
    begins_at = forms.TimeField(
        label=gettext_lazy("Begins at"),
        required=False,
        widget=TimeInput,
        help_text=gettext_lazy("Needed when people go out together; a period begins with its first day."),
        error_messages={"invalid": gettext_lazy("This is not a time. Write it like 14:30.")},
    )
    last_day = DayField(
        label=gettext_lazy("Last day of a period"),
        required=False,
        help_text=gettext_lazy("Left empty, a period lasts two weeks."),
    )
    ends_at = forms.TimeField(
        label=gettext_lazy("Ends at"),
        required=False,
        widget=TimeInput,
        help_text=gettext_lazy("Left empty, three hours after it begins; a period ends with its last day."),
        error_messages={"invalid": gettext_lazy("This is not a time. Write it like 14:30.")},
    )
    facilitator = PersonChoice(
        label=gettext_lazy("Facilitator"),
        queryset=User.objects.none(),
        required=False,
        empty_label=gettext_lazy("Not named yet"),
        error_messages={"invalid_choice": gettext_lazy("This person does not run photovoice in this audit.")},
    )
    beside = forms.ChoiceField(
        label=gettext_lazy("Goes with the walk"),
        required=False,
        help_text=gettext_lazy("Whoever joins one takes part in the other, with the same personal code."),
        error_messages={"invalid_choice": gettext_lazy("This walk is not there any more. Choose another one or none.")},
    )
    guide = forms.ModelChoiceField(
        label=gettext_lazy("Photovoice guide"),
        queryset=PhotovoiceGuide.objects.none(),
        empty_label=None,
        error_messages={
            "required": gettext_lazy("Choose a guide."),
            "invalid_choice": gettext_lazy("This guide is retired."),
        },
    )
    upload_options = OptionChoice(
        label=gettext_lazy("Other ways to send photos"),
        queryset=UploadOption.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Beside the page for phones. Photos that come so are brought in by the team."),
    )

    class Meta:
        model = Activity
        fields = (
            "title", "kind", "meeting_point", "final_point", "facilitator", "target", "beside", "guide",
            "upload_options", "sending", "asks_place",
            "childcare", "interpreters", "expenses", "payment", "access",
        )  # fmt: skip
        widgets = {
            "kind": ExplainedChoices(explanations={kind.value: words for kind, words in KINDS.items()}),
            "sending": LongText(attrs={"rows": 3, "dir": "auto"}),
        }
        labels = {
            "title": gettext_lazy("Name of the activity"),
            "kind": gettext_lazy("How are the photos taken?"),
            "meeting_point": gettext_lazy("Gathering place"),
            "final_point": gettext_lazy("Final meeting place"),
            "target": gettext_lazy("How many participants you want"),
            "sending": gettext_lazy("Addresses of these ways"),
            "asks_place": gettext_lazy("Offer to say where a photo was taken"),
            "childcare": gettext_lazy("Childcare"),
            "interpreters": gettext_lazy("Interpreters"),
            "expenses": gettext_lazy("Travel and other expenses"),
            "payment": gettext_lazy("Payment for taking part"),
            "access": gettext_lazy("Access for people with disabilities"),
        }
        help_texts = {
            "title": gettext_lazy("Participants read it too, for example: My way through Velmora"),
            "meeting_point": gettext_lazy(
                "Needed when people go out together. So that somebody new in the city finds it."
            ),
            "final_point": gettext_lazy("Needed when people go out together. Where all meet at the end."),
            "target": gettext_lazy("The toolkit asks for at least 20 to 30 in each city."),
        }
        error_messages = {
            "title": {"required": gettext_lazy("Give the activity a name.")},
            "kind": {"required": gettext_lazy("Choose how the photos are taken.")},
            "target": {
                "required": gettext_lazy("Write how many people you want."),
                "invalid": gettext_lazy("Write a whole number, for example 25."),
            },
        }

    def __init__(self, *args: Any, audit: Audit, **kwargs: Any):
        super().__init__(*args, **kwargs)
        activity = self.instance
        activity.audit = audit
        self.fields["kind"].choices = ActivityKind.choices
        self._offer(audit)
        # Django adds the bound of the column, 0; the model's own is higher, and the only one to be told.
        target = self.fields["target"]
        target.validators = [one for one in target.validators if not isinstance(one, MinValueValidator)]
        target.widget.attrs["min"] = 1
        for name in ("title", "meeting_point", "final_point"):
            self.fields[name].widget.attrs["dir"] = "auto"
        if activity.pk:
            del self.fields["uuid"], self.fields["already_held"]
            self.initial |= _times_of(activity)

    def _offer(self, audit: Audit) -> None:
        """What there is to choose from: the team, the guides with their ways, the walks."""
        activity = self.instance
        roles = [role for role, able in ABILITIES.items() if Ability.RUN_PHOTOVOICE in able]
        team = Membership.objects.filter(audit=audit, role__in=roles).values("user")
        people = User.objects.filter(Q(pk__in=team) | Q(pk=activity.facilitator_id))
        self.fields["facilitator"].queryset = people.order_by("name", "email")
        self.fields["beside"].choices = [("", _("No walk")), *occasions.of_audit(audit)]
        guides = PhotovoiceGuide.objects.current() | PhotovoiceGuide.objects.filter(pk=activity.guide_id)
        self.fields["guide"].queryset = guides
        if not activity.pk and (newest := PhotovoiceGuide.objects.for_new()):
            self.initial.setdefault("guide", newest.pk)
        ways = self.fields["upload_options"]
        ways.queryset = UploadOption.objects.filter(guide__in=guides).select_related("guide")
        ways.several = len({option.guide_id for option in ways.queryset}) > 1
        ways.titles = translated(ways.queryset, get_language())

    @property
    def parts(self) -> Iterator[tuple[Any, list[forms.BoundField]]]:
        """The fields under their headings."""
        for legend, names in PARTS:
            yield legend, [self[name] for name in names if name in self.fields]

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"]
        same = Activity.objects.filter(audit=self.instance.audit, title__iexact=title).exclude(pk=self.instance.pk)
        if same.exists():
            raise ValidationError(_("There is a photo activity called “%(title)s” already.") % {"title": title})
        return title

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("kind") == ActivityKind.COLLECTIVE:
            for name, said in (
                ("begins_at", _("Write when people meet.")),
                ("meeting_point", _("Write where people meet.")),
                ("final_point", _("Write where all meet at the end.")),
            ):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, said)
        self._clean_day(cleaned)
        if cleaned.get("kind") and cleaned.get("first_day") and not self.errors.keys() & set(TIMES):
            self._clean_times(cleaned, ActivityKind(cleaned["kind"]))
        return cleaned

    def _clean_day(self, cleaned: dict[str, Any]) -> None:
        day, today, held = cleaned.get("first_day"), timezone.localdate(), cleaned.get("already_held")
        if day and "first_day" in self.changed_data:
            if day > today + timedelta(days=FURTHEST_DAYS):
                self.add_error("first_day", _("%(day)s? Check the year.") % {"day": long_date(day)})
            elif day < today and not self.instance.pk and not held:
                words = _(
                    "%(day)s is past. Choose a later day, or say below that the activity has taken place already."
                )
                self.add_error("first_day", words % {"day": long_date(day)})
        if day and day > today and held:
            self.add_error("already_held", _("The day of the activity is still to come."))

    def _clean_times(self, cleaned: dict[str, Any], kind: ActivityKind) -> None:
        """Fills in what was left empty as the toolkit has it, and puts beginning and end on the activity."""
        begins_on = cleaned["first_day"]
        begins = _moment(begins_on, cleaned.get("begins_at") or time.min)
        if kind.has_window:
            ends_on = cleaned.get("last_day") or begins_on + USUAL_PERIOD - timedelta(days=1)
            ends = _moment(ends_on, cleaned.get("ends_at") or LAST_MINUTE)
            fault = "last_day"
            if ends_on - begins_on > timedelta(days=FURTHEST_DAYS):
                self.add_error(fault, _("%(day)s? Check the year.") % {"day": long_date(ends_on)})
        else:
            if cleaned.get("last_day") not in (None, begins_on):
                words = _("People who go out together do so on one day. Empty this field, or choose a period above.")
                self.add_error("last_day", words)
            ends = _moment(begins_on, cleaned["ends_at"]) if cleaned.get("ends_at") else begins + USUAL_HOURS
            fault = "ends_at"
            if timezone.localdate(ends) != begins_on:
                self.add_error("begins_at", _("It would end after midnight. Begin earlier, or write when it ends."))
        if ends <= begins:
            self.add_error(fault, _("The end has to come after the beginning."))
        self.instance.starts, self.instance.ends = begins, ends

    def compared(self) -> list[str]:
        return [*super().compared(), *TIMES]

    def value_of(self, saved: Activity, name: str) -> Any:
        return _times_of(saved)[name] if name in TIMES else super().value_of(saved, name)

    @transaction.atomic
    def save_as(self, by: User) -> Activity:
        """As `VersionedForm` has it. Raises ValidationError too, where the plan contradicts what is there already."""
        lock(self.instance)
        check_plan(activity=self.instance, upload_options=self.cleaned_data["upload_options"])
        return super().save_as(by)

    def plan(self, *, by: User) -> bool:
        """Saves a new activity through the action; False, with the reason at its field, where it may not.

        One that has taken place already is opened at once, for its photos to be brought in.
        """
        if uuid := self.cleaned_data.get("uuid"):
            self.instance.uuid = uuid
        try:
            with transaction.atomic():
                plan_activity(activity=self.instance, upload_options=self.cleaned_data["upload_options"], by=by)
                if self.cleaned_data.get("already_held"):
                    move_activity(activity=self.instance, to=ActivityState.OPEN, by=by)
        except ValidationError as error:
            self.refuse(error)
            return False
        return True

    def refuse(self, error: ValidationError) -> None:
        """Puts what `check_plan` has raised beside the fields."""
        for name, messages in error.message_dict.items():
            self.add_error(name if name in self.fields else None, messages)


TIMES = ("first_day", "begins_at", "last_day", "ends_at")


def _times_of(activity: Activity) -> dict[str, Any]:
    """Beginning and end of an activity as its form has them."""
    first, last = timezone.localtime(activity.starts), timezone.localtime(activity.ends)
    return {
        "first_day": first.date(),
        "begins_at": first.time(),
        "last_day": last.date() if ActivityKind(activity.kind).has_window else None,
        "ends_at": last.time(),
    }


def _moment(day: Any, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))


class StateForm(forms.Form):
    """To which state the activity goes, and why, where it goes back."""

    to = forms.ChoiceField(widget=forms.HiddenInput, choices=ActivityState)
    reason = forms.CharField(
        label=gettext_lazy("Why the activity is put back"),
        max_length=300,
        help_text=gettext_lazy("It stays in the history of the activity."),
    )

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.activity = activity
        self.fields["reason"].required = self.data.get("to") in ActivityState(activity.state).back
        self.fields["reason"].error_messages["required"] = _("Write why the activity is put back.")

    def move(self, *, by: User) -> Activity | None:
        """Moves the activity through the action; None, with the reason in the form, where it may not go there."""
        to, reason = self.cleaned_data["to"], self.cleaned_data["reason"]
        try:
            return move_activity(activity=self.activity, to=to, reason=reason, by=by)
        except ValidationError as error:
            self.add_error(None, error)
            return None
