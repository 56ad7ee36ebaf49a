"""Addresses of documents on the web. They are checked for their form alone: the application never opens them."""

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy as _

LENGTH = 600
BAD = _("This is not the address of a page on the web. Copy it from the browser: it begins with https:// or http://.")
CIRCULAR = _(
    "This address leads back into this audit. Attach the file instead, or give the address where it is published."
)


def leads_back(address: str, host: str) -> bool:
    """Whether an address is one of this application's own pages; `host` is the one under which it was asked."""
    own = {urlsplit(f"//{name}").hostname for name in (host, *settings.ALLOWED_HOSTS) if name[:1] not in ("*", ".")}
    return urlsplit(address).hostname in own
