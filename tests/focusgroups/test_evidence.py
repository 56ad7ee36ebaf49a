"""Focus groups as evidence of findings and judgements."""

import pytest
from django.urls import reverse

from audits import methods
from audits.agenda.actions import EvidenceInput, link_evidence
from audits.agenda.models import Finding
from audits.enums import Role
from audits.methods import Method, Reference
from audits.permissions import Ability
from focusgroups import evidence
from focusgroups.actions.coding import delete_code, merge_codes, take_code
from focusgroups.models import AreaSummary, Coding, QuestionSummary
from tests import factories
from tests.focusgroups.pages import said, to, words_of


@pytest.fixture
def coded(noted):
    """A note on a question with a code, both summed up."""
    note = factories.NoteFactory(group=noted, text="A raw remark", question__area="urban", question__text="Where?")
    QuestionSummary.objects.create(question=note.question, text="There.")
    AreaSummary.objects.create(group=noted, area="urban")
    return factories.CodingFactory(note=note, code__name="Dark underpass", start=2, end=12)


@pytest.fixture
def announced(monkeypatch):
    """The registry with the focus groups' evidence, whatever else their method says."""
    method = Method(
        key="focusgroups",
        name="Focus groups",
        icon="people",
        order=20,
        url=lambda audit: "/",
        may_see=Ability.SEE_RESULTS,
        resolve=evidence.resolve,
        evidence_choices=evidence.evidence_choices,
    )
    monkeypatch.setitem(methods._methods, "focusgroups", method)


def references(coded):
    note = coded.note
    return {
        "note": Reference("focusgroups", "note", note.uuid),
        "passage": Reference("focusgroups", "passage", coded.uuid),
        "question": Reference("focusgroups", "question", note.question.uuid),
        "area": Reference("focusgroups", "area:urban", note.group.uuid),
        "code": Reference("focusgroups", "code", coded.code.uuid),
    }


def test_all_kinds_are_offered_and_resolved_without_what_was_said(noted, coded, member):
    facilitator, wanted = member(Role.FACILITATOR), references(coded)
    factories.CodingFactory()
    offered = dict(evidence.evidence_choices(noted.audit, facilitator))
    # Of a note the passage is offered, not words that nobody has chosen.
    assert offered.keys() == set(wanted.values()) - {wanted["note"]}
    found = evidence.resolve([*wanted.values(), Reference("focusgroups", "area:civic", noted.uuid)], facilitator)
    assert found == {wanted["note"]: found[wanted["note"]], **offered}
    captions = {kind: found[reference].caption for kind, reference in wanted.items()}
    assert captions["question"] == "Harbour: Where?"
    assert captions["area"] == "Harbour: Urban environment"
    assert captions["code"] == "Dark underpass"
    assert captions["note"].startswith("Harbour, note of")
    assert captions["note"].endswith(": Dark underpass")
    assert captions["passage"].startswith("Harbour, passage of")
    assert captions["passage"].endswith(": Dark underpass")
    assert found[wanted["passage"]].words == "“raw remark”"
    assert found[wanted["code"]].figures == {"notes": 1}
    assert f"#note-{coded.note.uuid}" in found[wanted["note"]].url
    assert not any("raw remark" in caption for caption in captions.values())


def test_notes_are_for_those_who_run_groups_and_nothing_for_strangers(noted, coded, member):
    wanted = references(coded)
    for user, kinds in (
        (member(Role.PARTNER), {"question", "area", "code"}),
        (member(Role.REVIEWER), set()),
        (factories.UserFactory(), set()),
    ):
        found = {wanted[kind] for kind in kinds}
        assert evidence.resolve(wanted.values(), user).keys() == found
        assert {reference for reference, _one in evidence.evidence_choices(noted.audit, user)} == found
    coded.note.removed = True
    coded.note.save()
    assert not {wanted["note"], wanted["passage"]} & evidence.resolve(wanted.values(), member(Role.COORDINATOR)).keys()


def test_resolving_asks_as_often_for_thirty_as_for_three(noted, member, django_assert_max_num_queries):
    user, ada = member(), factories.UserFactory()
    for number in (3, 27):
        for _ in range(number):
            QuestionSummary.objects.create(question=factories.CodingFactory(note__group=noted, coder=ada).note.question)
        wanted = [
            *(Reference("focusgroups", "note", note.uuid) for note in noted.notes.all()),
            *(Reference("focusgroups", "passage", one.uuid) for one in Coding.objects.filter(note__group=noted)),
            *(Reference("focusgroups", "question", one.uuid) for one in noted.questions.all()),
            *(Reference("focusgroups", "code", one.uuid) for one in noted.audit.codes.all()),
        ]
        with django_assert_max_num_queries(20):
            assert len(evidence.resolve(wanted, user)) == len(wanted)


def test_passage_becomes_a_finding_with_its_evidence(desk, noted, coded, announced):
    page = desk.get(to("coding", noted.audit, noted.uuid), {"codes": "all"}).content.decode()
    source = f"focusgroups:passage:{coded.uuid}"
    create = reverse("agenda:finding-create", args=[noted.audit.slug])
    assert f"{create}?method=focusgroups&amp;area=urban&amp;source={source}" in page
    form = desk.get(create, {"method": "focusgroups", "area": "urban", "source": source})
    assert "Its evidence:" in form.content.decode()
    assert "“raw remark”" in form.content.decode()
    sent = {"text": "The underpass is dark.", "area": "urban", "kind": "observation", "method": "focusgroups"}
    answer = desk.post(f"{create}?source={source}", sent)
    finding = Finding.objects.get()
    assert answer.status_code == 302
    link = finding.evidence.get()
    assert (link.app, link.type, link.source) == ("focusgroups", "passage", coded.uuid)
    assert "raw remark" not in link.caption
    # The finding shows exactly the passage, as far as the note still has it.
    page = words_of(desk.get(finding.get_absolute_url()))
    assert "“raw remark”" in page
    assert "A raw" not in page
    coded.note.text = "A remark"
    coded.note.save()
    page = words_of(desk.get(finding.get_absolute_url()))
    assert "raw remark" not in page
    assert "The note was changed since." in page
    # A passage of another audit is no source of this one, and what was typed is saved all the same.
    foreign = factories.CodingFactory()
    answer = desk.post(f"{create}?source=focusgroups:passage:{foreign.uuid}", {**sent, "text": "Another."})
    assert "Its source is gone, or not open to you: it is saved without it." in said(answer)
    assert not Finding.objects.get(text="Another.").evidence.exists()


def test_finding_from_a_note_without_codes_rests_on_the_note(desk, noted):
    note = factories.NoteFactory(group=noted)
    page = desk.get(to("coding", noted.audit, noted.uuid)).content.decode()
    assert f"source=focusgroups:note:{note.uuid}" in page


def test_finding_rests_on_the_note_when_the_passage_loses_its_code(noted, coded):
    finding = factories.FindingFactory(audit=noted.audit)
    again = factories.CodingFactory(note=coded.note, coder=coded.coder, code__name="Lamps", start=2, end=12)
    for coding in (coded, again):
        source = EvidenceInput("focusgroups", "passage", coding.uuid, "Passage")
        link_evidence(holder=finding, evidence=source, by=None)

    def rests_on():
        return sorted(finding.evidence.values_list("type", "source"))

    # Of two codes on the same words one is left.
    merge_codes(code=coded.code, into=again.code)
    assert rests_on() == [("passage", again.uuid)]
    take_code(coding=again)
    assert rests_on() == [("note", coded.note.uuid)]
    other = factories.CodingFactory(note=coded.note)
    link_evidence(holder=finding, evidence=EvidenceInput("focusgroups", "passage", other.uuid, "Passage"), by=None)
    delete_code(code=other.code)
    assert rests_on() == [("note", coded.note.uuid)]
