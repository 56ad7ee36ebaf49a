from .call import Call, CallQuerySet
from .codesign import ChecklistPoint, CodesignPlan, Outreach, ParticipationStep
from .register import SelectionAnswer, Stakeholder, StakeholderQuerySet, StakeholderUpload

__all__ = [
    "Call",
    "CallQuerySet",
    "ChecklistPoint",
    "CodesignPlan",
    "Outreach",
    "ParticipationStep",
    "SelectionAnswer",
    "Stakeholder",
    "StakeholderQuerySet",
    "StakeholderUpload",
]
