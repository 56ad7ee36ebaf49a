"""Forms of what goes out to invitees: the letter, to whom it is sent, and printing it."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from audits.forms.fields import DayField, LongText, SentOnceForm
from audits.forms.versioned import VersionedForm

from .. import letters
from ..actions import invitations
from ..letters.wording import LINK, Kind
from ..models import FocusGroup, InvitationLetter, Invitee


class LetterForm(VersionedForm):
    made_by_first_save = True

    class Meta:
        model = InvitationLetter
        fields = ["subject", "text", "reply_by"]
        widgets = {"text": LongText(attrs={"rows": 32})}
        field_classes = {"reply_by": DayField}
        help_texts = {"reply_by": _("Before the day of the session; may stay empty.")}

    def clean_subject(self):
        return self._checked("subject")

    def clean_text(self):
        text = self._checked("text")
        if f"{{{LINK}}}" not in text:
            raise ValidationError(_("The letter needs {link}: by it each person answers."), code="link")
        return text

    def clean_reply_by(self):
        day = self.cleaned_data["reply_by"]
        if day and day > self.instance.group.date:
            raise ValidationError(_("This is after the session. Choose an earlier day, or leave it empty."))
        if day and "reply_by" in self.changed_data and day < timezone.localdate():
            raise ValidationError(_("This day is past. Choose a later one, or leave it empty."))
        return day

    def _checked(self, name):
        text = self.cleaned_data[name]
        if found := letters.faults(text):
            raise ValidationError(found)
        return text


class SendForm(forms.Form):
    """To whom a letter goes. Who had it before gets it once more only where that is ticked too."""

    people = forms.ModelMultipleChoiceField(
        Invitee.objects.none(),
        to_field_name="uuid",
        label=_("To whom"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one person.")},
    )
    again = forms.BooleanField(required=False, label=_("Send it to them all the same"))
    asked_at = forms.DateTimeField(
        required=False, widget=forms.HiddenInput, initial=lambda: timezone.now().isoformat(), localize=False
    )

    def __init__(self, *args, group: FocusGroup, kind: Kind, **kwargs):
        super().__init__(*args, **kwargs)
        self.group, self.kind = group, kind
        self.asks = False
        self.fields["people"].queryset = group.invitees.exclude(email="")

    def clean(self):
        cleaned = super().clean()
        for one in cleaned.get("people", ()):
            one.group = self.group
        had = [one for one in cleaned.get("people", ()) if invitations.had_already(one, self.kind)]
        self.asks = bool(had) and not cleaned.get("again")
        if self.asks:
            self.add_error("again", _had_it(self.kind, had))
        return cleaned


def _had_it(kind: Kind, had: list[Invitee]) -> str:
    names = ", ".join(str(one) for one in had)
    if kind == Kind.REMIND:
        text = ngettext(
            "%(names)s was reminded today already. Nothing has been sent.",
            "%(number)s people were reminded today already: %(names)s. Nothing has been sent.",
            len(had),
        )
    elif kind == Kind.CHANGE:
        text = ngettext(
            "%(names)s knows the day, the time and the place that are planned now. Nothing has been sent.",
            "%(number)s people know the day, the time and the place that are planned now: %(names)s. Nothing has been sent.",
            len(had),
        )
    else:
        text = ngettext(
            "%(names)s got this letter already. Nothing has been sent.",
            "%(number)s people got this letter already: %(names)s. Nothing has been sent.",
            len(had),
        )
    return text % {"number": len(had), "names": names}


class PaperForm(SentOnceForm):
    """Which letters are printed, and whether that counts as invited."""

    which = forms.ChoiceField(
        label=_("Which letters"),
        widget=forms.RadioSelect,
        choices=[
            ("without", _("Those for people without an e-mail address")),
            ("waiting", _("Those for everybody who is not invited yet")),
            ("all", _("Those for everybody on the list")),
        ],
        initial="without",
    )
    mark = forms.BooleanField(
        required=False,
        label=_("They get these letters, and count as invited to the day and the place that stand there"),
    )

    def __init__(self, *args, group: FocusGroup, **kwargs):
        super().__init__(*args, **kwargs)
        self.group = group

    def clean_which(self):
        rows = self.group.invitees.filter(contact_deleted_at=None)
        if self.cleaned_data["which"] == "without":
            rows = rows.filter(email="")
        elif self.cleaned_data["which"] == "waiting":
            rows = rows.filter(invited_at=None)
        self.people = list(rows)
        for one in self.people:
            one.group = self.group
        if not self.people:
            raise ValidationError(_("There is nobody for whom this letter would be printed."), code="nobody")
        return self.cleaned_data["which"]
