"""What the benchmarks tell the ground: navigation, share judged, what is missing, days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from audits.agenda.models import EvidenceLink
from audits.methods import Deadline, Method, Missing, NextStep, Progress, TeamTexts, text_on
from audits.models import Audit, User
from audits.permissions import Ability, may

from . import evidence
from .models import (
    CommitmentStance,
    Evidence,
    FeedbackSession,
    InterviewEvidence,
    Judgement,
    PeerConclusions,
    PeerJudgement,
    PeerReview,
    QuestionAnswer,
)
from .permissions import shared_with
from .standing import Counted, Standing, assessments_of, counted, standings

KEY = "benchmarks"
ORDER = 50
PRIORITY = 45


def url(audit: Audit) -> str:
    return reverse("benchmarks:home", args=[audit.slug])


def progress(audit: Audit, user: User) -> Progress:
    """The factors judged of those in scope of all assessments, in the same queries for any number of them."""
    assessments = assessments_of(audit)
    found = standings(audit, assessments)
    numbers = counted(assessments, found)
    judged, total = sum(one.judged for one in numbers), sum(one.total for one in numbers)
    still_open = [one for one in numbers if one.assessment.is_open]
    return Progress(
        state="todo" if not assessments else "now" if still_open else "done",
        words=_words(numbers, judged, total),
        done=judged,
        total=total,
        missing=tuple(_missing(still_open)),
        next_step=_next_step(audit, user, numbers, found),
        link_label=_("Open the benchmarks"),
        link_url=url(audit),
        deadlines=(*_due(found, user), *_visits(audit)),
    )


def _words(numbers: Sequence[Counted], judged: int, total: int) -> str:
    if not numbers:
        return _("No assessment yet")
    closed = sum(1 for one in numbers if not one.assessment.is_open)
    counts = ngettext("%(count)d assessment", "%(count)d assessments", len(numbers)) % {"count": len(numbers)}
    if closed:
        counts = ngettext(
            "%(assessments)s, %(closed)d of them closed", "%(assessments)s, %(closed)d of them closed", closed
        ) % {"assessments": counts, "closed": closed}
    if not total:
        return _("%(assessments)s, no key factor in scope yet") % {"assessments": counts}
    share = ngettext(
        "%(judged)d of %(count)d key factor judged", "%(judged)d of %(count)d key factors judged", total
    ) % {"judged": judged, "count": total}
    return _("%(assessments)s, %(share)s") % {"assessments": counts, "share": share}


def _missing(still_open: Sequence[Counted]) -> Iterator[Missing]:
    for one in still_open:
        left = one.total - one.judged
        if left:
            text = ngettext(
                "%(count)d key factor of “%(assessment)s” is not judged yet",
                "%(count)d key factors of “%(assessment)s” are not judged yet",
                left,
            )
            yield Missing(text % {"count": left, "assessment": one.assessment}, one.assessment.get_absolute_url())


def _next_step(audit: Audit, user: User, numbers: Sequence[Counted], found: Sequence[Standing]) -> NextStep | None:
    """For whoever writes research: their own factors first, then what is left, then the first assessment."""
    if not may(user, Ability.WRITE_RESEARCH, audit):
        return None
    own = [one for one in _waiting(found) if one.assessed.assignee_id == user.pk]
    if own:
        own.sort(key=lambda one: one.assessed.due or date.max)
        text = ngettext(
            "Judge the key factor that is assigned to you", "Judge the %(count)d key factors assigned to you", len(own)
        )
        return NextStep(
            text=text % {"count": len(own)},
            label=_("Judge a key factor"),
            url=own[0].assessed.get_absolute_url(),
            detail=own[0].assessed.factor.full_name,
            priority=PRIORITY,
        )
    unfinished = next((one for one in numbers if one.assessment.is_open and one.waiting), None)
    if unfinished:
        return NextStep(
            text=_("Go on with the assessment “%(assessment)s”") % {"assessment": unfinished.assessment},
            label=_("Open the assessment"),
            url=unfinished.assessment.get_absolute_url(),
            priority=PRIORITY + 10,
        )
    if not numbers:
        return NextStep(
            text=_("Choose a benchmark and begin an assessment"),
            label=_("Look at the benchmarks"),
            url=url(audit),
            priority=PRIORITY + 10,
        )
    return None


def _waiting(found: Sequence[Standing]) -> list[Standing]:
    """Factors of open assessments in which something is still to judge."""
    return [one for one in found if one.assessed.assessment.is_open and one.waits]


def _due(found: Sequence[Standing], user: User) -> Iterator[Deadline]:
    """The days by which somebody is to judge; factors of one assessment for one person and day stand together."""
    groups: dict[tuple, list[Standing]] = defaultdict(list)
    for one in _waiting(found):
        if one.assessed.due and one.assessed.assignee_id:
            groups[one.assessed.due, one.assessed.assignee_id, one.assessed.assessment_id].append(one)
    for (due, _person, _assessment), own in groups.items():
        assessed = own[0].assessed
        who = _("You") if assessed.assignee_id == user.pk else str(assessed.assignee)
        if len(own) == 1:
            text = _("Judge key factor “%(factor)s”") % {"factor": assessed.factor.full_name}
            yield Deadline(due, text, who, assessed.get_absolute_url())
        else:
            text = ngettext(
                "Judge %(count)d key factor of “%(assessment)s”",
                "Judge %(count)d key factors of “%(assessment)s”",
                len(own),
            )
            page = assessed.assessment.get_absolute_url()
            yield Deadline(due, text % {"count": len(own), "assessment": assessed.assessment}, who, page)


def _visits(audit: Audit) -> Iterator[Deadline]:
    """The first days of the peers' visits that have not begun yet."""
    coming = PeerReview.objects.filter(assessment__audit=audit, visit_from__gte=timezone.localdate())
    for review in coming.select_related("assessment"):
        review.assessment.audit = audit
        text = _("Visit of the peers: “%(assessment)s”") % {"assessment": review.assessment}
        yield Deadline(review.visit_from, text, url=review.get_absolute_url())


def texts(audit: Audit) -> Iterator[TeamTexts]:
    """Reasons of judgements, answers and evidence, and stances on the charter. What the peers hold is only kept: before
    they release it, the team does not read it, and after that nobody writes it any more."""

    def named(judgement: Judgement, row: Any) -> tuple[str, str]:
        judgement.assessed.assessment.audit = audit
        return text_on(judgement.assessed, row), judgement.get_absolute_url()

    related = "assessed__assessment", "assessed__factor", "scheme"
    kept = (
        Judgement.history.filter(assessed__assessment__audit=audit),
        PeerJudgement.objects.filter(assessed__assessment__audit=audit),
        PeerJudgement.history.filter(assessed__assessment__audit=audit),
    )
    judgements = Judgement.objects.filter(assessed__assessment__audit=audit).select_related(*related)
    yield TeamTexts(judgements, ("reasoning",), lambda row: named(row, row), Ability.SEE_RESULTS, kept)
    for model, columns in ((QuestionAnswer, ("text",)), (Evidence, ("title", "text"))):
        rows = model.objects.filter(judgement__assessed__assessment__audit=audit)
        rows = rows.select_related(*(f"judgement__{path}" for path in related))
        yield TeamTexts(rows, columns, lambda row: named(row.judgement, row), Ability.SEE_RESULTS)

    def stance_named(row: CommitmentStance) -> tuple[str, str]:
        row.audit = audit
        return text_on(METHOD.name, row), row.get_absolute_url()

    stances = audit.commitment_stances.select_related("commitment")
    yield TeamTexts(stances, ("text",), stance_named, Ability.SEE_RESULTS)

    for model, columns in (
        (PeerConclusions, ("conclusions", "recommendations")),
        (InterviewEvidence, ("said_by", "text")),
        (FeedbackSession, ("text",)),
    ):
        yield _only_kept(model, columns, model.objects.filter(review__assessment__audit=audit))

    held = Evidence.objects.filter(judgement__assessed__assessment__audit=audit).order_by()
    # What the links of evidence call their sources.
    links = EvidenceLink.objects.filter(pk__in=held.values("links"))
    yield _only_kept(EvidenceLink, ("caption",), links)


def _only_kept(model: type[Any], columns: tuple[str, ...], rows: Any) -> TeamTexts:
    """Texts that nobody of the team can mend: words that are taken back go out of them, and they are on no list."""
    return TeamTexts(model.objects.none(), columns, lambda row: (str(row), ""), Ability.SEE_RESULTS, (rows,))


METHOD = Method(
    key=KEY,
    name=gettext_lazy("Benchmarks"),
    icon="award",
    order=ORDER,
    url=url,
    may_see=Ability.SEE_RESULTS,
    progress=progress,
    resolve=evidence.resolve,
    evidence_choices=evidence.evidence_choices,
    measure_idea=evidence.measure_idea,
    parts=evidence.parts,
    shared_with=shared_with,
    texts=texts,
)
