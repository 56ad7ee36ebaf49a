"""What people agree to, word for word. Whoever changes a sentence here raises the version of its sheet.

Every act of consent keeps the version and the language in which it was read (SAFETY, "Consent per purpose").
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.utils import translation
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


class Read:
    """What is read before somebody agrees: its `words`, in the order in which they are read, and their `version`."""

    version: str
    words: tuple[Any, ...]

    def sentences(self, language: str) -> list[str]:
        """All its sentences in a language, in the same order in each."""
        with translation.override(language):
            return [str(sentence) for sentence in self.words]

    def digest(self, language: str) -> str:
        """What tells whether its sentences in a language are still those that somebody has read."""
        return sha256("\n".join(self.sentences(language)).encode()).hexdigest()


@dataclass(frozen=True)
class Sentences(Read):
    """Sentences that stand on a page of their own kind, not one for each purpose."""

    version: str
    words: tuple[Any, ...]


@dataclass(frozen=True)
class ConsentSheet(Read):
    """All that one kind of occasion asks consent for, in the order in which it is asked, and the version of its words."""

    version: str
    texts: Mapping[Purpose, ConsentText]

    @property
    def words(self) -> tuple[Any, ...]:
        parts = [(text.title, text.words, text.given, text.refused) for text in self.texts.values()]
        return tuple(sentence for part in parts for sentence in part)

    def joined_with(self, other: "ConsentSheet") -> "ConsentSheet":
        """One sheet for two occasions that are joined at once; what both ask is asked in this one's words."""
        if other.version in self.version.split("+"):
            return self
        added = {purpose: text for purpose, text in other.texts.items() if purpose not in self.texts}
        return ConsentSheet(f"{self.version}+{other.version}", {**self.texts, **added})


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
WALKS = ConsentSheet(TEXT_VERSION, TEXTS)

GROUPS = ConsentSheet(
    "group-2026-1",
    {
        Purpose.TAKING_PART: ConsentText(
            title=_("I want to take part"),
            words=_("What I say may be noted and used in the audit, together with what others say."),
            given=_("I take part"),
            refused=_("I do not take part"),
            needed=True,
        ),
        Purpose.QUOTATION: ConsentText(
            title=_("My words may be quoted"),
            words=_("In the report, without my name."),
            given=_("My words may be quoted without my name"),
            refused=_("My words are not quoted"),
        ),
        Purpose.RECORDING: ConsentText(
            title=_("The discussion may be recorded"),
            words=_(
                "As sound, only if everybody agrees. The team alone listens to it, and deletes it on a fixed day. If I "
                "take this back, it is deleted at once."
            ),
            given=_("The discussion may be recorded as sound"),
            refused=_("I do not agree that the discussion is recorded; no recording is kept"),
        ),
    },
)

PHOTOS = ConsentSheet(
    "photo-2026-1",
    {
        Purpose.TAKING_PART: ConsentText(
            title=_("I want to take part"),
            words=_("What I send may be used in the audit, together with what others send."),
            given=_("I take part"),
            refused=_("I do not take part"),
            needed=True,
        ),
        Purpose.PHOTO_USE: ConsentText(
            title=_("My photos may be looked at and discussed"),
            words=_("By the team and by those who take part. Without this no photo can be sent."),
            given=_("My photos may be looked at and discussed in the audit"),
            refused=_("I send no photos"),
        ),
        Purpose.PUBLICATION: ConsentText(
            title=_("My photos may be published"),
            words=_(
                "In the report of the audit and in what the city makes of it, never to earn money. For each photo I say "
                "which name stands below it, or none."
            ),
            given=_("My photos may be published"),
            refused=_("My photos are not published"),
        ),
    },
)

ADULT = _("I am 18 or older")
GUARDIAN = _("I am younger than 18, and my parent or guardian agrees that I take part")
GUARDIAN_AGAIN = _("My parent or guardian agrees to what I tick newly")
AGE = Sentences("age-2026-1", (ADULT, GUARDIAN, GUARDIAN_AGAIN))

SHEETS: dict[str, tuple[Any, Read]] = {
    WALKS.version: (_("City walks"), WALKS),
    GROUPS.version: (_("Focus groups"), GROUPS),
    PHOTOS.version: (_("Photovoice"), PHOTOS),
    AGE.version: (_("Age and guardian"), AGE),
}
"""All that people are asked, by version, each with what it is for."""


def register(name: Any, sheet: Read) -> None:
    """Announces what a method asks on pages of its own, so that its translations are compared too. Raises ValueError when
    its version is taken by another one."""
    if SHEETS.get(sheet.version, ("", sheet))[1] is not sheet:
        raise ValueError(f"Two texts have the version {sheet.version!r}.")
    SHEETS[sheet.version] = (name, sheet)
