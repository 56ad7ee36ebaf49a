import uuid

import pytest

from audits import tokens
from audits.participation import actions
from audits.participation.enums import AgeBand, Gender, Purpose
from audits.participation.models import Participant
from tests.factories import AuditFactory
from tests.stored import everything_stored
from tests.threads import at_once

TAKING_PART, QUOTATION = Purpose.TAKING_PART, Purpose.QUOTATION


@pytest.fixture
def audit(db):
    return AuditFactory()


def given(participant):
    return {purpose for purpose, consent in actions.consents_of(participant).items() if consent.given}


def test_joining_gives_a_code_that_is_stored_nowhere(audit):
    participant, code = actions.join(audit=audit, language="ar", given=[TAKING_PART])
    assert len(code) == 8
    assert code not in everything_stored()
    assert actions.participant_by_code(audit=audit, code=f"{code[:4].lower()} {code[4:]}") == participant


def test_code_works_in_its_own_audit_alone(audit):
    _participant, code = actions.join(audit=audit, language="en", given=[TAKING_PART])
    assert actions.participant_by_code(audit=AuditFactory(), code=code) is None


def test_nobody_joins_without_consent(audit):
    with pytest.raises(ValueError, match="agreed"):
        actions.join(audit=audit, language="en", given=[QUOTATION])
    assert not Participant.objects.exists()


def test_each_consent_is_a_row_of_its_own_with_version_and_language(audit):
    participant, _code = actions.join(audit=audit, language="uk", given=[TAKING_PART, QUOTATION], guardian=True)
    rows = participant.consents.values_list("purpose", "given", "language", "guardian", "text_version")
    assert [row[:4] for row in rows] == [("taking_part", True, "uk", True), ("quotation", True, "uk", True)]
    assert all(row[4] for row in rows)


def test_taking_a_consent_back_adds_a_row_and_keeps_the_first(audit):
    participant, _code = actions.join(audit=audit, language="en", given=[TAKING_PART, QUOTATION])
    actions.give_consents(participant=participant, decisions={QUOTATION: False}, language="bg")
    assert given(participant) == {TAKING_PART}
    history = participant.consents.filter(purpose=QUOTATION).values_list("given", "language")
    assert list(history) == [(True, "en"), (False, "bg")]


@pytest.mark.parametrize(("holds", "decision"), [((TAKING_PART,), False), ((TAKING_PART, QUOTATION), True)])
def test_decision_that_already_holds_adds_no_row(audit, holds, decision):
    participant, _code = actions.join(audit=audit, language="en", given=holds)
    rows = participant.consents.count()
    assert actions.give_consents(participant=participant, decisions={QUOTATION: decision}, language="en") == []
    assert participant.consents.count() == rows


def test_printed_form_is_no_participant_until_it_is_taken_up(audit):
    participant, code = actions.reserve(audit=audit, language="cs")
    assert not Participant.objects.joined().exists()
    actions.take_up(participant=participant, language="sk", given=[TAKING_PART], gender=Gender.WOMAN)
    taken = Participant.objects.joined().get()
    assert (taken.language, taken.gender) == ("sk", Gender.WOMAN)
    assert actions.participant_by_code(audit=audit, code=code) == taken


def test_paper_without_consent_counts_nowhere_and_with_it_everywhere(audit):
    participant, _code = actions.reserve(audit=audit, language="en")
    actions.join_on_paper(participant=participant, decisions={TAKING_PART: False}, age_band=AgeBand.TO_29)
    assert not Participant.objects.joined().exists()
    actions.join_on_paper(participant=participant, decisions={TAKING_PART: True})
    assert Participant.objects.joined().exists()
    assert all(consent.on_paper for consent in participant.consents.all())
    actions.join_on_paper(participant=participant, decisions={TAKING_PART: False})
    assert not Participant.objects.joined().exists()
    assert list(participant.consents.values_list("given", flat=True)) == [True, False]


def test_act_of_consent_is_never_changed_afterwards(audit):
    participant, _code = actions.join(audit=audit, language="en", given=[TAKING_PART])
    act = participant.consents.get()
    act.given = False
    with pytest.raises(ValueError, match="never changed"):
        act.save()
    assert given(participant) == {TAKING_PART}


def test_code_that_is_somebodys_already_is_drawn_again(audit, monkeypatch):
    codes = iter(["7KPM3XWD", "7KPM3XWD", "9ACDEFGH", "7KPM3XWD", "34679ACD"])
    monkeypatch.setattr(tokens, "new_code", lambda: next(codes))
    assert actions.reserve(audit=audit, language="en")[1] == "7KPM3XWD"
    second, code = actions.reserve(audit=audit, language="en")
    assert code == "9ACDEFGH"
    assert actions.renew_code(participant=second) == "34679ACD"
    assert actions.participant_by_code(audit=audit, code="34679ACD") == second


@pytest.mark.django_db(transaction=True)
def test_joining_sent_by_eight_presses_at_once_is_one():
    audit, joining = AuditFactory(), uuid.uuid4()
    made = at_once(
        lambda _press: actions.join(audit=audit, language="en", given=[TAKING_PART], joining=joining), range(8)
    )
    assert len(set(made)) == 1
    assert Participant.objects.count() == 1
