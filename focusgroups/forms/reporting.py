"""What the report of a focus group quotes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audits.forms.fields import SentOnceForm

from ..models import FocusGroup, Note
from ..quotations import family_of, quotable


class _ByQuestion(ModelChoiceIterator):
    """Notes under the questions to which they were said."""

    def __iter__(self) -> Iterator[tuple[str, list[Any]]]:
        for question, notes in groupby(self.queryset, key=lambda note: note.question):
            yield question.heading if question else _("Without a question"), [self.choice(note) for note in notes]


class _Quotes(forms.ModelMultipleChoiceField):
    iterator = _ByQuestion

    def label_from_instance(self, note: Note) -> str:
        return _("“%(text)s” – %(group)s") % {"text": note.text, "group": family_of(note).label}


class ReportForm(SentOnceForm):
    """Which notes are quoted, of those that may be; `chooses` is whether somebody may read notes at all."""

    quotes = _Quotes(
        Note.objects.none(),
        to_field_name="uuid",
        required=False,
        label=gettext_lazy("Quotations"),
        help_text=gettext_lazy(
            "Words of people who agreed to be quoted, as those of a kind of people of which five sat there at least."
        ),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": gettext_lazy("One of these may not be quoted any more. Look at the list again.")
        },
    )

    def __init__(self, *args: Any, group: FocusGroup, chooses: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not chooses:
            return
        rows = quotable(group.audit).filter(group=group)
        self.fields["quotes"].queryset = rows.select_related("question").order_by(
            "question__position", "question", "noted_at"
        )
