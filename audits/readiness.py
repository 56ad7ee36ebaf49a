"""What an audit still lacks before the work in the city begins, as facts (DESIGN section 6)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import permissions
from .enums import MINIMUM_YEARS, REQUIRED_TOPICS, IndicatorTopic, Role
from .methods import Missing, NextStep, Progress
from .models import Audit, ContextIndicator, User
from .permissions import Ability


@dataclass(frozen=True)
class ContextGap:
    """What the figures of one required topic lack."""

    topic: IndicatorTopic
    text: str


def context_gaps(indicators: Iterable[ContextIndicator]) -> list[ContextGap]:
    """What is missing per required topic: figures of three years in one indicator, and its source.

    Takes indicators with their `figures` prefetched. The report's Part I asks for population, territory and
    TCN statistics over at least three years (toolkit, report structure, Part I).
    """
    indicators = list(indicators)
    gaps = []
    for topic in REQUIRED_TOPICS:
        rows = [(len(row.figures.all()), bool(row.source), row) for row in indicators if row.topic == topic]
        # The row that comes nearest stands for the topic.
        years, has_source, row = max(rows, key=lambda found: found[:2], default=(0, False, None))
        if not years:
            text = _("%(topic)s: no figures yet") % {"topic": topic.label}
        elif years < MINIMUM_YEARS:
            text = ngettext(
                "%(topic)s: figures of %(number)d year, at least %(least)d are needed",
                "%(topic)s: figures of %(number)d years, at least %(least)d are needed",
                years,
            ) % {"topic": topic.label, "number": years, "least": MINIMUM_YEARS}
        elif not has_source:
            text = _("%(topic)s: “%(name)s” has no source") % {"topic": topic.label, "name": row.name}
        else:
            continue
        gaps.append(ContextGap(topic, text))
    return gaps


@dataclass(frozen=True)
class _Point:
    """One thing that has to be there, and what the person who may see to it should do."""

    there: bool
    fact: str
    url: str
    ability: Ability
    step: str = ""
    label: str = ""
    detail: str = ""
    priority: int = 50


def preparation(audit: Audit, user: User, roles: Sequence[str], invited: int) -> Progress:
    """How far the audit itself is prepared: controller, team, figures, what the title page needs.

    Takes the `roles` of the team's members and the number of open invitations, which the page has loaded. The
    next step and the links are for what `user` may do.
    """
    settings_url = reverse("audits:audit-settings", args=[audit.slug])
    context_url = reverse("audits:context", args=[audit.slug])
    gaps = context_gaps(audit.context_indicators.prefetch_related("figures"))
    points = [
        _Point(
            bool(audit.controller.strip()),
            _("The controller of the data is not named"),
            f"{settings_url}#id_controller",
            Ability.EDIT_AUDIT,
            _("Name the controller of the data"),
            _("Audit settings"),
            _("Participants read it when they join, so it has to be there before the first walk."),
            20,
        ),
        _Point(
            invited > 0 or any(role != Role.COORDINATOR for role in roles),
            _("Nobody but the coordinator is in the team"),
            reverse("audits:team", args=[audit.slug]),
            Ability.MANAGE_TEAM,
            _("Invite the people who carry out the audit with you"),
            _("Invite someone"),
            _("Facilitators run the walks, researchers bring the documents and figures, partners read and comment."),
            30,
        ),
        *(
            _Point(
                all(gap.topic != topic for gap in gaps),
                next((gap.text for gap in gaps if gap.topic == topic), ""),
                context_url,
                Ability.EDIT_CONTEXT,
                _("Enter the city’s figures"),
                _("Enter figures"),
                _("The report’s first part needs population, territory and TCN figures of three years or more."),
                60,
            )
            for topic in REQUIRED_TOPICS
        ),
        _Point(
            bool(audit.authors.strip()),
            _("The authors are not named"),
            f"{settings_url}#id_authors",
            Ability.EDIT_AUDIT,
        ),
        _Point(
            bool(audit.disclaimer.strip()),
            _("The disclaimer is missing"),
            f"{settings_url}#id_disclaimer",
            Ability.EDIT_AUDIT,
        ),
        _Point(
            bool(audit.description.strip()),
            _("The project is not described"),
            f"{settings_url}#id_description",
            Ability.EDIT_AUDIT,
        ),
    ]
    open_points = [point for point in points if not point.there]
    mine = [point for point in open_points if permissions.may(user, point.ability, audit)]
    step = next((point for point in mine if point.step), None)
    done = len(points) - len(open_points)
    may_edit_context = permissions.may(user, Ability.EDIT_CONTEXT, audit)
    return Progress(
        state="done" if not open_points else "now" if done else "todo",
        words=_("%(done)d of %(total)d things are ready") % {"done": done, "total": len(points)},
        done=done,
        total=len(points),
        missing=tuple(Missing(point.fact, point.url if point in mine else "") for point in open_points),
        next_step=NextStep(step.step, step.label, step.url, step.detail, step.priority) if step else None,
        link_label=_("Enter the city’s figures") if gaps and may_edit_context else _("See the city’s figures"),
        link_url=context_url,
    )
