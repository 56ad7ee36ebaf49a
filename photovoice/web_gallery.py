"""The photos of an activity as a gallery, for a report that is published as a web page: by theme, each as large as the
window once its link is followed. It needs no script and nothing beside the file.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from reports.document import blocks
from reports.document.numbering import walk
from reports.document.numbers import listed

from .report_photos import key_of, picture, typed
from .results import Published, Review


def with_gallery(chapter: blocks.Section, review: Review, codes: dict[str, str]) -> blocks.Section:
    """The chapter of an activity (`report.chapter`) with all photos that may be published in a gallery at its end.
    Those that stood in rows among the texts are named there by their codes.

    `codes` are the codes of the numbered document by the keys of its pictures. Has to be called in the report's
    language.
    """
    here = {one.key for one in walk(chapter) if isinstance(one, blocks.Picture)}
    themes = [*((theme.theme.pk, typed(theme.title.text)) for theme in review.themes), (None, _("Without a theme"))]
    sections = []
    # The document gives each photo its code in reading order: "P2" before "P10".
    published = sorted(review.published, key=lambda one: int(codes[key_of(one.uuid)][1:]))
    for theme, title in themes:
        mine = tuple(_entry(one, here, codes) for one in published if one.photo.theme_id == theme)
        if mine:
            parts = (blocks.Gallery(_in_a_row(mine)),)
            sections.append(blocks.Section(f"{chapter.key}-gallery-{theme}", title, in_contents=False, blocks=parts))
    if not sections:
        return chapter
    gallery = blocks.Section(f"{chapter.key}-gallery", _("All photos"), in_contents=False, blocks=tuple(sections))
    return replace(chapter, blocks=(*_without_rows(chapter.blocks), gallery))


def _entry(one: Published, here: Collection[str], codes: dict[str, str]) -> blocks.GalleryPicture:
    key = key_of(one.uuid)
    # A photo that stands in the report too is there under its own key.
    shown = replace(picture(one), key=key if key in here else f"gallery-{key}", code=codes[key])
    if one.title.language == one.photo.language:
        return blocks.GalleryPicture(shown)
    words = " – ".join(typed(text) for text in (one.photo.title, one.photo.text) if text)
    return blocks.GalleryPicture(shown, original=words, language=one.photo.language)


def _in_a_row(found: tuple[blocks.GalleryPicture, ...]) -> tuple[blocks.GalleryPicture, ...]:
    """Each with the keys of the ones before and after it."""
    keys = ["", *(one.picture.key for one in found), ""]
    return tuple(replace(one, before=keys[place], after=keys[place + 2]) for place, one in enumerate(found))


def _without_rows(parts: tuple[Any, ...]) -> Iterator[Any]:
    for part in parts:
        if isinstance(part, blocks.Section):
            yield replace(part, blocks=tuple(_without_rows(part.blocks)))
        elif isinstance(part, blocks.Pictures):
            shown = listed([f"[[{one.key}]]" for one in part.pictures])
            yield blocks.Paragraph(_("In the gallery: %(photos)s") % {"photos": shown}, style="note")
        else:
            yield part
