"""On a phone without a connection: the sheet and the photo page open, everything is kept, and arrives once."""

import io
import os
import re
import shutil
from contextlib import suppress
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import override
from PIL import Image
from playwright.sync_api import Error, expect

from audits.dates import weekday_near
from audits.participation import language, offline
from audits.participation.actions import erase
from audits.participation.models import Change, ErasedChange, Participant
from checklists.models import Score, Sheet
from photovoice.enums import ActivityKind, ActivityState, AllowedUse, PhotoState
from photovoice.models import Photo
from tests.browser.conftest import PHONE, PROGRAMS, axe, fits, follow, looks, no_overflow, until
from tests.browser.test_sheets import JOIN, emptied, first_question, in_queue, join, ready, saved, walk  # noqa: F401
from tests.factories import ActivityFactory, PhotoThemeFactory, PhotovoiceGuideFactory

PHOTOS = "/join/8KPM3XWD/photos/"
NOTHING_KEPT = """async () => {
    const request = indexedDB.open("integra");
    const database = await new Promise((done) => (request.onsuccess = () => done(request.result)));
    const counts = ["changes", "photos", "sheets"].map((name) => database.transaction(name).objectStore(name).count());
    const numbers = await Promise.all(counts.map((one) => new Promise((done) => (one.onsuccess = () => done(one.result)))));
    database.close();
    return numbers.every((number) => number === 0);
}"""
PORTAL = "<!doctype html><title>Free Wi-Fi</title><p>Sign in to this network</p>"
PHONE_OPTIONS = {"viewport": PHONE, "has_touch": True, "is_mobile": True, "service_workers": "allow"}


@pytest.fixture
def activity(walk):  # noqa: F811
    guide = PhotovoiceGuideFactory()
    PhotoThemeFactory(guide=guide, title="Friendly city", position=1)
    return ActivityFactory(
        audit=walk.audit, guide=guide, beside=walk.join_code, join_code="8KPM3XWD", title="Our city", asks_place=True
    )


@pytest.fixture
def phone(new_page):
    return new_page(**PHONE_OPTIONS)


def kept(page, path):
    """Waits until the phone holds a copy of the page."""
    until(page, "async (path) => Boolean(await (await caches.open('integra-pages')).match(path))", arg=path)


def picture(number, size=(2000, 1500)):
    """A picture as a phone makes it, lying on its side."""
    made, target = Image.new("RGB", size, (20 * number, 90, 200 - 10 * number)), io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    made.save(target, "JPEG", exif=exif)
    return {"name": f"{number}.jpg", "mimeType": "image/jpeg", "buffer": target.getvalue()}


def pictures(count):
    return [picture(number) for number in range(count)]


def join_in_arabic(phone):
    phone.goto(JOIN)
    follow(phone.get_by_role("link", name="العربية"))
    for name in ("taking_part", "photo_use", "publication"):
        phone.locator(f"[name={name}]").check()
    phone.locator("[name=age][value=adult]").check()
    follow(phone.locator("form:has([name=taking_part]) button"))
    phone.locator("[name=kept]").check()
    follow(phone.locator("form:has([name=kept]) button"))
    ready(phone)


def fill_in_photo_words(phone, title):
    form = phone.locator("#photos")
    form.locator("[name=theme]").first.check()
    form.locator("[name=title]").fill(title)
    form.locator(f"[name=use][value={AllowedUse.INSIDE}]").check()
    form.locator("[name=declared]").check()


def score(phone, count):
    """Scores the first statements of the sheet, one after the other; returns the values."""
    values = [number % 5 + 1 for number in range(count)]
    names = phone.locator(".question").evaluate_all("rows => rows.map(row => row.querySelector('input').name)")
    for name, value in zip(names, values, strict=False):
        # As a tap does, whichever part of the sheet is open.
        phone.locator(f"input[name='{name}'][value='{value}']").evaluate("radio => radio.click()")
    return values


def test_sheet_and_photos_of_a_walk_without_a_connection_arrive_once(phone, walk, activity, console):  # noqa: F811
    join_in_arabic(phone)
    kept(phone, f"{JOIN}sheet/")
    kept(phone, PHOTOS)
    phone.context.set_offline(True)
    values = score(phone, 30)
    expect(phone.locator("[data-waiting] [data-answers] b")).to_have_text("30")
    phone.reload()
    expect(phone.locator("#count")).to_have_text("30")
    expect(phone.locator("html")).to_have_attribute("dir", "rtl")
    looks(phone, "offline-sheet-ar")
    axe(phone)
    no_overflow(phone)

    phone.goto(PHOTOS)
    fill_in_photo_words(phone, "ضوء في الليل")
    phone.locator("[name=files]").set_input_files(pictures(10))
    expect(phone.locator("#chosen li")).to_have_count(10)
    phone.locator("#photos button.btn-primary").click()
    expect(phone.locator("#photo-state")).to_have_attribute("data-state", "unsent")
    expect(phone.locator("[data-waiting] [data-photos] b")).to_have_text("10")
    phone.reload()
    expect(phone.locator("#photo-queue li")).to_have_count(10)
    looks(phone, "offline-photos-ar")
    axe(phone)
    no_overflow(phone)
    assert not Photo.objects.exists()

    phone.context.set_offline(False)
    expect(phone.locator("#photo-state")).to_have_attribute("data-state", "saved", timeout=60_000)
    emptied(phone)
    expect(phone.locator("[data-waiting]")).to_be_hidden()
    assert list(Score.objects.order_by("pk").values_list("value", flat=True)) == values
    assert Photo.objects.count() == 10
    assert Change.objects.count() == 40
    photo = Photo.objects.first()
    assert (photo.picture.width, photo.picture.height) == (1200, 1600)
    assert (photo.title, photo.language) == ("ضوء في الليل", "ar")
    console.clear()


# Cut off at any moment of sending ------------------------------------------------------------------------------

ANSWERS = {
    "aborted": lambda route: route.abort(),
    "portal": lambda route: route.fulfill(status=200, content_type="text/html", body=PORTAL),
    "nothing in it": lambda route: route.fulfill(status=200, content_type="application/json", body="{}"),
    "half of it": lambda route: route.fulfill(status=200, content_type="application/json", body='{"results": [{"uu'),
    "proxy": lambda route: route.fulfill(status=502, content_type="text/html", body="<h1>Bad gateway</h1>"),
}


def cut(answer, *, arrives):
    """Handles a request: the server gets it or not, and the phone hears something else than what was said."""

    def handle(route):
        if arrives:
            route.fetch()
        ANSWERS[answer](route)

    return handle


def test_nothing_is_lost_or_doubled_wherever_sending_is_cut_off(phone, walk, activity, console):  # noqa: F811
    join_in_arabic(phone)
    names = iter(phone.locator(".question").evaluate_all("rows => rows.map(row => row.querySelector('input').name)"))
    state = phone.locator("#save")
    for arrives in (False, True):
        for answer in ANSWERS:
            handle = cut(answer, arrives=arrives)
            phone.context.route("**/changes/", handle)
            phone.locator(f"input[name='{next(names)}'][value='4']").evaluate("radio => radio.click()")
            expect(state).to_have_attribute("data-state", "unsent")
            assert in_queue(phone) == [1, 0], answer
            phone.context.unroute("**/changes/", handle)
            phone.evaluate("dispatchEvent(new Event('online'))")
            saved(phone)
            emptied(phone)
    assert Score.objects.count() == Change.objects.count() == 10

    phone.goto(PHOTOS)
    fill_in_photo_words(phone, "أ")
    state = phone.locator("#photo-state")
    for arrives in (False, True):
        for number, answer in enumerate(ANSWERS):
            handle = cut(answer, arrives=arrives)
            phone.context.route("**/send/", handle)
            phone.locator("[name=title]").fill(f"{answer} {arrives}")
            phone.locator("#photos [name=declared]").check()
            phone.locator("[name=files]").set_input_files([picture(number + 5 * arrives, size=(40, 30))])
            expect(phone.get_by_role("listitem").filter(has=phone.locator("[data-drop]:visible"))).to_have_count(1)
            phone.locator("#photos button.btn-primary").click()
            expect(state).to_have_attribute("data-state", "unsent")
            # What is said of a photo that is on its way comes after it.
            row = phone.locator("#photo-queue li").last
            expect(row.locator("[data-drop]")).to_be_visible()
            row.locator("summary").click()
            row.locator("[data-field=text]").fill("Later words")
            phone.context.unroute("**/send/", handle)
            phone.evaluate("dispatchEvent(new Event('online'))")
            expect(state).to_have_attribute("data-state", "saved")
            emptied(phone)
            expect(phone.locator("[data-waiting]")).to_be_hidden()
    photos = Photo.objects.order_by("number")
    assert [photo.title for photo in photos] == [
        f"{answer} {arrives}" for arrives in (False, True) for answer in ANSWERS
    ]
    assert {photo.text for photo in photos} == {"Later words"}
    assert Score.objects.count() == 10
    console.clear()


def test_photo_waits_as_long_as_the_busy_server_says_and_no_longer(phone, walk, activity, console):  # noqa: F811
    join_in_arabic(phone)
    phone.goto(PHOTOS)
    fill_in_photo_words(phone, "ضوء")
    refused = []

    def busy(route):
        # By the phone's own pauses the fifth try would come after more than a minute.
        if len(refused) == 4:
            return route.continue_()
        refused.append(route)
        headers = {"Retry-After": "1", "Content-Type": "application/json"}
        return route.fulfill(status=429, headers=headers, body='{"message": "Very many photos came just now."}')

    phone.context.route("**/send/", busy)
    phone.locator("[name=files]").set_input_files([picture(1, size=(40, 30))])
    expect(phone.locator("#chosen li")).to_have_count(1)
    phone.locator("#photos button.btn-primary").click()
    expect(phone.locator("#photo-state")).to_have_attribute("data-state", "saved", timeout=60_000)
    assert len(refused) == 4
    assert Photo.objects.count() == 1
    console.clear()


def test_photo_or_answer_that_the_server_stumbles_over_keeps_no_other_back(phone, walk, activity, console):  # noqa: F811
    join_in_arabic(phone)

    def stumble(route):
        if "stumble" in (route.request.post_data_buffer or b"").decode(errors="replace"):
            return route.fulfill(status=500, content_type="text/html", body="<h1>Server error</h1>")
        return route.continue_()

    phone.context.set_offline(True)
    questions = phone.locator(".question:visible")
    questions.nth(0).locator("summary").click()
    questions.nth(0).locator("textarea").first.fill("stumble")
    for number in (1, 2):
        questions.nth(number).locator("input[value='4']").evaluate("radio => radio.click()")
    expect(phone.locator("[data-waiting] [data-answers] b")).to_have_text("3")
    phone.context.route("**/changes/", stumble)
    alone = lambda answer: answer.status == 500 and len(answer.request.post_data_json["changes"]) == 1  # noqa: E731
    with phone.expect_response(alone):
        phone.context.set_offline(False)
    phone.evaluate("dispatchEvent(new Event('online'))")
    expect(phone.locator("[data-waiting] [data-answers] b")).to_have_text("1")
    assert [score.value for score in Score.objects.all()] == [4, 4]

    phone.goto(PHOTOS)

    def too_large(route):
        if b"stumble.jpg" in route.request.post_data_buffer:
            return route.fulfill(status=413, content_type="text/html", body="<h1>Too large</h1>")
        return route.continue_()

    phone.context.route("**/send/", too_large)
    fill_in_photo_words(phone, "أ")
    phone.locator("[name=files]").set_input_files(
        [{**picture(1, size=(40, 30)), "name": "stumble.jpg"}, picture(2, size=(40, 30)), picture(3, size=(40, 30))]
    )
    expect(phone.locator("#chosen li")).to_have_count(3)
    phone.locator("#photos button.btn-primary").click()
    expect(phone.locator("[data-waiting] [data-photos] b")).to_have_text("1", timeout=20_000)
    assert Photo.objects.count() == 2
    phone.context.unroute("**/send/")
    phone.evaluate("dispatchEvent(new Event('online'))")
    expect(phone.locator("#photo-state")).to_have_attribute("data-state", "saved")
    assert Photo.objects.count() == 3
    console.clear()


@pytest.mark.parametrize("arrives", [False, True])
def test_photo_whose_sending_was_cut_off_can_be_deleted_on_the_phone(phone, walk, activity, console, arrives):  # noqa: F811
    join_in_arabic(phone)
    phone.goto(PHOTOS)
    fill_in_photo_words(phone, "أ")
    handle = cut("aborted", arrives=arrives)
    phone.context.route("**/send/", handle)
    phone.locator("[name=files]").set_input_files([picture(1)])
    phone.locator("#photos button.btn-primary").click()
    expect(phone.locator("#photo-state")).to_have_attribute("data-state", "unsent")
    assert Photo.objects.exists() == arrives
    phone.locator("#photo-queue [data-drop]").click()
    with phone.expect_response("**/photos/changes/") as answered:
        phone.locator("#photo-queue [data-really]").click()
    assert answered.value.json()["results"][0]["outcome"] == "saved"
    expect(phone.locator("#photo-queue")).to_be_hidden()
    phone.context.unroute("**/send/", handle)
    phone.reload()
    expect(phone.locator("#photo-queue")).to_be_hidden()
    assert not Photo.objects.exists()
    assert ErasedChange.objects.exists()
    console.clear()


def test_device_that_keeps_nothing_sends_photos_as_an_ordinary_form(phone, walk, activity):  # noqa: F811
    phone.add_init_script("IDBFactory.prototype.open = () => { throw new DOMException('refused'); }")
    join_in_arabic(phone)
    phone.goto(PHOTOS)
    fill_in_photo_words(phone, "ضوء")
    phone.locator("[name=files]").set_input_files([picture(1, size=(40, 30))])
    follow(phone.locator("#photos button.btn-primary"))
    expect(phone.locator("#own li")).to_have_count(1)
    assert Photo.objects.get().title == "ضوء"


def test_words_stay_in_another_language_and_the_time_in_a_smaller_photo(phone, walk, activity):  # noqa: F811
    join_in_arabic(phone)
    phone.goto(PHOTOS)
    fill_in_photo_words(phone, "ضوء")
    phone.locator(".langs a[lang=uk]").evaluate("link => link.click()")
    expect(phone.locator("html")).to_have_attribute("lang", "uk")
    form = phone.locator("#photos")
    expect(form.locator("[name=title]")).to_have_value("ضوء")
    expect(form.locator("[name=language]")).to_have_value("ar")
    expect(form.locator("[name=declared]")).to_be_checked()
    made, target, exif = Image.effect_noise((2000, 1500), 60), io.BytesIO(), Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = "2026:10:10 14:03:59"
    made.save(target, "JPEG", exif=exif)
    file = {"name": "1.jpg", "mimeType": "image/jpeg", "buffer": target.getvalue()}
    phone.locator("[name=files]").set_input_files(file)
    expect(phone.locator("#chosen li")).to_have_count(1)
    # Only where the person agrees, be it after the photos were chosen; the phone remembers it.
    expect(phone.locator("#shrink")).not_to_be_checked()
    phone.locator("#shrink").check()
    phone.reload()
    expect(phone.locator("#shrink")).to_be_checked()
    with phone.expect_request("**/photos/send/") as sent:
        form.locator("button.btn-primary").click()
    expect(phone.locator("#photo-state")).to_have_attribute("data-state", "saved")
    assert int(sent.value.header_value("content-length")) < len(file["buffer"])
    assert timezone.localtime(Photo.objects.get().picture.taken_at).hour == 14


def test_all_that_is_missing_is_said_at_once_beside_the_photos_and_the_fields(phone, walk, activity):  # noqa: F811
    join_in_arabic(phone)
    phone.goto(f"{PHOTOS}?lang=en")
    form, chosen = phone.locator("#photos"), phone.locator("#chosen li")
    large = {**picture(3), "buffer": picture(3)["buffer"] + bytes(20 * 1024 * 1024)}
    phone.locator("[name=files]").set_input_files([picture(1), picture(2), large])
    expect(phone.locator("#chosen-said")).to_contain_text("Photos chosen: 3. This photo is larger than 20 MB.")
    expect(chosen).to_have_count(3)
    chosen.first.locator("summary").click()
    chosen.first.locator("textarea").fill("x" * 700)
    form.locator("button.btn-primary").click()
    expect(form.locator(".error-summary li")).to_have_text(
        [
            re.compile("This photo is larger than 20 MB."),
            "What do we see, and why does it matter? – At most 600 characters; these are 700.",
            "Choose one of the themes.",
            "Choose where it may be shown.",
            "Tick this if it is so. Only own photos can be sent.",
        ]
    )
    expect(form.locator("[name=files]")).to_be_focused()
    theme = form.locator("fieldset:has([name=theme])")
    expect(theme).to_have_accessible_description(re.compile("Choose one of the themes."))
    fits(phone, "photos-missing")
    form.get_by_role("link", name="Choose one of the themes.").click()
    expect(theme).to_be_focused()
    fill_in_photo_words(phone, "Light")
    phone.locator("#shrink").check()
    chosen.first.locator("textarea").fill("Mine")
    expect(form.locator(".error-summary")).to_be_hidden()
    # A single tap deletes nothing; the focus stays among the photos.
    chosen.nth(1).get_by_role("button", name=re.compile("Delete.*Photo 2 on this phone, Light")).click()
    looks(phone, "photos-chosen")
    chosen.nth(1).get_by_role("button", name="Keep it").click()
    expect(chosen.nth(1).locator("[data-drop]")).to_be_focused()
    chosen.nth(1).locator("[data-drop]").click()
    chosen.nth(1).locator("[data-really]").click()
    expect(chosen).to_have_count(2)
    expect(chosen.nth(1)).to_be_focused()
    form.locator("button.btn-primary").click()
    expect(phone.locator("#photo-state")).to_have_attribute("data-state", "saved")
    assert sorted((photo.title, photo.text) for photo in Photo.objects.all()) == [("Light", ""), ("Light", "Mine")]


def test_refused_answer_and_photo_stay_until_they_are_deleted_and_stop_no_other(phone, walk, activity, console):  # noqa: F811
    join_in_arabic(phone)
    phone.context.route("**/changes/", ANSWERS["aborted"])
    questions = phone.locator(".question:visible")
    questions.nth(0).locator("summary").click()
    questions.nth(0).locator("textarea").first.fill("x" * 2100)
    questions.nth(1).locator("input[value='4']").evaluate("radio => radio.click()")
    expect(phone.locator("#save")).to_have_attribute("data-state", "unsent")
    phone.context.unroute("**/changes/", ANSWERS["aborted"])
    phone.evaluate("dispatchEvent(new Event('online'))")
    expect(phone.locator("#save")).to_have_attribute("data-state", "error")
    assert [score.value for score in Score.objects.all()] == [4]
    phone.reload()
    expect(phone.locator("[data-refused] li")).to_have_count(1)
    expect(questions.nth(0).locator("textarea").first).to_have_value("x" * 2100)
    expect(questions.nth(0).locator("[data-problem]")).to_be_visible()
    looks(phone, "refused-answer-ar")
    axe(phone)
    phone.locator("[data-refused] button").click()
    expect(phone.locator("[data-refused]")).to_be_hidden()

    phone.goto(PHOTOS)
    fill_in_photo_words(phone, "أ")
    form, place = phone.locator("#photos"), {"latitude": "48.123", "longitude": "17.456"}
    for name, value in place.items():
        form.locator(f"[name={name}]").evaluate("(field, value) => (field.value = value)", value)
    form.locator("[name=people]").select_option("none")
    fake = {"name": "page.jpg", "mimeType": "image/jpeg", "buffer": b"<html>no picture</html>"}
    phone.locator("[name=files]").set_input_files([fake, picture(1)])
    expect(phone.locator("#chosen li")).to_have_count(2)
    form.locator("button.btn-primary").click()
    expect(phone.locator("#photo-state")).to_have_attribute("data-state", "saved")
    # One was refused: not all is saved.
    expect(phone.locator("[data-undecided] b")).to_have_text("1")
    expect(phone.locator("[data-waiting]")).to_be_hidden()
    expect(phone.locator("#photo-state")).to_be_hidden()
    expect(phone.locator("#no-photos")).to_be_hidden()
    expect(phone.locator("#sent-now a")).to_be_visible()
    photo = Photo.objects.get()
    assert (str(photo.latitude), str(photo.longitude)) == tuple(place.values())
    # What was said of these photos alone is not said of the next.
    expect(form.locator("[name=latitude]")).to_have_value("")
    expect(form.locator("[data-place-set]")).to_be_visible()
    expect(form.locator("[name=people]")).to_have_value("")
    expect(form.locator("[name=declared]")).not_to_be_checked()
    expect(form.locator("[name=credit]")).to_have_value("")
    phone.reload()
    expect(phone.locator("#photo-queue li")).to_have_count(1)
    expect(phone.locator("#photo-queue [data-problem]")).to_be_visible()
    looks(phone, "refused-photo-ar")
    axe(phone)
    with phone.expect_response("**/photos/send/"):
        phone.locator("#photo-queue [data-again]").click()
    expect(phone.locator("#photo-queue [data-problem]")).to_be_visible()
    expect(phone.locator("#photo-queue li")).to_be_focused()
    phone.locator("#photo-queue [data-drop]").click()
    phone.locator("#photo-queue [data-really]").click()
    expect(phone.locator("#photo-queue")).to_be_hidden()
    emptied(phone)
    console.clear()


def test_phone_that_was_away_lets_go_of_what_was_taken_back_elsewhere(phone, walk, activity, console):  # noqa: F811
    join_in_arabic(phone)
    kept(phone, PHOTOS)
    score(phone, 3)
    saved(phone)
    phone.context.set_offline(True)
    phone.goto(PHOTOS)
    fill_in_photo_words(phone, "ضوء")
    phone.locator("[name=files]").set_input_files(pictures(1))
    expect(phone.locator("#chosen li")).to_have_count(1)
    phone.locator("#photos button.btn-primary").click()
    # It is to be sent now: the form is empty again.
    expect(phone.locator("#photo-queue li")).to_have_count(1)
    expect(phone.locator("[data-waiting] [data-photos] b")).to_have_text("1")
    phone.goto("/join/offline/")
    expect(phone.locator("[data-kept-words]")).to_be_visible()
    phone.goto(PHOTOS)
    erase(Participant.objects.get())
    phone.context.set_offline(False)
    phone.evaluate("dispatchEvent(new Event('online'))")
    expect(phone.locator("#erased")).to_be_visible()
    expect(phone.locator("#photos")).to_be_hidden()
    until(phone, NOTHING_KEPT)
    phone.reload()
    expect(phone.locator("[name=taking_part]")).to_be_visible()
    console.clear()


def test_page_of_another_person_lets_go_of_what_was_taken_back_elsewhere(phone, walk, console):  # noqa: F811
    join(phone)
    score(phone, 2)
    saved(phone)
    erase(Participant.objects.get())
    phone.goto(JOIN)
    expect(phone.locator("#erased")).to_have_text(
        "What you gave was taken back. What was kept on this phone is deleted too."
    )
    expect(phone.locator("[name=taking_part]")).to_be_visible()
    until(phone, NOTHING_KEPT)
    axe(phone)


DRAFTS = """async (module) => {
    const { photosOf } = await import(module);
    const photos = await photosOf(document.getElementById("photo-queue").dataset.owner);
    return photos.filter((photo) => !photo.ready).map((photo) => photo.words.title);
}"""
KEPT_BEFORE = """async ([module, url, ready]) => {
    const { keepPhoto, writePhoto } = await import(module);
    const { owner } = document.getElementById("photo-queue").dataset;
    const canvas = new OffscreenCanvas(40, 30);
    canvas.getContext("2d").fillRect(0, 0, 20, 30);
    const file = await canvas.convertToBlob({ type: "image/jpeg" });
    const photo = await keepPhoto({ owner, url, changes: "" }, file, "1.jpg", { title: url });
    if (ready) await writePhoto(photo.uuid, { ready });
    return photo.uuid;
}"""


def test_activity_that_takes_nothing_keeps_no_photo_of_another_back(phone, walk, activity, console):  # noqa: F811
    early = ActivityFactory(audit=walk.audit, guide=activity.guide, state=ActivityState.PLANNED)
    join_in_arabic(phone)
    phone.goto(PHOTOS)
    for code in (early.join_code, "9KPM3XWD"):
        phone.evaluate(KEPT_BEFORE, [static("js/photo-queue.js"), f"/join/{code}/photos/send/", True])
    # A draft of another activity is finished on its own page.
    phone.evaluate(KEPT_BEFORE, [static("js/photo-queue.js"), f"/join/{early.join_code}/photos/send/", False])
    back = phone.evaluate(KEPT_BEFORE, [static("js/photo-queue.js"), f"{PHOTOS}send/", True])
    ErasedChange.objects.create(uuid=back)
    fill_in_photo_words(phone, "أ")
    phone.locator("[name=files]").set_input_files([picture(1)])
    phone.locator("#photos button.btn-primary").click()
    expect(phone.locator("#photo-state")).to_have_attribute("data-state", "unsent")
    assert [photo.title for photo in Photo.objects.all()] == ["أ"]
    # One waits, one leads nowhere any more, one was taken back before, and one has arrived.
    expect(phone.locator("#photo-queue li")).to_have_count(3)
    expect(phone.locator("#photo-queue [data-problem]:visible")).to_have_count(1)
    expect(phone.locator("#photo-queue [data-drop]:visible")).to_have_count(2)
    expect(phone.locator("[data-gone]")).to_be_visible()
    assert phone.evaluate(DRAFTS, static("js/photo-queue.js")) == [f"/join/{early.join_code}/photos/send/"]
    console.clear()


def test_photo_is_sent_by_itself_when_its_activity_begins_and_is_never_a_broken_picture(phone, walk, activity, console):  # noqa: F811
    activity.kind, activity.starts = ActivityKind.CONTEST, timezone.now() + timedelta(days=2)
    activity.ends = activity.starts + timedelta(days=3)
    activity.save()
    join_in_arabic(phone)
    phone.goto(PHOTOS)
    fill_in_photo_words(phone, "الترام")
    phone.locator("[name=files]").set_input_files([picture(1)])
    kept(phone, PHOTOS)
    # Nothing that is pasted is cut off.
    phone.locator("#photos [name=title]").fill("ت" * 130)
    expect(phone.locator("#photos .invalid-feedback:visible")).to_contain_text("130")
    phone.locator("#photos button.btn-primary").click()
    expect(phone.locator("#photos [name=title]")).to_be_focused()
    phone.locator("#photos [name=title]").fill("الترام")
    expect(phone.locator("#photos .invalid-feedback:visible")).to_have_count(0)
    phone.locator("#photos button.btn-primary").click()
    with override("ar"):
        day = weekday_near(activity.starts)
    expect(phone.locator("#photo-state")).to_contain_text(day)
    looks(phone, "photo-before-the-beginning-ar")
    activity.starts = timezone.now() + timedelta(seconds=4)
    activity.save()
    phone.reload()
    expect(phone.locator("#photo-state")).to_have_attribute("data-state", "unsent")
    expect(phone.locator("#photo-queue .no-picture")).to_be_hidden()
    expect(phone.locator("#photo-state")).to_have_attribute("data-state", "saved", timeout=15_000)
    assert Photo.objects.get().state == PhotoState.IN
    # It has left the phone, and the page that the phone keeps does not show it yet.
    phone.context.set_offline(True)
    phone.reload()
    expect(phone.locator("#photo-queue .no-picture")).to_have_text("الترام")
    expect(phone.locator("#photo-queue img")).to_be_hidden()
    looks(phone, "photo-that-was-sent-ar")
    phone.context.set_offline(False)
    phone.reload()
    expect(phone.locator("#own img")).to_be_visible()
    kept(phone, PHOTOS)
    phone.context.set_offline(True)
    phone.reload()
    expect(phone.locator("#own .no-picture")).to_have_text("الترام")
    expect(phone.locator("#own img")).to_have_count(0)
    console.clear()


# The browser ends, the app changes, the phone changes hands ------------------------------------------------------


def test_browser_is_killed_and_opened_again(browser, live_server, walk, activity, tmp_path, console):  # noqa: F811
    cache.clear()
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, PROGRAMS)))

    def opened():
        context = browser.browser_type.launch_persistent_context(
            tmp_path, executable_path=program, args=["--no-sandbox", "--disable-gpu"], base_url=live_server.url,
            **PHONE_OPTIONS,
        )  # fmt: skip
        context.route("**/changes/", ANSWERS["aborted"])
        context.route("**/send/", ANSWERS["aborted"])
        return context, context.pages[0]

    context, page = opened()
    join_in_arabic(page)
    cookies = context.cookies()
    page.goto(PHOTOS)
    fill_in_photo_words(page, "أ")
    page.locator("[name=files]").set_input_files(pictures(2))
    expect(page.locator("#chosen li")).to_have_count(2)
    page.locator("#photos button.btn-primary").click()
    expect(page.locator("#photo-state")).to_have_attribute("data-state", "unsent")
    page.goto(f"{JOIN}sheet/")
    ready(page)
    values = score(page, 5)
    expect(page.locator("[data-answers] b")).to_have_text("5")
    with context.expect_event("close"), suppress(Error):
        context.new_cdp_session(page).send("Browser.crash")

    context, page = opened()
    # Session cookies of a killed browser are gone unless it restores its pages; the personal code is not the matter here.
    context.add_cookies(cookies)
    context.unroute("**/changes/")
    context.unroute("**/send/")
    page.goto(f"{JOIN}sheet/")
    saved(page)
    expect(page.locator("[data-waiting]")).to_be_hidden(timeout=20_000)
    context.close()
    assert list(Score.objects.order_by("pk").values_list("value", flat=True)) == values
    assert Photo.objects.count() == 2


def test_queue_of_an_older_version_is_moved_and_sent(phone, walk, console):  # noqa: F811
    join(phone)
    sheet = Sheet.objects.get()
    item = phone.locator(".question").first.get_attribute("data-item")
    old = {
        "url": f"{JOIN}sheet/changes/",
        "owner": str(sheet.participant.uuid),
        "device": "00000000-0000-4000-8000-000000000001",
        "sequence": 7,
        "send": True,
        "queue": [
            {"uuid": "00000000-0000-4000-8000-000000000002", "sequence": 7, "part": f"{item}@", "tried": True,
             "kind": "answer", "item": item, "place": None, "value": 3, "missing": "", "comment": "Old", "suggestion": ""}
        ],
    }  # fmt: skip
    phone.evaluate(
        "([key, record]) => localStorage.setItem(key, JSON.stringify(record))", [f"integra:changes:{sheet.uuid}", old]
    )
    phone.reload()
    saved(phone)
    assert (Score.objects.get().value, Score.objects.get().comment) == (3, "Old")
    sheet.refresh_from_db()
    assert sheet.submitted_at
    assert phone.evaluate("Object.keys(localStorage).length") == 0
    # And a later answer comes after it.
    first_question(phone).get_by_text("5", exact=True).click()
    saved(phone)
    assert Score.objects.get().value == 5


def test_new_version_takes_over_when_nothing_of_the_old_one_waits(phone, walk, console, monkeypatch):  # noqa: F811
    join(phone)
    kept(phone, f"{JOIN}sheet/")
    phone.context.route("**/changes/", ANSWERS["aborted"])
    first_question(phone).get_by_text("5", exact=True).click()
    expect(phone.locator("#save")).to_have_attribute("data-state", "unsent")
    newer = offline._worker().replace('"version": "', '"version": "newer-')
    monkeypatch.setattr(offline, "_worker", lambda: newer)
    waits = "async () => Boolean((await navigator.serviceWorker.getRegistration()).waiting)"
    phone.reload()
    until(phone, waits)
    phone.context.unroute("**/changes/", ANSWERS["aborted"])
    phone.evaluate("dispatchEvent(new Event('online'))")
    saved(phone)
    phone.reload()
    until(phone, "async () => !(await navigator.serviceWorker.getRegistration()).waiting")
    # What it had fetched for itself is still there.
    assert phone.evaluate("async () => (await caches.keys()).some((name) => name.includes('newer'))")
    assert Score.objects.get().value == 5
    console.clear()


LEAVING = """async (path) => {
    const answer = await fetch(path), worker = navigator.serviceWorker.controller;
    const owner = answer.headers.get("X-Integra"), language = answer.headers.get("Content-Language");
    const keep = async (...then) => {
      await caches.open("integra-assets-old");
      worker.postMessage({ kind: "keep", owner, assets: [], language, pages: [path] });
      for (const kind of then) worker.postMessage({ kind });
      while (await caches.has("integra-assets-old")) await new Promise((done) => setTimeout(done, 20));
    };
    // Once what the page itself has asked for is done.
    await keep();
    await keep();
    await caches.delete("integra-pages");
    await keep("forget");
}"""


def test_without_a_connection_every_way_leads_to_a_page_of_ours_and_back(phone, walk, activity, console):  # noqa: F811
    join_in_arabic(phone)
    kept(phone, f"{JOIN}sheet/")
    kept(phone, PHOTOS)
    phone.context.set_offline(True)
    # The site's other pages lie outside the worker's reach.
    phone.locator("footer a").last.click()
    expect(phone.locator("html")).to_have_attribute("lang", "ar")
    expect(phone.locator(f"[data-kept-pages] a[href$='{PHOTOS}']")).to_contain_text("Our city")
    phone.locator(f"[data-kept-pages] a[href$='{JOIN}sheet/']").click()
    expect(phone.locator("#count")).to_be_visible()
    # By the buttons too, which send a form.
    phone.locator("form[action$='/8KPM3XWD/go-on/'] button").click()
    expect(phone.locator("#photos")).to_be_visible()
    assert phone.url.endswith(PHOTOS)
    # Who was here would still be signed in: nothing is forgotten before the server has heard of it.
    phone.locator("form[action$='/leave/'] button").click()
    expect(phone.locator("[data-leave-offline]")).to_be_focused()
    axe(phone)
    phone.reload()
    expect(phone.locator("#photos")).to_be_visible()
    phone.context.set_offline(False)
    follow(phone.locator("form[action$='/leave/'] button"))
    expect(phone.locator("[name=personal_code]")).to_be_visible()
    # Nothing is kept any more, and nothing is said to be.
    phone.goto("/join/offline/")
    expect(phone.get_by_role("heading")).to_be_visible()
    expect(phone.locator("[data-kept-words]")).to_be_hidden()
    assert phone.evaluate("async () => (await (await caches.open('integra-pages')).keys()).length") == 0
    console.clear()


def test_worker_keeps_pages_of_one_person_from_our_server_alone(phone, walk, activity, console, monkeypatch):  # noqa: F811
    # However slow this machine is, the worker waits for what the server says.
    patient = offline._worker().replace("PATIENCE = 3_500", "PATIENCE = 60_000")
    monkeypatch.setattr(offline, "_worker", lambda: patient)
    code = join(phone)
    kept(phone, f"{JOIN}sheet/")
    first_question(phone).get_by_text("5", exact=True).click()
    saved(phone)
    # The kept copy is older than the answer, which is shown all the same.
    phone.context.set_offline(True)
    phone.reload()
    expect(phone.locator("#count")).to_have_text("1")
    # What was never opened is not there, and the page says so in words of ours.
    phone.goto(f"{JOIN}agreed/")
    expect(phone.get_by_role("heading", name="No connection")).to_be_visible()
    expect(phone.get_by_role("link", name="My sheet")).to_be_visible()
    looks(phone, "offline-page")
    axe(phone)
    no_overflow(phone)
    phone.context.set_offline(False)
    # The sign-in page of some network, which does not carry our mark, is no answer.
    walk.title = "New Harbour"
    walk.save()
    with monkeypatch.context() as portal:
        portal.setattr(language, "MARK", "X-Portal")
        phone.goto(f"{JOIN}sheet/")
        expect(phone.get_by_role("heading", name="Old Harbour")).to_be_visible()
    phone.goto(f"{JOIN}sheet/")
    expect(phone.get_by_role("heading", name="New Harbour")).to_be_visible()
    first_question(phone).get_by_text("4", exact=True).click()
    saved(phone)

    # A mistyped code throws nothing away.
    copies = "async () => (await (await caches.open('integra-pages')).keys()).length"
    phone.goto(JOIN)
    phone.get_by_label("Your personal code").fill("22222222")
    follow(phone.get_by_role("button", name="Show my sheet"))
    assert phone.evaluate(copies)
    # What the worker fetches while somebody leaves is not kept any more; tidying up is the last that it does.
    phone.evaluate(LEAVING, f"{JOIN}sheet/")
    assert phone.evaluate(copies) == 0

    # Somebody else on this phone never meets the sheet.
    phone.goto(f"{JOIN}sheet/")
    kept(phone, f"{JOIN}sheet/")
    phone.goto(JOIN)
    follow(phone.get_by_role("button", name="This is not my phone"))
    assert phone.evaluate(copies) == 0
    assert in_queue(phone) == [0, 0]
    phone.context.set_offline(True)
    phone.goto(f"{JOIN}sheet/")
    expect(phone.get_by_role("heading", name="No connection")).to_be_visible()
    phone.context.set_offline(False)

    phone.goto(JOIN)
    phone.get_by_label("Your personal code").fill(code)
    follow(phone.get_by_role("button", name="Show my sheet"))
    kept(phone, f"{JOIN}sheet/")
    follow(phone.get_by_role("link", name="What I agreed to"))
    follow(phone.get_by_role("link", name="Take everything back …"))
    follow(phone.get_by_role("button", name="Delete all of it"))
    assert phone.evaluate(copies) == 0
    console.clear()
