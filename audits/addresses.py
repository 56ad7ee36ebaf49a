"""Addresses of documents on the web. They are checked for their form alone: the application never opens them."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

LENGTH = 600
WEB = URLValidator(schemes=["http", "https"])
BAD = _("This is not the address of a page on the web. Copy it from the browser: it begins with https:// or http://.")
CIRCULAR = _(
    "This address leads back into this audit. Attach the file instead, or give the address where it is published."
)


def web_address(text: str, host: str) -> str:
    """The address as it is kept; one without its beginning gets https://, an empty one stays so.

    `host` is the host of the request. Raises ValidationError for what is none, and for one of the application's pages.
    """
    if not text:
        return ""
    address = text if "://" in text else f"https://{text}"
    try:
        WEB(address)
    except ValidationError:
        raise ValidationError(BAD, code="invalid") from None
    if leads_back(address, host):
        raise ValidationError(CIRCULAR, code="circular")
    return address


def leads_back(address: str, host: str) -> bool:
    """Whether an address is one of this application's own pages; `host` is the one under which it was asked."""
    own = {urlsplit(f"//{name}").hostname for name in (host, *settings.ALLOWED_HOSTS) if name[:1] not in ("*", ".")}
    return urlsplit(address).hostname in own
