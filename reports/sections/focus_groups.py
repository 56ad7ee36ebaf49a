"""Part II, 2.2: focus groups (toolkit)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from reports.document import blocks
from reports.live import live
from reports.material import Material
from reports.sections import words
from reports.sections.composition import Check, Composition, Slot, text

METHOD = "focusgroups"
HEADINGS = {
    "results": gettext_lazy("What the groups discussed in each area"),
    "interest": gettext_lazy("What stirred most interest"),
    "success": gettext_lazy("Successes and challenges of integration"),
    "recommendations": gettext_lazy("Recommendations and suggestions of the groups"),
}


def _heading(key: str, title) -> None:
    @live(f"focus_groups.{key}", title, heading=True)
    def heading(material: Material):
        return (blocks.Section(f"focus_groups.{key}", str(title), in_contents=False),)


for _key, _title in HEADINGS.items():
    _heading(_key, _title)


@live("focus_groups.findings", gettext_lazy("Findings from focus groups"))
def findings(material: Material):
    return words.findings_of(material, METHOD)


COMPOSITION: Composition = (
    Slot(
        "participants",
        gettext_lazy("Participants and main themes"),
        gettext_lazy(
            "How many groups, how many people of which kind, what was discussed. Groups of fewer than 5 people "
            "are not named on their own."
        ),
    ),
    *(part for key, title in HEADINGS.items() for part in (f"focus_groups.{key}", Slot(key, title))),
    "focus_groups.findings",
)

POINTS: dict[str, Check] = {
    "participants": text("participants", missing=gettext_lazy("The participants are not described yet.")),
    "themes": text("participants", missing=gettext_lazy("The main themes are not described yet.")),
    "results": text("results", missing=gettext_lazy("There is no text on the results in each area yet.")),
    "interest": text("interest", missing=gettext_lazy("What stirred most interest is not described yet.")),
    "success": text("success", missing=gettext_lazy("Successes and challenges are not described yet.")),
    "recommendations": text("recommendations", missing=gettext_lazy("There are no recommendations of the groups yet.")),
}
