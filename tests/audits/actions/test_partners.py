from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from audits import images
from audits.actions import add_partner, change_partner, move_partner, remove_partner
from audits.enums import PictureKind
from audits.models import Picture
from tests.factories import AuditFactory, PartnerOrganisationFactory

pytestmark = pytest.mark.django_db


def logo():
    content = BytesIO()
    Image.new("RGB", (40, 20)).save(content, "PNG")
    return images.draw(SimpleUploadedFile("logo.png", content.getvalue()), PictureKind.LOGO)


def names(audit):
    return [partner.name for partner in audit.partner_organisations.all()]


def files(settings):
    return len(list((settings.MEDIA_ROOT / "pictures").iterdir()))


def test_organisations_stand_in_the_order_in_which_they_were_added():
    audit = AuditFactory()
    for name in ("City", "NGO", "University"):
        add_partner(audit=audit, name=name)
    assert names(audit) == ["City", "NGO", "University"]


@pytest.mark.parametrize(
    ("which", "step", "after"),
    [("b", -1, "bac"), ("b", 1, "acb"), ("a", -1, "abc"), ("c", 1, "abc")],
)
def test_move_swaps_with_the_neighbour_and_stops_at_the_ends(which, step, after):
    audit = AuditFactory()
    partners = {name: PartnerOrganisationFactory(audit=audit, name=name, position=0) for name in "abc"}
    move_partner(partner=partners[which], step=step)
    assert "".join(names(audit)) == after


def test_new_logo_takes_the_place_of_the_old_file(settings, django_capture_on_commit_callbacks):
    partner = add_partner(audit=AuditFactory(), name="NGO", logo=logo())
    old = partner.logo
    with django_capture_on_commit_callbacks(execute=True):
        change_partner(partner=partner, name="NGO 2", logo=logo())
    assert partner.name == "NGO 2"
    assert partner.logo != old
    assert files(settings) == 1


def test_renaming_keeps_the_logo(settings):
    partner = add_partner(audit=AuditFactory(), name="NGO", logo=logo())
    change_partner(partner=partner, name="NGO 2")
    assert Picture.objects.get() == partner.logo


def test_removed_logo_and_removed_organisation_leave_no_file(settings, django_capture_on_commit_callbacks):
    audit = AuditFactory()
    with django_capture_on_commit_callbacks(execute=True):
        change_partner(partner=add_partner(audit=audit, name="NGO", logo=logo()), name="NGO", without_logo=True)
        remove_partner(partner=add_partner(audit=audit, name="City", logo=logo()))
    assert names(audit) == ["NGO"]
    assert not Picture.objects.exists()
    assert files(settings) == 0
