"""The plan of a focus group, and its state."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audits.dates import long_date
from audits.forms.fields import LongText, SentOnceForm
from audits.forms.versioned import VersionedForm
from audits.models import Audit
from audits.widgets import DateInput, ExplainedChoices, TimeInput

from ..actions.planning import move_group
from ..actions.questions import follow_language
from ..enums import GroupKind, GroupState
from ..guide import Preset, preset
from ..models import DiscussionGuide, FocusGroup

# A group is planned weeks ahead; a year that was typed wrong is further off.
FURTHEST_DAYS = 2 * 366

PARTS = (
    (gettext_lazy("The group"), ("title", "kind", "language")),
    (gettext_lazy("Day and place"), ("date", "already_held", "starts_at", "minutes", "venue", "access")),
    (gettext_lazy("Who leads it"), ("moderator", "rapporteur")),
    (gettext_lazy("What it is about"), ("purpose", "topics")),
    (gettext_lazy("So that everybody can come"), ("childcare", "interpreters", "expenses", "payment")),
)
# What a new group takes over from the guide, and what follows its language as long as nobody touches it.
TAKEN_OVER = ("purpose", "topics")


class GroupForm(SentOnceForm, VersionedForm):
    """A new or changed plan. A new one is made on `guide`, whose purpose and topics stand in it to be changed."""

    already_held = forms.BooleanField(
        label=gettext_lazy("This session has taken place already"),
        required=False,
        help_text=gettext_lazy("Tick it when you only type in its notes."),
    )

    class Meta:
        model = FocusGroup
        fields = FocusGroup.written
        widgets = {
            "kind": ExplainedChoices(explanations={kind.value: kind.meaning for kind in GroupKind}),
            "date": DateInput,
            "starts_at": TimeInput,
            "purpose": LongText(attrs={"rows": 5}),
            "topics": LongText(attrs={"rows": 8}),
        }
        labels = {
            "title": gettext_lazy("Name of the group"),
            "kind": gettext_lazy("Who sits in it?"),
            "language": gettext_lazy("Language of the discussion"),
            "date": gettext_lazy("Day"),
            "starts_at": gettext_lazy("Begins at"),
            "minutes": gettext_lazy("Length in minutes"),
            "venue": gettext_lazy("Place"),
            "access": gettext_lazy("Access for people with disabilities"),
            "moderator": gettext_lazy("Moderator"),
            "rapporteur": gettext_lazy("Rapporteur"),
            "purpose": gettext_lazy("Purpose"),
            "topics": gettext_lazy("Topics"),
            "childcare": gettext_lazy("Childcare"),
            "interpreters": gettext_lazy("Interpreters"),
            "expenses": gettext_lazy("Travel and other expenses"),
            "payment": gettext_lazy("Payment for taking part"),
        }
        help_texts = {
            "title": gettext_lazy("Participants read it too, for example: Services for newcomers"),
            "language": gettext_lazy(
                "Questions, opening and letter are made in it. What you have not changed follows it."
            ),
            "minutes": gettext_lazy("The toolkit speaks of one and a half to two hours: 90 to 120 minutes."),
            "venue": gettext_lazy("Street, house and room, so that somebody who is new in the city finds it."),
            "access": gettext_lazy("Steps, lift, toilet, hearing loop, how to come by public transport."),
            "rapporteur": gettext_lazy("Takes notes while the moderator leads."),
            "purpose": gettext_lazy("Stands in the letter, and is said at the beginning."),
            "topics": gettext_lazy("One to a line. They stand in the letter, and are said at the beginning."),
        }
        error_messages = {
            "title": {"required": gettext_lazy("Give the group a name.")},
            "kind": {"required": gettext_lazy("Choose who sits in the group.")},
            "date": {"required": gettext_lazy("Choose the day of the session.")},
            "starts_at": {"required": gettext_lazy("Write when the session begins.")},
            "minutes": {
                "required": gettext_lazy("Write how long the session takes."),
                "invalid": gettext_lazy("Write a whole number of minutes, for example 105."),
            },
            "venue": {"required": gettext_lazy("Write where people meet.")},
        }

    def __init__(self, *args: Any, audit: Audit, guide: DiscussionGuide, **kwargs: Any):
        if kwargs.get("instance") is None:
            given = preset(guide, audit.language)
            kwargs["initial"] = {
                "language": audit.language,
                "purpose": given.purpose,
                "topics": given.topics,
                **(kwargs.get("initial") or {}),
            }
        super().__init__(*args, **kwargs)
        self.guide = guide
        self.instance.audit = audit
        self.fields["kind"].choices = GroupKind.choices
        languages = dict(settings.PARTICIPANT_LANGUAGES)
        self.fields["language"] = forms.ChoiceField(
            label=self.fields["language"].label,
            help_text=self.fields["language"].help_text,
            choices=[(code, languages.get(code, code)) for code in {**languages, self.initial["language"]: ""}],
        )
        for name in ("title", "venue", "moderator", "rapporteur"):
            self.fields[name].widget.attrs["dir"] = "auto"
        if self.instance.pk:
            del self.fields["uuid"], self.fields["already_held"]

    @property
    def parts(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """The fields under their headings."""
        for legend, names in PARTS:
            yield legend, [self[name] for name in names if name in self.fields]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._clean_title(cleaned)
        self._clean_day(cleaned)
        self._clean_end(cleaned)
        if cleaned.get("language") not in (None, self.initial["language"]):
            self._follow_language(cleaned)
        return cleaned

    def _clean_title(self, cleaned: dict[str, Any]) -> None:
        """The same form sent twice meets its own group, and is no second one."""
        title = cleaned.get("title")
        same = self.instance.audit.focus_groups.filter(title__iexact=title).exclude(pk=self.instance.pk)
        if title and same.exclude(uuid=cleaned.get("uuid")).exists():
            self.add_error("title", _("There is a focus group called “%(title)s” already.") % {"title": title})

    def _clean_day(self, cleaned: dict[str, Any]) -> None:
        day, today = cleaned.get("date"), timezone.localdate()
        held = cleaned.get("already_held")
        if day and "date" in self.changed_data:
            if day > today + timedelta(days=FURTHEST_DAYS) or day.year < 2000:
                self.add_error("date", _("%(day)s? Check the year.") % {"day": long_date(day)})
            elif day < today and not self.instance.pk and not held:
                self.add_error(
                    "date",
                    _("%(day)s is past. Choose a later day, or say below that the session has taken place already.")
                    % {"day": long_date(day)},
                )
        if day and day > today and held:
            self.add_error("already_held", _("The day of the session is still to come."))

    def _clean_end(self, cleaned: dict[str, Any]) -> None:
        begins, minutes = cleaned.get("starts_at"), cleaned.get("minutes")
        if begins and minutes:
            ends = datetime.combine(datetime.min, begins) + timedelta(minutes=minutes)
            if ends.date() > datetime.min.date():
                self.add_error("starts_at", _("The session would end after midnight. Begin earlier or shorten it."))

    def _follow_language(self, cleaned: dict[str, Any]) -> None:
        """Purpose and topics that stand as the guide has them are taken in the chosen language."""
        before, now = (preset(self.guide, code) for code in (self.initial["language"], cleaned["language"]))
        for name in TAKEN_OVER:
            if _words(cleaned.get(name, "")) == _words(_of(before, name)):
                cleaned[name] = _of(now, name)

    def write_beside(self, row: FocusGroup) -> None:
        if "language" in self.changed_data:
            follow_language(group=row, before=self.initial["language"])


def _of(given: Preset, name: str) -> str:
    text: str = getattr(given, name)
    return text


def _words(text: str) -> list[str]:
    return text.split()


class EarlyForm(forms.Form):
    """Opening or closing a session; before its day the page asks (`asks`), and `early` is the answer."""

    early = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, group: FocusGroup, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.group = group

    def asks(self) -> bool:
        """Whether somebody has to say first that it is meant; only after `is_valid()`."""
        return self.group.is_ahead and not self.cleaned_data["early"]


class StateForm(EarlyForm):
    """To which state the group goes, and why, where it goes back."""

    to = forms.ChoiceField(widget=forms.HiddenInput, choices=GroupState)
    reason = forms.CharField(
        label=gettext_lazy("Why the session is put back"),
        max_length=300,
        help_text=gettext_lazy("It stays in the history of the group."),
    )

    def __init__(self, *args: Any, group: FocusGroup, **kwargs: Any):
        super().__init__(*args, group=group, **kwargs)
        self.fields["reason"].required = self.data.get("to") in GroupState(group.state).earlier
        self.fields["reason"].error_messages["required"] = _("Write why the session is put back.")

    def asks(self) -> bool:
        return super().asks() and self.cleaned_data["to"] == GroupState(self.group.state).forward

    def move(self, *, by: Any) -> FocusGroup | None:
        """Moves the group through the action; None, with the reason in the form, where it may not go there."""
        try:
            return move_group(group=self.group, to=self.cleaned_data["to"], reason=self.cleaned_data["reason"], by=by)
        except ValidationError as error:
            self.add_error(None, error)
            return None
