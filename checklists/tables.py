"""Results as rows of tables, ready for a page or a spreadsheet: plain values, nothing left to reckon."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from audits.enums import Family, StakeholderGroup

from . import scoring
from .models import ConsensusNote, Item, Section
from .results import Results, reason


@dataclass(frozen=True)
class Row:
    """A statement with its figures. `change` is the difference of the two means as shown; None is no comparison."""

    item: Item
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
    result: scoring.SectionResult
    rows: tuple[Row, ...]
    best: tuple[Row, ...]
    worst: tuple[Row, ...]
    change: Decimal | None = None


@dataclass(frozen=True)
class Column:
    """A group, family, walk or place that stands in a column, with the number of its people where it may be shown."""

    key: object
    label: str
    people: int | None
    is_family: bool = False


@dataclass(frozen=True)
class Figure:
    """What a cell shows: a mean with n, or why there is none. `label` is the name of its column."""

    label: str = ""
    mean: Decimal | None = None
    sd: Decimal | None = None
    n: int | None = None
    hidden: str = ""


def _change(found: scoring.Change | None) -> Decimal | None:
    return found.difference if found else None


def blocks(
    results: Results,
    previous: Results | None = None,
    *,
    order: str = "checklist",
    notes: dict[str, list[ConsensusNote]] | None = None,
    comments: dict[str, int] | None = None,
) -> list[Block]:
    """The sections with their statements ordered by "checklist", "highest", "lowest" or "spread"; `previous` adds the change since the audit before."""
    compared = scoring.compare(results.result, previous.result) if previous else None
    changes = {change.key: change for section in compared.sections for change in section.items} if compared else {}
    section_changes = {section.change.key: section.change for section in compared.sections} if compared else {}
    discussed = {item.item for item in results.discussion}
    found = []
    for section, result in zip(results.sections, results.result.sections, strict=True):
        rows = [
            Row(
                item=results.items[one.item],
                result=one,
                discussed=one.item in discussed,
                change=_change(changes.get(one.item)),
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
                result=result,
                rows=tuple(_ordered(rows, order)),
                best=tuple(by_code[one.item] for one in extremes.best),
                worst=tuple(by_code[one.item] for one in extremes.worst),
                change=_change(section_changes.get(section.key)),
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


def figure(cell: scoring.Cell | None, label: str) -> Figure:
    """A cell as it is shown. No cell at all means that nobody of the group took part."""
    if cell is None:
        return Figure(label, hidden=_("Nobody took part."))
    if isinstance(cell, scoring.Hidden):
        return Figure(label, hidden=reason(cell))
    return Figure(label, mean=cell.figure.mean_shown, sd=cell.figure.sd_shown, n=cell.figure.n)


@dataclass(frozen=True)
class SideBySide:
    """Figures of the whole and of each column, for every section and statement, and sentences on what is hidden."""

    columns: tuple[Column, ...]
    sections: tuple[tuple[Section, scoring.SectionResult, tuple[Figure, ...], tuple[ItemRow, ...]], ...]
    checklist: tuple[Figure, ...]
    hidden: tuple[str, ...]


@dataclass(frozen=True)
class ItemRow:
    item: Item
    result: scoring.ItemResult
    figures: tuple[Figure, ...]


def _cells(split: scoring.Split, columns: Sequence[Column]) -> tuple[Figure, ...]:
    return tuple(
        figure((split.families if column.is_family else split.groups).get(column.key), column.label)
        for column in columns
    )


def group_columns(results: Results) -> tuple[Column, ...]:
    """Each family that took part, followed by its groups where it has several; those without any figure are left out.

    A family of one group would say the same twice, so the group alone stands there.
    """
    breakdown, attendance = results.by_group, results.attendance
    present = {person.group for person in results.people}
    columns = []
    for family in Family:
        groups = [group for group in StakeholderGroup if group.family == family and group.value in present]
        splits = [*breakdown.items.values(), *breakdown.sections.values()]
        if len(groups) != 1 and _any_shown(splits, family.value, family=True):
            columns.append(
                Column(family.value, str(family.label), _people(attendance.families.get(family.value)), is_family=True)
            )
        columns += [
            Column(group.value, str(group.label), _people(attendance.groups.get(group.value)))
            for group in groups
            if _any_shown(splits, group.value, family=False)
        ]
    return tuple(columns)


def _any_shown(splits, key, *, family: bool) -> bool:
    return any(isinstance((split.families if family else split.groups).get(key), scoring.Shown) for split in splits)


def _people(cell: scoring.Cell | None) -> int | None:
    return cell.figure.n if isinstance(cell, scoring.Shown) else None


def hidden_groups(results: Results) -> tuple[str, ...]:
    """A sentence for each group whose checklist figure is not shown."""
    split = results.by_group.checklist
    if split is None:
        return ()
    return tuple(
        _("%(group)s: %(reason)s") % {"group": StakeholderGroup(key).label, "reason": reason(cell)}
        for key, cell in split.hidden.items()
    )


def by_groups(results: Results) -> SideBySide:
    """Stakeholder groups and families side by side (DESIGN rule 4)."""
    return _side_by_side(results, results.by_group, group_columns(results), hidden_groups(results))


def item_groups(results: Results, code: str) -> tuple[Figure, ...]:
    """One statement by stakeholder group and family."""
    return _cells(results.by_group.items[code], group_columns(results))


def by_walks(results: Results) -> SideBySide | None:
    """Walk beside walk; None where that would show nothing or mix people."""
    breakdown = results.by_walk
    if breakdown is None or breakdown.checklist is None:
        return None
    columns = tuple(
        Column(walk.pk, walk.title, _people(breakdown.checklist.groups.get(walk.pk))) for walk in results.walks
    )
    return _side_by_side(results, breakdown, columns, _hidden_columns(breakdown.checklist, columns))


def by_places(results: Results) -> list[SideBySide]:
    """Place beside place, for each section that was filled once per place."""
    found = []
    for section, result in zip(results.sections, results.result.sections, strict=True):
        breakdown = results.by_place(section) if section.can_be_per_place else None
        if breakdown is None:
            continue
        split = breakdown.sections[section.key]
        columns = tuple(
            Column(key, results.places[key].name, _people(split.groups.get(key)))
            for key in results.places
            if key in split.groups
        )
        found.append(
            SideBySide(
                columns=columns,
                sections=((section, result, _cells(split, columns), _item_rows(results, result, breakdown, columns)),),
                checklist=(),
                hidden=_hidden_columns(split, columns),
            )
        )
    return found


def _hidden_columns(split: scoring.Split, columns: Sequence[Column]) -> tuple[str, ...]:
    return tuple(
        _("%(group)s: %(reason)s") % {"group": column.label, "reason": reason(split.groups[column.key])}
        for column in columns
        if isinstance(split.groups.get(column.key), scoring.Hidden)
    )


def _item_rows(results, result, breakdown, columns) -> tuple[ItemRow, ...]:
    return tuple(
        ItemRow(results.items[one.item], one, _cells(breakdown.items[one.item], columns)) for one in result.items
    )


def _side_by_side(results: Results, breakdown: scoring.Breakdown, columns, hidden) -> SideBySide:
    return SideBySide(
        columns=columns,
        sections=tuple(
            (
                section,
                result,
                _cells(breakdown.sections[section.key], columns),
                _item_rows(results, result, breakdown, columns),
            )
            for section, result in zip(results.sections, results.result.sections, strict=True)
        ),
        checklist=_cells(breakdown.checklist, columns) if breakdown.checklist else (),
        hidden=hidden,
    )


def attendance_rows(results: Results) -> tuple[tuple[str, int | None, str], ...]:
    """How many people took part by stakeholder group: (name, number or None, why not shown).

    Small groups are rolled up into their family, whose number then stands in their place.
    """
    split = results.attendance
    rows: list[tuple[str, int | None, str]] = []
    for family in Family:
        groups = [group for group in StakeholderGroup if group.family == family]
        cells = [(group, split.groups[group.value]) for group in groups]
        shown = [(group, cell) for group, cell in cells if isinstance(cell, scoring.Shown) and cell.figure.n]
        rows += [(str(group.label), cell.figure.n, "") for group, cell in shown]
        hidden = [(group, cell) for group, cell in cells if isinstance(cell, scoring.Hidden)]
        if not hidden:
            continue
        whole = split.families.get(family.value)
        names = ", ".join(str(group.label) for group, _cell in hidden)
        if isinstance(whole, scoring.Shown) and not shown:
            rows.append((str(family.label), whole.figure.n, _("Together: %(groups)s") % {"groups": names}))
        else:
            rows.append((names, None, reason(hidden[0][1])))
    return tuple(rows)
