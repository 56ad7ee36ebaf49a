import datetime
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audits.participation.actions import consents_of
from audits.participation.enums import Purpose
from audits.participation.models import Change, Participant
from checklists import actions
from checklists.actions import NotAcceptingError, NotRecordedError, Outcome, PersonChange, PlaceChange
from checklists.enums import SheetSource, WalkState
from checklists.models import Item, Score, Sheet, SheetPlace
from tests.checklists.conftest import answer, items, make_checklist
from tests.factories import (
    CityWalkFactory,
    ItemFactory,
    ParticipantFactory,
    SheetFactory,
    UserFactory,
    WalkPlaceFactory,
)
from tests.threads import at_once

DEVICE = uuid.UUID(int=1)


def by_team(sheet, *changes, user=None, device=DEVICE):
    return actions.record(sheet=sheet, changes=changes, device=device, by=user or UserFactory())


def by_phone(sheet, *changes, device=DEVICE):
    return actions.record(sheet=sheet, changes=changes, device=device, participant=sheet.participant)


def outcomes(results):
    return [result.outcome for result in results]


def close(walk):
    walk.state = WalkState.CLOSED
    walk.save()


# Answers -----------------------------------------------------------------------------------------------------


def test_answer_is_stored_with_comment_and_suggestion(sheet):
    item = items(sheet.walk)[0]
    assert outcomes(by_team(sheet, answer(item, 4, comment="New lamps.", suggestion="More of them."))) == ["saved"]
    score = Score.objects.get()
    assert (score.sheet, score.item, score.value, score.missing) == (sheet, item, 4, "")
    assert (score.comment, score.suggestion, score.from_phone) == ("New lamps.", "More of them.", False)


@pytest.mark.parametrize("missing", ["dont_know", "empty"])
def test_missing_score_is_stored_with_its_reason(sheet, missing):
    by_team(sheet, answer(items(sheet.walk)[0], missing=missing))
    assert Score.objects.values_list("value", "missing").get() == (None, missing)


def test_answer_is_taken_back_and_its_history_stays(sheet):
    item = items(sheet.walk)[0]
    by_phone(sheet, answer(item, 4, sequence=1))
    by_phone(sheet, answer(item, sequence=2))
    assert Score.objects.get().value is None
    assert Sheet.objects.with_progress().get().answered == 0
    assert list(Change.objects.values_list("content__value", flat=True)) == [4, None]


def test_comment_alone_is_no_answer(sheet):
    by_phone(sheet, answer(items(sheet.walk)[0], comment="I was not there."))
    assert Sheet.objects.with_progress().get().answered == 0


def test_same_delivery_twice_changes_nothing(sheet):
    changes = [answer(item, 3) for item in items(sheet.walk)]
    assert set(outcomes(by_phone(sheet, *changes))) == {Outcome.SAVED}
    assert set(outcomes(by_phone(sheet, *changes))) == {Outcome.REPEAT}
    assert Score.objects.count() == len(changes)


def test_earlier_answer_of_a_phone_arriving_later_does_not_overwrite(sheet):
    item = items(sheet.walk)[0]
    by_phone(sheet, answer(item, 5, sequence=2))
    assert outcomes(by_phone(sheet, answer(item, 1, sequence=1))) == ["superseded"]
    assert Score.objects.get().value == 5


def test_uuid_with_another_answer_is_a_conflict_and_the_rest_is_saved(sheet):
    first, second = items(sheet.walk)[:2]
    change = answer(first, 3)
    by_phone(sheet, change)
    results = by_phone(sheet, answer(first, 1, uuid=change.uuid), answer(second, 2))
    assert outcomes(results) == ["conflict", "saved"]
    assert results[0].message
    assert list(Score.objects.values_list("value", flat=True)) == [3, 2]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"value": 0}, "from 1 to 5"),
        ({"value": 6}, "from 1 to 5"),
        ({"value": True}, "from 1 to 5"),
        ({"missing": "shy"}, "left empty"),
        ({"value": 3, "missing": "empty"}, "either a score or a reason"),
        ({"value": 3, "comment": "x" * 2001}, "At most 2000 characters"),
        ({"value": 3, "suggestion": "x" * 2001}, "At most 2000 characters"),
        ({"value": 3, "comment": "a\x00b"}, "cannot be stored"),
        ({"value": 3, "comment": "\ud800"}, "cannot be stored"),
    ],
)
def test_bad_answer_is_refused_with_a_reason_and_blocks_no_other(sheet, content, words):
    first, second = items(sheet.walk)[:2]
    results = by_phone(sheet, answer(first, **content), answer(second, 2))
    assert outcomes(results) == ["refused", "saved"]
    assert words in results[0].message
    assert Score.objects.get().item == second
    assert Change.objects.count() == 1


def test_statement_of_another_checklist_is_refused(sheet):
    results = by_team(sheet, answer(ItemFactory(), 3))
    assert outcomes(results) == ["refused"]
    assert "not on the checklist" in results[0].message


def test_sheet_is_written_by_its_own_participant_alone(sheet):
    with pytest.raises(ValueError, match="somebody else"):
        actions.record(sheet=sheet, changes=[], device=DEVICE, participant=ParticipantFactory())
    with pytest.raises(ValueError, match="Either"):
        actions.record(sheet=sheet, changes=[], device=DEVICE)


def test_number_of_queries_does_not_grow_with_the_answers(participant_sheet):
    def queries(*changes):
        with CaptureQueriesContext(connection) as captured:
            by_phone(participant_sheet, *changes)
        return len(captured)

    first, *others = items(participant_sheet.walk)
    assert queries(answer(first, 3)) == queries(*(answer(item, 3) for item in others))


# Places ------------------------------------------------------------------------------------------------------


def test_part_filled_once_per_place_keeps_an_answer_for_each(per_place_walk):
    sheet = SheetFactory(walk=per_place_walk)
    station, mill = per_place_walk.places.all()
    urban = Item.objects.filter(section__in=per_place_walk.per_place_sections.all()).first()
    by_team(sheet, answer(urban, 2, place=station), answer(urban, 5, place=mill))
    assert list(Score.objects.values_list("place__name", "value")) == [
        ("Station Square", 2),
        ("Mill Street underpass", 5),
    ]
    assert Sheet.objects.with_progress().get(pk=sheet.pk).answered == 1
    assert list(SheetPlace.objects.values_list("date", flat=True)) == [per_place_walk.date] * 2


@pytest.mark.parametrize(
    ("area", "place", "words"),
    [
        ("urban", None, "say for which place"),
        ("urban", "foreign", "not filled in for this place"),
        ("vision", "own", "not filled in for this place"),
    ],
)
def test_answer_for_a_wrong_place_is_refused(per_place_walk, area, place, words):
    sheet = SheetFactory(walk=per_place_walk)
    item = Item.objects.filter(section__area=area, section__checklist=per_place_walk.checklist).first()
    where = {None: None, "foreign": WalkPlaceFactory, "own": per_place_walk.places.first}[place]
    results = by_team(sheet, answer(item, 3, place=where() if where else None))
    assert outcomes(results) == ["refused"]
    assert words in results[0].message


def test_head_of_a_place_is_stored_and_replaced(per_place_walk):
    sheet = SheetFactory(walk=per_place_walk)
    place = per_place_walk.places.first()

    def head(sequence, **content):
        return PlaceChange(uuid=uuid.uuid4(), sequence=sequence, place=place.uuid, **content)

    by_team(sheet, head(1, location="North exit", date=datetime.date(2026, 10, 11)))
    by_team(sheet, head(2, location="South exit", time=datetime.time(14, 30)))
    assert SheetPlace.objects.values_list("location", "date", "time").get() == (
        "South exit",
        None,
        datetime.time(14, 30),
    )


def test_head_of_a_foreign_place_is_refused(per_place_walk):
    change = PlaceChange(uuid=uuid.uuid4(), sequence=1, place=WalkPlaceFactory().uuid)
    assert outcomes(by_team(SheetFactory(walk=per_place_walk), change)) == ["refused"]


# Who may change what -----------------------------------------------------------------------------------------


def test_team_never_alters_what_came_from_a_phone(participant_sheet):
    item = items(participant_sheet.walk)[0]
    by_phone(participant_sheet, answer(item, 2, comment="Mine."))
    results = by_team(participant_sheet, answer(item, 5), device=uuid.UUID(int=2))
    assert outcomes(results) == ["refused"]
    assert "own phone" in results[0].message
    assert Score.objects.values_list("value", "comment").get() == (2, "Mine.")


def test_team_types_in_what_a_phone_left_out(participant_sheet):
    first, second = items(participant_sheet.walk)[:2]
    by_phone(participant_sheet, answer(first, 2))
    assert outcomes(by_team(participant_sheet, answer(second, 5), device=uuid.UUID(int=2))) == ["saved"]


def test_participant_corrects_a_typed_answer_which_is_then_out_of_the_teams_hands(sheet):
    item = items(sheet.walk)[0]
    by_team(sheet, answer(item, 2))
    by_phone(sheet, answer(item, 4), device=uuid.UUID(int=2))
    assert Score.objects.values_list("value", "from_phone").get() == (4, True)
    assert outcomes(by_team(sheet, answer(item, 1), device=uuid.UUID(int=3))) == ["refused"]
    assert Sheet.objects.get().source == SheetSource.PAPER


def test_printed_form_filled_in_on_a_phone_becomes_a_phone_sheet(sheet):
    by_phone(sheet, answer(items(sheet.walk)[0], 2))
    assert Sheet.objects.get().source == SheetSource.PHONE


def test_language_and_wording_of_a_phone_are_noted(participant_sheet):
    actions.record(
        sheet=participant_sheet,
        changes=[answer(items(participant_sheet.walk)[0], 2)],
        device=DEVICE,
        participant=participant_sheet.participant,
        language="uk",
        revision="abc",
    )
    participant_sheet.refresh_from_db()
    assert (participant_sheet.language, participant_sheet.translation_revision) == ("uk", "abc")


# Who filled in a paper ---------------------------------------------------------------------------------------


def person(sequence=1, **content):
    return PersonChange(uuid=uuid.uuid4(), sequence=sequence, **content)


def test_head_of_a_paper_makes_a_participant_with_consents(walk):
    sheet = actions.begin_paper_sheet(walk=walk)
    by_team(sheet, person(group="ngo", age_band="18_29", takes_part=True, quotation=True))
    participant = Participant.objects.joined().get()
    assert (participant.group, participant.age_band) == ("ngo", "18_29")
    assert {purpose for purpose, row in consents_of(participant).items() if row.on_paper} == {
        Purpose.TAKING_PART,
        Purpose.QUOTATION,
    }


def test_paper_without_the_consent_is_kept_but_counts_nowhere(walk):
    sheet = actions.begin_paper_sheet(walk=walk)
    by_team(sheet, person(group="ngo"), answer(items(walk)[0], 3))
    assert Score.objects.count() == 1
    assert not Sheet.objects.counted().exists()
    by_team(sheet, person(2, group="ngo", takes_part=True))
    assert Sheet.objects.counted().get() == sheet


@pytest.mark.parametrize(
    "content",
    [{"group": "spies"}, {"gender": "x"}, {"age_band": "12"}, {"age_band": "under_18", "takes_part": True}],
)
def test_bad_head_of_a_paper_is_refused(walk, content):
    sheet = actions.begin_paper_sheet(walk=walk)
    results = by_team(sheet, person(**content), answer(items(walk)[0], 3))
    assert outcomes(results) == ["refused", "saved"]
    assert results[0].message


def test_who_filled_in_a_phone_sheet_the_team_does_not_say(participant_sheet):
    assert outcomes(by_team(participant_sheet, person(group="ngo"))) == ["refused"]


def test_participant_sends_no_head_of_a_paper(sheet):
    assert outcomes(by_phone(sheet, person(group="ngo"))) == ["refused"]


# Open, closed, void ------------------------------------------------------------------------------------------


def test_walk_that_is_not_open_takes_nothing(sheet):
    sheet.walk.state = WalkState.PLANNED
    sheet.walk.save()
    with pytest.raises(NotAcceptingError, match="not open yet"):
        by_phone(sheet, answer(items(sheet.walk)[0], 3))


def test_void_sheet_takes_nothing(walk):
    sheet = SheetFactory(walk=walk, voided_at=datetime.datetime.now(datetime.UTC), void_reason="filled in twice")
    with pytest.raises(NotAcceptingError, match="set this sheet aside"):
        by_team(sheet, answer(items(walk)[0], 3))


def test_closing_walk_still_takes_answers(sheet):
    sheet.walk.state = WalkState.CLOSING
    sheet.walk.save()
    assert outcomes(by_phone(sheet, answer(items(sheet.walk)[0], 3))) == ["saved"]


def test_answer_after_closing_is_kept_and_counts_once_admitted(sheet, facilitator):
    first, second = items(sheet.walk)[:2]
    by_phone(sheet, answer(first, 3, sequence=1))
    close(sheet.walk)
    results = by_phone(sheet, answer(first, 5, sequence=2), answer(second, 1, sequence=3))
    assert outcomes(results) == ["late", "late"]
    assert "counts once the team admits it" in results[0].message
    assert list(Score.objects.values_list("value", flat=True)) == [3]
    assert {subject: len(changes) for subject, changes in actions.late_changes(sheet.walk).items()} == {
        sheet.subject: 2
    }
    assert actions.admit_late(sheet=sheet, by=facilitator) == 2
    assert list(Score.objects.values_list("value", "from_phone")) == [(5, True), (1, True)]
    assert actions.late_changes(sheet.walk) == {}


def test_late_answer_that_is_left_out_stays_in_the_journal(sheet, facilitator):
    close(sheet.walk)
    by_phone(sheet, answer(items(sheet.walk)[0], 5))
    assert actions.refuse_late(sheet=sheet, by=facilitator) == 1
    assert not Score.objects.exists()
    assert Change.objects.get().decided_by == facilitator


def test_late_typing_of_the_team_does_not_alter_what_a_phone_sent(sheet, facilitator):
    item = items(sheet.walk)[0]
    close(sheet.walk)
    by_team(sheet, answer(item, 1), user=facilitator)
    sheet.walk.state = WalkState.OPEN
    sheet.walk.save()
    by_phone(sheet, answer(item, 4), device=uuid.UUID(int=2))
    assert actions.admit_late(sheet=sheet, by=facilitator) == 0
    assert Score.objects.get().value == 4


def test_late_head_of_a_paper_applies_when_admitted(walk, facilitator):
    sheet = actions.begin_paper_sheet(walk=walk)
    close(walk)
    by_team(sheet, person(group="police", takes_part=True), user=facilitator)
    assert not Participant.objects.joined().exists()
    actions.admit_late(sheet=sheet, by=facilitator)
    assert Participant.objects.joined().get().group == "police"


# Several sheets at once --------------------------------------------------------------------------------------


def test_many_sheets_are_recorded_in_the_order_given(walk):
    one, two = SheetFactory(walk=walk, number=1), SheetFactory(walk=walk, number=2)
    first, second = items(walk)[:2]
    results = actions.record_many(
        sheets=[(two, [answer(first, 2), answer(second, 3)]), (one, [answer(first, 1)])],
        device=DEVICE,
        by=UserFactory(),
    )
    assert [outcomes(found) for found in results] == [["saved", "saved"], ["saved"]]
    assert list(Score.objects.order_by("value").values_list("sheet__number", "value")) == [(1, 1), (2, 2), (2, 3)]


def test_of_many_sheets_nothing_is_written_when_one_answer_is_bad(walk):
    one, two = SheetFactory(walk=walk, number=1), SheetFactory(walk=walk, number=2)
    first = items(walk)[0]
    with pytest.raises(NotRecordedError) as caught:
        actions.record_many(
            sheets=[(one, [answer(first, 1)]), (two, [answer(first, 9)])], device=DEVICE, by=UserFactory()
        )
    assert [outcomes(found) for found in caught.value.results] == [["saved"], ["refused"]]
    assert not Score.objects.exists()
    assert not Change.objects.exists()


# Comments ----------------------------------------------------------------------------------------------------


def test_hidden_comment_keeps_its_words_and_says_who_and_why(participant_sheet, facilitator):
    by_phone(participant_sheet, answer(items(participant_sheet.walk)[0], 2, comment="Ask Mr Petrov."))
    score = Score.objects.get()
    actions.hide_comment(score=score, reason="It names a person.", by=facilitator)
    score.refresh_from_db()
    assert (score.comment, score.hidden_reason, score.hidden_by) == (
        "Ask Mr Petrov.",
        "It names a person.",
        facilitator,
    )
    actions.show_comment(score=score)
    score.refresh_from_db()
    assert (score.hidden_reason, score.hidden_by) == ("", None)


def test_comment_is_not_hidden_without_a_reason(participant_sheet, facilitator):
    by_phone(participant_sheet, answer(items(participant_sheet.walk)[0], 2, comment="Mine."))
    with pytest.raises(ValueError, match="reason"):
        actions.hide_comment(score=Score.objects.get(), reason="  ", by=facilitator)


# Thirty at once ----------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_thirty_phones_at_once_get_a_sheet_each_and_lose_no_answer():
    walk = CityWalkFactory(checklist=make_checklist())
    statements = items(walk)
    people = ParticipantFactory.create_batch(30, audit=walk.audit)

    def fill_in(person):
        sheet = actions.sheet_for(walk=walk, participant=person)
        for sequence, item in enumerate(statements):
            change = answer(item, sequence % 5 + 1, sequence=sequence)
            assert outcomes(by_phone(sheet, change, device=person.uuid)) == ["saved"]
            assert outcomes(by_phone(sheet, change, device=person.uuid)) == ["repeat"]

    at_once(fill_in, people)
    assert sorted(Sheet.objects.values_list("number", flat=True)) == list(range(1, 31))
    assert Score.objects.filter(value__isnull=False).count() == 30 * len(statements)


@pytest.mark.django_db(transaction=True)
def test_thirty_writers_on_one_sheet_at_once_lose_no_answer():
    sheet = SheetFactory(walk__checklist=make_checklist(statements=15))
    user = UserFactory()
    at_once(
        lambda item: by_team(sheet, answer(item, 3), user=user, device=uuid.uuid4()),
        items(sheet.walk),
    )
    assert Score.objects.filter(sheet=sheet, value=3).count() == 30


@pytest.mark.django_db(transaction=True)
def test_one_sheet_is_made_for_a_participant_who_opens_it_twice_at_once():
    walk = CityWalkFactory(checklist=make_checklist())
    person = ParticipantFactory(audit=walk.audit)
    sheets = at_once(lambda _n: actions.sheet_for(walk=walk, participant=person), range(10))
    assert {sheet.pk for sheet in sheets} == {Sheet.objects.get().pk}
