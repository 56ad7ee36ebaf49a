"""Judging one factor: answers to its guide questions, the judgement, reasons, what explains it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from audits.forms.fields import LongText
from audits.forms.versioned import VersionedForm
from audits.instruments import Text, translated
from audits.models import Versioned
from audits.widgets import ExplainedChoices

from ..enums import Verdict
from ..models import ContextFactor, GuideQuestion, Judgement, QuestionAnswer
from ..models.assessment import TEXT_LENGTH
from .assessments import CLOSED

__all__ = ["CLOSED", "LEFT_OVER", "JudgementForm", "field_of"]

LEFT_OVER = _(
    "This key factor is not part of the benchmark’s version to which the assessment has moved. What you typed still "
    "stands here: copy it."
)


class JudgementForm(VersionedForm):
    """A judgement with the answers to the guide questions, saved together under one version.

    `questions` are those of the factor with their wording in the page's language; `refused` is why nothing can be
    saved, "" where it can. Answers are the fields `answer_<key of the question>`, so that a page that was opened on
    another version of the benchmark finds them again. A field that was not sent leaves its answer as it is.
    """

    verdict = forms.ChoiceField(
        label=_("Is this key factor in place?"),
        choices=Verdict,
        widget=ExplainedChoices(explanations={verdict.value: verdict.meaning for verdict in Verdict}),
    )

    class Meta:
        model = Judgement
        fields = ["verdict", "reasoning", "context_factors"]
        labels = {
            "reasoning": _("Reasons"),
            "context_factors": _("What in the city’s situation explains this?"),
        }
        help_texts = {"reasoning": _("Two or three sentences that name the evidence. They go into the report.")}
        widgets = {
            "reasoning": LongText(attrs={"rows": 4}),
            "context_factors": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args, questions: Mapping[GuideQuestion, Text], refused: Any = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.questions = {field_of(question): question for question in questions}
        self.refused = refused
        self.fields["context_factors"].queryset = ContextFactor.objects.all()
        named = translated(ContextFactor.objects.all(), get_language())
        self.fields["context_factors"].label_from_instance = lambda one: format_html(
            '<span lang="{}">{}</span>', named[one, "title"].language, named[one, "title"]
        )
        given = self._answers(self.instance) if self.instance.pk else {}
        for name, question in self.questions.items():
            self.fields[name] = forms.CharField(
                label=str(questions[question]),
                required=False,
                validators=[MaxLengthValidator(TEXT_LENGTH)],
                widget=LongText(attrs={"rows": 2 if question.parent_id else 3, "dir": "auto"}),
            )
            self.initial[name] = given.get(name, "")

    def clean(self):
        cleaned = super().clean()
        if self.refused:
            raise forms.ValidationError(self.refused)
        unexplained = not cleaned.get("reasoning") and "reasoning" not in self.errors
        if cleaned.get("verdict") == Verdict.NOT_RELEVANT and unexplained:
            self.add_error("reasoning", _("Say why it is not relevant in this city."))
        return cleaned

    def clean_context_factors(self):
        return list(self.cleaned_data["context_factors"])

    def _answers(self, judgement: Versioned) -> dict[str, str]:
        """What is saved, by field."""
        there = {one.question_id: one.text for one in judgement.answers.all()}
        return {name: there.get(question.pk, "") for name, question in self.questions.items()}

    def _sent(self) -> dict[str, GuideQuestion]:
        return {
            name: one for name, one in self.questions.items() if not self.is_bound or self.add_prefix(name) in self.data
        }

    def same_beside(self, saved: Versioned) -> bool:
        there = self._answers(saved)
        return all(there[name] == self.cleaned_data[name] for name in self._sent())

    def write_beside(self, row: Versioned) -> None:
        there = {one.question_id: one for one in QuestionAnswer.objects.filter(judgement=row)}
        for name, question in self._sent().items():
            text, old = self.cleaned_data[name], there.get(question.pk)
            if old and not text:
                old.delete()
            elif old and old.text != text:
                old.text = text
                old.save(update_fields=["text"])
            elif text and not old:
                QuestionAnswer.objects.create(judgement=row, question=question, text=text)

    def compared(self) -> list[str]:
        return [*self._sent(), *super().compared()]

    def value_of(self, saved: Versioned, name: str) -> Any:
        return self._answers(saved)[name] if name in self.questions else super().value_of(saved, name)


def field_of(question: GuideQuestion) -> str:
    """The name of the field for the answer to a question."""
    return f"answer_{question.key}"
