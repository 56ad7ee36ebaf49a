"""Forms of an assessment: beginning and describing it, its factors, its neighbourhoods and schemes, its end."""

from .describing import MIGRANT, AssessmentForm, NewAssessmentForm, people_who_judge
from .schemes import SchemesForm
from .scope import ScopeForm
from .state import CLOSED, StateForm

__all__ = [
    "CLOSED",
    "MIGRANT",
    "AssessmentForm",
    "NewAssessmentForm",
    "SchemesForm",
    "ScopeForm",
    "StateForm",
    "people_who_judge",
]
