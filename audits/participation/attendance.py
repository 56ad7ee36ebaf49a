"""How many people of which kind took part, in words. Which numbers may be told, `audits.small_numbers` decides."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from reports.document.numbers import listed, number

from .enums import Gender

GENDERS = {
    Gender.WOMAN: pgettext_lazy("before a number of people", "women"),
    Gender.MAN: pgettext_lazy("before a number of people", "men"),
    Gender.OTHER: pgettext_lazy("before a number of people", "another gender"),
}


def in_words(kinds: Mapping[str, int], total: int, hidden: str = "") -> str:
    """What `audits.small_numbers.shown` has left of one dimension, by name: "women: 5, others: not shown". `hidden` is
    said where nothing is."""
    said = [f"{kind}: {number(count)}" for kind, count in kinds.items()]
    if said and sum(kinds.values()) < total:
        said.append(_("others: not shown"))
    return listed(said) or hidden
