"""A peer review on paper: its report as a document and as a chapter, and the plan of the visit.

The report holds what the peers wrote: it is for whoever may read that (`benchmarks/permissions.py`). Quotations name a
function, never a person; who of the peers recorded them is not said.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audits.dates import clock, full_date, long_date
from audits.instruments import Text, translated
from reports.document import blocks
from reports.document.richtext import unreferenced

from ..enums import Verdict
from ..models import FeedbackSession, InterviewEvidence, PeerReview
from ..results import Result
from ..reviewing import FactorRow, by_difference, rows_of, rows_read, visit_of


def document(review: PeerReview, language: str) -> blocks.Document:
    """The report of the review as a document of its own, in a language."""
    with translation.override(language):
        title = _("Peer review report")
        lines = tuple(filter(None, (str(_texts(review, language)["title"]), review.visit_days)))
        cover = blocks.Cover(review.assessment.audit.city.authority, title, review.assessment.title, lines)
        return _document(review, language, title, _on_pages(review, _parts(review, language)), cover)


def _texts(review: PeerReview, language: str) -> dict[str, Text]:
    """The texts of the benchmark in a language."""
    benchmark = review.assessment.benchmark
    return translated([benchmark], language).of(benchmark)


def visit_plan(review: PeerReview, language: str) -> blocks.Document:
    """The plan of the visit, for host and peers; nothing that the peers wrote stands in it."""
    with translation.override(language):
        title = _("Plan of the peer visit")
        plan = replace(_visit(review), title=f"{title}: {review.assessment.title}")
        return _document(review, language, title, (plan,))


def chapter(review: PeerReview, result: Result) -> blocks.Section:
    """What a public report says of the review, as a part of the assessment's chapter: both judgements, conclusions and
    recommendations. The language of the assessment's `result` has to be active.

    What interviewees said, and who they are, stands in the review's own report alone: they spoke to peers, not to the
    public.
    """
    rows = rows_read(review, result)
    intro = _(
        "Peers from other cities checked the self-assessment, visited the city and judged each key factor themselves. "
        "It is no ranking."
    )
    parts = (blocks.Paragraph(intro), _differences(review, rows), *_conclusions(review))
    parts = tuple(replace(one, in_contents=False) if isinstance(one, blocks.Section) else one for one in parts)
    return blocks.Section(_key(review, "report"), _("Peer review"), in_contents=False, blocks=parts)


def _on_pages(review: PeerReview, parts: tuple[blocks.Section, ...]) -> tuple[blocks.Section, ...]:
    """The parts of a document of its own; the large ones begin a page."""
    large = {_key(review, name) for name in ("method", "differences", "factors", "conclusions")}
    return tuple(replace(part, new_page=part.key in large) for part in parts)


def _document(
    review: PeerReview, language: str, kind: str, parts: tuple[Any, ...], cover: blocks.Cover | None = None
) -> blocks.Document:
    audit = review.assessment.audit
    imprint = audit.city.authority
    if audit.city.fictional:
        imprint = _("%(authority)s · fictional city") % {"authority": imprint}
    return blocks.Document(
        title=f"{kind}: {review.assessment.title}",
        language=language,
        author=audit.city.authority,
        running_title=f"{kind} · {review.assessment.title}",
        imprint=imprint,
        subject=str(_texts(review, language)["title"]),
        cover=cover,
        chapters=parts,
    )


def _parts(review: PeerReview, language: str) -> tuple[blocks.Section, ...]:
    rows = rows_of(review, language, with_peers=True)
    said = _said(review)
    found = [
        _method(review, language),
        _visit(review),
        _differences(review, rows),
        _factors(review, rows, said),
        *_outcome(review),
    ]
    return tuple(section for section in found if section)


def _key(review: PeerReview, name: str) -> str:
    """A key of its own for each part, also where several reviews stand in one document."""
    return f"review-{review.uuid.hex[:12]}-{name}"


def _paragraphs(text: str) -> list[blocks.Paragraph]:
    """What somebody typed, a paragraph to each line. Square brackets in pairs would be read as a cross-reference."""
    return [blocks.Paragraph(_plain(line)) for line in text.splitlines() if line.strip()]


def _plain(text: str) -> str:
    return unreferenced(text).strip()


def _facts(caption: str, facts: list[tuple[str, str]]) -> blocks.Table:
    return blocks.Table(
        caption,
        (blocks.Column("", 34), blocks.Column("", 66)),
        tuple(blocks.Row((name, _plain(value))) for name, value in facts if value),
        style="facts",
        numbered=False,
    )


def _method(review: PeerReview, language: str) -> blocks.Section:
    assessment, texts = review.assessment, _texts(review, language)
    facts = [
        (_("Benchmark"), str(texts["title"])),
        (_("Who is meant by “migrant”"), assessment.migrant_definition),
        (_("Who judged for the city"), assessment.people),
        (_("Expert who leads the team"), review.expert_lead),
        (_("Team of peers"), "; ".join(line.strip() for line in review.team.splitlines() if line.strip())),
        (_("Visit"), review.visit_days),
        (_("Released to the host"), long_date(review.released_at) if review.released_at else ""),
    ]
    method = _(
        "The review follows the peer review method of EUROCITIES. The city assessed itself against each key factor from "
        "documents. The peers read that self-assessment, visited the city, recorded what they heard in interviews and "
        "groups against the key factors, and judged each factor themselves. It is no ranking."
    )
    standard = texts["standard"]
    parts: list[Any] = [blocks.Paragraph(method), _facts(_("The review at a glance"), facts)]
    if standard.text:
        parts.append(
            blocks.Section(
                _key(review, "standard"),
                _("The standard"),
                in_contents=False,
                language=standard.language if standard.language != language else "",
                blocks=tuple(_paragraphs(standard.text)),
            )
        )
    if review.letter:
        title = _("What the peers should look at")
        parts.append(
            blocks.Section(_key(review, "letter"), title, in_contents=False, blocks=tuple(_paragraphs(review.letter)))
        )
    return blocks.Section(_key(review, "method"), _("Method and team"), blocks=tuple(parts))


def _visit(review: PeerReview) -> blocks.Section:
    nodes: list[Any] = []
    for day, meetings in visit_of(review):
        name = full_date(day) if day else _("Day not fixed yet")
        rows = tuple(
            blocks.Row(
                (
                    _whom(one.meeting),
                    _times(one.meeting),
                    str(one.meeting.get_kind_display()),
                    _plain(one.meeting.where),
                    ", ".join(assessed.factor.key for assessed in one.meeting.factors.all()),
                )
            )
            for one in meetings
        )
        columns = (
            blocks.Column(_("With whom"), 34),
            blocks.Column(_("Time"), 15),
            blocks.Column(_("Kind"), 16),
            blocks.Column(_("Where"), 20),
            blocks.Column(_("Key factors"), 15),
        )
        nodes.append(blocks.Table(name, columns, rows, numbered=False))
    if not nodes:
        nodes.append(blocks.Paragraph(_("No meeting was planned."), style="note"))
    return blocks.Section(_key(review, "visit"), _("The visit"), blocks=tuple(nodes))


def _whom(meeting) -> str:
    """With whom, and what has to be known about it."""
    return ". ".join(filter(None, (_plain(meeting.whom), " ".join(_plain(meeting.note).split()))))


def _times(meeting) -> str:
    if not meeting.starts_at:
        return ""
    return f"{clock(meeting.starts_at)}–{clock(meeting.ends_at)}" if meeting.ends_at else clock(meeting.starts_at)


def _name(row: FactorRow) -> str:
    name = f"{row.assessed.factor.key} {row.title}"
    return f"{name} – {row.scheme}" if row.scheme else name


def _named(row: FactorRow) -> str | blocks.Passage:
    """The same for a table, with the language of the title."""
    scheme = f" – {_plain(str(row.scheme))}" if row.scheme else ""
    return blocks.passage(_plain(row.title.text), row.title.language, f"{row.assessed.factor.key} {{}}{scheme}")


def _level(verdict: Verdict) -> blocks.Level:
    return blocks.Level(verdict.state, str(verdict.label))


def _differences(review: PeerReview, rows: list[FactorRow]) -> blocks.Section:
    table = blocks.Table(
        _("The judgement of the city and of the peers, what differs most first"),
        (
            blocks.Column(_("Key factor"), 40),
            blocks.Column(_("The city"), 19),
            blocks.Column(_("The peers"), 19),
            blocks.Column(_("Difference"), 22),
        ),
        tuple(
            blocks.Row((_named(row), _level(row.host_verdict), _level(row.peer_verdict), str(row.difference)))
            for row in by_difference(rows)
        ),
        key=_key(review, "differences-table"),
        short=_("Judgements of city and peers"),
    )
    return blocks.Section(_key(review, "differences"), _("Both judgements"), blocks=(table,))


def _said(review: PeerReview) -> dict[int, list[InterviewEvidence]]:
    """Interview evidence by factor (primary key), in the order in which it was recorded."""
    found: dict[int, list[InterviewEvidence]] = defaultdict(list)
    for one in review.evidence.select_related("meeting").prefetch_related("factors"):
        for assessed in one.factors.all():
            found[assessed.pk].append(one)
    return found


def _factors(review: PeerReview, rows: list[FactorRow], said: dict[int, list[InterviewEvidence]]) -> blocks.Section:
    quoted: set[int] = set()
    sections = []
    for row in rows:
        # What was said is about the factor as a whole: it stands once, where the factor is judged for several schemes.
        quotes = [] if row.assessed.pk in quoted else said.get(row.assessed.pk, [])
        quoted.add(row.assessed.pk)
        sections.append(_factor(review, row, quotes))
    return blocks.Section(_key(review, "factors"), _("Factor by factor"), blocks=tuple(sections))


def _factor(review: PeerReview, row: FactorRow, quotes: list[InterviewEvidence]) -> blocks.Section:
    documents = ngettext("%(count)d piece of evidence", "%(count)d pieces of evidence", row.documents)
    named = "; ".join(dict.fromkeys(_plain(one.cited) for one in row.evidence))
    documents = ": ".join(filter(None, (documents % {"count": row.documents}, named)))
    interviews = ngettext(
        "%(count)d piece of interview evidence", "%(count)d pieces of interview evidence", row.recorded
    )
    own = row.own.reasoning if row.own else ""
    theirs = row.theirs.reasoning if row.theirs else ""
    table = blocks.Table(
        _("Judgements on key factor %(name)s") % {"name": _plain(_name(row))},
        (
            blocks.Column(_("Who"), 14),
            blocks.Column(_("Judgement"), 18),
            blocks.Column(_("Reasons")),
            blocks.Column(_("Evidence"), 26),
        ),
        (
            blocks.Row((_("The city"), _level(row.host_verdict), _plain(own), documents)),
            blocks.Row(
                (_("The peers"), _level(row.peer_verdict), _plain(theirs), interviews % {"count": row.recorded})
            ),
        ),
        numbered=False,
    )
    nodes = [table, *(blocks.Quote(_plain(one.text), _by(one)) for one in quotes)]
    scheme = f"-{row.scheme.uuid.hex}" if row.scheme else ""
    key = _key(review, f"factor-{row.assessed.uuid.hex}{scheme}")
    return blocks.Section(key, _plain(_name(row)), in_contents=False, blocks=tuple(nodes))


def _by(evidence: InterviewEvidence) -> str:
    """Whose words: a function and the kind of the meeting, as far as they are known."""
    kind = str(evidence.meeting.get_kind_display()) if evidence.meeting else ""
    return ", ".join(filter(None, (_plain(evidence.said_by), kind))) or _("Interview of the peers")


def _conclusions(review: PeerReview) -> list[blocks.Section]:
    conclusions = getattr(review, "conclusions", None)
    found = []
    if conclusions:
        for name, title, text in (
            ("conclusions", _("Conclusions"), conclusions.conclusions),
            ("recommendations", _("Recommendations of the peers"), conclusions.recommendations),
        ):
            nodes = _paragraphs(text) or [blocks.Paragraph(_("Not written yet."), style="note")]
            found.append(blocks.Section(_key(review, name), title, blocks=tuple(nodes)))
    return found


def _outcome(review: PeerReview) -> list[blocks.Section]:
    feedback = FeedbackSession.objects.filter(review=review).first() if review.is_released else None
    found = _conclusions(review)
    if feedback and (feedback.text or feedback.held_on):
        nodes = _paragraphs(feedback.text)
        if feedback.held_on:
            nodes.insert(0, blocks.Paragraph(full_date(feedback.held_on), style="lead"))
        found.append(blocks.Section(_key(review, "feedback"), _("Feedback session"), blocks=tuple(nodes)))
    return found
