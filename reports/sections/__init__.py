"""The sections of the report: one module per key of the outline, each with its live blocks, its first composition and
the check of its required points."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from audits.methods import Missing
from reports import outline
from reports.live import LiveBlock, of_section
from reports.material import Material

from . import (
    city_tours,
    desk_research,
    executive_summary,
    focus_groups,
    introduction,
    part_1,
    part_3,
    photovoice,
    title_page,
)
from .composition import Check, Composition, Slot

COMPOSITIONS: dict[str, Composition] = {
    "executive_summary": executive_summary.COMPOSITION,
    "introduction": introduction.COMPOSITION,
    "part_1": part_1.COMPOSITION,
    "desk_research": desk_research.COMPOSITION,
    "focus_groups": focus_groups.COMPOSITION,
    "city_tours": city_tours.COMPOSITION,
    "photovoice": photovoice.COMPOSITION,
    "part_3": part_3.COMPOSITION,
}
CHECKS: dict[str, dict[str, Check]] = {
    "title_page": title_page.POINTS,
    "executive_summary": executive_summary.POINTS,
    "introduction": introduction.POINTS,
    "part_1": part_1.POINTS,
    "desk_research": desk_research.POINTS,
    "focus_groups": focus_groups.POINTS,
    "city_tours": city_tours.POINTS,
    "photovoice": photovoice.POINTS,
    "part_3": part_3.POINTS,
}
WRITTEN = tuple(entry for entry in outline.walk() if entry.written)
"""Sections in which the team writes, in reading order."""


@dataclass(frozen=True)
class PointState:
    """A required point of a section and what it lacks; None where it is there."""

    point: outline.Point
    missing: Missing | None


def slots(section: str) -> dict[str, Slot]:
    """The places for own texts that a section begins with, by key."""
    return {part.key: part for part in COMPOSITIONS.get(section, ()) if isinstance(part, Slot)}


def live_blocks(section: str) -> list[LiveBlock]:
    """The live blocks that a section can hold, in the order in which it begins with them."""
    order = {part: place for place, part in enumerate(COMPOSITIONS.get(section, ())) if isinstance(part, str)}
    return sorted(of_section(section), key=lambda block: order.get(block.key, len(order)))


def points(section: str, material: Material, written: Collection[str]) -> list[PointState]:
    """The required points of a section in the outline's order; `written` names its slots that have a text."""
    checks = CHECKS.get(section, {})
    return [PointState(point, checks[point.key](material, written)) for point in outline.get(section).points]
