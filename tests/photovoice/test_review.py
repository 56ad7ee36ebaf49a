"""The collective review: photos and remarks under the wrap-up categories (toolkit, "Photovoice", wrap-up)."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.http import urlencode

from photovoice.board import slots_of
from photovoice.models import Placement, Remark
from tests import factories


def at(name, activity, *more):
    return reverse(f"photovoice:{name}", args=[activity.audit.slug, activity.uuid, *more])


@pytest.fixture
def photo(activity):
    return factories.PhotoFactory(activity=activity, title="Tram 4")


@pytest.fixture
def urgent(activity):
    return activity.guide.wrap_up_categories.get(key="urgent")


def test_groups_are_the_categories_without_others_below_them_numbered_through(activity):
    slots = slots_of(activity, "en").slots
    assert [(slot.key, slot.name) for slot in slots] == [(1, "Deficiencies: Urgent"), (2, "Achievements")]


def test_photo_is_sorted_by_the_form_and_taken_back_by_undo(desk, activity, photo, urgent):
    answer = desk.post(at("sort", activity, photo.uuid), {"category": urgent.uuid})
    page = desk.get(answer.url)
    assert photo.placement.category == urgent
    assert page.context["board"].unsorted == []
    assert "Undo" in page.content.decode()
    desk.post(at("sort", activity, photo.uuid), {"undo": "1", "shown": urgent.uuid})
    assert not Placement.objects.exists()


def test_photo_is_sorted_for_the_script_without_a_page(desk, activity, photo, urgent):
    answer = desk.post(
        at("sort", activity, photo.uuid), {"category": urgent.uuid}, headers={"Accept": "application/json"}
    )
    said = answer.json()
    assert said["slot"] == str(urgent.uuid)
    assert "Tram 4" in said["html"]
    refused = desk.post(at("sort", activity, photo.uuid), {"category": uuid4()}, headers={"Accept": "application/json"})
    assert refused.status_code == 422


def test_group_shows_what_came_into_it_last_and_says_how_many_there_are(desk, activity, urgent):
    photos = [factories.PhotoFactory(activity=activity, number=number) for number in range(1, 10)]
    for photo in (*photos[1:], photos[0]):
        desk.post(at("sort", activity, photo.uuid), {"category": urgent.uuid})
    page = desk.get(at("review", activity))
    [slot, _empty] = page.context["board"].slots
    assert [one.photo.number for one in slot.shown] == [5, 6, 7, 8, 9, 1]
    assert "9 photos in all" in page.content.decode()


def test_sorting_on_a_later_page_stays_there_and_can_be_undone(desk, activity, urgent):
    photos = [factories.PhotoFactory(activity=activity, number=number) for number in range(1, 31)]
    here = f"{at('review', activity)}?page=2"
    first = desk.post(f"{at('sort', activity, photos[12].uuid)}?{urlencode({'back': here})}", {"category": urgent.uuid})
    assert first.url == f"{here}&put={photos[12].uuid}"
    again = {"back": first.url}
    second = desk.post(f"{at('sort', activity, photos[13].uuid)}?{urlencode(again)}", {"category": urgent.uuid})
    assert second.url == f"{here}&put={photos[13].uuid}"
    page = desk.get(second.url)
    assert page.context["put"][1].photo == photos[13]
    assert [one.photo.number for one in page.context["page_obj"]] == [*range(15, 27)]
    back = desk.post(
        f"{at('sort', activity, photos[13].uuid)}?{urlencode({'back': second.url})}",
        {"undo": "1", "shown": urgent.uuid},
    )
    assert back.url == here


def test_photo_that_somebody_else_sorted_meanwhile_stays_until_it_is_sorted_again(desk, activity, photo, urgent):
    other = activity.guide.wrap_up_categories.get(key="achievements")
    sort, by_script = at("sort", activity, photo.uuid), {"Accept": "application/json"}
    desk.post(sort, {"category": urgent.uuid, "shown": ""})
    answer = desk.post(sort, {"category": other.uuid, "shown": ""}, headers=by_script)
    assert (answer.status_code, answer.json()["slot"]) == (409, str(urgent.uuid))
    assert "into the group “Urgent” meanwhile" in answer.json()["message"]
    told = desk.post(sort, {"undo": "1", "shown": other.uuid}, follow=True).content.decode()
    assert "into the group “Urgent” meanwhile" in told
    assert Placement.objects.get().category == urgent
    moved = desk.post(sort, {"category": other.uuid, "shown": urgent.uuid})
    assert Placement.objects.get().category == other
    # Undo puts it where it was.
    undo = f'name="category" value="{urgent.uuid}">Undo'
    assert undo in desk.get(moved.url).content.decode()


def test_sorting_a_photo_that_was_taken_back_says_so(desk, activity, photo, urgent):
    sort = at("sort", activity, photo.uuid)
    photo.delete()
    answer = desk.post(sort, {"category": urgent.uuid}, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["message"]) == (410, "This photo was taken back.")
    assert "This photo was taken back." in desk.post(sort, {"category": urgent.uuid}, follow=True).content.decode()


@pytest.mark.parametrize("sent", [{}, {"category": ""}])
def test_sorting_without_a_group_says_so(desk, activity, photo, sent):
    page = desk.post(at("sort", activity, photo.uuid), sent, follow=True)
    assert "Choose a group" in page.content.decode()


def test_category_with_others_below_it_takes_no_photo(desk, activity, photo):
    above = activity.guide.wrap_up_categories.get(key="deficiencies")
    desk.post(at("sort", activity, photo.uuid), {"category": above.uuid})
    assert not Placement.objects.exists()


def test_remark_is_written_once_changed_and_deleted(desk, activity, photo, urgent):
    group = at("category", activity, urgent.uuid)
    data = {"uuid": uuid4(), "text": "It is everywhere.", "category": urgent.pk, "photo": photo.uuid}
    desk.post(group, data)
    desk.post(group, data)
    remark = Remark.objects.get()
    assert remark.photo == photo
    assert "It is everywhere." in desk.get(group).content.decode()
    page = at("remark", activity, remark.uuid)
    desk.post(page, {"text": "Nearly everywhere.", "category": urgent.pk, "version": 1})
    stale = desk.post(page, {"text": "Nowhere.", "category": urgent.pk, "version": 1})
    assert stale.status_code == 409
    assert "Nearly everywhere." in stale.content.decode()
    assert "Nowhere." in stale.content.decode()
    desk.post(at("remark-delete", activity, remark.uuid))
    assert not Remark.objects.exists()


def test_remark_of_a_participant_is_nobody_else_s_to_change(desk, activity, photographer, urgent):
    remark = factories.RemarkFactory(activity=activity, category=urgent, participant=photographer(), text="Mine")
    assert desk.get(at("remark", activity, remark.uuid)).status_code == 404
    assert desk.post(at("remark-delete", activity, remark.uuid)).status_code == 404


def test_big_screen_shows_photo_words_and_credit_and_nothing_of_the_participant(desk, activity, photographer):
    author = photographer(group="migrants", age_band="65_up")
    photos = [factories.PhotoFactory(activity=activity, participant=author) for _ in range(2)]
    factories.PhotoRightsFactory(photo=photos[1], credit="Samira O.", anonymous=False)
    factories.CaptionTranslationFactory(photo=photos[1], language="en", title="Not shown beside its own language")
    page = desk.get(at("show", activity), {"photo": photos[1].uuid})
    said = page.content.decode()
    assert page.context["preceding"] == photos[0].uuid
    assert page.context["following"] is None
    only = desk.get(at("show", activity), {"photo": photos[1].uuid, "permission": page.context["shown"].permission})
    assert only.context["shown"].photo == photos[1]
    assert "Samira O." in said
    assert photos[1].text in said
    assert "Not shown" not in said
    for told in ("65_up", "65 or older", "TCN and migrants", str(author.uuid)):
        assert told not in said


def test_big_screen_leaves_out_whom_it_may_not_show_and_the_review_says_how_many(desk, activity):
    photos = [factories.PhotoFactory(activity=activity) for _ in range(3)]
    factories.PhotoRightsFactory(photo=photos[1], people="agreed")
    factories.PhotoRightsFactory(photo=photos[1], people="not_agreed")
    page = desk.get(at("show", activity), {"photo": photos[1].uuid})
    assert page.context["shown"].photo == photos[0]
    assert (page.context["following"], page.context["total"]) == (photos[2].uuid, 2)
    assert "1 photo is not shown on the big screen" in desk.get(at("review", activity)).content.decode()


def test_big_screen_goes_on_to_the_next_photo_where_one_was_taken_back(desk, activity, urgent):
    photos = [factories.PhotoFactory(activity=activity) for _ in range(3)]
    here = f"{at('show', activity)}?photo={photos[1].uuid}&place=2"
    assert f"photo={photos[1].uuid}&amp;place=2" in desk.get(at("show", activity)).content.decode()
    photos[1].delete()
    sort = f"{at('sort', activity, photos[1].uuid)}?{urlencode({'back': here})}"
    for page in (desk.get(here), desk.post(sort, {"category": urgent.uuid}, follow=True)):
        assert page.context["shown"].photo == photos[2]
        assert page.content.decode().count("This photo was taken back.") == 1
    photos[2].delete()
    assert desk.get(here).context["shown"].photo == photos[0]
