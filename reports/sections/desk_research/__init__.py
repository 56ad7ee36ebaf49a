"""Part II, 2.1: desk research, point by point in the order of the toolkit (report structure, "Desk Research").

Two groups of four points each: policy and strategic documents; governance and institutional stability. Answers to the
guide questions stand at the point that they serve where nothing else is found on it, otherwise in the annex, once they
are done; a draft is never printed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audits.methods import Missing
from deskresearch.enums import PartnershipKind, Point, PointGroup
from reports.live import live
from reports.material import Material
from reports.researched import Desk
from reports.sections import words
from reports.sections.composition import Check, Composition, Slot, either, text

from . import governance, policies

METHOD = "deskresearch"


@live("desk_research.findings", gettext_lazy("Findings from desk research"))
def findings(material: Material):
    return words.findings_of(material, METHOD)


COMPOSITION: Composition = (
    "desk_research.policies",
    "desk_research.documents",
    "desk_research.provisions",
    "desk_research.effectiveness",
    "desk_research.areas",
    Slot(
        "policies",
        gettext_lazy("Policy and strategic documents"),
        gettext_lazy(
            "What follows from the documents: their provisions, their effectiveness, how far they answer the four areas."
        ),
    ),
    "desk_research.governance",
    "desk_research.institutions",
    "desk_research.stability",
    "desk_research.partnerships",
    "desk_research.cooperation",
    Slot(
        "governance",
        gettext_lazy("Governance models and institutional stability"),
        gettext_lazy(
            "What follows for governance: agencies and mechanisms, partnerships, co-operation and consultation."
        ),
    ),
    "desk_research.findings",
)


def _page(name: str, material: Material) -> str:
    """The page of the desk research where it can be done."""
    return reverse(f"deskresearch:{name}", args=[material.audit.slug])


def _data(
    found: Callable[[Desk], object], answers: Collection[str], missing: Callable[[], str], page: str, slot: str
) -> Check:
    """A point that is met by what was found, by the answer to one of its guide questions, or by the team's own text."""

    def check(material: Material, written: Collection[str]) -> Missing | None:
        answered = any(one.question.key in answers for one in material.desk.answers)
        return None if answered or found(material.desk) else Missing(missing(), _page(page, material))

    return either(check, text(slot, missing=""))


def _rated(group: PointGroup) -> Callable[[Desk], bool]:
    return lambda desk: any(desk.counts(point) for point in Point.of(group))


POINTS: dict[str, Check] = {
    "documents": _data(
        lambda desk: desk.documents,
        policies.ASSESSED,
        lambda: _("No document has been listed yet."),
        "document-list",
        "policies",
    ),
    "provisions": _data(
        lambda desk: desk.provision_count,
        policies.SECURITY,
        lambda: _("No provision has been quoted yet."),
        "document-list",
        "policies",
    ),
    "effectiveness": _data(
        _rated(PointGroup.EFFECTIVENESS),
        policies.EFFECTIVE,
        lambda: _("No document has been rated on cost, impact or alignment yet."),
        "matrix",
        "policies",
    ),
    "vision": _data(
        _rated(PointGroup.AREAS),
        (),
        lambda: _("No document has been rated on the four areas yet."),
        "matrix",
        "policies",
    ),
    "agencies": _data(
        lambda desk: desk.institutions,
        governance.AGENCIES,
        lambda: _("No institution has been described yet."),
        "institution-list",
        "governance",
    ),
    "governance": _data(
        lambda desk: desk.says or any(one.strengths or one.weaknesses for one in desk.institutions),
        governance.CAPACITY,
        lambda: _("No strengths and weaknesses of the governance model have been named yet."),
        "governance",
        "governance",
    ),
    "partnerships": _data(
        lambda desk: desk.of_kind(PartnershipKind.PARTNERSHIP),
        governance.INVOLVED,
        lambda: _("No partnership has been described yet."),
        "institution-list",
        "governance",
    ),
    "cooperation": _data(
        lambda desk: desk.of_kind(PartnershipKind.COOPERATION, PartnershipKind.CONSULTATION),
        governance.TOGETHER,
        lambda: _("No co-operation or consultation mechanism has been described yet."),
        "institution-list",
        "governance",
    ),
}
