import uuid
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from audits import images
from audits.enums import PictureKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture(audit):
    def make(kind):
        content = BytesIO()
        Image.new("RGB", (900, 600), "red").save(content, "PNG")
        return images.keep(images.draw(SimpleUploadedFile("a.png", content.getvalue()), kind), audit=audit)

    return make


def get(client, picture, more=""):
    response = client.get(f"/pictures/{picture.uuid}/{more}")
    return response, response.content


MAY_SEE = {
    PictureKind.LOGO: {"coordinator", "facilitator", "researcher", "partner", "viewer"},
    PictureKind.PHOTO: {"coordinator", "facilitator"},
    PictureKind.PLAN: {"coordinator", "facilitator", "researcher", "partner", "viewer"},
}


@pytest.mark.parametrize("kind", PictureKind)
@pytest.mark.parametrize(
    "who", ["coordinator", "facilitator", "researcher", "partner", "viewer", "reviewer", "outsider", "anonymous"]
)
def test_picture_is_served_to_those_who_may_see_it_and_unknown_to_all_others(kind, who, picture, sign_in):
    response, _content = get(sign_in(who), picture(kind))
    assert response.status_code == (200 if who in MAY_SEE[kind] else 404)


def test_picture_can_do_nothing_in_a_browser(picture, sign_in):
    response, content = get(sign_in("coordinator"), picture(PictureKind.LOGO))
    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Content-Disposition"] == "inline"
    assert Image.open(BytesIO(content)).size == (800, 533)


def test_photo_is_kept_by_no_cache_and_a_logo_by_the_persons_own_alone(picture, sign_in):
    client = sign_in("coordinator")
    assert get(client, picture(PictureKind.PHOTO))[0]["Cache-Control"] == "no-store"
    assert get(client, picture(PictureKind.LOGO))[0]["Cache-Control"] == "private, max-age=3600"


def test_photo_has_a_small_size_and_a_logo_has_none(picture, sign_in):
    client = sign_in("facilitator")
    response, content = get(client, picture(PictureKind.PHOTO), "small/")
    assert response["Content-Type"] == "image/jpeg"
    assert Image.open(BytesIO(content)).size == (400, 267)
    assert get(client, picture(PictureKind.LOGO), "small/")[0].status_code == 404


def test_unknown_picture_is_not_found(sign_in):
    assert sign_in("coordinator").get(f"/pictures/{uuid.uuid4()}/").status_code == 404
