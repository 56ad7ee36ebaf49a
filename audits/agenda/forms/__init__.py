from .findings import CommentForm, EvidenceForm, FindingFilter, FindingForm, offering_methods
from .measures import MeasureFilter, MeasureForm, PlanForm, ProgressForm, ReviewForm
from .recommendations import RecommendationForm

__all__ = [
    "CommentForm",
    "EvidenceForm",
    "FindingFilter",
    "FindingForm",
    "MeasureFilter",
    "MeasureForm",
    "PlanForm",
    "ProgressForm",
    "RecommendationForm",
    "ReviewForm",
    "offering_methods",
]
