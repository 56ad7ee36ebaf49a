"""Texts: paragraphs, lists, findings, recommendations, quotations, and the sentences where something is missing."""

from __future__ import annotations

from typing import Any

from .tree import node


@node
class Paragraph:
    """Plain text. `style` is "", "lead" (the sentence that answers the chapter) or "note"; `side` stands in
    the margin; `language` is set where the passage may differ from its section.
    """

    text: str
    style: str = ""
    side: str = ""
    language: str = ""


@node
class RichText:
    """Text that a person wrote, as HTML; cleaned again whenever it is rendered (`richtext.clean`).

    `style` is "" or "note" (smaller); `language` as in `Paragraph`.
    """

    html: str
    side: str = ""
    style: str = ""
    language: str = ""


@node
class Bullets:
    """A list of short plain texts or passages."""

    items: tuple[Any, ...]
    ordered: bool = False


@node
class Finding:
    """A finding, printed once where it arises; `kind` is its printed name ("Deficiency"), `code` comes from
    numbering.
    """

    key: str
    kind: str
    text: str
    code: str = ""


@node
class Recommendation:
    """A recommendation with the keys of its evidence; keys that this document does not hold are left out."""

    key: str
    title: str
    text: str
    area: str = ""
    addressee: str = ""
    horizon: str = ""
    evidence: tuple[str, ...] = ()
    code: str = ""


@node
class Quote:
    """Somebody's words; `by` names a stakeholder group and an occasion, never a person."""

    text: str
    by: str
    language: str = ""


@node
class Suppressed:
    """Stands where figures are hidden and says why (small numbers)."""

    reason: str


@node
class NotCarriedOut:
    """The honest sentence in the place of a method that this audit has not used (yet)."""
