"""Those who took photos sort them and remark on them too, on their own phones; the group decides (toolkit, wrap-up)."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from audits.participation.actions import erase, give_consents, held_for
from audits.participation.enums import Purpose
from photovoice.actions import report_owner, sort, take_back_remarks
from photovoice.enums import PhotoState, VisiblePeople
from photovoice.models import Placement, Remark, Vote
from reports.enums import BuildState
from reports.models import Build, Report
from tests import factories
from tests.photovoice.conftest import jpeg
from tests.photovoice.test_photographer import OwnPages, as_participant
from tests.photovoice.test_review import at, urgent  # noqa: F401

SAID = "The last tram to our quarter never comes when the late shift ends."


@pytest.fixture
def photos(activity, photographer):
    """Photos of three people, all of which may go round; sorting on phones is open."""
    activity.review_open = True
    activity.save()
    made = [
        factories.PhotoFactory(activity=activity, participant=photographer(), number=number, title=f"Tram {number}")
        for number in (1, 2, 3)
    ]
    for photo in made:
        factories.PhotoRightsFactory(photo=photo)
    return made


@pytest.fixture
def author(photos):
    return photos[0].participant


@pytest.fixture
def phone(author):
    return OwnPages(author)


def page_of(photo, *more):
    return "/".join([f"/join/{photo.activity.join_code}/photos/review", str(photo.uuid), *more, ""])


def written(text, group, **more):
    """What the box for a remark sends, beside the button that was pressed."""
    return {"remark-uuid": uuid4(), "remark-text": text, "remark-category": group.pk if group else "", **more}


def overview(activity):
    return f"/join/{activity.join_code}/photos/review/"


def said(phone, address, data=None):
    answer = phone.get(address, follow=True) if data is None else phone.post(address, data, follow=True)
    return answer.content.decode()


def votes_of(people, photo, category):
    for _ in range(people):
        person = factories.ParticipantFactory(audit=photo.activity.audit)
        Vote.objects.create(photo=photo, participant=person, category=category)


# On the phone ------------------------------------------------------------------------------------------------


def test_photo_is_put_into_a_group_by_one_press_and_the_next_one_follows(phone, photos, author, urgent):  # noqa: F811
    answer = phone.post(page_of(photos[1]), {"category": urgent.uuid})
    assert answer.url == page_of(photos[2])
    assert "“Tram 2” is in the group “Urgent” now." in said(phone, answer.url)
    vote = Vote.objects.get()
    assert (vote.photo, vote.participant, vote.category) == (photos[1], author, urgent)
    assert not Placement.objects.exists()
    achievements = photos[0].activity.guide.wrap_up_categories.get(key="achievements")
    phone.post(page_of(photos[1]), {"category": achievements.uuid})
    assert Vote.objects.get().category == achievements
    phone.post(page_of(photos[1]), {"undo": "1"})
    assert not Vote.objects.exists()


def test_overview_leads_to_the_first_photo_that_is_left(phone, photos, author, activity, urgent):  # noqa: F811
    Vote.objects.create(photo=photos[0], participant=author, category=urgent)
    page = said(phone, overview(activity))
    assert "1 of 3 photos sorted" in page
    assert page_of(photos[1]) in page


def test_remark_is_kept_once_and_taken_back_by_its_author_alone(phone, photos, activity, urgent):  # noqa: F811
    data = written("It never comes.", urgent)
    phone.post(page_of(photos[1]), data)
    phone.post(page_of(photos[1]), data)
    remark = Remark.objects.get()
    assert (remark.photo, remark.participant) == (photos[1], photos[0].participant)
    back = f"{overview(activity)}remarks/{remark.uuid}/"
    assert back in said(phone, overview(activity))
    other = OwnPages(photos[1].participant)
    assert "It never comes." not in said(other, page_of(photos[1]))
    assert other.get(back).status_code == 404
    other.post(back)
    assert Remark.objects.exists()
    activity.review_open = False
    activity.save()
    phone.post(back)
    assert not Remark.objects.exists()


def test_page_that_somebody_else_left_open_on_a_shared_phone_writes_nothing(phone, photos, activity, urgent):  # noqa: F811
    remark = factories.RemarkFactory(activity=activity, photo=photos[1], participant=photos[0].participant)
    theirs = written("Hers", urgent, owner=photos[2].participant.uuid, category=urgent.uuid)
    for address in (page_of(photos[1]), f"{overview(activity)}remarks/{remark.uuid}/"):
        assert "That page was somebody else’s. Nothing was changed." in said(phone, address, theirs)
    assert Remark.objects.get() == remark
    assert not Vote.objects.exists()


def test_other_words_under_the_same_identifier_stay_in_the_box_and_can_be_added(phone, photos, urgent):  # noqa: F811
    data = written("It never comes.", urgent)
    phone.post(page_of(photos[1]), data)
    refused = phone.post(page_of(photos[1]), data | {"remark-text": "It is full."})
    assert refused.status_code == 409
    page = refused.content.decode()
    assert "It is full.</textarea>" in page
    again = re.search(r'name="remark-uuid" value="([^"]+)"', page).group(1)
    phone.post(page_of(photos[1]), data | {"remark-text": "It is full.", "remark-uuid": again})
    assert set(Remark.objects.values_list("text", flat=True)) == {"It never comes.", "It is full."}


def test_what_is_written_goes_along_with_the_group_or_the_next_photo(phone, photos, author, urgent):  # noqa: F811
    page = said(phone, page_of(photos[0]), written("It never comes.", None, category=urgent.uuid))
    assert "The remark is added." in page
    assert "“Tram 1” is in the group “Urgent” now." in page
    assert Remark.objects.get().category == urgent
    achievements = photos[0].activity.guide.wrap_up_categories.get(key="achievements")
    # The list still says where the photo was put before; chosen otherwise, it counts.
    for chosen, remark_in in ((urgent, achievements), (None, achievements)):
        Vote.objects.filter(photo=photos[0]).update(category=urgent)
        phone.post(page_of(photos[0]), written("Seen anew.", chosen, category=achievements.uuid))
        assert Remark.objects.latest("pk").category == remark_in
    phone.post(page_of(photos[1]), written("Of the good ones.", achievements, category=urgent.uuid))
    assert Remark.objects.latest("pk").category == achievements
    # On the way to another photo nobody has said to which group it belongs.
    asked = said(phone, page_of(photos[2]), written("Stays", None, onward=photos[0].uuid))
    assert "Choose a group for the remark." in asked
    assert "Stays</textarea>" in asked
    onward = phone.post(page_of(photos[2]), written("Stays", urgent, onward=photos[0].uuid))
    assert onward.url == page_of(photos[0])
    assert Remark.objects.latest("pk").text == "Stays"
    assert phone.post(page_of(photos[2]), written("", None, onward=photos[0].uuid)).url == page_of(photos[0])


def test_remark_that_cannot_be_taken_stays_in_the_box_and_nothing_is_sorted(phone, photos, urgent):  # noqa: F811
    gone = written("It never comes.", urgent, category=uuid4())
    page = said(phone, page_of(photos[0]), gone)
    assert "This group is not there any more." in page
    assert "It never comes.</textarea>" in page
    page = said(phone, page_of(photos[0]), written("x" * 5000, urgent, category=urgent.uuid))
    assert "x" * 5000 + "</textarea>" in page
    assert not Vote.objects.exists()
    assert not Remark.objects.exists()
    assert "Write what you say about it." in said(phone, page_of(photos[0]), written(" ", urgent, say="1"))


def test_photos_are_sorted_in_any_language_of_those_who_take_part(phone, photos, activity):
    for address in (page_of(photos[0]), overview(activity)):
        assert 'href="?lang=ar"' in said(phone, address)


def test_only_photos_in_which_nobody_can_be_recognised_unasked_go_round(phone, photos, activity):
    asks = factories.PhotoFactory(activity=activity, participant=photos[1].participant)
    factories.PhotoRightsFactory(photo=asks, people=VisiblePeople.NOT_AGREED)
    unseen = factories.PhotoFactory(activity=activity, participant=photos[1].participant)
    factories.PhotoRightsFactory(photo=unseen, people=VisiblePeople.UNKNOWN)
    late = factories.PhotoFactory(activity=activity, participant=photos[1].participant, state=PhotoState.LATE)
    undeclared = factories.PhotoFactory(activity=activity, participant=photos[1].participant)
    of_no_other_use = factories.PhotoFactory(activity=activity, participant=factories.ParticipantFactory())
    factories.PhotoRightsFactory(photo=of_no_other_use)
    assert "0 of 3 photos sorted" in said(phone, overview(activity))
    for photo in (asks, unseen, late, undeclared, of_no_other_use):
        for part in ("small", "picture"):
            assert phone.get(page_of(photo, part)).status_code == 404
        assert "cannot be sorted on phones" in said(phone, page_of(photo))


def test_pictures_are_shown_to_those_who_sort_and_only_while_it_is_open(photos, activity, send, photographer):
    sender = photographer()
    send(sender, file=jpeg(size=(800, 600)), declared=True, anonymous=True, people=VisiblePeople.NONE)
    sent = sender.photos.get()
    phone = as_participant(Client(), photos[0].participant)
    answer = phone.get(page_of(sent, "small"))
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    without_a_photo = as_participant(Client(), photographer())
    assert without_a_photo.get(page_of(sent, "small")).status_code == 404
    assert "no photos are sorted" in said(without_a_photo, overview(activity))
    activity.review_open = False
    activity.save()
    assert phone.get(page_of(sent, "small")).status_code == 404
    assert "no photos are sorted" in said(phone, overview(activity))


def test_nothing_is_taken_once_it_is_closed(phone, photos, activity, urgent):  # noqa: F811
    activity.review_open = False
    activity.save()
    page = said(phone, page_of(photos[1]), written("Too late", urgent, category=urgent.uuid))
    assert "cannot be sorted on phones any more" in page
    assert not Vote.objects.exists()
    assert not Remark.objects.exists()


def test_title_of_the_page_is_the_title_of_the_photo_without_markup(phone, photos):
    page = said(phone, page_of(photos[0]))
    assert "bdi" not in page.partition("<title>")[2].partition("</title>")[0]


def test_page_shows_words_and_credit_and_nothing_of_who_took_the_photo(phone, photos, photographer, activity):
    author = photographer(group="migrants", age_band="65_up")
    photo = factories.PhotoFactory(activity=activity, participant=author, title="محطة", language="ar")
    factories.PhotoRightsFactory(photo=photo, credit="Samira O.", anonymous=False)
    factories.CaptionTranslationFactory(photo=photo, language="en", title="Tram stop")
    page = said(phone, page_of(photo))
    for told in ("محطة", "Tram stop", "Samira O."):
        assert told in page
    for inside in ("65_up", "65 or older", "TCN and migrants", str(author.uuid)):
        assert inside not in page


@pytest.mark.parametrize("number", [1, 3])
def test_pages_ask_the_database_as_often_for_three_as_for_one(
    phone,
    photos,
    author,
    number,
    urgent,  # noqa: F811
    django_assert_num_queries,
):
    for photo in photos[number:]:
        photo.delete()
    for photo in photos[:number]:
        factories.RemarkFactory(activity=photo.activity, photo=photo, category=urgent, participant=author)
    phone.get(page_of(photos[0]))
    with django_assert_num_queries(17):
        phone.get(page_of(photos[0]))
    with django_assert_num_queries(8):
        phone.get(overview(photos[0].activity))


# Rights ------------------------------------------------------------------------------------------------------


@pytest.fixture
def spoken(author, photos, urgent):  # noqa: F811
    """What the author put and said in the review."""
    Vote.objects.create(photo=photos[1], participant=author, category=urgent)
    factories.RemarkFactory(
        activity=photos[1].activity, photo=photos[1], category=urgent, participant=author, text=SAID
    )


def test_what_is_held_has_votes_and_remarks(author, spoken):
    held = held_for(author)["photovoice"]
    assert held["remarks"] == [{"text": SAID, "hidden_by_the_team": False}]
    [vote] = held["sorted"]
    assert (vote["photo"], vote["put_under"]) == (2, "Urgent")


def test_taking_everything_back_deletes_votes_and_remarks(author, spoken):
    finding = factories.FindingFactory(audit=author.audit, text=f"People say: {SAID}")
    erase(author)
    assert not Vote.objects.exists()
    assert not Remark.objects.exists()
    finding.refresh_from_db()
    assert "never comes" not in finding.text


def test_who_sends_no_photos_any_more_has_said_nothing_about_them(author, spoken):
    finding = factories.FindingFactory(audit=author.audit, text=f"People say: {SAID}")
    decisions = {Purpose.PHOTO_USE: False}
    give_consents(participant=author, decisions=decisions, language="en", text_version="photo-2026-1")
    assert not Vote.objects.exists()
    assert not Remark.objects.exists()
    finding.refresh_from_db()
    assert "never comes" not in finding.text


# At the team’s desk ------------------------------------------------------------------------------------------


def test_team_hides_a_remark_with_a_reason_and_shows_it_again(desk, phone, activity, author, spoken, urgent):  # noqa: F811
    remark = Remark.objects.get()
    group, hide = at("category", activity, urgent.uuid), at("remark-hide", activity, remark.uuid)
    assert SAID in said(desk, group)
    assert "Write why, in a few words." in said(desk, hide, {"hidden_reason": " "})
    page = said(desk, hide, {"hidden_reason": "It names a driver."})
    assert SAID not in page
    assert hide in page
    assert "1 remark" not in said(desk, at("review", activity))
    assert "It names a driver." in said(desk, hide)
    # Its author reads on what is there, and what became of it, not the team's reason.
    own_page = said(phone, overview(activity))
    assert SAID in own_page
    assert "The team does not show this remark." in own_page
    assert "driver" not in own_page
    assert held_for(author)["photovoice"]["remarks"] == [{"text": SAID, "hidden_by_the_team": True}]
    assert SAID in said(desk, hide, {"show": "yes"})


def test_printed_report_with_a_remark_goes_when_it_is_hidden(
    desk, activity, spoken, monkeypatch, django_capture_on_commit_callbacks
):
    gone = []
    monkeypatch.setattr("photovoice.actions.review.printing.delete", lambda owner, _reason: gone.append(owner))
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(at("remark-hide", activity, Remark.objects.get().uuid), {"hidden_reason": "It names a driver."})
    assert gone == [report_owner(activity)]


@pytest.mark.parametrize("how", ["hidden", "taken back"])
def test_report_of_the_audit_with_a_remark_goes_when_it_is_hidden_or_taken_back(desk, activity, spoken, how):
    report = Report.objects.create(audit=activity.audit, language="en")
    build = Build.objects.create(report=report, state=BuildState.DONE, facts={"pictures": [], "people": []})
    if how == "hidden":
        desk.post(at("remark-hide", activity, Remark.objects.get().uuid), {"hidden_reason": "It names a driver."})
    else:
        take_back_remarks(Remark.objects.all())
    build.refresh_from_db()
    assert (build.state, build.reason) == ("failed", "words")


def test_hidden_remarks_on_one_photo_are_told_apart_without_their_words(desk, activity, author, spoken, urgent):  # noqa: F811
    first = Remark.objects.get()
    factories.RemarkFactory(activity=activity, photo=first.photo, category=urgent, participant=author)
    Remark.objects.update(hidden_at=activity.starts, hidden_reason="It names a driver.")
    page = said(desk, at("category", activity, urgent.uuid))
    for number, one in enumerate(Remark.objects.all(), 1):
        link = page.partition(f'href="{at("remark-hide", activity, one.uuid)}"')[2].partition("</a>")[0]
        assert f"is hidden ({number})" in link
        assert one.text not in page
    assert "Nothing is written down yet." not in page


def test_remark_of_the_team_is_changed_not_hidden(desk, activity, urgent):  # noqa: F811
    own_remark = factories.RemarkFactory(activity=activity, category=urgent)
    assert desk.get(at("remark-hide", activity, own_remark.uuid)).status_code == 404


def test_team_opens_and_ends_sorting_on_phones(desk, activity, photos):
    page = said(desk, at("review-phones", activity), {})
    assert "Open sorting on phones" in page
    page = said(desk, at("review-phones", activity), {"review_open": "on"})
    activity.refresh_from_db()
    assert activity.review_open
    assert "sorts 3 of 3 photos" in page


def test_team_sees_what_five_people_chose_beside_its_own_decision_and_fewer_only_as_few(
    desk,
    activity,
    photos,
    member,
    urgent,  # noqa: F811
):
    achievements = activity.guide.wrap_up_categories.get(key="achievements")
    votes_of(3, photos[0], urgent)
    votes_of(2, photos[0], achievements)
    votes_of(4, photos[1], urgent)
    sort(photo=photos[0], category=achievements, by=member())
    page = desk.get(at("review", activity))
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page.content.decode()).replace("&nbsp;", " "))
    assert "On the phones: Urgent 3, Achievements 2" in text
    assert "On the phones: fewer than 5 people so far" in text
    assert "9 people have sorted some so far" in text
    assert "Urgent 4" not in text
    assert photos[0].placement.category == achievements


def test_counts_stay_when_the_script_sorts(desk, activity, photos, urgent):  # noqa: F811
    votes_of(5, photos[0], urgent)
    headers = {"Accept": "application/json"}
    answer = desk.post(at("sort", activity, photos[0].uuid), {"category": urgent.uuid}, headers=headers)
    assert "On the phones:" in answer.json()["html"]
