"""A peer review as its pages and its report show it: factors with both judgements, evidence, the visit.

Everything is read in a fixed number of queries, however many factors, meetings and pieces of evidence there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from audits import methods
from audits.agenda.evidence import reference_of
from audits.agenda.models import EvidenceLink
from audits.instruments import Text, Texts, translated

from .actions.reviews import factors_of
from .comparing import Compared, Difference, Slot, compared, overlaps
from .enums import EvidenceKind, Verdict
from .models import (
    AssessedFactor,
    Evidence,
    InterviewEvidence,
    Judgement,
    Meeting,
    PeerJudgement,
    PeerReview,
    QuestionAnswer,
    Scheme,
)
from .results import Result

DIFFERENCES = {
    Difference.LESS: _("The peers see less in place"),
    Difference.MORE: _("The peers see more in place"),
    Difference.RELEVANCE: _("One finds it relevant, the other does not"),
    Difference.HOST_ONLY: _("Judged by the host only"),
    Difference.PEERS_ONLY: _("Judged by the peers only"),
    Difference.SAME: _("Same judgement"),
    Difference.NEITHER: _("Not judged by either"),
}


@dataclass(frozen=True)
class FactorRow:
    """A factor, or a factor for one neighbourhood or scheme, with what host and peers hold of it.

    `theirs` is None and `recorded` 0 for whoever may not read what the peers have written.
    """

    assessed: AssessedFactor
    scheme: Scheme | None
    title: Text
    own: Judgement | None
    evidence: Sequence[Evidence]
    theirs: PeerJudgement | None = None
    recorded: int = 0

    @property
    def documents(self) -> int:
        """How many pieces of evidence the host has."""
        return len(self.evidence)

    @property
    def host_verdict(self) -> Verdict:
        return Verdict(self.own.verdict) if self.own else Verdict.NOT_JUDGED

    @property
    def peer_verdict(self) -> Verdict:
        return Verdict(self.theirs.verdict) if self.theirs else Verdict.NOT_JUDGED

    @property
    def compared(self) -> Compared:
        return compared(self.host_verdict.value, self.peer_verdict.value)

    @property
    def difference(self) -> str:
        return DIFFERENCES[self.compared.difference]

    @property
    def is_same(self) -> bool:
        return self.compared.difference in (Difference.SAME, Difference.NEITHER)


def titles_of(factors: list[AssessedFactor], benchmark, language: str) -> dict[int, Text]:
    """The title of each factor (or, without one, its statement) in the language, by primary key of the assessed factor."""
    for assessed in factors:
        assessed.factor.benchmark = benchmark
    texts = translated([assessed.factor for assessed in factors], language)
    return {
        assessed.pk: texts[assessed.factor, "title" if assessed.factor.title else "statement"] for assessed in factors
    }


def rows_of(review: PeerReview, language: str, *, with_peers: bool) -> list[FactorRow]:
    """All rows of the review in the order of the benchmark; what the peers wrote only where it may be read."""
    assessment = review.assessment
    factors = factors_of(assessment)
    own = Judgement.objects.filter(assessed__assessment=assessment).select_related("scheme")
    recorded = {}
    if with_peers:
        recorded = dict(
            AssessedFactor.objects.filter(assessment=assessment)
            .annotate(number=Count("interview_evidence", filter=Q(interview_evidence__review=review)))
            .values_list("pk", "number")
        )
    for assessed in factors:
        assessed.assessment = assessment
    return _rows(
        factors,
        list(assessment.schemes.all()),
        titles_of(factors, assessment.benchmark, language),
        own.prefetch_related("evidence"),
        review.judgements.all() if with_peers else (),
        recorded,
    )


def rows_read(review: PeerReview, result: Result) -> list[FactorRow]:
    """All rows with what the peers wrote, of an assessment whose result has been read, without how much was recorded.

    Asks for nothing where the judgements of the peers come with the review.
    """
    return _rows(
        [one.assessed for one in result.factors],
        result.schemes,
        {one.assessed.pk: one.name for one in result.factors},
        [judgement for one in result.factors for judgement in one.judgements],
        review.judgements.all(),
        {},
    )


def _rows(
    factors: Iterable[AssessedFactor],
    schemes: Sequence[Scheme],
    titles: Mapping[int, Text],
    judgements: Iterable[Judgement],
    of_peers: Iterable[PeerJudgement],
    recorded: Mapping[int, int],
) -> list[FactorRow]:
    """A row for each factor, or for each scheme of it; the own `judgements` come with their evidence."""
    own = {(one.assessed_id, one.scheme_id): one for one in judgements}
    theirs = {(one.assessed_id, one.scheme_id): one for one in of_peers}
    rows = []
    for assessed in factors:
        for scheme in schemes if assessed.per_scheme and schemes else [None]:
            key = (assessed.pk, scheme.pk if scheme else None)
            judgement = own.get(key)
            rows.append(
                FactorRow(
                    assessed,
                    scheme,
                    titles[assessed.pk],
                    judgement,
                    judgement.evidence.all() if judgement else (),
                    theirs.get(key),
                    recorded.get(assessed.pk, 0),
                )
            )
    return rows


def by_difference(rows: list[FactorRow]) -> list[FactorRow]:
    """What is furthest apart first; rows that are equally far apart stay in the order of the benchmark."""
    return sorted(rows, key=lambda row: row.compared.order)


# One factor ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class LinkedSource:
    """A source behind a piece of evidence, as the host linked it. `file` is its name where peers may open it."""

    pk: int
    caption: str
    method: str
    file: str


@dataclass(frozen=True)
class ShownEvidence:
    evidence: Evidence
    sources: list[LinkedSource]


@dataclass(frozen=True)
class HostSide:
    """What the host says of a factor."""

    judgement: Judgement | None
    texts: dict[str, Text]
    answers: list[tuple[Text, str, bool]]
    criteria: list[Text]
    evidence: list[ShownEvidence]
    context: list[Text] = field(default_factory=list)

    @property
    def verdict(self) -> Verdict:
        return Verdict(self.judgement.verdict) if self.judgement else Verdict.NOT_JUDGED


def files_behind(evidence: Iterable[Evidence]) -> dict[methods.Reference, methods.SharedFile]:
    """The documents behind pieces of evidence. Only documents are opened to peers: what people said or photographed
    stays with those who collected it."""
    documentary = [one for one in evidence if one.kind == EvidenceKind.DOCUMENTARY]
    return methods.files_of(reference_of(link) for one in documentary for link in one.links.all())


def shown_evidence(evidence: Iterable[Evidence]) -> list[ShownEvidence]:
    """Pieces of evidence with their sources as the host linked them, and the names of the files."""
    evidence = list(evidence)
    files = files_behind(evidence)
    return [ShownEvidence(one, [_source(one, link, files) for link in one.links.all()]) for one in evidence]


def _source(
    evidence: Evidence, link: EvidenceLink, files: Mapping[methods.Reference, methods.SharedFile]
) -> LinkedSource:
    method = methods.get(link.app)
    file = files.get(reference_of(link)) if evidence.kind == EvidenceKind.DOCUMENTARY else None
    return LinkedSource(link.pk, link.caption, str(method.name) if method else "", file.name if file else "")


def host_side(assessed: AssessedFactor, scheme: Scheme | None, language: str) -> HostSide:
    """The self-assessment of one factor, for one neighbourhood or scheme where it is judged so."""
    factor = assessed.factor
    factor.benchmark = assessed.assessment.benchmark
    judgement = assessed.judgements.filter(scheme=scheme).prefetch_related("context_factors").first()
    evidence = judgement.evidence.select_related("question").prefetch_related("links") if judgement else []
    written = dict(QuestionAnswer.objects.filter(judgement=judgement).values_list("question", "text"))
    questions, criteria = list(factor.questions.all()), list(factor.criteria.all())
    for row in (*questions, *criteria):
        row.factor = factor
    context = list(judgement.context_factors.all()) if judgement else []
    texts: Texts = translated([factor, *questions, *criteria, *context], language)
    return HostSide(
        judgement,
        texts.of(factor),
        [(texts[one, "text"], written.get(one.pk, ""), one.parent_id is not None) for one in questions],
        [texts[one, "text"] for one in criteria],
        shown_evidence(evidence),
        [texts[one, "title"] for one in context],
    )


def recorded_for(review: PeerReview, assessed: AssessedFactor) -> list[InterviewEvidence]:
    """Interview evidence of a factor, with the codes of all factors that each piece is about."""
    found = review.evidence.filter(factors=assessed).select_related("meeting", "recorded_by")
    return list(found.prefetch_related("factors__factor"))


# The visit -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PlannedMeeting:
    meeting: Meeting
    beside: list[Meeting]


def visit_of(review: PeerReview) -> list[tuple[date | None, list[PlannedMeeting]]]:
    """The meetings by day, those without a day last; each with the meetings that overlap with it."""
    meetings = list(review.meetings.prefetch_related("factors__factor"))
    for meeting in meetings:
        meeting.review = review
    by_key = {meeting.pk: meeting for meeting in meetings}
    beside = overlaps([(one.pk, Slot(one.day, one.starts_at, one.ends_at)) for one in meetings])
    planned = [PlannedMeeting(one, [by_key[key] for key in beside.get(one.pk, ())]) for one in meetings]
    return [(day, list(those)) for day, those in groupby(planned, key=lambda one: one.meeting.day)]
