"""From an assembled report to the limited child that makes its PDF, and to the one-file web page."""

from __future__ import annotations

import json
from pathlib import Path

from django.conf import settings

from audits.models import Picture

from .assembly import Assembly
from .document import blocks, child, standalone

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
    return standalone.render_standalone(made.document, media=pictures(made).__getitem__)


def pictures(made: Assembly) -> dict[str, bytes]:
    """The bytes of all pictures of the report by uuid. Raises PictureMissingError."""
    named = {partner.logo: partner.name for partner in made.material.partners if partner.logo}
    named |= {spot.plan.picture: spot.plan.title for one in made.material.sessions for spot in one.hot_spots}
    return {str(picture.uuid): _read(picture, name) for picture, name in named.items()}


def _read(picture: Picture, name: str) -> bytes:
    try:
        with picture.file.open("rb") as file:
            return file.read()
    except (OSError, ValueError) as error:
        raise PictureMissingError(name) from error
