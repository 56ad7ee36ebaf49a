"""The desk research of an audit, loaded once: documents, institutions, partnerships, answers to the guide questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from audits.models import Audit
from audits.models.instrument import TreeRow
from deskresearch.enums import AnswerState, Level, Participation, PartnershipKind, Point, ProvisionTopic
from deskresearch.models import Answer, Document, DocumentRating, Institution, Partnership, Provision, Research


@dataclass(frozen=True)
class Desk:
    """What the desk research has found. `answers` are those that are done, in the guide's order."""

    documents: tuple[Document, ...] = ()
    institutions: tuple[Institution, ...] = ()
    partnerships: tuple[Partnership, ...] = ()
    research: Research | None = None
    answers: tuple[Answer, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.documents or self.institutions or self.partnerships or self.answers or self.says)

    @property
    def says(self) -> bool:
        """Whether it says something of the governance model as a whole."""
        return bool(self.strengths or self.weaknesses)

    @cached_property
    def city_documents(self) -> tuple[Document, ...]:
        return tuple(one for one in self.documents if one.level == Level.CITY)

    @cached_property
    def ratings(self) -> dict[int, dict[str, DocumentRating]]:
        """The ratings of each document (its primary key) by point."""
        return {one.pk: {rating.point: rating for rating in one.ratings.all()} for one in self.documents}

    def rating(self, document: Document, point: Point) -> DocumentRating | None:
        return self.ratings[document.pk].get(point)

    def counts(self, point: Point) -> Counter[str]:
        """How many documents have each rating on a point; those that nobody has rated are in none."""
        return Counter(rating.value for found in self.ratings.values() if (rating := found.get(point)))

    def provisions(self, topic: ProvisionTopic) -> tuple[tuple[Document, Provision], ...]:
        """The provisions on a topic: the first of every document, then the second ones, and so on."""
        found = []
        for place, document in enumerate(self.documents):
            own = [one for one in document.provisions.all() if one.topic == topic]
            found += [(round_, place, document, one) for round_, one in enumerate(own)]
        return tuple((document, one) for _round, _place, document, one in sorted(found, key=lambda row: row[:2]))

    @cached_property
    def provision_count(self) -> int:
        return sum(len(one.provisions.all()) for one in self.documents)

    @property
    def strengths(self) -> list[str]:
        return lines(self.research.strengths) if self.research else []

    @property
    def weaknesses(self) -> list[str]:
        return lines(self.research.weaknesses) if self.research else []

    def of_kind(self, *kinds: PartnershipKind) -> tuple[Partnership, ...]:
        return tuple(one for one in self.partnerships if one.kind in kinds)

    def taking_part(self) -> Counter[str]:
        """How many partnerships and mechanisms that exist have TCN take part on each level, as far as it is known."""
        return Counter(one.tcn for one in self.partnerships if one.exists and one.tcn in Participation.values)

    def together(self, institution: Institution) -> tuple[Institution, ...]:
        """The other institutions with which it stands in a standing co-operation that exists."""
        found: set[int] = set()
        for one in self.partnerships:
            members = {member.pk for member in one.institutions.all()}
            if one.exists and one.standing and institution.pk in members:
                found |= members
        return tuple(one for one in self.institutions if one.pk in found and one.pk != institution.pk)

    def texts(self) -> Iterable[TreeRow]:
        """The instrument's rows whose texts the report prints in its own language."""
        rows: list[TreeRow] = [answer.question for answer in self.answers]
        return [*rows, *{one.source_type.pk: one.source_type for one in self.documents}.values()]


def lines(text: str) -> list[str]:
    """The lines of a text that hold something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def load(audit: Audit) -> Desk:
    """Loads it with a number of queries that does not grow with the data."""
    research = Research.objects.filter(audit=audit).first()
    answers: tuple[Answer, ...] = ()
    if research:
        done = (
            research.answers.filter(state=AnswerState.DONE)
            .select_related("question__step__guide")
            .prefetch_related("documents", "provisions__document", "institutions", "partnerships")
            .order_by("question__step__position", "question__position", "pk")
        )
        answers = tuple(one for one in done if one.text.strip())
    documents = audit.documents.in_order().with_ratings().with_provisions().select_related("source_type__guide")
    return Desk(
        documents=tuple(documents),
        institutions=tuple(audit.institutions.in_order()),
        partnerships=tuple(audit.partnerships.order_by("position", "title", "pk").prefetch_related("institutions")),
        research=research,
        answers=answers,
    )
