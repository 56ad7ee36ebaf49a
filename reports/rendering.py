"""From an assembled report to the limited child that makes its PDF, and to the one-file web page."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models.fields.files import FieldFile
from django.utils import translation
from django.utils.translation import gettext as _

from photovoice import report as photo_report
from photovoice import report_photos
from photovoice.web_gallery import with_gallery

from .assembly import Assembly
from .document import blocks, child, numbering, standalone

TREE, MEDIA, PROGRESS, TARGET = "tree.json", "media.json", "progress.json", "report.pdf"


class PictureMissingError(Exception):
    """A logo's file cannot be read; the message names its organisation or plan."""


def start_pdf(made: Assembly, folder: Path) -> None:
    """Writes into the folder what the child needs, starts it there and returns at once.

    Pictures are copied: the storage may be elsewhere, and a logo may be deleted meanwhile. Raises
    PictureMissingError before anything is started.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = {}
    for key, data in pictures(made).items():
        paths[key] = str(folder / key)
        (folder / key).write_bytes(data)
    (folder / TREE).write_text(json.dumps(blocks.to_dict(made.document)), encoding="utf-8")
    (folder / MEDIA).write_text(json.dumps(paths), encoding="utf-8")
    child.start(
        folder / TREE,
        folder / TARGET,
        media=folder / MEDIA,
        progress=folder / PROGRESS,
        seconds=settings.RENDER_SECONDS,
        megabytes=settings.RENDER_MEGABYTES,
    )


def page(made: Assembly) -> str:
    """The report as one HTML file that needs nothing beside it. Raises PictureMissingError."""
    document = _with_galleries(made)
    return standalone.render_standalone(document, media=pictures(made, document).__getitem__)


def _with_galleries(made: Assembly) -> blocks.Document:
    """The report with a gallery of all photos of each activity in its annex: for a page, where there is room for them."""
    document, references = numbering.number(made.document)
    codes = {key: reference.text for key, reference in references.items()}
    reviews = {photo_report.key_of_activity(review): review for review in made.material.reviews}

    def fitted(part: Any) -> Any:
        if not isinstance(part, blocks.Section):
            return part
        if review := reviews.get(part.key):
            return with_gallery(part, review, codes)
        return replace(part, blocks=tuple(map(fitted, part.blocks)))

    with translation.override(document.language):
        return replace(document, chapters=tuple(map(fitted, document.chapters)))


def photos(made: Assembly) -> list[str]:
    """The UUIDs of the pictures of photovoice that the report shows."""
    return sorted(
        {
            one.media
            for block in numbering.walk(made.document)
            if isinstance(block, blocks.Pictures)
            for one in block.pictures
        }
    )


def pictures(made: Assembly, document: blocks.Document | None = None) -> dict[str, bytes]:
    """The bytes of all pictures of the report by uuid, or of the `document` made from it. Raises PictureMissingError."""
    named = {partner.logo: partner.name for partner in made.material.partners if partner.logo}
    named |= {spot.plan.picture: spot.plan.title for one in made.material.sessions for spot in one.hot_spots}
    found = {str(picture.uuid): _read(picture.file, name) for picture, name in named.items()}
    photos = {str(photo.picture.uuid): photo for photo in made.material.photos.values()}
    many = len(photos) > photo_report.MOST_LARGE
    for block in numbering.walk(document or made.document):
        if isinstance(block, blocks.Pictures | blocks.Gallery):
            small = bool(block.style) if isinstance(block, blocks.Pictures) else many
            for one in block.pictures:
                media = one.media if isinstance(one, blocks.Picture) else one.picture.media
                photo = photos[media]
                # Never the title: what went wrong is kept, and a title is somebody's words.
                name = _("photo %(number)s") % {"number": photo.photo.number}
                found[media] = _read(report_photos.file_of(photo, small=small), name)
    return found


def _read(kept: FieldFile, name: str) -> bytes:
    try:
        with kept.open("rb") as file:
            return file.read()
    except (OSError, ValueError) as error:
        raise PictureMissingError(name) from error
