"""How far the desk research is, in counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q

from audits.enums import Area
from audits.models import Audit

from .. import completion
from ..enums import AnswerState, Level, Point, Rating
from ..models import Answer, DocumentRating, Provision, Research, ResearchQuestion, guide_for_new
from .guide import codes_of


@dataclass(frozen=True)
class Figures:
    """What is there and what is open, in counts. `ratings` are those given to the `city_documents`, `gaps` those
    documents not rated on all points; `waiting` are the codes of the questions that are not done, `own` those of them
    that the person answers. What is to complete (`deskresearch.completion`): ratings `without_reason`, quotations
    `without_page`, documents `without_address`, and the codes of answers `without_source`."""

    documents: int = 0
    city_documents: int = 0
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
    without_reason: int = 0
    without_page: int = 0
    without_address: int = 0
    without_source: tuple[str, ...] = ()
    areas: dict[str, int] = field(default_factory=dict)

    @property
    def open(self) -> int:
        return self.total - self.done - self.drafted

    @property
    def ratings_possible(self) -> int:
        return self.city_documents * len(Point)

    @property
    def to_complete(self) -> int:
        """How many things are to complete, in documents and in answers."""
        return self.without_reason + self.without_page + self.without_address + len(self.without_source)

    @property
    def begun(self) -> bool:
        return bool(self.documents or self.institutions or self.partnerships or self.done or self.drafted)

    @property
    def complete(self) -> bool:
        there = self.documents and self.institutions and self.total
        return bool(there) and not (self.gaps or self.waiting or self.to_complete)


def figures_of(audit: Audit, user: Any) -> Figures:
    """The counts of an audit, in eight queries (nine before the research has begun)."""
    documents = audit.documents.counted()
    addressed = Counter[str]()
    given = without_reason = 0
    rated = DocumentRating.objects.filter(document__audit=audit).order_by().values_list("point", "value")
    rated = rated.annotate(
        Count("pk"),
        of_city=Count("pk", filter=Q(document__level=Level.CITY)),
        silent=Count("pk", filter=completion.WITHOUT_REASON),
    )
    for point, value, count, of_city, silent in rated:
        given += of_city
        without_reason += silent
        if point in Area.values and value in (Rating.YES, Rating.PARTLY):
            addressed[point] += count
    institutions = audit.institutions.aggregate(all=Count("pk"), missing=Count("pk", filter=Q(exists=False)))
    codes, answers = _states(audit)
    waiting = {pk: code for pk, code in codes.items() if pk not in answers or answers[pk].state != AnswerState.DONE}
    states = Counter(answer.state for pk, answer in answers.items() if pk in codes)
    return Figures(
        documents=documents["all"],
        city_documents=documents["own"],
        gaps=documents["gaps"],
        ratings=given,
        institutions=institutions["all"],
        missing_bodies=institutions["missing"],
        partnerships=audit.partnerships.count(),
        total=len(codes),
        done=states[AnswerState.DONE],
        drafted=states[AnswerState.DRAFTED],
        waiting=tuple(waiting.values()),
        own=tuple(code for pk, code in waiting.items() if pk in answers and answers[pk].assignee == user.pk),
        without_reason=without_reason,
        without_page=Provision.objects.filter(completion.WITHOUT_PAGE, document__audit=audit).count(),
        without_address=documents["without_address"],
        without_source=tuple(code for pk, code in codes.items() if pk in answers and answers[pk].without_source),
        areas={area.value: addressed[area.value] for area in Area},
    )


class _Answered(NamedTuple):
    state: str
    assignee: int | None
    without_source: bool


def _states(audit: Audit) -> tuple[dict[int, str], dict[int, _Answered]]:
    """Codes of the guide's questions, and how far those are that somebody has touched, by primary key."""
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
    bare = Answer.objects.order_by().filter(completion.WITHOUT_SOURCE, pk=OuterRef("pk"))
    answers = Answer.objects.filter(research=research) if research else Answer.objects.none()
    found = answers.annotate(bare=Exists(bare)).values_list("question_id", "state", "assignee_id", "bare")
    return codes_of(steps.values()), {pk: _Answered(*rest) for pk, *rest in found}
