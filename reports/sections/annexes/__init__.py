"""Annexes: benchmarks, development plan, all scores, focus groups, photos, documents and institutions in full, sources,
how scores were made, small numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count, product
from string import ascii_uppercase

from django.utils.translation import gettext as _

from audits.agenda.printed import plan_section
from reports.document import blocks, numbering
from reports.material import Material
from reports.sections import benchmarks

from . import groups, notes, photos, research, scores


def chapter(material: Material, before: Sequence[blocks.Section]) -> blocks.Section:
    """The annexes that this audit has, lettered without gaps; `before` are the chapters in which sources are cited."""
    found = [
        *benchmarks.chapters(material),
        _plan(material),
        scores.scores(material),
        groups.groups(material),
        photos.photos(material, before),
        research.documents(material),
        research.institutions(material),
        research.answers(material),
    ]
    found += [
        notes.sources(material, numbering.cited((*before, *found))),
        notes.how(material),
        notes.small_numbers(material),
    ]
    sections = [section for section in found if section]
    numbered = [
        _lettered(section, _("Annex %(letter)s") % {"letter": letter})
        for section, letter in zip(sections, _letters(), strict=False)
    ]
    return blocks.Section(
        "annexes", _("Scores, method, sources"), part=_("Annexes"), new_page=True, blocks=tuple(numbered)
    )


def _plan(material: Material) -> blocks.Section | None:
    """The development plan, where the audit has measures."""
    return plan_section(material.measures, key="plan") if material.measures else None


def _letters() -> Iterator[str]:
    """A to Z, then AA, AB and so on."""
    return ("".join(letters) for length in count(1) for letters in product(ascii_uppercase, repeat=length))


def _lettered(section: blocks.Section, label: str) -> blocks.Section:
    return blocks.Section(section.key, section.title, number=label, blocks=section.blocks)
