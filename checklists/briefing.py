"""What participants should know before they score: strategies, resources and services of the city.

The toolkit has participants hear this first ("what the city strategies are, what the city resources allocated to
integration of TCN are"). The texts are the team's; here stands what the audit already holds and may go into them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from audits.agenda.enums import FindingKind
from audits.agenda.models import Finding
from audits.enums import Area
from audits.forms.fields import in_words
from audits.models import Audit, ContextFigure, ContextIndicator

STRATEGIES, RESOURCES, SERVICES = "briefing_strategies", "briefing_resources", "briefing_services"
FIELDS = (STRATEGIES, RESOURCES, SERVICES)


@dataclass(frozen=True)
class Material:
    """One thing that the audit holds: `text` goes into the briefing, `source` says what it is."""

    key: str
    text: str
    source: str

    def is_in(self, briefing: str) -> bool:
        """Whether a text already says this, however its lines are broken."""
        return _flat(self.text) in _flat(briefing)

    def added_to(self, briefing: str) -> str:
        """The text with this as its last line."""
        return f"{briefing.rstrip()}\n{self.text}".lstrip()


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def material_of(audit: Audit) -> dict[str, list[Material]]:
    """What the audit holds, by the field of the walk in which it belongs; three queries.

    The project's description and findings about the city's vision go with the strategies, latest context figures
    and unused resources with the resources, achievements and good practices of all areas with the services.
    """
    found: dict[str, list[Material]] = {field: [] for field in FIELDS}
    if audit.description.strip():
        found[STRATEGIES].append(Material("description", audit.description.strip(), ""))
    for indicator in audit.context_indicators.prefetch_related("figures"):
        figures = list(indicator.figures.all())
        if figures:
            found[RESOURCES].append(
                Material(f"figure-{indicator.pk}", _figure(indicator, figures[-1]), indicator.get_topic_display())
            )
    good = (FindingKind.ACHIEVEMENT, FindingKind.GOOD_PRACTICE)
    findings = Finding.objects.filter(audit=audit, kind__in=[*good, FindingKind.UNUSED_RESOURCE]).in_report_order()
    for finding in findings:
        material = Material(
            f"finding-{finding.uuid}",
            finding.text.strip(),
            f"{finding.code}, {finding.get_kind_display()} – {Area(finding.area).short}",
        )
        if finding.kind == FindingKind.UNUSED_RESOURCE:
            found[RESOURCES].append(material)
            continue
        found[SERVICES].append(material)
        if finding.area == Area.VISION:
            found[STRATEGIES].append(material)
    return found


def _figure(indicator: ContextIndicator, figure: ContextFigure) -> str:
    """For example "Population: 183,115 inhabitants (2025, National Statistics Office)"."""
    return (
        f"{indicator.name}: {in_words(figure.value)} {indicator.unit}".rstrip()
        + f" ({figure.year}, {indicator.source})"
    )
