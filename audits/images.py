"""The only way in for pictures (SAFETY, "Photos: the only way in").

Nothing of an uploaded file is kept but its pixels: they are drawn onto a new canvas, made smaller, and written
as a new file without metadata, so that no place, no camera, no second picture and no script comes along.
"""

from __future__ import annotations

import logging
import math
import re
import threading
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageFile, ImageFilter, ImageOps, UnidentifiedImageError
from pillow_heif import register_heif_opener

from .enums import PictureKind
from .models import Picture

if TYPE_CHECKING:
    from django.core.files import File

    from .models import Audit

log = logging.getLogger(__name__)

register_heif_opener(thumbnails=False)
# Pillow only warns of a picture that unpacks to an enormous one.
warnings.simplefilter("error", Image.DecompressionBombWarning)

# JPEG takes in MPO too, the phones' files of several JPEGs; Pillow has no entry of its own for it.
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
# For the `accept` attribute of file fields; what counts is the content.
ACCEPT = "image/jpeg,image/png,image/webp,image/heic,.heic,.heif"
MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 50_000_000
LONGEST_SIDE = {PictureKind.LOGO: 800, PictureKind.PHOTO: 1600, PictureKind.PLAN: 2400}
SMALL_SIDE = 400
# What is blurred keeps so many grains along its longer side: too few for a face or a number plate, at any size.
GRAINS = 4

# One upload after the other is unpacked in each process: the largest that is allowed takes up to 400 MB, and the threads
# of a server would have as many of them at once as phones send.
_one_at_a_time = threading.Lock()

_SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
_EXIF = 0x8769
_TAKEN, _TAKEN_OFFSET = 0x9003, 0x9011


@dataclass(frozen=True)
class Drawn:
    """A picture drawn anew and not yet stored. Sizes in pixels; `small` is empty for logos."""

    kind: PictureKind
    extension: str
    width: int
    height: int
    large: bytes
    small: bytes
    taken_at: datetime | None


def in_words(size: int) -> str:
    """A number of bytes as it is read: "20 MB", "20.1 MB"."""
    return re.sub(r"[.,٫]0\b", "", filesizeformat(size))


def _tenths_up(size: int) -> int:
    """A number of bytes, rounded up to tenths of a megabyte, as they are written."""
    tenth = 1024 * 1024 / 10
    return round(math.ceil(size / tenth) * tenth)


def check_size(upload: File) -> None:
    """Raises ValidationError, as `draw` does, for a file of too many bytes; reads nothing of it."""
    if upload.size > MAX_BYTES:
        raise ValidationError(
            _("The file has %(size)s. At most %(most)s are possible; make the picture smaller first."),
            code="too_large",
            # Rounded up: a file of a few bytes too many is not as large as the most that is possible.
            params={"size": in_words(_tenths_up(upload.size)), "most": in_words(MAX_BYTES)},
        )


def draw(upload: File, kind: PictureKind) -> Drawn:
    """Reads an uploaded file and draws its picture anew; writes nothing.

    Raises ValidationError with a sentence for the person: not a picture of FORMATS (judged by its content, never
    by its name), too many bytes or pixels, or damaged. Waits while another thread of the process draws.
    """
    # The PDF library lets Pillow take damaged files in its whole process; here they are refused in every process.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    check_size(upload)
    try:
        with _one_at_a_time, Image.open(upload, formats=FORMATS) as image:
            if image.width * image.height > MAX_PIXELS:
                raise Image.DecompressionBombError
            return _drawn(image, kind)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ValidationError(
            _("The picture has more than %(most)s million pixels. Make it smaller first."),
            code="too_many_pixels",
            params={"most": MAX_PIXELS // 1_000_000},
        ) from None
    except UnidentifiedImageError:
        raise ValidationError(
            _("“%(name)s” is not a picture that can be taken here. Choose a JPEG, PNG, WebP or HEIC file."),
            code="not_a_picture",
            params={"name": upload.name},
        ) from None
    except Exception as error:
        # What decoders raise on a broken or hostile file has no common base: struct, zlib, value, memory errors.
        log.warning("A picture could not be read: %s", type(error).__name__)
        raise ValidationError(
            _("“%(name)s” is damaged and cannot be read. Save the picture again and choose the new file."),
            code="damaged",
            params={"name": upload.name},
        ) from None


def keep(drawn: Drawn, *, audit: Audit) -> Picture:
    """Stores a drawn picture for the audit. Leaves no file behind when the row cannot be written."""
    picture = Picture(audit=audit, kind=drawn.kind, width=drawn.width, height=drawn.height, taken_at=drawn.taken_at)
    try:
        picture.file.save(f"large.{drawn.extension}", ContentFile(drawn.large), save=False)
        if drawn.small:
            picture.small.save(f"small.{drawn.extension}", ContentFile(drawn.small), save=False)
        picture.save()
    except Exception:
        _delete_files(picture)
        raise
    return picture


@contextmanager
def kept(drawn: Drawn, *, audit: Audit) -> Iterator[Callable[[], Picture]]:
    """Around a transaction that may fail: gives the function that stores the picture (`keep`) inside it.

    What it wrote is deleted again when the block ends with an error.
    """
    stored: list[Picture] = []

    def now() -> Picture:
        stored.append(keep(drawn, audit=audit))
        return stored[-1]

    try:
        yield now
    except BaseException:
        for picture in stored:
            _delete_files(picture)
        raise


def copy(picture: Picture, *, audit: Audit) -> Picture:
    """The same picture for another audit, with files of its own: either audit may go without the other's."""
    return keep(
        Drawn(
            kind=PictureKind(picture.kind),
            extension=picture.file.name.rsplit(".", 1)[-1],
            width=picture.width,
            height=picture.height,
            large=_content(picture.file),
            small=_content(picture.small) if picture.small else b"",
            taken_at=picture.taken_at,
        ),
        audit=audit,
    )


@dataclass(frozen=True)
class Box:
    """A part of a picture, in shares of its width and height from the upper left corner."""

    left: float
    top: float
    width: float
    height: float

    def pixels(self, width: int, height: int) -> tuple[int, int, int, int]:
        """The pixels that it touches, kept inside a picture of this size; one pixel at least."""
        left = min(max(math.floor(self.left * width), 0), width - 1)
        top = min(max(math.floor(self.top * height), 0), height - 1)
        right = min(max(math.ceil((self.left + self.width) * width), left + 1), width)
        bottom = min(max(math.ceil((self.top + self.height) * height), top + 1), height)
        return left, top, right, bottom


@transaction.atomic
def blur(picture: Picture, boxes: Iterable[Box]) -> None:
    """Blurs parts of a stored picture for good: both sizes are written anew under new names, and the files before are
    deleted once that is certain. The caller holds a lock on whatever the picture belongs to.

    Raises ValueError without a box, and OSError where the file cannot be read; nothing is changed then.
    """
    boxes = list(boxes)
    if not boxes:
        raise ValueError("There is nothing to blur.")
    with picture.file.open("rb") as opened, Image.open(opened, formats=FORMATS) as image:
        canvas = _on_canvas(image, max(image.size))
    for box in boxes:
        place = box.pixels(*canvas.size)
        canvas.paste(_without_detail(canvas.crop(place)), place)
    extension = picture.file.name.rsplit(".", 1)[-1]
    drawn = _sized(canvas, PictureKind(picture.kind), lossless=extension == "png")
    before = [(file.storage, file.name) for file in (picture.file, picture.small) if file]
    try:
        # The old files are still there, so the storage gives the new ones names of their own.
        picture.file.save(f"large.{extension}", ContentFile(drawn.large), save=False)
        if drawn.small:
            picture.small.save(f"small.{extension}", ContentFile(drawn.small), save=False)
        picture.save(update_fields=["file", "small"])
    except Exception:
        for file in (picture.file, picture.small):
            if file and (file.storage, file.name) not in before:
                file.storage.delete(file.name)
        raise

    def forget() -> None:
        for storage, name in before:
            storage.delete(name)

    transaction.on_commit(forget)


def _without_detail(part: Image.Image) -> Image.Image:
    """The part as a few grains of mean colour, softened: what is averaged away cannot be worked out again."""
    longest = max(part.size)
    grains = (max(1, GRAINS * part.width // longest), max(1, GRAINS * part.height // longest))
    coarse = part.resize(grains, Image.Resampling.BOX).resize(part.size, Image.Resampling.BICUBIC)
    return coarse.filter(ImageFilter.GaussianBlur(longest / GRAINS / 4))


def discard(picture: Picture) -> None:
    """Deletes a picture, and its files once that is certain."""
    picture.delete()
    transaction.on_commit(lambda: _delete_files(picture))


def _drawn(image: Image.Image, kind: PictureKind) -> Drawn:
    lossless = kind is not PictureKind.PHOTO and image.format in ("PNG", "WEBP")
    taken_at = _taken_at(image) if kind is PictureKind.PHOTO else None
    return _sized(_on_canvas(image, LONGEST_SIDE[kind]), kind, lossless=lossless, taken_at=taken_at)


def _sized(large: Image.Image, kind: PictureKind, *, lossless: bool, taken_at: datetime | None = None) -> Drawn:
    """The sizes in which a picture of this kind is kept."""
    small = b""
    if kind is PictureKind.PHOTO:
        smaller = large.copy()
        smaller.thumbnail((SMALL_SIDE, SMALL_SIDE))
        small = _written(smaller, lossless)
    return Drawn(
        kind=kind,
        extension="png" if lossless else "jpg",
        width=large.width,
        height=large.height,
        large=_written(large, lossless),
        small=small,
        taken_at=taken_at,
    )


def _on_canvas(image: Image.Image, longest: int) -> Image.Image:
    """The pixels on a new white canvas, upright, at most `longest` pixels in each direction."""
    # A JPEG is unpacked at the smallest scale that is large enough: one of 12 megapixels into a quarter of the memory.
    image.draft(None, tuple(math.ceil(side * longest / max(image.size)) for side in image.size))
    see_through = image.has_transparency_data
    profile = image.info.get("icc_profile", b"") if image.mode in ("RGB", "RGBA", "P") else b""
    mode = "RGBA" if see_through else "RGB"
    if image.mode.startswith("I;16"):
        image = image.point(lambda value: value / 256).convert("L")
    if image.mode != mode:
        image = image.convert(mode)
    image.thumbnail((longest, longest), reducing_gap=1.0)
    if profile:
        image = _in_srgb(image, profile)
    try:
        image = ImageOps.exif_transpose(image)
    except Exception as error:
        # A broken tag must not cost the photo; it may lie on its side.
        log.info("An orientation could not be read: %s", type(error).__name__)
    canvas = Image.new("RGB", image.size, "white")
    canvas.paste(image, mask=image.getchannel("A") if see_through else None)
    return canvas


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """The picture in the colours that everything shows which has no profile: most phones photograph in wider ones."""
    try:
        own = ImageCms.getOpenProfile(BytesIO(profile))
        if own.profile.xcolor_space != "RGB " or "sRGB" in (own.profile.profile_description or ""):
            return image
        return ImageCms.profileToProfile(image, own, _SRGB) or image
    except Exception as error:
        # A broken profile must not cost the photo; its colours may be paler.
        log.info("A colour profile could not be read: %s", type(error).__name__)
        return image


def _written(image: Image.Image, lossless: bool) -> bytes:
    target = BytesIO()
    if lossless:
        image.save(target, "PNG", optimize=True)
    else:
        image.save(target, "JPEG", quality=88, optimize=True, progressive=True)
    return target.getvalue()


def _taken_at(image: Image.Image) -> datetime | None:
    """When the camera says the photo was taken; None where it says nothing that can be read."""
    try:
        details = image.getexif().get_ifd(_EXIF)
        taken = datetime.strptime(str(details.get(_TAKEN)), "%Y:%m:%d %H:%M:%S")
        offset = str(details.get(_TAKEN_OFFSET, "")).strip("\0 ")
        return datetime.strptime(f"{taken} {offset}", "%Y-%m-%d %H:%M:%S %z") if offset else timezone.make_aware(taken)
    except Exception:
        # A broken tag must not cost the photo.
        return None


def _content(file) -> bytes:
    with file.open("rb") as opened:
        return opened.read()


def _delete_files(picture: Picture) -> None:
    for file in (picture.file, picture.small):
        if file:
            file.storage.delete(file.name)
