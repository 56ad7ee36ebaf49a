from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from audits import uploads
from audits.models import PartnerOrganisation, Picture
from tests.factories import PartnerOrganisationFactory

pytestmark = pytest.mark.django_db


def url(audit, *more):
    return "/".join([f"/audits/{audit.slug}/partners", *map(str, more), ""])


def logo(name="logo.png", size=(200, 100)):
    content = BytesIO()
    Image.new("RGB", size).save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue())


def names(audit):
    return [partner.name for partner in audit.partner_organisations.all()]


def test_organisation_is_added_with_its_logo_and_shown(audit, sign_in):
    client = sign_in("coordinator")
    response = client.post(url(audit, "add"), {"name": "Welcome Velmora", "logo": logo()}, follow=True)
    page = response.content.decode()
    partner = audit.partner_organisations.get()
    assert "“Welcome Velmora” is on the list." in page
    assert f'src="/pictures/{partner.logo.uuid}/" alt="Logo of Welcome Velmora"' in page


def test_organisation_that_is_sent_twice_stands_once(audit, sign_in):
    client = sign_in("coordinator")
    for name in ("Welcome Velmora", "Welcome Velmora", "City of Velmora"):
        client.post(url(audit, "add"), {"name": name})
    assert names(audit) == ["Welcome Velmora", "City of Velmora"]


def test_organisation_does_not_stand_on_the_list_twice(audit, sign_in):
    client = sign_in("coordinator")
    welcome, city = (PartnerOrganisationFactory(audit=audit, name=name) for name in ("Welcome Velmora", "City"))
    PartnerOrganisationFactory(name="Of another audit")
    page = client.post(url(audit, "add"), {"name": "WELCOME velmora"}).content.decode()
    assert "“WELCOME velmora” is on the list already." in page
    assert client.post(url(audit, city.pk), {"name": "welcome Velmora"}).status_code == 200
    assert client.post(url(audit, welcome.pk), {"name": "Welcome VELMORA"}).status_code == 302
    client.post(url(audit, "add"), {"name": "Of another audit"})
    assert names(audit) == ["Welcome VELMORA", "City", "Of another audit"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            "“logo.svg” is not a picture that can be taken here. Choose a JPEG, PNG, WebP or HEIC",
        ),
        (b"", "The file is empty."),
    ],
)
def test_logo_that_is_no_picture_is_answered_beside_the_field_and_the_name_is_kept(content, said, audit, sign_in):
    data = {"name": "Welcome Velmora", "logo": SimpleUploadedFile("logo.svg", content)}
    response = sign_in("coordinator").post(url(audit, "add"), data)
    page = response.content.decode()
    assert said in page
    assert 'value="Welcome Velmora"' in page
    assert not PartnerOrganisation.objects.exists()
    assert not Picture.objects.exists()


@pytest.mark.parametrize(
    ("size", "said"),
    [((2, 2), "2 × 2 pixels would print as a blur."), ((5000, 60), "so narrow that nobody could read it in print")],
)
def test_logo_that_could_not_be_printed_is_answered_beside_the_field(size, said, audit, sign_in):
    data = {"name": "Welcome Velmora", "logo": logo(size=size)}
    page = sign_in("coordinator").post(url(audit, "add"), data).content.decode()
    assert said in page
    assert 'value="Welcome Velmora"' in page
    assert not Picture.objects.exists()


def test_logo_that_is_too_large_is_answered_beside_the_field(audit, sign_in, monkeypatch):
    monkeypatch.setattr(uploads, "MAX_BYTES", 2_600_000)
    monkeypatch.setattr("audits.images.MAX_BYTES", 2_600_000)
    data = {"name": "Welcome Velmora", "logo": SimpleUploadedFile("logo.png", bytes(3_000_000))}
    page = sign_in("coordinator").post(url(audit, "add"), data).content.decode()
    assert "At most 2.5\u00a0MB are possible" in page
    assert 'value="Welcome Velmora"' in page


def test_change_replaces_or_removes_the_logo(audit, sign_in, django_capture_on_commit_callbacks):
    client = sign_in("coordinator")
    client.post(url(audit, "add"), {"name": "NGO", "logo": logo()})
    partner = audit.partner_organisations.get()
    assert "Current logo" in client.get(url(audit, partner.pk)).content.decode()
    client.post(url(audit, partner.pk), {"name": "NGO 2", "logo": ""})
    partner.refresh_from_db()
    assert partner.name == "NGO 2"
    assert partner.logo
    client.post(url(audit, partner.pk), {"name": "NGO 2", "without_logo": "on"})
    partner.refresh_from_db()
    assert partner.logo is None


@pytest.mark.parametrize("htmx", [True, False])
def test_order_is_changed_by_buttons(htmx, audit, sign_in):
    _first, second = (PartnerOrganisationFactory(audit=audit, name=name) for name in ("City", "NGO"))
    headers = {"HX-Request": "true"} if htmx else {}
    response = sign_in("coordinator").post(url(audit, second.pk, "move"), {"step": "-1"}, headers=headers)
    assert names(audit) == ["NGO", "City"]
    if htmx:
        page = response.content.decode()
        assert "“NGO” is number 1 of 2 now." in page
        assert "<html" not in page
    else:
        assert response["Location"] == url(audit)


def test_removing_asks_first(audit, sign_in):
    partner = PartnerOrganisationFactory(audit=audit, name="NGO")
    client = sign_in("coordinator")
    assert "Remove NGO?" in client.get(url(audit, partner.pk, "remove")).content.decode()
    assert names(audit) == ["NGO"]
    client.post(url(audit, partner.pk, "remove"))
    assert names(audit) == []


def test_empty_list_says_what_it_is_for(audit, sign_in):
    assert "No partner organisations yet" in sign_in("coordinator").get(url(audit)).content.decode()


def test_list_takes_the_same_queries_for_1_and_for_3(audit, sign_in, django_assert_num_queries):
    client = sign_in("coordinator")
    for more in (1, 2):
        for _ in range(more):
            client.post(url(audit, "add"), {"name": "NGO", "logo": logo()})
        client.get(url(audit))
        with django_assert_num_queries(5):  # session, user, audit, role, organisations with their logos
            client.get(url(audit))
