"""Photos in a real browser: sorted by key, shown on the big screen, blurred by drawing."""

from base64 import b64encode

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from audits import images
from audits.enums import AuditState, PictureKind, Role
from audits.participation.actions import give_consents
from audits.participation.consent import PHOTOS
from audits.participation.enums import Purpose
from photovoice.models import Photo, Placement, Remark, Vote
from tests import factories
from tests.audits.test_images import file_of, telling_exif
from tests.photovoice.conftest import jpeg
from tests.photovoice.test_photographer import as_participant

from .conftest import PHONE, axe, fits, looks, sign_in


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


@pytest.mark.parametrize("kind", ["JPEG", "HEIF"])
def test_time_of_taking_is_read_on_the_phone_before_the_picture_is_made_smaller(page, live_server, kind):
    page.goto("/accounts/login/")
    read = """async (content) => {
        const { takenAt } = await import("/static/js/exif-time.js");
        return await takenAt(new Blob([Uint8Array.from(atob(content), (one) => one.charCodeAt(0))]));
    }"""
    told, silent = (file_of(kind, (400, 300), **exif) for exif in ({"exif": telling_exif()}, {}))
    assert page.evaluate(read, b64encode(told).decode()) == "2026:10:10 11:12:13"
    assert page.evaluate(read, b64encode(silent).decode()) == ""


def at(name, activity, *more):
    return reverse(f"photovoice:{name}", args=[activity.audit.slug, activity.uuid, *more])


def test_photos_are_sorted_by_keys_and_on_the_big_screen(page, activity, console):
    sign_in(page, activity.audit.memberships.get().user)
    page.goto(at("review", activity))
    # A number outside a focused photo does nothing.
    page.keyboard.press("1")
    card = page.locator("#to-sort .photo")
    card.first.locator("h3 a").focus()
    page.keyboard.press("2")
    expect(page.locator(".toast-line")).to_contain_text("“Tram 4” is in the group “Achievements” now.")
    expect(page.locator("#left")).to_have_text("1 shown of 1")
    expect(card).to_be_focused()
    fits(page, "photos-sort")
    page.get_by_role("button", name="Undo").click()
    expect(card.first).to_be_focused()
    assert not Placement.objects.exists()

    # Somebody else puts it into another group before the next key.
    urgent = activity.guide.wrap_up_categories.get(title="Urgent")
    placed = Placement.objects.create(photo=Photo.objects.get(number=1), category=urgent)
    page.keyboard.press("2")
    expect(page.locator(".toast-line")).to_contain_text("into the group “Urgent” meanwhile")
    expect(page.locator(f'[data-slot="{urgent.uuid}"] .mini')).to_contain_text("Tram 4")
    page.keyboard.press("2")
    expect(page.locator(".toast-line")).to_contain_text("“Tram 4” is in the group “Achievements” now.")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".toast-line")).to_contain_text("“Tram 4” is in the group “Urgent” now.")
    placed.delete()
    console.clear()  # The browser complains of the status 409.

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


def phone_of_the_author(new_page, activity):
    """The phone of somebody who took all photos of the activity."""
    author = factories.ParticipantFactory(audit=activity.audit)
    purposes = (Purpose.TAKING_PART, Purpose.PHOTO_USE, Purpose.PUBLICATION)
    give_consents(
        participant=author, decisions=dict.fromkeys(purposes, True), language="en", text_version=PHOTOS.version
    )
    activity.photos.update(participant=author)
    cookie = as_participant(Client(), author).cookies[settings.SESSION_COOKIE_NAME]
    page = new_page(viewport=PHONE, has_touch=True)
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "domain": "localhost", "path": "/"}])
    return page


def test_photos_are_sorted_on_a_phone_which_says_when_there_is_no_connection(new_page, activity, console):
    activity.review_open = True
    activity.save()
    page = phone_of_the_author(new_page, activity)
    page.goto(f"/join/{activity.join_code}/photos/")
    page.get_by_role("link", name="Sort the photos").click()
    fits(page, "phone-review")
    page.get_by_role("link", name="Begin").click()
    fits(page, "phone-vote")
    page.get_by_label("What do you say about it?").fill("Always full.")
    # Another language costs nothing of it, nor does a group.
    page.locator(".langs a[lang=uk]").evaluate("link => link.click()")
    expect(page.locator("html")).to_have_attribute("lang", "uk")
    page.locator(".langs a[lang=en]").evaluate("link => link.click()")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("button", name="Urgent").tap()
    expect(page.get_by_text("“Tram 4” is in the group “Urgent” now.")).to_be_visible()
    expect(page.locator("h1")).to_have_text("المكتبة")
    page.get_by_label("What do you say about it?").fill("It closes too early.")
    page.get_by_label("Belongs to").select_option(label="Achievements")
    page.context.set_offline(True)
    page.get_by_role("button", name="Add the remark").tap()
    expect(page.locator("#no-connection")).to_be_focused()
    expect(page.get_by_label("What do you say about it?")).to_have_value("It closes too early.")
    looks(page, "phone-vote-offline")
    console.clear()
    page.context.set_offline(False)
    page.get_by_role("button", name="Add the remark").tap()
    expect(page.locator("li .pre-line").get_by_text("It closes too early.")).to_be_visible()
    assert Vote.objects.get().category.title == "Urgent"
    said = {remark.text: remark.category.title for remark in Remark.objects.all()}
    assert said == {"Always full.": "Urgent", "It closes too early.": "Achievements"}
    fits(page, "phone-vote-said")

    for _ in range(5):
        person = factories.ParticipantFactory(audit=activity.audit)
        Vote.objects.create(photo=activity.photos.first(), participant=person, category=Vote.objects.first().category)
    desk = new_page()
    sign_in(desk, activity.audit.memberships.get().user)
    desk.goto(at("review", activity))
    expect(desk.locator(".photo").first).to_contain_text("On the phones: Urgent 6")
    fits(desk, "review-with-votes")


def test_what_the_city_did_is_read_on_a_phone_in_arabic_too(new_page, activity):
    audit = activity.audit
    audit.state, audit.controller = AuditState.PUBLISHED, "Data Office\nMain Square 1, Velmora"
    audit.save()
    finding = factories.FindingFactory(audit=audit, text="At the tram stops no sign tells newcomers where lines go.")
    factories.EvidenceLinkFactory(holder=finding, app="photovoice", type="photo", source=activity.photos.first().uuid)
    recommended = factories.RecommendationFactory(audit=audit, title="Signs in five languages at all stops")
    recommended.findings.add(finding)
    for title, state in (("New signs at ten stops", "under_way"), ("A map of the lines", "done")):
        factories.MeasureFactory(audit=audit, title=title, state=state, recommendation=recommended, due="2027-05-01")
    page = phone_of_the_author(new_page, activity)
    page.goto(f"/join/{activity.join_code}/photos/")
    page.get_by_role("link", name="What the city did with it").click()
    expect(page.get_by_text("Under way, to be done by 1 May 2027")).to_be_visible()
    fits(page, "city")
    page.goto(f"/join/{activity.join_code}/city/?lang=ar")
    expect(page.get_by_text("Signs in five languages at all stops")).to_be_visible()
    fits(page, "city-ar")
