"""Notes of a session: as the page's script sends them, and as a plain form from a browser without it."""

import uuid

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audits.enums import StakeholderGroup
from audits.forms.fields import LongText
from audits.participation.deliveries import ChangeForm, TextField

from ..actions.notes import MOST_PEOPLE, NoteChange, TallyChange
from ..models import Note, SessionQuestion
from ..models.session import NOTE_LENGTH

AGAIN = _("Load the page again.")
WHOLE = _("A tally is a whole number from 0 to 500.")


class NoteChangeForm(ChangeForm):
    """A note of the script. Whether question and seat belong to the session is for `actions.notes.record` to say."""

    makes = NoteChange

    note = forms.UUIDField()
    question = forms.UUIDField(required=False)
    seat = forms.UUIDField(required=False)
    speaker = forms.CharField(required=False)
    text = TextField()
    hot = forms.BooleanField(required=False)
    noted_at = forms.DateTimeField()
    removed = forms.BooleanField(required=False)
    seen = forms.UUIDField(required=False)


class TallyChangeForm(ChangeForm):
    """The tally of one level."""

    makes = TallyChange

    question = forms.UUIDField()
    level = forms.CharField(max_length=60)
    people = forms.IntegerField(
        min_value=0,
        max_value=MOST_PEOPLE,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), WHOLE),
    )
    seen = forms.IntegerField(required=False)


KINDS: dict[str, type[ChangeForm]] = {"note": NoteChangeForm, "tally": TallyChangeForm}


class NoteForm(forms.Form):
    """One note by hand. Takes the session's seats; it carries the note's UUID, so that sent twice it makes one.

    A correction carries the journal's change that its page showed (`seen`).
    """

    note = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.UUIDField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label=_("Note"),
        max_length=NOTE_LENGTH,
        widget=LongText(attrs={"rows": 2, "dir": "auto"}),
        error_messages={"required": _("A note needs a text.")},
    )
    seat = forms.ChoiceField(label=_("Seat"), required=False)
    speaker = forms.ChoiceField(
        label=_("Group of whoever speaks"),
        required=False,
        choices=[("", _("not said")), *StakeholderGroup.choices],
        help_text=_("For somebody without a seat. Nothing is quoted from a note without a seat."),
    )
    hot = forms.BooleanField(label=_("Stirred the group"), required=False)

    def __init__(self, *args, seats, instance: Note | None = None, seen: uuid.UUID | None = None, **kwargs):
        initial = {"note": instance.uuid if instance else uuid.uuid4(), "seen": seen}
        if instance:
            seat = next((one.uuid for one in seats if one.pk == instance.seat_id), "")
            initial |= {"text": instance.text, "seat": seat, "speaker": instance.speaker, "hot": instance.hot}
        super().__init__(*args, initial=initial, **kwargs)
        self.instance = instance
        self.fields["seat"].choices = [
            ("", _("no seat named")),
            *((str(one.uuid), f"{one.number} {one.participant.get_group_display()}".strip()) for one in seats),
        ]

    def change(self, question: SessionQuestion | None, *, removed: bool = False) -> NoteChange:
        """The change; only after `is_valid()`."""
        said = self.cleaned_data
        return NoteChange(
            uuid=uuid.uuid4(),
            sequence=1,
            note=self.instance.uuid if self.instance else said["note"],
            question=question.uuid if question else None,
            seat=uuid.UUID(said["seat"]) if said["seat"] else None,
            speaker=said["speaker"],
            text=said["text"],
            hot=said["hot"],
            noted_at=self.instance.noted_at if self.instance else timezone.now(),
            removed=removed,
            seen=said["seen"],
        )


class TallyForm(forms.Form):
    """The tally of a question by hand: for each of its levels a number, and (`was-`) the one that the page showed."""

    def __init__(self, *args, question: SessionQuestion, counts: dict[str, int], **kwargs):
        super().__init__(*args, **kwargs)
        self.question = question
        for level in question.source.levels.all():
            self.fields[f"level-{level.key}"] = forms.IntegerField(
                min_value=0,
                max_value=MOST_PEOPLE,
                required=False,
                initial=counts.get(level.key, 0),
                error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), WHOLE),
            )
            self.fields[f"was-{level.key}"] = forms.IntegerField(required=False)

    def changes(self) -> list[TallyChange]:
        """What differs from the counts that the page showed; only after `is_valid()`."""
        said = self.cleaned_data
        counts = {
            name.removeprefix("level-"): (said[name] or 0, said[name.replace("level-", "was-", 1)] or 0)
            for name in said
            if name.startswith("level-")
        }
        return [
            TallyChange(
                uuid=uuid.uuid4(), sequence=1, question=self.question.uuid, level=level, people=people, seen=was
            )
            for level, (people, was) in counts.items()
            if people != was
        ]


class LateForm(forms.Form):
    """On which changes somebody decides that arrived after closing: those that the page listed."""

    shown = forms.CharField(error_messages={"required": AGAIN})

    def clean_shown(self) -> set[uuid.UUID]:
        try:
            return {uuid.UUID(one) for one in self.cleaned_data["shown"].split()}
        except ValueError:
            raise forms.ValidationError(AGAIN) from None
