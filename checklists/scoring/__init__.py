"""Scoring of the checklist: DESIGN rules 1-5 as pure functions over frozen data, without Django and without I/O."""

from audits.small_numbers import MINIMUM, Group

from .comparison import Change, Comparison, SectionComparison, compare
from .crossing import places_beside, walks_beside
from .figures import Distribution, Figure, shown
from .results import (
    Answer,
    ChecklistResult,
    Extremes,
    ItemResult,
    Section,
    SectionResult,
    checklist_result,
    discussion,
    extremes,
)
from .small_numbers import (
    Breakdown,
    Cell,
    Hidden,
    Person,
    Reason,
    Shown,
    Split,
    attendance,
    by_group,
    by_place,
    publishable,
)

__all__ = [
    "MINIMUM",
    "Answer",
    "Breakdown",
    "Cell",
    "Change",
    "ChecklistResult",
    "Comparison",
    "Distribution",
    "Extremes",
    "Figure",
    "Group",
    "Hidden",
    "ItemResult",
    "Person",
    "Reason",
    "Section",
    "SectionComparison",
    "SectionResult",
    "Shown",
    "Split",
    "attendance",
    "by_group",
    "by_place",
    "checklist_result",
    "compare",
    "discussion",
    "extremes",
    "places_beside",
    "publishable",
    "shown",
    "walks_beside",
]
