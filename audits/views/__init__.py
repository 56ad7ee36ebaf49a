from .audits import AuditList, audit_create, audit_settings, follow_up
from .context import context
from .home import audit_home
from .invitations import invitation, invitation_open
from .log import access_log
from .partners import partner_add, partner_change, partner_list, partner_move, partner_remove
from .pictures import picture
from .team import invitation_resend, invitation_revoke, member_remove, member_role, team

__all__ = [
    "AuditList",
    "access_log",
    "audit_create",
    "audit_home",
    "audit_settings",
    "context",
    "follow_up",
    "invitation",
    "invitation_open",
    "invitation_resend",
    "invitation_revoke",
    "member_remove",
    "member_role",
    "partner_add",
    "partner_change",
    "partner_list",
    "partner_move",
    "partner_remove",
    "picture",
    "team",
]
