"""What people agree to, word for word. Whoever changes a sentence here raises `TEXT_VERSION`.

Every act of consent keeps the version and the language in which it was read (SAFETY, "Consent per purpose").
Purposes that a later method adds (photos, recording) get their words here when that method asks for them.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from .enums import Purpose

TEXT_VERSION = "2026-1"


@dataclass(frozen=True)
class ConsentText:
    """`title` and `words` are read before agreeing; `given` and `refused` say afterwards what was decided."""

    title: Any
    words: Any
    given: Any
    refused: Any
    needed: bool = False


TEXTS: dict[Purpose, ConsentText] = {
    Purpose.TAKING_PART: ConsentText(
        title=_("I want to take part"),
        words=_("My scores and comments may be used in the audit, together with those of others."),
        given=_("I take part"),
        refused=_("I do not take part"),
        needed=True,
    ),
    Purpose.QUOTATION: ConsentText(
        title=_("My comments may be quoted"),
        words=_("In the report, without my name."),
        given=_("My comments may be quoted without my name"),
        refused=_("My comments are not quoted"),
    ),
}
