"""A document as one HTML file: stylesheets inside, pictures inside, nothing fetched from anywhere."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

from reports.document import blocks
from reports.document.html import render_html

STATIC = Path(__file__).resolve().parents[2] / "static" / "report"
STYLESHEETS = ("page.css", "blocks.css")
SIGNATURES = {b"\x89PNG": "image/png", b"RIFF": "image/webp"}


def render_standalone(document: blocks.Document, *, media: Callable[[str], bytes]) -> str:
    """Returns the document as an accessible page to be kept or published as a file of its own.

    `media` gives the bytes of a picture by its uuid and raises when there is none. Fonts are those of the reader.
    """

    def address(key: str) -> str:
        data = media(key)
        return f"data:{SIGNATURES.get(data[:4], 'image/jpeg')};base64,{b64encode(data).decode()}"

    html = render_html(document, target="page", media_url=address)
    styles = "\n".join((STATIC / name).read_text(encoding="utf-8") for name in STYLESHEETS)
    return html.replace("</head>", f"<style>\n{styles}</style>\n</head>", 1)
