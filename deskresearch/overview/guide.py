"""The guide that an audit follows: its questions with their answers, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from audits.instruments import Text, translated
from audits.models import Audit

from ..enums import AnswerState
from ..models import Answer, Research, ResearchGuide, ResearchQuestion, guide_for_new


@dataclass(frozen=True)
class Question:
    """A guide question in the reader's language; `answer` is None as long as nobody has touched it."""

    row: ResearchQuestion
    code: str
    text: Text
    answer: Answer | None

    @property
    def state(self) -> AnswerState:
        return AnswerState(self.answer.state) if self.answer else AnswerState.OPEN


@dataclass(frozen=True)
class GuideStep:
    title: Text
    text: Text
    aspects: tuple[Text, ...]
    questions: tuple[Question, ...]

    @property
    def done(self) -> int:
        return sum(question.state == AnswerState.DONE for question in self.questions)


@dataclass(frozen=True)
class Guide:
    """The guide of an audit with what has been answered; `research` is None until something is written."""

    row: ResearchGuide
    research: Research | None
    steps: tuple[GuideStep, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for step in self.steps for question in step.questions)

    @property
    def done(self) -> int:
        return sum(step.done for step in self.steps)

    def find(self, code: str) -> Question | None:
        """The question of a code, or of the key under which its answer knows it."""
        by_key = (question for question in self.questions if question.row.key == code)
        return next((question for question in self.questions if question.code == code), None) or next(by_key, None)

    def beside(self, question: Question) -> dict[str, Question | None]:
        """The questions before and after it."""
        place = self.questions.index(question)
        return {
            "before": self.questions[place - 1] if place else None,
            "after": self.questions[place + 1] if place + 1 < len(self.questions) else None,
        }


def research_of(audit: Audit) -> Research | None:
    return Research.objects.select_related("guide", "changed_by").filter(audit=audit).first()


def guide_of(audit: Audit, language: str) -> Guide | None:
    """The audit's guide with the answers, in seven queries; None where no guide is loaded."""
    research = research_of(audit)
    row = research.guide if research else guide_for_new()
    if row is None:
        return None
    steps = list(row.steps.prefetch_related("aspects", "questions"))
    for step in steps:
        step.guide = row
        for part in (*step.aspects.all(), *step.questions.all()):
            part.step = step
    texts = translated(
        [part for step in steps for part in (step, *step.aspects.all(), *step.questions.all())], language
    )
    answers = Answer.objects.filter(research=research).select_related("assignee", "changed_by") if research else ()
    by_question = {answer.question_id: answer for answer in answers}
    codes = codes_of([[(one.pk, one.key) for one in step.questions.all()] for step in steps])
    return Guide(
        row=row,
        research=research,
        steps=tuple(
            GuideStep(
                title=texts[step, "title"],
                text=texts[step, "text"],
                aspects=tuple(texts[aspect, "text"] for aspect in step.aspects.all()),
                questions=tuple(
                    Question(one, codes[one.pk], texts[one, "text"], by_question.get(one.pk))
                    for one in step.questions.all()
                ),
            )
            for step in steps
        ),
    )


def codes_of(steps: Iterable[Sequence[tuple[int, str]]]) -> dict[int, str]:
    """What questions are called, by primary key: 1.5. Takes the questions of each step, as pairs of primary and own key.

    The toolkit's questions are called by their keys. One that an own version has added goes on counting in its step.
    """
    found: dict[int, str] = {}
    for number, questions in enumerate(steps, start=1):
        counted = [int(key.split(".")[1]) for _pk, key in questions if re.fullmatch(rf"{number}\.\d+", key)]
        last = max(counted, default=0)
        for pk, key in questions:
            if not re.fullmatch(rf"{number}\.\d+", key):
                last += 1
                key = f"{number}.{last}"
            found[pk] = key
    return found


def asked_by(guide: Guide | None) -> dict[str, Any]:
    """The texts of the questions of a guide by key."""
    return {question.row.key: question.text for question in guide.questions} if guide else {}
