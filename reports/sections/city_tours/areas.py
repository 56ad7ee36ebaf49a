"""Each thematic area: its scores with best-assessed and most challenging aspects, its findings, ideas for improvement."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audits.enums import Area
from checklists import tables
from reports.document import blocks
from reports.document.numbers import number
from reports.live import live
from reports.material import Material
from reports.sections import words

METHOD = "checklists"


def _area(area: Area) -> None:
    """Registers the blocks of one thematic area."""

    @live(f"city_tours.{area.value}", area.short, heading=True)
    def heading(material: Material):
        return (words.area_heading("city_tours", area),)

    @live(f"city_tours.{area.value}.results", words.title(gettext_lazy("Results: %(area)s"), area))
    def results(material: Material):
        nodes: list = []
        for section in material.of_area(area):
            if section.result.figure.n:
                nodes += _section_results(material, area, section)
        return nodes

    @live(f"city_tours.{area.value}.findings", words.title(gettext_lazy("Findings: %(area)s"), area))
    def findings(material: Material):
        return tuple(words.finding(one) for one in material.findings_of(METHOD, area))

    @live(f"city_tours.{area.value}.ideas", words.title(gettext_lazy("Ideas for improvement: %(area)s"), area))
    def ideas(material: Material):
        found = [words.safe(idea.text) for idea in material.ideas if idea.section.area == area]
        return (
            (blocks.RichText(words.bulleted(found), side=_("Ideas for improvement from the walks")),) if found else ()
        )


for _one in Area:
    _area(_one)


def _section_results(material: Material, area: Area, section: tables.Block) -> list:
    """Extremes and the table that is the chart. Short forms here, the full wording stands in the annex."""
    answers, people = section.result.distribution.answers, section.result.figure.n
    per_place = any(row.result.distribution.answers > row.result.figure.n for row in section.rows)
    notes = []
    if area == Area.VISION or material.area_results[0].area == area:
        notes.append(
            _(
                "Scores: 1 poor to 5 excellent. n: people who scored; sd: standard deviation between them; * opinions "
                "differed widely. Full wording: [[all-scores]]."
            )
        )
    if per_place:
        notes.append(
            _(
                "This section was filled in once per place: the bars count %(answers)s answers of %(people)s people, "
                "means and n count people."
            )
            % {"answers": number(answers), "people": number(people)}
        )
    name = str(area.short) if len(material.of_area(area)) == 1 else material.section_title(section.section)
    nodes: list = []
    if section.best:
        nodes.append(
            blocks.Extremes(
                words.aspects(material, section.best), words.aspects(material, section.worst), area=area.value
            )
        )
    nodes.append(
        blocks.ItemsTable(
            _("%(area)s: scores of all statements, mean %(mean)s (sd %(sd)s)")
            % {
                "area": name,
                "mean": words.figure(section.result.figure.mean_shown),
                "sd": words.figure(section.result.figure.sd_shown),
            },
            tuple(item(material, row) for row in section.rows),
            _("Answers per score") if per_place else _("Participants per score"),
            area=area.value,
            short=_("Scores: %(area)s") % {"area": name},
            source=" ".join(notes),
        )
    )
    return nodes


def item(material: Material, row: tables.Row) -> blocks.Item:
    """A statement with its figures as they are shown on the results page."""
    return blocks.Item(
        code=row.item.key,
        statement=material.shortly(row.item),
        counts=row.result.distribution.counts,
        mean=words.as_float(row.mean),
        sd=words.as_float(row.sd),
        n=row.result.figure.n,
        discussed=row.discussed,
    )
