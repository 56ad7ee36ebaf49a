"""How far the desk research is, in counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q

from audits.enums import Area
from audits.models import Audit

from ..enums import AnswerState, Point, Rating
from ..models import Answer, DocumentRating, Research, ResearchQuestion, guide_for_new
from .guide import codes_of


@dataclass(frozen=True)
class Figures:
    """What is there and what is open, in counts. `gaps` are documents not rated on all points, `waiting` are the codes of
    the questions that are not done, `own` those of them that the person answers."""

    documents: int = 0
    gaps: int = 0
    ratings: int = 0
    institutions: int = 0
    missing_bodies: int = 0
    partnerships: int = 0
    total: int = 0
    done: int = 0
    drafted: int = 0
    waiting: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    areas: dict[str, int] = field(default_factory=dict)

    @property
    def open(self) -> int:
        return self.total - self.done - self.drafted

    @property
    def ratings_possible(self) -> int:
        return self.documents * len(Point)

    @property
    def begun(self) -> bool:
        return bool(self.documents or self.institutions or self.partnerships or self.done or self.drafted)

    @property
    def complete(self) -> bool:
        return bool(self.documents and self.institutions and self.total) and not (self.gaps or self.waiting)


def figures_of(audit: Audit, user: Any) -> Figures:
    """The counts of an audit, in seven queries (eight before the research has begun)."""
    documents = audit.documents.counted()
    ratings = list(
        DocumentRating.objects.filter(document__audit=audit)
        .order_by()
        .values_list("point", "value")
        .annotate(Count("pk"))
    )
    addressed = Counter[str]()
    for point, value, count in ratings:
        if point in Area.values and value in (Rating.YES, Rating.PARTLY):
            addressed[point] += count
    institutions = audit.institutions.aggregate(all=Count("pk"), missing=Count("pk", filter=Q(exists=False)))
    codes, answers = _states(audit)
    waiting = {pk: code for pk, code in codes.items() if answers.get(pk, ("", 0))[0] != AnswerState.DONE}
    states = Counter(state for pk, (state, _assignee) in answers.items() if pk in codes)
    return Figures(
        documents=documents["all"],
        gaps=documents["gaps"],
        ratings=sum(count for _point, _value, count in ratings),
        institutions=institutions["all"],
        missing_bodies=institutions["missing"],
        partnerships=audit.partnerships.count(),
        total=len(codes),
        done=states[AnswerState.DONE],
        drafted=states[AnswerState.DRAFTED],
        waiting=tuple(waiting.values()),
        own=tuple(code for pk, code in waiting.items() if answers.get(pk, ("", None))[1] == user.pk),
        areas={area.value: addressed[area.value] for area in Area},
    )


def _states(audit: Audit) -> tuple[dict[int, str], dict[int, tuple[str, int | None]]]:
    """Codes of the guide's questions, and state and assignee of those answered, by primary key."""
    research = Research.objects.filter(audit=audit).only("pk", "guide_id").first()
    guide = research.guide_id if research else getattr(guide_for_new(), "pk", None)
    rows = (
        ResearchQuestion.objects.filter(step__guide=guide)
        .order_by("step__position", "step__pk", "position", "pk")
        .values_list("step_id", "pk", "key")
    )
    steps: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for step, pk, key in rows:
        steps[step].append((pk, key))
    answers = Answer.objects.filter(research=research) if research else Answer.objects.none()
    found = {pk: (state, who) for pk, state, who in answers.values_list("question_id", "state", "assignee_id")}
    return codes_of(steps.values()), found
