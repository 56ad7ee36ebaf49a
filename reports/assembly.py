"""From an audit to the tree of blocks of its report, in the report's language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from html import unescape
from itertools import groupby
from typing import Any

from django.utils import translation
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from . import figures, live, outline, sections
from .document import blocks, richtext
from .figures import Figure
from .material import Material, load
from .models import Report, SectionBlock
from .sections import annexes, title_page

# Begins a page, as the parts do. The introduction stands below it, or whole on the next page (report.css).
FIRST = "executive_summary"


@dataclass(frozen=True)
class Part:
    """What one block of a section became: nodes of the document, or the heading of a subsection. What stands `beside`
    the block above is among the nodes of that one."""

    block: SectionBlock
    nodes: tuple[Any, ...]
    heading: blocks.Section | None = None
    beside: bool = False


@dataclass
class Assembly:
    """A report's document with what it was made from. `parts` holds, by section, what each block became; `facts`
    what a text of a section may speak of, as far as somebody has asked."""

    report: Report
    material: Material
    document: blocks.Document
    tokens: dict[str, Figure]
    parts: dict[str, list[Part]] = field(default_factory=dict)
    facts: dict[str, dict[str, str]] = field(default_factory=dict)

    def written(self, section: str) -> set[str]:
        """The slots of a section that have a text; "" for texts without a slot."""
        return {part.block.slot for part in self.parts.get(section, ()) if part.block.is_text and part.nodes}


def assemble(report: Report) -> blocks.Document:
    """The report as a document, from the data as they are now. The number of queries does not grow with the data."""
    return assembly(report).document


def assembly(report: Report) -> Assembly:
    """As `assemble`, with the material and the single blocks, for the editor."""
    placed = list(report.blocks.placed().order_by("position", "pk"))
    by_section: dict[str, list[SectionBlock]] = {}
    for block in placed:
        by_section.setdefault(block.section, []).append(block)
    quotes = [uuid for block in placed if (uuid := live.quoted(block.live))]
    with_text = {block.section for block in placed if block.is_text and plain(block.html)}
    chosen = [uuid for block in placed if (uuid := live.pictured(block.live))]
    material = load(report.audit, report.language, quotes=quotes, chosen=chosen, written=with_text)
    with translation.override(report.language):
        made = Assembly(report, material, _frame(material), figures.tokens(material))
        made.parts = {entry.key: list(_parts(by_section.get(entry.key, ()), made)) for entry in sections.WRITTEN}
        chapters = tuple(_chapters(made))
        annex = annexes.chapter(material, chapters)
        made.document = replace(made.document, chapters=(*chapters, annex))
    return made


def _frame(material: Material) -> blocks.Document:
    audit = material.audit
    title = title_page.title(material)
    imprint = audit.city.authority
    if audit.city.fictional:
        imprint = _("%(authority)s · fictional city") % {"authority": imprint}
    return blocks.Document(
        title=title_page.document_title(material),
        language=material.language,
        author=audit.city.authority,
        subject=_("How well %(city)s integrates third-country nationals and migrants") % {"city": audit.city.name},
        running_title=f"{title} · {audit.title}",
        imprint=imprint,
        cover=title_page.cover(material),
        areas=material.areas,
    )


def _chapters(made: Assembly) -> Iterable[blocks.Section]:
    """The chapters in the toolkit's order, without the annexes."""
    for entry in outline.OUTLINE:
        if entry.key == "toc":
            yield _contents(made)
        elif entry.entries:
            parts = tuple(_section(one, made) for one in entry.entries)
            yield _heading(entry, parts, new_page=True)
        elif entry.written:
            yield _section(entry, made)


def _contents(made: Assembly) -> blocks.Section:
    nodes: list[Any] = [blocks.Contents()]
    fictional = title_page.fictional(made.material)
    if fictional:
        nodes.insert(0, blocks.Paragraph(fictional, style="note"))
    figures_list = blocks.Section(
        "figures", _("Figures and tables"), in_contents=False, blocks=(blocks.ListOfFigures(),)
    )
    return blocks.Section("toc", _("Contents"), new_page=True, in_contents=False, blocks=(*nodes, figures_list))


def _section(entry: outline.Entry, made: Assembly) -> blocks.Section:
    return _heading(entry, tuple(_body(entry, made)), new_page=bool(entry.part) or entry.key == FIRST)


def _heading(entry: outline.Entry, nodes: tuple[Any, ...], *, new_page: bool) -> blocks.Section:
    return blocks.Section(
        entry.key,
        str(entry.title),
        number=entry.number,
        part=str(entry.part),
        pages=entry.pages,
        new_page=new_page,
        blocks=nodes,
    )


def _body(entry: outline.Entry, made: Assembly) -> list[Any]:
    """A section's content with its subsections; an honest sentence where there is none. Empty headings are left out."""
    top: list[Any] = []
    subsections: list[tuple[blocks.Section, list[Any]]] = []
    for part in made.parts[entry.key]:
        if part.heading:
            subsections.append((part.heading, []))
        else:
            (subsections[-1][1] if subsections else top).extend(part.nodes)
    for heading, nodes in subsections:
        if nodes:
            top.append(replace(heading, blocks=tuple(nodes)))
    numbered = _numbered(top)
    if numbered:
        return numbered
    if entry.method:
        return [blocks.NotCarriedOut()]
    return [blocks.Paragraph(_("This section has no content yet."), style="note")]


def _numbered(nodes: list[Any]) -> list[Any]:
    """Completes the numbers of subsections ("1." becomes 1.1, 1.2), without gaps where a heading was left out."""
    counted = 0
    found = []
    for node in nodes:
        if isinstance(node, blocks.Section) and node.number.endswith("."):
            counted += 1
            node = replace(node, number=f"{node.number}{counted}")
        found.append(node)
    return found


def _parts(placed: Sequence[SectionBlock], made: Assembly) -> Iterable[Part]:
    """What the blocks of a section became. Chosen photos that follow each other stand together, with the first of them."""
    for chosen, run in groupby(placed, key=lambda block: live.pictured(block.live) is not None):
        if not chosen:
            yield from (_part(block, made) for block in run)
            continue
        shown = [(block, made.material.photos.get(live.pictured(block.live))) for block in run]
        first = next((block for block, photo in shown if photo), None)
        nodes = live.photos(made.material, [photo.uuid for _block, photo in shown if photo])
        yield from (
            Part(block, nodes if block is first else (), beside=bool(photo) and block is not first)
            for block, photo in shown
        )


def _part(block: SectionBlock, made: Assembly) -> Part:
    if block.is_text:
        return Part(block, _text(block, made.tokens))
    known = live.get(block.live)
    nodes = known.nodes(made.material) if known else ()
    if known and known.heading:
        return Part(block, (), heading=nodes[0])
    return Part(block, nodes)


def _text(block: SectionBlock, tokens: dict[str, Figure]) -> tuple[Any, ...]:
    html = richtext.clean(block.html)
    if not plain(html):
        return ()
    slot = sections.slots(block.section).get(block.slot)
    if slot and slot.opening:
        return (blocks.Paragraph(figures.insert(plain(html), tokens, html=False), style="lead"),)
    return (blocks.RichText(figures.insert(html, tokens)),)


def plain(html: str) -> str:
    """The words of a rich text, with single spaces."""
    return " ".join(unescape(strip_tags(html.replace("<br>", " ").replace("</p>", " "))).split())
