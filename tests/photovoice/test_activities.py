"""Planning photo activities: the form with the toolkit's proposals, list, page, state, words of the themes."""

from datetime import date, datetime, time
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from audits.enums import Role
from photovoice.advice import advice_on
from photovoice.enums import ActivityState
from photovoice.models import Activity, PhotovoiceGuide
from photovoice.wording import themes_of
from tests import factories


def address(name, activity, *more):
    return reverse(f"photovoice:{name}", args=[activity.audit.slug, activity.uuid, *more])


def create_address(audit):
    return reverse("photovoice:create", args=[audit.slug])


def words(response):
    return " ".join(response.content.decode().split())


def plan(guide, **changes):
    return {
        "uuid": str(uuid4()),
        "title": "My way",
        "kind": "collective",
        "first_day": "2026-12-05",
        "begins_at": "10:00",
        "meeting_point": "Town hall",
        "final_point": "Library",
        "target": "25",
        "guide": guide.pk,
        **changes,
    }


def moment(*when):
    return timezone.make_aware(datetime(*when))


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(moment(2026, 11, 20, 9), tick=False):
        yield


# The plan ----------------------------------------------------------------------------------------------------


def test_an_activity_together_lasts_three_hours_where_no_end_is_written(desk, audit, guide):
    response = desk.post(create_address(audit), plan(guide, last_day="2026-12-05"))
    activity = Activity.objects.get()
    assert response.url == activity.get_absolute_url()
    assert (activity.starts, activity.ends) == (moment(2026, 12, 5, 10), moment(2026, 12, 5, 13))
    assert activity.state == ActivityState.PLANNED
    assert activity.guide == guide


def test_cancel_on_a_new_plan_leads_back_to_the_list(desk, audit, guide):
    listed = reverse("photovoice:list", args=[audit.slug])
    assert f'<a class="btn btn-quiet" href="{listed}">Cancel</a>' in words(desk.get(create_address(audit)))


def test_what_is_wrong_stands_in_the_order_of_the_form(desk, audit, guide):
    page = words(desk.post(create_address(audit), plan(guide, title="", first_day="", begins_at="", target="x")))
    said = ["Give the activity a name.", "Choose the day.", "Write when people meet.", "Write a whole number"]
    assert sorted(said, key=page.index) == said


def test_a_period_of_one_day_names_it_once(desk, audit, guide):
    desk.post(create_address(audit), plan(guide, kind="individual", last_day="2026-12-05"))
    page = words(desk.get(Activity.objects.get().get_absolute_url()))
    assert "5 December 2026</time> –" not in page


@pytest.mark.parametrize("kind", ["individual", "contest"])
def test_a_period_lasts_two_weeks_where_no_last_day_is_written(desk, audit, guide, kind):
    desk.post(create_address(audit), plan(guide, kind=kind, begins_at="", meeting_point="", final_point=""))
    activity = Activity.objects.get()
    assert (activity.starts, activity.ends) == (moment(2026, 12, 5), moment(2026, 12, 18, 23, 59))


def test_people_who_go_out_together_need_a_time_and_two_places(desk, audit, guide):
    response = desk.post(create_address(audit), plan(guide, begins_at="", meeting_point="", final_point=""))
    said = words(response)
    for sentence in ("Write when people meet.", "Write where people meet.", "Write where all meet at the end."):
        assert sentence in said
    assert not Activity.objects.exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"first_day": "2026-11-01"}, "is past. Choose a later day"),
        ({"first_day": "2206-12-05"}, "Write a day of the years"),
        ({"first_day": "2029-12-05"}, "Check the year."),
        ({"last_day": "2026-12-31"}, "Empty this field, or choose a period above."),
        ({"ends_at": "09:00"}, "The end has to come after the beginning."),
        ({"begins_at": "22:00"}, "It would end after midnight."),
        ({"kind": "contest", "last_day": "2026-12-01"}, "The end has to come after the beginning."),
        ({"beside": "NOTAWALK"}, "This walk is not there any more."),
        ({"title": "ACTIVITY"}, "There is a photo activity called"),
        ({"target": "many"}, "Write a whole number"),
        ({"target": "-5"}, "At least 1 is needed."),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(desk, audit, guide, changes, said):
    factories.ActivityFactory(audit=audit, guide=guide, title="Activity")
    response = desk.post(create_address(audit), plan(guide, **changes))
    assert response.status_code == 200
    assert said in words(response)
    assert Activity.objects.count() == 1


def test_a_form_sent_twice_makes_one_activity(desk, audit, guide):
    sent = plan(guide)
    first, again = (desk.post(create_address(audit), sent) for _press in range(2))
    assert first.url == again.url
    assert Activity.objects.count() == 1


def test_one_that_was_held_already_is_open_at_once(desk, audit, guide):
    desk.post(create_address(audit), plan(guide, first_day="2026-11-01", already_held="on"))
    assert Activity.objects.get().state == ActivityState.OPEN


def test_it_goes_with_a_walk_of_the_audit_and_follows_the_newest_guide(desk, audit, guide):
    walk, other = factories.CityWalkFactory(audit=audit, title="Harbour"), factories.CityWalkFactory(title="Elsewhere")
    newer = factories.PhotovoiceGuideFactory()
    page = desk.get(create_address(audit))
    form = page.context["form"]
    assert dict(form.fields["beside"].choices) == {"": "No walk", walk.join_code: "Harbour"}
    assert form["guide"].value() == PhotovoiceGuide.objects.for_new().pk == newer.pk
    desk.post(create_address(audit), plan(guide, beside=walk.join_code))
    activity = Activity.objects.get()
    assert activity.beside == walk.join_code
    assert "Walk with us: Harbour" in words(desk.get(activity.get_absolute_url()))
    assert other.join_code not in words(page)


def test_without_a_guide_the_page_says_so(desk, audit):
    assert "No guide is loaded" in words(desk.get(create_address(audit)))
    assert "No guide is loaded" in words(desk.get(reverse("photovoice:list", args=[audit.slug])))


def test_a_changed_plan_shows_and_keeps_what_stands(desk, activity):
    page = desk.get(address("edit", activity))
    initial = page.context["form"].initial
    assert (initial["first_day"], initial["begins_at"]) == (date(2026, 10, 10), time(13))
    sent = {name: value for name, value in plan(activity.guide, version=1).items() if name != "uuid"}
    day = {"first_day": "2026-10-10", "begins_at": "13:00", "ends_at": "16:00"}
    response = desk.post(address("edit", activity), {**sent, **day, "title": "New name", "childcare": "In the library"})
    assert response.status_code == 302
    starts = activity.starts
    activity.refresh_from_db()
    assert (activity.title, activity.childcare, activity.starts) == ("New name", "In the library", starts)


def test_two_who_change_a_plan_keep_what_both_wrote_and_decide_where_it_is_the_same(desk, activity, member):
    form = desk.get(address("edit", activity)).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    page = {name: value for name, value in shown.items() if value not in (None, "", [], False)}
    theirs = {"meeting_point": "Their place", "version": 2, "changed_by": member()}
    Activity.objects.filter(pk=activity.pk).update(**theirs)
    assert desk.post(address("edit", activity), {**page, "begins_at": "12:30"}).status_code == 302
    activity.refresh_from_db()
    assert (activity.meeting_point, timezone.localtime(activity.starts).time()) == ("Their place", time(12, 30))
    answer = desk.post(address("edit", activity), {**page, "meeting_point": "My place"})
    assert answer.status_code == 409
    assert "Their place" in words(answer)
    assert "My place" in words(answer)
    assert desk.post(address("edit", activity), answer.context["form"].data).status_code == 302
    activity.refresh_from_db()
    assert (activity.meeting_point, timezone.localtime(activity.starts).time()) == ("My place", time(12, 30))


def test_another_guide_is_refused_beside_its_field_once_there_are_photos(desk, activity):
    factories.PhotoFactory(activity=activity)
    newer = factories.PhotovoiceGuideFactory()
    answer = desk.post(address("edit", activity), plan(newer, version=1))
    assert "For another guide, plan another activity." in words(answer)
    activity.refresh_from_db()
    assert (activity.guide_id, activity.title) != (newer.pk, "My way")


def test_advice_names_what_the_toolkit_has_otherwise(activity):
    activity.audit.starts_on, activity.audit.ends_on = date(2026, 1, 1), date(2026, 12, 31)
    assert list(advice_on(activity)) == []
    activity.target, activity.ends = 12, activity.starts + timezone.timedelta(minutes=45)
    assert [sentence.split(":")[0][:14] for sentence in advice_on(activity)] == ["12 people are ", "It is short"]
    activity.kind, activity.ends = "contest", activity.starts + timezone.timedelta(days=100)
    said = " ".join(advice_on(activity))
    assert "two weeks" in said
    assert "not within it" in said


# List and page -----------------------------------------------------------------------------------------------


def test_list_and_page_take_the_same_queries_for_3_and_for_300(desk, audit, guide):
    def fill(number):
        for activity in factories.ActivityFactory.create_batch(number // 3, audit=audit, guide=guide):
            factories.PhotoFactory.create_batch(3, activity=activity)

    def counted():
        pages = (reverse("photovoice:list", args=[audit.slug]), audit.photo_activities.first().get_absolute_url())
        found = []
        for page in pages:
            with CaptureQueriesContext(connection) as captured:
                assert desk.get(page).status_code == 200
            found.append(len(captured))
        return found

    fill(3)
    pinned = counted()
    assert pinned == [6, 13]
    fill(297)
    assert counted() == pinned


def test_the_team_reads_counts_and_those_who_run_it_the_way_to_join(client, desk, activity, member):
    factories.PhotoFactory.create_batch(2, activity=activity)
    code = f"{activity.join_code[:4]} {activity.join_code[4:]}"
    said = words(desk.get(activity.get_absolute_url()))
    ways = ("gallery", "review", "incoming", "on-behalf")
    assert all(f'href="{address(name, activity)}"' in said for name in ways)
    assert code in said
    assert "2 people have sent photos; 25 are wanted." in said
    client.force_login(member(Role.VIEWER))
    said = words(client.get(activity.get_absolute_url()))
    assert not any(f'href="{address(name, activity)}"' in said for name in ways)
    assert "2 people have sent photos; 25 are wanted." in said
    for hidden in (code, activity.join_code, address("gallery", activity), address("prints", activity)):
        assert hidden not in said


# State, deleting ---------------------------------------------------------------------------------------------


def test_state_goes_on_and_back_for_a_reason(desk, activity):
    desk.post(address("state", activity), {"to": "closing"})
    assert "Write why the activity is put back." in words(desk.post(address("state", activity), {"to": "open"}))
    desk.post(address("state", activity), {"to": "open", "reason": "Too early"})
    activity.refresh_from_db()
    assert activity.state == ActivityState.OPEN
    assert "Too early" in words(desk.get(activity.get_absolute_url()))
    # Pressed on a page that has grown old.
    assert "look again" in words(desk.post(address("state", activity), {"to": "closed"}))


def test_only_a_plan_without_photos_that_was_never_open_can_be_deleted(desk, activity):
    desk.post(address("delete", activity))
    assert "It has been open." in words(desk.get(address("delete", activity)))
    Activity.objects.update(state=ActivityState.PLANNED)
    photo = factories.PhotoFactory(activity=activity)
    assert "It has photos already." in words(desk.get(address("delete", activity)))
    desk.post(address("delete", activity))
    assert Activity.objects.exists()
    photo.delete()
    assert desk.post(address("delete", activity)).status_code == 302
    assert not Activity.objects.exists()


# Themes ------------------------------------------------------------------------------------------------------


def test_themes_are_worded_per_language_and_fall_back_to_the_guide(desk, activity):
    page = address("themes", activity)
    sent = {
        "en-title-friendly": "Good places",
        "ar-title-friendly": "أماكن جيدة",
        "ar-text-friendly": "حيث أشعر بالراحة",
    }
    assert desk.post(page, sent).status_code == 302
    assert [str(theme.title) for theme in themes_of(activity, "en")] == ["Good places", "Room for improvement"]
    assert str(themes_of(activity, "ar")[0].text) == "حيث أشعر بالراحة"
    assert str(themes_of(activity, "bg")[0].title) == "Friendly city"
    desk.post(page, {"initial-en-title-friendly": "Good places", "en-title-friendly": ""})
    assert str(themes_of(activity, "en")[0].title) == "Friendly city"


def test_two_who_word_the_themes_keep_what_both_wrote_and_decide_where_it_is_the_same(desk, activity):
    page = address("themes", activity)
    shown = desk.get(page).context["form"]
    shown = {name: "" for field in shown for name in (field.html_name, field.html_initial_name)}
    desk.post(page, {**shown, "en-title-friendly": "Their friendly"})
    assert desk.post(page, {**shown, "en-title-improvement": "My room"}).status_code == 302
    assert [str(theme.title) for theme in themes_of(activity, "en")] == ["Their friendly", "My room"]
    answer = desk.post(page, {**shown, "en-title-friendly": "My friendly", "en-text-friendly": "Mine"})
    assert answer.status_code == 409
    assert "Their friendly" in words(answer)
    assert str(themes_of(activity, "en")[0].title) == "Their friendly"
    form = answer.context["form"]
    assert desk.post(page, form.data).status_code == 302
    assert str(themes_of(activity, "en")[0].title) == "My friendly"


def test_words_of_a_theme_need_a_title_and_are_not_lost(desk, activity):
    response = desk.post(address("themes", activity), {"uk-text-friendly": "Добре місце"})
    assert "Write a title too" in words(response)
    assert "Добре місце" in words(response)
    assert not activity.wordings.exists()


# Stakeholders ------------------------------------------------------------------------------------------------


def test_stakeholders_of_the_register_are_asked_and_answer(desk, audit, activity):
    bridge, forum = (factories.StakeholderFactory(audit=audit, name=name) for name in ("Bridge", "Forum"))
    walk = factories.CityWalkFactory(audit=audit)
    walk.calls.create(stakeholder=bridge)
    page = address("calls", activity)
    assert "Bridge" in words(desk.get(page + "?q=brid"))
    for _press in range(2):
        assert desk.post(page, {"stakeholders": [bridge.uuid, forum.uuid]}).url == page
    call = activity.calls.get(stakeholder=bridge)
    desk.post(address("call", activity, call.uuid), {"reply": "yes", "note": "Brings two", "version": 1})
    assert activity.calls.counts() == {"total": 2, "asked": 1, "come": 1, "refuse": 0}
    assert "2 on the list" in words(desk.get(activity.get_absolute_url()))
    # A call to the walk is none to the photos.
    assert desk.post(address("call", activity, walk.calls.get().uuid), {"remove": "1"}).status_code == 404
