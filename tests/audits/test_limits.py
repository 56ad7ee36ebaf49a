"""Rate limits hold: for their whole span, whatever others try, and when many try at once."""

import datetime

import pytest
import time_machine
from django.core.cache import cache

from audits.limits import forgive, reached, within
from audits.models import Tries
from tests.stored import everything_stored
from tests.threads import at_once

NOON = datetime.datetime(2026, 10, 10, 12, 0, tzinfo=datetime.UTC)


def hourly(subject="203.0.113.77", times=3):
    return within("guess", subject, times=times, seconds=3600)


@pytest.mark.django_db
def test_limit_of_an_hour_holds_for_the_hour_and_then_begins_anew():
    with time_machine.travel(NOON, tick=False) as clock:
        assert [hourly() for _time in range(4)] == [True, True, True, False]
        clock.shift(datetime.timedelta(minutes=59))
        assert not hourly()
        clock.shift(datetime.timedelta(minutes=1))
        assert hourly()


@pytest.mark.django_db
def test_limit_of_a_day_is_not_forgotten_between_tries():
    with time_machine.travel(NOON.replace(hour=1), tick=False) as clock:
        allowed = []
        for _time in range(4):
            allowed.append(within("join", "audit", times=3, seconds=86400))
            clock.shift(datetime.timedelta(hours=5))
        assert allowed == [True, True, True, False]


@pytest.mark.django_db
def test_thousand_others_push_nobodys_count_out():
    for _time in range(3):
        hourly()
    for number in range(1000):
        hourly(subject=str(number))
    assert not hourly()


@pytest.mark.django_db
def test_thousand_others_push_no_count_of_the_sign_in_out():
    cache.set("allauth:rl:login", [1, 2, 3], 3600)
    for number in range(1000):
        cache.set(f"other:{number}", [1], 3600)
    assert cache.get("allauth:rl:login") == [1, 2, 3]


@pytest.mark.django_db(transaction=True)
def test_tries_at_the_same_moment_are_all_counted():
    allowed = at_once(lambda _n: hourly(times=5), range(12))
    assert sorted(allowed) == [False] * 7 + [True] * 5
    assert Tries.objects.get().tries == 12


@pytest.mark.django_db
def test_spans_that_are_over_are_deleted_and_no_subject_is_stored():
    with time_machine.travel(NOON, tick=False) as clock:
        hourly()
        assert "203.0.113.77" not in everything_stored()
        clock.shift(datetime.timedelta(hours=2))
        hourly(subject="other")
        assert Tries.objects.count() == 1


@pytest.mark.django_db
def test_try_that_succeeded_is_taken_back():
    assert not reached("guess", "one", times=1, seconds=3600)
    within("guess", "one", times=1, seconds=3600)
    assert reached("guess", "one", times=1, seconds=3600)
    forgive("guess", "one", seconds=3600)
    assert not reached("guess", "one", times=1, seconds=3600)
    assert within("guess", "one", times=1, seconds=3600)
