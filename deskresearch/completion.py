"""What is asked for and may follow: a text is saved without it, and counts as to complete until it is there.

A rating that says something has its reason, a quotation its page, a document on the city's website its address there, an
answer that is done what it rests on (toolkit, desk research, step 1; report structure, "Desk research").
"""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .enums import AnswerState, Published, Rating

REASONED = (Rating.YES, Rating.PARTLY, Rating.NO)

# Each rule twice, for rows in the database and for values of a form or a spreadsheet.
WITHOUT_REASON = Q(value__in=REASONED, reason="")
WITHOUT_PAGE = Q(page="")
WITHOUT_ADDRESS = Q(published=Published.YES, published_at="")
WITHOUT_SOURCE = Q(state=AnswerState.DONE, documents=None, provisions=None, institutions=None, partnerships=None)

REASON = _("To complete: the reason")
PAGE = _("To complete: the page or section")
ADDRESS = _("To complete: the address on the city’s website")
SOURCE = _("To complete: what the answer rests on")


def lacks_reason(value: str | None, reason: str | None) -> bool:
    return value in REASONED and not (reason or "").strip()


def lacks_page(text: str | None, page: str | None) -> bool:
    return bool((text or "").strip()) and not (page or "").strip()


def lacks_address(published: str | None, published_at: str | None) -> bool:
    return published == Published.YES and not (published_at or "").strip()
