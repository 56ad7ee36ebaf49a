"""Photos come in once, count or wait, are corrected, and go without a trace (SAFETY, "Photos" and "Nothing lost")."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from audits.agenda.enums import FindingKind
from audits.methods import Reference, resolve
from audits.participation.actions import NotAcceptingError, Outcome, erase, give_consents, held_for
from audits.participation.enums import Purpose
from audits.participation.models import Change
from photovoice import actions
from photovoice.actions import DetailsChange, PhotoDetails
from photovoice.enums import ActivityKind, ActivityState, AllowedUse, GivenBy, PhotoState, VisiblePeople
from photovoice.forms.details import DetailsForm
from photovoice.models import Photo
from photovoice.rights import Gap, gaps, may_be_published
from photovoice.showing import Permission, Shown
from tests import factories
from tests.photovoice.conftest import jpeg


def loaded(photo):
    return Photo.objects.with_rights().get(pk=photo.pk)


def test_photo_arrives_with_its_words_and_rights(activity, photographer, send):
    theme = activity.guide.themes.get(key="friendly")
    activity.asks_place = True
    uuid = uuid4()
    result = send(
        photographer(),
        photo=uuid,
        title="Tram 4",
        text="No sign",
        language="uk",
        theme=theme.uuid,
        declared=True,
        use=AllowedUse.REPORT,
        credit="Samira O.",
        latitude=Decimal("42.69773"),
        longitude=Decimal("23.32187"),
    )
    assert result.outcome is Outcome.SAVED
    photo = loaded(Photo.objects.get(uuid=uuid))
    assert (photo.title, photo.text, photo.language, photo.theme) == ("Tram 4", "No sign", "uk", theme)
    # About 100 metres, never more exactly: in the journal neither.
    assert (photo.latitude, photo.longitude) == (Decimal("42.698"), Decimal("23.322"))
    assert "42.6977" not in str(Change.objects.get(uuid=uuid).content)
    assert gaps(photo) == [Gap.PEOPLE_UNKNOWN, Gap.ALT]


def test_same_photo_sent_twice_is_one_and_another_under_its_name_a_conflict(activity, photographer, send):
    author, uuid, device = photographer(), uuid4(), uuid4()
    first = send(author, photo=uuid, device=device, title="Tram 4")
    again = send(author, photo=uuid, device=device, title="Tram 4")
    other = send(author, photo=uuid, device=device, title="Tram 4", file=jpeg("#aa0000"))
    assert [first.outcome, again.outcome, other.outcome] == [Outcome.SAVED, Outcome.REPEAT, Outcome.CONFLICT]
    assert activity.photos.count() == 1
    assert len(default_storage.listdir("pictures")[1]) == 2


@pytest.mark.parametrize("content", [b"%PDF-1.7 no picture", b"<svg onload=alert(1)>", jpeg().read()[:200], b""])
def test_file_that_is_no_picture_is_refused_with_a_sentence_and_blocks_nothing(activity, photographer, send, content):
    author = photographer()
    refused = send(author, file=SimpleUploadedFile("photo.jpg", content))
    assert refused.outcome is Outcome.REFUSED
    assert "photo.jpg" in refused.message
    assert send(author).outcome is Outcome.SAVED
    assert Change.objects.count() == 1


def test_without_consent_to_the_use_of_photos_nothing_is_taken(photographer, send):
    with pytest.raises(NotAcceptingError):
        send(photographer(Purpose.TAKING_PART))
    assert not Change.objects.exists()


def test_photo_after_closing_is_kept_and_counts_once_admitted(activity, photographer, send, member):
    author, uuid, device = photographer(), uuid4(), uuid4()
    activity.state = ActivityState.CLOSED
    activity.save()
    assert send(author, photo=uuid, device=device, title="Late").outcome is Outcome.LATE
    photo = Photo.objects.get(uuid=uuid)
    assert photo not in Photo.objects.counting()
    change = DetailsChange(uuid=uuid4(), sequence=2, photo=uuid, details=PhotoDetails(title="Later"))
    [corrected] = actions.correct(activity=activity, participant=author, changes=[change], device=device)
    assert corrected.outcome is Outcome.LATE
    actions.admit_late(photo=photo, by=member())
    photo.refresh_from_db()
    assert (photo.state, photo.title) == (PhotoState.IN, "Later")


def test_period_of_a_contest_is_kept_to_whatever_its_state(activity, photographer, send):
    now = timezone.now()
    activity.kind = ActivityKind.CONTEST
    activity.starts, activity.ends = now + timedelta(days=1), now + timedelta(days=15)
    activity.save()
    with pytest.raises(NotAcceptingError):
        send(photographer())
    activity.starts, activity.ends = now - timedelta(days=15), now - timedelta(minutes=1)
    activity.save()
    assert send(photographer()).outcome is Outcome.LATE


def test_more_photos_than_possible_are_refused(activity, photographer, send, monkeypatch):
    monkeypatch.setattr("photovoice.actions.photos.MOST_PHOTOS", 2)
    author = photographer()
    assert [send(author).outcome for _ in range(3)] == [Outcome.SAVED, Outcome.SAVED, Outcome.REFUSED]
    assert len(default_storage.listdir("pictures")[1]) == 4


def test_corrections_take_the_place_of_earlier_ones_of_the_same_device(activity, photographer, send):
    author, uuid, device = photographer(), uuid4(), uuid4()
    send(author, photo=uuid, device=device, title="First", declared=True, anonymous=True)

    def corrects(sequence, **details):
        change = DetailsChange(uuid=uuid4(), sequence=sequence, photo=uuid, details=PhotoDetails(**details))
        return actions.correct(activity=activity, participant=author, changes=[change], device=device)[0].outcome

    assert corrects(9, title="Third", declared=True, credit="Bao N.") is Outcome.SAVED
    assert corrects(5, title="Second", declared=True, anonymous=True) is Outcome.SUPERSEDED
    photo = loaded(Photo.objects.get(uuid=uuid))
    assert photo.title == "Third"
    assert [row.credit for row in photo.rights.all()] == ["", "Bao N."]


def test_nobody_corrects_the_photo_of_somebody_else(activity, photographer, send):
    uuid = uuid4()
    send(photographer(), photo=uuid, title="Mine")
    change = DetailsChange(uuid=uuid4(), sequence=1, photo=uuid, details=PhotoDetails(title="Not mine"))
    [result] = actions.correct(activity=activity, participant=photographer(), changes=[change], device=uuid4())
    assert result.outcome is Outcome.REFUSED
    assert Photo.objects.get(uuid=uuid).title == "Mine"


def test_what_the_team_saw_in_a_photo_stands_over_what_its_author_says(activity, photographer, send, member):
    author, uuid, device = photographer(), uuid4(), uuid4()
    send(author, photo=uuid, device=device, title="A", people=VisiblePeople.NONE, declared=True, anonymous=True)
    photo = Photo.objects.get(uuid=uuid)
    actions.state_rights(
        photo=photo, given_by=GivenBy.TEAM, by=member(), language="en", people=VisiblePeople.NOT_AGREED
    )
    details = PhotoDetails(title="B", people=VisiblePeople.NONE, declared=True, anonymous=True)
    change = DetailsChange(uuid=uuid4(), sequence=2, photo=uuid, details=details)
    actions.correct(activity=activity, participant=author, changes=[change], device=device)
    assert Gap.PEOPLE in gaps(loaded(photo))


def test_publication_needs_a_complete_ledger(photographer):
    photo = factories.PhotoFactory(participant=(author := photographer()), activity__audit=author.audit, alt="A queue")
    assert not may_be_published(loaded(photo))
    factories.PhotoRightsFactory(photo=photo)
    assert may_be_published(loaded(photo))
    assert Shown(loaded(photo), None).permission is Permission.FREE
    factories.PhotoRightsFactory(photo=photo, use=AllowedUse.REPORT)
    assert Shown(loaded(photo), None).permission is Permission.REPORT
    give_consents(participant=author, decisions={Purpose.PUBLICATION: False}, language="en")
    assert gaps(loaded(photo)) == [Gap.CONSENT]


MARKER = "A queue before the only open counter, at nine in the morning"


@pytest.mark.parametrize("way", ["erase", "photo use", "one photo"])
def test_withdrawn_photo_leaves_no_trace(activity, photographer, send, member, way):
    author, uuid = photographer(), uuid4()
    send(author, photo=uuid, title="Queue", text=MARKER)
    photo = Photo.objects.get(uuid=uuid)
    finding = factories.FindingFactory(audit=activity.audit, kind=FindingKind.DEFICIENCY, text=f"People say: {MARKER}")
    factories.EvidenceLinkFactory(holder=finding, app="photovoice", type="photo", source=uuid)
    # Copied by hand, without a link to the photo.
    advice = factories.RecommendationFactory(audit=activity.audit, text=f"Open more counters, for “{MARKER}”.")
    reference = Reference("photovoice", "photo", uuid)
    assert resolve([reference], member())
    assert MARKER in str(held_for(author))
    if way == "erase":
        erase(author)
    elif way == "photo use":
        give_consents(participant=author, decisions={Purpose.PHOTO_USE: False}, language="en")
    else:
        actions.delete_photos([photo])
    assert not Photo.objects.exists()
    assert not Change.objects.filter(subject=photo.subject).exists()
    finding.refresh_from_db()
    advice.refresh_from_db()
    assert MARKER not in finding.text + advice.text
    assert not resolve([reference], member())


def correction(activity, author, photo, *, sequence=2, device=None, **details):
    change = DetailsChange(uuid=uuid4(), sequence=sequence, photo=photo.uuid, details=PhotoDetails(**details))
    return actions.correct(activity=activity, participant=author, changes=[change], device=device or uuid4())[0]


def close(activity):
    activity.state = ActivityState.CLOSED
    activity.save()


def test_consent_taken_back_while_a_photo_is_drawn_holds(photographer, send, monkeypatch):
    author, draw = photographer(), actions.photos.images.draw

    def slowly(*given):
        give_consents(participant=author, decisions={Purpose.PHOTO_USE: False}, language="en")
        return draw(*given)

    monkeypatch.setattr("photovoice.actions.photos.images.draw", slowly)
    with pytest.raises(NotAcceptingError):
        send(author)
    assert not Photo.objects.exists()


def test_photo_of_whoever_does_not_agree_to_its_use_is_never_published(photographer):
    author = photographer(Purpose.TAKING_PART, Purpose.PUBLICATION)
    photo = factories.PhotoFactory(participant=author, activity__audit=author.audit, alt="A queue")
    factories.PhotoRightsFactory(photo=photo)
    assert gaps(loaded(photo)) == [Gap.CONSENT]


@pytest.mark.parametrize(
    ("team", "author", "holds"),
    [
        (VisiblePeople.NONE, VisiblePeople.NOT_AGREED, VisiblePeople.NOT_AGREED),
        (VisiblePeople.NOT_AGREED, VisiblePeople.AGREED, VisiblePeople.NOT_AGREED),
        # Blurred: somebody has to look again, whatever a corrected title carries along.
        (VisiblePeople.UNKNOWN, VisiblePeople.AGREED, VisiblePeople.UNKNOWN),
        (VisiblePeople.NONE, VisiblePeople.UNKNOWN, VisiblePeople.NONE),
    ],
)
def test_stricter_word_about_people_holds(activity, photographer, send, member, team, author, holds):
    who, uuid = photographer(), uuid4()
    send(who, photo=uuid, people=VisiblePeople.AGREED, declared=True, anonymous=True)
    photo = Photo.objects.get(uuid=uuid)
    actions.state_rights(photo=photo, given_by=GivenBy.TEAM, by=member(), language="en", people=team)
    correction(activity, who, photo, title="B", people=author, declared=True, anonymous=True)
    assert photo.rights.last().people == holds


def test_what_the_team_only_carries_along_is_not_what_it_saw(activity, photographer, send, member):
    who, uuid = photographer(), uuid4()
    send(who, photo=uuid, people=VisiblePeople.NOT_AGREED, anonymous=True)
    photo = Photo.objects.get(uuid=uuid)
    actions.state_rights(photo=photo, given_by=GivenBy.TEAM, by=member(), language="en", use=AllowedUse.REPORT)
    correction(activity, who, photo, people=VisiblePeople.NONE, anonymous=True)
    assert photo.rights.last().people == VisiblePeople.NONE


def test_author_restricts_a_photo_after_the_end_at_once_and_its_words_wait(activity, photographer, send, desk):
    author, uuid = photographer(), uuid4()
    send(author, photo=uuid, title="Before", use=AllowedUse.ALL, credit="Bao N.", declared=True)
    photo = Photo.objects.get(uuid=uuid)
    close(activity)
    assert correction(activity, author, photo, title="Afterwards", anonymous=True).outcome is Outcome.LATE
    photo.refresh_from_db()
    rights = photo.rights.last()
    assert (photo.title, rights.use, rights.credit, rights.anonymous) == ("Before", AllowedUse.INSIDE, "", True)
    page = reverse("photovoice:gallery", args=[activity.audit.slug, activity.uuid]) + "?heap=late"
    assert "Of 1 photo the words were changed late" in desk.get(activity.get_absolute_url()).content.decode()
    assert "Afterwards" in desk.get(page).content.decode()
    decided = reverse("photovoice:photo-late", args=[activity.audit.slug, activity.uuid, uuid])
    assert "is saved" in desk.post(decided, {"decision": "admit"}, follow=True).content.decode()
    photo.refresh_from_db()
    assert (photo.title, photo.state) == ("Afterwards", PhotoState.IN)
    assert "Afterwards" not in desk.get(page).content.decode()


def test_admitting_leaves_what_the_team_added_and_what_was_said_later(activity, photographer, send, member):
    author, uuid = photographer(), uuid4()
    close(activity)
    send(author, photo=uuid, title="Late", use=AllowedUse.ALL, anonymous=True)
    photo = Photo.objects.get(uuid=uuid)
    photo.theme = activity.guide.themes.get(key="friendly")
    photo.save()
    actions.state_rights(photo=photo, given_by=GivenBy.PARTICIPANT, language="en", use=AllowedUse.INSIDE)
    correction(activity, author, photo, title="Later", use=AllowedUse.REPORT, anonymous=True)
    said = photo.rights.count()
    actions.admit_late(photo=photo, by=member())
    photo.refresh_from_db()
    assert (photo.title, photo.theme.key, photo.state) == ("Later", "friendly", PhotoState.IN)
    assert (photo.rights.count(), photo.rights.last().use) == (said, AllowedUse.REPORT)


def test_looking_at_people_is_no_agreement_to_a_newer_text(photographer, member):
    photo = factories.PhotoFactory()
    factories.PhotoRightsFactory(photo=photo, text_version="photo-2025-9", language="uk")
    actions.state_rights(photo=photo, given_by=GivenBy.TEAM, by=member(), language="en", people=VisiblePeople.AGREED)
    assert (photo.rights.last().text_version, photo.rights.last().language) == ("photo-2025-9", "uk")


def test_place_is_kept_only_where_the_activity_offers_it(activity, photographer, send):
    author, uuid, here = photographer(), uuid4(), Decimal("42.698")
    send(author, latitude=here, longitude=here)
    photo = Photo.objects.get()
    assert (photo.latitude, "42.698" in str(Change.objects.get().content)) == (None, False)
    activity.asks_place = True
    send(author, photo=uuid, latitude=here, longitude=here)
    activity.asks_place = False
    photo = Photo.objects.get(uuid=uuid)
    correction(activity, author, photo, title="Without a word about the place")
    photo.refresh_from_db()
    assert (photo.title, photo.latitude) == ("Without a word about the place", here)


def test_most_photos_are_counted_over_all_activities_of_a_participant(activity, photographer, send, monkeypatch):
    monkeypatch.setattr("photovoice.actions.photos.MOST_PHOTOS", 1)
    author = photographer()
    factories.PhotoFactory(participant=author, activity__audit=author.audit)
    assert send(author).outcome is Outcome.REFUSED


def test_words_that_are_too_long_are_told_how_long_they_are():
    form = DetailsForm({"title": "x" * 121})
    assert form.errors["title"] == ["At most 120 characters; these are 121."]
