import uuid
from datetime import date, time

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from audits.enums import Area, Role
from audits.models import User
from checklists.actions import PlannedPlace, admit_late, plan_walk, record
from checklists.enums import WalkState
from checklists.models import CityWalk, Section, WalkPlace
from checklists.timetable import timetable
from tests.checklists.conftest import answer, make_checklist
from tests.factories import (
    AuditFactory,
    CityWalkFactory,
    MembershipFactory,
    ScoreFactory,
    SheetFactory,
    UserFactory,
    WalkPlaceFactory,
)

TODAY = time_machine.travel("2026-09-01 09:00", tick=False)


@pytest.fixture(autouse=True)
def _today():
    with TODAY:
        yield


@pytest.fixture
def team(client, facilitator):
    client.force_login(facilitator)
    return client


def new_walk(**facts):
    facts = {"audit": AuditFactory(), "title": "Old Harbour", "date": date(2026, 10, 10), **facts}
    facts.setdefault("checklist", make_checklist())
    return CityWalk(starts_at=time(10, 0), meeting_point="Main gate", **facts)


def plan(walk, places=(), sections=(), by=None):
    return plan_walk(walk=walk, places=places, per_place_sections=sections, by=by)


def address(name, walk, *more):
    return reverse(f"checklists:{name}", args=[walk.audit.slug, walk.uuid, *more])


def create_address(audit):
    return reverse("checklists:walk-create", args=[audit.slug])


def form_of(walk, places=(), **changes):
    """What the form sends for a walk that is planned like `walk`."""
    rows = [{"key": uuid.uuid4(), "name": "", "location": "", **place} for place in places]
    data = {
        "title": "Station Quarter",
        "date": "2026-10-31",
        "starts_at": "10:00",
        "discussion_minutes": 45,
        "walk_minutes": 75,
        "wrap_up_minutes": 45,
        "meeting_point": "Station, main hall",
        "target": 25,
        "threshold": "1.00",
        "checklist": walk.checklist_id,
        "places-TOTAL_FORMS": len(rows),
        "places-INITIAL_FORMS": len(rows),
        **changes,
    }
    for number, row in enumerate(rows):
        data |= {f"places-{number}-{name}": value for name, value in row.items()}
    return {name: value for name, value in data.items() if value is not None}


def errors(response):
    """What the page says about each field, in plain text."""
    form = response.context["form"]
    return {name: " ".join(found) for name, found in form.errors.items()}


# The timetable -----------------------------------------------------------------------------------------------


def test_timetable_gives_clock_times_and_says_whether_the_toolkit_is_met():
    times = timetable(time(10, 15), 20, 75, 45)
    assert [(phase.begins, phase.ends, phase.met) for phase in times.phases] == [
        (time(10, 15), time(10, 35), False),
        (time(10, 35), time(11, 50), True),
        (time(11, 50), time(12, 35), True),
    ]
    assert (times.whole.ends, times.whole.length, times.whole.met) == (time(12, 35), "2 h 20 min", True)


@pytest.mark.parametrize(("whole", "met"), [(119, False), (120, True), (210, True), (211, False)])
def test_timetable_takes_two_to_three_and_a_half_hours_as_met(whole, met):
    assert timetable(time(10, 0), 30, whole - 60, 30).whole.met is met


def test_timetable_notices_midnight():
    assert not timetable(time(21, 0), 45, 75, 45).past_midnight
    assert timetable(time(22, 0), 45, 75, 45).past_midnight


# The action --------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_planned_walk_has_its_places_in_order_and_a_join_code():
    walk = plan(new_walk(), [PlannedPlace(name="Market", location="Hall 2"), PlannedPlace(name="School")])
    assert [str(place) for place in walk.places.all()] == ["Market", "School"]
    assert len(walk.join_code) == 8
    assert walk.state == "planned"


@pytest.mark.django_db
def test_places_exchange_their_names_and_order():
    walk = plan(new_walk(), [PlannedPlace(name="Market"), PlannedPlace(name="School")])
    market, school = walk.places.all()
    plan(walk, [PlannedPlace(name="Market", uuid=school.uuid), PlannedPlace(name="School", uuid=market.uuid)])
    assert [(place.pk, place.name) for place in walk.places.all()] == [(school.pk, "Market"), (market.pk, "School")]


@pytest.mark.django_db
def test_places_of_another_walk_are_not_taken_over():
    foreign = WalkPlaceFactory(name="Elsewhere")
    walk = plan(new_walk(), [PlannedPlace(name="Market", uuid=foreign.uuid)])
    foreign.refresh_from_db()
    assert (foreign.name, foreign.walk_id) != ("Market", walk.pk)
    assert [place.name for place in walk.places.all()] == ["Market"]


def test_scored_place_stays_on_the_walk(per_place_walk):
    walk = per_place_walk
    place = walk.places.first()
    urban = walk.per_place_sections.get()
    ScoreFactory(sheet=SheetFactory(walk=walk), item=urban.items.first(), place=place)
    with pytest.raises(ValidationError, match="Station Square"):
        plan(walk, [PlannedPlace(name="Elsewhere")], [urban])
    assert walk.places.count() == 2


def test_scored_part_keeps_the_way_in_which_it_is_filled(per_place_walk):
    walk = per_place_walk
    urban = walk.per_place_sections.get()
    ScoreFactory(sheet=SheetFactory(walk=walk), item=urban.items.first(), place=walk.places.first())
    places = [PlannedPlace(name=place.name, uuid=place.uuid) for place in walk.places.all()]
    with pytest.raises(ValidationError, match="cannot change any more"):
        plan(walk, places, [])
    assert list(walk.per_place_sections.all()) == [urban]


def test_what_waits_after_closing_keeps_its_place_and_its_part_as_they_were(per_place_walk):
    """Otherwise it could not be admitted any more."""
    walk = per_place_walk
    place, urban = walk.places.first(), walk.per_place_sections.get()
    (vision,) = walk.checklist.sections.exclude(pk=urban.pk)
    Section.objects.update(can_be_per_place=True)
    walk.state = WalkState.CLOSED
    walk.save()
    sheet = SheetFactory(walk=walk)
    late = [answer(urban.items.first(), 3, place=place), answer(vision.items.first(), 4, sequence=2)]
    record(sheet=sheet, changes=late, device=uuid.uuid4(), participant=sheet.participant)
    places = [PlannedPlace(name=one.name, uuid=one.uuid) for one in walk.places.all()]
    with pytest.raises(ValidationError, match="Station Square"):
        plan(walk, [PlannedPlace(name="Elsewhere"), *places[1:]], [urban])
    with pytest.raises(ValidationError, match="cannot change any more"):
        plan(walk, places, [urban, vision])
    assert admit_late(sheet=sheet, by=UserFactory()) == 2


@pytest.mark.django_db
def test_part_filled_per_place_needs_a_place():
    walk = new_walk()
    with pytest.raises(ValidationError, match="at least one place"):
        plan(walk, [], walk.checklist.sections.filter(area=Area.URBAN))
    assert not CityWalk.objects.exists()


def test_checklist_cannot_change_once_there_are_sheets(walk):
    SheetFactory(walk=walk)
    walk.checklist = make_checklist()
    with pytest.raises(ValidationError, match="plan another walk"):
        plan(walk)
    assert CityWalk.objects.get(pk=walk.pk).checklist_id != walk.checklist_id


def test_part_of_another_checklist_is_refused(walk):
    with pytest.raises(ValidationError, match="not part of this checklist"):
        plan(walk, [PlannedPlace(name="Market")], make_checklist().sections.filter(area=Area.URBAN))


# The form ----------------------------------------------------------------------------------------------------


def test_form_plans_a_walk(team, walk, facilitator):
    urban = walk.checklist.sections.get(area=Area.URBAN)
    data = form_of(
        walk,
        [{"name": "Station Square"}, {}, {"name": "Library", "location": "Ground floor"}],
        facilitator=facilitator.pk,
        per_place_sections=[urban.pk],
        childcare="At the school",
    )
    response = team.post(create_address(walk.audit), data)
    made = CityWalk.objects.get(title="Station Quarter")
    assert response.url == made.get_absolute_url()
    assert [(place.name, place.location) for place in made.places.all()] == [
        ("Station Square", ""),
        ("Library", "Ground floor"),
    ]
    assert (made.facilitator, made.childcare, list(made.per_place_sections.all())) == (
        facilitator,
        "At the school",
        [urban],
    )


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("date", "next Saturday", "not a date"),
        ("date", "2026-08-31", "is past"),
        ("date", "2029-10-31", "Check the year"),
        ("date", "9999-12-31", "Write a day of the years"),
        ("starts_at", "half past ten", "not a time"),
        ("starts_at", "23:00", "end after midnight"),
        ("title", "", "Give the walk a name"),
        ("title", "WALK TAKEN", "already"),
        ("meeting_point", "", "Write where people meet"),
        ("walk_minutes", "0", "1"),
        ("target", "many", "whole number"),
        ("checklist", "999999", "retired"),
        ("facilitator", "999999", "does not run walks"),
        ("per_place_sections", "999999", "cannot be chosen here"),
    ],
)
def test_form_says_beside_the_field_what_is_wrong_and_keeps_what_was_typed(team, walk, field, typed, words):
    walk.title = "Walk taken"
    walk.save()
    response = team.post(create_address(walk.audit), form_of(walk, [{"name": "Market"}], **{field: typed}))
    assert response.status_code == 200
    assert words in errors(response)[field]
    content = response.content.decode()
    assert "Market" in content
    assert "Station, main hall" in content or field == "meeting_point"
    if field in ("date", "starts_at", "title"):
        assert typed in content
    assert CityWalk.objects.count() == 1


def test_date_in_words_stays_readable_in_a_browser(team, walk):
    content = team.post(create_address(walk.audit), form_of(walk, date="next Saturday")).content.decode()
    assert '<input type="text" name="date" value="next Saturday"' in content
    content = team.post(create_address(walk.audit), form_of(walk, title="")).content.decode()
    assert '<input type="date" name="date" value="2026-10-31"' in content


def test_walk_that_was_held_already_may_lie_in_the_past(team, walk):
    team.post(create_address(walk.audit), form_of(walk, date="2026-05-02", already_held="on"))
    assert CityWalk.objects.get(title="Station Quarter").date == date(2026, 5, 2)


def test_walk_that_was_held_already_is_open_for_its_sheets_at_once(team, facilitator, walk):
    response = team.post(create_address(walk.audit), form_of(walk, date="2026-05-02", already_held="on"))
    held = CityWalk.objects.get(title="Station Quarter")
    assert held.state == WalkState.OPEN
    assert held.events.get().by == facilitator
    assert "Type in sheets" in team.get(response["Location"]).content.decode()


def test_walk_of_a_later_day_was_not_held_already(team, walk):
    response = team.post(create_address(walk.audit), form_of(walk, date="2026-09-02", already_held="on"))
    assert errors(response) == {"already_held": "The day of the walk is still to come."}
    assert CityWalk.objects.count() == 1


def test_what_is_wrong_in_the_plan_is_said_in_plain_sentences(team, walk):
    wrong = {"walk_minutes": "900", "target": "many", "threshold": "", "facilitator": "99", "starts_at": ""}
    assert errors(team.post(create_address(walk.audit), form_of(walk, **wrong))) == {
        "walk_minutes": "At most 480 is possible.",
        "target": "Write a whole number.",
        "threshold": "Fill this in.",
        "facilitator": "This person does not run walks in this audit.",
        "starts_at": "Write when the walk begins.",
    }


def test_summary_names_the_place_in_which_something_is_wrong(team, walk):
    places = [{"name": "Harbour"}, {"location": "Pier 2"}]
    page = team.post(create_address(walk.audit), form_of(walk, places)).content.decode()
    assert "2. Name of the area: Write the name of the area." in page


def test_other_changes_to_a_past_walk_need_no_word_about_its_day(team, walk):
    walk.date = date(2026, 5, 2)
    walk.save()
    team.post(address("walk-edit", walk), form_of(walk, title="New name", date="2026-05-02"))
    walk.refresh_from_db()
    assert walk.title == "New name"


def test_retired_checklist_is_offered_to_its_own_walks_only(team, walk):
    walk.checklist.retired_at = timezone.now()
    walk.checklist.save(update_fields=["retired_at"])
    old = team.get(address("walk-edit", walk)).context["form"].fields["checklist"].queryset
    new = team.get(create_address(walk.audit)).context["form"].fields["checklist"].queryset
    assert walk.checklist in old
    assert walk.checklist not in new


def test_only_those_who_run_walks_are_offered_as_facilitators(team, walk, facilitator):
    MembershipFactory(audit=walk.audit, role=Role.PARTNER)
    coordinator = MembershipFactory(audit=walk.audit, role=Role.COORDINATOR).user
    offered = team.get(create_address(walk.audit)).context["form"].fields["facilitator"].queryset
    assert set(offered) == {facilitator, coordinator}


def test_two_places_of_one_name_are_refused_beside_the_second(team, walk):
    response = team.post(create_address(walk.audit), form_of(walk, [{"name": "Market"}, {"name": "market"}]))
    assert response.context["formset"].forms[1].errors["name"] == ["This place is on the walk already."]
    assert CityWalk.objects.count() == 1


def test_location_without_a_name_asks_for_the_name(team, walk):
    response = team.post(create_address(walk.audit), form_of(walk, [{"location": "Hall 2"}]))
    assert response.context["formset"].forms[0].errors["name"] == ["Write the name of the area."]


def test_taking_off_a_scored_place_is_refused_on_the_page(team, per_place_walk):
    walk = per_place_walk
    join_team(team, walk)
    urban = walk.per_place_sections.get()
    ScoreFactory(sheet=SheetFactory(walk=walk), item=urban.items.first(), place=walk.places.first())
    response = team.post(address("walk-edit", walk), form_of(walk, [{"name": "B"}], per_place_sections=[urban.pk]))
    assert "has scores already" in errors(response)["__all__"]
    assert f"remove:{walk.places.first().uuid}" not in team.get(address("walk-edit", walk)).content.decode()


def join_team(client, walk):
    """Whoever is signed in runs this walk too."""
    user = User.objects.get(pk=client.session["_auth_user_id"])
    MembershipFactory(audit=walk.audit, user=user, role=Role.FACILITATOR)


@pytest.mark.parametrize(
    ("command", "names"),
    [
        ("up:{1}", ["B", "A", "C"]),
        ("down:{1}", ["A", "C", "B"]),
        ("up:{0}", ["A", "B", "C"]),
        ("remove:{1}", ["A", "C"]),
        ("add", ["A", "B", "C", ""]),
        ("up:nothing", ["A", "B", "C"]),
    ],
)
def test_buttons_arrange_places_without_saving_or_losing_anything(team, walk, command, names):
    keys = [uuid.uuid4() for _name in "ABC"]
    rows = [{"key": key, "name": name} for key, name in zip(keys, "ABC", strict=True)]
    data = form_of(walk, rows, arrange=command.format(*keys), title="", date="next week", interpreters="Arabic")
    response = team.post(create_address(walk.audit), data)
    assert [form["name"].value() for form in response.context["formset"]] == names
    assert not response.context["form"].errors
    content = response.content.decode()
    assert "next week" in content
    assert "Arabic" in content
    assert CityWalk.objects.count() == 1
    assert not WalkPlace.objects.exists()


def test_times_are_worked_out_without_saving(team, walk):
    response = team.post(create_address(walk.audit), form_of(walk, starts_at="14:00", arrange="times"))
    assert "16:00–16:45" in response.content.decode()
    assert CityWalk.objects.count() == 1


def test_next_walk_takes_over_the_plan_of_another(team, per_place_walk):
    walk = per_place_walk
    walk.interpreters = "Arabic"
    walk.save()
    join_team(team, walk)
    response = team.get(f"{create_address(walk.audit)}?source={walk.uuid}")
    form, places = response.context["form"], response.context["formset"]
    assert (form["interpreters"].value(), form["title"].value(), form["date"].value()) == ("Arabic", None, None)
    assert form["per_place_sections"].value() == [walk.per_place_sections.get().pk]
    assert [row["name"].value() for row in places] == ["Station Square", "Mill Street underpass"]
    assert {row["key"].value() for row in places}.isdisjoint({place.uuid for place in walk.places.all()})


@pytest.mark.parametrize("source", ["nonsense", "6f0c8a36-4a5e-4a55-9d21-6ad3f6c1a7f0"])
def test_plan_of_no_walk_cannot_be_taken_over(team, walk, source):
    assert team.get(f"{create_address(walk.audit)}?source={source}").status_code == 404


def test_plan_of_another_audits_walk_cannot_be_taken_over(team, walk):
    assert team.get(f"{create_address(walk.audit)}?source={CityWalkFactory().uuid}").status_code == 404
