from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audits.enums import Area, StakeholderGroup
from audits.forms.fields import LongText
from audits.forms.versioned import VersionedForm
from audits.models import Audit, User
from audits.texts import in_lines

from ..actions import coding as actions
from ..coding import located
from ..models import Code, Coding, FocusGroup, Note
from ..models.session import spoken_by

NOTE_GONE = gettext_lazy("The note is not there any more: somebody took it back.")


class NotesFilter(forms.Form):
    """Which notes of a group to show, and whether with the codes of the others."""

    question = forms.ModelChoiceField(
        label=gettext_lazy("Question"), queryset=None, to_field_name="uuid", required=False
    )
    area = forms.ChoiceField(label=gettext_lazy("Area"), required=False)
    speaker = forms.ChoiceField(label=gettext_lazy("Who speaks"), required=False)
    only = forms.ChoiceField(
        label=gettext_lazy("Only notes that"),
        required=False,
        choices=[
            ("", gettext_lazy("All notes")),
            ("uncoded", gettext_lazy("have no code of mine")),
            ("hot", gettext_lazy("stirred the group")),
        ],
    )
    codes = forms.ChoiceField(
        label=gettext_lazy("Codes"),
        required=False,
        choices=[("", gettext_lazy("Mine")), ("all", gettext_lazy("Everybody’s"))],
    )

    def __init__(self, *args, group: FocusGroup, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["question"].queryset = group.questions.all()
        self.fields["question"].empty_label = _("All questions")
        self.fields["area"].choices = [("", _("All areas")), *((area.value, area.short) for area in Area)]
        self.fields["speaker"].choices = [("", _("Everybody")), *StakeholderGroup.choices]

    def narrow(self, notes: QuerySet[Note], user: User) -> QuerySet[Note]:
        """Those that are asked for. What is not a choice is named beside its field and left out."""
        self.is_valid()
        wanted = self.cleaned_data
        if question := wanted.get("question"):
            notes = notes.filter(question=question)
        if area := wanted.get("area"):
            notes = notes.filter(question__area=area)
        if speaker := wanted.get("speaker"):
            notes = notes.alias(spoken_by=spoken_by()).filter(spoken_by=speaker)
        if wanted.get("only") == "uncoded":
            notes = notes.exclude(codings__in=Coding.objects.filter(coder=user))
        elif wanted.get("only") == "hot":
            notes = notes.filter(hot=True)
        return notes

    @property
    def shows_all_codes(self) -> bool:
        return self.cleaned_data.get("codes") == "all"

    @property
    def in_use(self) -> bool:
        return any(self.cleaned_data.get(name) for name in ("question", "area", "speaker", "only"))


class PutForm(forms.Form):
    """A code on a passage of a note of the group; on the whole note where no passage is chosen."""

    note = forms.ModelChoiceField(
        queryset=None,
        to_field_name="uuid",
        error_messages={"invalid_choice": NOTE_GONE, "invalid": NOTE_GONE, "required": NOTE_GONE},
    )
    code = forms.CharField(
        label=gettext_lazy("Code"), max_length=120, error_messages={"required": gettext_lazy("Write the code.")}
    )
    start = forms.IntegerField(required=False, min_value=0)
    end = forms.IntegerField(required=False, min_value=1)
    quote = forms.CharField(required=False, strip=False)

    def __init__(self, *args, group: FocusGroup, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["note"].queryset = group.notes.standing()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.errors:
            return cleaned
        text, quote = cleaned["note"].text, in_lines(cleaned["quote"])
        span: tuple[int, int] | None = (0, len(text))
        if quote.strip():
            # Spaces at the ends say nothing, and are easily caught with a mouse.
            start = (cleaned["start"] or 0) + len(quote) - len(quote.lstrip())
            quote = quote.strip()
            span = located(text, start, start + len(quote), quote)
        if span is None:
            raise ValidationError(
                _(
                    "These words do not stand in the note any more: somebody has corrected it. Open the page again and "
                    "choose them once more."
                )
            )
        cleaned["start"], cleaned["end"] = span
        return cleaned

    def save(self, *, by: User) -> Coding:
        put = self.cleaned_data
        return actions.put_code(note=put["note"], name=put["code"], start=put["start"], end=put["end"], by=by)


class TakeForm(forms.Form):
    """Takes an own code away from a passage. One that is away already is no mistake."""

    take = forms.UUIDField()

    def save(self, *, group: FocusGroup, by: User) -> Note | None:
        """Answers the note that the code was on, None where it was away already."""
        coding = (
            Coding.objects.filter(uuid=self.cleaned_data["take"], note__group=group, coder=by)
            .select_related("note")
            .first()
        )
        if coding is None:
            return None
        actions.take_code(coding=coding)
        return coding.note


TAKEN = gettext_lazy("There is a code of this name already: %(name)s. Choose another name, or merge the two.")


class CodeForm(VersionedForm):
    """Name and definition of a code; new ones come from it as well."""

    class Meta:
        model = Code
        fields = ["name", "definition"]
        widgets = {"definition": LongText(attrs={"rows": 4}), "name": forms.TextInput(attrs={"dir": "auto"})}
        help_texts = {
            "name": gettext_lazy("The idea in a few words."),
            "definition": gettext_lazy("What belongs under it and what does not, so that two people code alike."),
        }

    def __init__(self, *args, audit: Audit, **kwargs):
        super().__init__(*args, **kwargs)
        self.audit = audit

    def clean_name(self) -> str:
        name = actions.tidy(self.cleaned_data["name"])
        self._refuse_taken(name)
        return name

    def _refuse_taken(self, name: str) -> None:
        found = actions.named(self.audit, name)
        if found and found.pk != self.instance.pk:
            raise ValidationError(TAKEN, params={"name": found.name}, code="taken")

    @transaction.atomic
    def save_as(self, by: User) -> Code:
        """As of any shared text. Raises NameTakenError where somebody took the name since the form was checked."""
        actions.lock_codebook(self.audit)
        found = actions.named(self.audit, self.cleaned_data["name"])
        if found and found.pk != self.instance.pk:
            raise actions.NameTakenError(found)
        return super().save_as(by)

    def create(self, *, by: User) -> Code | None:
        """The new code; None, with the reason beside the name, where the name was taken meanwhile."""
        try:
            return actions.create_code(audit=self.audit, by=by, **self._said())
        except actions.NameTakenError as taken:
            self.add_error("name", ValidationError(TAKEN, params={"name": taken.code.name}))
            return None

    def _said(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("name", "definition")}


class SplitForm(CodeForm):
    """A new code for some of the passages of another one."""

    passages = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Which passages go to the new code?"),
        queryset=None,
        to_field_name="uuid",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one passage.")},
    )

    def __init__(self, *args, code: Code, **kwargs):
        super().__init__(*args, audit=code.audit, **kwargs)
        self.code = code
        self.fields["passages"].queryset = code.codings.filter(note__removed=False).select_related(
            "note__group", "coder"
        )
        self.fields["passages"].label_from_instance = self._where

    @staticmethod
    def _where(coding: Coding) -> str:
        at = time_format(timezone.localtime(coding.note.noted_at), "H:i")
        # Two people may have marked the same words.
        coder = coding.coder or _("somebody who has left")
        said = {"words": coding.words, "group": coding.note.group.title, "time": at, "coder": coder}
        if not said["words"]:
            return _("The note was changed since (%(group)s, %(time)s, %(coder)s)") % said
        return _("“%(words)s” (%(group)s, %(time)s, %(coder)s)") % said

    def create(self, *, by: User) -> Code | None:
        try:
            return actions.split_code(code=self.code, codings=self.cleaned_data["passages"], by=by, **self._said())
        except actions.NameTakenError as taken:
            self.add_error("name", ValidationError(TAKEN, params={"name": taken.code.name}))
            return None


class MergeForm(forms.Form):
    into = forms.ModelChoiceField(
        label=gettext_lazy("Into which code?"),
        queryset=None,
        to_field_name="uuid",
        help_text=gettext_lazy("Its name and definition stay; all passages go there."),
        error_messages={
            "required": gettext_lazy("Choose the code into which this one is merged."),
            "invalid_choice": gettext_lazy("This code is not in the codebook any more. Choose another one."),
        },
    )

    def __init__(self, *args, code: Code, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = Code.objects.filter(audit=code.audit_id).exclude(pk=code.pk)
        self.fields["into"].empty_label = _("Choose a code")


class SettleForm(forms.Form):
    """What was agreed on one difference between coders."""

    KEEP = {"keep": True, "leave": False, "undo": None}

    note = forms.ModelChoiceField(
        queryset=None,
        to_field_name="uuid",
        error_messages={"invalid_choice": NOTE_GONE, "invalid": NOTE_GONE, "required": NOTE_GONE},
    )
    code = forms.ModelChoiceField(queryset=None, to_field_name="uuid")
    decide = forms.ChoiceField(choices=[(name, name) for name in KEEP])

    def __init__(self, *args, group: FocusGroup, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["note"].queryset = group.notes.standing()
        self.fields["code"].queryset = Code.objects.filter(audit=group.audit)

    def save(self, *, by: User) -> None:
        said = self.cleaned_data
        actions.settle(note=said["note"], code=said["code"], keep=self.KEEP[said["decide"]], by=by)
