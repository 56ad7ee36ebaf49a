"""The lines of a sheet as the paper has them: part by part, place by place, statement by statement.

The page for typing in, the participant's page, the validator and the spreadsheet read this one plan of a walk.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from .models import CityWalk, Item, Section, WalkPlace


@dataclass(frozen=True)
class Line:
    """One statement to answer, at one place where its part is filled once per place.

    `number` counts through the checklist as printed, from 1; `name` is unique on the sheet and used for fields.
    """

    item: Item
    place: WalkPlace | None
    number: int

    @property
    def name(self) -> str:
        return f"{self.item.pk}-{self.place.pk}" if self.place else f"{self.item.pk}"

    @property
    def key(self) -> tuple[uuid.UUID, uuid.UUID | None]:
        """How changes name the line: the item's and the place's identifiers."""
        return self.item.uuid, self.place.uuid if self.place else None


@dataclass(frozen=True)
class Block:
    """The lines of a part that are filled together: all of it, or its form for one place."""

    place: WalkPlace | None
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Part:
    """A section of the checklist with its blocks; `number` counts from 1."""

    section: Section
    number: int
    blocks: tuple[Block, ...]

    @property
    def per_place(self) -> bool:
        return self.blocks[0].place is not None if self.blocks else False

    @property
    def statements(self) -> int:
        return len(self.blocks[0].lines) if self.blocks else 0


@dataclass(frozen=True)
class Plan:
    """All parts of a walk's sheet, in order."""

    parts: tuple[Part, ...]

    @cached_property
    def lines(self) -> dict[tuple[uuid.UUID, uuid.UUID | None], Line]:
        return {line.key: line for line in self}

    @cached_property
    def places(self) -> dict[uuid.UUID, WalkPlace]:
        """Places for which a part is filled; empty where no part is filled once per place."""
        return {block.place.uuid: block.place for part in self.parts for block in part.blocks if block.place}

    @cached_property
    def statements(self) -> int:
        """How many statements the checklist has, each counted once."""
        return sum(part.statements for part in self.parts)

    @property
    def asked(self) -> int:
        """How many answers a full sheet has: of a part that is filled once per place, each statement at each place."""
        return len(self.lines)

    def __iter__(self) -> Iterator[Line]:
        return (line for part in self.parts for block in part.blocks for line in block.lines)


def plan_of(walk: CityWalk) -> Plan:
    """The plan of a walk's sheet; four queries. A per-place part of a walk without places is filled once."""
    sections = list(Section.objects.filter(checklist=walk.checklist_id))
    items: dict[int, list[Item]] = {section.pk: [] for section in sections}
    for item in Item.objects.filter(section__checklist=walk.checklist_id):
        items[item.section_id].append(item)
    per_place = set(walk.per_place_sections.values_list("pk", flat=True))
    places = list(WalkPlace.objects.filter(walk=walk)) if per_place else []
    parts = []
    first = 1
    for number, section in enumerate(sections, start=1):
        statements = items[section.pk]
        where = places if section.pk in per_place and places else [None]
        blocks = tuple(
            Block(place, tuple(Line(item, place, first + index) for index, item in enumerate(statements)))
            for place in where
        )
        parts.append(Part(section, number, blocks))
        first += len(statements)
    return Plan(tuple(parts))
