"""Photos in a report: each with its caption and credit line, in rows, and the list of whose they are."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from uuid import UUID

from django.db.models.fields.files import FieldFile
from django.utils import translation
from django.utils.translation import gettext as _

from reports.document import blocks
from reports.document.numbers import listed
from reports.document.richtext import unreferenced

from .results import Published, Review

TOGETHER = 3
PHOTO = "photo-"


def key_of(uuid: UUID) -> str:
    """Under which key the document holds a photo: `[[photo-…]]` prints its code."""
    return f"{PHOTO}{uuid}"


def file_of(photo: Published, *, small: bool = False) -> FieldFile:
    """The file of a photo, or its small size where it has one."""
    return photo.picture.small if small and photo.picture.small else photo.picture.file


def picture(photo: Published) -> blocks.Picture:
    """A photo with its caption, its credit line and what can be seen on it."""
    language = photo.title.language
    return blocks.Picture(
        key=key_of(photo.uuid),
        media=str(photo.picture.uuid),
        alt=photo.photo.alt,
        alt_language="" if photo.photo.alt_language == translation.get_language() else photo.photo.alt_language,
        credit=credit(photo),
        title=_before(typed(photo.title.text)) if photo.text.text else typed(photo.title.text),
        text=typed(photo.text.text),
        language="" if language == translation.get_language() else language,
        tall=photo.is_tall,
    )


def _before(title: str) -> str:
    """A title before a text, with a full stop where it has no mark of its own."""
    return title if title.endswith((".", "!", "?", "…", "؟", ":")) else f"{title}."


def credit(photo: Published) -> str:
    return _("Photo: %(name)s") % {"name": typed(photo.credit)} if photo.credit else _("Photo: without a name")


def gallery(
    found: Sequence[Published], *, small: bool = False, elsewhere: Collection[UUID] = ()
) -> Iterator[blocks.Pictures | blocks.Paragraph]:
    """Photos, up to three together, wide ones first; all but the first three small. Of those that stand elsewhere their
    codes."""
    there = [f"[[{key_of(one.uuid)}]]" for one in found if one.uuid in elsewhere]
    here = [one for one in found if one.uuid not in elsewhere]
    if there:
        yield blocks.Paragraph(_("In the report: %(photos)s") % {"photos": listed(there)}, style="note")
    for start in range(0, len(here), TOGETHER):
        together = sorted(here[start : start + TOGETHER], key=lambda one: one.is_tall)
        yield blocks.Pictures(tuple(picture(one) for one in together), style="row" if small or start else "")


def credits_of(review: Review, key: str, shown: Sequence[UUID]) -> Iterator[blocks.Table]:
    """Every published photo with its credit line, in the order in which they are shown."""
    places = {uuid: place for place, uuid in enumerate(shown)}
    mine = sorted((one for one in review.published if one.uuid in places), key=lambda one: places[one.uuid])
    if not mine:
        return
    rows = tuple(
        blocks.Row(
            (
                f"[[{key_of(one.uuid)}]]",
                blocks.passage(typed(one.title.text), one.title.language),
                typed(one.credit) or _("without a name"),
            )
        )
        for one in mine
    )
    yield blocks.Table(
        _("Whose photos these are"),
        (blocks.Column(_("Photo"), 14), blocks.Column(_("Title"), 52), blocks.Column(_("By"), 34)),
        rows,
        key=f"{key}-credits",
        style="tight",
        source=_("All photos are used with their authors’ permission, and for nothing that earns money."),
        short=_("Credits of the photos: %(activity)s") % {"activity": review.activity.title},
    )


def typed(text: str) -> str:
    """What somebody typed, in one line and without references."""
    return unreferenced(" ".join(text.split()))
