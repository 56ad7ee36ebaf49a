"""Rich text as people wrote it: cleaned by an allow-list, and fitted into the document's headings and references."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

import nh3
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

TAGS = {
    "p", "br", "strong", "em", "ul", "ol", "li", "a", "h3", "h4", "blockquote",
    "table", "caption", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
TABLE = {"table", "caption", "thead", "tbody", "tr", "th", "td"}
BLOCKS = {"p", "h3", "h4", "blockquote"}
REFERENCE = re.compile(r"\[\[([\w.:-]+)\]\]")


def clean(html: str) -> str:
    """Returns the HTML with everything taken out that is not on the allow-list (see SAFETY, "HTML that
    people wrote").

    Links keep only https:, mailto: and #anchors. Run it when a text is saved; rendering runs it again.
    """
    return nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}, "th": {"scope"}},
        attribute_filter=_attribute,
        url_schemes={"https", "mailto"},
        link_rel=None,
    )


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "href" and not value.strip().lower().startswith(("https:", "mailto:", "#")):
        return None
    if name == "scope" and value not in ("col", "row"):
        return None
    return value


def fitted(html: str, *, heading: int, reference: Callable[[str], SafeString | None], anchors: set[str]) -> SafeString:
    """Returns the cleaned HTML as it goes into a document.

    The highest heading used becomes level `heading` (a jump from h1 to h3 is not accessible); `reference`
    gives the link for a `[[key]]` or None; links to anchors that are not in `anchors` lose the link and
    keep the text.
    """
    fitting = _Fitting(clean(html), heading, reference, anchors)
    return mark_safe("".join(fitting.parts))


class _Fitting(HTMLParser):
    """Re-emits cleaned HTML so that every reading aid can follow it: headings without a jump, links flat (a PDF link may
    hold text only), list items of text and lists alone, tables with heads and rows of equal length."""

    def __init__(
        self, html: str, heading: int, reference: Callable[[str], SafeString | None], anchors: set[str]
    ) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.link: str | None = None
        self.link_at = self.heading_at = 0
        self.link_is_item = False
        self.lists: list[str] = []
        self.begun = False
        self.table: _Table | None = None
        self.inner = 0
        self.reference, self.anchors, self.heading = reference, anchors, heading
        self.headings = {"h3": heading, "h4": heading}
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a":
            href = given.get("href") or ""
            self.link = href if not href.startswith("#") or href[1:] in self.anchors else None
            if self.link:
                self.link_at = len(self.parts)
                self.link_is_item = bool(self.lists) and self.lists[-1] != "li"
                self.parts.append(format_html('<a href="{}">', self.link))
        elif self.link and tag != "br":
            return
        elif tag in TABLE:
            self._table_starts(tag, given.get("scope") or "")
        elif tag in ("ul", "ol", "li"):
            self._list_starts(tag)
        elif self.lists and tag in BLOCKS:
            if self.begun:
                self.parts.append("<br>")
            self.begun = False
            if tag in self.headings:
                self.parts.append("<strong>")
        else:
            if tag in self.headings:
                self.heading_at = len(self.parts)
            self.parts.append(f"<{self._name(tag)}>")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            if self.link:
                self._link_ends()
            self.link = None
        elif self.link or tag == "br":
            return
        elif tag in TABLE:
            self._table_ends(tag)
        elif tag in ("ul", "ol", "li"):
            self._list_ends(tag)
        elif self.lists and tag in BLOCKS:
            if tag in self.headings:
                self.parts.append("</strong>")
        elif tag in self.headings and not _words(self.parts[self.heading_at :]):
            del self.parts[self.heading_at :]  # a heading without words names nothing
        else:
            self.parts.append(f"</{self._name(tag)}>")
            if tag == "h3":
                # What stands below the first heading is one level deeper; what stands above it is not.
                self.headings["h4"] = self.heading + 1

    def handle_data(self, data: str) -> None:
        text = escape(data) if self.link else with_references(data, self.reference)
        self.begun = self.begun or bool(data.strip())
        if self.lists and self.lists[-1] != "li" and not self.link:
            # Words between the items of a list are an item too.
            text = f"<li>{text}</li>" if data.strip() else ""
        self.parts.append(text)

    def _link_ends(self) -> None:
        """A link without words leads nowhere; one that stands between the items of a list is an item too."""
        if not _words(self.parts[self.link_at :]):
            del self.parts[self.link_at :]
            return
        self.parts.append("</a>")
        if self.link_is_item:
            self.parts.insert(self.link_at, "<li>")
            self.parts.append("</li>")

    def _name(self, tag: str) -> str:
        return f"h{min(self.headings[tag], 6)}" if tag in self.headings else tag

    def _list_starts(self, tag: str) -> None:
        self.begun = False
        if tag != "li" or self.lists:
            self.lists.append(tag)
            self.parts.append(f"<{tag}>")
        else:
            self.parts.append("<p>")

    def _list_ends(self, tag: str) -> None:
        self.begun = False
        if self.lists:
            self.parts.append(f"</{self.lists.pop()}>")
        else:
            self.parts.append("</p>")

    def _table_starts(self, tag: str, scope: str) -> None:
        if tag == "table":
            if self.table is not None or self.lists:
                self.inner += 1  # of a table inside a cell or a list the words remain
            else:
                self.table, self.around, self.parts = _Table(), self.parts, []
        elif self.table is not None and not self.inner:
            if tag == "tr":
                self.table.rows.append([])
            if tag in ("td", "th", "caption"):
                self.parts, self.scope = [], scope

    def _table_ends(self, tag: str) -> None:
        if self.inner:
            self.inner -= tag == "table"
            self.parts.append(" ")
        elif self.table is None:
            return
        elif tag in ("td", "th"):
            self.table.rows[-1].append(_Cell(tag == "th", self.scope, "".join(self.parts)))
        elif tag == "caption":
            self.table.caption = "".join(self.parts)
        elif tag == "table":
            self.parts = [*self.around, *self.table.lines()]
            self.table = None


def _words(parts: list[str]) -> str:
    """What of the HTML can be read, spaces of all kinds left out."""
    return re.sub(r"<[^>]*>", "", "".join(parts)).strip()


@dataclass(frozen=True)
class _Cell:
    head: bool
    scope: str
    html: str


@dataclass
class _Table:
    """A table of an own text: its first row becomes the head, and short rows are filled up, for otherwise its cells
    cannot be read aloud with their columns."""

    caption: str = ""
    rows: list[list[_Cell]] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        rows = [row for row in self.rows if any(cell.html.strip() for cell in row)]
        if not rows:
            return
        columns = max(map(len, rows))
        filled = [row + [_Cell(False, "", "")] * (columns - len(row)) for row in rows]
        yield "<table>"
        if self.caption:
            yield f"<caption>{self.caption}</caption>"
        first, *rest = filled
        if rest:
            yield f"<thead><tr>{''.join(_head(cell, 'col') for cell in first)}</tr></thead>"
        # A single row has nothing to be the head of; then its first cell is one.
        for row in rest or [[replace(first[0], head=True), *first[1:]]]:
            yield f"<tr>{''.join(_head(cell, 'row') if cell.head else f'<td>{cell.html}</td>' for cell in row)}</tr>"
        yield "</table>"


def _head(cell: _Cell, scope: str) -> str:
    return f'<th scope="{cell.scope or scope}">{cell.html}</th>'


def unreferenced(text: str) -> str:
    """Returns what somebody typed so that it is printed as typed: square brackets in pairs are no reference then."""
    return text.replace("[[", "[ [")


def with_references(text: str, reference: Callable[[str], SafeString | None]) -> SafeString:
    """Returns plain text escaped, each `[[key]]` replaced by its link; a key that `reference` does not know stays."""
    parts, end = [], 0
    for found in REFERENCE.finditer(text):
        link = reference(found[1])
        if link is not None:
            parts += [escape(text[end : found.start()]), link]
            end = found.end()
    return mark_safe("".join([*parts, escape(text[end:])]))
