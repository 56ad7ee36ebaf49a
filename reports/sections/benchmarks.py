"""The annexes on benchmarks: one for each internal assessment, its wheel beside its table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from benchmarks.enums import EvidenceKind, Verdict
from benchmarks.models import AssessedFactor
from reports.assessed import Assessed, judgements_of, verdict_of
from reports.document import blocks
from reports.document.numbers import listed, number
from reports.material import Material
from reports.sections import words
from reports.sections.sources import cite_benchmark

STATES = {
    Verdict.IN_PLACE: "full",
    Verdict.PARTLY: "part",
    Verdict.NOT_IN_PLACE: "none",
    Verdict.NOT_RELEVANT: "na",
    Verdict.NOT_JUDGED: "na",
}


@dataclass(frozen=True)
class Judged:
    """A key factor as the chapter prints it; `before` is its judgement in the baseline, None where that has none."""

    code: str
    name: str
    verdict: Verdict
    reasons: str = ""
    evidence: str = ""
    has_evidence: bool = False
    before: Verdict | None = None


@dataclass(frozen=True)
class Chapter:
    """An assessment as the chapter prints it: plain data. `when` is "" without dates, `baseline` without a baseline."""

    key: str
    title: str
    standard: str
    cited: str
    definition: str
    people: str
    when: str
    finished: bool
    baseline: str
    factors: Sequence[Judged]


def chapters(material: Material) -> tuple[blocks.Section, ...]:
    """One section for each assessment, oldest first."""
    return tuple(section_of(_chapter(material, one)) for one in material.assessments if one.factors)


def _chapter(material: Material, one: Assessed) -> Chapter:
    made = one.assessment
    benchmark = made.benchmark
    before = {}
    if made.baseline:
        before = {factor.factor.key: verdict_of(factor) for factor in made.baseline.in_scope}
    return Chapter(
        key=f"annex-benchmark-{made.uuid}",
        title=str(material.texts[benchmark, "title"]),
        standard=str(material.texts[benchmark, "standard"]).strip(),
        cited=cite_benchmark(benchmark),
        definition=made.migrant_definition.strip(),
        people=made.people.strip(),
        when=_when(one),
        finished=not made.is_open,
        baseline=made.baseline.title if made.baseline else "",
        factors=[_judged(material, factor, before.get(factor.factor.key)) for factor in one.factors],
    )


def _when(one: Assessed) -> str:
    first, last = one.assessment.starts_on, one.assessment.ends_on
    if first and last and first != last:
        return _("%(first)s to %(last)s") % {"first": words.day(first), "last": words.day(last)}
    return words.day(first or last) if first or last else ""


def _judged(material: Material, factor: AssessedFactor, before: Verdict | None) -> Judged:
    texts = material.texts.of(factor.factor)
    judgements = judgements_of(factor)
    pieces = [piece for judgement in judgements for piece in judgement.evidence.all()]
    kinds = [(kind, sum(1 for piece in pieces if piece.kind == kind)) for kind in EvidenceKind]
    reasons = []
    for judgement in judgements:
        said = [] if judgement.scheme is None else [f"{judgement.scheme.name}: {judgement.get_verdict_display()}"]
        said += [" ".join(judgement.reasoning.split())] if judgement.reasoning.strip() else []
        if said:
            reasons.append(". ".join(said))
        reasons += [str(context.title) for context in judgement.context_factors.all()]
    return Judged(
        code=factor.factor.key,
        name=str(texts["title"]) or str(texts["statement"]),
        verdict=verdict_of(factor),
        reasons=" · ".join(reasons),
        evidence=listed([f"{kind.label}: {number(count)}" for kind, count in kinds if count]),
        has_evidence=bool(pieces),
        before=before,
    )


def section_of(chapter: Chapter) -> blocks.Section:
    """The chapter as blocks: wheel, table, strengths and gaps, comparison with the baseline."""
    title = _("Benchmark: %(title)s") % {"title": chapter.title}
    if not chapter.finished:
        title = _("%(title)s (not finished)") % {"title": title}
    nodes: list = [_wheel(chapter), _table(chapter), *_strengths_and_gaps(chapter), *_moved(chapter)]
    return blocks.Section(chapter.key, title, blocks=tuple(nodes))


def _count(chapter: Chapter, verdict: Verdict) -> int:
    return sum(1 for one in chapter.factors if one.verdict == verdict)


def _wheel(chapter: Chapter) -> blocks.Wheel:
    in_place, count = _count(chapter, Verdict.IN_PLACE), len(chapter.factors)
    caption = ngettext(
        "%(place)s of %(count)s key factor is in place", "%(place)s of %(count)s key factors are in place", count
    ) % {"place": number(in_place), "count": number(count)}
    return blocks.Wheel(
        caption,
        tuple(
            blocks.Spoke(one.code, one.verdict.rings, one.verdict != Verdict.NOT_RELEVANT) for one in chapter.factors
        ),
        tuple(
            blocks.Legend(verdict.rings, _count(chapter, verdict), str(verdict.label), verdict != Verdict.NOT_RELEVANT)
            for verdict in Verdict
            if _count(chapter, verdict)
        ),
        notes=tuple(_notes(chapter)),
        key=f"{chapter.key}-wheel",
        short=_("Benchmark wheel: %(title)s") % {"title": chapter.title},
    )


def _notes(chapter: Chapter) -> list[str]:
    """Standard, who judged and when, the definition, how much is judged."""
    said = []
    if chapter.standard:
        said.append(
            _("The standard: “%(standard)s” %(cited)s") % {"standard": chapter.standard, "cited": chapter.cited}
        )
    if chapter.people:
        said.append(_("Who judged: %(people)s.") % {"people": chapter.people.rstrip(".")})
    if chapter.when:
        said.append(_("When: %(when)s") % {"when": chapter.when})
    if chapter.definition:
        said.append(_("“Migrant” means here: %(definition)s") % {"definition": chapter.definition})
    open_ones = _count(chapter, Verdict.NOT_JUDGED)
    if open_ones:
        said.append(
            ngettext(
                "%(judged)s of %(count)s key factor has been judged so far.",
                "%(judged)s of %(count)s key factors have been judged so far.",
                len(chapter.factors),
            )
            % {"judged": number(len(chapter.factors) - open_ones), "count": number(len(chapter.factors))}
        )
    return said


def _table(chapter: Chapter) -> blocks.Table:
    rows = [
        blocks.Row(
            (
                f"{one.code} {one.name}",
                blocks.Level(STATES[one.verdict], str(one.verdict.label)),
                one.reasons or None,
                one.evidence or None,
            )
        )
        for one in chapter.factors
    ]
    return blocks.Table(
        _("The key factors, judged"),
        (
            blocks.Column(_("Key factor"), 27),
            blocks.Column(_("Judgement"), 15),
            blocks.Column(_("Reasons"), 42),
            blocks.Column(_("Evidence"), 16),
        ),
        tuple(rows),
        key=f"{chapter.key}-factors",
        short=_("Key factors: %(title)s") % {"title": chapter.title},
    )


def _strengths_and_gaps(chapter: Chapter) -> list[blocks.Paragraph]:
    """What is in place with evidence; what is not in place; what stands without evidence, as the toolkits ask."""

    def names(*verdicts: Verdict, evidence: bool | None = None) -> str:
        return "; ".join(
            f"{one.code} {one.name}"
            for one in chapter.factors
            if one.verdict in verdicts and evidence in (None, one.has_evidence)
        )

    found = (
        (_("Strengths"), names(Verdict.IN_PLACE)),
        (_("Gaps"), names(Verdict.NOT_IN_PLACE)),
        (_("Judged without evidence"), names(Verdict.IN_PLACE, Verdict.NOT_IN_PLACE, evidence=False)),
    )
    return [blocks.Paragraph(f"{text}.", side=title) for title, text in found if text]


def _moved(chapter: Chapter) -> list:
    """What moved since the baseline, and why."""
    if not chapter.baseline:
        return []
    compared = [one for one in chapter.factors if one.before is not None]
    moved = [one for one in compared if one.before != one.verdict]
    rows = [
        blocks.Row(
            (
                f"{one.code} {one.name}",
                blocks.Level(STATES[one.before], str(one.before.label)),
                blocks.Level(STATES[one.verdict], str(one.verdict.label)),
                one.reasons or None,
            )
        )
        for one in moved
    ]
    if not rows:
        return [
            blocks.Paragraph(
                _("No key factor is judged otherwise than in “%(baseline)s”.") % {"baseline": chapter.baseline}
            )
        ]
    return [
        blocks.Table(
            _("What moved since “%(baseline)s”") % {"baseline": chapter.baseline},
            (
                blocks.Column(_("Key factor"), 27),
                blocks.Column(_("Before"), 16),
                blocks.Column(_("Now"), 16),
                blocks.Column(_("Why"), 41),
            ),
            tuple(rows),
            key=f"{chapter.key}-moved",
            source=_("Key factors that both assessments have in scope, matched by their codes."),
        )
    ]
