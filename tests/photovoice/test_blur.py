"""A blur cannot be taken back, and nothing of what was below it survives (SAFETY, "Photos")."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image, ImageDraw, ImageStat

from audits import images
from audits.images import Box
from photovoice import actions
from photovoice.enums import GivenBy, VisiblePeople
from photovoice.models import Photo
from photovoice.rights import Gap, gaps

FACE = (400, 300, 600, 500)
BOX = Box(0.4, 0.4, 0.2, 0.27)


def patterned():
    """A grey picture with a strong pattern where a face would be."""
    image = Image.new("RGB", (1000, 750), "#888888")
    draw = ImageDraw.Draw(image)
    for step in range(0, 200, 10):
        draw.line((400 + step, 300, 400 + step, 500), fill="black" if step % 20 else "white", width=8)
    target = BytesIO()
    image.save(target, "JPEG", quality=95)
    return SimpleUploadedFile("face.jpg", target.getvalue())


def detail(name):
    """How much the pixels of the face differ from each other, in a stored file."""
    with default_storage.open(name) as opened, Image.open(opened) as image:
        scale = image.width / 1000
        part = image.convert("L").crop(tuple(round(edge * scale) for edge in FACE))
        return ImageStat.Stat(part).stddev[0]


@pytest.fixture
def photo(photographer, send):
    uuid = uuid4()
    send(photographer(), photo=uuid, title="Faces", people=VisiblePeople.NONE, declared=True, file=patterned())
    return Photo.objects.select_related("picture").get(uuid=uuid)


def stored():
    return {f"pictures/{name}" for name in default_storage.listdir("pictures")[1]}


def test_no_file_with_the_old_pixels_survives(photo, member, desk, activity, django_capture_on_commit_callbacks):
    before = stored()
    assert len(before) == 2
    assert all(detail(name) > 30 for name in before)
    address = reverse("photovoice:photo-blur", args=[activity.audit.slug, activity.uuid, photo.uuid])
    with django_capture_on_commit_callbacks(execute=True):
        assert desk.post(address, {"boxes": "40 40 20 27\r\n\r\n1,5 1 2 2"}).status_code == 302
    after = stored()
    assert len(after) == 2
    assert not after & before
    assert all(detail(name) < 10 for name in after)
    photo.picture.refresh_from_db()
    assert {photo.picture.file.name, photo.picture.small.name} == after
    # The address of the picture gives the new pixels.
    large = desk.get(reverse("audits:picture", args=[photo.picture.uuid])).content
    with default_storage.open(photo.picture.file.name) as opened:
        assert large == opened.read()


def test_rest_of_the_picture_stays(photo, member):
    actions.blur(photo=photo, boxes=[Box(0.0, 0.0, 0.1, 0.1)], language="en", by=member())
    photo.picture.refresh_from_db()
    assert detail(photo.picture.file.name) > 30


def test_after_a_blur_somebody_has_to_look_again(photo, member):
    actions.blur(photo=photo, boxes=[BOX], language="en", by=member())
    photo = Photo.objects.with_rights().get(pk=photo.pk)
    assert Gap.PEOPLE_UNKNOWN in gaps(photo)
    assert photo.blurred_at is not None
    assert photo.rights.last().given_by == GivenBy.TEAM


def test_blur_that_fails_leaves_everything_as_it_was(photo, member, monkeypatch):
    before = stored()
    monkeypatch.setattr("audits.images.Picture.save", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        actions.blur(photo=photo, boxes=[BOX], language="en", by=member())
    assert stored() == before
    with pytest.raises(ValueError, match="nothing to blur"):
        images.blur(photo.picture, [])


@pytest.mark.parametrize("typed", ["", "40 25 12", "a b c d", "nan 1 2 3", "100 1 2 3", "1 1 0 5", "1 1 1 1\n1 2 3 -4"])
def test_boxes_that_cannot_be_read_get_a_sentence_and_stay_as_typed(photo, desk, activity, typed):
    before = stored()
    address = reverse("photovoice:photo-blur", args=[activity.audit.slug, activity.uuid, photo.uuid])
    answer = desk.post(address, {"boxes": typed})
    assert answer.context["form"].errors["boxes"]
    assert typed in answer.content.decode()
    assert stored() == before
