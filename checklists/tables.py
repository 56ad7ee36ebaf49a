"""Results as rows of tables, ready for a page or a spreadsheet: plain values, nothing left to reckon."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

from django.utils.translation import gettext as _

from audits.enums import Family, StakeholderGroup
from audits.instruments import Text

from . import scoring
from .models import ConsensusNote, Item, Section
from .results import Results


@dataclass(frozen=True)
class Row:
    """A statement with its figures. `change` is the difference of the two means as shown; None is no comparison."""

    item: Item
    statement: Text
    result: scoring.ItemResult
    discussed: bool
    change: Decimal | None = None
    compared: bool = False
    notes: Sequence[ConsensusNote] = ()
    comments: int = 0

    @property
    def mean(self) -> Decimal | None:
        return self.result.figure.mean_shown

    @property
    def sd(self) -> Decimal | None:
        return self.result.figure.sd_shown


@dataclass(frozen=True)
class Block:
    """A section of the checklist with its rows and its extremes."""

    section: Section
    title: Text
    result: scoring.SectionResult
    rows: tuple[Row, ...]
    best: tuple[Row, ...]
    worst: tuple[Row, ...]
    change: Decimal | None = None


@dataclass(frozen=True)
class Column:
    """A group, family, walk or place that stands in a column, with the number of its people where it may be shown."""

    key: Hashable
    label: str
    people: int | None
    is_family: bool = False


@dataclass(frozen=True)
class Figure:
    """What a cell shows: a mean with n, or why there is none. `label` is the name of its column."""

    label: str
    mean: Decimal | None = None
    n: int | None = None
    hidden: str = ""


def blocks(
    results: Results,
    previous: Results | None = None,
    *,
    order: str = "checklist",
    notes: dict[str, list[ConsensusNote]] | None = None,
    comments: dict[str, int] | None = None,
) -> list[Block]:
    """The sections with their statements ordered by "checklist", "highest", "lowest" or "spread"; `previous` adds the
    change since the audit before."""
    compared = scoring.compare(results.result, previous.result).sections if previous else ()
    changes = {change.key: change.difference for section in compared for change in section.items}
    section_changes = {section.change.key: section.change.difference for section in compared}
    discussed = {item.item for item in results.discussion}
    found = []
    for section, result in zip(results.sections, results.result.sections, strict=True):
        rows = [
            Row(
                item=results.items[one.item],
                statement=results.statement(results.items[one.item]),
                result=one,
                discussed=one.item in discussed,
                change=changes.get(one.item),
                compared=one.item in changes,
                notes=(notes or {}).get(one.item, ()),
                comments=(comments or {}).get(one.item, 0),
            )
            for one in result.items
        ]
        by_code = {row.item.key: row for row in rows}
        extremes = scoring.extremes(result)
        found.append(
            Block(
                section=section,
                title=results.texts[section, "title"],
                result=result,
                rows=tuple(_ordered(rows, order)),
                best=tuple(by_code[one.item] for one in extremes.best),
                worst=tuple(by_code[one.item] for one in extremes.worst),
                change=section_changes.get(section.key),
            )
        )
    return found


def row(results: Results, previous: Results | None, code: str, notes: dict[str, list[ConsensusNote]]) -> Row:
    """One statement as a row. Raises KeyError for a code that the checklist does not have."""
    found = {row.item.key: row for block in blocks(results, previous, notes=notes) for row in block.rows}
    return found[code]


def overall_change(results: Results, previous: Results | None) -> Decimal | None:
    """The change of the whole checklist over the statements that both audits scored."""
    return scoring.compare(results.result, previous.result).change.difference if previous else None


def by_spread(rows: Iterable[Row]) -> list[Row]:
    """Widest spread first."""
    return _ordered(list(rows), "spread")


def _ordered(rows: list[Row], order: str) -> list[Row]:
    """Rows without a figure stay at the end, ties as on the checklist."""
    if order == "highest":
        return sorted(rows, key=lambda row: (row.mean is None, -(row.mean or 0)))
    if order == "lowest":
        return sorted(rows, key=lambda row: (row.mean is None, row.mean or 0))
    if order == "spread":
        return sorted(rows, key=lambda row: (row.sd is None, -(row.sd or 0)))
    return rows


@dataclass(frozen=True)
class ItemRow:
    item: Item
    statement: Text
    result: scoring.ItemResult
    figures: tuple[Figure, ...]


class Part(NamedTuple):
    """A section side by side: its own figures and those of its statements."""

    section: Section
    title: Text
    result: scoring.SectionResult
    figures: tuple[Figure, ...]
    items: tuple[ItemRow, ...]

    @property
    def reasons(self) -> list[str]:
        """Why figures are not shown here, each reason once."""
        return reasons(chain(self.figures, *(row.figures for row in self.items)))


@dataclass(frozen=True)
class SideBySide:
    """Figures of the whole and of each column, for every section and statement; `hidden` are sentences on the groups,
    walks or places whose figure of the whole is not shown."""

    columns: tuple[Column, ...]
    sections: tuple[Part, ...]
    checklist: tuple[Figure, ...]
    hidden: tuple[str, ...]

    @property
    def gaps(self) -> list[str]:
        """`hidden`, and further reasons why figures of sections are not shown."""
        return self._explained(chain(self.checklist, *(part.figures for part in self.sections)))

    @property
    def all_gaps(self) -> list[str]:
        """`hidden`, and further reasons why figures of sections and statements are not shown."""
        rows = (row.figures for part in self.sections for row in part.items)
        return self._explained(chain(self.checklist, *(part.figures for part in self.sections), *rows))

    def _explained(self, figures: Iterable[Figure]) -> list[str]:
        said = [why for why in reasons(figures) if not any(sentence.endswith(why) for sentence in self.hidden)]
        return [*self.hidden, *said]


def reasons(figures: Iterable[Figure]) -> list[str]:
    """Why some of the figures are not shown, each reason once."""
    return list(dict.fromkeys(figure.hidden for figure in figures if figure.hidden))


def _cells(results: Results, split: scoring.Split, columns: Iterable[Column]) -> tuple[Figure, ...]:
    """The figures of one statement, section or checklist in the columns. No cell means that nobody took part."""

    def figure(column: Column) -> Figure:
        match (split.families if column.is_family else split.groups).get(column.key):
            case scoring.Shown(figure=shown):
                return Figure(column.label, mean=shown.mean_shown, n=shown.n)
            case scoring.Hidden() as cell:
                return Figure(column.label, hidden=results.reason(cell))
        return Figure(column.label, hidden=_("Nobody took part."))

    return tuple(map(figure, columns))


def _hidden(results: Results, split: scoring.Split, labels: Mapping[Hashable, str]) -> tuple[str, ...]:
    """A sentence for each reason why groups, walks or places are not shown, with the names of all whom it hides."""
    names: dict[str, list[str]] = {}
    for key, cell in split.hidden.items():
        names.setdefault(results.reason(cell), []).append(labels[key])
    return tuple(
        _("%(group)s: %(reason)s") % {"group": ", ".join(groups), "reason": why} for why, groups in names.items()
    )


def group_columns(results: Results) -> tuple[Column, ...]:
    """Each family that took part, followed by its groups where it has several; those without any figure are left out.

    A family of one group would say the same twice, so the group alone stands there.
    """
    splits = [*results.by_group.items.values(), *results.by_group.sections.values()]
    groups = {key for split in splits for key, cell in split.groups.items() if isinstance(cell, scoring.Shown)}
    families = {key for split in splits for key, cell in split.families.items() if isinstance(cell, scoring.Shown)}
    present = {person.group for person in results.people}
    columns = []
    for family in Family:
        here = [group for group in StakeholderGroup if group.family == family and group.value in present]
        if family.value in families and len(here) != 1:
            people = _people(results.attendance.families.get(family.value))
            columns.append(Column(family.value, str(family.label), people, is_family=True))
        for group in here:
            if group.value in groups:
                people = _people(results.attendance.groups.get(group.value))
                columns.append(Column(group.value, str(group.label), people))
    return tuple(columns)


def _people(cell: scoring.Cell | None) -> int | None:
    return cell.figure.n if isinstance(cell, scoring.Shown) else None


def by_groups(results: Results) -> SideBySide:
    """Stakeholder groups and families side by side (DESIGN rule 4); without columns where none may be shown."""
    labels = {group.value: str(group.label) for group in StakeholderGroup}
    hidden = _hidden(results, results.by_group.checklist, labels)
    return _side_by_side(results, results.by_group, group_columns(results), hidden)


def item_groups(results: Results, code: str) -> tuple[Figure, ...]:
    """One statement by stakeholder group and family."""
    return _cells(results, results.by_group.items[code], group_columns(results))


def by_walks(results: Results) -> SideBySide | None:
    """Walk beside walk; None where that would show nothing or mix people."""
    breakdown = results.by_walk
    if breakdown is None:
        return None
    walks = {walk.pk: walk.title for walk in results.walks}
    columns = _columns(breakdown.checklist, walks)
    return _side_by_side(results, breakdown, columns, _hidden(results, breakdown.checklist, walks))


def by_places(results: Results) -> list[SideBySide]:
    """Place beside place, for each section that was filled once per place."""
    found = []
    names = {key: place.name for key, place in results.places.items()}
    for section in results.sections:
        breakdown = results.by_place(section) if section.can_be_per_place else None
        if breakdown is not None:
            split = breakdown.sections[section.key]
            columns = [column for column in _columns(split, names) if column.key in split.groups]
            found.append(_side_by_side(results, breakdown, columns, _hidden(results, split, names)))
    return found


def _columns(split: scoring.Split, labels: Mapping[Hashable, str]) -> tuple[Column, ...]:
    return tuple(Column(key, label, _people(split.groups.get(key))) for key, label in labels.items())


def _side_by_side(
    results: Results, breakdown: scoring.Breakdown, columns: Sequence[Column], hidden: tuple[str, ...]
) -> SideBySide:
    """The sections that the breakdown is about, with their statements."""

    def items(result: scoring.SectionResult) -> tuple[ItemRow, ...]:
        return tuple(
            ItemRow(
                item=results.items[one.item],
                statement=results.statement(results.items[one.item], short=True),
                result=one,
                figures=_cells(results, breakdown.items[one.item], columns),
            )
            for one in result.items
        )

    return SideBySide(
        columns=tuple(columns),
        sections=tuple(
            Part(
                section=section,
                title=results.texts[section, "title"],
                result=result,
                figures=_cells(results, breakdown.sections[section.key], columns),
                items=items(result),
            )
            for section, result in zip(results.sections, results.result.sections, strict=True)
            if section.key in breakdown.sections
        ),
        checklist=_cells(results, breakdown.checklist, columns),
        hidden=hidden,
    )


def attendance_rows(results: Results) -> tuple[tuple[str, int | None, str], ...]:
    """How many people took part by stakeholder group: (name, number or None, why not shown).

    Small groups are rolled up into their family, whose number then stands in their place. No rows where groups may not
    be shown at all.
    """
    split = results.attendance
    rows: list[tuple[str, int | None, str]] = []
    for family in Family:
        groups = [group for group in StakeholderGroup if group.family == family]
        shown = [(group, n) for group in groups if (n := _people(split.groups.get(group.value)))]
        rows += [(str(group.label), n, "") for group, n in shown]
        hidden = {group: split.hidden[group.value] for group in groups if group.value in split.hidden}
        if not hidden:
            continue
        names = ", ".join(str(group.label) for group in hidden)
        whole = _people(split.families.get(family.value))
        if whole is None:
            rows.append((names, None, results.reason(next(iter(hidden.values())))))
        elif shown:
            rows.append((names, whole - sum(n for _group, n in shown), ""))
        else:
            rows.append((str(family.label), whole, _("Together: %(groups)s") % {"groups": names}))
    return tuple(rows)
