"""The guide as an instrument; documents, institutions and answers of an audit."""

from .answers import Answer, Research, guide_for_new
from .documents import Document, DocumentRating, DocumentUpload, Provision
from .institutions import Institution, Partnership
from .instrument import Aspect, ResearchGuide, ResearchQuestion, SourceType, Step

__all__ = [
    "Answer",
    "Aspect",
    "Document",
    "DocumentRating",
    "DocumentUpload",
    "Institution",
    "Partnership",
    "Provision",
    "Research",
    "ResearchGuide",
    "ResearchQuestion",
    "SourceType",
    "Step",
    "guide_for_new",
]
