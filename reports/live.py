"""Live blocks: parts of the report that follow the data. A section's own texts stand between them.

Each module of `reports.sections` registers its own; a `SectionBlock` names one by its key. A heading opens a
subsection, into which everything goes that follows it, up to the next heading.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from .material import Material
from .quotations import quote

QUOTE = "quote:"

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
    """The live blocks that a section can hold, in the order in which they are registered."""
    return [block for block in _registry.values() if block.section == section]


def get(key: str) -> LiveBlock | None:
    """The live block of that key; None for one that the program does not have (any more).

    `quote:<uuid>` is a participant's comment and may stand in any section.
    """
    uuid = quoted(key)
    if uuid is None:
        return _registry.get(key)
    return LiveBlock(key, "", _("Quotation from a walk"), lambda material: quote(material, uuid))


def quoted(key: str) -> UUID | None:
    """The score whose comment a live block quotes; None for any other block."""
    try:
        return UUID(key.removeprefix(QUOTE)) if key.startswith(QUOTE) else None
    except ValueError:
        return None
