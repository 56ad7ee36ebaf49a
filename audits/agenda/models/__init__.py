"""Findings, their evidence, recommendations and measures: the ground on which every method's results meet."""

from .evidence import EvidenceLink
from .findings import COMMENT_LENGTH, Finding, FindingComment
from .measures import Measure, MeasureProgress
from .numbered import TEXT_LENGTH, NumberedText, NumberedTextQuerySet, NumberSeries
from .recommendations import Recommendation

__all__ = [
    "COMMENT_LENGTH",
    "TEXT_LENGTH",
    "EvidenceLink",
    "Finding",
    "FindingComment",
    "Measure",
    "MeasureProgress",
    "NumberSeries",
    "NumberedText",
    "NumberedTextQuerySet",
    "Recommendation",
]
