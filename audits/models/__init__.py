from .access import AccessEntry
from .audit import Audit, AuditQuerySet, City, Invitation, Membership, PartnerOrganisation
from .base import Identified, Planning, StaleError, Versioned
from .codesign import (
    CodesignChecklist,
    CodesignChecklistItem,
    CodesignGuide,
    CodesignStage,
    CodesignTool,
    GenderPoint,
    OutreachBarrier,
    OutreachTip,
    PracticeExample,
    SelectionQuestion,
    StakeholderVoice,
)
from .compared import ComparedPart
from .context import ContextFigure, ContextIndicator
from .instrument import (
    Instrument,
    InstrumentLockedError,
    InstrumentPart,
    InstrumentQuerySet,
    SharedRow,
    Sourced,
)
from .picture import Picture
from .plan import CityPlan
from .translation import Translation
from .tries import Tries
from .upload import SpreadsheetUpload
from .user import User

__all__ = [
    "AccessEntry",
    "Audit",
    "AuditQuerySet",
    "City",
    "CityPlan",
    "CodesignChecklist",
    "CodesignChecklistItem",
    "CodesignGuide",
    "CodesignStage",
    "CodesignTool",
    "ComparedPart",
    "ContextFigure",
    "ContextIndicator",
    "GenderPoint",
    "Identified",
    "Instrument",
    "InstrumentLockedError",
    "InstrumentPart",
    "InstrumentQuerySet",
    "Invitation",
    "Membership",
    "OutreachBarrier",
    "OutreachTip",
    "PartnerOrganisation",
    "Picture",
    "Planning",
    "PracticeExample",
    "SelectionQuestion",
    "SharedRow",
    "Sourced",
    "SpreadsheetUpload",
    "StakeholderVoice",
    "StaleError",
    "Translation",
    "Tries",
    "User",
    "Versioned",
]
