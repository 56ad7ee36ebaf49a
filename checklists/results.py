"""The results of walks: what the database holds, handed to the pure scoring module.

Every page, export and report section reads its figures here, so that one changed score changes them all alike.
An audit pools the participants of all its walks on one checklist version (DESIGN rule 2).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from audits.enums import Family, StakeholderGroup
from audits.instruments import Text, Texts, translated
from audits.models import Audit
from audits.participation.models import Participant

from . import scoring
from .enums import Missing
from .models import Checklist, CityWalk, ConsensusNote, Item, Score, Section, Sheet, WalkPlace

GROUPS = [scoring.Group(group.value, group.family.value) for group in StakeholderGroup]

REASONS = {
    scoring.Reason.TOO_FEW: _("Fewer than 5 people answered, so single answers could be recognised."),
    scoring.Reason.ROLLED_UP: _("Fewer than 5 people answered; they stand in the figure of %(family)s."),
    scoring.Reason.PROTECTS_OTHER: _("With this figure, that of a hidden group could be worked out."),
    scoring.Reason.CROSSING: _("Beside the figures of stakeholder groups, single answers could be worked out."),
}

GROUPS_OF_ALL_WALKS = _(
    "Stakeholder groups are compared for all walks together only, because single answers could be worked out from the "
    "groups of one walk beside those of all."
)


@dataclass(frozen=True)
class Results:
    """The results of one walk, or of several walks on one checklist version pooled.

    `sections` come in the checklist's order with their `items`; `people` are the participants whose sheets count;
    `sheets_of` has the number of these sheets for every walk of the audit on this checklist version, pooled here or not.
    """

    material: Material
    audit: Audit
    checklist: Checklist
    walks: tuple[CityWalk, ...]
    sections: tuple[Section, ...]
    sheets_of: Mapping[int, int]
    people: tuple[scoring.Person, ...]
    walk_of: dict[int, int]
    result: scoring.ChecklistResult

    @property
    def sheets(self) -> int:
        return sum(self.sheets_of.get(walk.pk, 0) for walk in self.walks)

    @property
    def participants(self) -> int:
        return len(self.people)

    @property
    def walk(self) -> CityWalk | None:
        """The walk where these are the results of a single one."""
        return self.walks[0] if len(self.walks) == 1 else None

    @cached_property
    def items(self) -> dict[str, Item]:
        """The statements by permanent code, in order."""
        return {item.key: item for section in self.sections for item in section.items.all()}

    @cached_property
    def texts(self) -> Texts:
        """Titles and statements in the language of the page, with one query."""
        return translated([*self.sections, *self.items.values()], get_language() or self.checklist.language)

    def statement(self, item: Item, *, short: bool = False) -> Text:
        """A statement's wording; its short form, where asked for, stands only in the language that has one."""
        said = self.texts[item, "statement"]
        return Text(item.short, said.language) if short and item.short and said.text == item.statement else said

    @cached_property
    def item_results(self) -> dict[str, scoring.ItemResult]:
        return {item.item: item for item in self.result.items}

    @cached_property
    def threshold(self) -> Decimal:
        """The spread from which statements are discussed; the lowest of the walks."""
        return min(walk.threshold for walk in self.walks)

    @cached_property
    def discussion(self) -> tuple[scoring.ItemResult, ...]:
        """Statements on which opinions differ, widest spread first (DESIGN rule 3)."""
        return scoring.discussion(self.result.items, self.threshold)

    @cached_property
    def shows_groups(self) -> bool:
        """Whether stakeholder groups are shown: only where no sheet on this checklist version is left out (DESIGN
        rule 4, "Dimensions are never crossed").

        A split into groups is safe by itself, not beside that of some of the same people: taking one from the other
        gives the groups of the rest, who may be single people. So groups are those of all walks together, and of a
        single walk only while no other one has a sheet that counts; then both are about the same people. A walk that
        is planned or got no sheet leaves nobody out, and hides nothing.
        """
        return self.sheets_of.keys() <= {walk.pk for walk in self.walks}

    @property
    def why_no_groups(self) -> str:
        """Why groups are not shown, "" where they are."""
        return "" if self.shows_groups else str(GROUPS_OF_ALL_WALKS)

    @cached_property
    def enough_sheets(self) -> bool:
        """Whether 5 people scored anything (DESIGN rule 4); who joined and left all empty protects nobody."""
        return scoring.publishable(sum(map(bool, self.result.scores.values())))

    @cached_property
    def publishable(self) -> bool:
        """Whether published outputs, and those who read aggregates only, may see figures (DESIGN rule 4): those of all
        walks together, of enough sheets.

        What a walk shows beside the others is decided statement by statement in `by_walk`. A page of its own would
        show the statements that are hidden there.
        """
        return self.shows_groups and self.enough_sheets

    @cached_property
    def settled(self) -> bool:
        """Whether no sheet is expected: while one after another comes in, each is what the figures changed by."""
        return not any(walk.accepts and self.sheets_of.get(walk.pk) for walk in self.walks)

    @property
    def readable(self) -> bool:
        """Whether readers of aggregates and published outputs have the figures: they may, and these stand."""
        return self.publishable and self.settled

    def publishable_figure(self, code: str) -> scoring.Figure | None:
        """A statement's figure as the whole team may read it; None where it may not. Of a walk beside others, it is
        the one in the comparison of walks."""
        if not self.settled:
            return None
        if self.shows_groups:
            return self.item_results[code].figure if self.enough_sheets else None
        whole = self.material.whole
        split = whole.by_walk.items[code] if whole.readable and whole.by_walk else None
        cell = split.groups.get(self.walk.pk) if split and self.walk else None
        return cell.figure if isinstance(cell, scoring.Shown) else None

    @cached_property
    def by_group(self) -> scoring.Breakdown:
        """By stakeholder group and family; without any group where none may be shown."""
        return scoring.by_group(self.result, *self._grouped)

    @cached_property
    def attendance(self) -> scoring.Split:
        """How many people of which group took part, small groups rolled up or hidden, none where none may be shown."""
        return scoring.attendance(*self._grouped)

    @property
    def _grouped(self) -> tuple[Sequence[scoring.Person], Sequence[scoring.Group]]:
        return (self.people, GROUPS) if self.shows_groups else ((), ())

    @cached_property
    def by_walk(self) -> scoring.Breakdown | None:
        """Walk by walk; None where there is one only, or where somebody took part in two, which would mix them."""
        if len(self.walks) < 2 or len(self.walk_of) < len(self.people):
            return None
        walkers = [scoring.Person(key, walk) for key, walk in self.walk_of.items()]
        walks = scoring.by_group(self.result, walkers, [scoring.Group(walk.pk) for walk in self.walks])
        return scoring.walks_beside(walks, self.by_group, self.result, self.people, walkers)

    def by_place(self, section: Section) -> scoring.Breakdown | None:
        """Place by place for a section that was filled once per place; None where it was not, and where somebody took
        part in two walks.

        The places of several walks stand inside their walks: what is hidden of a walk must be enough people by itself,
        since its whole is shown beside the other walks.
        """
        answered = {place for _who, place in self.result.at_places} - {None}
        if not answered or answered - set(self.places) or len(self.walk_of) < len(self.people):
            return None
        places = [scoring.Group(key, None if self.walk else place.walk_id) for key, place in self.places.items()]
        split = scoring.by_place(self.result, section.key, places)
        return scoring.places_beside(split, self.by_group, self.result, self.people)

    @cached_property
    def places(self) -> dict[int, WalkPlace]:
        """All places of the walks by primary key, in order."""
        return {place.pk: place for walk in self.walks for place in walk.places.all()}

    def reason(self, cell: scoring.Hidden) -> str:
        """Why a figure is not shown, as a sentence."""
        names = {**dict(Family.choices), **{walk.pk: walk.title for walk in self.walks}}
        return str(REASONS[cell.reason]) % {"family": names.get(cell.into, "")}


@dataclass(frozen=True)
class Material:
    """What counts on an audit's walks on one checklist version, read once for however many pools are made of it.

    `sheets` are rows of walk, participant and group, `answers` rows of participant, walk, statement, value, kind of
    missing and place.
    """

    audit: Audit
    checklist: Checklist
    sections: tuple[Section, ...]
    sheets: tuple[tuple[int, int, str], ...]
    answers: tuple[tuple[int, int, str, int | None, str, int | None], ...]

    def pool(self, walks: Sequence[CityWalk]) -> Results:
        """The results of these walks together."""
        pooled = {walk.pk for walk in walks}
        sheets = [row for row in self.sheets if row[0] in pooled]
        groups = {who: group or None for _walk, who, group in sheets}
        twice = {who for who, count in Counter(who for _walk, who, _group in sheets).items() if count > 1}
        return Results(
            material=self,
            audit=self.audit,
            checklist=self.checklist,
            walks=tuple(walks),
            sections=self.sections,
            # Also those of the other walks: what these walks may show depends on how many there are.
            sheets_of=Counter(walk for walk, _who, _group in self.sheets),
            people=tuple(scoring.Person(who, group) for who, group in groups.items()),
            walk_of={who: walk for walk, who, _group in sheets if who not in twice},
            result=scoring.checklist_result(
                self._answers(pooled, twice),
                [
                    scoring.Section(section.key, tuple(item.key for item in section.items.all()))
                    for section in self.sections
                ],
                groups,
            ),
        )

    @cached_property
    def whole(self) -> Results:
        """The results of all walks together."""
        return self.pool(tuple(self.audit.walks.filter(checklist=self.checklist).select_related("checklist", "audit")))

    def _answers(self, walks: Collection[int], twice: Collection[int]) -> Iterator[scoring.Answer]:
        """All answers on the sheets. Who walked twice answered in two places, also where a section is not filled per
        place."""
        for who, walk, item, value, missing, place in self.answers:
            if walk in walks:
                where = place or (f"walk {walk}" if who in twice else None)
                yield scoring.Answer(who, item, value, where, dont_know=missing == Missing.DONT_KNOW)


def _material(walk: CityWalk) -> Material:
    """The material of the walk's audit and checklist version."""
    counted = Sheet.objects.counted().filter(walk__audit=walk.audit_id, walk__checklist=walk.checklist_id)
    answers = Score.objects.filter(sheet__in=counted).order_by()
    return Material(
        audit=walk.audit,
        checklist=walk.checklist,
        sections=tuple(walk.checklist.sections.prefetch_related("items")),
        sheets=tuple(counted.order_by("pk").values_list("walk_id", "participant_id", "participant__group")),
        answers=tuple(
            answers.values_list("sheet__participant_id", "sheet__walk_id", "item__key", "value", "missing", "place_id")
        ),
    )


def for_walks(walks: Iterable[CityWalk]) -> Results:
    """The pooled results of walks on one checklist version, of one audit.

    Raises ValueError without walks or with walks on different versions: these are not pooled.
    """
    walks = tuple(walks)
    if len({(walk.audit_id, walk.checklist_id) for walk in walks}) != 1:
        raise ValueError("Results are those of walks of one audit on one checklist version.")
    return _material(walks[0]).pool(walks)


def for_walk(walk: CityWalk) -> Results:
    return for_walks([walk])


def for_each(walks: Iterable[CityWalk]) -> Iterator[Results]:
    """The results of each walk by itself, in their order; those of one audit are read together."""
    materials: dict[tuple[int, int], Material] = {}
    for walk in walks:
        key = walk.audit_id, walk.checklist_id
        if key not in materials:
            materials[key] = _material(walk)
        yield materials[key].pool([walk])


def for_audit(audit: Audit) -> Results | None:
    """The pooled results of an audit's walks on one checklist version: see `pooled_version`.

    None where the audit has no walk.
    """
    version = pooled_version(audit)
    walks = audit.walks.filter(checklist=version).select_related("checklist").prefetch_related("places")
    return for_walks(walks) if version else None


def pooled_version(audit: Audit) -> int | None:
    """The primary key of the checklist version on which walks are pooled: that of the latest walk from which a sheet
    came in, so that planning a walk on a newer one leaves the results as they are. None without any walk."""
    came_in = Exists(Sheet.objects.counted().filter(walk=OuterRef("pk")))
    return audit.walks.order_by(came_in, "date", "starts_at", "pk").values_list("checklist", flat=True).last()


def versions(audit: Audit) -> list[Checklist]:
    """The checklist versions on which the audit has walks; only walks on the same one are pooled."""
    return list(Checklist.objects.filter(walks__audit=audit).distinct())


def before(audit: Audit) -> Results | None:
    """The pooled results of the previous audit, None where there is none or it may not show figures."""
    if audit.previous is None:
        return None
    results = for_audit(audit.previous)
    return results if results and results.readable else None


def comments(results: Results, code: str = "") -> QuerySet[Score]:
    """Comments and suggestions that are not hidden, without any sign of who wrote them, in no order of sheets."""
    rows = Score.objects.filter(
        sheet__in=Sheet.objects.counted().filter(walk__in=results.walks), hidden_reason=""
    ).exclude(comment="", suggestion="")
    if code:
        rows = rows.filter(item__key=code)
    # By the identifier, which is random: an order of entry would show whose comments belong together.
    return rows.select_related("item", "place").order_by("uuid")


def quotable(rows: QuerySet[Score]) -> QuerySet[Score]:
    """Of these, the ones whose authors agreed to be quoted without a name."""
    return rows.filter(sheet__participant__in=Participant.objects.agreeing_to("quotation"))


def notes(results: Results) -> dict[str, list[ConsensusNote]]:
    """Consensus notes by statement."""
    found: dict[str, list[ConsensusNote]] = {}
    for note in ConsensusNote.objects.filter(walk__in=results.walks).select_related("item", "walk"):
        found.setdefault(note.item.key, []).append(note)
    return found
