"""Pictures come in by one way only, and nothing but pixels comes along (SAFETY, "Photos: the only way in")."""

import struct
import zlib
from datetime import datetime, timedelta, timezone
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms, ImageFile, PngImagePlugin

from audits import images
from audits.enums import PictureKind
from audits.images import MAX_BYTES
from audits.models import Picture
from audits.uploads import TooLargeFile
from tests.factories import AuditFactory
from tests.threads import at_once

GPS = 0x8825


def upload(content: bytes, name: str = "picture.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def file_of(kind: str, size=(60, 40), colour="#1f4e79", mode="RGB", **options) -> bytes:
    target = BytesIO()
    Image.new(mode, size, colour).save(target, kind, **options)
    return target.getvalue()


def telling_exif(orientation=1, taken="2026:10:10 11:12:13", offset="+03:00") -> Image.Exif:
    """What a phone writes: camera, orientation, time, place."""
    exif = Image.Exif()
    exif[0x010F] = "PhoneMaker"
    exif[0x0112] = orientation
    exif.get_ifd(0x8769).update({0x9003: taken, 0x9011: offset})
    exif.get_ifd(GPS).update({1: "N", 2: (42.0, 41.0, 50.0), 3: "E", 4: (23.0, 19.0, 18.0)})
    return exif


def refusal(content: bytes, name: str = "picture.jpg", kind=PictureKind.LOGO) -> str:
    with pytest.raises(ValidationError) as refused:
        images.draw(upload(content, name), kind)
    return refused.value.messages[0]


def read(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    image.load()
    return image


def other_colours() -> bytes:
    """A colour profile in which what is written as red is meant as green."""
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return (
        made.replace("sRGB".encode("utf-16-be"), "mine".encode("utf-16-be"))
        .replace(b"rXYZ", b"????")
        .replace(b"gXYZ", b"rXYZ")
        .replace(b"????", b"gXYZ")
    )


@pytest.mark.parametrize(("kind", "mode"), [("JPEG", "RGB"), ("PNG", "RGBA"), ("WEBP", "RGB"), ("HEIF", "RGB")])
def test_colours_are_those_that_were_meant_and_no_profile_comes_along(kind, mode):
    meant = images.draw(upload(file_of(kind, mode=mode, colour="red", icc_profile=other_colours())), PictureKind.PHOTO)
    for content in (meant.large, meant.small):
        red, green, blue = read(content).getpixel((20, 20))
        assert green > 240 > 30 > max(red, blue)
        assert "icc_profile" not in read(content).info


def test_broken_profile_costs_no_photo():
    drawn = images.draw(upload(file_of("JPEG", colour="red", icc_profile=b"broken" * 99)), PictureKind.PHOTO)
    assert read(drawn.large).getpixel((20, 20))[0] > 240


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_each_format_is_taken_in_by_its_content_whatever_the_name_says(kind):
    drawn = images.draw(upload(file_of(kind), "notes.txt"), PictureKind.PHOTO)
    assert (drawn.width, drawn.height) == (60, 40)
    assert read(drawn.large).format == "JPEG"


def test_phones_file_of_several_pictures_gives_the_first_alone():
    target = BytesIO()
    first, second = Image.new("RGB", (50, 30), "red"), Image.new("RGB", (20, 20), "blue")
    first.save(target, "MPO", save_all=True, append_images=[second])
    drawn = images.draw(upload(target.getvalue()), PictureKind.PHOTO)
    assert (drawn.width, drawn.height) == (50, 30)
    assert getattr(read(drawn.large), "n_frames", 1) == 1


@pytest.mark.parametrize("kind", ["JPEG", "HEIF", "WEBP"])
def test_photo_loses_place_camera_and_everything_but_its_pixels(kind):
    content = file_of(kind, exif=telling_exif())
    assert Image.open(BytesIO(content)).getexif().get_ifd(GPS), "the sample itself has to hold a place"
    drawn = images.draw(upload(content), PictureKind.PHOTO)
    for written in (drawn.large, drawn.small):
        result = read(written)
        assert not result.getexif()
        assert not {"exif", "xmp", "icc_profile", "comment", "photoshop"} & result.info.keys()
        assert b"PhoneMaker" not in written


@pytest.mark.parametrize("kind", ["JPEG", "HEIF", "WEBP"])
def test_photo_keeps_the_time_that_the_camera_wrote(kind):
    drawn = images.draw(upload(file_of(kind, exif=telling_exif())), PictureKind.PHOTO)
    assert drawn.taken_at == datetime(2026, 10, 10, 11, 12, 13, tzinfo=timezone(timedelta(hours=3)))


def test_photo_without_a_time_or_with_nonsense_there_has_none_and_without_an_offset_ours():
    assert images.draw(upload(file_of("JPEG")), PictureKind.PHOTO).taken_at is None
    nonsense = telling_exif(taken="yesterday")
    assert images.draw(upload(file_of("JPEG", exif=nonsense)), PictureKind.PHOTO).taken_at is None
    without_offset = telling_exif(offset="")
    assert images.draw(upload(file_of("JPEG", exif=without_offset)), PictureKind.PHOTO).taken_at.hour == 11


def test_broken_tags_do_not_cost_the_photo():
    content = bytearray(file_of("JPEG", exif=telling_exif(orientation=6)))
    start = content.index(b"Exif")
    content[start + 6 : start + 90] = bytes(range(84))
    assert images.draw(upload(bytes(content)), PictureKind.PHOTO).taken_at is None


def test_photo_taken_with_the_phone_upright_stands_upright():
    drawn = images.draw(upload(file_of("JPEG", size=(60, 40), exif=telling_exif(orientation=6))), PictureKind.PHOTO)
    assert (drawn.width, drawn.height) == (40, 60)


def test_sizes_are_1600_and_400_for_photos_and_800_for_logos_and_never_enlarged():
    large = file_of("JPEG", size=(3200, 1600))
    photo, logo = (images.draw(upload(large), kind) for kind in (PictureKind.PHOTO, PictureKind.LOGO))
    assert read(photo.large).size == (1600, 800)
    assert read(photo.small).size == (400, 200)
    assert read(logo.large).size == (800, 400)
    assert logo.small == b""
    assert read(images.draw(upload(file_of("PNG")), PictureKind.LOGO).large).size == (60, 40)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_transparent_logo_stands_on_white(mode):
    image = Image.new("RGBA", (20, 20), (255, 0, 0, 0)).convert(mode)
    target = BytesIO()
    image.save(target, "PNG", **({"transparency": 0} if mode == "P" else {}))
    logo = read(images.draw(upload(target.getvalue(), "logo.png"), PictureKind.LOGO).large)
    assert (logo.format, logo.mode) == ("PNG", "RGB")
    assert logo.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(("mode", "colour"), [("CMYK", (0, 0, 0, 0)), ("L", 255), ("1", 1)])
def test_print_and_grey_files_keep_their_colours(mode, colour):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    logo = read(images.draw(upload(file_of(kind, mode=mode, colour=colour)), PictureKind.LOGO).large)
    assert logo.getpixel((5, 5)) == (255, 255, 255)


def test_grey_of_16_bits_is_not_blown_out():
    target = BytesIO()
    Image.frombytes("I;16", (4, 4), struct.pack("<16H", *[32768] * 16)).save(target, "PNG")
    logo = read(images.draw(upload(target.getvalue()), PictureKind.LOGO).large)
    assert logo.getpixel((1, 1)) == (128, 128, 128)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "logo.svg"),
        (b"%PDF-1.7\n1 0 obj", "logo.pdf"),
        (file_of("GIF"), "logo.gif"),
        (file_of("TIFF"), "logo.tiff"),
        (file_of("BMP"), "logo.png"),
        (b"PK\x03\x04" + bytes(200), "logo.png"),
        (b"Minutes of the meeting", "logo.jpg"),
    ],
)
def test_logo_that_is_no_picture_is_refused_by_name(content, name):
    assert (
        refusal(content, name)
        == f"“{name}” is not a picture that can be taken here. Choose a JPEG, PNG, WebP or HEIC file."
    )


def test_empty_file_is_no_picture():
    assert "is not a picture" in refusal(b"")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_truncated_picture_is_refused_as_damaged_or_unknown(kind):
    whole = file_of(kind, size=(400, 300), colour="red")
    said = refusal(whole[: len(whole) // 2])
    assert "is damaged" in said or "is not a picture" in said


def test_picture_that_unpacks_to_an_enormous_one_is_refused_before_it_is_unpacked(monkeypatch):
    """200 kB of zeros for 400 million pixels, and the same with a size that Pillow only warns of."""
    monkeypatch.setattr(Image.Image, "load", lambda self: pytest.fail("pixels were loaded"))
    for side in (20_000, 12_000, 7_100):
        assert refusal(png_of(side)) == "The picture has more than 50 million pixels. Make it smaller first."


def png_of(side: int) -> bytes:
    """A PNG of side x side grey pixels whose packed rows are short."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes(side * (side // 8 + 1)), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_threads_of_a_process_unpack_one_picture_at_a_time(monkeypatch):
    drawing, inside, most = images._drawn, [], []

    def watched(*picture):
        inside.append(picture)
        most.append(len(inside))
        try:
            return drawing(*picture)
        finally:
            inside.pop()

    monkeypatch.setattr(images, "_drawn", watched)
    photo = file_of("JPEG", size=(1000, 800))
    at_once(lambda _number: images.draw(upload(photo), PictureKind.PHOTO), range(4))
    assert most == [1, 1, 1, 1]


def test_text_packed_into_a_png_is_no_bomb_either():
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "0" * 80_000_000, zip=True)
    assert "damaged" in refusal(file_of("PNG", pnginfo=notes))


def test_file_that_is_picture_and_web_page_at_once_loses_the_page():
    page = b"<!doctype html><script>alert(document.cookie)</script>PK\x03\x04"
    for kind in ("JPEG", "PNG"):
        drawn = images.draw(upload(file_of(kind) + page), PictureKind.LOGO)
        assert b"script" not in drawn.large
        assert b"PK\x03\x04" not in drawn.large


@pytest.mark.parametrize(("more", "size"), [(5_000_000, "24.8"), (1, "20.1"), (104_857, "20.1"), (104_858, "20.2")])
def test_too_large_file_is_refused_unread(more, size):
    with pytest.raises(ValidationError) as refused:
        images.draw(TooLargeFile("photo.jpg", MAX_BYTES + more), PictureKind.PHOTO)
    said = refused.value.messages[0].replace("\u00a0", " ")
    assert said == f"The file has {size} MB. At most 20 MB are possible; make the picture smaller first."


@pytest.mark.django_db
def test_taken_in_photo_is_stored_under_its_uuid_alone(settings):
    audit = AuditFactory()
    picture = images.keep(images.draw(upload(file_of("JPEG"), "Ana at home.jpg"), PictureKind.PHOTO), audit=audit)
    assert picture.file.name == f"pictures/{picture.uuid}.jpg"
    assert picture.small.name == f"pictures/{picture.uuid}-small.jpg"
    assert {path.name for path in (settings.MEDIA_ROOT / "pictures").iterdir()} == {
        f"{picture.uuid}.jpg",
        f"{picture.uuid}-small.jpg",
    }


@pytest.mark.django_db
def test_refused_file_leaves_neither_row_nor_file(settings):
    with pytest.raises(ValidationError):
        images.keep(images.draw(upload(b"no picture"), PictureKind.PHOTO), audit=AuditFactory())
    assert not Picture.objects.exists()
    assert not settings.MEDIA_ROOT.exists()


@pytest.mark.django_db
def test_picture_that_cannot_be_recorded_leaves_no_file(settings, monkeypatch):
    def fail(self, *args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(Picture, "save", fail)
    with pytest.raises(RuntimeError):
        images.keep(images.draw(upload(file_of("JPEG")), PictureKind.PHOTO), audit=AuditFactory())
    assert not list((settings.MEDIA_ROOT / "pictures").iterdir())


@pytest.mark.django_db
def test_copy_outlives_the_picture_it_was_made_from(settings, django_capture_on_commit_callbacks):
    original = images.keep(images.draw(upload(file_of("PNG")), PictureKind.LOGO), audit=AuditFactory())
    copied = images.copy(original, audit=AuditFactory())
    with django_capture_on_commit_callbacks(execute=True):
        images.discard(original)
    assert [path.name for path in (settings.MEDIA_ROOT / "pictures").iterdir()] == [f"{copied.uuid}.png"]
    with copied.file.open() as file:
        assert read(file.read()).size == (60, 40)


def test_damaged_picture_is_refused_where_the_pdf_library_has_loosened_the_check(monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    content = file_of("PNG", size=(300, 300))
    assert refusal(content[: len(content) // 2])
