"""How often codes may be tried and people may join: per network address, per join code and per audit. And how many
photos arrive.

Thirty phones on a walk share one address, so the limits are generous; the 36 bits of a personal code stay out of
reach all the same. The address is counted first and has far less than the others, so that one address that goes on
trying shuts out itself alone. Of codes only the wrong ones count. No address is stored, not even hashed: what counts
is one of 65,536 buckets, which many addresses share and which are dealt anew every day.
"""

import datetime
import ipaddress
import uuid

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone

from audits import tokens
from audits.limits import address_of, forgive, reached, within
from audits.models import Audit

MINUTES, HOURS = 60, 60 * 60
# (times, seconds) for one address, one join code, one audit: in this order, until one says no.
JOIN = {"address": (60, HOURS), "occasion": (300, HOURS), "audit": (3000, 24 * HOURS)}
CODE = {"address": (120, 10 * MINUTES), "occasion": (600, 10 * MINUTES), "audit": (2000, HOURS)}
JOIN_CODE = (120, 10 * MINUTES)
# Nobody sends more than 40 photos; what a bad connection repeats counts too.
PHOTO = {"participant": (60, 10 * MINUTES), "occasion": (3000, 10 * MINUTES)}


def may_join(request: HttpRequest, *, code: str, audit: Audit) -> bool:
    """Counts one more person who joins and says whether that is within the limits."""
    return _within("join", JOIN, _subjects(request, code, audit))


def may_try_code(request: HttpRequest, *, code: str, audit: Audit) -> bool:
    """Counts one more personal code that is tried and says whether that is within the limits."""
    return _within("personal-code", CODE, _subjects(request, code, audit))


def may_try_code_anywhere(request: HttpRequest) -> bool:
    """Counts one more personal code that is tried where no occasion is known: as for one occasion and one audit."""
    return _within("personal-code", CODE, _anywhere(request))


def code_was_right_anywhere(request: HttpRequest) -> None:
    """Takes back what `may_try_code_anywhere` has counted."""
    _forgive_code(_anywhere(request))


def code_was_right(request: HttpRequest, *, code: str, audit: Audit) -> None:
    """Takes back what `may_try_code` has counted."""
    _forgive_code(_subjects(request, code, audit))


def _forgive_code(subjects: dict[str, str]) -> None:
    for scope, subject in subjects.items():
        forgive(f"personal-code-{scope}", subject, seconds=CODE[scope][1])


def may_send_photo(*, participant: uuid.UUID, code: str) -> bool:
    """Counts one more photo that arrives and says whether that is within the limits; thirty phones share an address."""
    return _within("photo", PHOTO, {"participant": str(participant), "occasion": code})


def may_look_for_occasion(request: HttpRequest) -> bool:
    """Whether this address may still try join codes; counts nothing."""
    times, seconds = JOIN_CODE
    return not reached("join-code", address_bucket(request), times=times, seconds=seconds)


def join_code_was_wrong(request: HttpRequest) -> None:
    """Counts a join code that leads nowhere."""
    times, seconds = JOIN_CODE
    within("join-code", address_bucket(request), times=times, seconds=seconds)


def _subjects(request: HttpRequest, code: str, audit: Audit) -> dict[str, str]:
    return {"address": address_bucket(request), "occasion": code, "audit": str(audit.pk)}


def _anywhere(request: HttpRequest) -> dict[str, str]:
    return {"address": address_bucket(request), "occasion": "", "audit": ""}


def _within(action: str, limits: dict[str, tuple[int, int]], subjects: dict[str, str]) -> bool:
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
