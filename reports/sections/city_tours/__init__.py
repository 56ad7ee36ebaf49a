"""Part II, 2.3: city tours and checklists (toolkit, "City Tours and Checklists" of the report structure).

Number of tours and participants, locations, results with best-assessed and most challenging aspects and ideas for
improvement in each area, groups side by side, and the comparison with the previous audit.
"""

from __future__ import annotations

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audits.enums import Area
from audits.methods import Missing
from reports.material import Material
from reports.sections.composition import Check, Composition, Slot, text

from . import areas, before, groups, walks

__all__ = ["COMPOSITION", "POINTS", "areas", "before", "groups", "walks"]

COMPOSITION: Composition = (
    "city_tours.walks",
    Slot(
        "results", gettext_lazy("What the walks showed"), gettext_lazy("The most important results in a few sentences.")
    ),
    "city_tours.score",
    *(
        block
        for area in Area
        for block in (
            f"city_tours.{area.value}",
            Slot(area.value, area.short, gettext_lazy("What the scores of this area mean, in two or three sentences.")),
            f"city_tours.{area.value}.results",
            f"city_tours.{area.value}.findings",
            f"city_tours.{area.value}.ideas",
        )
    ),
    "city_tours.groups",
    "city_tours.groups.table",
    Slot("groups", gettext_lazy("What the groups see differently")),
    "city_tours.before",
    "city_tours.before.table",
    Slot("before", gettext_lazy("What has changed since the previous audit")),
)


def _walked(material: Material, written: Collection[str]) -> Missing | None:
    if material.has_walked:
        return None
    return Missing(_("No sheet has come in from a walk yet."), _walks_page(material))


def _walks_page(material: Material) -> str:
    return reverse("checklists:walk-list", args=[material.audit.slug])


def _places(material: Material, written: Collection[str]) -> Missing | None:
    without = [walk for walk in material.walked if not walk.places.all()]
    if not material.walked:
        return _walked(material, written)
    if not without:
        return None
    titles = ", ".join(walk.title for walk in without)
    return Missing(_("Without places: %(walks)s.") % {"walks": titles}, without[0].get_absolute_url())


def _figures(material: Material, written: Collection[str]) -> Missing | None:
    if material.shows_figures:
        return None
    if material.has_walked:
        few = not material.results.publishable
        why = (
            _("Figures can be printed from 5 sheets on.") if few else _("Figures are printed once the walk is closed.")
        )
        return Missing(why, _walks_page(material))
    return _walked(material, written)


def _ideas(material: Material, written: Collection[str]) -> Missing | None:
    with_ideas = {idea.section.area for idea in material.ideas}
    without = [str(area.short) for area in Area if area.value not in with_ideas]
    if not without:
        return None
    url = _walks_page(material)
    if material.walked:
        url = reverse("checklists:ideas", args=[material.audit.slug, material.walked[-1].uuid])
    return Missing(_("No ideas yet: %(areas)s.") % {"areas": "; ".join(without)}, url)


POINTS: dict[str, Check] = {
    "tours": _walked,
    "locations": _places,
    "results": text("results", missing=gettext_lazy("Say in your own words what the walks showed.")),
    "extremes": _figures,
    "ideas": _ideas,
}
