"""Part I: the city's context in figures over at least three years, responses, and attitudes (toolkit)."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from audits.enums import MINIMUM_YEARS, IndicatorTopic
from audits.methods import Missing
from audits.models import ContextIndicator
from reports.document import blocks
from reports.live import live
from reports.material import Material
from reports.sections.composition import Check, Composition, Slot, text
from reports.sections.sources import cited

MOST_YEARS = 5
MOST_PANELS = 6
MOST_DECIMALS = 2


def _heading(key: str, title) -> None:
    @live(f"part_1.{key}", title, heading=True)
    def heading(material: Material):
        return (blocks.Section(f"part_1.{key}", str(title), number="1.", in_contents=False),)


_heading("figures", gettext_lazy("Population, territory and third-country nationals"))


def values_of(indicator: ContextIndicator) -> dict[int, Decimal]:
    return {figure.year: figure.value for figure in indicator.figures.all()}


def _decimals(values) -> int:
    """As many places as the figures have, and no more than can be read."""
    places = [-value.normalize().as_tuple().exponent for value in values]
    return min(max(0, *places), MOST_DECIMALS) if places else 0


def _name(indicator: ContextIndicator) -> str:
    return f"{indicator.name} ({indicator.unit})" if indicator.unit else indicator.name


@live("part_1.table", gettext_lazy("Table of the city’s figures"))
def table(material: Material):
    """The figures of the last five years with their change and their sources."""
    shown = [(one, values_of(one)) for one in material.indicators if one.figures.all()]
    years = sorted({year for _one, values in shown for year in values})[-MOST_YEARS:]
    shown = [(one, values) for one, values in shown if set(values) & set(years)]
    if not shown:
        return ()
    wide = 48 - 3 * (len(years) - MINIMUM_YEARS)
    columns = (
        blocks.Column(_("Indicator"), wide),
        *(blocks.Column(str(year), 0, "number") for year in years),
        blocks.Column(pgettext("difference of two means", "Change"), 11, "number"),
        blocks.Column(_("Source"), 8, "number"),
    )
    rows = tuple(
        blocks.Row(
            (
                _name(one),
                *(_number(values.get(year), _decimals(values.values())) for year in years),
                _change(one, [values[year] for year in years if year in values]),
                cited(material, one.source),
            )
        )
        for one, values in shown
    )
    caption = _("%(city)s in figures, %(first)s to %(last)s") if len(years) > 1 else _("%(city)s in figures, %(first)s")
    return (
        blocks.Table(
            caption % {"city": material.audit.city.name, "first": years[0], "last": years[-1]},
            columns,
            rows,
            key="context",
            source=_(
                "Change: the last year against the first; pt: percentage points. A dash: no figure for this year. "
                "Sources are listed in [[annex-sources]]."
            ),
        ),
    )


def _number(value: Decimal | None, decimals: int) -> blocks.Number:
    return blocks.Number(None if value is None else float(value), decimals)


def _change(indicator: ContextIndicator, values: list[Decimal]) -> blocks.Number:
    """In percentage points for shares, otherwise in per cent of the first value; none for one year or from zero."""
    if len(values) < 2:
        return blocks.Number(None)
    first, last = values[0], values[-1]
    if "%" in indicator.unit or "%" in indicator.name:
        return blocks.Number(float(last - first), max(1, _decimals(values)), sign=True, unit=_("pt"))
    if not first:
        return blocks.Number(None)
    return blocks.Number(float((last / first - 1) * 100), 1, sign=True, unit="%")


@live("part_1.charts", gettext_lazy("Small charts of the city’s figures"))
def charts(material: Material):
    """What has moved over the years, each on its own scale; constant figures need no chart."""
    panels = []
    for one in material.indicators:
        values = values_of(one)
        if len(values) >= MINIMUM_YEARS and len(set(values.values())) > 1:
            years = sorted(values)[-MOST_YEARS:]
            span = range(years[0], years[-1] + 1)
            points = tuple((str(year), float(values[year]) if year in values else None) for year in span)
            panels.append(blocks.Panel(_name(one), points, _decimals(values.values())))
    if not panels:
        return ()
    return (
        blocks.SmallMultiples(
            _("How the city’s figures have moved"),
            tuple(panels[:MOST_PANELS]),
            source=_("Each panel starts at zero and has its own scale. Values: [[context]]."),
        ),
    )


_heading("responses", gettext_lazy("Social and political responses"))
_heading("attitudes", gettext_lazy("Attitudes towards third-country nationals and migrants"))

COMPOSITION: Composition = (
    Slot("opening", gettext_lazy("The city’s situation in one sentence"), opening=True),
    "part_1.figures",
    Slot(
        "situation",
        gettext_lazy("Social, economic and political situation"),
        gettext_lazy("What kind of city it is, who has moved here, how people live and work."),
    ),
    "part_1.table",
    "part_1.charts",
    "part_1.responses",
    Slot(
        "responses",
        gettext_lazy("Social and political responses to TCN and migrants"),
        gettext_lazy("What the council, the administration and civil society have done."),
    ),
    "part_1.attitudes",
    Slot(
        "attitudes",
        gettext_lazy("Attitudes towards TCN and migrants"),
        gettext_lazy("Surveys, the press, what people say: a short overview."),
    ),
)


def figures_of(*topics: IndicatorTopic) -> Check:
    """Each of these topics needs one indicator with figures of at least three years."""

    def check(material: Material, written: Collection[str]) -> Missing | None:
        enough = {one.topic for one in material.indicators if len(one.figures.all()) >= MINIMUM_YEARS}
        without = [str(topic.label) for topic in topics if topic.value not in enough]
        if not without:
            return None
        return Missing(
            _("Figures of three years or more are missing: %(topics)s.") % {"topics": "; ".join(without)},
            reverse("audits:context", args=[material.audit.slug]),
        )

    return check


POINTS: dict[str, Check] = {
    "population": figures_of(IndicatorTopic.POPULATION, IndicatorTopic.TERRITORY),
    "tcn": figures_of(IndicatorTopic.TCN),
    "situation": text("situation", missing=gettext_lazy("The situation of the city is not described yet.")),
    "responses": text("responses", missing=gettext_lazy("Responses to TCN and migrants are not described yet.")),
    "attitudes": text("attitudes", missing=gettext_lazy("There is no overview of attitudes yet.")),
}
