"""Part II, 2.1: desk research, in the two groups of points that the toolkit asks for."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from reports.document import blocks
from reports.live import live
from reports.material import Material
from reports.sections import words
from reports.sections.composition import Check, Composition, Slot, text

METHOD = "deskresearch"


@live("desk_research.policies", gettext_lazy("Policy and strategic documents"), heading=True)
def policies(material: Material):
    return (blocks.Section("desk_research.policies", str(POLICIES), in_contents=False),)


@live("desk_research.governance", gettext_lazy("Governance models and institutional stability"), heading=True)
def governance(material: Material):
    return (blocks.Section("desk_research.governance", str(GOVERNANCE), in_contents=False),)


@live("desk_research.findings", gettext_lazy("Findings from desk research"))
def findings(material: Material):
    return words.findings_of(material, METHOD)


POLICIES = gettext_lazy("Policy and strategic documents")
GOVERNANCE = gettext_lazy("Governance models and institutional stability")

COMPOSITION: Composition = (
    "desk_research.policies",
    Slot(
        "policies",
        POLICIES,
        gettext_lazy(
            "Documents reviewed, their provisions, their effectiveness, and how far they answer the four areas."
        ),
    ),
    "desk_research.governance",
    Slot(
        "governance",
        GOVERNANCE,
        gettext_lazy("Agencies and mechanisms, strengths and weaknesses, partnerships, co-operation and consultation."),
    ),
    "desk_research.findings",
)

_policies: Check = text("policies", missing=gettext_lazy("There is no text on policy documents yet."))
_governance: Check = text("governance", missing=gettext_lazy("There is no text on governance yet."))

POINTS: dict[str, Check] = {
    "documents": _policies,
    "provisions": _policies,
    "effectiveness": _policies,
    "vision": _policies,
    "agencies": _governance,
    "governance": _governance,
    "partnerships": _governance,
    "cooperation": _governance,
}
