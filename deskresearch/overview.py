"""What pages and report need of the desk research, loaded in a fixed number of queries however much is written.

Nothing is written here: an audit whose research has not begun has none, and follows the guide that it would begin with.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from audits.enums import Area
from audits.instruments import Text, translated
from audits.models import Audit

from .enums import AnswerState, InstitutionKind, Point, ProvisionTopic, Rating
from .models import (
    Answer,
    Document,
    DocumentRating,
    Institution,
    Partnership,
    Provision,
    Research,
    ResearchGuide,
    ResearchQuestion,
    guide_for_new,
)

# What the registers hold on the guide questions of the toolkit, by their keys. A guide's own questions have none.
DOCUMENT_POINTS = {
    "1.2": Point.NATIONAL,
    "1.3": Point.EU,
    "1.4": Point.EVALUATED,
    "1.5": Point.RIGHTS,
    "1.6": Point.GENDER,
    "1.7": Point.CORRELATED,
    "1.8": Point.FINANCED,
}
SECURITY_POLICIES = "1.1"
POLICE = "2.5"
# Rating and text of an institution by the question they answer; "" where it has none.
INSTITUTION_FIELDS = {
    "2.1": ("urban_security", ""),
    "2.2": ("tcn_mandate", "tcn_mandate_text"),
    "2.3": ("", "measures"),
    "2.4": ("", "barriers"),
    "2.5": ("", "responsibilities"),
    "2.6": ("", "cooperation"),
    "2.7": ("capacity", "capacity_text"),
    "2.8": ("", "improvement"),
}


# Guide questions and their answers ---------------------------------------------------------------------------


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


# What the registers say on a question ------------------------------------------------------------------------


@dataclass(frozen=True)
class Said:
    """What one row of a register says: a rating, words or both."""

    row: Document | Provision | Institution | Partnership
    rating: Rating | None = None
    text: str = ""
    page: str = ""


@dataclass(frozen=True)
class SaidGroup:
    """Rows of one register; `silent` counts those that could say something and do not yet."""

    title: Any
    kind: str  # "document", "institution" or "partnership"
    rows: tuple[Said, ...]
    silent: int = 0


def said_on(audit: Audit, key: str) -> tuple[SaidGroup, ...]:
    """What documents, institutions and partnerships say on the toolkit's question of this key; nothing on others."""
    if key == SECURITY_POLICIES:
        provisions = Provision.objects.filter(document__audit=audit, topic=ProvisionTopic.SECURITY)
        rows = [
            Said(one.document, text=one.text, page=one.page)
            for one in provisions.select_related("document").order_by("document__title", "position", "pk")
        ]
        return (SaidGroup(_("Provisions on urban security"), "document", tuple(rows)),)
    if key in DOCUMENT_POINTS:
        return (_rated(audit.documents.in_order().prefetch_related("ratings"), DOCUMENT_POINTS[key]),)
    if key not in INSTITUTION_FIELDS:
        return ()
    groups = [_told(audit.institutions.in_order(), key)]
    if key == "2.6":
        rows = [Said(one, text=one.text) for one in audit.partnerships.all() if one.exists]
        groups.append(SaidGroup(_("Partnerships and mechanisms"), "partnership", tuple(rows)))
    return tuple(groups)


def _rated(documents: Iterable[Document], point: Point) -> SaidGroup:
    rows, silent = [], 0
    for document in documents:
        rating = document.rating_of(point)
        if rating is None:
            silent += 1
        else:
            rows.append(Said(document, Rating(rating.value), rating.reason))
    return SaidGroup(point.label, "document", tuple(rows), silent)


def _told(institutions: Iterable[Institution], key: str) -> SaidGroup:
    rows, silent = [], 0
    for institution in institutions:
        if not institution.exists:
            continue
        rating, text = on_question(institution, key)
        if is_about(institution, key) and (rating or text):
            rows.append(Said(institution, rating, text))
        elif is_asked(institution, key):
            silent += 1
    return SaidGroup(_("Institutions"), "institution", tuple(rows), silent)


def on_question(institution: Institution, key: str) -> tuple[Rating | None, str]:
    """Rating and words of an institution on a guide question of step 2."""
    rating, text = INSTITUTION_FIELDS[key]
    value = getattr(institution, rating) if rating else ""
    return Rating(value) if value else None, getattr(institution, text) if text else ""


def is_about(institution: Institution, key: str) -> bool:
    """Whether what the institution says can be an answer: one question is about the police alone."""
    return key != POLICE or InstitutionKind(institution.kind).is_police


def is_asked(institution: Institution, key: str) -> bool:
    """Whether the institution should say something: a public agency that exists."""
    return institution.exists and InstitutionKind(institution.kind).is_public and is_about(institution, key)


def asked_by(guide: Guide | None) -> dict[str, Any]:
    """The texts of the questions of a guide by key."""
    return {question.row.key: question.text for question in guide.questions} if guide else {}


def gaps(institution: Institution, keys: Collection[str] = tuple(INSTITUTION_FIELDS)) -> tuple[str, ...]:
    """The guide questions of step 2 that are about the institution and on which it says nothing yet. `keys` are those
    that the audit's guide asks."""
    return tuple(
        key
        for key in INSTITUTION_FIELDS
        if key in keys and is_asked(institution, key) and not any(on_question(institution, key))
    )


# How far it is -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Figures:
    """What is there and what is open, in counts. `gaps` are documents not rated on all points, `waiting` are the codes of the questions that are not done, `own` those of
    them that the person answers."""

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
