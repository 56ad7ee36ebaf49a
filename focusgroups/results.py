"""What a closed session leaves for a report: who sat there, the answers on levels, what the team made of the notes.

Numbers of people follow DESIGN rule 4 (`audits/small_numbers.py`): no kind of people below 5, and none that could be
worked out from the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from audits.enums import FAMILY_OF, Area, Family, StakeholderGroup
from audits.instruments import Text, Texts, translated
from audits.models import Audit
from audits.participation.enums import Gender
from audits.small_numbers import MINIMUM, shown

from .enums import Confirmation, GroupState, Sufficiency
from .models import (
    AreaSummary,
    FocusGroup,
    GroupConclusions,
    GroupSummary,
    HotSpot,
    InclusionLevel,
    LevelCount,
    Note,
    Seat,
    SessionQuestion,
)


@dataclass(frozen=True)
class Tally:
    """A question that 5 people or more answered on levels: how many did, and how many chose each level, None where that
    is not shown."""

    question: SessionQuestion
    people: int
    counts: tuple[tuple[InclusionLevel, int | None], ...]

    @classmethod
    def of(cls, question: SessionQuestion) -> Tally | None:
        """The tally of a question; None where fewer answered."""
        counts = {count.level: count.people for count in question.counts.all()}
        people = sum(counts.values())
        if people < MINIMUM:
            return None
        kept = shown(counts, people)
        return cls(question, people, tuple((level, kept.get(level)) for level in counts))

    @property
    def tells(self) -> bool:
        """Whether it may be shown of any level how many chose it."""
        return any(people for _level, people in self.counts)

    @property
    def hides(self) -> bool:
        return any(people is None for _level, people in self.counts)


@dataclass(frozen=True)
class Session:
    """A closed focus group, with all that hangs on it loaded (`of_audit`); `texts` are those of its levels."""

    group: FocusGroup
    texts: Texts

    @cached_property
    def seats(self) -> tuple[Seat, ...]:
        """Those that were taken."""
        return tuple(seat for seat in self.group.seats.all() if seat.participant.joined_at)

    @property
    def people(self) -> int:
        return len(self.seats)

    @cached_property
    def families(self) -> dict[Family, int]:
        """How many people of each family took part, as far as it may be shown, in the order of the families."""
        named = Counter(
            FAMILY_OF[StakeholderGroup(seat.participant.group)] for seat in self.seats if seat.participant.group
        )
        kept = shown(named, self.people)
        return {family: kept[family] for family in Family if family in kept}

    @cached_property
    def genders(self) -> dict[Gender, int]:
        """How many women and men took part, as far as it may be shown."""
        named = Counter(Gender(seat.participant.gender) for seat in self.seats if seat.participant.gender)
        kept = shown(named, self.people)
        return {gender: kept[gender] for gender in Gender if gender in kept}

    @property
    def hides_people(self) -> bool:
        """Whether more is known of the people than may be shown."""
        dimensions = (
            (self.families, [seat.participant.group for seat in self.seats]),
            (self.genders, [seat.participant.gender for seat in self.seats]),
        )
        return any(sum(kept.values()) < sum(map(bool, named)) for kept, named in dimensions)

    @property
    def summary(self) -> GroupSummary | None:
        return getattr(self.group, "summary", None)

    @property
    def conclusions(self) -> GroupConclusions | None:
        return getattr(self.group, "conclusions", None)

    @cached_property
    def areas(self) -> dict[Area, AreaSummary]:
        """What is written on each area, without areas on which nobody has judged or written anything."""
        rows = {Area(row.area): row for row in self.group.area_summaries.all() if _says(row)}
        return {area: rows[area] for area in Area if area in rows}

    def questions(self, area: Area) -> list[SessionQuestion]:
        return [question for question in self.group.questions.all() if question.area == area]

    @cached_property
    def tallies(self) -> tuple[Tally, ...]:
        found = (Tally.of(question) for question in self.group.questions.all())
        return tuple(tally for tally in found if tally)

    @property
    def hot_spots(self) -> tuple[HotSpot, ...]:
        """Those that may appear in a report: somebody has decided so."""
        return tuple(spot for spot in self.group.hot_spots.all() if spot.published)


def _says(row: AreaSummary) -> bool:
    return bool(row.sufficiency != Sufficiency.UNKNOWN or row.results or row.recommendations or row.reasons)


def unwritten(session: Session) -> list[str]:
    """What the toolkit's report form asks of a group and nobody has written yet, in the order of the report."""
    found = [] if session.people else [_("Who took part: no seat is taken")]
    summary = session.summary
    confirmed = (Confirmation.CONFIRMED, Confirmation.WITH_CHANGES)
    if summary is None or summary.confirmation not in confirmed or not summary.text.strip():
        found.append(_("The summary, confirmed by the participants"))
    answered = (sum(count.people for count in question.counts.all()) for question in session.group.questions.all())
    if session.people and max(answered, default=0) > session.people:
        found.append(_("The answers on levels: more are counted than took part"))
    for area in Area:
        for question in session.questions(area):
            if question.noted and not (hasattr(question, "summary") and question.summary.text.strip()):
                said = {"area": area.short, "question": Truncator(question.heading).chars(80)}
                found.append(_("%(area)s: what was said to “%(question)s”") % said)
        row = session.areas.get(area)
        if row is None or not row.results.strip():
            found.append(_("%(area)s: main results") % {"area": area.short})
        if row is None or row.sufficiency == Sufficiency.UNKNOWN:
            found.append(_("%(area)s: whether the participants had enough information") % {"area": area.short})
    whole = session.conclusions
    if whole is None or not (whole.interest.strip() or whole.interest_codes.all()):
        found.append(_("Themes that stirred most interest"))
    for label, name in (
        (_("Main successes"), "successes"),
        (_("Main challenges"), "challenges"),
        (_("Conclusions"), "conclusions"),
        (_("Recommendations"), "recommendations"),
    ):
        if whole is None or not getattr(whole, name).strip():
            found.append(label)
    return found


def of_audit(audit: Audit, language: str) -> tuple[Session, ...]:
    """The closed groups of an audit in the order of their days, with levels in a language; the same queries for any
    number of groups, seats and questions."""
    return _loaded(audit.focus_groups.filter(state=GroupState.CLOSED), audit, language)


def of_group(group: FocusGroup, language: str) -> Session:
    """One group as `of_audit` has it. Raises ValueError for one that is not closed."""
    found = _loaded(FocusGroup.objects.filter(pk=group.pk, state=GroupState.CLOSED), group.audit, language)
    if not found:
        raise ValueError("Only a closed session has results.")
    return found[0]


def counts() -> QuerySet[LevelCount]:
    """The counts as tallies need them, to be loaded with their questions."""
    return LevelCount.objects.select_related("level__question__guide").order_by("level__position")


@dataclass(frozen=True)
class Answers:
    """That a question was answered on levels: its tally, None where too few did, with the names of the levels."""

    tally: Tally | None
    levels: tuple[tuple[Text, int | None], ...]


def answers(questions: Iterable[SessionQuestion], language: str) -> dict[SessionQuestion, Answers]:
    """Of questions with their `counts` those that anybody answered on levels, in a language."""
    answered = [question for question in questions if any(count.people for count in question.counts.all())]
    texts = translated([count.level for question in answered for count in question.counts.all()], language)
    found = {}
    for question in answered:
        tally = Tally.of(question)
        kept = tally.counts if tally else ()
        found[question] = Answers(tally, tuple((texts[level, "title"], people) for level, people in kept))
    return found


def _loaded(rows: QuerySet[FocusGroup], audit: Audit, language: str) -> tuple[Session, ...]:
    noted = Exists(Note.objects.standing().filter(question=OuterRef("pk")))
    groups = list(
        rows.select_related("summary", "conclusions").prefetch_related(
            Prefetch("seats", Seat.objects.select_related("participant")),
            Prefetch("questions", SessionQuestion.objects.select_related("summary").annotate(noted=noted)),
            "questions__summary__codes",
            Prefetch("questions__counts", counts()),
            "area_summaries",
            "conclusions__interest_codes",
            Prefetch("hot_spots", HotSpot.objects.select_related("plan__picture")),
        )
    )
    levels = [count.level for group in groups for question in group.questions.all() for count in question.counts.all()]
    texts = translated(levels, language)
    for group in groups:
        group.audit = audit
    return tuple(Session(group, texts) for group in groups)
