"""The HTML writer: one tree, two targets. "print" goes to WeasyPrint, "page" is an accessible page of its
own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from django.template import Context, Engine
from django.utils import translation
from django.utils.safestring import SafeString

from reports.document import blocks, numbering

TEMPLATES = Path(__file__).resolve().parent / "templates"
STYLESHEETS = {
    "report": ("report.css",),
    "pack": ("report.css", "form.css"),
    "poster": ("report.css", "poster.css"),
    "letter": ("report.css", "letter.css"),
    "leaflet": ("report.css", "leaflet.css"),
}


@cache
def engine() -> Engine:
    """Returns the template engine of documents: own folder, own tags, and nothing of the project's pages."""
    return Engine(
        dirs=[str(TEMPLATES)],
        libraries={"i18n": "django.templatetags.i18n", "document": "reports.document.tags"},
        builtins=["django.templatetags.i18n", "reports.document.tags"],
    )


def render_html(
    document: blocks.Document,
    *,
    target: str,
    stylesheets: Sequence[str] = (),
    media_url: Callable[[str], str] = "media:{}".format,
) -> str:
    """Returns the document as HTML in its own language.

    `target` is "print" or "page". `stylesheets` are the addresses that a page links (its own
    `report/page.css`, the fonts); `media_url` turns the uuid of a picture into an address. The page holds
    no script and no inline style. Raises ValueError for another target and for a tree in which two parts
    have the same key.
    """
    if target not in ("print", "page"):
        raise ValueError(f"Unknown target: {target!r}")
    numbered, references = numbering.number(document)
    context = _context(numbered, references, target=target, media_url=media_url)
    with translation.override(document.language):
        return engine().get_template(f"document/{target}.html").render(Context(context | {"stylesheets": stylesheets}))


def render_parts(
    document: blocks.Document,
    parts: Sequence[Sequence[Any]],
    *,
    depth: int,
    media_url: Callable[[str], str] = "media:{}".format,
) -> list[SafeString]:
    """Returns groups of the document's own nodes as HTML for a page of the application, numbered as in the document.

    Each node has to be one of this very tree (the same object). Headings inside begin at level `depth` + 2. Raises
    KeyError for a node of another tree and ValueError as `render_html` does.
    """
    numbered, references = numbering.number(document)
    known = {
        id(before): after for before, after in zip(numbering.walk(document), numbering.walk(numbered), strict=True)
    }
    context = _context(numbered, references, target="page", media_url=media_url)
    template = engine().get_template("document/part.html")
    with translation.override(document.language):
        return [
            template.render(Context(context | {"depth": depth, "nodes": [known[id(node)] for node in nodes]}))
            for nodes in parts
        ]


def render_chart(name: str, context: Mapping[str, Any]) -> SafeString:
    """Returns one drawing of templates/document/charts as it stands in documents, in the language that is active."""
    return engine().get_template(f"document/charts/{name}").render(Context({"target": "page", **context}))


def _context(
    document: blocks.Document,
    references: Mapping[str, numbering.Reference],
    *,
    target: str,
    media_url: Callable[[str], str],
) -> dict[str, Any]:
    return {
        "document": document,
        "references": references,
        "target": target,
        "media_url": media_url,
        "areas": {area.key: area for area in document.areas},
        "decimals": document.decimals,
        "depth": 0,
    }
