"""Whether those whom a group invites are who it needs (toolkit, "City audit focus groups", participants).

Each criterion is met or not, in words with its figures; none of them stops anybody. Counted are those who have not said
no: they are the people who may sit there. Somebody of whom nothing is known is never counted as one or the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audits.dates import long_date
from audits.enums import Family, TargetGroup
from audits.participation.enums import Gender

from .enums import GroupKind, Reply
from .models import Invitee

FEWEST, MOST = 8, 10


@dataclass(frozen=True)
class Criterion:
    """One thing to look at. `met` is None where it cannot be said yet."""

    key: str
    name: str
    met: bool | None
    text: str


def balance(rows: Iterable[Invitee], *, kind: str, last: date, wanted: Iterable[str]) -> list[Criterion]:
    """The criteria for a group of this kind. `last` is the last day for invitations; `wanted` are the keys of the guide's target groups.

    An institutional group and a community group are two halves of one whole (toolkit: "it may be more efficient to hold
    two focus groups"), so each is asked for its own half of the target groups alone.
    """
    people = [row for row in rows if row.reply != Reply.NO]
    groups = Counter(person.target_group for person in people)
    found = [_size(people), _gender(people)]
    expected = [TargetGroup(key) for key in wanted if key in TargetGroup.values and _sits_in(TargetGroup(key), kind)]
    if kind != GroupKind.INSTITUTIONAL:
        found.append(_presence(groups[TargetGroup.TCN]))
    if expected:
        found.append(_coverage(groups, expected))
    return [*found, _in_time(people, last)]


def _sits_in(group: TargetGroup, kind: str) -> bool:
    return kind == GroupKind.MIXED or (group.family == Family.INSTITUTIONS) == (kind == GroupKind.INSTITUTIONAL)


def _size(people: Sequence[Invitee]) -> Criterion:
    number = len(people)
    coming = sum(1 for person in people if person.reply == Reply.YES)
    said = [
        ngettext(
            "%(number)s person is on the list without those who do not come.",
            "%(number)s people are on the list without those who do not come.",
            number,
        )
        % {"number": number}
    ]
    if coming:
        said.append(ngettext("%(number)s has said yes.", "%(number)s have said yes.", coming) % {"number": coming})
    name = _("%(fewest)s to %(most)s people") % {"fewest": FEWEST, "most": MOST}
    return Criterion("size", name, FEWEST <= number <= MOST, " ".join(said))


def _gender(people: Sequence[Invitee]) -> Criterion:
    """Of an odd number of people, one more of the one is as equal as it can be."""
    counted = Counter(person.gender for person in people)
    women, men, other, unknown = (counted[key] for key in (Gender.WOMAN, Gender.MAN, Gender.OTHER, ""))
    said = [
        ngettext("%(number)s woman", "%(number)s women", women) % {"number": women},
        ngettext("%(number)s man", "%(number)s men", men) % {"number": men},
    ]
    if other:
        said.append(
            ngettext("%(number)s person of another gender", "%(number)s people of another gender", other)
            % {"number": other}
        )
    if unknown:
        said.append(ngettext("not known of %(number)s", "not known of %(number)s", unknown) % {"number": unknown})
    met = None if unknown else bool(women or men) and abs(women - men) <= 1
    return Criterion("gender", _("Women and men in equal number"), met, f"{', '.join(said)}.")


def _presence(number: int) -> Criterion:
    text = ngettext(
        "%(number)s member of TCN communities is on the list.",
        "%(number)s members of TCN communities are on the list.",
        number,
    )
    return Criterion("tcn", _("TCN are present"), number > 0, text % {"number": number})


def _coverage(groups: Counter[str], expected: Sequence[TargetGroup]) -> Criterion:
    missing = [str(group.label) for group in expected if not groups[group]]
    text = ngettext(
        "%(present)s of %(number)s target group is there.",
        "%(present)s of %(number)s target groups are there.",
        len(expected),
    ) % {"present": len(expected) - len(missing), "number": len(expected)}
    if missing:
        absent = _("Missing: %(groups)s.") % {"groups": "; ".join(missing)}
        text = f"{text} {absent}"
    return Criterion("coverage", _("The target groups are covered"), not missing, text)


def _in_time(people: Sequence[Invitee], last: date) -> Criterion:
    waiting = sum(1 for person in people if not person.invited_at)
    late = sum(1 for person in people if person.invited_at and _on(person.invited_at) > last)
    said = []
    if waiting:
        text = ngettext("%(number)s person is not invited yet.", "%(number)s people are not invited yet.", waiting)
        said.append(text % {"number": waiting})
    if late:
        text = ngettext("%(number)s invitation went out later.", "%(number)s invitations went out later.", late)
        said.append(text % {"number": late})
    if people and not said:
        said.append(_("All of them went out in time."))
    said.append(_("%(day)s is the last day for it.") % {"day": long_date(last)})
    met = bool(people) and not waiting and not late
    return Criterion("in_time", _("Invitations are out two weeks before"), met, " ".join(said))


def _on(moment: datetime) -> date:
    return timezone.localtime(moment).date()
