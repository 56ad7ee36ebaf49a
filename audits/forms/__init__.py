from .audits import AuditForm, FollowUpForm, SettingsForm
from .context import ContextGrid
from .partners import PartnerForm
from .team import InvitationForm, RoleForm

__all__ = [
    "AuditForm",
    "ContextGrid",
    "FollowUpForm",
    "InvitationForm",
    "PartnerForm",
    "RoleForm",
    "SettingsForm",
]
