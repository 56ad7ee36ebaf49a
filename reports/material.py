"""All that the sections of a report need to know of an audit, loaded once, with a number of queries that does not
grow with the data."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from django.db.models import Count, Prefetch

from audits.agenda.models import Finding, Measure, Recommendation
from audits.enums import Area, Family, StakeholderGroup
from audits.instruments import Texts, translated
from audits.models import Audit, ContextFigure, ContextIndicator, PartnerOrganisation
from audits.models.instrument import TreeRow
from benchmarks.results import Result
from checklists import results as walk_results
from checklists import scoring, tables
from checklists.models import CityWalk, ConsensusNote, ImprovementIdea, Item, Score, Section, Sheet
from checklists.results import Results
from checklists.scoring.results import figure_over
from focusgroups import results as group_results
from focusgroups.models import Note
from focusgroups.results import Session
from photovoice import evidence as photo_evidence
from photovoice import results as photo_results
from photovoice.results import Published, Review

from . import assessed, outline, researched
from .document import blocks
from .quotations import among, among_notes
from .researched import Desk

CODE = re.compile(r"[FRP]\d+")
ITEM = "item:"


@dataclass(frozen=True)
class AreaResult:
    """A thematic area over all statements in it; `before` is over those that the previous audit scored too.

    `best` and `worst` are the statements with the highest and the lowest mean as shown, ties among them.
    """

    area: Area
    figure: scoring.Figure
    before: scoring.Figure | None
    best: tuple[tables.Row, ...]
    worst: tuple[tables.Row, ...]


@dataclass(frozen=True)
class Material:
    """An audit with its results, desk research, assessments, findings, recommendations, measures and figures, in the
    report's language.

    `results` pools the walks on the newest checklist version, `apart` are those on others from which a sheet came in;
    `sheets` counts the sheets of each walk that count; `sessions` are the closed focus groups; `quotes` and `spoken`
    are the comments and notes that the report quotes; `reviews` are the photo activities that are over, `chosen` the photos
    that somebody has put into the report; `written` names the sections that have a text of their own. Use it under
    `translation.override(material.language)`: names and reasons are translated when they are read.
    """

    audit: Audit
    language: str
    sheets: dict[int, int] = field(default_factory=dict)
    apart: tuple[CityWalk, ...] = ()
    results: Results | None = None
    previous: Results | None = None
    findings: tuple[Finding, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    measures: tuple[Measure, ...] = ()
    indicators: tuple[ContextIndicator, ...] = ()
    partners: tuple[PartnerOrganisation, ...] = ()
    ideas: tuple[ImprovementIdea, ...] = ()
    notes: dict[str, list[ConsensusNote]] = field(default_factory=dict)
    quotes: dict[UUID, Score] = field(default_factory=dict)
    spoken: dict[UUID, Note] = field(default_factory=dict)
    sessions: tuple[Session, ...] = ()
    reviews: tuple[Review, ...] = ()
    chosen: frozenset[UUID] = frozenset()
    desk: Desk = field(default_factory=Desk)
    assessments: tuple[Result, ...] = ()
    texts: Texts = field(default_factory=lambda: Texts({}))
    written: frozenset[str] = frozenset()

    # Areas --------------------------------------------------------------------------------------------------

    @cached_property
    def areas(self) -> tuple[blocks.Area, ...]:
        return tuple(blocks.Area(area.value, area.letter, str(area.short)) for area in Area)

    # Walks --------------------------------------------------------------------------------------------------

    @property
    def has_walked(self) -> bool:
        """Whether a sheet has come in."""
        return self.results is not None and self.results.sheets > 0

    @property
    def shows_figures(self) -> bool:
        """Whether a published output may show figures of the walks: from 5 sheets on, once they stand (DESIGN rule 4)."""
        return self.results is not None and self.results.readable

    @cached_property
    def before(self) -> Results | None:
        """The previous audit's results where both may be shown, for comparison."""
        return self.previous if self.previous and self.previous.readable and self.shows_figures else None

    @cached_property
    def walked(self) -> tuple[CityWalk, ...]:
        """The walks behind the results: those on the newest checklist version from which a sheet came in."""
        return tuple(walk for walk in self.results.walks if self.sheets.get(walk.pk)) if self.results else ()

    @property
    def walked_twice(self) -> bool:
        """Whether somebody took part in several of the pooled walks."""
        return self.results is not None and len(self.results.walk_of) < self.results.participants

    @cached_property
    def checklist(self) -> tuple[tables.Block, ...]:
        """The sections of the checklist with their statements, best and worst, and the change since the audit before."""
        if self.results is None or not self.shows_figures:
            return ()
        return tuple(tables.blocks(self.results, self.before, notes=self.notes))

    def of_area(self, area: Area) -> tuple[tables.Block, ...]:
        return tuple(block for block in self.checklist if block.section.area == area)

    @cached_property
    def comparison(self) -> scoring.Comparison | None:
        """Against the previous audit, over the statements that both scored."""
        return scoring.compare(self.results.result, self.before.result) if self.before else None

    @cached_property
    def area_results(self) -> tuple[AreaResult, ...]:
        """The areas in the toolkit's order, as far as the checklist has statements on them."""
        return tuple(self._area_result(area) for area in Area if self.of_area(area))

    def _area_result(self, area: Area) -> AreaResult:
        sections = self.of_area(area)
        codes = [row.item.key for section in sections for row in section.rows]
        common = [code for code in codes if self.before and code in self.before.item_results]
        best = [row for section in sections for row in section.best]
        worst = [row for section in sections for row in section.worst]
        return AreaResult(
            area=area,
            figure=figure_over(self.results.result.scores.values(), codes),
            before=figure_over(self.before.result.scores.values(), common) if common else None,
            best=tuple(row for row in best if row.mean == max(one.mean for one in best)),
            worst=tuple(row for row in worst if row.mean == min(one.mean for one in worst)),
        )

    @cached_property
    def items(self) -> dict[str, Item]:
        return self.results.items if self.results else {}

    def short(self, item: Item) -> str:
        """The statement as it stands in the text; the annex has the full wording."""
        return str(self.texts[item, "short"]) or self.full(item)

    def full(self, item: Item) -> str:
        return str(self.texts[item, "statement"])

    def section_title(self, section: Section) -> str:
        return str(self.texts[section, "title"])

    def passage(self, row: TreeRow, name: str, frame: str = "{}") -> str | blocks.Passage:
        """A text of an instrument for a table: with its language, where that is not the report's."""
        found = self.texts[row, name]
        return blocks.passage(found.text, found.language, frame)

    def shortly(self, item: Item, frame: str = "{}") -> str | blocks.Passage:
        """As `short`, for a table."""
        return self.passage(item, "short" if str(self.texts[item, "short"]) else "statement", frame)

    def item_key(self, code: str) -> str:
        """The key under which `[[U8]]` finds the statement's row in the annex; never that of another part."""
        key = re.sub(r"[^\w.:-]", "-", code)
        return f"{ITEM}{key}" if CODE.fullmatch(key) or key in outline.ENTRIES else key

    def family_of(self, score: Score) -> Family | None:
        """The family to which a quotation may be ascribed: one of at least five people that is shown."""
        group = score.sheet.participant.group
        if not group or self.results is None:
            return None
        family = StakeholderGroup(group).family
        cell = self.results.attendance.families.get(family.value)
        large = isinstance(cell, scoring.Shown) and cell.figure.n >= scoring.MINIMUM
        return family if large else None

    # Photos -------------------------------------------------------------------------------------------------

    @cached_property
    def photos(self) -> dict[UUID, Published]:
        """All photos that the report may show."""
        return {one.uuid: one for review in self.reviews for one in review.published}

    @cached_property
    def telling(self) -> frozenset[UUID]:
        """The photos that are evidence of a finding."""
        links = (link for finding in self.findings for link in finding.evidence.all())
        kind = (photo_evidence.KEY, photo_evidence.PHOTO)
        return frozenset(link.source for link in links if (link.app, link.type) == kind)

    # Findings -----------------------------------------------------------------------------------------------

    def findings_of(self, method: str, area: Area | None = None) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if self.home_of(one) == method and (area is None or one.area == area))

    def home_of(self, finding: Finding) -> str:
        """The method whose section prints the finding; "" for Part III, where all others stand."""
        return finding.method if finding.method in METHODS else ""

    def used(self, method: str) -> bool:
        """Whether the audit has used a method: it has results, findings or at least a text about them."""
        if method == "checklists" and self.has_walked:
            return True
        if method == "deskresearch" and self.desk:
            return True
        if method == "focusgroups" and self.sessions:
            return True
        if method == "photovoice" and self.reviews:
            return True
        sections = {entry.key for entry in outline.walk() if entry.method == method}
        return bool(self.findings_of(method) or sections & self.written)

    def evidence_of(self, recommendation: Recommendation) -> tuple[str, ...]:
        """Keys of the findings behind a recommendation, and of the statements behind these."""
        findings = [one for one in self.findings if one.pk in {link.pk for link in recommendation.findings.all()}]
        statements = [
            self.item_key(link.type.removeprefix(ITEM))
            for one in findings
            for link in one.evidence.all()
            if link.app == "checklists" and link.type.startswith(ITEM)
        ]
        return tuple(dict.fromkeys([*(one.code for one in findings), *statements]))


METHODS = {entry.method for entry in outline.walk() if entry.method}


def load(
    audit: Audit,
    language: str,
    *,
    quotes: Iterable[UUID] = (),
    chosen: Iterable[UUID] = (),
    written: Iterable[str] = (),
) -> Material:
    """Loads the audit's material. `quotes` are the scores and notes whose words the report quotes, `chosen` the photos
    that somebody has put into it, `written` the sections with a text of their own.

    A quotation is left out where its author no longer agrees, the comment is hidden or its sheet does not count.
    """
    sheets = Sheet.objects.counted().filter(walk__audit=audit)
    results = walk_results.for_audit(audit)
    previous = walk_results.before(audit) if results else None
    rows: list[TreeRow] = []
    if results:
        rows = [*results.sections, *results.items.values()]
    quotes = list(quotes)
    desk = researched.load(audit)
    assessments = assessed.load(audit, language)
    rows += [*desk.texts(), *(one.assessment.benchmark for one in assessments)]
    counts = dict(sheets.order_by().values_list("walk").annotate(Count("pk")))
    pooled = {walk.pk for walk in results.walks} if results else set()
    apart = audit.walks.filter(pk__in=counts.keys() - pooled).order_by("date", "starts_at", "pk")
    return Material(
        audit=audit,
        language=language,
        sheets=counts,
        apart=tuple(apart.select_related("checklist").prefetch_related("places")),
        results=results,
        previous=previous,
        findings=tuple(audit.findings.in_report_order().prefetch_related("evidence")),
        recommendations=tuple(
            audit.recommendations.order_by("position", "number").prefetch_related(
                Prefetch("findings", Finding.objects.only("pk", "number"))
            )
        ),
        measures=tuple(audit.measures.in_report_order().for_plan()),
        indicators=tuple(
            audit.context_indicators.prefetch_related(Prefetch("figures", ContextFigure.objects.order_by("year")))
        ),
        partners=tuple(audit.partner_organisations.select_related("logo")),
        ideas=tuple(
            ImprovementIdea.objects.filter(walk__in=results.walks if results else []).select_related("section")
        ),
        notes=walk_results.notes(results) if results else {},
        quotes=among(results, quotes),
        spoken=among_notes(audit, quotes),
        sessions=group_results.of_audit(audit, language),
        reviews=photo_results.of_audit(audit, language),
        chosen=frozenset(chosen),
        desk=desk,
        assessments=assessments,
        written=frozenset(written),
        texts=translated(rows, language),
    )
