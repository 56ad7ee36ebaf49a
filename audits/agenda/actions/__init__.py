"""Writes of findings, evidence links, recommendations and measures. Other rooms write through here too."""

from .erasing import forget_sources
from .evidence import EvidenceInput, link_evidence, unlink_evidence
from .findings import comment, create_finding, save_finding
from .measures import Reviewed, create_measure, delete_measure, record_progress, review_measure, save_measure
from .numbered import move, number_was_given
from .recommendations import create_recommendation, save_recommendation

__all__ = [
    "EvidenceInput",
    "Reviewed",
    "comment",
    "create_finding",
    "create_measure",
    "create_recommendation",
    "delete_measure",
    "forget_sources",
    "link_evidence",
    "move",
    "number_was_given",
    "record_progress",
    "review_measure",
    "save_finding",
    "save_measure",
    "save_recommendation",
    "unlink_evidence",
]
