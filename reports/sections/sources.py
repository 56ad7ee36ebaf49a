"""The sources of the report: the toolkit, the instruments used, and where the city's figures come from."""

from __future__ import annotations

from html import escape

from reports.document import blocks
from reports.material import Material

TOOLKIT_TITLE = "INTEGRA City Integration Audit Toolkit"
TOOLKIT_AUTHORS = "Sofia Development Association and RISSC"
TOOLKIT_DATE = "2018"


def figures_sources(material: Material) -> dict[str, str]:
    """Key by the wording of each source of the city's figures, in order, each once."""
    found: dict[str, str] = {}
    for indicator in material.indicators:
        source = indicator.source.strip()
        if source and indicator.figures.all() and source not in found:
            found[source] = f"src-{len(found) + 1}"
    return found


def cited(material: Material, source: str) -> str | None:
    """The citation of a source of figures, for a table cell."""
    key = figures_sources(material).get(source.strip())
    return f"[[{key}]]" if key else None


def references(material: Material) -> tuple[blocks.Source, ...]:
    """All sources: the toolkit first, an own checklist's source where it is another one, then those of the figures."""
    found = [blocks.Source("src-toolkit", _entry(TOOLKIT_AUTHORS, TOOLKIT_TITLE, TOOLKIT_DATE))]
    checklist = material.results.checklist if material.results else None
    if checklist and TOOLKIT_TITLE.casefold() not in checklist.source_title.casefold():
        entry = _entry(checklist.authoring, checklist.source_title, checklist.source_date)
        found.append(blocks.Source("src-checklist", entry))
    found += [blocks.Source(key, escape(source, quote=False)) for source, key in figures_sources(material).items()]
    return tuple(found)


def _entry(authors: str, title: str, date: str) -> str:
    parts = [escape(authors, quote=False), f"<em>{escape(title, quote=False)}</em>", escape(date, quote=False)]
    return ", ".join(part for part in parts if part) + "."
