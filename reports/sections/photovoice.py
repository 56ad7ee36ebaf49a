"""Part II, 2.4: photovoice (toolkit)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from reports.document import blocks
from reports.live import live
from reports.material import Material
from reports.sections import words
from reports.sections.composition import Check, Composition, Slot, text

METHOD = "photovoice"
HEADINGS = {
    "deficiencies": gettext_lazy("Deficiencies: most common, urgent, subtle"),
    "achievements": gettext_lazy("Achievements"),
    "way_ahead": gettext_lazy("The way ahead"),
}


def _heading(key: str, title) -> None:
    @live(f"photovoice.{key}", title, heading=True)
    def heading(material: Material):
        return (blocks.Section(f"photovoice.{key}", str(title), in_contents=False),)


for _key, _title in HEADINGS.items():
    _heading(_key, _title)


@live("photovoice.findings", gettext_lazy("Findings from photovoice"))
def findings(material: Material):
    return words.findings_of(material, METHOD)


COMPOSITION: Composition = (
    Slot(
        "participants",
        gettext_lazy("Participants and topics"),
        gettext_lazy(
            "How many people took part, of which kind, and what they photographed. Groups of fewer than 5 people "
            "are not named on their own."
        ),
    ),
    *(part for key, title in HEADINGS.items() for part in (f"photovoice.{key}", Slot(key, title))),
    "photovoice.findings",
)

POINTS: dict[str, Check] = {
    "participants": text("participants", missing=gettext_lazy("The participants are not described yet.")),
    "topics": text("participants", missing=gettext_lazy("The topics are not described yet.")),
    "deficiencies": text("deficiencies", missing=gettext_lazy("There is no text on deficiencies yet.")),
    "achievements": text("achievements", missing=gettext_lazy("There is no text on achievements yet.")),
    "way_ahead": text("way_ahead", missing=gettext_lazy("There is no text on the way ahead yet.")),
}
