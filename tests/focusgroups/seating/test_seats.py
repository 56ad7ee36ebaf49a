from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audits.enums import StakeholderGroup
from audits.participation.actions import Incoming, accept, consents_of, participant_by_code
from audits.participation.consent import GROUPS
from audits.participation.enums import AgeBand, Gender
from audits.participation.models import Participant
from focusgroups.actions import prepare_seats, renew_seats, unused_seats
from focusgroups.models import Seat
from tests.factories import NoteFactory, SeatFactory
from tests.focusgroups.seats import QUOTATION, RECORDING, TAKING_PART, address, shown, taken
from tests.stored import everything_stored


def given(seat):
    return {purpose for purpose, consent in consents_of(seat.participant).items() if consent.given}


def test_prepared_seats_are_numbered_on_and_their_codes_kept_nowhere(group):
    prepare_seats(group=group, count=2, language="en")
    prepared = prepare_seats(group=group, count=2, language="bg")
    assert [seat.number for seat, _code in prepared] == [3, 4]
    stored = everything_stored()
    for seat, code in prepared:
        assert code not in stored
        assert participant_by_code(audit=group.audit, code=code) == seat.participant
        assert (seat.participant.joined_at, seat.participant.language) == (None, "bg")


def test_only_seats_that_nobody_has_taken_get_new_codes(group):
    ((kept, kept_code),) = taken(group)
    ((free, old_code),) = prepare_seats(group=group, count=1, language="en")
    assert list(unused_seats(group)) == [free]
    ((renewed, code),) = renew_seats(group=group, numbers=[1, 2], language="cs")
    assert renewed == free
    found = {one: participant_by_code(audit=group.audit, code=one) for one in (kept_code, old_code, code)}
    assert found == {kept_code: kept.participant, old_code: None, code: free.participant}


def test_grid_records_who_sits_there_and_each_consent_on_its_own(team, group):
    prepare_seats(group=group, count=3, language="hr")
    page = team.get(address("seat-list", group))
    sent = {**shown(page, 1), **shown(page, 2), **shown(page, 3)}
    sent |= {"seat-1-takes_part": "on", "seat-1-group": "migrants", "seat-1-recording": "on"}
    sent |= {
        "seat-3-takes_part": "on",
        "seat-3-age_band": "under_18",
        "seat-3-guardian": "on",
        "seat-3-quotation": "on",
    }
    page = team.post(address("seat-list", group), sent, follow=True)
    assert "2 seats are saved." in page.content.decode()
    first, empty, minor = group.seats.all()
    assert (given(first), given(empty), given(minor)) == ({TAKING_PART, RECORDING}, set(), {TAKING_PART, QUOTATION})
    assert (first.participant.group, minor.participant.age_band) == (StakeholderGroup.MIGRANTS, AgeBand.UNDER_18)
    assert list(Participant.objects.joined()) == [first.participant, minor.participant]
    rows = [*first.participant.consents.all(), *minor.participant.consents.all()]
    assert {(row.text_version, row.language, row.on_paper) for row in rows} == {(GROUPS.version, "hr", True)}
    assert [row.guardian for row in rows] == [False, False, True, True]
    assert "No recording: seat 3 does not agree" in page.content.decode()
    # Whether they are quoted hangs on who else sat there.
    assert "1 agrees to be quoted" in page.content.decode()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"group": "police"}, "Nothing is recorded about somebody who has not agreed"),
        (
            {"takes_part": "on", "age_band": "under_18"},
            "Seat 1: Guardian agrees: Under 18 a parent or guardian has to agree",
        ),
        ({"takes_part": "on", "group": "kings"}, "cannot be chosen here"),
    ],
    ids=["no consent", "no guardian", "unknown group"],
)
def test_wrong_row_saves_none_and_loses_nothing(team, group, typed, words):
    prepare_seats(group=group, count=2, language="en")
    page = team.get(address("seat-list", group))
    sent = {**shown(page, 1), **shown(page, 2), "seat-2-takes_part": "on", "seat-2-gender": "woman"}
    page = team.post(address("seat-list", group), sent | {f"seat-1-{name}": value for name, value in typed.items()})
    assert words in page.content.decode()
    assert page.context["grid"].forms[1]["gender"].value() == Gender.WOMAN
    assert not Participant.objects.joined().exists()


def test_page_that_stood_open_gives_no_consent_again_that_was_taken_back(team, group):
    taken(group, QUOTATION, RECORDING, count=2)
    old = team.get(address("seat-list", group))
    page = team.get(address("seat", group, 1))
    sent = shown(page, 1)
    del sent["seat-1-recording"]
    team.post(address("seat", group, 1), sent)
    first = group.seats.first()
    assert given(first) == {TAKING_PART, QUOTATION}
    # Untouched on the old page, the first seat stays as it is; touched there, it is asked about.
    both = {**shown(old, 1), **shown(old, 2), "seat-2-group": "ngo"}
    assert team.post(address("seat-list", group), both).status_code == 302
    assert given(first) == {TAKING_PART, QUOTATION}
    again = {**shown(old, 1), **shown(old, 2), "seat-1-group": "ngo"}
    page = team.post(address("seat-list", group), again)
    assert "Seat 1 was changed by somebody else meanwhile" in page.content.decode()
    assert given(first) == {TAKING_PART, QUOTATION}
    fresh = page.context["grid"].forms[1]
    assert (fresh.is_bound, fresh["group"].value()) == (False, "ngo")
    assert team.post(address("seat-list", group), again | {"seat-1-was": page.context["grid"].forms[0].stands}).url


def test_change_of_mind_is_a_row_of_its_own_and_shown(team, group):
    taken(group, QUOTATION)
    page = team.get(address("seat", group, 1))
    sent = shown(page, 1)
    del sent["seat-1-quotation"]
    page = team.post(address("seat", group, 1), sent, follow=True)
    seat = group.seats.get()
    rows = seat.participant.consents.filter(purpose=QUOTATION).values_list("given", flat=True)
    assert list(rows) == [True, False]
    assert not Participant.objects.agreeing_to(QUOTATION).exists()
    assert "taken back" in page.content.decode()


def test_seat_that_is_given_up_before_anything_was_noted_says_nothing_more(team, group):
    taken(group, QUOTATION, group="ngo", age_band="18_29")
    sent = shown(team.get(address("seat", group, 1)), 1)
    del sent["seat-1-takes_part"]
    team.post(address("seat", group, 1), sent)
    seat = group.seats.get()
    assert given(seat) == set()
    assert (seat.participant.joined_at, seat.participant.group, seat.participant.age_band) == (None, "", "")


@pytest.mark.parametrize("late", [False, True], ids=["noted", "late"])
def test_who_is_noted_gives_the_seat_up_only_with_all_that_was_said(team, group, late):
    ((seat, _code),) = taken(group)
    note = NoteFactory.build(group=group, question=None, seat=None if late else seat)
    note.save()
    if late:
        content = {"group": str(group.uuid), "seat": str(seat.uuid), "text": "Said at the door."}
        change = Incoming(uuid=uuid4(), sequence=1, part="", content=content)
        accept(audit=group.audit, subject=note.subject, device=uuid4(), changes=[change], late=True)
    sent = shown(team.get(address("seat", group, 1)), 1)
    del sent["seat-1-takes_part"]
    page = team.post(address("seat", group, 1), sent)
    assert "There are notes from this seat." in page.content.decode()
    assert given(seat) == {TAKING_PART}
    assert late or "1 note from this seat" in team.get(address("seat-erase", group, 1)).content.decode()
    team.post(address("seat-erase", group, 1))
    assert not Seat.objects.exists()
    assert not Participant.objects.exists()


def test_seats_ask_the_database_as_often_for_many_as_for_few(team, group):
    SeatFactory.create_batch(3, group=group)

    def queries():
        with CaptureQueriesContext(connection) as asked:
            team.get(address("seat-list", group))
        return len(asked)

    # The first request of a session asks for more.
    queries()
    few = queries()
    SeatFactory.create_batch(297, group=group)
    assert queries() == few <= 9
