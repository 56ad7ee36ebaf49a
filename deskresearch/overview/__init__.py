"""What pages and report need of the desk research, loaded in a fixed number of queries however much is written.

Nothing is written here: an audit whose research has not begun has none, and follows the guide that it would begin with.
"""

from .figures import Figures, figures_of
from .guide import Guide, GuideStep, Question, asked_by, codes_of, guide_of, research_of
from .registers import INSTITUTION_FIELDS, POLICE, Said, SaidGroup, field_of, gaps, is_about, on_question, said_on

__all__ = [
    "INSTITUTION_FIELDS",
    "POLICE",
    "Figures",
    "Guide",
    "GuideStep",
    "Question",
    "Said",
    "SaidGroup",
    "asked_by",
    "codes_of",
    "field_of",
    "figures_of",
    "gaps",
    "guide_of",
    "is_about",
    "on_question",
    "research_of",
    "said_on",
]
