"""The sheets of a walk as a list and as wholes: who, number, walk, void."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from audits.enums import Area, Role
from audits.participation.actions import consents_of
from audits.participation.enums import Purpose
from audits.participation.models import Change
from checklists.actions import (
    AnswerChange,
    add_sheet,
    move_sheet,
    record,
    renumber_sheet,
    restore_sheet,
    void_sheet,
)
from checklists.enums import SheetSource, WalkState
from checklists.models import CityWalk, Sheet
from tests.checklists.conftest import answer, items, make_checklist
from tests.factories import (
    CityWalkFactory,
    MembershipFactory,
    ParticipantFactory,
    ScoreFactory,
    SheetFactory,
    WalkPlaceFactory,
)
from tests.threads import at_once

DEVICE = "00000000-0000-0000-0000-000000000001"


@pytest.fixture
def team(client, facilitator):
    client.force_login(facilitator)
    return client


@pytest.fixture
def other(walk):
    """Another walk of the audit on the same checklist."""
    return CityWalkFactory(audit=walk.audit, checklist=walk.checklist, title="Station Quarter")


def address(name, walk, *more):
    return reverse(f"checklists:{name}", args=[walk.audit.slug, walk.uuid, *more])


def page(name, sheet):
    return address(name, sheet.walk, sheet.uuid)


def text_of(response):
    return " ".join(response.content.decode().split())


def per_place(walk, *names):
    walk.per_place_sections.set(walk.checklist.sections.filter(area=Area.URBAN))
    return [WalkPlaceFactory(walk=walk, name=name) for name in names]


def late(sheet, by):
    """An answer that arrived after closing."""
    CityWalk.objects.filter(pk=sheet.walk_id).update(state=WalkState.CLOSED)
    record(sheet=sheet, changes=[answer(items(sheet.walk)[0], 3)], device=DEVICE, by=by)


def history(sheet):
    return list(sheet.events.values_list("act", "before", "after", "reason"))


# List --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [3, 300])
def test_list_takes_the_same_queries_for_three_sheets_and_three_hundred(team, walk, django_assert_num_queries, number):
    for one in range(1, number + 1):
        SheetFactory(walk=walk, number=one)
    ScoreFactory(sheet=walk.sheets.get(number=1), item=items(walk)[0])
    team.get(address("sheet-list", walk))
    with django_assert_num_queries(11):
        response = team.get(address("sheet-list", walk))
    assert response.context["page_obj"].paginator.count == number
    assert len(response.context["page_obj"]) == min(number, 50)


def test_list_says_how_each_sheet_stands(team, walk, facilitator):
    for number, answered in ((1, 0), (2, 1), (3, 4), (4, 4)):
        sheet = SheetFactory(walk=walk, number=number)
        for item in items(walk)[:answered]:
            ScoreFactory(sheet=sheet, item=item, value=None, missing="dont_know")
    void_sheet(sheet=walk.sheets.get(number=4), reason="Typed in twice", by=facilitator)
    without = ParticipantFactory(audit=walk.audit, joined_at=None)
    ScoreFactory(sheet=SheetFactory(walk=walk, number=5, participant=without), item=items(walk)[0])
    SheetFactory(walk=walk, number=6, source=SheetSource.PHONE)
    content = team.get(address("sheet-list", walk)).content.decode()
    rows = {
        part.split("</a>")[0]: " ".join(part.split()) for part in content.split("<tbody>")[1].split('/">Sheet ')[1:]
    }
    states = ["Not typed in", "In part", "All answered", "Void", "Agreement is missing", "Begun on the phone"]
    for number, state in enumerate(states, start=1):
        assert state in rows[str(number)]
    assert "1 of 4" in rows["2"]
    assert "Typed in twice" in rows["4"]


@pytest.mark.parametrize(
    ("state", "numbers"),
    [("", [1, 2, 3, 4]), ("waiting", [1]), ("part", [2]), ("complete", [3]), ("void", [4]), ("nonsense", [1, 2, 3, 4])],
)
def test_list_shows_the_chosen_sheets(team, walk, facilitator, state, numbers):
    for number, answered in ((1, 0), (2, 1), (3, 4), (4, 4)):
        sheet = SheetFactory(walk=walk, number=number)
        for item in items(walk)[:answered]:
            ScoreFactory(sheet=sheet, item=item)
    void_sheet(sheet=walk.sheets.get(number=4), reason="Twice", by=facilitator)
    response = team.get(address("sheet-list", walk), {"state": state})
    assert [sheet.number for sheet in response.context["page_obj"]] == numbers


def test_list_leads_to_late_answers(team, walk, facilitator):
    sheet = SheetFactory(walk=walk, number=1)
    assert "arrived after the walk was closed" not in text_of(team.get(address("sheet-list", walk)))
    late(sheet, facilitator)
    content = text_of(team.get(address("sheet-list", walk)))
    assert "Answers for 1 sheet arrived after the walk was closed." in content
    assert address("late-answers", walk) in content


# Access ------------------------------------------------------------------------------------------------------

PAGES = ["sheet-participant", "sheet-renumber", "sheet-move", "sheet-void"]


@pytest.mark.parametrize("name", PAGES)
def test_sheet_of_another_walk_does_not_exist(team, walk, other, name):
    foreign = SheetFactory(walk=other, number=1)
    assert team.get(address(name, walk, foreign.uuid)).status_code == 404


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("role", "status"), [(Role.PARTNER, 403), (Role.RESEARCHER, 403), (Role.REVIEWER, 404)])
def test_sheets_are_for_those_who_run_walks(client, sheet, name, role, status):
    client.force_login(MembershipFactory(audit=sheet.walk.audit, role=role).user)
    assert client.post(page(name, sheet), {"reason": "x"}).status_code == status
    assert not sheet.events.exists()


# A new sheet, and who filled one in --------------------------------------------------------------------------


def test_sheet_is_added_for_a_paper_with_a_number_of_its_own(team, walk):
    SheetFactory(walk=walk, number=3)
    assert team.get(address("sheet-create", walk)).context["form"]["number"].value() == 4
    data = {"number": 31, "group": "police", "age_band": "30_44", "takes_part": "on", "quotation": "on"}
    assert team.post(address("sheet-create", walk), data).status_code == 302
    sheet = walk.sheets.get(number=31)
    assert (sheet.participant.group, sheet.participant.age_band) == ("police", "30_44")
    assert sheet.participant.joined_at is not None
    assert all(consent.given and consent.on_paper for consent in consents_of(sheet.participant).values())


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"number": "3"}, "number", "Sheet 3 is on this walk already."),
        ({"number": "0"}, "number", "Numbers begin at 1."),
        ({"number": "three"}, "number", "whole number"),
        ({"takes_part": ""}, "takes_part", "agreed on the paper"),
        ({"group": "teachers"}, "group", "cannot be chosen here"),
        ({"age_band": "under_18"}, "guardian", "parent or guardian"),
    ],
)
def test_sheet_with_wrong_facts_is_not_added(team, walk, changes, field, words):
    SheetFactory(walk=walk, number=3)
    data = {"number": "4", "group": "police", "takes_part": "on", **changes}
    response = team.post(address("sheet-create", walk), data)
    assert words in str(response.context["form"].errors[field])
    assert walk.sheets.count() == 1


def test_planned_walk_gets_no_sheets(walk, facilitator):
    walk.state = WalkState.PLANNED
    walk.save()
    with pytest.raises(ValidationError, match="not open yet"):
        add_sheet(walk=walk, number=1, by=facilitator)
    assert not Sheet.objects.exists()


def test_facts_and_consents_of_a_paper_are_corrected(team, sheet):
    data = {"group": "ngo", "gender": "woman", "takes_part": "on", "quotation": "on"}
    team.post(page("sheet-participant", sheet), data)
    shown = team.get(page("sheet-participant", sheet)).context["form"]
    assert [shown[name].value() for name in ("group", "gender", "takes_part", "quotation")] == [
        "ngo",
        "woman",
        True,
        True,
    ]
    team.post(page("sheet-participant", sheet), {**data, "quotation": "", "group": "schools"})
    person = sheet.participant
    person.refresh_from_db()
    assert person.group == "schools"
    assert [(one.purpose, one.given) for one in person.consents.all()] == [
        (Purpose.TAKING_PART, True),
        (Purpose.QUOTATION, True),
        (Purpose.QUOTATION, False),
    ]


def test_team_does_not_change_what_somebody_says_on_an_own_phone(team, participant_sheet):
    content = text_of(team.get(page("sheet-participant", participant_sheet)))
    assert "The participant says this on an own phone" in content
    response = team.post(page("sheet-participant", participant_sheet), {"group": "police", "takes_part": "on"})
    assert response.status_code == 200
    participant_sheet.participant.refresh_from_db()
    assert participant_sheet.participant.group == "migrants"


# Number ------------------------------------------------------------------------------------------------------


def test_sheet_gets_another_number_for_a_reason(team, sheet, facilitator):
    team.post(page("sheet-renumber", sheet), {"number": "14", "reason": "Misread"})
    sheet.refresh_from_db()
    assert sheet.number == 14
    assert history(sheet) == [("renumbered", "1", "14", "Misread")]
    assert sheet.events.get().by == facilitator
    assert "1 → 14" in text_of(team.get(page("sheet-participant", sheet)))


@pytest.mark.django_db(transaction=True)
def test_of_two_sheets_that_want_one_number_at_once_one_gets_it():
    walk = CityWalkFactory(checklist=make_checklist())
    person = MembershipFactory(audit=walk.audit).user
    sheets = [SheetFactory(walk=walk, number=number) for number in range(1, 9)]

    def renumber(sheet):
        try:
            return renumber_sheet(sheet=sheet, number=31, reason="Misread", by=person).number
        except ValidationError as error:
            return error.messages[0]

    taken = "Another sheet has the number 31. The two can exchange numbers."
    assert sorted(map(str, at_once(renumber, sheets))) == ["31", *[taken] * 7]


def test_two_sheets_exchange_their_numbers(team, walk, sheet):
    second = SheetFactory(walk=walk, number=2)
    response = team.post(page("sheet-renumber", sheet), {"number": "2", "reason": "Mixed up"})
    assert "can exchange numbers" in str(response.context["form"].errors["number"])
    team.post(page("sheet-renumber", sheet), {"number": "2", "reason": "Mixed up", "exchange": "on"})
    sheet.refresh_from_db()
    second.refresh_from_db()
    assert (sheet.number, second.number) == (2, 1)
    assert history(second) == [("renumbered", "2", "1", "Mixed up")]


@pytest.mark.parametrize("name", ["sheet-renumber", "sheet-move", "sheet-void"])
def test_nothing_is_done_to_a_sheet_without_a_reason(team, sheet, other, name):
    response = team.post(page(name, sheet), {"number": "5", "to": str(other.uuid), "reason": " "})
    assert response.context["form"].errors["reason"] == ["Write why."]
    assert not sheet.events.exists()


# Walk --------------------------------------------------------------------------------------------------------


def test_sheet_moves_with_its_answers(team, walk, sheet, other):
    SheetFactory(walk=other, number=1)
    ScoreFactory(sheet=sheet, item=items(walk)[0])
    team.post(page("sheet-move", sheet), {"to": str(other.uuid), "reason": "Wrong pile"})
    sheet.refresh_from_db()
    assert (sheet.walk, sheet.number, sheet.scores.count()) == (other, 2, 1)
    assert history(sheet) == [("moved", walk.title, "Station Quarter", "Wrong pile")]


def test_sheet_keeps_its_number_where_it_is_free(walk, other, facilitator):
    sheet = SheetFactory(walk=walk, number=17)
    assert move_sheet(sheet=sheet, to=other, reason="Wrong pile", by=facilitator).number == 17


def test_answers_for_a_place_go_to_the_place_of_the_same_name(walk, sheet, other, facilitator):
    (here,) = per_place(walk, "Station Square")
    _market, there = per_place(other, "Market", "station square")
    ScoreFactory(sheet=sheet, item=items(walk)[2], place=here)
    sheet.places.create(place=here, location="Bus stops")
    move_sheet(sheet=sheet, to=other, reason="Wrong pile", by=facilitator)
    assert (sheet.scores.get().place, sheet.places.get().place) == (there, there)


def test_sheet_stays_where_it_does_not_fit(walk, sheet, other, facilitator):
    (here,) = per_place(walk, "Station Square")
    per_place(other, "Market")
    ScoreFactory(sheet=sheet, item=items(walk)[2], place=here)
    with pytest.raises(ValidationError, match="Add the place there first"):
        move_sheet(sheet=sheet, to=other, reason="x", by=facilitator)
    other.per_place_sections.clear()
    with pytest.raises(ValidationError, match="once in all on the other"):
        move_sheet(sheet=sheet, to=other, reason="x", by=facilitator)
    sheet.refresh_from_db()
    assert (sheet.walk, sheet.scores.get().place) == (walk, here)
    assert not sheet.events.exists()


def test_sheet_moves_to_no_foreign_walk(team, sheet, walk, facilitator):
    foreign = CityWalkFactory(checklist=walk.checklist)
    another_checklist = CityWalkFactory(audit=walk.audit, checklist=make_checklist())
    for to in (foreign, another_checklist, walk):
        response = team.post(page("sheet-move", sheet), {"to": str(to.uuid), "reason": "x"})
        assert "not in the list" in str(response.context["form"].errors["to"])
        with pytest.raises(ValidationError, match="another walk of this audit on the same checklist"):
            move_sheet(sheet=sheet, to=to, reason="x", by=facilitator)
    sheet.refresh_from_db()
    assert sheet.walk == walk


def test_sheet_moves_not_to_where_its_owner_has_one(walk, sheet, other, facilitator):
    SheetFactory(walk=other, number=9, participant=sheet.participant)
    with pytest.raises(ValidationError, match="has a sheet on that walk already"):
        move_sheet(sheet=sheet, to=other, reason="x", by=facilitator)


def test_sheet_of_a_phone_stays_on_its_walk(participant_sheet, other, facilitator):
    with pytest.raises(ValidationError, match="filled in on a phone"):
        move_sheet(sheet=participant_sheet, to=other, reason="x", by=facilitator)


def test_sheet_with_undecided_late_answers_stays(sheet, other, facilitator):
    late(sheet, facilitator)
    with pytest.raises(ValidationError, match="Decide about them first"):
        move_sheet(sheet=sheet, to=other, reason="x", by=facilitator)


# Void --------------------------------------------------------------------------------------------------------


def test_void_sheet_is_kept_and_counts_nowhere_until_it_is_taken_back(team, walk, sheet, facilitator):
    ScoreFactory(sheet=sheet, item=items(walk)[0])
    team.post(page("sheet-void", sheet), {"reason": "Filled in as a joke"})
    sheet.refresh_from_db()
    assert (sheet.voided_by, sheet.void_reason) == (facilitator, "Filled in as a joke")
    assert not Sheet.objects.counted().exists()
    assert "Filled in as a joke" in text_of(team.get(page("sheet-void", sheet)))
    team.post(page("sheet-void", sheet), {"reason": "It was meant"})
    sheet.refresh_from_db()
    assert (sheet.voided_at, sheet.void_reason, sheet.scores.count()) == (None, "", 1)
    assert list(Sheet.objects.counted()) == [sheet]
    assert [act for act, *_more in history(sheet)] == ["voided", "restored"]


def test_void_is_not_taken_back_where_another_sheet_counts(walk, sheet, facilitator):
    void_sheet(sheet=sheet, reason="Twice", by=facilitator)
    SheetFactory(walk=walk, number=2, participant=sheet.participant)
    with pytest.raises(ValidationError, match="has another sheet on this walk"):
        restore_sheet(sheet=sheet, reason="x", by=facilitator)
    with pytest.raises(ValidationError, match="is void already"):
        void_sheet(sheet=sheet, reason="x", by=facilitator)


def test_history_of_answers_survives_everything(walk, sheet, other, facilitator):
    change = AnswerChange(uuid=DEVICE, sequence=1, item=items(walk)[0].uuid, value=4)
    record(sheet=sheet, changes=[change], device=DEVICE, by=facilitator)
    renumber_sheet(sheet=sheet, number=8, reason="x", by=facilitator)
    move_sheet(sheet=sheet, to=other, reason="x", by=facilitator)
    void_sheet(sheet=sheet, reason="x", by=facilitator)
    sheet.refresh_from_db()
    assert Change.objects.filter(subject=sheet.subject).count() == 1
    assert sheet.scores.get().value == 4
