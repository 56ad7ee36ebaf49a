"""The author answers for photos by the link, and may change what was said and take them back by it at any time."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from audits.participation.models import Change
from photovoice.actions import admit_late
from photovoice.consent import RIGHTS_LINK
from photovoice.enums import ActivityKind, ActivityState, GivenBy, PhotoState
from photovoice.models import Photo, PhotoRights, RightsRequest
from photovoice.rights import Gap, gaps
from photovoice.views import rights
from tests import factories
from tests.factories import UserFactory
from tests.photovoice.conftest import jpeg
from tests.photovoice.incoming import AuthorsPhone, letter, look, opened, picture, statement, table, take, words_of

ANSWER = "/photos/rights/"
ADDRESS = "samira@sender.example"


@pytest.fixture
def sent(desk, activity):
    """Two photos of one author, who got the link; returns it."""
    files = [jpeg("#aa0000", "a.jpg"), jpeg("#00aa00", "b.jpg")]
    titles = table(f"a.jpg;Tram 4;No sign;;Samira O.;{ADDRESS}", f"b.jpg;Park;;;;{ADDRESS}")
    take(desk, activity, look(desk, activity, *files, titles=titles))
    return next(line for line in mail.outbox[0].body.splitlines() if "://" in line)


@pytest.fixture
def photos(sent):
    return {photo.title: photo for photo in Photo.objects.all()}


@pytest.fixture
def phone():
    return AuthorsPhone()


def test_address_is_nowhere_once_the_link_is_sent(sent):
    held = [str(value) for model in apps.get_models() for row in model._base_manager.values() for value in row.values()]
    assert not [value for value in held if ADDRESS in value]
    token = sent.rsplit("/", 2)[1]
    assert not [value for value in held if token in value]
    assert RightsRequest.objects.get().sent_at


def test_link_leaves_the_address_at_once_and_pages_are_stored_nowhere(sent, phone):
    token = sent.rsplit("/", 2)[1]
    first = phone.get(f"{ANSWER}{token}/")
    assert (first["Location"], first["Referrer-Policy"]) == (ANSWER, "no-referrer")
    assert "no-store" in first["Cache-Control"]
    page = phone.get(ANSWER)
    assert "no-store" in page["Cache-Control"]
    assert token not in page.content.decode()


def test_page_says_what_is_compared_in_every_language(sent, phone):
    page = words_of(opened(phone, sent))
    assert not [sentence for sentence in RIGHTS_LINK.sentences("en") if sentence not in page]


def test_answer_counts_deletes_what_is_not_theirs_and_holds(sent, photos, phone):
    opened(phone, sent)
    tram, park = photos["Tram 4"], photos["Park"]
    missing = phone.post(ANSWER, {**statement(tram, use="", name="named", credit=""), "title": "kept"})
    for words in (
        "Choose where it may be shown.",
        "Write the name, or",
        "Say whether it is your photo.",
        "Choose one of the two",
    ):
        assert words in words_of(missing)
    # Of what nobody has said yet, everything is asked at once.
    assert "Please correct 7 things" in words_of(missing)
    # Of several photos each complaint says which one is meant.
    assert "Photo 2, “Park”: Is this your photo? Say whether it is your photo." in words_of(missing)
    answer = {
        **statement(tram, title="Tram", name="named", credit="S. O.", people="unrecognisable"),
        **statement(park, mine="no"),
        "age": "adult",
    }
    done = phone.post(ANSWER, answer, follow=True)
    assert "S. O." in words_of(done)
    assert "1 photo is deleted." in words_of(done)
    [photo] = Photo.objects.with_rights()
    assert (photo.title, photo.state) == ("Tram", PhotoState.IN)
    assert gaps(photo) == [Gap.ALT]
    held = photo.rights.last()
    assert (held.given_by, held.declared, held.credit) == (GivenBy.SENDER, True, "S. O.")
    assert held.text_version == "photo-link-2026-2"
    # Sent once more, it changes nothing.
    again = phone.post(ANSWER, {**answer, f"{photo.uuid}-title": "Changed"}, follow=True)
    assert "This was answered already." in words_of(again)
    photo.refresh_from_db()
    assert photo.title == "Tram"


def test_author_changes_words_use_name_and_people_by_the_same_link(sent, photos, phone):
    opened(phone, sent)
    tram, park = photos["Tram 4"], photos["Park"]
    phone.post(ANSWER, {**statement(tram, name="named", credit="S. O."), **statement(park, mine="no"), "age": "adult"})
    address = f"{ANSWER}change/{tram.uuid}/"
    assert 'value="S. O."' in phone.get(address).content.decode()
    assert "Choose where it may be shown." in words_of(phone.post(address, statement(tram, use="")))
    said = statement(tram, title="Tram at night", use="all", people="not_agreed")
    page = words_of(phone.post(address, {**said, "age": "adult"}, follow=True))
    assert "Tram at night" in page
    assert "In all publications" in page
    assert "shown to nobody but the team as long as somebody can be recognised" in page
    tram = Photo.objects.with_rights().get()
    assert [row.use for row in tram.rights.filter(given_by=GivenBy.SENDER)] == ["report", "all"]
    assert (tram.title, tram.rights.last().anonymous) == ("Tram at night", True)
    assert Gap.PEOPLE in gaps(tram)
    # Nothing is changed of what is not theirs, or waits.
    assert phone.get(f"{ANSWER}change/{park.uuid}/").url == ANSWER


def test_words_changed_after_the_end_wait_for_the_team_and_rights_do_not(sent, photos, phone, activity):
    opened(phone, sent)
    tram = photos["Tram 4"]
    phone.post(ANSWER, {**statement(tram), **statement(photos["Park"], mine="no"), "age": "adult"})
    type(activity).objects.update(state=ActivityState.CLOSED)
    said = {**statement(tram, title="New", use="inside"), "age": "adult"}
    page = words_of(phone.post(f"{ANSWER}change/{tram.uuid}/", said, follow=True))
    assert "new words wait until the team admits them" in page
    tram = Photo.objects.get()
    assert (tram.title, tram.state, tram.rights.last().use) == ("Tram 4", PhotoState.IN, "inside")
    admit_late(photo=tram, by=UserFactory())
    assert Photo.objects.get().title == "New"


def test_guardian_who_agrees_stands_in_the_ledger(sent, photos, phone, desk):
    opened(phone, sent)
    phone.post(ANSWER, {**statement(photos["Tram 4"]), **statement(photos["Park"]), "age": "guardian"})
    assert {photo.rights.last().guardian for photo in Photo.objects.all()} == {True}
    page = words_of(desk.get(photos["Park"].get_absolute_url()))
    assert "The author, by the link that was sent a parent or guardian agrees" in page


def test_by_the_same_link_everything_is_taken_back_without_a_trace(sent, photos, phone):
    opened(phone, sent)
    phone.post(ANSWER, {**statement(photos["Tram 4"]), **statement(photos["Park"]), "age": "adult"})
    opened(phone, sent)
    page = f"{ANSWER}take-back/{photos['Park'].uuid}/"
    for _press in range(2):
        assert "It is deleted." in words_of(phone.post(page, follow=True))
    # An address that somebody opens has deleted nothing.
    again = words_of(phone.get(page, follow=True))
    assert "Tram 4" in again
    assert "It is deleted." not in again
    assert [photo.title for photo in Photo.objects.all()] == ["Tram 4"]
    assert "deleted, and nobody can bring them back" in words_of(phone.get(f"{ANSWER}take-back/"))
    phone.post(f"{ANSWER}take-back/")
    assert not Photo.objects.exists()
    assert not PhotoRights.objects.exists()
    assert not Change.objects.exists()
    assert "No photo of yours is here" in words_of(opened(phone, sent))


def test_page_of_another_link_that_was_left_open_deletes_nothing(sent, photos, phone, desk, activity):
    opened(phone, sent)
    left_open = {"question": photos["Park"].rights_request.uuid}
    take(desk, activity, look(desk, activity, jpeg("#0000aa", "c.jpg"), titles=table("c.jpg;Bus;;;;bo@sender.example")))
    opened(phone, next(line for line in mail.outbox[1].body.splitlines() if "://" in line))
    for address in (ANSWER, f"{ANSWER}take-back/"):
        page = phone.post(address, {**statement(photos["Park"], mine="no"), **left_open}, follow=True)
        assert "That page was somebody else’s. Nothing was changed." in words_of(page)
    assert Photo.objects.count() == 3


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ({"state": ActivityState.CLOSED}, PhotoState.LATE),
        ({"kind": ActivityKind.CONTEST}, PhotoState.LATE),
        ({"state": ActivityState.CLOSING}, PhotoState.IN),
    ],
)
def test_what_came_after_the_activity_waits_for_the_team(sent, photos, phone, activity, change, state):
    ended = timezone.now() - timedelta(minutes=5)
    type(activity).objects.update(starts=ended - timedelta(days=14), ends=ended, **change)
    opened(phone, sent)
    phone.post(ANSWER, {**statement(photos["Tram 4"]), **statement(photos["Park"], mine="no"), "age": "adult"})
    assert Photo.objects.get().state == state


def test_picture_is_for_its_author_alone(sent, photos, phone):
    where = f"{ANSWER}picture/{photos['Park'].uuid}/"
    assert phone.get(where).status_code == 404
    opened(phone, sent)
    shown = phone.get(where)
    assert (shown.status_code, shown["X-Content-Type-Options"]) == (200, "nosniff")
    small = photos["Park"].picture.small
    small.storage.delete(small.name)
    assert phone.get(where).status_code == 404
    assert phone.get(f"{ANSWER}picture/{photos['Tram 4'].uuid}/").status_code == 200
    RightsRequest.objects.update(token_hash="another")
    assert phone.get(f"{ANSWER}picture/{photos['Tram 4'].uuid}/").status_code == 404


def test_whoever_shares_a_computer_leaves_and_comes_back_by_the_link(sent, photos, phone):
    assert "Leave" in words_of(opened(phone, sent))
    assert "no longer shows your photos" in words_of(phone.post(f"{ANSWER}leave/"))
    assert phone.get(ANSWER).status_code == 404
    assert phone.get(f"{ANSWER}picture/{photos['Park'].uuid}/").status_code == 404
    assert opened(phone, sent).status_code == 200


def test_words_that_came_otherwise_are_not_said_to_be_unchanged(sent, photos, desk):
    Photo.objects.update(language="und")
    page = words_of(desk.get(photos["Park"].get_absolute_url()))
    assert "as its author has worded them since; in another language" in page
    assert "They are never changed" not in page


def test_page_speaks_the_language_that_was_chosen_for_its_reader(sent, phone):
    RightsRequest.objects.update(language="ar")
    page = opened(phone, sent)
    assert 'dir="rtl"' in page.content.decode()
    # Whoever chooses another one keeps it.
    phone.get(f"{ANSWER}?lang=it")
    assert opened(phone, sent)["Content-Language"] == "it"


def test_guesses_are_limited(phone, monkeypatch, db):
    monkeypatch.setattr(rights, "GUESSES", 2)
    assert [phone.get(f"{ANSWER}{guess}/").status_code for guess in "abc"] == [404, 404, 429]


def test_expire_deletes_what_nobody_answered_and_every_address(desk, activity, photos, capsys):
    now = timezone.now()
    RightsRequest.objects.update(address=ADDRESS, sent_at=None, created_at=now - timedelta(days=31))
    call_command("expire", "--dry-run")
    assert "photovoice sender_addresses: 1 (kept" in capsys.readouterr().out
    call_command("expire")
    assert RightsRequest.objects.get().address == ""
    assert Photo.objects.count() == 2
    RightsRequest.objects.update(created_at=now - timedelta(days=61))
    call_command("expire", "--dry-run")
    assert "photovoice unanswered_photos: 2 (kept" in capsys.readouterr().out
    assert Photo.objects.count() == 2
    call_command("expire")
    assert not Photo.objects.exists()
    assert not RightsRequest.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_expire_runs_outside_of_a_transaction(activity):
    """PostgreSQL locks rows in a transaction only."""
    question = RightsRequest.objects.create(activity=activity, token_hash="1")
    factories.PhotoFactory(activity=activity, participant=None, rights_request=question, state=PhotoState.WAITING)
    RightsRequest.objects.update(created_at=timezone.now() - timedelta(days=61))
    call_command("expire")
    assert not RightsRequest.objects.exists()


def test_answered_photos_do_not_expire(sent, photos, phone):
    opened(phone, sent)
    phone.post(ANSWER, {**statement(photos["Tram 4"]), **statement(photos["Park"], mine="no"), "age": "adult"})
    RightsRequest.objects.update(created_at=timezone.now() - timedelta(days=99))
    call_command("expire")
    assert Photo.objects.count() == 1


def test_own_address_in_the_words_of_a_mail_is_left_out(desk, activity):
    raw = letter(picture(), subject=f"photovoice {ADDRESS}", text=f"Look. Write to {ADDRESS.upper()}\n-- \nSamira O.")
    take(desk, activity, look(desk, activity, SimpleUploadedFile("m.eml", raw)))
    photo = Photo.objects.get()
    assert (photo.title, photo.text) == ("", "Look. Write to")
