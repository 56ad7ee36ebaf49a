"""Saving shared texts (DESIGN rule 12), shown on an answer of the desk research, which has a history."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from audits.actions.versions import save_version
from audits.models import StaleError
from deskresearch.models import Answer
from tests.factories import AnswerFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def answer():
    return AnswerFactory(text="As it was")


def written(answer, text, *, version, by):
    answer.text = text
    return save_version(answer, version=version, by=by)


def test_save_is_the_next_version_and_says_who(answer):
    writer = UserFactory()
    assert written(answer, "Better", version=1, by=writer)
    saved = Answer.objects.get()
    assert (saved.text, saved.version, saved.changed_by) == ("Better", 2, writer)


def test_stale_save_writes_nothing_and_brings_what_stands_there(answer):
    first, second = UserFactory.create_batch(2)
    other = Answer.objects.get()
    written(answer, "First", version=1, by=first)
    with pytest.raises(StaleError) as stale:
        written(other, "Second", version=1, by=second)
    assert stale.value.current.text == "First"
    assert Answer.objects.get().text == "First"


def test_same_words_again_are_no_conflict(answer):
    first, second = UserFactory.create_batch(2)
    other = Answer.objects.get()
    written(answer, "The same", version=1, by=first)
    assert not written(other, "The same", version=1, by=second)
    assert (other.version, Answer.objects.get().changed_by) == (2, first)


def test_save_of_a_deleted_text_says_that_nothing_stands_there(answer):
    Answer.objects.all().delete()
    with pytest.raises(StaleError) as stale:
        written(answer, "Too late", version=1, by=UserFactory())
    assert stale.value.current is None


def test_one_writers_sitting_is_one_version_of_the_history(answer):
    writer = UserFactory()
    before = answer.history.count()
    for version, text in enumerate(("One", "One word", "One word more"), start=1):
        written(answer, text, version=version, by=writer)
    assert answer.history.count() == before + 1
    assert answer.history.first().text == "One word more"
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        written(answer, "Later", version=4, by=writer)
    assert answer.history.count() == before + 2


def test_text_that_is_emptied_or_cut_to_less_than_half_stays_in_the_history(answer):
    writer = UserFactory()
    for version, text in enumerate(("What was found.", "Six word", "Six", "", "Anew"), start=1):
        written(answer, text, version=version, by=writer)
    assert [row.text for row in answer.history.all()[:3]] == ["Anew", "Six", "Six word"]


def test_words_of_another_writer_stay_in_the_history(answer):
    first, second = UserFactory.create_batch(2)
    written(answer, "First", version=1, by=first)
    written(answer, "Second", version=2, by=second)
    assert [row.text for row in answer.history.all()[:2]] == ["Second", "First"]
    assert [row.history_user for row in answer.history.all()[:2]] == [second, first]
