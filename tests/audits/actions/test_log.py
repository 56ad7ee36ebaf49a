"""The log of accesses: when a line is added, that none changes, and how long it is kept."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from audits.actions import LOG_KEPT, log_access
from audits.actions.log import SAME_VISIT
from audits.enums import Act, Personal, Role
from audits.models import AccessEntry
from tests.factories import CityWalkFactory, MembershipFactory

MOMENT = timedelta(seconds=1)


@pytest.fixture
def member(db):
    return MembershipFactory(role=Role.FACILITATOR)


def look(member, **more):
    given = {"act": Act.VIEWED, "kind": Personal.SHEETS, **more}
    log_access(audit=member.audit, by=member.user, **given)
    return AccessEntry.objects.count()


def test_same_look_within_an_hour_adds_no_line(member, django_assert_num_queries):
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        assert look(member) == 1
        with django_assert_num_queries(1):
            log_access(audit=member.audit, by=member.user, act=Act.VIEWED, kind=Personal.SHEETS)
    with time_machine.travel(now + SAME_VISIT - MOMENT, tick=False):
        assert look(member) == 1
    with time_machine.travel(now + SAME_VISIT, tick=False):
        assert look(member) == 2


def test_another_look_adds_a_line(member):
    walk, other = CityWalkFactory.create_batch(2, audit=member.audit)
    assert look(member, of=walk) == 1
    assert look(member) == 1, "that of the whole audit is known by that of a part"
    assert look(member, of=other) == 2
    assert look(member, of=walk, act=Act.EXPORTED) == 3
    assert look(member, of=walk, kind=Personal.NOTES) == 4
    assert look(MembershipFactory(audit=member.audit), of=walk) == 5
    assert look(MembershipFactory(user=member.user), of=walk) == 6


def test_each_erasure_adds_a_line(member):
    assert look(member, act=Act.ERASED) == 1
    assert look(member, act=Act.ERASED) == 2


def test_role_is_kept_as_it_was(member):
    look(member)
    member.role = Role.VIEWER
    member.save()
    assert AccessEntry.objects.get().role == Role.FACILITATOR


def test_line_is_never_changed(member):
    look(member)
    entry = AccessEntry.objects.get()
    entry.kind = Personal.NOTES
    with pytest.raises(ValueError, match="never changed"):
        entry.save()


def test_lines_are_kept_for_a_year(member):
    now = timezone.now()
    for age in (LOG_KEPT + MOMENT, LOG_KEPT - MOMENT):
        with time_machine.travel(now - age, tick=False):
            look(member, act=Act.ERASED)

    def expired(**options):
        out = StringIO()
        call_command("expire", stdout=out, **options)
        return out.getvalue()

    with time_machine.travel(now, tick=False):
        assert "log of accesses: 1 (kept: dry run)" in expired(dry_run=True)
        assert AccessEntry.objects.count() == 2
        assert "log of accesses: 1 deleted" in expired()
    assert AccessEntry.objects.get().at == now - LOG_KEPT + MOMENT
