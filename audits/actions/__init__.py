from .audits import CityTakenError, create_audit, opened_already, start_follow_up
from .context import IndicatorRow, save_context
from .erasing import strike
from .log import LOG_KEPT, expire_log, log_access
from .partners import add_partner, change_partner, move_partner, remove_partner
from .team import (
    accept,
    change_role,
    closed_because,
    find_invitation,
    invite,
    keep_a_coordinator,
    keep_coordinators_without,
    remove_member,
    resend,
    revoke,
)

__all__ = [
    "LOG_KEPT",
    "CityTakenError",
    "IndicatorRow",
    "accept",
    "add_partner",
    "change_partner",
    "change_role",
    "closed_because",
    "create_audit",
    "expire_log",
    "find_invitation",
    "invite",
    "keep_a_coordinator",
    "keep_coordinators_without",
    "log_access",
    "move_partner",
    "opened_already",
    "remove_member",
    "remove_partner",
    "resend",
    "revoke",
    "save_context",
    "start_follow_up",
    "strike",
]
