"""Part III: main conclusions, and recommendations by the four areas (toolkit)."""

from __future__ import annotations

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audits.enums import Area
from audits.methods import Missing
from reports.document import blocks
from reports.live import live
from reports.material import Material
from reports.sections import words
from reports.sections.composition import Check, Composition, Slot, text


def _area(area: Area) -> None:
    @live(f"part_3.{area.value}", area.short, heading=True)
    def heading(material: Material):
        return (words.area_heading("part_3", area),)

    @live(f"part_3.{area.value}.findings", words.title(gettext_lazy("Other findings: %(area)s"), area))
    def findings(material: Material):
        return tuple(words.finding(one) for one in material.findings_of("", area))

    @live(f"part_3.{area.value}.recommendations", words.title(gettext_lazy("Recommendations: %(area)s"), area))
    def recommendations(material: Material):
        return tuple(
            blocks.Recommendation(
                one.code,
                one.title,
                one.text,
                area=area.value,
                addressee=one.addressee,
                horizon=one.horizon,
                evidence=material.evidence_of(one),
                code=one.code,
            )
            for one in material.recommendations
            if one.area == area
        )


for _one in Area:
    _area(_one)

COMPOSITION: Composition = (
    Slot("opening", gettext_lazy("The conclusion in one sentence"), opening=True),
    Slot("conclusions", gettext_lazy("Main conclusions"), gettext_lazy("What carries the recommendations below.")),
    *(
        block
        for area in Area
        for block in (
            f"part_3.{area.value}",
            f"part_3.{area.value}.findings",
            f"part_3.{area.value}.recommendations",
        )
    ),
)


def _recommendations(material: Material, written: Collection[str]) -> Missing | None:
    if not material.recommendations:
        return Missing(_("No recommendation has been written yet."), _page(material))
    without = [one.code for one in material.recommendations if not one.addressee]
    if not without:
        return None
    return Missing(_("Addressed to nobody yet: %(codes)s.") % {"codes": ", ".join(without)}, _page(material))


def _page(material: Material) -> str:
    return reverse("agenda:recommendation-list", args=[material.audit.slug])


def _areas(material: Material, written: Collection[str]) -> Missing | None:
    there = {one.area for one in material.recommendations}
    without = [str(area.short) for area in Area if area.value not in there]
    if not without:
        return None
    return Missing(_("No recommendation yet: %(areas)s.") % {"areas": "; ".join(without)}, _page(material))


POINTS: dict[str, Check] = {
    "conclusions": text("conclusions", "opening", missing=gettext_lazy("The conclusions have no text yet.")),
    "recommendations": _recommendations,
    "areas": _areas,
}
