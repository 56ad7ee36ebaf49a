"""The annexes on benchmarks: one for each assessment; once the peers have released their review of it, with what they
hold of it."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from benchmarks.models import Assessment
from benchmarks.printed import assessment as printed_assessment
from benchmarks.printed import review as printed_review
from benchmarks.results import Result
from reports.document import blocks
from reports.material import Material
from reports.sections.sources import cite_benchmark


def chapters(material: Material) -> tuple[blocks.Section, ...]:
    """One section for each assessment, oldest first."""
    return tuple(_chapter(material, one) for one in material.assessments if one.factors)


def _chapter(material: Material, one: Result) -> blocks.Section:
    made = one.assessment
    title = _("Benchmark: %(title)s") % {"title": made.title}
    if made.is_open:
        title = _("%(title)s (not finished)") % {"title": title}
    section = printed_assessment.chapter(one, cite=cite_benchmark(made.benchmark))
    parts = section.blocks
    if _is_reviewed(made):
        parts = (*parts, printed_review.chapter(made.review, one))
    return replace(section, title=title, new_page=False, blocks=parts)


def _is_reviewed(assessment: Assessment) -> bool:
    return hasattr(assessment, "review") and assessment.review.is_released
