from .findings import CommentForm, EvidenceForm, FindingFilter, FindingForm, MoveForm, offering_methods
from .recommendations import RecommendationForm

__all__ = [
    "CommentForm",
    "EvidenceForm",
    "FindingFilter",
    "FindingForm",
    "MoveForm",
    "RecommendationForm",
    "offering_methods",
]
