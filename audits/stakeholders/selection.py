"""The guide's questions that help to choose stakeholders (UNITES guide, "How to choose stakeholders")."""

from __future__ import annotations

from django.db.models import Case, Q, When

from audits.instruments import Text, translated
from audits.models import Audit, CodesignGuide, SelectionQuestion

from .models import CodesignPlan


def questions_of(audit: Audit) -> list[SelectionQuestion]:
    """The questions of the guide that the audit's co-design follows; before anybody has begun, those of the newest
    original that is not retired, else of the newest own version. Empty where no guide is loaded."""
    plan = CodesignPlan.objects.filter(audit=audit).values("guide")
    original = Q(origin=CodesignGuide.Origin.ORIGINAL)
    order = Case(When(pk__in=plan, then=0), When(original, then=1), default=2)
    guides = CodesignGuide.objects.filter(Q(pk__in=plan) | Q(retired_at__isnull=True)).order_by(order, "-pk")
    return list(SelectionQuestion.objects.filter(guide__in=guides.values("pk")[:1]).select_related("guide"))


def in_language(questions: list[SelectionQuestion], language: str) -> list[tuple[SelectionQuestion, Text]]:
    """Each question with its text in a language."""
    texts = translated(questions, language)
    return [(question, texts[question, "text"]) for question in questions]
