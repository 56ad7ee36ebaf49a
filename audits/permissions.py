"""The only place that decides what somebody may do (DESIGN section 1, "Roles"; rule 13).

A role gives a set of abilities; `may` asks for one; `get_audit` loads an audit or answers 404 to those who
may not know of it and 403 to those who may see it but not do this. Which objects of an audit somebody sees is
narrowed further by `visible_to` querysets.
"""

from __future__ import annotations

from enum import StrEnum

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from .enums import PictureKind, Role
from .models import Audit, City, Membership, Picture


class Ability(StrEnum):
    SEE_AUDIT = "see_audit"
    EDIT_AUDIT = "edit_audit"
    MANAGE_TEAM = "manage_team"
    SEE_LOG = "see_log"
    EDIT_CONTEXT = "edit_context"
    SEE_RESULTS = "see_results"
    COMMENT_FINDINGS = "comment_findings"
    WRITE_FINDINGS = "write_findings"
    WRITE_RECOMMENDATIONS = "write_recommendations"
    RUN_WALKS = "run_walks"
    RUN_GROUPS = "run_groups"
    RUN_PHOTOVOICE = "run_photovoice"
    WRITE_STAKEHOLDERS = "write_stakeholders"
    PLAN_PARTICIPATION = "plan_participation"
    WRITE_RESEARCH = "write_research"
    WRITE_MEASURES = "write_measures"
    MONITOR_MEASURES = "monitor_measures"
    SEE_REPORT = "see_report"
    WRITE_REPORT = "write_report"


A = Ability
_AGGREGATES = {A.SEE_AUDIT, A.SEE_RESULTS, A.SEE_REPORT}
# The register holds contact data of people who act for an organisation: those who invite see it, nobody else.
_PARTICIPATION = {A.WRITE_STAKEHOLDERS, A.PLAN_PARTICIPATION}
ABILITIES: dict[str, frozenset[Ability]] = {
    Role.COORDINATOR: frozenset(Ability),
    Role.FACILITATOR: frozenset(
        {
            *_AGGREGATES,
            *_PARTICIPATION,
            A.COMMENT_FINDINGS,
            A.WRITE_FINDINGS,
            A.RUN_WALKS,
            A.RUN_GROUPS,
            A.RUN_PHOTOVOICE,
            A.MONITOR_MEASURES,
        }
    ),
    Role.RESEARCHER: frozenset(
        {
            *_AGGREGATES,
            *_PARTICIPATION,
            A.COMMENT_FINDINGS,
            A.WRITE_FINDINGS,
            A.EDIT_CONTEXT,
            A.WRITE_RESEARCH,
            A.WRITE_MEASURES,
            A.MONITOR_MEASURES,
        }
    ),
    Role.PARTNER: frozenset({*_AGGREGATES, A.COMMENT_FINDINGS, A.MONITOR_MEASURES}),
    # Sees the assessments shared with them (benchmarks) and nothing else of the audit.
    Role.REVIEWER: frozenset(),
    Role.VIEWER: frozenset(_AGGREGATES),
}
del A


def role_in(user, audit: Audit) -> str | None:
    """The user's role in the audit, or None. Remembered on the audit object for the length of a request."""
    if not user.is_authenticated:
        return None
    known = audit.__dict__.setdefault("_roles", {})
    if user.pk not in known:
        known[user.pk] = Membership.objects.filter(audit=audit, user=user).values_list("role", flat=True).first()
    return known[user.pk]


def role_may(role: str | None, ability: Ability | str) -> bool:
    """Whether a role gives the ability; no role gives none."""
    return Ability(ability) in ABILITIES.get(role, frozenset())


def may(user, ability: Ability | str, audit: Audit) -> bool:
    """Whether the user has the ability in the audit."""
    return role_may(role_in(user, audit), ability)


def abilities(user, audit: Audit) -> dict[str, bool]:
    """All abilities as booleans, for templates."""
    return {ability.value: may(user, ability, audit) for ability in Ability}


def get_audit(request: HttpRequest, slug: str, ability: Ability = Ability.SEE_AUDIT) -> Audit:
    """The audit of the address, and `request.audit` for the page frame.

    Raises Http404 where the user may not see the audit at all, PermissionDenied where they may see it but
    lack the ability.
    """
    audit = get_object_or_404(Audit.objects.with_frame(), slug=slug)
    if not may(request.user, Ability.SEE_AUDIT, audit):
        raise Http404
    request.audit = audit
    if not may(request.user, ability, audit):
        raise PermissionDenied
    return audit


def get_frame(request: HttpRequest, slug: str) -> Audit:
    """The audit of the address for a page that decides by its own objects, such as what is shared with a reviewer.

    Raises Http404 where the user has no role in the audit at all. The caller has to look at what the user may see there.
    """
    audit = get_object_or_404(Audit.objects.with_frame(), slug=slug)
    if role_in(request.user, audit) is None:
        raise Http404
    request.audit = audit
    return audit


def may_see_picture(user, picture: Picture) -> bool:
    """Photos are raw personal material of those who run the activities; logos and plans show nobody."""
    ability = Ability.RUN_PHOTOVOICE if picture.kind == PictureKind.PHOTO else Ability.SEE_AUDIT
    return may(user, ability, picture.audit)


def can_create_audits(user) -> bool:
    """Anybody with an account may open an audit and becomes its coordinator; of which city, `cities_to_open` says."""
    return user.is_authenticated


def cities_to_open(user) -> QuerySet[City]:
    """The cities in the list of which the user may open an audit.

    Those that have no audit yet, and those in whose audits the user works already: nobody opens one in the name of a
    city behind the back of its team. Whoever administers cities may choose any.
    """
    if user.has_perm("audits.change_city"):
        return City.objects.all()
    inside = [role for role in Role if role_may(role, Ability.SEE_AUDIT)]
    own = Audit.objects.filter(memberships__user=user, memberships__role__in=inside)
    return City.objects.filter(Q(audits=None) | Q(audits__in=own)).distinct()
