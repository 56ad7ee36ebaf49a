"""Two people code one group; where they differ is settled by talking."""

import pytest

from focusgroups.models import Coding, Settlement
from tests import factories
from tests.focusgroups.pages import to, words_of


@pytest.fixture
def ada():
    return factories.UserFactory(name="Ada Novak")


@pytest.fixture
def ben():
    return factories.UserFactory(name="Ben Horvat")


@pytest.fixture
def differing(noted, ada, ben):
    """A note on which they agree but for one code of Ada's, beside one that she alone has coded."""
    rents, work = (factories.CodeFactory(audit=noted.audit, name=name) for name in ("Rents", "Work"))
    both, alone = factories.NoteFactory.create_batch(2, group=noted)
    factories.CodingFactory(note=both, code=work, coder=ada)
    factories.CodingFactory(note=both, code=work, coder=ben, end=4)
    factories.CodingFactory(note=alone, code=rents, coder=ada)
    return factories.CodingFactory(note=both, code=rents, coder=ada)


def test_one_coder_alone_has_nothing_to_compare(desk, noted, ada):
    factories.CodingFactory(note__group=noted, coder=ada)
    assert "Only one person has coded this group so far: Ada Novak." in words_of(
        desk.get(to("compare", noted.audit, noted.uuid))
    )


def test_differences_stand_side_by_side_and_are_settled(desk, noted, differing):
    page = to("compare", noted.audit, noted.uuid)
    words = words_of(desk.get(page))
    assert "Agreement: 50 %" in words
    assert "1 of 2" in words
    assert "1 difference not settled" in words
    assert f"Ada Novak: {differing.quote}" in words
    assert "Does not have it Ben Horvat" in words
    pair = {"note": differing.note.uuid, "code": differing.code.uuid}
    for decide, keep in (("keep", True), ("leave", False)):
        desk.post(page, {**pair, "decide": decide})
        assert Settlement.objects.get().keep is keep
    assert "0 differences not settled" in words_of(desk.get(page))
    assert "Settled: left out" in words_of(desk.get(page))
    desk.post(page, {**pair, "decide": "undo"})
    desk.post(page, {**pair, "decide": "nonsense"})
    desk.post(page, {**pair, "note": factories.NoteFactory().uuid, "decide": "keep"})
    assert not Settlement.objects.exists()


def test_nothing_is_compared_where_no_note_has_codes_of_two(desk, noted, ada, ben):
    for coder in (ada, ben):
        factories.CodingFactory(note__group=noted, coder=coder)
    words = words_of(desk.get(to("compare", noted.audit, noted.uuid)))
    assert "No note has codes of two people yet, so there is nothing to compare: all codes count." in words
    assert "Agreement" not in words


def test_coder_whose_account_is_gone_still_counts(desk, noted, differing, ben):
    ben.delete()
    assert Coding.objects.filter(coder=None).exists()
    assert "Somebody who has left" in words_of(desk.get(to("compare", noted.audit, noted.uuid)))


def test_comparing_asks_as_often_for_300_differences_as_for_three(
    desk, noted, differing, ada, ben, django_assert_max_num_queries
):
    work = factories.CodeFactory(audit=noted.audit, name="Ways to work")
    question = factories.SessionQuestionFactory(group=noted)
    desk.get(to("compare", noted.audit, noted.uuid))
    counts = []
    for number in (3, 297):
        for note in factories.NoteFactory.create_batch(number, group=noted, question=question):
            factories.CodingFactory(note=note, code=differing.code, coder=ada)
            factories.CodingFactory(note=note, code=work, coder=ben)
        with django_assert_max_num_queries(12) as asked:
            assert desk.get(to("compare", noted.audit, noted.uuid)).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
