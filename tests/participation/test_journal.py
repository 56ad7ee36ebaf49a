import uuid
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from audits.participation.actions import Incoming, Verdict, accept, admit, forget, refuse
from audits.participation.enums import ChangeState
from audits.participation.models import Change, ErasedChange
from tests.factories import AuditFactory, UserFactory
from tests.threads import at_once

PHONE, TABLET = uuid.UUID(int=1), uuid.UUID(int=2)


@pytest.fixture
def audit(db):
    return AuditFactory()


def incoming(value, *, sequence=1, part="answer:1", change=None):
    return Incoming(uuid=change or uuid.uuid4(), sequence=sequence, part=part, content={"value": value})


def send(audit, *changes, device=PHONE, subject="sheet:1", **more):
    return [
        accepted.verdict for accepted in accept(audit=audit, subject=subject, device=device, changes=changes, **more)
    ]


def standing(part="answer:1"):
    return Change.objects.filter(part=part).standing().get().content["value"]


def test_same_change_again_is_a_repeat_and_changes_nothing(audit):
    change = incoming(3)
    assert send(audit, change) == [Verdict.STANDS]
    assert send(audit, change) == [Verdict.REPEAT]
    assert Change.objects.count() == 1


def test_repeat_stays_a_repeat_after_a_later_change(audit):
    first = incoming(3, sequence=1)
    send(audit, first)
    send(audit, incoming(5, sequence=2))
    assert send(audit, first) == [Verdict.REPEAT]
    assert standing() == 5


@pytest.mark.parametrize(
    "other", [{"value": 4}, {"value": 3, "part": "answer:2"}], ids=["another value", "another part"]
)
def test_same_uuid_with_other_content_is_a_conflict_and_writes_nothing(audit, other):
    change = incoming(3)
    send(audit, change)
    assert send(audit, incoming(**other, change=change.uuid)) == [Verdict.CONFLICT]
    assert standing() == 3
    assert Change.objects.count() == 1


def test_uuid_of_another_sheet_is_a_conflict(audit):
    change = incoming(3)
    send(audit, change)
    assert send(audit, change, subject="sheet:2") == [Verdict.CONFLICT]


def test_later_change_supersedes_with_history(audit):
    send(audit, incoming(3, sequence=1))
    send(audit, incoming(4, sequence=2))
    assert standing() == 4
    assert list(Change.objects.values_list("content__value", "state")) == [(3, "superseded"), (4, "applied")]


def test_earlier_change_that_arrives_afterwards_does_not_overwrite(audit):
    send(audit, incoming(4, sequence=2))
    assert send(audit, incoming(3, sequence=1)) == [Verdict.SUPERSEDED]
    assert standing() == 4
    assert Change.objects.count() == 2


def test_between_devices_the_order_of_arrival_decides(audit):
    send(audit, incoming(4, sequence=9), device=PHONE)
    assert send(audit, incoming(2, sequence=1), device=TABLET) == [Verdict.STANDS]
    assert standing() == 2


def test_changes_of_one_delivery_overtake_each_other(audit):
    verdicts = send(audit, incoming(1, sequence=1), incoming(5, sequence=3), incoming(2, sequence=2))
    assert verdicts == [Verdict.SUPERSEDED, Verdict.STANDS, Verdict.SUPERSEDED]
    assert standing() == 5


def test_change_twice_in_one_delivery_is_kept_once(audit):
    change = incoming(3)
    assert send(audit, change, change) == [Verdict.STANDS, Verdict.REPEAT]


def test_late_change_is_kept_and_does_not_stand(audit):
    send(audit, incoming(3))
    assert send(audit, incoming(5, sequence=2), late=True) == [Verdict.LATE]
    assert standing() == 3


def test_admitted_late_change_stands_and_says_who_decided(audit):
    person = UserFactory()
    send(audit, incoming(3))
    send(audit, incoming(5, sequence=2), late=True)
    admitted = admit(changes=Change.objects.late(), by=person)
    assert [change.content["value"] for change in admitted] == [5]
    assert standing() == 5
    late = Change.objects.get(content__value=5)
    assert late.decided_by == person
    assert late.decided_at is not None


def test_of_several_late_changes_the_last_to_arrive_stands(audit):
    send(audit, incoming(1, sequence=1), late=True)
    send(audit, incoming(2, sequence=2), late=True)
    admitted = admit(changes=Change.objects.late(), by=UserFactory())
    assert [change.content["value"] for change in admitted] == [2]
    assert standing() == 2


def test_late_change_that_was_overtaken_after_reopening_does_not_overwrite(audit):
    send(audit, incoming(1, sequence=1), device=PHONE, late=True)
    send(audit, incoming(4, sequence=1), device=TABLET)
    assert admit(changes=Change.objects.late(), by=UserFactory()) == []
    assert standing() == 4
    assert not Change.objects.late().exists()


def test_refused_late_change_stays_in_the_journal(audit):
    send(audit, incoming(5), late=True)
    assert refuse(changes=Change.objects.late(), by=UserFactory()) == 1
    assert Change.objects.get().state == ChangeState.REFUSED
    assert admit(changes=Change.objects.all(), by=UserFactory()) == []


def test_database_lets_one_change_stand_for_each_part(audit):
    send(audit, incoming(3))
    with pytest.raises(IntegrityError), transaction.atomic():
        Change.objects.create(
            uuid=uuid.uuid4(), audit=audit, device=PHONE, sequence=9, subject="sheet:1", part="answer:1", content={}
        )


def test_forgetting_a_subject_leaves_the_others(audit):
    send(audit, incoming(3), subject="sheet:1")
    send(audit, incoming(3), subject="sheet:2")
    assert forget(subjects=["sheet:1"]) == 1
    assert Change.objects.get().subject == "sheet:2"


def test_identifier_of_an_erased_change_of_nobody_is_kept_for_a_year(audit):
    send(audit, incoming(3))
    forget(subjects=["sheet:1"])
    ErasedChange.objects.update(at=timezone.now() - timedelta(days=300))
    call_command("expire")
    assert ErasedChange.objects.count() == 1
    ErasedChange.objects.update(at=timezone.now() - timedelta(days=400))
    call_command("expire", "--dry-run")
    assert ErasedChange.objects.count() == 1
    call_command("expire")
    assert not ErasedChange.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_thirty_writers_at_once_lose_nothing():
    audit = AuditFactory()
    verdicts = at_once(lambda n: send(audit, incoming(n % 5 + 1, part=f"answer:{n}"), subject="sheet:1"), range(30))
    assert verdicts == [[Verdict.STANDS]] * 30
    assert Change.objects.standing().count() == 30


@pytest.mark.django_db(transaction=True)
def test_one_change_sent_by_thirty_at_once_is_kept_once():
    audit = AuditFactory()
    change = incoming(3)
    verdicts = at_once(lambda n: send(audit, change)[0], range(30))
    assert sorted(verdicts) == [Verdict.REPEAT] * 29 + [Verdict.STANDS]
    assert Change.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_thirty_changes_to_one_answer_at_once_one_stands_and_all_are_kept():
    audit = AuditFactory()

    def one(n):
        with transaction.atomic():
            type(audit).objects.select_for_update().get(pk=audit.pk)
            return send(audit, incoming(n % 5 + 1), device=uuid.UUID(int=n))[0]

    assert set(at_once(one, range(30))) == {Verdict.STANDS}
    assert Change.objects.count() == 30
    assert Change.objects.standing().count() == 1
