"""Numbers and codes, given once in one pass over the tree: figures, tables, sources, findings,
recommendations, photos.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

from reports.document import blocks, richtext

CODES = {blocks.Finding: "F", blocks.Recommendation: "R", blocks.Picture: "P"}
FIGURES = (blocks.Figure, blocks.Plan, blocks.SmallMultiples, blocks.Governance, blocks.Wheel)
TABLES = (blocks.Table, blocks.ItemsTable, blocks.Glance, blocks.Comparison)


@dataclass(frozen=True)
class Reference:
    """What `[[key]]` prints: `kind` "figure", "table" or "source" with a number, or "code" with the text
    itself.
    """

    kind: str
    anchor: str
    number: int = 0
    text: str = ""


def number(document: blocks.Document) -> tuple[blocks.Document, dict[str, Reference]]:
    """Returns the tree with all numbers, codes and missing keys filled in, and what each key refers to.

    A code that is already there stays. Raises ValueError when two parts of the document have the same key.
    """
    references: dict[str, Reference] = {}
    counts: Counter[str] = Counter()

    def enter(reference: Reference) -> None:
        if reference.anchor in references:
            raise ValueError(f"The key {reference.anchor!r} occurs twice in the document.")
        references[reference.anchor] = reference

    def numbered(part: Any, kind: str) -> Any:
        counts[kind] += 1
        part = replace(part, number=counts[kind], key=part.key or f"{kind}-{counts[kind]}")
        enter(Reference(kind, part.key, counts[kind]))
        return part

    def visit(part: Any) -> Any:
        if isinstance(part, tuple | list):
            return tuple(visit(one) for one in part)
        if type(part).__name__ not in blocks.NODES:
            return part
        if type(part) in CODES:
            letter = CODES[type(part)]
            counts[letter] += 1
            part = replace(part, code=part.code or f"{letter}{counts[letter]}")
            enter(Reference("code", part.key, text=part.code))
        elif isinstance(part, blocks.Source):
            part = numbered(part, "source")
        elif isinstance(part, FIGURES):
            part = numbered(part, "figure")
        elif isinstance(part, TABLES) and getattr(part, "numbered", True):
            part = numbered(part, "table")
        elif isinstance(part, blocks.Section):
            enter(Reference("code", part.key, text=part.number or part.title))
        elif isinstance(part, blocks.Row) and part.key:
            enter(Reference("code", part.key, text=part.code or part.key))
        changed = {f.name: visit(getattr(part, f.name)) for f in fields(part)}
        return replace(part, **changed)

    return visit(document), references


def cited(part: Any) -> Iterator[str]:
    """Yields the keys that the texts under `part` refer to, in reading order, as often as they do."""
    if isinstance(part, str):
        yield from richtext.REFERENCE.findall(part)
    elif isinstance(part, tuple | list):
        for one in part:
            yield from cited(one)
    elif type(part).__name__ in blocks.NODES:
        for field in fields(part):
            yield from cited(getattr(part, field.name))


def walk(part: Any) -> Iterator[Any]:
    """Yields every node of the tree under `part`, in reading order."""
    if isinstance(part, tuple | list):
        for one in part:
            yield from walk(one)
    elif type(part).__name__ in blocks.NODES:
        yield part
        for field in fields(part):
            yield from walk(getattr(part, field.name))
