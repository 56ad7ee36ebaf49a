from .institutions import create_institution, create_partnership, move, one_at_a_time, put_last, superiors
from .questions import NoGuideError, answer_of, research_of

__all__ = [
    "NoGuideError",
    "answer_of",
    "create_institution",
    "create_partnership",
    "move",
    "one_at_a_time",
    "put_last",
    "research_of",
    "superiors",
]
