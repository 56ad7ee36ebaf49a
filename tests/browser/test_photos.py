"""Photos in a real browser: sorted by key, shown on the big screen, blurred by drawing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from playwright.sync_api import expect

from audits import images
from audits.enums import PictureKind, Role
from photovoice.models import Photo, Placement
from tests import factories
from tests.photovoice.conftest import jpeg

from .conftest import axe, fits, sign_in


@pytest.fixture
def activity(transactional_db):
    audit = factories.MembershipFactory(role=Role.FACILITATOR).audit
    activity = factories.ActivityFactory(audit=audit)
    above = factories.WrapUpCategoryFactory(guide=activity.guide, title="Deficiencies", position=1)
    factories.WrapUpCategoryFactory(guide=activity.guide, title="Urgent", position=2, parent=above)
    factories.WrapUpCategoryFactory(guide=activity.guide, title="Achievements", position=3)
    for number, words in enumerate((("Tram 4", "en"), ("المكتبة", "ar")), start=1):
        title, language = words
        upload = SimpleUploadedFile("photo.jpg", jpeg(size=(800, 600)).read())
        picture = images.keep(images.draw(upload, PictureKind.PHOTO), audit=audit)
        photo = factories.PhotoFactory(
            activity=activity, number=number, title=title, language=language, picture=picture, alt="A street"
        )
        factories.PhotoRightsFactory(photo=photo)
    return activity


def at(name, activity, *more):
    return reverse(f"photovoice:{name}", args=[activity.audit.slug, activity.uuid, *more])


def test_photos_are_sorted_by_keys_and_on_the_big_screen(page, activity):
    sign_in(page, activity.audit.memberships.get().user)
    page.goto(at("review", activity))
    # A number outside a focused photo does nothing.
    page.keyboard.press("1")
    card = page.locator("#to-sort .photo")
    card.first.focus()
    page.keyboard.press("2")
    expect(page.locator(".toast-line")).to_contain_text("“Tram 4” is in the group “Achievements” now.")
    expect(page.locator("#left")).to_have_text("1 shown of 1")
    expect(card).to_be_focused()
    fits(page, "photos-sort")
    page.get_by_role("button", name="Undo").click()
    expect(card.first).to_be_focused()
    assert not Placement.objects.exists()

    page.goto(at("show", activity))
    page.keyboard.press("1")
    expect(page.get_by_role("button", name="Urgent")).to_have_attribute("aria-pressed", "true")
    assert Placement.objects.get().photo.title == "Tram 4"
    page.keyboard.press("ArrowRight")
    expect(page.locator("h1")).to_have_text("المكتبة")
    fits(page, "photos-show")


def test_boxes_are_drawn_moved_and_blurred(page, activity):
    photo = Photo.objects.get(number=1)
    sign_in(page, activity.audit.memberships.get().user)
    page.goto(at("photo-blur", activity, photo.uuid))
    box = page.locator(".blur-picture img").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + box["height"] * 0.5)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.75)
    page.mouse.up()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowUp")
    expect(page.locator("#id_boxes")).to_have_value("21.0 50.0 20.0 24.0")
    page.get_by_role("button", name="Add a box").click()
    page.keyboard.press("Delete")
    axe(page)
    page.get_by_role("button", name="Blur for good").click()
    expect(page.get_by_text("It is blurred")).to_be_visible()
    fits(page, "photo")
    photo.refresh_from_db()
    assert photo.blurred_at is not None
    page.goto(at("gallery", activity))
    fits(page, "photos")
