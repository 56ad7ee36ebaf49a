"""Whoever sat in a group comes back with the code of the card: sees, changes, takes back."""

import json
import uuid
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from audits.agenda.actions import EvidenceInput, comment, link_evidence
from audits.agenda.models import EvidenceLink
from audits.participation import actions as participation
from audits.participation.actions import Incoming, to_mend
from audits.participation.models import Change, Participant
from audits.texts import without_passages
from focusgroups import participant_data
from focusgroups.actions import prepare_seats, record_seat
from focusgroups.actions.notes import NoteChange, record
from focusgroups.models import AreaSummary, Coding, GroupSummary, HotSpot, Note, QuestionSummary, Recording, Seat
from reports.models import Report
from tests.factories import (
    CityPlanFactory,
    CodeFactory,
    CodingFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    FindingFactory,
    NoteFactory,
    SessionQuestionFactory,
)
from tests.focusgroups.seats import QUOTATION, RECORDING, TAKING_PART, taken
from tests.stored import everything_stored

MARKER = "the blue door behind the bakery"


def note_from(seat, text=f"At {MARKER} nobody opened.", earlier=""):
    note = NoteFactory(group=seat.group, seat=seat, text=text)
    for sequence, words in enumerate(filter(None, [earlier, text])):
        content = {"text": words, "seat": str(seat.uuid), "group": str(seat.group.uuid)}
        change = Incoming(uuid=uuid.uuid4(), sequence=sequence, part="", content=content)
        participation.accept(audit=seat.group.audit, subject=note.subject, device=seat.uuid, changes=[change])
    return note


def recorded(group):
    recording = Recording(group=group, media_type="audio/wav", size=4, delete_on="2099-01-01")
    recording.file.save("sound.wav", ContentFile(b"RIFF"))
    return recording


@pytest.fixture
def seats(group):
    """Two seats with the same consents, each with its code."""
    return taken(group, QUOTATION, RECORDING, count=2)


@pytest.fixture
def at_home(client, group, seats):
    """A browser in which whoever took the first seat has typed the code."""
    client.post(reverse("participation:personal-code", args=[group.join_code]), {"personal_code": seats[0][1]})
    return client


def of_group(name, group):
    return reverse(f"participation:{name}", args=[group.join_code])


def test_code_of_the_card_leads_to_what_is_held(client, group, seats):
    note_from(seats[0][0])
    page = client.get(of_group("join", group)).content.decode()
    assert "Focus group: Neighbours of the harbour" in page
    assert "If you sat in this group" in page
    assert 'name="taking_part"' not in page
    joining = client.post(of_group("join", group), {"taking_part": "on", "age": "adult"})
    assert joining.status_code == 409
    page = client.post(of_group("personal-code", group), {"personal_code": seats[0][1]}, follow=True).content.decode()
    assert f"At {MARKER} nobody opened." in page
    assert "The discussion may be recorded as sound" in page
    assert "Back to my sheet" not in page
    assert "Show what is held about me" in client.get(of_group("join", group)).content.decode()


def test_everything_held_is_told_and_nothing_of_others(at_home, group, seats):
    (mine, _code), (other, _other_code) = seats
    note_from(mine, earlier="An earlier wording")
    note_from(other, "What the other one said")
    CodingFactory(note=mine.notes.get(), code__name="A code of the team")
    recorded(group)
    with zipfile.ZipFile(BytesIO(at_home.get(of_group("held", group)).getvalue())) as archive:
        held = json.loads(archive.read("everything.json"))
    own = held["focusgroups"]
    assert (own["group"], own["seat"], own["sound_recordings"]) == (group.title, 1, 1)
    assert [note["words"] for note in own["notes"]] == [f"At {MARKER} nobody opened."]
    assert [change["words"] for change in own["history"]] == ["An earlier wording", f"At {MARKER} nobody opened."]
    assert {consent["purpose"] for consent in held["consents"]} == {"taking_part", "quotation", "recording"}
    assert "What the other one said" not in str(held)
    assert "A code of the team" not in str(held)


def test_note_that_is_moved_to_another_seat_is_that_ones_alone(group, seats, facilitator):
    (mine, _code), (other, _other_code) = seats
    note = note_from(mine, f"Only I know {MARKER} well.")
    kept = note_from(mine, "The bus is dear.")
    finding = FindingFactory(audit=group.audit, text=f"“Only I know {MARKER} well”, said one.")
    moved = NoteChange(
        uuid=uuid.uuid4(), sequence=9, note=note.uuid, seat=other.uuid, text=note.text, noted_at=note.noted_at
    )
    record(group=group, changes=[moved], device=uuid.uuid4(), by=facilitator)

    told = {seat: participant_data.held_for(seat.participant) for seat in (mine, other)}
    assert MARKER not in str(told[mine])
    assert [change["words"] for change in told[mine]["history"]] == [kept.text]
    # That it stood under another seat for a while is not told to this one.
    assert [change["words"] for change in told[other]["history"]] == [note.text]
    of_mine = participant_data.all_words_of(Participant.objects.filter(pk=mine.participant_id))
    assert [one.text for one in of_mine] == [kept.text]

    participation.erase(mine.participant)
    assert list(Note.objects.all()) == [note]
    finding.refresh_from_db()
    assert MARKER in finding.text
    assert not Change.objects.filter(content__seat=str(mine.uuid)).exists()
    participation.erase(other.participant)
    assert MARKER not in everything_stored()


def test_taken_back_words_are_found_nowhere(
    at_home, group, seats, facilitator, settings, django_capture_on_commit_callbacks
):
    (mine, _code), (other, _other_code) = seats
    note = note_from(mine, earlier=f"First heard: {MARKER}, long ago")
    kept = note_from(other, "The library has helped us with everything.")
    coding = CodingFactory(note=note, start=3, end=3 + len(MARKER))
    finding = FindingFactory(
        audit=group.audit, text="Doors stay closed, said one: “The blue door, behind the bakery”. The library helps."
    )
    part = FindingFactory(audit=group.audit, text="It is about the blue door behind a shop.")
    for holder, row, kind in ((finding, coding, "passage"), (finding, note, "note"), (part, note, "note")):
        evidence = EvidenceInput(app="focusgroups", type=kind, source=row.uuid, caption=f"“{MARKER}”")
        link_evidence(holder=holder, evidence=evidence, by=facilitator)
    own = EvidenceInput(app="focusgroups", type="note", source=kept.uuid, caption="The library")
    link_evidence(holder=finding, evidence=own, by=facilitator)
    comment(finding=finding, text=f"I know {MARKER} well.", by=facilitator)
    summary = GroupSummary.objects.create(group=group, text=f"We heard of {MARKER}.")
    area = AreaSummary.objects.create(group=group, area="urban", results=f"See {MARKER}.")
    area.results = f"Again {MARKER}, and the library has helped us with everything."
    area.save()
    # One that came after closing and never became a note.
    late = Incoming(uuid=uuid.uuid4(), sequence=0, part="", content={"text": MARKER, "seat": str(mine.uuid)})
    participation.accept(audit=group.audit, subject=f"note:{uuid.uuid4()}", device=mine.uuid, changes=[late], late=True)
    recorded(group)
    assert MARKER in everything_stored()

    page = at_home.get(of_group("take-back", group)).content.decode()
    assert "the sound recording of that group" in page
    with django_capture_on_commit_callbacks(execute=True):
        at_home.post(of_group("take-back", group), {"owner": mine.participant.uuid})

    stored = everything_stored()
    assert MARKER not in stored
    assert "behind the bakery" not in stored
    assert not any(path.is_file() for path in Path(settings.MEDIA_ROOT).rglob("*"))
    assert (list(Seat.objects.all()), list(Note.objects.all())) == ([other], [kept])
    assert not Coding.objects.exists()
    assert EvidenceLink.objects.get().source == kept.uuid
    finding.refresh_from_db()
    assert finding.text == "Doors stay closed, said one: “[…]”. The library helps."
    assert finding.version == 2
    part.refresh_from_db()
    assert part.text == "It is about […] a shop."
    assert {finding.get_absolute_url(), part.get_absolute_url()} <= {one.url for one in to_mend(group.audit)}
    summary.refresh_from_db()
    assert summary.text == "We heard of […]."
    area.refresh_from_db()
    assert area.results == "Again […], and the library has helped us with everything."
    assert not Recording.objects.exists()


def test_consent_to_recording_is_taken_back_alone(at_home, group, seats, settings, django_capture_on_commit_callbacks):
    note_from(seats[0][0])
    recorded(group)
    page = {"owner": seats[0][0].participant.uuid, "shown": ["quotation", "recording"]}
    with django_capture_on_commit_callbacks(execute=True):
        sent = {**page, "quotation": "on"}
        assert "1 sound recording of your group" in at_home.post(of_group("agreed", group), sent).content.decode()
        assert Recording.objects.exists()
        answer = at_home.post(of_group("agreed", group), {**sent, "sure": "on"}, follow=True).content.decode()
    assert "no recording is kept" in answer
    assert not Recording.objects.exists()
    assert not any(path.is_file() for path in Path(settings.MEDIA_ROOT).rglob("*"))
    assert Note.objects.exists()
    recorded(group)
    at_home.post(of_group("agreed", group), page)
    # Only what rests on the consent goes.
    assert Recording.objects.exists()


def test_words_copied_into_texts_of_the_team_are_listed_and_struck_until_somebody_mends_them(group, seats):
    mine = seats[0][0]
    note_from(mine)
    words = f"He said: “At {MARKER}, NOBODY opened”, and left."
    finding = FindingFactory(audit=group.audit, text=words)
    FindingFactory(audit=group.audit, text=f"Somebody knows {MARKER}.")
    block = Report.objects.create(audit=group.audit, language="en").blocks.create(
        section="focus_groups", kind="text", html=f"<p>{words}</p>"
    )
    assert to_mend(group.audit) == []

    record_seat(seat=mine, decisions={TAKING_PART: True, QUOTATION: False, RECORDING: True})
    listed = to_mend(group.audit)
    assert (len(listed), listed[0].url) == (2, finding.get_absolute_url())
    assert listed[0].text.startswith(f"{finding.code} repeats")

    participation.erase(mine.participant)
    finding.refresh_from_db()
    block.refresh_from_db()
    assert finding.text == "He said: “[…]”, and left."
    assert block.html == "<p>He said: “[…]”, and left.</p>"
    assert MARKER not in block.history.first().html
    assert to_mend(group.audit)[0].text.startswith(f"{finding.code}: words or evidence of somebody were taken out")
    for row in (finding, block):
        type(row).objects.filter(pk=row.pk).update(version=row.version + 1)
    assert to_mend(group.audit) == []


def test_words_go_out_of_all_texts_on_groups_and_these_are_read_again(group, seats):
    mine = seats[0][0]
    note_from(mine)
    words = f"At {MARKER}, nobody opened"
    named = [CodeFactory(audit=group.audit, name=name) for name in (words, words.replace(",", ""))]
    defined = CodeFactory(audit=group.audit, name="Closed doors", definition=f"As in “{words}”.")
    other = SessionQuestionFactory(group=group)
    plan = CityPlanFactory(audit=group.audit)
    spot = HotSpot.objects.create(
        group=group, plan=plan, x=1, y=1, place="Bakery", issue=f"They say: {words}.", published=True
    )
    QuestionSummary.objects.create(question=other, text=f"We heard of {MARKER}.")
    summary = GroupSummary.objects.create(group=group, text="Nothing of it.", changes=words)
    summary.changes = "Nothing"
    summary.save()
    # Links keep what a code was called, those of findings and of judgements; they say "code" on their own account.
    note_from(mine, "Code")
    called = {"app": "focusgroups", "type": "code", "caption": f"Group, passage of 10:31: {words}"}
    judged = EvidenceFactory(judgement__assessed__assessment__audit=group.audit)
    links = [EvidenceLinkFactory(holder=one, **called) for one in (FindingFactory(audit=group.audit), judged)]
    # What only the history still says is nothing to mend.
    assert to_mend(group.audit) == []

    participation.erase(mine.participant)
    assert "behind the bakery" not in everything_stored()
    listed = {one.url for one in to_mend(group.audit)}
    assert {row.get_absolute_url() for row in (*named, defined)} <= listed
    assert of_team("question-summary", group, other.uuid) in listed
    assert summary.get_absolute_url() not in listed
    spot.refresh_from_db()
    assert (spot.issue, spot.published) == ("They say: […].", False)
    for link in links:
        link.refresh_from_db()
        assert (link.type, link.caption) == ("code", "Group, passage of 10:31: […]")


def test_question_with_which_a_note_begins_stays_as_it_was(group, seats):
    mine = seats[0][0]
    asked = "What would have to change so that you would feel welcome in the town hall?"
    question = SessionQuestionFactory(group=group, text=asked)
    NoteFactory(group=group, seat=mine, question=question, text=f"{asked} That somebody opens.")
    record_seat(seat=mine, decisions={TAKING_PART: True, QUOTATION: False, RECORDING: True})
    assert to_mend(group.audit) == []
    participation.erase(mine.participant)
    question.refresh_from_db()
    assert question.text == asked


def of_team(name, group, *more):
    return reverse(f"focusgroups:{name}", args=[group.audit.slug, group.uuid, *more])


def test_words_noted_from_a_seat_by_mistake_are_not_struck_with_it(group, seats):
    """What was corrected to another seat is what the person on that one said."""
    (mine, _code), (other, _other_code) = seats
    note = note_from(mine)
    note.seat = other
    note.save()
    finding = FindingFactory(audit=group.audit, text=f"He said: “At {MARKER} nobody opened.”")
    participation.erase(mine.participant)
    finding.refresh_from_db()
    assert MARKER in finding.text


def test_card_that_nobody_took_is_taken_back_without_touching_the_recording(group, seats):
    ((empty, _code),) = prepare_seats(group=group, count=1, language="en")
    recorded(group)
    participation.erase(empty.participant)
    assert Recording.objects.exists()
    assert group.seats.count() == 2


@pytest.mark.parametrize(
    ("text", "passages", "left"),
    [
        ("One two three four five", ["two three four five"], "One […]"),
        ("One two three four five", ["two three four"], "One two three four five"),
        ("Yes.", ["yes"], "[…]"),
        ("Yes, they come.", ["yes"], "Yes, they come."),
        ("A b c d. X y z. E f g h!", ["a B c D", "e f g h i"], "[…]. X y z. […]!"),
        ("Nothing", [], "Nothing"),
    ],
    ids=["part", "few words", "whole", "short word", "two runs", "none"],
)
def test_runs_of_words_are_struck(text, passages, left):
    assert without_passages(text, passages) == left
