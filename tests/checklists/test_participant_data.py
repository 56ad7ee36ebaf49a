import uuid

from audits.participation.models import Change
from checklists import actions
from checklists.actions import PlaceChange
from checklists.models import Sheet
from checklists.participant_data import erase, held_for
from tests.checklists.conftest import answer, items
from tests.factories import SheetFactory
from tests.stored import everything_stored

MARKER = "the blue door behind the bakery"


def fill_in(sheet, sequence=1):
    first, second = items(sheet.walk)[:2]
    actions.record(
        sheet=sheet,
        changes=[
            answer(first, 2, sequence=sequence, comment=f"{MARKER}, long ago"),
            answer(first, 3, sequence=sequence + 1, comment=MARKER),
            answer(second, missing="dont_know", sequence=sequence + 2, suggestion=MARKER),
        ],
        device=sheet.uuid,
        participant=sheet.participant,
    )


def test_everything_held_is_told_with_its_history(participant_sheet):
    fill_in(participant_sheet)
    [sheet] = held_for(participant_sheet.participant)["sheets"]
    assert (sheet["walk"], sheet["number"]) == (participant_sheet.walk.title, 7)
    assert [(one["score"], one["no_score_because"], one["comment"]) for one in sheet["answers"]] == [
        (3, "", MARKER),
        (None, "dont_know", ""),
    ]
    assert [change["content"]["value"] for change in sheet["history"]] == [2, 3, None]


def test_nothing_is_told_about_others(participant_sheet, walk):
    fill_in(SheetFactory(walk=walk, number=1))
    assert MARKER not in str(held_for(participant_sheet.participant))


def test_erased_words_are_found_nowhere(per_place_walk, walk):
    sheet = SheetFactory(walk=per_place_walk)
    fill_in_at = per_place_walk.places.first()
    urban = items(per_place_walk)[-1]
    changes = [
        answer(urban, 1, place=fill_in_at, comment=MARKER),
        PlaceChange(uuid=uuid.uuid4(), sequence=2, place=fill_in_at.uuid, location=MARKER),
    ]
    actions.record(sheet=sheet, changes=changes, device=sheet.uuid, participant=sheet.participant)
    SheetFactory(walk=walk, participant=sheet.participant, number=2)
    assert MARKER in everything_stored()
    erase(sheet.participant)
    assert MARKER not in everything_stored()
    assert not Sheet.objects.exists()


def test_erasing_one_leaves_the_others(participant_sheet, walk):
    other = SheetFactory(walk=walk, number=1)
    fill_in(participant_sheet)
    fill_in(other)
    erase(participant_sheet.participant)
    assert Sheet.objects.get() == other
    assert set(Change.objects.values_list("subject", flat=True)) == {other.subject}
