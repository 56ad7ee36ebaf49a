"""How far each section of a report is: what the toolkit asks for and is missing, length, texts on old figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import translation

from . import figures, outline, sections
from .assembly import Assembly, Part
from .models import Build
from .sections import PointState


@dataclass(frozen=True)
class SectionStatus:
    """The state of one entry of the outline. `pages` is as measured on the last PDF; `stale` counts texts whose
    figures have moved since they were saved; `absent` is the section of a method that was not carried out (yet), which
    the report says in one sentence: nothing is missing there."""

    entry: outline.Entry
    points: tuple[PointState, ...]
    has_text: bool
    stale: int
    pages: float | None
    absent: bool = False

    @property
    def counts(self) -> bool:
        """Whether the team can write it now."""
        return self.entry.written and not self.absent

    @property
    def missing(self) -> list[PointState]:
        return [state for state in self.points if state.missing]

    @property
    def state(self) -> str:
        """ "ready", "missing" or, where something is missing and the team has not begun to write, "empty"; "absent"."""
        if self.absent:
            return "absent"
        if not self.missing and not self.stale:
            return "ready"
        return "empty" if self.entry.written and not self.has_text else "missing"

    @property
    def too_long(self) -> float | None:
        """By how many pages it exceeds the toolkit's advice."""
        if self.pages is None or not self.entry.pages:
            return None
        over = round(self.pages - self.entry.pages[1], 1)
        return over if over > 0 else None


def statuses(made: Assembly, build: Build | None) -> dict[str, SectionStatus]:
    """The state of every entry of the outline, by key, in reading order. `build` is the last finished PDF."""
    found = {}
    for entry in outline.walk():
        if entry.key == "toc":
            continue
        parts = made.parts.get(entry.key, [])
        written = made.written(entry.key)
        found[entry.key] = SectionStatus(
            entry=entry,
            points=tuple(sections.points(entry.key, made.material, written)),
            has_text=bool(written),
            stale=sum(1 for part in parts if is_stale(part, made)),
            pages=build.pages_of(entry.key) if build else None,
            absent=bool(entry.method) and not made.material.used(entry.method),
        )
    return found


def is_stale(part: Part, made: Assembly) -> bool:
    """Whether the figures that a text may speak of have changed since it was saved or confirmed."""
    block = part.block
    return bool(block.is_text and part.nodes and block.fingerprint) and block.fingerprint != figures.digest(
        _facts(made, block.section)
    )


def what_changed(part: Part, made: Assembly) -> Sequence[str]:
    """What has changed since the text was saved, as sentences in the language of the page."""
    return figures.changes(part.block.facts, _facts(made, part.block.section), figures.tokens(made.material))


def _facts(made: Assembly, section: str) -> dict[str, str]:
    if section not in made.facts:
        with translation.override(made.report.language):
            made.facts[section] = figures.facts(section, made.material)
    return made.facts[section]
