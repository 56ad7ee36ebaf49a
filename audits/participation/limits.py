"""How often codes may be tried and people may join: per join code, per audit and per network address.

Thirty phones on a walk share one address, so the limits are generous; the 36 bits of a personal code stay out of
reach all the same. No address is stored, not even hashed: what counts is one of 65,536 buckets, which many addresses
share and which are dealt anew every day.
"""

import datetime
import ipaddress

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone

from audits import tokens
from audits.limits import address_of, within
from audits.models import Audit

MINUTES, HOURS = 60, 60 * 60
# (times, seconds) for one join code, one audit, one address.
JOIN = {"occasion": (300, HOURS), "audit": (1000, 24 * HOURS), "address": (120, 10 * MINUTES)}
CODE = {"occasion": (120, 10 * MINUTES), "audit": (300, HOURS), "address": (120, 10 * MINUTES)}


def may_join(request: HttpRequest, *, code: str, audit: Audit) -> bool:
    """Counts one more person who joins and says whether that is within the limits."""
    return _within("join", JOIN, request, code, audit)


def may_try_code(request: HttpRequest, *, code: str, audit: Audit) -> bool:
    """Counts one more personal code that is tried and says whether that is within the limits."""
    return _within("personal-code", CODE, request, code, audit)


def _within(action: str, limits: dict[str, tuple[int, int]], request: HttpRequest, code: str, audit: Audit) -> bool:
    subjects = {"occasion": code, "audit": str(audit.pk), "address": address_bucket(request)}
    return all(
        within(f"{action}-{scope}", subject, times=limits[scope][0], seconds=limits[scope][1])
        for scope, subject in subjects.items()
    )


def address_bucket(request: HttpRequest, day: datetime.date | None = None) -> str:
    """Which of 65,536 buckets the request's address falls into today; an IPv6 network counts as one address."""
    try:
        address = address_of(request)
        if ipaddress.ip_address(address).version == 6:
            address = str(ipaddress.ip_network(f"{address}/64", strict=False))
    except (PermissionDenied, ValueError):
        address = ""
    day = day or timezone.localdate()
    return tokens.keyed_hash(f"{day:%Y-%m-%d}:{address}", "address-bucket")[:4]
