"""Comparison from audit to audit (DESIGN rule 4). It describes; other people walked then, and nothing is ranked."""

from dataclasses import dataclass
from decimal import Decimal

from .figures import Figure
from .results import ChecklistResult, figure_over


@dataclass(frozen=True, slots=True)
class Change:
    """Two figures side by side. `key` is an item code, a section key or "" for the whole checklist."""

    key: str
    now: Figure
    before: Figure

    @property
    def difference(self) -> Decimal | None:
        """The difference of the two means as shown, so that a reader who subtracts them gets the same."""
        now, before = self.now.mean_shown, self.before.mean_shown
        return None if now is None or before is None else now - before


@dataclass(frozen=True, slots=True)
class SectionComparison:
    """A section's change over its common items only, and the items which the audit before did not have."""

    change: Change
    items: tuple[Change, ...]
    only_now: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The change of the whole checklist over the common items, by section of the present audit; `only_before` are the
    items that this audit no longer has."""

    change: Change
    sections: tuple[SectionComparison, ...]
    only_before: tuple[str, ...]


def compare(now: ChecklistResult, before: ChecklistResult) -> Comparison:
    """Item by item by permanent code. Section and checklist are computed anew for both audits over the items that
    both have scored, because the figures of each own whole would compare different questions."""
    items_before = {item.item: item for item in before.items}

    def over(key: str, codes: tuple[str, ...]) -> Change:
        return Change(key, figure_over(now.scores.values(), codes), figure_over(before.scores.values(), codes))

    sections = []
    for section in now.sections:
        both = tuple(
            Change(item.item, item.figure, items_before[item.item].figure)
            for item in section.items
            if item.item in items_before
        )
        common = tuple(change.key for change in both if change.difference is not None)
        alone = tuple(item.item for item in section.items if item.item not in items_before)
        sections.append(SectionComparison(over(section.key, common), both, alone))

    compared = [change for section in sections for change in section.items]
    common = tuple(change.key for change in compared if change.difference is not None)
    return Comparison(
        change=over("", common),
        sections=tuple(sections),
        only_before=tuple(code for code in items_before if code not in {change.key for change in compared}),
    )
