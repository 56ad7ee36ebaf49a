"""The mailbox to which people send photos, and what may stand in an e-mail."""

import imaplib
import re
from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from photovoice import mailbox
from photovoice.actions.incoming import Answer, answer, expire_waiting
from photovoice.enums import ActivityState, PhotoSource, PhotoState
from photovoice.models import Photo, RightsRequest
from photovoice.parcels import MailError, read_mail
from tests import factories
from tests.photovoice.incoming import letter, picture, to


class Server:
    """As much of an IMAP server as is asked of one, in the place of `imaplib.IMAP4_SSL`."""

    def __init__(self, *messages):
        self.messages = {str(number): raw for number, raw in enumerate(messages, 1)}
        self.flags = {uid: set() for uid in self.messages}
        self.password = "right"
        self.capabilities = ("IMAP4REV1", "UIDPLUS")

    def __call__(self, host, port, *, ssl_context, timeout):
        assert ssl_context.check_hostname
        return self

    def login(self, user, password):
        if password != self.password:
            raise imaplib.IMAP4.error("no such user")

    def select(self, folder):
        return ("OK", [b"1"]) if folder == '"INBOX"' else ("NO", [b""])

    def logout(self):
        return "BYE", []

    def uid(self, command, *arguments):
        if command == "SEARCH":
            shut_out = {"\\Seen", "\\Flagged", "\\Deleted"} if "UNSEEN" in arguments else {"\\Deleted"}
            wanted = [uid for uid, flags in self.flags.items() if not flags & shut_out]
            return "OK", [" ".join(wanted).encode()]
        uid = arguments[0]
        if command == "STORE":
            self.flags[uid].update(arguments[2].strip("()").split())
            return "OK", [None]
        if command == "EXPUNGE":
            assert "\\Deleted" in self.flags[uid]
            del self.flags[uid], self.messages[uid]
            return "OK", [None]
        raw = self.messages[uid]
        if raw is None:
            raise OSError("samira@sender.example")
        if "RFC822.SIZE" in arguments[1]:
            subject = re.search(rb"(?im)^subject:.*(\r?\n[ \t].*)*", raw)
            header = (subject[0] if subject else b"") + b"\r\n\r\n"
            said = f"{uid} (UID {uid} RFC822.SIZE {len(raw)} BODY[HEADER.FIELDS (SUBJECT)] {{{len(header)}}}".encode()
            return "OK", [(said, header), b")"]
        return "OK", [(f"{uid} (UID {uid} BODY[] {{{len(raw)}}}".encode(), raw), b")"]


@pytest.fixture
def fetch(settings, monkeypatch, capsys):
    """Runs the command against a mailbox with these messages; returns the server and what was printed."""
    settings.PHOTO_MAIL_HOST, settings.PHOTO_MAIL_PASSWORD = "imap.example", "right"

    def run(*messages, server=None, **options):
        server = server or Server(*messages)
        monkeypatch.setattr(imaplib, "IMAP4_SSL", server)
        call_command("fetch_photos", **options)
        return server, capsys.readouterr().out

    return run


def test_server_that_cannot_delete_one_mail_alone_keeps_it_marked_and_nothing_of_others(fetch, activity):
    server = Server(letter(picture("#100000"), number="1"), letter(picture("#200000"), number="2"))
    server.capabilities = ("IMAP4REV1",)
    # Somebody else has marked it, and may think again.
    server.flags["2"] = {"\\Deleted"}
    server, said = fetch(server=server)
    assert server.flags == {"1": {"\\Deleted", "\\Seen"}, "2": {"\\Deleted"}}
    assert "marked as deleted" in said
    fetch(server=server)
    assert Photo.objects.count() == 1


def test_mail_comes_in_is_deleted_and_its_sender_gets_the_link(fetch, activity):
    server, said = fetch(letter(picture()))
    photo = Photo.objects.get()
    assert (photo.activity, photo.title, photo.text) == (activity, "Tram 4", "No sign at the stop.")
    assert (photo.state, photo.source) == (PhotoState.WAITING, PhotoSource.EMAIL)
    assert [one.to for one in mail.outbox] == [["samira@sender.example"]]
    assert not server.messages
    assert "taken in: 1" in said
    assert "sender.example" not in said
    # The same e-mail again, as when deleting it failed.
    server, _said = fetch(letter(picture()))
    assert (Photo.objects.count(), len(mail.outbox)) == (1, 1)
    assert not server.messages


def test_dry_run_writes_marks_and_sends_nothing(fetch, activity):
    server, said = fetch(letter(picture()), dry_run=True)
    assert "taken in: 1 (dry run)" in said
    assert server.flags == {"1": set()}
    assert not Photo.objects.exists()
    assert not mail.outbox


def test_one_broken_mail_stops_none_of_the_others(fetch, activity, monkeypatch, caplog):
    takes = mailbox.incoming.take_in

    def failing(**given):
        if "broken" in given["senders"][0].photos[0].title:
            raise RuntimeError("samira@sender.example")
        return takes(**given)

    monkeypatch.setattr(mailbox.incoming, "take_in", failing)
    server, _said = fetch(
        letter(picture("#100000"), subject="photovoice broken", number="1"),
        letter(subject="photovoice without a picture", number="2"),
        letter(b"<html>", subject="photovoice html", number="3"),
        letter(picture("#200000"), subject="PhotoVoice good", number="4"),
        letter(picture("#300000"), subject="Holidays", number="5"),
        letter(picture("#400000"), sender="", number="6"),
        b"Subject: photovoice\r\nAuto-Submitted: auto-replied\r\nFrom: a@b.example\r\n\r\nI am away.",
    )
    assert [photo.title for photo in Photo.objects.all()] == ["good"]
    flags = [next(iter(server.flags[uid]), "") if uid in server.flags else "deleted" for uid in "1234567"]
    assert flags == ["", "\\Flagged", "\\Flagged", "deleted", "", "\\Flagged", "\\Flagged"]
    assert "sender.example" not in caplog.text


def test_mail_with_a_picture_that_cannot_be_read_is_kept_for_a_person(fetch, activity):
    raw = letter(picture("#100000"), b"broken", picture("#200000"))
    server, said = fetch(raw)
    assert (Photo.objects.count(), server.flags) == (2, {"1": {"\\Flagged"}})
    assert "without a picture that cannot be read, flagged: 1" in said
    # As where the flag could not be set the first time.
    server, _said = fetch(raw)
    assert (Photo.objects.count(), len(mail.outbox), server.flags) == (2, 1, {"1": {"\\Flagged"}})


@pytest.mark.parametrize("answers", [True, False])
def test_mail_that_is_kept_for_a_picture_is_deleted_after_the_answer_or_with_its_photos(fetch, desk, activity, answers):
    server, _said = fetch(letter(picture(), b"broken"), letter(picture("#200000"), subject="photovoice", number="2"))
    waiting = desk.get(to("incoming", activity)).content.decode()
    assert waiting.count("the e-mail stays in the mailbox until the answer") == 1
    assert waiting.count("the address is deleted") == 1
    kept, gone = (one.body for one in mail.outbox)
    assert "stays in our mailbox until you have answered, or for 60 days at most" in kept
    assert "mailbox" not in gone
    assert "your e-mail address is not kept with it" in gone
    # A person has flagged what is no concern of ours.
    server.messages["9"], server.flags["9"] = letter(subject="photovoice: the rules", number="9"), {"\\Flagged"}
    fetch(server=server)
    assert set(server.messages) == {"1", "9"}
    question = RightsRequest.objects.get(mail_kept=True)
    if answers:
        photo = question.photos.get()
        answer(question=question, answers={photo.uuid: Answer(mine=True)}, language="en")
    else:
        RightsRequest.objects.update(created_at=timezone.now() - timedelta(days=61))
        expire_waiting(dry_run=False)
        assert not Photo.objects.exists()
    server, said = fetch(server=server)
    assert set(server.messages) == {"9"}
    assert "deleted now: 1" in said
    assert RightsRequest.objects.filter(pk=question.pk, mail_kept=False).exists() is answers


def answered(question):
    answer(question=question, answers={one.uuid: Answer(mine=True) for one in question.photos.all()}, language="en")


def test_same_pictures_sent_again_with_one_that_cannot_be_read_go_with_the_answer(fetch, desk, activity):
    fetch(letter(picture()))
    server, _said = fetch(letter(picture(), b"broken", number="2"))
    assert server.flags == {"1": {"\\Flagged"}}
    assert "the e-mail stays in the mailbox until the answer" in desk.get(to("incoming", activity)).content.decode()
    answered(RightsRequest.objects.get())
    fetch(server=server)
    assert not server.messages
    assert RightsRequest.objects.filter(mail_kept=False).count() == 1


def test_mail_beside_one_that_is_kept_already_goes_at_the_latest_with_photos_that_nobody_answers_for(fetch, activity):
    server, _said = fetch(letter(picture(), b"broken"), letter(picture(), b"worse", number="2"))
    fetch(server=server)
    answered(RightsRequest.objects.exclude(photos=None).get())
    fetch(server=server)
    assert set(server.messages) == {"2"}
    RightsRequest.objects.update(created_at=timezone.now() - timedelta(days=61))
    expire_waiting(dry_run=False)
    fetch(server=server)
    assert not server.messages
    # Of what has no photos nothing stays.
    assert RightsRequest.objects.exclude(photos=None).get() == RightsRequest.objects.get()


def test_kept_mail_is_deleted_whatever_a_person_did_with_it_and_another_that_fails_stops_nothing(fetch, activity):
    server, _said = fetch(
        letter(picture(), b"broken"),
        letter(picture("#200000"), b"broken", number="2"),
        letter(subject="photovoice fails", number="3"),
    )
    # Read, no longer flagged.
    server.flags["1"] = {"\\Seen"}
    # Deleted by hand.
    del server.messages["2"], server.flags["2"]
    fails, server.messages["3"] = server.messages["3"], None
    for question in RightsRequest.objects.all():
        answered(question)
    server, said = fetch(server=server)
    assert set(server.messages) == {"3"}
    assert "deleted now: 1" in said
    assert "failed, tried again next time: 1" in said
    # The one that was not found may be the one that failed.
    assert RightsRequest.objects.filter(mail_kept=True).count() == 1
    server.messages["3"] = fails
    fetch(server=server)
    assert set(server.messages) == {"3"}
    assert not RightsRequest.objects.filter(mail_kept=True).exists()


def test_activity_is_that_of_the_join_code_or_the_only_open_one(fetch, activity):
    other = factories.ActivityFactory(audit=activity.audit, guide=activity.guide, join_code="7KPM3XWD")
    server, _said = fetch(
        letter(picture("#100000"), subject="photovoice 7kpm-3xwd The park", number="1"),
        letter(picture("#200000"), subject="=?utf-8?q?Photovoice_7KPM_3XWD_P=C5=99=C3=ADb=C4=9Bh?=", number="2"),
        letter(picture("#300000"), subject="photovoice", number="3"),
    )
    assert [(photo.activity, photo.title) for photo in Photo.objects.all()] == [(other, "The park"), (other, "Příběh")]
    assert server.flags["3"] == set()
    other.state = ActivityState.CLOSED
    other.save()
    fetch(server=server)
    assert activity.photos.count() == 1


def test_mailbox_that_cannot_be_opened_is_said_without_its_secrets(fetch, settings):
    settings.PHOTO_MAIL_PASSWORD = "wrong"
    with pytest.raises(CommandError, match="does not accept"):
        fetch()
    settings.PHOTO_MAIL_HOST = ""
    with pytest.raises(CommandError, match="PHOTO_MAIL_HOST"):
        fetch()


def test_words_come_from_the_plain_text_or_without_tags():
    rich = "<style>p{}</style><p>No sign &amp; no bench<br>here</p><script>alert(1)</script><img src=x onerror=y>"
    assert read_mail(letter(text="", html=rich)).text == "No sign & no bench\nhere"
    assert read_mail(letter(text="Plain", html=rich)).text == "Plain"
    assert read_mail(letter(text="> quoted\nMine\n--\nSamira, tel. 123")).text == "Mine"
    assert len(read_mail(letter(text="long " * 500)).text) <= 600


def test_message_inside_the_message_is_left_alone():
    outer = EmailMessage()
    outer["Subject"], outer["From"] = "photovoice", "a@b.example"
    outer.set_content("Mine")
    inner = EmailMessage()
    inner["Subject"] = "Theirs"
    inner.set_content("Theirs")
    inner.add_attachment(picture(), maintype="image", subtype="jpeg", filename="theirs.jpg")
    outer.add_attachment(inner)
    read = read_mail(outer.as_bytes())
    assert (read.text, read.pictures) == ("Mine", [])


def _nested(depth):
    raw = b""
    for level in range(depth):
        raw += b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (level, level)
    return b"Subject: photovoice\r\nFrom: a@b.example\r\n" + raw


@pytest.mark.parametrize("raw", [_nested(30), _nested(3000), b"", b"\0" * 1000])
def test_mail_that_is_none_or_too_deep_is_refused(raw):
    with pytest.raises(MailError):
        read_mail(raw)


@pytest.mark.parametrize(
    "raw",
    [
        b"Subject: photovoice " + b"=?utf-8?q?x?= " * 200_000 + b"\r\nFrom: " + b"(" * 500_000 + b"\r\n\r\ntext",
        b"Subject: =?no-such?b?////?=\r\nFrom: <<>>@\r\nContent-Type: text/plain; charset=no-such\r\n\r\ntext\xff",
        b"Subject: photovoice\r\nContent-Type: image/jpeg; name*0=a; name*0=b\r\n\r\n",
        b"Subject: photo\0voice\r\nMessage-ID: \xff\xfe\r\n\r\nte\0xt",
    ],
)
def test_headers_of_any_kind_are_read_or_refused_but_harm_nothing(raw):
    try:
        read = read_mail(raw)
    except MailError:
        return
    assert "\0" not in read.subject + read.text
    assert read.address == ""


def test_letters_to_one_address_are_limited(fetch, activity, monkeypatch):
    monkeypatch.setattr("photovoice.actions.links.LETTERS_A_DAY", 1)
    fetch(letter(picture("#100000"), number="1"), letter(picture("#200000"), number="2"))
    assert len(mail.outbox) == 1
    assert RightsRequest.objects.exclude(address="").count() == 1
