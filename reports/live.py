"""Live blocks: parts of the report that follow the data. A section's own texts stand between them.

Each module of `reports.sections` registers its own; a `SectionBlock` names one by its key. A heading opens a
subsection, into which everything goes that follows it, up to the next heading.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from focusgroups.quotations import family_of
from photovoice import report_photos

from .document import blocks
from .material import Material
from .quotations import text_of

QUOTE, PHOTO = "quote:", "photo:"
ARABIC = re.compile(r"[\u0600-\u06ff]")

Function = Callable[[Material], Sequence[Any]]


@dataclass(frozen=True)
class LiveBlock:
    """`function` turns the material into nodes of the document, none where there is nothing to show; that of a
    `heading` gives one section without content."""

    key: str
    section: str
    title: Any
    function: Function
    heading: bool = False

    def nodes(self, material: Material) -> tuple[Any, ...]:
        return tuple(self.function(material))


_registry: dict[str, LiveBlock] = {}


def live(key: str, title: Any, *, heading: bool = False) -> Callable[[Function], Function]:
    """Registers a function as the live block `key`; what stands before the first point is its section.

    Raises ValueError for a key that is taken.
    """

    def register(function: Function) -> Function:
        if key in _registry:
            raise ValueError(f"There are two live blocks {key!r}.")
        _registry[key] = LiveBlock(key, key.split(".")[0], title, function, heading)
        return function

    return register


def of_section(section: str) -> list[LiveBlock]:
    """The live blocks that a section can hold, in no order that means anything to a reader."""
    return [block for block in _registry.values() if block.section == section]


def get(key: str) -> LiveBlock | None:
    """The live block of that key; None for one that the program does not have (any more).

    `quote:<uuid>` is what a participant wrote or said, `photo:<uuid>` a photo; they may stand in any section.
    """
    if uuid := pictured(key):
        return LiveBlock(key, "", gettext_lazy("Photo of a participant"), lambda material: photos(material, [uuid]))
    uuid = quoted(key)
    if uuid is None:
        return _registry.get(key)
    return LiveBlock(key, "", gettext_lazy("Quotation of a participant"), lambda material: _quotation(material, uuid))


def quoted(key: str) -> UUID | None:
    """The score or note whose words a live block quotes; None for any other block."""
    return _reference(key, QUOTE)


def pictured(key: str) -> UUID | None:
    """The photo that a live block shows because somebody chose it; None for any other block."""
    return _reference(key, PHOTO)


def _reference(key: str, prefix: str) -> UUID | None:
    try:
        return UUID(key.removeprefix(prefix)) if key.startswith(prefix) else None
    except ValueError:
        return None


def photos(material: Material, chosen: Iterable[UUID], *, small: bool = False) -> tuple[blocks.Pictures, ...]:
    """The chosen photos arranged together, without those that may not be published (any more); `small` ones in a row."""
    found = [material.photos[uuid] for uuid in chosen if uuid in material.photos]
    return tuple(report_photos.gallery(found, small=small))


def _quotation(material: Material, uuid: UUID) -> tuple[blocks.Quote, ...]:
    """The words under the name of a family of at least five people, or of no group; nothing where they may not stand."""
    if note := material.spoken.get(uuid):
        return (_quote(note.text, _("%(group)s, in a focus group") % {"group": family_of(note).label}),)
    score = material.quotes.get(uuid)
    if score is None or not material.shows_figures:
        return ()
    family = material.family_of(score)
    by = _("%(group)s, on a city walk") % {"group": family.label} if family else _("On a city walk")
    return (_quote(text_of(score), by),)


def _quote(text: str, by: str) -> blocks.Quote:
    # The language is read off the script: that of the person's form would tell more about the person.
    return blocks.Quote(_("“%(text)s”") % {"text": text}, by, "ar" if ARABIC.search(text) else "")
