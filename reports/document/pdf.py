"""The PDF writer: the tree through the print templates and WeasyPrint, tagged as PDF/UA-1."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reports.document import blocks, letters, numbering
from reports.document.html import STYLESHEETS, render_html

if TYPE_CHECKING:
    import pydyf
    import weasyprint

STATIC = Path(__file__).resolve().parents[2] / "static" / "report"
MEDIA = re.compile(r"media:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")
# Type area of an A4 page in CSS pixels (96 to the inch), as report.css sets it: 297 mm less 30 and 26 mm
# of margins.
TOP, HEIGHT = 30 / 25.4 * 96, 241 / 25.4 * 96

# Sizes in pt that all others follow, of a poster and of a sheet: the largest is taken in which each has room on its page.
SIZES = {
    "poster": (13, 12.4, 11.8, 11.2, 10.6, 10, 9.4, 8.8, 8.2, 7.6, 7, 6.4, 5.8, 5.2, 4.6),
    "leaflet": (10, 9.6, 9.2, 8.8, 8.4, 8),
}


class MediaMissingError(Exception):
    """A picture of the document cannot be read; the message is its uuid."""


@dataclass(frozen=True)
class Extent:
    """Where a section stands: first and last page (counted from 1), and its length in pages (1.4)."""

    first: int
    last: int
    pages: float


@dataclass(frozen=True)
class PdfResult:
    """A rendered PDF with what the page budgets need, the extent of every section by its key, and with the letters that
    no font has, each with how often it was left out."""

    data: bytes
    page_count: int
    pages_by_section: dict[str, Extent]
    unprintable: Mapping[str, int] = field(default_factory=dict)


def render_pdf(
    document: blocks.Document,
    *,
    media: Callable[[str], bytes],
    progress: Callable[[str], None] = lambda stage: None,
) -> PdfResult:
    """Returns the document as PDF/UA-1.

    `media` gives the bytes of a picture by its uuid and raises (anything) when there is none: MediaMissingError
    then names it, for a document never silently loses a picture. `progress` is told "laying out" and
    "writing". Nothing but these pictures and our own stylesheets and fonts is ever read, whatever the texts
    contain.
    """
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    progress("laying out")
    fetcher = _fetcher(media)
    fonts = FontConfiguration()

    def style(text: str) -> weasyprint.CSS:
        return weasyprint.CSS(string=text, base_url="static:", url_fetcher=fetcher, font_config=fonts)

    styles = [style((STATIC / name).read_text(encoding="utf-8")) for name in STYLESHEETS[document.layout]]
    html, unprintable = letters.printable(render_html(document, target="print"))
    source = weasyprint.HTML(string=html, base_url="static:", url_fetcher=fetcher)

    def lay_out(*more: weasyprint.CSS) -> weasyprint.Document:
        return source.render(font_config=fonts, stylesheets=[*styles, *more], pdf_variant="pdf/ua-1")

    def sized(size: float) -> weasyprint.Document:
        return lay_out(style(f"body {{ font-size: {size}pt }}"))

    try:
        laid_out = _fullest(sized, sizes, len(document.chapters)) if (sizes := SIZES.get(document.layout)) else None
        laid_out = laid_out or lay_out()
    except _missing() as error:
        raise MediaMissingError(str(error)) from error
    progress("writing")
    data = laid_out.write_pdf(pdf_variant="pdf/ua-1", finisher=_name_empty_glyphs)
    return PdfResult(data, len(laid_out.pages), _extents(document, laid_out.pages), unprintable)


def _fullest(
    sized: Callable[[float], weasyprint.Document], sizes: Sequence[float], pages: int
) -> weasyprint.Document | None:
    """The document in the largest of the sizes, which fall, in which it has no more than so many pages; None where it has
    more in each. One size for all its chapters: what hangs or lies side by side differs in its words alone."""
    tried: dict[float, weasyprint.Document] = {}

    def has_room(size: float) -> bool:
        tried[size] = sized(size)
        return len(tried[size].pages) <= pages

    found = bisect_left(sizes, True, key=has_room)
    return tried[sizes[found]] if found < len(sizes) else None


def _missing() -> Any:
    from weasyprint.urls import FatalURLFetchingError

    return FatalURLFetchingError


def _fetcher(media: Callable[[str], bytes]) -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    files = {f"static:{path.relative_to(STATIC).as_posix()}": path for path in STATIC.glob("fonts/*.ttf")}

    class Fetcher(URLFetcher):
        """Serves `media:<uuid>` and our fonts; everything else, `file:` and `http:` included, is refused."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
            if url in files:
                return URLFetcherResponse(url, files[url].read_bytes(), {"Content-Type": "font/ttf"})
            if found := MEDIA.fullmatch(url):
                try:
                    return URLFetcherResponse(url, media(found[1]))
                except Exception as error:
                    raise _missing()(found[1]) from error
            raise ValueError(f"Refused: {url}")

    return Fetcher()


def _name_empty_glyphs(document: weasyprint.Document, pdf: pydyf.PDF) -> None:
    """Gives each glyph a character. WeasyPrint 70 maps the second glyph of a cluster (Arabic dots) to
    nothing, which PDF/UA forbids; U+034F is invisible and silent.
    """
    import pydyf

    for stream in pdf.objects:
        if isinstance(stream, pydyf.Stream):
            stream.stream = [
                re.sub(rb"^(<[0-9a-fA-F]+>) <>$", rb"\1 <034f>", line)
                if isinstance(line, bytes) and line.endswith(b"<>")
                else line
                for line in stream.stream
            ]


def _extents(document: blocks.Document, pages: list[weasyprint.Page]) -> dict[str, Extent]:
    """A section that runs over several pages has an anchor rectangle (x1, y1, x2, y2) on each of them."""
    extents = {}
    for section in numbering.walk(document):
        if isinstance(section, blocks.Section):
            places = [(i, page.anchors[section.key]) for i, page in enumerate(pages, 1) if section.key in page.anchors]
            if places:
                (first, start), (last, end) = places[0], places[-1]
                length = last - first + (end[3] - TOP) / HEIGHT - (start[1] - TOP) / HEIGHT
                extents[section.key] = Extent(first, last, round(length, 2))
    return extents
