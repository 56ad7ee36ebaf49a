"""Rich text as people wrote it: cleaned by an allow-list, and fitted into the document's headings and references."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser

import nh3
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

TAGS = {
    "p", "br", "strong", "em", "ul", "ol", "li", "a", "h3", "h4", "blockquote",
    "table", "caption", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
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
    """Re-emits cleaned HTML: headings shifted, links flat (a PDF link may hold text only), tables with heads."""

    def __init__(
        self, html: str, heading: int, reference: Callable[[str], SafeString | None], anchors: set[str]
    ) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.link: str | None = None
        self.rows = 0
        self.reference, self.anchors = reference, anchors
        self.headings = {"h3": heading, "h4": heading + 1 if "<h3>" in html else heading}
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a":
            href = given.get("href") or ""
            self.link = href if not href.startswith("#") or href[1:] in self.anchors else None
            if self.link:
                self.parts.append(format_html('<a href="{}">', self.link))
            return
        if self.link and tag != "br":
            return
        if tag == "table":
            self.rows = 0
        elif tag == "tr":
            self.rows += 1
        tag = self._name(tag)
        scope = given.get("scope") or ("col" if tag == "th" and self.rows == 1 else "row" if tag == "th" else "")
        self.parts.append(format_html('<{} scope="{}">', tag, scope) if scope else format_html("<{}>", tag))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            if self.link:
                self.parts.append("</a>")
            self.link = None
        elif not self.link and tag != "br":
            self.parts.append(format_html("</{}>", self._name(tag)))

    def handle_data(self, data: str) -> None:
        if self.link:
            self.parts.append(escape(data))
        else:
            self.parts.append(with_references(data, self.reference))

    def _name(self, tag: str) -> str:
        if tag == "td" and self.rows == 1:
            return "th"  # a table needs heads to be read aloud
        return f"h{min(self.headings[tag], 6)}" if tag in self.headings else tag


def with_references(text: str, reference: Callable[[str], SafeString | None]) -> SafeString:
    """Returns plain text escaped, each `[[key]]` replaced by its link; a key that `reference` does not know stays."""
    parts, end = [], 0
    for found in REFERENCE.finditer(text):
        link = reference(found[1])
        if link is not None:
            parts += [escape(text[end : found.start()]), link]
            end = found.end()
    return mark_safe("".join([*parts, escape(text[end:])]))
