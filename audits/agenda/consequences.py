"""What a published audit made of what people gave, as they may read it themselves: texts of the report, nothing of the team."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q
from django.utils.translation import gettext as _

from audits.dates import long_date
from audits.methods import Consequences, Point, Reference
from audits.models import Audit

from .models import EvidenceLink, Finding, Measure


def came_of(audit: Audit, references: Collection[Reference]) -> Iterator[Consequences]:
    """The findings that rest on the sources, what is recommended because of them, and what is done about it."""
    findings = list(audit.findings.filter(pk__in=_resting(Finding, references)).in_report_order())
    recommended = list(audit.recommendations.filter(findings__in=findings).distinct().in_report_order())
    measures = audit.measures.filter(Q(recommendation__in=recommended) | Q(pk__in=_resting(Measure, references)))
    found = [
        (_("What was found"), [Point(one.text) for one in findings]),
        (_("What is recommended"), [Point(one.title) for one in recommended]),
        (_("What the city does about it"), [_point(one) for one in measures.in_report_order()]),
    ]
    yield from (Consequences(heading, tuple(points)) for heading, points in found if points)


def _resting(holder: type[Model], references: Collection[Reference]) -> set[int]:
    """The primary keys of those that a link ties to one of the sources."""
    links = EvidenceLink.objects.filter(
        holder_type=ContentType.objects.get_for_model(holder), source__in={one.source for one in references}
    )
    wanted = set(references)
    return {link.holder_id for link in links if Reference(link.app, link.type, link.source) in wanted}


def _point(measure: Measure) -> Point:
    state = str(measure.get_state_display())
    if measure.is_open and measure.due:
        state = _("%(state)s, to be done by %(day)s") % {"state": state, "day": long_date(measure.due)}
    return Point(measure.title, state, measure.state_icon)
