"""Introduction: the project that carried out the audit, how it worked, how to read the report (toolkit)."""

from __future__ import annotations

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audits.methods import Missing
from reports import outline
from reports.document import blocks
from reports.document.numbers import listed
from reports.live import live
from reports.material import Material
from reports.sections.composition import Check, Composition, Slot, either, text

WHAT = {
    "deskresearch": gettext_lazy("what the city has decided, and who has to carry it out."),
    "focusgroups": gettext_lazy("how it works in practice, asked of those who decide and of those concerned."),
    "checklists": gettext_lazy("the same statements about the city, scored by people on the spot."),
    "photovoice": gettext_lazy("pictures of what no question had asked."),
}


@live("introduction.project", gettext_lazy("The project, from the audit’s settings"))
def project(material: Material):
    parts = [part.strip() for part in material.audit.description.split("\n\n")]
    partners = [partner.name for partner in material.partners]
    if partners:
        parts.append(_("Carried out together with: %(partners)s.") % {"partners": listed(partners)})
    return tuple(blocks.Paragraph(part) for part in parts if part)


@live("introduction.methods", gettext_lazy("The methods"))
def methods(material: Material):
    said = _(
        "The audit follows the INTEGRA City Integration Audit Toolkit [[src-toolkit]]: several methods, each with "
        "third-country nationals (TCN) and migrants among those who take part."
    )
    entries = [entry for entry in outline.walk() if entry.method]
    lines = [
        _("%(method)s: %(what)s") % {"method": entry.title, "what": WHAT[entry.method]}
        for entry in entries
        if material.used(entry.method)
    ]
    unused = [str(entry.title) for entry in entries if not material.used(entry.method)]
    if unused:
        lines.append(_("Not used in this audit: %(methods)s.") % {"methods": listed(unused)})
    side = _(
        "TCN: a person who is not a citizen of a country of the European Union. The audit is a self-assessment; it is "
        "neither legal advice nor a ranking."
    )
    return (blocks.Paragraph(said, side=side), blocks.Bullets(tuple(lines)))


@live("introduction.reading", gettext_lazy("How to read this report"))
def reading(material: Material):
    areas = listed([f"{area.letter} {area.name}" for area in material.areas])
    said = _(
        "Everything found is filed under four areas, each with a letter and a colour that return throughout: %(areas)s. "
        "Findings carry an F, recommendations an R, statements of the checklist the letter of their area; every "
        "recommendation names its evidence. Groups of fewer than five people are never shown on their own "
        "([[annex-small-numbers]])."
    ) % {"areas": areas}
    return (blocks.Paragraph(said),)


COMPOSITION: Composition = (
    "introduction.project",
    Slot("project", gettext_lazy("The project or initiative behind the audit")),
    "introduction.methods",
    "introduction.reading",
)


def _described(material: Material, written: Collection[str]) -> Missing | None:
    if material.audit.description.strip():
        return None
    url = reverse("audits:audit-settings", args=[material.audit.slug])
    return Missing(_("The project is not described yet."), f"{url}#id_description")


POINTS: dict[str, Check] = {"project": either(_described, text("project", missing=""))}
