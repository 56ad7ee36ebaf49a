"""The sources of the report: the toolkit, the documents reviewed, the instruments used, and where the city's figures
come from."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django.utils.translation import gettext as _

from benchmarks.models import Benchmark
from deskresearch.models import Document
from reports.document import blocks
from reports.material import Material
from reports.sections import words

TOOLKIT_TITLE = "INTEGRA City Integration Audit Toolkit"
TOOLKIT_AUTHORS = "Sofia Development Association and RISSC"
TOOLKIT_DATE = "2018"


def cite(document: Document) -> str:
    """The citation of a document of the inventory, which the writers turn into its number."""
    return f"[[{_key(document)}]]"


def cite_benchmark(benchmark: Benchmark) -> str:
    return f"[[src-benchmark-{benchmark.pk}]]"


def _key(document: Document) -> str:
    return f"doc-{document.uuid}"


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


def references(material: Material, cited: Iterable[str]) -> blocks.References:
    """The list of sources in the order in which they are first `cited`, then those that no text cites."""
    order = {key: place for place, key in enumerate(dict.fromkeys(cited))}
    return blocks.References(tuple(sorted(_sources(material), key=lambda one: order.get(one.key, len(order)))))


def _sources(material: Material) -> tuple[blocks.Source, ...]:
    """The toolkit, the documents reviewed in the order of the inventory, benchmarks used, an own checklist's source where
    it is another one, then the sources of the figures."""
    found = [blocks.Source("src-toolkit", _entry(TOOLKIT_AUTHORS, TOOLKIT_TITLE, TOOLKIT_DATE))]
    found += [blocks.Source(_key(one), _document(one)) for one in material.desk.documents]
    for benchmark in {one.assessment.benchmark_id: one.assessment.benchmark for one in material.assessments}.values():
        title = f"{material.texts[benchmark, 'title']}, {benchmark.source_title}"
        found.append(
            blocks.Source(f"src-benchmark-{benchmark.pk}", _entry(benchmark.authoring, title, benchmark.source_date))
        )
    checklist = material.results.checklist if material.results else None
    if checklist and TOOLKIT_TITLE.casefold() not in checklist.source_title.casefold():
        entry = _entry(checklist.authoring, checklist.source_title, checklist.source_date)
        found.append(blocks.Source("src-checklist", entry))
    found += [blocks.Source(key, escape(source, quote=False)) for source, key in figures_sources(material).items()]
    return tuple(found)


def _entry(authors: str, title: str, *rest: str) -> str:
    parts = [escape(authors, quote=False), f"<em>{escape(title, quote=False)}</em>"]
    parts += [escape(part, quote=False) for part in rest]
    return ", ".join(part for part in parts if part) + "."


def years(one: Document) -> str:
    """The years that a document is for, "" where its title says them already."""
    if one.from_year and not one.to_year:
        return _("since %(year)s") % {"year": one.from_year}
    if one.to_year and not one.from_year:
        return _("until %(year)s") % {"year": one.to_year}
    return one.years_beside


def _document(one: Document) -> str:
    entry = _entry(one.issued_by, one.title, one.reference, years(one))
    return " ".join(part for part in (entry, _address(one)) if part)


def _address(one: Document) -> str:
    """Where it can be read: on the city's website, else where its link leads. A dead one says when it was found so; what
    was found of the link says nothing of the city's website."""
    address = one.published_at or one.link
    if not address:
        return ""
    shown = escape(address)
    if address.startswith("https:"):
        shown = f'<a href="{shown}">{shown}</a>'
    if one.link_dead_on and address == one.address:
        return _("%(address)s (not found there any more on %(day)s)") % {
            "address": shown,
            "day": words.day(one.link_dead_on),
        }
    return shown
