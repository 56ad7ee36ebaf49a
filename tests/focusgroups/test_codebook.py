"""The codebook: names, counts, merging, splitting, deleting."""

import pytest
from django.core.exceptions import ObjectDoesNotExist

from audits.agenda.actions import EvidenceInput, link_evidence
from audits.enums import Role, StakeholderGroup
from focusgroups.actions import coding as actions
from focusgroups.codebook import counted, themes
from focusgroups.models import Code, Coding, QuestionSummary, Settlement
from tests import factories
from tests.focusgroups.pages import said, to, words_of

from .test_coding import JSON


@pytest.fixture
def code(audit):
    return factories.CodeFactory(audit=audit, name="Language", definition="Whoever cannot read forms.")


@pytest.fixture
def other(audit):
    return factories.CodeFactory(audit=audit, name="Waiting")


def test_new_code_needs_a_name_of_its_own_whatever_its_capitals(desk, audit, code):
    page = to("codebook", audit)
    assert said(desk.post(page, {"name": "  Čekání  na termín", "definition": ""})) == [
        "“Čekání na termín” is in the codebook."
    ]
    refused = desk.post(page, {"name": "ČEKÁNÍ na termín", "definition": "Long queues"})
    assert refused.status_code == 422
    assert "There is a code of this name already: Čekání na termín." in words_of(refused)
    assert "Long queues" in refused.content.decode()
    assert Code.objects.count() == 2


def test_code_is_renamed_under_its_version(desk, audit, code, other):
    page = to("code", audit, code.uuid)
    sent = {"name": "language", "definition": "Forms and signs.", "version": 1}
    assert desk.post(page, sent).status_code == 302
    code.refresh_from_db()
    assert (code.name, code.version) == ("language", 2)
    assert desk.post(page, {**sent, "name": "Letters"}).status_code == 409
    assert desk.post(page, {**sent, "name": "Letters", "version": 2}, **JSON).json()["version"] == 3
    assert "Waiting" in words_of(desk.post(page, {**sent, "name": "WAITING", "version": 3}))
    code.refresh_from_db()
    assert code.name == "Letters"


def test_name_taken_between_check_and_save_is_told_beside_the_name(desk, audit, code, monkeypatch):
    names = iter([None, factories.CodeFactory(audit=audit, name="Signs")])
    found = actions.named
    monkeypatch.setattr(actions, "named", lambda *args: next(names, None) or found(*args))
    answer = desk.post(to("code", audit, code.uuid), {"name": "Signs", "definition": "", "version": 1})
    assert "There is a code of this name already: Signs." in words_of(answer)
    code.refresh_from_db()
    assert code.name == "Language"


def test_counts_by_question_area_and_speaker_leave_out_what_is_undecided(audit, noted, seat, code, other):
    ada, ben = factories.UserFactory.create_batch(2)
    guide_question = factories.DiscussionQuestionFactory(guide=noted.guide)
    question = factories.SessionQuestionFactory(group=noted, source=guide_question, area="urban", text="Where?")
    spoken = factories.NoteFactory(group=noted, question=question, speaker=StakeholderGroup.POLICE, hot=True)
    seated = factories.NoteFactory(group=noted, question=question, seat=seat(StakeholderGroup.NGO))
    bare, silent = factories.NoteFactory.create_batch(2, group=noted, question=None)
    taken_back = factories.NoteFactory(group=noted, removed=True)
    for note in (spoken, seated, bare, silent, taken_back):
        factories.CodingFactory(note=note, code=code, coder=ada)
    # The second coder has the first with the same code, the second not at all, and the third with another code.
    factories.CodingFactory(note=spoken, code=code, coder=ben)
    factories.CodingFactory(note=bare, code=other, coder=ben)
    # Another group asks the same question of the guide in other words.
    elsewhere = factories.FocusGroupFactory(audit=audit, guide=noted.guide)
    same = factories.SessionQuestionFactory(group=elsewhere, source=guide_question, area="urban", text="Which places?")
    factories.CodingFactory(note=factories.NoteFactory(group=elsewhere, question=same), code=code)

    counts = counted(audit).of(code)
    assert (counts.notes, counts.hot, counts.undecided) == (4, 1, 1)
    assert counts.areas == {"urban": 3}
    assert counts.questions == {"Where?": 3}
    assert counts.speakers == {"police": 1, "ngo": 1, "": 2}
    # A seat that is corrected speaks for its notes from then on.
    seated.seat.participant.group = StakeholderGroup.MIGRANTS
    seated.seat.participant.save()
    assert counted(audit).of(code).speakers == {"police": 1, "migrants": 1, "": 2}
    assert counted(audit, elsewhere).of(code).notes == 1
    assert counted(audit).of(other).notes == 0


def test_interest_is_suggested_by_hot_notes_first_with_the_notes_behind(audit, noted, code, other):
    ada = factories.UserFactory()
    quiet = factories.NoteFactory.create_batch(3, group=noted)
    hot = factories.NoteFactory(group=noted, hot=True)
    uncoded = factories.NoteFactory(group=noted, hot=True)
    for note in quiet:
        factories.CodingFactory(note=note, code=code, coder=ada)
    factories.CodingFactory(note=hot, code=other, coder=ada)
    found = themes(noted, counted(audit, noted))
    assert [(theme.code, theme.notes, theme.hot) for theme in found] == [
        (other, [hot], 1),
        (code, quiet, 0),
        (None, [uncoded], 1),
    ]


def test_merging_moves_passages_drops_doubles_and_keeps_what_names_the_code(desk, audit, noted, code, other):
    ada = factories.UserFactory()
    both, alone = factories.NoteFactory.create_batch(2, group=noted)
    for one in (code, other):
        factories.CodingFactory(note=both, code=one, coder=ada)
    moved = factories.CodingFactory(note=alone, code=code, coder=ada)
    for note in (both, alone):
        Settlement.objects.create(note=note, code=code, keep=False)
    summary = QuestionSummary.objects.create(question=both.question)
    summary.codes.add(code)
    finding = factories.FindingFactory(audit=audit)
    link_evidence(holder=finding, evidence=EvidenceInput("focusgroups", "code", code.uuid, "Language"), by=None)

    assert desk.post(to("code-merge", audit, code.uuid), {"into": code.uuid}).status_code == 422
    assert desk.post(to("code-merge", audit, code.uuid), {"into": other.uuid}).status_code == 302
    assert list(Coding.objects.filter(code=other).values_list("note", flat=True)) == [both.pk, alone.pk]
    moved.refresh_from_db()
    assert moved.code == other
    # What was settled about the one code says nothing about the other where both stood.
    assert [one.note for one in Settlement.objects.all()] == [alone]
    assert list(summary.codes.all()) == [other]
    assert finding.evidence.get().source == other.uuid
    assert Coding.objects.count() == 2
    with pytest.raises(ObjectDoesNotExist):
        code.refresh_from_db()


def test_splitting_gives_the_chosen_passages_to_a_new_code(desk, audit, noted, code):
    going, staying = (factories.CodingFactory(note__group=noted, code=code) for _ in range(2))
    page = to("code-split", audit, code.uuid)
    refused = desk.post(page, {"name": "language", "definition": "Only spoken", "passages": [going.uuid]})
    assert refused.status_code == 422
    assert "Only spoken" in refused.content.decode()
    foreign = factories.CodingFactory()
    for wrong in ([], [foreign.uuid]):
        assert desk.post(page, {"name": "Interpreters", "definition": "", "passages": wrong}).status_code == 422
    assert desk.post(page, {"name": "Interpreters", "definition": "", "passages": [going.uuid]}).status_code == 302
    made = Code.objects.get(name="Interpreters")
    assert [list(one.codings.all()) for one in (made, code)] == [[going], [staying]]


def test_splitting_says_who_marked_the_same_words(desk, audit, noted, code):
    note = factories.NoteFactory(group=noted, text="Rents are high")
    for name in ("Ada", "Ben"):
        factories.CodingFactory(note=note, code=code, coder__name=name)
    gone = factories.CodingFactory(note=note, code=code)
    gone.coder = None
    gone.save()
    page = words_of(desk.get(to("code-split", audit, code.uuid)))
    for name in ("Ada", "Ben", "somebody who has left"):
        assert f", {name})" in page


def test_deleting_says_what_hangs_on_the_code_and_keeps_the_notes(desk, audit, noted, code):
    coding = factories.CodingFactory(note__group=noted, code=code)
    page = to("code-delete", audit, code.uuid)
    assert "It is on 1 passage. The note stays, without the code." in words_of(desk.get(page))
    assert desk.post(page).status_code == 302
    coding.note.refresh_from_db()
    assert not Coding.objects.exists()
    assert desk.post(to("code", audit, code.uuid), {"name": "Typed", "definition": "", "version": 1}).status_code == 409


def test_words_that_a_correction_took_out_stand_only_where_the_passage_is_chosen_anew(
    client, audit, noted, seat, code, other, member
):
    facilitator, seats = member(Role.FACILITATOR), [seat() for _ in range(5)]
    note = factories.NoteFactory(group=noted, seat=seats[0], text="Ask Mrs Petrova about rents", hot=True)
    factories.CodingFactory(note=note, code=code, coder=facilitator, end=15)
    factories.CodingFactory(note=note, code=other, start=22, end=27)
    Settlement.objects.create(note=note, code=code, keep=True)
    note.text = "Ask a neighbour about rents"
    note.save()
    client.force_login(facilitator)
    for name, args in (
        ("code", [code.uuid]),
        ("code-split", [code.uuid]),
        ("compare", [noted.uuid]),
        ("conclusions", [noted.uuid]),
    ):
        page = words_of(client.get(to(name, audit, *args)))
        assert "Petrova" not in page
        assert "The note was changed since" in page
    assert "Petrova" in words_of(client.get(to("coding", audit, noted.uuid)))
    client.force_login(member(Role.PARTNER))
    page = words_of(client.get(to("code", audit, code.uuid)))
    assert "Petrova" not in page
    assert "Nothing of it may be quoted." in page


def test_who_reads_results_sees_counts_but_no_passages_nor_speakers(client, audit, noted, seat, code, member):
    note = factories.NoteFactory(group=noted, text="A secret thing", speaker=StakeholderGroup.POLICE)
    factories.CodingFactory(note=note, code=code, start=0, end=14)
    client.force_login(member(Role.VIEWER))
    page = words_of(client.get(to("code", audit, code.uuid)))
    assert "On 1 note" in page
    assert "secret" not in page
    assert "Police" not in page
    client.force_login(member(Role.FACILITATOR))
    page = words_of(client.get(to("code", audit, code.uuid)))
    assert "A secret thing" in page
    assert "Police 1" in page


def test_codebook_asks_as_often_for_300_passages_as_for_three(desk, audit, noted, django_assert_max_num_queries):
    ada, question = factories.UserFactory(), factories.SessionQuestionFactory(group=noted)
    counts = []
    for number in (3, 297):
        for one in factories.CodeFactory.create_batch(number, audit=audit):
            factories.CodingFactory(note__group=noted, note__question=question, code=one, coder=ada)
        with django_assert_max_num_queries(12) as asked:
            assert desk.get(to("codebook", audit)).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
