"""The title page: title, logos, authors, and the disclaimer (toolkit). All of it comes from the audit's settings."""

from __future__ import annotations

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext as _

from audits.methods import Missing
from reports.document import blocks
from reports.material import Material
from reports.sections import words
from reports.sections.composition import Check


def title(material: Material) -> str:
    return _("City Audit Report")


def document_title(material: Material) -> str:
    return f"{title(material)}: {material.audit.title}"


def disclaimer(material: Material) -> str:
    """The audit's own disclaimer, or the one that publications with European money carry."""
    return material.audit.disclaimer.strip() or _(
        "The content of this document represents the views of the authors only and is their sole responsibility. The "
        "European Commission does not accept any responsibility for use that may be made of the information it contains."
    )


def fictional(material: Material) -> str:
    """What every page about a made-up city says; nothing for a real one."""
    if not material.audit.city.fictional:
        return ""
    return _("%(city)s is a fictional city; people and figures are invented.") % {"city": material.audit.city.name}


def cover(material: Material) -> blocks.Cover:
    """With the means of all statements as its picture, once figures may be shown."""
    audit = material.audit
    lines = [_("Audit period: %(period)s") % {"period": words.period(audit)}]
    if material.before:
        lines.append(_("Compared with: %(audit)s") % {"audit": material.before.audit.title})
    if fictional(material):
        lines.append(fictional(material))
    scores = tuple(
        blocks.CoverScore(row.item.key, block.section.area, float(row.mean))
        for area in material.areas
        for block in material.checklist
        if block.section.area == area.key
        for row in block.rows
        if row.mean is not None
    )
    return blocks.Cover(
        kicker=audit.city.authority,
        title=title(material),
        subtitle=_("How well %(city)s integrates third-country nationals and migrants") % {"city": audit.city.name},
        lines=tuple(lines),
        scores=scores,
        scores_note=_(
            "Each bar is a statement of the checklist, its height the mean score that %(people)s participants gave: 1 poor, "
            "5 excellent."
        )
        % {"people": material.results.participants}
        if scores
        else "",
        authors=" · ".join(audit.author_list),
        logos=tuple(blocks.Logo(str(partner.logo.uuid), partner.name) for partner in material.partners if partner.logo),
        disclaimer=disclaimer(material),
    )


def _authors(material: Material, written: Collection[str]) -> Missing | None:
    if material.audit.author_list:
        return None
    url = reverse("audits:audit-settings", args=[material.audit.slug])
    return Missing(_("The authors are not named yet."), f"{url}#id_authors")


def _logos(material: Material, written: Collection[str]) -> Missing | None:
    url = reverse("audits:partner-list", args=[material.audit.slug])
    without = [partner.name for partner in material.partners if not partner.logo]
    if not material.partners:
        return Missing(_("No partner organisation with a logo yet."), url)
    if without:
        return Missing(_("Without a logo: %(names)s.") % {"names": "; ".join(without)}, url)
    return None


def _there(material: Material, written: Collection[str]) -> Missing | None:
    """The title and the disclaimer stand there in any case."""
    return None


POINTS: dict[str, Check] = {"title": _there, "logos": _logos, "authors": _authors, "disclaimer": _there}
