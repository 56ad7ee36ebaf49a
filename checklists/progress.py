"""How many sheets of a walk are in and how many are out: counted in the database, once for all walks of a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from audits.models import Audit

from . import scoring
from .enums import Missing, SheetSource, WalkState
from .models import CityWalk, ConsensusNote, Score, Sheet


@dataclass(frozen=True)
class Turnout:
    """The sheets of one walk, those made void left out.

    `sheets_in` have at least one answer and count in results; `untyped` are paper forms without any; `unused`
    were begun on a phone and left without an answer.
    """

    state: str
    target: int
    sheets_in: int = 0
    untyped: int = 0
    unused: int = 0

    @property
    def expected(self) -> int:
        """How many sheets there will be: as many as planned while people can join, then those given out."""
        if self.state == WalkState.CLOSED:
            return self.sheets_in
        if self.state == WalkState.CLOSING:
            return self.sheets_in + self.untyped + self.unused
        return max(self.target, self.sheets_in + self.untyped + self.unused)


def turnout_of(walks: Iterable[CityWalk]) -> dict[int, Turnout]:
    """The turnout of each walk by its primary key; one query, however many walks."""
    walks = list(walks)
    answers = Score.objects.filter(Q(value__isnull=False) | Q(missing__in=Missing.values), sheet=OuterRef("pk"))
    rows = (
        Sheet.objects.filter(walk__in=walks, voided_at__isnull=True)
        .annotate(begun=Exists(answers))
        .order_by()
        .values("walk")
        .annotate(
            sheets_in=Count("pk", filter=Q(begun=True, participant__joined_at__isnull=False)),
            untyped=Count("pk", filter=Q(begun=False) & ~Q(source=SheetSource.PHONE)),
            unused=Count("pk", filter=Q(begun=False, source=SheetSource.PHONE)),
        )
    )
    counted = {row.pop("walk"): row for row in rows}
    return {walk.pk: Turnout(walk.state, walk.target, **counted.get(walk.pk, {})) for walk in walks}


def undiscussed(walks: Iterable[CityWalk]) -> dict[int, int]:
    """For each walk that is closing or closed, how many statements on the consensus list have no note yet.

    Two queries, however many walks; the list is that of DESIGN rule 3, with each walk's own threshold.
    """
    over = {walk.pk: walk for walk in walks if walk.state in (WalkState.CLOSING, WalkState.CLOSED)}
    rows = Score.objects.filter(
        sheet__in=Sheet.objects.counted().filter(walk__in=over), value__isnull=False
    ).values_list("sheet__walk", "sheet__participant", "item__key", "value", "place")
    answers: dict[int, list[scoring.Answer]] = defaultdict(list)
    for walk, who, item, value, place in rows:
        answers[walk].append(scoring.Answer(participant=who, item=item, value=value, place=place))
    noted = set(
        ConsensusNote.objects.filter(walk__in=over).exclude(text="", agreement="").values_list("walk", "item__key")
    )
    found = {}
    for pk, given in answers.items():
        everything = scoring.Section("all", tuple(dict.fromkeys(answer.item for answer in given)))
        items = scoring.checklist_result(given, [everything]).items
        wide = scoring.discussion(items, over[pk].threshold)
        found[pk] = sum((pk, result.item) not in noted for result in wide)
    return found


def scores_by_area(audit: Audit) -> dict[str, int]:
    """How many scores were given on the audit's walks, by thematic area."""
    rows = (
        Score.objects.filter(value__isnull=False, sheet__in=Sheet.objects.counted().filter(walk__audit=audit))
        .order_by()
        .values_list("item__section__area")
        .annotate(number=Count("pk"))
    )
    return dict(rows)
