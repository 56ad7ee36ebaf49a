"""Whether those invited are who the group needs: worked by hand, without a database."""

from datetime import UTC, date, datetime

import pytest

from audits.enums import TargetGroup
from audits.participation.enums import Gender
from focusgroups.balance import balance
from focusgroups.enums import GroupKind, Reply
from focusgroups.models import Invitee

LAST = date(2026, 9, 26)
SEVEN = [group.value for group in TargetGroup if group is not TargetGroup.OTHER]
IN_TIME = datetime(2026, 9, 20, 12, tzinfo=UTC)


def person(target_group=TargetGroup.NGOS, gender=Gender.WOMAN, **more):
    return Invitee(name="A", target_group=target_group, gender=gender, **{"invited_at": IN_TIME, **more})


def nine(**more):
    """One of each target group and two more members of TCN communities, five women and four men."""
    groups = [*SEVEN, TargetGroup.TCN, TargetGroup.TCN]
    return [person(group, [Gender.WOMAN, Gender.MAN][place % 2], **more) for place, group in enumerate(groups)]


def judged(rows, kind=GroupKind.MIXED):
    return {one.key: one for one in balance(rows, kind=kind, last=LAST, wanted=[*SEVEN, "own-group"])}


def test_nine_people_of_all_groups_meet_every_criterion():
    found = judged(nine())
    assert {key: one.met for key, one in found.items()} == dict.fromkeys(
        ["size", "gender", "tcn", "coverage", "in_time"], True
    )
    assert "9 people are on the list" in found["size"].text
    assert found["gender"].text == "5 women, 4 men."
    assert "3 members of TCN" in found["tcn"].text
    assert "7 of 7" in found["coverage"].text


def test_nobody_on_the_list_meets_nothing():
    assert [one.met for one in judged([]).values()] == [False] * 5


@pytest.mark.parametrize(("number", "met"), [(7, False), (8, True), (10, True), (11, False)])
def test_size_counts_those_who_have_not_said_no(number, met):
    rows = [person() for _one in range(number)] + [person(reply=Reply.NO) for _one in range(3)]
    assert judged(rows)["size"].met is met


def test_unknown_gender_is_counted_apart_and_leaves_the_question_open():
    rows = [person(), person(gender=Gender.MAN), person(gender=""), person(gender=Gender.OTHER)]
    gender = judged(rows)["gender"]
    assert gender.met is None
    assert gender.text == "1 woman, 1 man, 1 person of another gender, not known of 1."
    assert judged([person(), person(), person(gender=Gender.MAN), person()])["gender"].met is False


def test_declined_people_cover_no_target_group():
    rows = [person(TargetGroup.TCN, reply=Reply.NO), person(TargetGroup.POLICE)]
    found = judged(rows)
    assert found["tcn"].met is False
    assert "1 of 7" in found["coverage"].text
    assert "Members of TCN communities" in found["coverage"].text


def test_each_of_two_groups_is_asked_for_its_own_half():
    institutional = judged(
        [person(group) for group in ("government", "administration", "police", "schools")], "institutional"
    )
    assert institutional["coverage"].met
    assert "tcn" not in institutional
    community = judged([person(group) for group in ("mediators", "tcn", "ngos")], "community")
    assert community["coverage"].met
    assert community["tcn"].met


def test_invitations_are_in_time_until_the_last_day():
    assert judged([person(invited_at=datetime(2026, 9, 26, 18, tzinfo=UTC))])["in_time"].met
    late = judged([person(invited_at=datetime(2026, 9, 27, 12, tzinfo=UTC)), person(invited_at=None)])["in_time"]
    assert not late.met
    assert "1 person is not invited yet. 1 invitation went out later." in late.text
    assert "26 September 2026" in late.text
