"""What the tests of the desk research's pages share."""

import re
from html import unescape

from django.contrib.messages import get_messages
from django.urls import reverse


def to(name, audit, *args):
    return reverse(f"deskresearch:{name}", args=[audit.slug, *args])


def words_of(response):
    """What a page says, without its tags."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", unescape(text))


def said(response):
    return [str(one) for one in get_messages(response.wsgi_request)]
