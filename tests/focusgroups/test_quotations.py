"""Nobody is quoted who has not agreed, and nobody whom the others at the table would know again."""

import pytest

from audits.enums import Family, Role, StakeholderGroup
from audits.participation.consent import TEXT_VERSION
from audits.participation.enums import Purpose
from focusgroups import quotations
from focusgroups.actions.coding import settle
from tests import factories
from tests.focusgroups.pages import to, words_of


@pytest.fixture
def migrants(seat):
    """Five migrants at the table, who all agree to being quoted."""
    return [seat(StakeholderGroup.MIGRANTS) for _ in range(5)]


def test_note_of_an_agreeing_seat_in_a_family_of_five_is_quoted_as_its_family(noted, migrants):
    note = factories.NoteFactory(group=noted, seat=migrants[0])
    found = quotations.among(noted.audit, [note.uuid])
    assert found == {note.uuid: note}
    assert quotations.family_of(found[note.uuid]) == Family.MIGRANTS
    assert quotations.among(noted.audit, []) == {}


def test_nothing_else_is_quoted(noted, migrants, seat):
    silent, refusing = seat(quotes=None), seat(quotes=False)
    police, school, nameless = seat(StakeholderGroup.POLICE), seat(StakeholderGroup.SCHOOLS), seat("")
    elsewhere = factories.FocusGroupFactory(audit=noted.audit)
    lone = seat(group=elsewhere)
    for taken in (silent, refusing, police, school, nameless, None):
        factories.NoteFactory(group=noted, seat=taken, speaker="" if taken else StakeholderGroup.MIGRANTS)
    factories.NoteFactory(group=noted, seat=migrants[0], removed=True)
    # Five of the family sat in another group, and one alone in this.
    factories.NoteFactory(group=elsewhere, seat=lone)
    assert not quotations.quotable(noted.audit).exists()


def test_family_counts_those_who_came_across_its_stakeholder_groups(noted, seat):
    own = (StakeholderGroup.POLICE, StakeholderGroup.SCHOOLS, StakeholderGroup.ADMINISTRATION, StakeholderGroup.POLICE)
    seats = [seat(one) for one in own]
    card = factories.SeatFactory(group=noted, participant__group=StakeholderGroup.POLICE, participant__joined_at=None)
    note = factories.NoteFactory(group=noted, seat=seats[0])
    assert not quotations.quotable(noted.audit).exists()
    card.participant.joined_at = noted.begins
    card.participant.save()
    assert [quotations.family_of(one) for one in quotations.quotable(noted.audit)] == [Family.INSTITUTIONS]
    # The latest word holds.
    seats[0].participant.consents.create(
        purpose=Purpose.QUOTATION, given=False, text_version=TEXT_VERSION, language="en"
    )
    assert note not in quotations.quotable(noted.audit)


def test_reader_of_results_gets_quotations_only_by_the_rule(client, noted, migrants, seat, member):
    code = factories.CodeFactory(audit=noted.audit)
    for taken, text in (
        (migrants[0], "Open words"),
        (migrants[0], "Left out of this code"),
        (seat(StakeholderGroup.POLICE), "Guarded words"),
    ):
        note = factories.NoteFactory(group=noted, seat=taken, text=text)
        for _ in range(2):
            factories.CodingFactory(note=note, code=code, end=len(text))
    left = factories.CodingFactory(note=noted.notes.get(text="Left out of this code"), code__audit=noted.audit)
    settle(note=left.note, code=code, keep=False, by=left.coder)
    client.force_login(member(Role.PARTNER))
    page = words_of(client.get(to("code", noted.audit, code.uuid)))
    assert page.count("Open words") == 1
    assert "Open words TCN and migrants" in page
    assert "Guarded" not in page
    assert "Left out" not in page


def test_note_says_that_too_few_of_the_family_sat_there(desk, noted, migrants, seat):
    question = factories.SessionQuestionFactory(group=noted)
    page = to("question-summary", noted.audit, noted.uuid, question.uuid)
    factories.NoteFactory(group=noted, question=question, seat=seat(quotes=False))
    reason = "May not be quoted: for that five of their kind have to have sat there."
    shown = words_of(desk.get(page))
    assert "May not be quoted" in shown
    assert reason not in shown
    factories.NoteFactory(group=noted, question=question, seat=seat(StakeholderGroup.POLICE))
    assert words_of(desk.get(page)).count(reason) == 1
