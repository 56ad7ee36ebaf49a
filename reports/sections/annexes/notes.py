"""Where everything comes from, how scores were made, and why small numbers are not shown."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from reports.document import blocks
from reports.material import Material
from reports.sections.sources import references


def how(material: Material) -> blocks.Section | None:
    if not material.has_walked:
        return None
    texts = [
        _(
            "A participant’s score of a statement is the mean of what this person gave for it; there are several where a "
            "section was filled in once per place. A participant’s score of a section, and of the checklist, is the mean "
            "over the statements that this person scored. The score of the section, and of the checklist, is the mean over "
            "participants, so that everyone has the same weight."
        ),
        _(
            "A missing score is left out; it is never zero, and every mean stands with the number of people behind it. "
            "With gaps in the data the score of a section can therefore differ slightly from the mean of its statements. "
            "sd is the sample standard deviation between participants."
        ),
        _(
            "Best-assessed and most challenging aspects are the statements with the highest and the lowest mean of their "
            "area as shown, answered by at least five people; ties are all named. Comparisons over time use the statements "
            "that both audits scored. They describe this city and rank none."
        ),
    ]
    return blocks.Section(
        "annex-method", _("How the scores were made"), blocks=tuple(blocks.Paragraph(text, "note") for text in texts)
    )


def small_numbers(material: Material) -> blocks.Section:
    texts = [
        _(
            "No group of fewer than five people is shown on its own, and none that could be worked out by subtracting the "
            "groups that are shown. Small groups are counted in the figure of their family (institutions, civil society, "
            "third-country nationals and migrants), and in every total. Characteristics of people are never crossed."
        ),
        _(
            "Quotations appear only where the person agreed to it. They name a family of groups of at least five people or "
            "no group at all, and never a person."
        ),
    ]
    return blocks.Section(
        "annex-small-numbers", _("Small numbers"), blocks=tuple(blocks.Paragraph(text, "note") for text in texts)
    )


def sources(material: Material, cited: Iterable[str]) -> blocks.Section:
    return blocks.Section("annex-sources", _("Sources"), blocks=(references(material, cited),))
