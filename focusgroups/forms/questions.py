"""A question of a session, its place, and what comes back from the guide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from audits.enums import Area
from audits.forms.fields import LongText, SentOnceForm
from audits.forms.versioned import VersionedForm

from ..actions.questions import put_last
from ..models import Question, SessionQuestion


class QuestionForm(SentOnceForm, VersionedForm):
    area = forms.ChoiceField(
        label=gettext_lazy("Which area is it about?"),
        choices=Area,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the area.")},
    )

    class Meta:
        model = SessionQuestion
        fields = ("text", "area")
        widgets = {"text": LongText(attrs={"rows": 4})}
        labels = {"text": gettext_lazy("Question")}
        help_texts = {
            "text": gettext_lazy("Open questions provoke discussion: how, why, what, which. Yes/no questions do not.")
        }
        error_messages = {"text": {"required": gettext_lazy("Write the question.")}}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["uuid"]

    def write_beside(self, row: SessionQuestion) -> None:
        if "area" in self.changed_data:
            put_last(question=row)


class BringBackForm(forms.Form):
    """Which question of the guide comes back; all where none is named."""

    question = forms.ModelChoiceField(Question.objects.none(), to_field_name="uuid", required=False)

    def __init__(self, *args: Any, guide: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["question"].queryset = guide.questions.all()
