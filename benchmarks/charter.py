"""How far the commitments of the Integrating Cities Charter are backed by judged key factors.

Which factor serves which commitment is ours (`CharterLink`); a link holds for all versions of a benchmark.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audits.instruments import Text, translated
from audits.models import Audit

from .enums import CharterRole, Verdict
from .library import anchor
from .models import CharterCommitment, CharterLink, CommitmentStance, KeyFactor
from .standing import Standing, standings

BACKING = (Verdict.IN_PLACE, Verdict.PARTLY)
TELLING = (*BACKING, Verdict.NOT_IN_PLACE)


@dataclass(frozen=True)
class Serving:
    """A factor that serves a commitment, with its newest judgement; `standing` is None where no assessment has it in
    scope. `otherwise` are the older judgements that differ from it, the newest of them first."""

    factor: KeyFactor
    name: Text
    benchmark: Text
    standing: Standing | None
    otherwise: tuple[Standing, ...] = ()

    @property
    def verdict(self) -> Verdict | None:
        return self.standing.verdict if self.standing else None

    @property
    def anchor(self) -> str:
        return anchor(self.factor)


@dataclass(frozen=True)
class Backing:
    """The verdicts of the factors that serve a commitment; None stands for a factor that no assessment has in scope."""

    verdicts: tuple[Verdict | None, ...]

    @property
    def backed(self) -> int:
        return sum(1 for verdict in self.verdicts if verdict in BACKING)

    @property
    def total(self) -> int:
        """The factors that count: a factor that is not relevant in this city is left out."""
        return len(self.verdicts) - self._of(Verdict.NOT_RELEVANT)

    @property
    def judged(self) -> int:
        """Those of them that are judged."""
        return sum(1 for verdict in self.verdicts if verdict in TELLING)

    def _of(self, verdict: Verdict | None) -> int:
        return self.verdicts.count(verdict)

    @property
    def words(self) -> list[str]:
        """The whole said in short facts, the most telling one first."""
        if not self.verdicts:
            return [_("No key factor is named yet that serves this commitment")]
        if not self.total:
            return [_("No key factor that serves it is relevant here")]
        if not self.judged:
            waiting = ngettext(
                "%(count)d key factor serves it; it is not judged yet",
                "%(count)d key factors serve it; none of them is judged yet",
                self.total,
            ) % {"count": self.total}
            return [waiting, *self._counts((None, Verdict.NOT_RELEVANT))]
        lead = ngettext(
            "%(backed)d of %(count)d key factor in place or partly",
            "%(backed)d of %(count)d key factors in place or partly",
            self.total,
        ) % {"backed": self.backed, "count": self.total}
        rest = (Verdict.PARTLY, Verdict.NOT_IN_PLACE, Verdict.NOT_JUDGED, None, Verdict.NOT_RELEVANT)
        return [lead, *self._counts(rest)]

    def _counts(self, verdicts: Iterable[Verdict | None]) -> list[str]:
        return [_count(verdict, number) for verdict in verdicts if (number := self._of(verdict))]


def _count(verdict: Verdict | None, number: int) -> str:
    words = {
        Verdict.PARTLY: ngettext("%(count)d of them partly", "%(count)d of them partly", number),
        Verdict.NOT_IN_PLACE: ngettext("%(count)d not in place", "%(count)d not in place", number),
        Verdict.NOT_JUDGED: ngettext("%(count)d not judged yet", "%(count)d not judged yet", number),
        None: ngettext("%(count)d in no assessment yet", "%(count)d in no assessment yet", number),
        Verdict.NOT_RELEVANT: ngettext("%(count)d not relevant here", "%(count)d not relevant here", number),
    }
    return words[verdict] % {"count": number}


@dataclass(frozen=True)
class Kept:
    """A commitment: how the city keeps it, and the factors that serve it."""

    commitment: CharterCommitment
    stance: CommitmentStance | None
    serving: tuple[Serving, ...]

    @property
    def backing(self) -> Backing:
        return Backing(tuple(one.verdict for one in self.serving))

    @property
    def differing(self) -> str:
        """Of how many factors an older assessment holds something else, in words; "" for none."""
        number = sum(1 for one in self.serving if one.otherwise)
        words = ngettext(
            "An older assessment judges %(count)d of them otherwise.",
            "Older assessments judge %(count)d of them otherwise.",
            number,
        )
        return words % {"count": number} if number else ""


@dataclass(frozen=True)
class RoleKept:
    role: CharterRole
    commitments: tuple[Kept, ...]

    @property
    def decided(self) -> int:
        """The commitments of which the city has said how it keeps them."""
        return sum(1 for kept in self.commitments if kept.stance and kept.stance.stance)

    @property
    def judged(self) -> int:
        """The commitments that at least one judged factor serves."""
        return sum(1 for kept in self.commitments if kept.backing.judged)


def charter_of(audit: Audit, language: str, *, found: Iterable[Standing] | None = None) -> list[RoleKept]:
    """The four roles with their commitments, names of factors in a language; the same queries for any number of
    assessments. `found` are the audit's `standings`, where the caller has them already.
    """
    by_factor = _by_factor(standings(audit) if found is None else found)
    stances = {stance.commitment_id: stance for stance in CommitmentStance.objects.filter(audit=audit)}
    links: dict[int, list[CharterLink]] = {}
    for link in CharterLink.objects.counting():
        links.setdefault(link.commitment_id, []).append(link)
    factors = _factors(link for own in links.values() for link in own)
    texts = translated([*factors.values(), *{one.benchmark for one in factors.values()}], language)

    def serving(link: CharterLink) -> Serving | None:
        factor = factors.get((link.benchmark, link.factor))
        if factor is None:
            return None
        title = texts[factor, "title"]
        name = title if title.text else texts[factor, "statement"]
        return Serving(factor, name, texts[factor.benchmark, "title"], *_newest(by_factor, link))

    kept = [
        Kept(
            commitment,
            stances.get(commitment.pk),
            tuple(one for link in links.get(commitment.pk, ()) if (one := serving(link))),
        )
        for commitment in CharterCommitment.objects.all()
    ]
    return [RoleKept(role, tuple(one for one in kept if one.commitment.role == role)) for role in CharterRole]


def _by_factor(found: Iterable[Standing]) -> Mapping[tuple[str, str], list[Standing]]:
    """The standings of each factor, by code of benchmark and factor: the judged ones first, given last first."""
    by_factor: dict[tuple[str, str], list[Standing]] = {}
    for standing in found:
        key = (standing.assessed.assessment.benchmark.code, standing.assessed.factor.key)
        by_factor.setdefault(key, []).append(standing)
    for own in by_factor.values():
        own.sort(key=lambda one: one.judged_at.timestamp() if one.judged_at else 0.0, reverse=True)
    return by_factor


def _newest(
    by_factor: Mapping[tuple[str, str], list[Standing]], link: CharterLink
) -> tuple[Standing | None, tuple[Standing, ...]]:
    """The judgement given last, and the older ones that differ from it; one that is not judged stands only where no
    assessment has judged the factor."""
    own = by_factor.get((link.benchmark, link.factor))
    if not own:
        return None, ()
    newest, *older = own
    return newest, tuple(one for one in older if one.is_judged and one.verdict != newest.verdict)


def _factors(links: Iterable[CharterLink]) -> dict[tuple[str, str], KeyFactor]:
    """The factors as their benchmark has them now: the original in use, else any version."""
    wanted = {(link.benchmark, link.factor) for link in links}
    rows = KeyFactor.objects.filter(
        benchmark__is_draft=False,
        benchmark__code__in={code for code, _factor in wanted},
        key__in={factor for _code, factor in wanted},
    ).select_related("benchmark")
    rows = rows.order_by(F("benchmark__retired_at").asc(nulls_last=True), "-benchmark__origin", "benchmark__version")
    # The last one of a code wins: nobody has retired it, it is an original, and its version is the highest.
    return {(row.benchmark.code, row.key): row for row in rows if (row.benchmark.code, row.key) in wanted}
