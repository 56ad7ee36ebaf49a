"""Sound recordings: what is taken, who hears them, and how they go."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from audits.uploads import CappedFileHandler
from focusgroups.actions import prepare_seats
from focusgroups.forms import recordings as form_module
from focusgroups.models import Recording
from focusgroups.sound import sound_of
from focusgroups.views.recordings import SoundFileHandler
from tests.focusgroups.seating import sounds
from tests.focusgroups.seats import RECORDING, address, shown, taken


def sent(content, name="group.wav", **more):
    day = timezone.localdate() + timedelta(days=30)
    return {"file": SimpleUploadedFile(name, content), "delete_on": day.isoformat(), **more}


@pytest.fixture
def recording(team, group):
    taken(group, RECORDING, count=2)
    team.post(address("recording-list", group), sent(sounds.wav()))
    return Recording.objects.get()


def files(settings):
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("kind", "seconds"),
    [("wav", 2), ("mp3", 3), ("flac", 3), ("ogg", 4), ("m4a", 5), ("webm", 6)],
)
def test_kind_of_sound_is_read_from_its_content(kind, seconds):
    content = getattr(sounds, kind)()
    found = sound_of(io.BytesIO(content), len(content))
    assert (found.extension, found.seconds) == (kind, seconds)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7 not a sound" * 100, "is not a sound file that can be played here"),
        (b"\xff\xfb\x90\x00 one frame and no other" * 3, "is not a sound file that can be played here"),
        (sounds.m4a(handler=b"vide"), "is a video. Only sound is kept"),
        (sounds.webm(kind=1), "is a video. Only sound is kept"),
        (sounds.ogg(head=b"\x80theora" + b"\0" * 9), "is a video. Only sound is kept"),
        (b"\0\0\1\xba" + b"\0" * 99, "is a video. Only sound is kept"),
        (sounds.wav()[:-500], "is not whole: its end is missing"),
        (sounds.m4a()[:-40], "is not whole: its end is missing"),
        (sounds.ogg()[:-5], "is not whole: its end is missing"),
        (sounds.webm()[:-2], "is not whole: its end is missing"),
        (b"", "The file is empty."),
    ],
    ids=["pdf", "one frame", "mp4", "webm", "theora", "mpeg", "cut wav", "cut m4a", "cut ogg", "cut webm", "empty"],
)
def test_what_is_no_whole_sound_is_refused_with_a_reason(team, group, settings, content, words):
    taken(group, RECORDING)
    page = team.post(address("recording-list", group), sent(content, "talk.mp3"))
    assert words in page.content.decode()
    assert not Recording.objects.exists()
    assert not files(settings)


def test_file_that_is_too_long_is_not_written_to_the_end(team, group, monkeypatch):
    taken(group, RECORDING)
    monkeypatch.setattr(form_module, "MOST_BYTES", 20_000)
    monkeypatch.setattr(SoundFileHandler, "max_bytes", 20_000)
    page = team.post(address("recording-list", group), sent(sounds.wav()))
    assert "At most 19.5" in page.content.decode()
    monkeypatch.setattr(SoundFileHandler, "max_request_bytes", 10_000)
    assert team.post(address("recording-list", group), sent(sounds.wav())).status_code == 400
    assert not Recording.objects.exists()


def test_longer_file_than_other_forms_take_is_kept(team, group, monkeypatch):
    taken(group, RECORDING)
    monkeypatch.setattr(CappedFileHandler, "max_bytes", 20_000)
    monkeypatch.setattr(CappedFileHandler, "max_request_bytes", 20_000)
    assert team.post(address("recording-list", group), sent(sounds.wav())).status_code == 302
    assert (Recording.objects.get().size, Recording.objects.get().seconds) == (32044, 2)


def test_nobody_is_recorded_who_does_not_agree(team, group):
    assert "No seat is taken yet" in team.post(address("recording-list", group), sent(sounds.wav())).content.decode()
    taken(group, RECORDING, count=2)
    taken(group, count=2)
    page = team.post(address("recording-list", group), sent(sounds.wav())).content.decode()
    assert "Seats 3, 4 do not agree to be recorded." in page
    assert 'type="file"' not in page
    assert not Recording.objects.exists()


@pytest.mark.parametrize("days", [0, 366], ids=["today", "after a year"])
def test_day_of_deletion_is_near(team, group, days):
    taken(group, RECORDING)
    day = timezone.localdate() + timedelta(days=days)
    page = team.post(address("recording-list", group), sent(sounds.wav(), delete_on=day.isoformat()))
    assert "Choose a day from tomorrow on" in page.content.decode()
    ninety = timezone.localdate() + timedelta(days=90)
    assert f'value="{ninety.isoformat()}"' in team.get(address("recording-list", group)).content.decode()


def test_form_without_its_token_is_refused(group, facilitator):
    client = Client(enforce_csrf_checks=True)
    client.force_login(facilitator)
    taken(group, RECORDING)
    assert client.post(address("recording-list", group), sent(sounds.wav())).status_code == 403
    assert not Recording.objects.exists()


def test_recording_is_played_in_parts_and_under_no_name_of_its_own(team, group, recording):
    assert "group" not in recording.file.name
    page = address("recording-file", group, recording.uuid)
    assert (
        f'<audio controls preload="metadata" src="{page}"'
        in team.get(address("recording-list", group)).content.decode()
    )
    whole = team.get(page)
    assert b"".join(whole.streaming_content) == sounds.wav()
    assert (whole["Content-Type"], whole["Accept-Ranges"]) == ("audio/wav", "bytes")
    assert (whole["X-Content-Type-Options"], whole["Cache-Control"]) == ("nosniff", "no-store")
    for asked, part, said in (
        ("bytes=0-3", sounds.wav()[:4], "bytes 0-3/32044"),
        ("bytes=32040-", sounds.wav()[32040:], "bytes 32040-32043/32044"),
        ("bytes=-2", sounds.wav()[-2:], "bytes 32042-32043/32044"),
    ):
        answer = team.get(page, headers={"range": asked})
        assert (answer.status_code, answer["Content-Range"]) == (206, said)
        assert b"".join(answer.streaming_content) == part
    assert team.get(page, headers={"range": "bytes=40000-"}).status_code == 416


def test_recording_goes_by_the_button_with_its_file(
    team, group, recording, settings, django_capture_on_commit_callbacks
):
    assert len(files(settings)) == 1
    with django_capture_on_commit_callbacks(execute=True):
        team.post(address("recording-delete", group, recording.uuid))
    assert not Recording.objects.exists()
    assert not files(settings)


def test_recording_goes_on_its_day_and_not_before(recording, settings, capsys, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        call_command("expire")
        assert Recording.objects.exists()
        with time_machine.travel(recording.delete_on):
            call_command("expire", dry_run=True)
            assert "focusgroups recordings: 1 (kept: dry run)" in capsys.readouterr().out
            assert Recording.objects.exists()
            call_command("expire")
    assert not Recording.objects.exists()
    assert not files(settings)


def test_recording_goes_with_one_consent_once_that_is_said_to_be_meant(
    team, group, recording, settings, django_capture_on_commit_callbacks
):
    page = address("seat", group, 2)
    form = shown(team.get(page), 2)
    del form["seat-2-recording"]
    asked = team.post(page, form | {"seat-2-group": "ngo"})
    assert "Seat 2 does not agree to be recorded." in asked.content.decode()
    assert '<button class="btn btn-danger" name="answer" value="delete">' in asked.content.decode()
    # What was typed is not lost with a no, and nothing of it is kept.
    sent = dict(asked.context["sent"])
    back = team.post(page, sent | {"answer": "back"})
    assert (back.status_code, back.context["form"]["group"].value()) == (200, "ngo")
    assert Recording.objects.exists()
    assert group.seats.get(number=2).participant.group == ""
    with django_capture_on_commit_callbacks(execute=True):
        answer = team.post(page, sent | {"answer": "delete"}, follow=True)
    assert "The sound recording was deleted" in answer.content.decode()
    assert not Recording.objects.exists()
    assert not files(settings)
    # Without a recording there is nothing to ask about.
    assert team.post(page, shown(team.get(page), 2) | {"seat-2-gender": "woman"}).status_code == 302


def test_recording_goes_once_somebody_is_typed_in_who_does_not_agree(
    team, group, recording, settings, django_capture_on_commit_callbacks
):
    prepare_seats(group=group, count=1, language="en")
    page = team.get(address("seat-list", group))
    assert "the recording is deleted when the seats are saved" in page.content.decode()
    sent = shown(page, 1) | shown(page, 3) | {"seat-3-takes_part": "on"}
    sent = dict(team.post(address("seat-list", group), sent).context["sent"])
    assert Recording.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        page = team.post(address("seat-list", group), sent | {"answer": "delete"}, follow=True).content.decode()
    assert "1 seat is saved." in page
    assert "The sound recording was deleted" in page
    assert "the recording is deleted when" not in page
    assert not Recording.objects.exists()
    assert not files(settings)
    assert "Seat 3 does not agree" in team.get(address("recording-list", group)).content.decode()
