"""How often something may be tried: counted in the shared cache, across all processes."""

import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache

from .tokens import keyed_hash


def within(action: str, subject: str, *, times: int, seconds: int) -> bool:
    """Counts one try of `action` by `subject` (an address, an account, a code) and answers whether it is allowed.

    At most `times` tries in each span of `seconds`. The subject itself is not stored.
    """
    span = int(time.time()) // seconds
    key = f"limit:{action}:{keyed_hash(subject, 'limit')}:{span}"
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key) <= times
    except ValueError:  # the span ended between the two lines
        return True


def address_of(request) -> str:
    """The network address that a request comes from, past the trusted proxies."""
    return get_adapter(request).get_client_ip(request)
