from .codesign import ChecklistPoint, CodesignPlan, Outreach, ParticipationStep
from .register import SelectionAnswer, Stakeholder, StakeholderQuerySet

__all__ = [
    "ChecklistPoint",
    "CodesignPlan",
    "Outreach",
    "ParticipationStep",
    "SelectionAnswer",
    "Stakeholder",
    "StakeholderQuerySet",
]
