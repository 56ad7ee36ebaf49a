"""What the tests of the focus groups' pages share."""

import re
from html import unescape

from django.contrib.messages import get_messages
from django.urls import reverse


def to(name, audit, *args):
    return reverse(f"focusgroups:{name}", args=[audit.slug, *args])


def words_of(response):
    """What a page says, without its tags."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", unescape(text))


def said(response):
    return [str(one) for one in get_messages(response.wsgi_request)]
