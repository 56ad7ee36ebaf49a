"""Photos that the team brings in: read without trust, seen before anything is written, waiting for their authors."""

import zipfile
from pathlib import Path

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from photovoice import parcels
from photovoice.enums import ActivityState, PhotoSource, PhotoState
from photovoice.models import Photo, RightsRequest
from tests import factories
from tests.photovoice.conftest import jpeg
from tests.photovoice.incoming import (
    AuthorsPhone,
    letter,
    look,
    opened,
    packed,
    picture,
    statement,
    table,
    take,
    to,
    words_of,
)


def test_zip_with_a_table_is_seen_first_and_comes_in_once(desk, activity):
    files = packed(
        {
            "walk/tram.jpg": picture("#aa0000"),
            "walk/PARK.JPG": picture("#00aa00"),
            "walk/more.jpg": picture("#0000aa"),
            "walk/copy.jpg": picture("#0000aa"),
            "walk/titles.csv": (
                "file name,title,description,theme,author,e-mail\n"
                "tram.jpg,Tram 4,No sign,Friendly city,Samira O.,samira@sender.example\n"
                "park.jpg,Park,,2,Samira O.,Samira@sender.example\n"
                "gone.jpg,Gone,,,,\n"
            ),
            "__MACOSX/walk/._tram.jpg": b"litter",
            "walk/page.jpg": b"<html><script>alert(1)</script>",
        }
    )
    preview = look(desk, activity, files)
    said = words_of(preview)
    for words in (
        "3 photos can come in",
        "from 2 authors",
        "1 picture without a row",
        "“page.jpg” is not a picture",
        "Row 4 gone.jpg There is no picture of this name that can come in.",
        "The same picture as “more.jpg”.",
        "is sent to samira@sender.example",
    ):
        assert words in said
    assert not Photo.objects.exists()
    assert not RightsRequest.objects.exists()

    links = take(desk, activity, preview)
    assert "Links to pass on" in words_of(links)
    assert "no-store" in links["Cache-Control"]
    photos = {photo.title: photo for photo in Photo.objects.all()}
    assert set(photos) == {"Tram 4", "Park", ""}
    assert {photo.state for photo in photos.values()} == {PhotoState.WAITING}
    assert {photo.source for photo in photos.values()} == {PhotoSource.COLLECTED}
    assert photos["Tram 4"].theme.key == "friendly"
    assert photos["Park"].theme.key == "improvement"
    assert photos["Tram 4"].rights_request == photos["Park"].rights_request
    assert [letter.to for letter in mail.outbox] == [["samira@sender.example"]]
    # The same files once more, and the same page once more: nothing comes in twice.
    again = look(desk, activity, packed({"tram.jpg": picture("#aa0000")}))
    assert "This picture is in the activity already." in words_of(again)
    # A row says the same of its picture.
    again = look(desk, activity, jpeg("#aa0000", "tram.jpg"), titles=table("tram.jpg;Tram;;;;"))
    assert "Row 2 tram.jpg This picture is in the activity already." in words_of(again)
    assert "nothing was taken in twice" in words_of(
        desk.post(to("incoming-take", activity), {"parcel": preview.context["signed"]}, follow=True)
    )
    assert len(photos) == Photo.objects.count()


def test_preview_writes_no_address_and_leaves_nothing_in_the_spool(desk, activity, settings):
    preview = look(desk, activity, jpeg(name="a.jpg"), titles=table("a.jpg;A;;;;marker@sender.example"))
    spool = Path(settings.SPOOL_ROOT)
    drawn = [path for path in spool.rglob("*") if path.is_file()]
    assert drawn
    assert not any(b"marker@" in path.read_bytes() for path in drawn)
    take(desk, activity, preview)
    assert not [path for path in spool.rglob("*") if path.is_file()]


def test_preview_of_somebody_else_or_changed_on_the_way_is_not_taken(desk, activity, member, client):
    preview = look(desk, activity, jpeg())
    client.force_login(member())
    client.get("/help/")
    for parcel in (preview.context["signed"], preview.context["signed"][:-3] + "abc", ""):
        client.post(to("incoming-take", activity), {"parcel": parcel})
    assert not Photo.objects.exists()


BOMB = {"a.jpg": b"\0" * 3_000_000}


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        (BOMB, "unpacks to a hundred times its size"),
        ({f"{number}.jpg": b"x" for number in range(2000)}, "too many files"),
        ({f"{number}.jpg": b"x" for number in range(70)}, "too many files"),
        ({"../../etc/passwd.jpg": b"x"}, "points outside of it"),
        ({"/root/a.jpg": b"x"}, "points outside of it"),
        ({"C:\\a.jpg": b"x"}, "points outside of it"),
        ({"more.zip": b"PK\x03\x04"}, "another packed file"),
        ({"a.csv": "file name\na.jpg", "b.csv": "file name\nb.jpg"}, "more than one table"),
    ],
)
def test_zip_that_is_a_trap_is_refused_with_a_sentence(desk, activity, files, sentence, settings):
    response = look(desk, activity, packed(files))
    assert sentence in words_of(response)
    assert not [path for path in Path(settings.SPOOL_ROOT).rglob("*") if path.is_file()]


def test_zip_that_lies_about_its_sizes_or_is_damaged_harms_nothing(desk, activity):
    whole = packed({"a.jpg": picture(), "b.jpg": picture("#aa0000")}, compression=zipfile.ZIP_STORED).read()
    at = whole.index(picture("#aa0000"))
    broken = whole[: at + 50] + b"????" + whole[at + 54 :]
    said = words_of(look(desk, activity, SimpleUploadedFile("photos.zip", broken)))
    assert "1 photo can come in" in said
    assert "damaged inside the ZIP" in said
    for content in (whole[:200], b"PK\x03\x04" + b"\0" * 100):
        assert "cannot be read" in words_of(look(desk, activity, SimpleUploadedFile("photos.zip", content)))


def test_empty_file_or_false_zip_stays_out_by_its_name_and_the_others_come_in(desk, activity):
    said = words_of(
        look(
            desk,
            activity,
            jpeg(name="good.jpg"),
            SimpleUploadedFile("none.jpg", b""),
            SimpleUploadedFile("none.zip", b""),
            SimpleUploadedFile("false.zip", b"not packed"),
            SimpleUploadedFile("hollow.zip", packed({}).read()),
        )
    )
    assert "1 photo can come in" in said
    for words in ("none.jpg The file is empty.", "none.zip The file is empty."):
        assert words in said
    for name in ("false.zip", "hollow.zip"):
        assert f"{name} This ZIP file cannot be read." in said


def test_mistaken_zip_is_deleted_in_one_go_unless_more_came_in_since(desk, activity):
    answered = factories.PhotoFactory(activity=activity, participant=None)
    take(desk, activity, look(desk, activity, packed({"a.jpg": picture(), "b.jpg": picture("#aa0000")})))
    address = to("incoming-delete-all", activity)
    assert "2 photos wait for their authors" in words_of(desk.get(address))
    take(desk, activity, look(desk, activity, jpeg("#00aa00", "late.jpg")))
    assert "3 photos wait for their authors" in words_of(desk.post(address, {"number": 2}))
    desk.post(address, {"number": 3})
    assert list(activity.photos.all()) == [answered]
    assert not activity.rights_requests.exists()
    assert activity.events.get(unanswered=3)


def test_more_files_than_a_form_takes_are_refused_with_a_sentence(desk, activity):
    response = look(desk, activity, *[SimpleUploadedFile(f"{number}.jpg", b"x") for number in range(150)])
    assert response.status_code == 200
    assert "These are too many files" in words_of(response)


@pytest.mark.parametrize(
    ("titles", "sentence"),
    [
        (table("a.jpg;=HYPERLINK(1);;;;", "b.jpg;B;;no such theme;;nobody"), "is not in the list"),
        (table("b.jpg;B;;;;nobody"), "“nobody” is no e-mail address."),
        (table("a.jpg;A;;;;", "A.JPG;B;;;;"), "stands in more than one row"),
        (table(f"a.jpg;{'x' * 200};;;;"), "title: At most 120 characters"),
        (SimpleUploadedFile("t.csv", "file name;title\na.jpg;Čištění".encode("cp1250")), "save it as “CSV UTF-8”"),
        (SimpleUploadedFile("t.csv", b"\xff\xfe" + "file name\ta\n".encode("utf-16-le")), "not in the template"),
        (SimpleUploadedFile("t.csv", b"name,who\na,b"), "none of the columns"),
        (SimpleUploadedFile("t.xlsx", b"PK\x03\x04broken"), "cannot be read"),
    ],
)
def test_table_that_cannot_be_read_says_so(desk, activity, titles, sentence):
    assert sentence in words_of(look(desk, activity, jpeg(name="a.jpg"), titles=titles))


def test_template_can_be_filled_in(desk, activity):
    template = desk.get(to("incoming-titles", activity))
    titles = SimpleUploadedFile("photos.xlsx", template.content)
    # Its explanations are no row.
    assert "1 photo can come in" in words_of(look(desk, activity, jpeg(name="a.jpg"), titles=titles))


def test_mail_that_was_saved_comes_in_with_its_words_and_once(desk, activity):
    saved = SimpleUploadedFile("mail.eml", letter(picture(), picture("#aa0000")))
    take(desk, activity, look(desk, activity, saved))
    first, second = Photo.objects.all()
    assert (first.title, first.text, first.source) == ("Tram 4", "No sign at the stop.", PhotoSource.EMAIL)
    assert first.rights_request == second.rights_request
    saved.seek(0)
    assert "This e-mail was taken in already." in words_of(look(desk, activity, saved))


def test_before_the_activity_begins_nothing_comes_in(desk, activity):
    preview = look(desk, activity, jpeg())
    activity.state = ActivityState.PLANNED
    activity.save()
    assert "has not begun yet" in words_of(look(desk, activity, jpeg()))
    assert "has not begun yet" in words_of(desk.get(f"/audits/{activity.audit.slug}/photos/{activity.uuid}/incoming/"))
    take(desk, activity, preview)
    assert not Photo.objects.exists()


def test_link_of_which_the_letter_failed_is_sent_later_and_only_once(desk, activity, monkeypatch):
    def fails(self):
        raise OSError("samira@sender.example refused")

    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.EmailMessage.send", fails)
        take(desk, activity, look(desk, activity, jpeg(name="a.jpg"), titles=table("a.jpg;A;;;;s@sender.example")))
    question = RightsRequest.objects.get()
    assert (question.address, question.sent_at) == ("s@sender.example", None)
    assert "The link could not be sent yet" in words_of(desk.get(to("incoming", activity)))
    for _time in range(2):
        desk.post(to("incoming-send", activity, question.uuid))
    assert len(mail.outbox) == 1
    question.refresh_from_db()
    assert question.address == ""


def test_new_link_ends_the_one_before(desk, activity, client):
    made = take(desk, activity, look(desk, activity, jpeg()))
    [(question, first, _photos, _names)] = made.context["rows"]
    second = desk.post(to("incoming-link", activity, question.uuid)).context["rows"][0][1]
    path = "/photos/rights/"
    assert client.get(path + first.rsplit("/", 2)[1] + "/").status_code == 404
    assert client.get(path + second.rsplit("/", 2)[1] + "/").status_code == 302


def test_photo_without_a_title_is_named_as_a_photo_in_the_list(desk, activity):
    take(desk, activity, look(desk, activity, jpeg()))
    number = Photo.objects.get().number
    assert f"Make a new link to pass on : Photo {number} " in words_of(desk.get(to("incoming", activity)))


def test_letter_about_one_photo_speaks_of_one(desk, activity):
    take(desk, activity, look(desk, activity, jpeg(name="a.jpg"), titles=table("a.jpg;A;;;;s@sender.example")))
    [letter] = mail.outbox
    assert "1 photo that you took" in letter.body
    for several in ("photos", "them", "they"):
        assert several not in letter.subject + letter.body.replace("/photos/", "")


def test_link_that_was_sent_cannot_be_made_anew_by_the_team(desk, activity, client):
    take(desk, activity, look(desk, activity, jpeg(name="a.jpg"), titles=table("a.jpg;A;;;;s@sender.example")))
    link = next(line for line in mail.outbox[0].body.splitlines() if "://" in line)
    where = to("incoming-link", activity, RightsRequest.objects.get().uuid)
    assert where not in desk.get(to("incoming", activity)).content.decode()
    refused = desk.post(where, follow=True)
    assert "The link went to the author by e-mail" in words_of(refused)
    assert "/photos/rights/" not in refused.content.decode()
    assert opened(client, link).status_code == 200


def test_ledger_tells_who_passed_on_the_link(desk, activity):
    made = take(desk, activity, look(desk, activity, jpeg()))
    [(question, _first, _photos, _names)] = made.context["rows"]
    link = desk.post(to("incoming-link", activity, question.uuid)).context["rows"][0][1]
    photo = Photo.objects.get()
    phone = AuthorsPhone()
    opened(phone, link)
    phone.post("/photos/rights/", {**statement(photo), "age": "adult"})
    name = str(RightsRequest.objects.get().passed_on_by)
    assert f"by a link that {name} passed on" in words_of(desk.get(photo.get_absolute_url()))


def test_team_deletes_what_waits(desk, activity):
    take(desk, activity, look(desk, activity, jpeg()))
    question = RightsRequest.objects.get()
    assert "Delete these photos?" in words_of(desk.get(to("incoming-delete", activity, question.uuid)))
    desk.post(to("incoming-delete", activity, question.uuid))
    assert not Photo.objects.exists()
    assert not RightsRequest.objects.exists()
    event = activity.events.get()
    assert (event.unanswered, event.before) == (1, event.after)
    assert f"1 photo deleted that waited for its author, {event.by}" in words_of(desk.get(activity.get_absolute_url()))


@pytest.mark.parametrize("number", [1, 3])
def test_list_asks_the_database_as_often_for_three_as_for_one(desk, activity, number, django_assert_num_queries):
    for at in range(number):
        question = RightsRequest.objects.create(activity=activity, token_hash=f"{at}")
        factories.PhotoFactory(activity=activity, participant=None, rights_request=question, state=PhotoState.WAITING)
    desk.get(to("incoming", activity))
    with django_assert_num_queries(10):
        desk.get(to("incoming", activity))


def test_list_begins_with_those_to_whom_no_link_was_sent_and_comes_in_pages(desk, activity):
    for at in range(25):
        went = {"passed_on_at" if at else "sent_at": timezone.now()} if at < 24 else {}
        question = RightsRequest.objects.create(activity=activity, token_hash=f"{at}", **went)
        factories.PhotoFactory(activity=activity, participant=None, rights_request=question, state=PhotoState.WAITING)
    page = desk.get(to("incoming", activity))
    assert "25 photos wait for their authors" in words_of(page)
    assert [question.token_hash for question in page.context["page_obj"]][:2] == ["24", "0"]
    assert len(desk.get(to("incoming", activity), {"page": "2"}).context["page_obj"]) == 5


@pytest.mark.parametrize("number", [1, 4])
def test_parcel_asks_once_what_is_known_however_many_files(activity, number, django_assert_num_queries):
    factories.PhotoFactory.create_batch(number, activity=activity)
    files = [jpeg(f"#{place}00000", f"{place}.jpg") for place in range(number)]
    with django_assert_num_queries(2):
        parcel = parcels.read_parcel(activity, files)
    assert len(parcel.photos) == number
