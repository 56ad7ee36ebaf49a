"""How often something may be tried: counted in the database, across all processes.

Not in the cache: it may forget a count at any time, whether to make room or because counting up and keeping the
expiry are two different things there, and two tries at once may count as one.
"""

import datetime
import time

from allauth.account.adapter import get_adapter
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from .models import Tries
from .tokens import keyed_hash


def within(action: str, subject: str, *, times: int, seconds: int) -> bool:
    """Counts one try of `action` by `subject` (an address, an account, a code) and answers whether it is allowed.

    At most `times` tries in each span of `seconds`. The subject itself is not stored.
    """
    key, ends_at = _span(action, subject, seconds)
    with transaction.atomic():
        own = Tries.objects.filter(key=key)
        if not own.update(tries=F("tries") + 1):
            over = Tries.objects.filter(ends_at__lt=timezone.now()).select_for_update(skip_locked=True)
            Tries.objects.filter(key__in=list(over.values_list("key", flat=True)[:500])).delete()
            Tries.objects.bulk_create([Tries(key=key, ends_at=ends_at)], ignore_conflicts=True)
            own.update(tries=F("tries") + 1)
        return own.get().tries <= times


def forgive(action: str, subject: str, *, seconds: int) -> None:
    """Takes one try back, where only those that failed are to count."""
    key, _ends_at = _span(action, subject, seconds)
    Tries.objects.filter(key=key, tries__gt=0).update(tries=F("tries") - 1)


def reached(action: str, subject: str, *, times: int, seconds: int) -> bool:
    """Whether the next try would be one too many; counts nothing."""
    key, _ends_at = _span(action, subject, seconds)
    return Tries.objects.filter(key=key, tries__gte=times).exists()


def address_of(request) -> str:
    """The network address that a request comes from, past the trusted proxies."""
    return get_adapter(request).get_client_ip(request)


def _span(action: str, subject: str, seconds: int) -> tuple[str, datetime.datetime]:
    """The key of the span that runs now, and when it ends."""
    number = int(time.time()) // seconds
    ends_at = datetime.datetime.fromtimestamp((number + 1) * seconds, tz=datetime.UTC)
    return keyed_hash(f"{action}:{seconds}:{number}:{subject}", "limit"), ends_at
