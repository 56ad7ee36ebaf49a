"""A participant's pages for photos work without script and lose nothing (issue of photovoice; SAFETY, "Nothing lost")."""

import json
import time
import zipfile
from contextlib import ExitStack
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audits.dates import span, weekday_near
from audits.participation import receipts, session
from audits.participation.actions import consents_of, erase, give_consents, reserve
from audits.participation.enums import Purpose
from audits.participation.models import Change, Consent, ErasedChange, Participant
from photovoice import participant_data
from photovoice.enums import ActivityKind, ActivityState, AllowedUse, PhotoSource, PhotoState, VisiblePeople
from photovoice.models import Photo
from photovoice.rights import standing
from photovoice.views import deliveries
from tests import factories
from tests.photovoice.conftest import jpeg
from tests.photovoice.incoming import words_of
from tests.stored import everything_stored


def as_participant(client, participant):
    kept = client.session
    kept[session.KEY] = {"uuid": str(participant.uuid), "since": int(time.time())}
    kept.save()
    return client


class OwnPages(Client):
    """The browser of somebody who sends own pages alone."""

    def __init__(self, participant):
        super().__init__()
        self.owner = {"owner": str(participant.uuid)}
        as_participant(self, participant)

    def post(self, path, data=None, **of):
        return super().post(path, {**self.owner, **(data or {})}, **of)


@pytest.fixture
def author(photographer):
    return photographer()


@pytest.fixture
def phone(author):
    return as_participant(Client(), author)


@pytest.fixture
def home(activity):
    return f"/join/{activity.join_code}/photos/"


@pytest.fixture
def words(activity, author):
    """A complete form without its files."""
    theme = activity.guide.themes.get(key="friendly")
    return {
        "sending": str(uuid4()),
        "owner": str(author.uuid),
        "title": "محطة الترام",
        "text": "No sign tells where it goes.",
        "language": "ar",
        "theme": str(theme.uuid),
        "people": VisiblePeople.NONE,
        "use": AllowedUse.REPORT,
        "credit": "Samira O.",
        "declared": "on",
    }


def loaded(**of):
    return Photo.objects.with_rights().get(**of)


# Pages without script ----------------------------------------------------------------------------------------


def test_several_photos_share_the_words_and_pressing_twice_sends_them_once(phone, home, words, activity):
    for _press in range(2):
        files = {"camera": jpeg("#aa0000"), "files": [jpeg("#00aa00"), jpeg("#0000aa")]}
        assert phone.post(home, {**words, **files}).url == home
    assert activity.photos.count() == 3
    photo = loaded(number=2)
    assert (photo.title, photo.language, photo.theme.key) == (words["title"], "ar", "friendly")
    assert (photo.source, standing(photo).credit) == (PhotoSource.PHONE, "Samira O.")
    page = phone.get(home)
    assert "counts" in page.content.decode()
    # Where it may be shown, and the name, are as with the photo before.
    assert page.context["form"]["credit"].value() == "Samira O."
    assert page.context["form"]["use"].value() == AllowedUse.REPORT


def test_what_is_missing_is_said_at_its_field_and_no_word_is_lost(phone, home, words, activity):
    lacking = {**words, "use": "", "declared": "", "theme": "", "credit": ""}
    page = phone.post(home, {**{key: value for key, value in lacking.items() if value}, "files": [jpeg()]})
    form = page.context["form"]
    assert set(form.errors) == {"theme", "use", "declared", "files"}
    assert "files cannot be kept" in str(form.errors["files"])
    # On a small screen without script it is read at once.
    begins = page.content.decode().split("<h1")[1]
    assert begins.index('id="errors"') < begins.index("What to photograph")
    assert [field.name for field in form if field.errors] == ["files", "theme", "use", "declared"]
    assert words["text"] in page.content.decode()
    # What is too long is told and stays: a browser would cut it off without a word.
    page = phone.post(home, {**words, "title": "ت" * 130, "files": [jpeg()]})
    assert "these are 130" in str(page.context["form"].errors["title"])
    assert "ت" * 130 in page.content.decode()
    assert "maxlength" not in page.content.decode()
    assert "A few words, in any language. At most 120 characters." in page.content.decode()
    assert not activity.photos.exists()


def test_photos_that_are_together_too_large_cost_no_word(phone, home, words, activity, monkeypatch):
    assert "At most 10 photos at once, together 200\xa0MB" in phone.get(home).content.decode()
    monkeypatch.setattr("photovoice.forms.photos.PhotoFilesHandler.max_request_bytes", 1000)
    answer = phone.post(home, {**words, "files": [jpeg()]})
    assert answer.status_code == 413
    page = answer.content.decode()
    for said in ("too large to be sent at once", words["text"], "Your words are still on this page"):
        assert said in page
    assert "Choose a photo, or take one." not in page.split('id="photo-queue"')[0]
    assert not activity.photos.exists()


def test_file_that_is_no_picture_blocks_no_other(phone, home, words, activity):
    files = [SimpleUploadedFile("notes.jpg", b"%PDF-1.7"), jpeg()]
    page = phone.post(home, {**words, "files": files})
    assert "notes.jpg" in str(page.context["form"].errors["files"])
    assert "1 photo is sent. picture.jpg" in page.content.decode()
    assert activity.photos.count() == 1
    # When all are chosen again, what has arrived comes no second time.
    sending = page.context["form"]["sending"].value()
    phone.post(home, {**words, "sending": sending, "files": [jpeg("#00aa00", "notes.jpg"), jpeg()]})
    assert activity.photos.count() == 2
    page = phone.post(home, {**words, "title": "Another", "files": [jpeg()]})
    assert page.context["form"].errors["files"][0].startswith("picture.jpg: ")
    assert activity.photos.count() == 2


def test_without_consent_the_page_asks_for_it_first(activity, photographer, words, home):
    participant = photographer(Purpose.TAKING_PART)
    client = as_participant(Client(), participant)
    page = client.get(home).content.decode()
    assert "First decide about your photos" in page
    assert 'name="files"' not in page
    answer = client.post(home, {**words, "owner": str(participant.uuid), "files": [jpeg()]})
    assert answer.status_code == 409
    agreed = client.get(f"/join/{activity.join_code}/agreed/").content.decode()
    assert 'name="photo_use"' in agreed
    assert "Go on to my photos" in agreed


def test_page_of_somebody_else_on_a_shared_phone_sends_nothing(phone, home, words, photographer):
    answer = phone.post(home, {**words, "owner": str(photographer().uuid), "files": [jpeg()]})
    assert answer.status_code == 403
    assert not Photo.objects.exists()


def test_who_has_nothing_published_need_not_choose_where_it_is_shown(phone, home, activity, photographer):
    assert not phone.get(home).context["form"]["use"].value()
    inside = OwnPages(photographer(Purpose.TAKING_PART, Purpose.PHOTO_USE)).get(home)
    assert inside.context["form"]["use"].value() == AllowedUse.INSIDE


def test_forty_are_the_most(phone, home, words, author, activity, monkeypatch):
    monkeypatch.setattr("photovoice.views.photographer.MOST_PHOTOS", 2)
    factories.PhotoFactory.create_batch(2, activity=activity, participant=author)
    assert 'name="files"' not in phone.get(home).content.decode()


@pytest.mark.parametrize("state", [ActivityState.PLANNED, ActivityState.CLOSED])
def test_page_says_before_and_after_what_becomes_of_photos(phone, home, words, activity, state):
    activity.state = state
    activity.save()
    page = phone.get(home).content.decode()
    if state == ActivityState.PLANNED:
        assert "It has not begun yet" in page
        # A phone may keep this page until it has.
        assert 'name="files"' in page
        assert phone.post(home, {**words, "files": [jpeg()]}).status_code == 409
    else:
        assert "It is over" in page
        phone.post(home, {**words, "files": [jpeg()]})
        assert activity.photos.get().state == PhotoState.LATE
        assert "waits for a decision" in phone.get(home).content.decode()


def test_place_is_asked_only_where_offered(phone, home, words, activity):
    factories.CityPlanFactory(audit=activity.audit)
    place = {"latitude": "42.69773", "longitude": "23.32187", "x": "25", "y": "50"}
    phone.post(home, {**words, **place, "files": [jpeg()]})
    photo = activity.photos.get()
    assert (photo.latitude, photo.plan_x) == (None, None)
    activity.asks_place = True
    activity.save()
    page = phone.get(home)
    assert "geolocation=(self)" in page.headers["Permissions-Policy"]
    phone.post(home, {**words, **place, "sending": str(uuid4()), "files": [jpeg()]})
    photo = activity.photos.latest("number")
    assert [str(value) for value in (photo.latitude, photo.longitude)] == ["42.698", "23.322"]
    assert (float(photo.plan_x), float(photo.plan_y)) == (0.25, 0.5)
    # Correcting the words leaves the place alone.
    form = phone.get(f"{home}{photo.uuid}/").context["form"]
    said = {name: str(form[name].value()) for name in ("latitude", "longitude", "x", "y")}
    phone.post(f"{home}{photo.uuid}/", {**words, **said, "sending": str(uuid4()), "title": "Stop"})
    photo.refresh_from_db()
    assert (photo.title, str(photo.latitude), float(photo.plan_y)) == ("Stop", "42.698", 0.5)


def test_photo_is_changed_and_taken_back_by_its_author_alone(phone, home, words, activity, photographer):
    phone.post(home, {**words, "files": [jpeg()]})
    photo = activity.photos.get()
    somebody = photographer()
    other, theirs = OwnPages(somebody), {"owner": str(somebody.uuid)}
    address = f"{home}{photo.uuid}/"
    changed = {**words, "sending": str(uuid4()), "title": "Tram 4", "credit": ""}
    assert other.post(address, {**changed, **theirs}).status_code == 404
    assert phone.post(address, changed).url == home
    photo = loaded(pk=photo.pk)
    assert (photo.title, standing(photo).anonymous) == ("Tram 4", True)
    other.post(f"{address}take-back/")
    assert activity.photos.exists()
    assert "Delete this photo" in phone.get(f"{address}take-back/").content.decode()
    for left_open in ("", "take-back/"):
        page = phone.post(f"{address}{left_open}", {**changed, "title": "Hers", **theirs}, follow=True)
        assert "That page was somebody else’s" in page.content.decode()
    assert activity.photos.get().title == "Tram 4"
    phone.post(f"{address}take-back/", {"owner": words["owner"]})
    assert not activity.photos.exists()


def test_own_picture_is_shown_as_nothing_but_a_picture(phone, home, words, activity, photographer):
    phone.post(home, {**words, "files": [jpeg()]})
    address = f"{home}{activity.photos.get().uuid}/small/"
    answer = phone.get(address)
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert as_participant(Client(), photographer()).get(address).status_code == 404


@pytest.mark.parametrize("photos", [1, 12])
def test_page_asks_the_database_as_often_for_many_photos(
    phone, home, author, activity, photos, django_assert_num_queries
):
    for photo in factories.PhotoFactory.create_batch(photos, activity=activity, participant=author):
        factories.PhotoRightsFactory(photo=photo)
    with django_assert_num_queries(19):
        phone.get(home)


# What scripts send -------------------------------------------------------------------------------------------


@pytest.fixture
def send_to(home, author):
    def make(client, **more):
        said = {"uuid": str(uuid4()), "sequence": 1, "device": str(uuid4()), "owner": str(author.uuid), "file": jpeg()}
        return client.post(f"{home}send/", {**said, **more})

    return make


def only(answer):
    [result] = answer.json()["results"]
    return answer.status_code, result["outcome"]


def test_script_sends_a_photo_once_and_hears_what_became_of_it(phone, send_to, activity):
    uuid, device = str(uuid4()), str(uuid4())
    details = {"title": "Stop", "declared": "on", "anonymous": "on", "people": "none", "use": "all"}
    assert only(send_to(phone, uuid=uuid, device=device, **details)) == (200, "saved")
    assert only(send_to(phone, uuid=uuid, device=device, **details)) == (200, "repeat")
    assert only(send_to(phone, uuid=uuid, device=device, **{**details, "title": "Other"})) == (409, "conflict")
    assert only(send_to(phone, title="x" * 200)) == (200, "refused")
    assert only(send_to(phone, file=SimpleUploadedFile("a.jpg", b"<svg>"))) == (200, "refused")
    photo = loaded(uuid=uuid)
    assert (photo.title, standing(photo).use, standing(photo).anonymous) == ("Stop", AllowedUse.ALL, True)
    assert activity.photos.count() == 1


def test_script_that_cannot_be_taken_hears_why_in_json(phone, send_to, author, photographer, activity, monkeypatch):
    assert send_to(phone, uuid="none").status_code == 400
    for client, more in ((Client(), {}), (phone, {"owner": str(photographer().uuid)})):
        answer = send_to(client, **more)
        assert (answer.status_code, answer.json()["code_needed"]) == (403, True)
    # Deleted: the phone tells its owner, and does not try for ever.
    gone = phone.post(reverse("photographer:send", args=["9KPM3XWD"]))
    assert (gone.status_code, bool(gone.json()["message"])) == (410, True)
    strict = as_participant(Client(enforce_csrf_checks=True), author)
    answer = send_to(strict)
    assert answer.status_code == 403
    assert "load the page again" in answer.json()["message"]
    monkeypatch.setattr("audits.images.MAX_BYTES", 10)
    monkeypatch.setattr("photovoice.views.deliveries.MAX_BYTES", 10)
    assert only(send_to(phone)) == (413, "refused")
    give_consents(participant=author, decisions={Purpose.PHOTO_USE: False}, language="en")
    answer = send_to(phone)
    assert (answer.status_code, "results" in answer.json()) == (403, False)
    assert not Photo.objects.exists()


def test_script_hears_which_words_are_too_long(phone, send_to, activity):
    [said] = send_to(phone, title="x" * 130).json()["results"]
    assert said["message"] == "Title – At most 120 characters; these are 130."
    assert not activity.photos.exists()


def test_photo_before_the_beginning_hears_when_it_is_and_comes_back_then(phone, send_to, activity):
    activity.kind, activity.starts = ActivityKind.CONTEST, timezone.now() + timedelta(days=2)
    activity.ends = activity.starts + timedelta(days=3)
    activity.save()
    answer = send_to(phone)
    assert f"It begins on {weekday_near(activity.starts)} at" in answer.json()["message"]
    assert (answer.status_code, int(answer["Retry-After"])) == (403, pytest.approx(2 * 24 * 60 * 60, abs=60))
    # Nobody knows when the team opens what should have begun.
    activity.state, activity.starts = ActivityState.PLANNED, timezone.now() - timedelta(hours=1)
    activity.save()
    answer = send_to(phone)
    assert (answer.status_code, "Retry-After" in answer) == (403, False)


@pytest.mark.parametrize("arrived", [True, False])
def test_photo_that_is_deleted_on_the_phone_while_it_is_on_its_way_is_not_here_afterwards(
    phone, home, send_to, author, activity, arrived
):
    uuid, device = str(uuid4()), str(uuid4())
    if arrived:
        send_to(phone, uuid=uuid, device=device)
    change = {"uuid": str(uuid4()), "sequence": 5, "kind": "take_back", "photo": uuid}
    delivery = {"sheet": str(author.uuid), "device": device, "changes": [change]}
    for _time in range(2):
        answer = phone.post(f"{home}changes/", json.dumps(delivery), content_type="application/json")
        assert only(answer) == (200, "saved")
    assert only(send_to(phone, uuid=uuid, device=device)) == (200, "gone")
    assert not Photo.objects.exists()


def test_words_of_a_photo_that_was_taken_back_leave_the_phone(phone, home, send_to, author):
    uuid, device = str(uuid4()), str(uuid4())
    change = {"uuid": str(uuid4()), "sequence": 5, "kind": "details", "photo": uuid, "title": "Later words"}
    delivery = {"sheet": str(author.uuid), "device": device, "changes": [change]}
    sent = {"path": f"{home}changes/", "data": json.dumps(delivery), "content_type": "application/json"}
    assert only(phone.post(**sent)) == (200, "refused")
    send_to(phone, uuid=uuid, device=device)
    phone.post(f"{home}{uuid}/take-back/", {"owner": author.uuid})
    answer = phone.post(**sent)
    assert only(answer) == (200, "gone")
    assert "taken back" in answer.json()["results"][0]["message"]


@pytest.mark.parametrize("first", [True, False])
def test_photo_that_is_sent_again_is_known_though_places_are_asked_for_or_not_any_more(phone, send_to, activity, first):
    said = {"uuid": str(uuid4()), "device": str(uuid4()), "latitude": "42.698", "longitude": "23.322"}
    outcomes = []
    for asks in (first, not first):
        activity.asks_place = asks
        activity.save()
        outcomes.append(only(send_to(phone, **said))[1])
    assert outcomes == ["saved", "repeat"]
    assert (activity.photos.get().latitude is not None) == first
    assert ("42.698" in everything_stored()) == first


def test_time_that_the_phone_read_before_it_made_a_photo_smaller_is_kept(phone, home, send_to):
    uuid = uuid4()
    send_to(phone, uuid=str(uuid), taken="2026:10:10 14:03:59")
    taken = timezone.localtime(loaded(uuid=uuid).picture.taken_at)
    assert (taken.hour, taken.minute) == (14, 3)
    assert only(send_to(phone, uuid=str(uuid4()), taken="yesterday")) == (200, "saved")


def test_photo_that_was_taken_back_does_not_come_back(phone, home, send_to, author, activity):
    uuid, device = str(uuid4()), str(uuid4())
    send_to(phone, uuid=uuid, device=device)
    phone.post(f"{home}{uuid}/take-back/", {"owner": author.uuid})
    assert only(send_to(phone, uuid=uuid, device=device)) == (200, "gone")
    assert not activity.photos.exists()


def test_one_person_sends_not_more_than_the_limit_in_ten_minutes(phone, send_to, monkeypatch):
    monkeypatch.setattr("audits.participation.limits.PHOTO", {"participant": (1, 600), "occasion": (100, 600)})
    assert only(send_to(phone)) == (200, "saved")
    answer = send_to(phone)
    assert (answer.status_code, "results" in answer.json()) == (429, False)


def test_photo_comes_a_little_later_while_the_server_is_busy_with_others(phone, send_to, monkeypatch):
    monkeypatch.setattr("audits.participation.limits.PHOTO", {"participant": (1, 600), "occasion": (1, 600)})
    with ExitStack() as others:
        for _place in range(deliveries.AT_ONCE):
            others.enter_context(deliveries._room)
        answer = send_to(phone)
        assert (answer.status_code, "results" in answer.json()) == (429, False)
        assert int(answer.headers["Retry-After"]) > 0
    # Nothing of it counted as a try.
    assert only(send_to(phone)) == (200, "saved")


def test_photo_that_is_refused_leaves_its_place_to_the_next(phone, send_to):
    for _photo in range(deliveries.AT_ONCE + 1):
        assert only(send_to(phone, file=SimpleUploadedFile("notes.jpg", b"%PDF-1.7"))) == (200, "refused")


def test_script_corrects_photos_that_have_arrived(phone, home, send_to, author):
    uuid = str(uuid4())
    send_to(phone, uuid=uuid, title="First")
    change = {"kind": "details", "uuid": str(uuid4()), "sequence": 2, "photo": uuid, "title": "Second"}
    unreadable = {**change, "uuid": str(uuid4()), "photo": "none"}

    def deliver(owner):
        body = {"sheet": str(owner), "device": str(uuid4()), "changes": [unreadable, change]}
        return phone.post(f"{home}changes/", json.dumps(body), content_type="application/json")

    assert deliver(uuid4()).json()["code_needed"] is True
    answer = deliver(author.uuid)
    assert [one["outcome"] for one in answer.json()["results"]] == ["refused", "saved"]
    assert Photo.objects.get().title == "Second"


# Joining, and the walk beside --------------------------------------------------------------------------------


@pytest.mark.parametrize(("begins", "says"), [(1, "from the first day on"), (-20, "The last day is past")])
def test_joining_page_of_a_contest_tells_its_period_and_not_one_day(client, activity, begins, says):
    activity.kind, activity.state = ActivityKind.CONTEST, ActivityState.PLANNED
    activity.starts = timezone.now() + timedelta(days=begins)
    activity.ends = activity.starts + timedelta(days=13)
    activity.save()
    page = client.get(f"/join/{activity.join_code}/").content.decode()
    assert span(activity.starts, activity.ends) in page
    assert says in page
    assert "on the day itself" not in page


def test_joining_page_tells_when_where_and_how_long(client, activity):
    activity.starts = timezone.now().replace(hour=10, minute=0)
    activity.ends = activity.starts + timedelta(hours=3)
    activity.meeting_point, activity.final_point = "Town hall square", "Library, room 2"
    activity.save()
    page = words_of(client.get(f"/join/{activity.join_code}/"))
    for said in (
        span(activity.starts, activity.ends),
        "How long 3 hours",
        "We meet here Town hall square",
        "At the end we meet here Library, room 2",
    ):
        assert said in page


def test_one_joining_serves_the_walk_and_its_photos(client, activity):
    walk = factories.CityWalkFactory(audit=activity.audit)
    activity.beside = walk.join_code
    activity.save()
    page = client.get(f"/join/{activity.join_code}/").content.decode()
    assert "Who sees my photos?" in page
    sent = dict.fromkeys(["taking_part", "photo_use", "publication"], "on") | {"age": "adult"}
    client.post(f"/join/{walk.join_code}/", sent)
    participant = Participant.objects.get()
    assert Purpose.PHOTO_USE in consents_of(participant)
    to_photos = f'action="/join/{activity.join_code}/go-on/"'
    for address in ("sheet/", "agreed/"):
        assert to_photos in client.get(f"/join/{walk.join_code}/{address}").content.decode()
    page = client.get(f"/join/{activity.join_code}/photos/").content.decode()
    assert "To my sheet of the walk" in page
    assert 'name="files"' in page
    # What one scored can be read again once the walk is over.
    walk.state = "closed"
    walk.save()
    assert "To my sheet of the walk" in client.get(f"/join/{activity.join_code}/photos/").content.decode()


def test_walk_with_two_activities_beside_it_and_the_poster_of_one_lead_to_all(client, activity):
    walk = factories.CityWalkFactory(audit=activity.audit)
    second = factories.ActivityFactory(audit=activity.audit, guide=activity.guide, beside=walk.join_code)
    activity.beside = walk.join_code
    activity.save()
    sent = dict.fromkeys(["taking_part", "quotation", "photo_use", "publication"], "on") | {"age": "adult"}
    longest = Consent._meta.get_field("text_version").max_length
    for code in (walk.join_code, second.join_code):
        phone = Client()
        phone.post(f"/join/{code}/", sent)
        participant = Participant.objects.latest("pk")
        assert {len(one.text_version) <= longest for one in participant.consents.all()} == {True}
        # The sheet is there before anybody asks for it: a phone keeps it from the first page on.
        assert phone.get(f"/join/{walk.join_code}/sheet/").status_code == 200
        page = phone.get(f"/join/{second.join_code}/photos/").content.decode()
        assert f'data-keep="/join/{walk.join_code}/sheet/"' in page


# On behalf of somebody without a phone -----------------------------------------------------------------------


@pytest.fixture
def behalf(activity):
    return f"/audits/{activity.audit.slug}/photos/{activity.uuid}/on-behalf/"


def test_team_enters_a_signed_paper_and_sends_for_the_person(desk, behalf, activity, words):
    paper = {"taking_part": "on", "language": "uk", "age_band": "65_up"}
    refused = desk.post(behalf, paper)
    assert list(refused.context["form"].errors) == ["photo_use"]
    address = desk.post(behalf, {**paper, "photo_use": "on"}).url
    participant = Participant.objects.latest("pk")
    assert (participant.language, participant.age_band) == ("uk", "65_up")
    assert all(consent.on_paper for consent in participant.consents.all())
    page = desk.get(address)
    code = page.context["personal_code"]
    assert code in page.content.decode()
    assert desk.get(f"{address}code/").headers["Content-Type"] == "image/png"
    assert desk.post(address, {**words, "files": [jpeg(), jpeg("#00aa00")]}).url == address
    photo = loaded(number=1)
    assert (photo.source, standing(photo).credit) == (PhotoSource.TEAM, "Samira O.")
    Photo.objects.update(hidden_at=timezone.now())
    listed = desk.get(address).content.decode()
    assert "Hidden</p>" in listed
    assert "counts</p>" not in listed
    desk.post(f"{address}code/")
    assert code not in desk.get(address).content.decode()
    assert desk.get(f"{address}code/").status_code == 404
    # The person comes back with the code, and the team too.
    assert desk.post(behalf, {"personal_code": code}).url == address
    phone = Client()
    assert phone.post(f"/join/{activity.join_code}/code/", {"personal_code": code}).url.endswith("/photos/")
    assert phone.get(f"/join/{activity.join_code}/photos/{photo.uuid}/small/").status_code == 200


def test_signed_paper_goes_with_the_code_of_the_card_that_the_person_chose(desk, behalf, activity):
    chosen, code = reserve(audit=activity.audit, language="uk")
    paper = {"taking_part": "on", "photo_use": "on", "language": "uk", "card": code.lower()}
    assert "No card has this code" in desk.post(behalf, {**paper, "card": "7KPM3XWD"}).content.decode()
    assert desk.post(behalf, {"personal_code": code}).status_code == 200, "nobody has joined with it yet"
    assert desk.post(behalf, paper).url == f"{behalf}{chosen.uuid}/"
    assert Participant.objects.get(uuid=chosen.uuid).joined_at
    assert "takes part with this code already" in desk.post(behalf, paper).content.decode()
    phone = Client()
    assert phone.post(f"/join/{activity.join_code}/code/", {"personal_code": code}).url.endswith("/photos/")


def test_before_the_activity_begins_nobody_is_entered_from_paper(desk, behalf, activity):
    activity.state = "planned"
    activity.save()
    assert "Open it first" in desk.get(behalf).content.decode()
    paper = {"taking_part": "on", "photo_use": "on", "language": "uk"}
    assert desk.post(behalf, paper).status_code == 409
    assert not Participant.objects.exists()


def test_paper_that_is_sent_twice_is_one_person_and_the_next_paper_another(desk, behalf):
    paper = {"taking_part": "on", "photo_use": "on", "language": "uk", "sending": str(uuid4())}
    first, again = (desk.post(behalf, paper) for _press in range(2))
    assert first.url == again.url
    assert again.cookies.keys() >= {receipts.COOKIE}
    assert Participant.objects.get().consents.count() == 2
    assert desk.post(behalf, {**paper, "age_band": "65_up"}).url != first.url


def test_wrong_code_of_somebody_is_explained_at_its_field(desk, behalf):
    page = desk.post(behalf, {"personal_code": "33333333"})
    assert page.context["code_form"].errors["personal_code"]
    assert not page.context["form"].errors


def test_everything_held_has_the_pictures_and_taking_back_takes_them_too(phone, home, words, activity, author):
    phone.post(home, {**words, "files": [jpeg()]})
    other = factories.ActivityFactory(audit=activity.audit, guide=activity.guide, join_code="9ACDEFGH")
    # The same number in another activity, and its picture is gone.
    gone = factories.PhotoFactory(activity=other, participant=author, number=1).picture.file
    gone.storage.delete(gone.name)
    name, lost = f"photo-{activity.join_code}-1.jpg", "photo-9ACDEFGH-1.jpg"
    assert participant_data.held_for(Participant.objects.get())["photos"][0]["history"][0]["content"]["file"]
    answer = phone.get(f"/join/{activity.join_code}/held/")
    with zipfile.ZipFile(BytesIO(b"".join(answer.streaming_content))) as archive:
        assert sorted(archive.namelist()) == ["everything.html", "everything.json", name]
        # A picture that is gone stands on the page with its words alone.
        page = archive.read("everything.html").decode()
        assert f'src="{name}"' in page
        assert lost not in page
        assert archive.read(name).startswith(b"\xff\xd8")
        held = json.loads(archive.read("everything.json"))
    assert [photo["file"] for photo in held["photovoice"]["photos"]] == [name, lost]
    assert held["missing_files"] == [lost]
    address = f"/join/{activity.join_code}/take-back/"
    assert "your photos" in phone.get(address).content.decode()
    phone.post(address, {"owner": Participant.objects.get().uuid})
    assert not Photo.objects.exists()


def test_personal_code_alone_leads_to_the_photos_before_one_is_sent(client, activity):
    sent = dict.fromkeys(["taking_part", "photo_use", "publication"], "on") | {"age": "adult"}
    receipt = client.get(client.post(f"/join/{activity.join_code}/", sent).url)
    code = receipt.context["personal_code"]
    assert Client().post("/join/", {"code": code}).url == f"/join/{activity.join_code}/photos/"


def test_consents_about_photos_stay_in_hand_once_the_photos_beside_a_walk_are_over(client, activity):
    walk = factories.CityWalkFactory(audit=activity.audit)
    activity.beside = walk.join_code
    activity.save()
    sent = dict.fromkeys(["taking_part", "photo_use", "publication"], "on") | {"age": "adult"}
    client.post(f"/join/{walk.join_code}/", sent)
    activity.state = "closed"
    activity.save()
    factories.PhotoFactory(activity=activity, participant=Participant.objects.get())
    agreed = f"/join/{walk.join_code}/agreed/"
    page = client.get(agreed).content.decode()
    assert 'name="photo_use"' in page
    assert f'action="/join/{activity.join_code}/go-on/"' in page
    shown = {"owner": Participant.objects.get().uuid, "shown": ["quotation", "photo_use", "publication"]}
    # It asks first, and says afterwards what is deleted.
    assert "1 photo</li>" in client.post(agreed, shown).content.decode()
    assert Photo.objects.exists()
    assert "Deleted: 1 photo." in client.post(agreed, {**shown, "sure": "on"}, follow=True).content.decode()
    assert not Photo.objects.exists()
    # Whoever joins now is not asked about photos any more.
    assert 'name="photo_use"' not in Client().get(f"/join/{walk.join_code}/").content.decode()


def test_request_that_is_longer_than_any_photo_is_refused_before_it_is_read(phone, home):
    answer = phone.generic("POST", f"{home}send/", b"x", CONTENT_LENGTH=str(22 * 1024 * 1024))
    assert answer.status_code == 413


def test_photo_that_was_taken_back_does_not_come_again_from_the_phone(phone, home, send_to, author):
    uuid, device = str(uuid4()), str(uuid4())
    send_to(phone, uuid=uuid, device=device)
    phone.post(f"{home}{uuid}/take-back/", {"owner": author.uuid})
    assert not Photo.objects.exists()
    assert only(send_to(phone, uuid=uuid, device=device)) == (200, "gone")
    assert not Photo.objects.exists()
    assert not Change.objects.exists()
    assert [str(one.uuid) for one in ErasedChange.objects.all()] == [uuid]
    # Once its author is gone, nobody can send it under that name any more.
    owner = author.uuid
    erase(author)
    # Of the person the identifier alone stays, for a phone that was away.
    assert [one.uuid for one in ErasedChange.objects.all()] == [owner]
