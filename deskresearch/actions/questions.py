"""The research of an audit and its answers begin with the first thing that somebody writes."""

from __future__ import annotations

from django.db import transaction

from audits.models import Audit

from ..models import Answer, Research, ResearchQuestion, guide_for_new


class NoGuideError(Exception):
    """No desk research guide is loaded, or all are retired."""


@transaction.atomic
def research_of(*, audit: Audit) -> Research:
    """The audit's research; made now, on the guide that new ones follow, where it has not begun. Raises NoGuideError."""
    research: Research | None = Research.objects.filter(audit=audit).first()
    if research:
        return research
    guide = guide_for_new()
    if guide is None:
        raise NoGuideError
    made: Research = Research.objects.get_or_create(audit=audit, defaults={"guide": guide})[0]
    return made


@transaction.atomic
def answer_of(*, audit: Audit, question: ResearchQuestion) -> Answer:
    """The audit's answer to a question of its guide; made now, empty and open, where nobody has written one.

    Raises NoGuideError, and ValueError for a question of another guide.
    """
    research = research_of(audit=audit)
    if question.step.guide_id != research.guide_id:
        raise ValueError("The question is not one of the guide that the research follows.")
    answer: Answer = Answer.objects.get_or_create(research=research, question=question)[0]
    return answer
