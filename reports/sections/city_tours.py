"""Part II, 2.3: city tours and checklists (toolkit, "City Tours and Checklists" of the report structure).

Number of tours and participants, locations, results with best-assessed and most challenging aspects and ideas for
improvement in each area, groups side by side (DESIGN rule 4), and the comparison with the previous audit.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from audits.enums import Area, StakeholderGroup
from audits.methods import Missing
from checklists import tables
from checklists.models import CityWalk
from reports.document import blocks
from reports.document.numbers import listed, number
from reports.live import live
from reports.material import Material
from reports.sections import words
from reports.sections.composition import Check, Composition, Slot, text

METHOD = "checklists"
MOST_CHANGED = 3
MARKS = ("now", "square", "open", "before")


@live("city_tours.walks", gettext_lazy("Walks, places and participants"))
def walks(material: Material):
    """What was done: walks with date and places, participants by group in one coarse dimension."""
    if not material.has_walked:
        return ()
    rows = [
        blocks.Row((f"{walk.title}, {words.day(walk.date)}", _where(walk)))
        for walk in sorted([*material.walked, *material.apart], key=lambda walk: (walk.date, walk.starts_at, walk.pk))
    ]
    if not material.shows_figures:
        return (_facts(rows), blocks.Suppressed(_why_no_figures(material)))
    rows.append(blocks.Row((_("Participants"), _participants(material))))
    said = [
        ngettext(
            "Everyone scored the statement of the checklist from 1 (poor) to 5 (excellent).",
            "Everyone scored the %(number)s statements of the checklist from 1 (poor) to 5 (excellent).",
            len(material.items),
        )
        % {"number": len(material.items)}
    ]
    if material.results.discussion:
        said.append(
            _(
                "Where scores differed widely (a standard deviation of %(threshold)s or more, marked *), participants "
                "were invited to discuss the statement."
            )
            % {"threshold": words.figure(material.results.threshold)}
        )
    if material.notes:
        said.append(_("What they agreed on stands beside the scores in [[consensus]] and changes none of them."))
    if material.walked_twice:
        said.append(
            _("Some people took part in more than one walk and count once, so walks and places are not compared.")
        )
    return (_facts(rows), blocks.Paragraph(" ".join(said)), *_apart(material))


def _why_no_figures(material: Material) -> str:
    if not material.results.publishable:
        return _(
            "Fewer than 5 people filled in the checklist. Figures would show what single people said, so none are printed."
        )
    return _("Sheets of a walk are still coming in. Figures are printed once the walk is closed.")


def _where(walk: CityWalk) -> str | None:
    return " · ".join(place.name for place in walk.places.all()) or None


def _apart(material: Material) -> tuple[blocks.Paragraph, ...]:
    """Which walks stand behind the figures and which do not, where a checklist was changed between them."""
    if not material.apart:
        return ()
    said = _(
        "The figures are those of %(pooled)s, on the checklist “%(checklist)s” in version %(version)s. They are without "
        "%(apart)s, made on another checklist or version, because only answers to the same statements can be put "
        "together."
    ) % {
        "pooled": listed([walk.title for walk in material.walked]),
        "checklist": material.results.checklist.title,
        "version": material.results.checklist.version,
        "apart": listed(
            [f"{walk.title} (“{walk.checklist.title}”, {walk.checklist.version})" for walk in material.apart]
        ),
    }
    return (blocks.Paragraph(said),)


def _facts(rows: list[blocks.Row]) -> blocks.Table:
    columns = (blocks.Column(_("What"), 34), blocks.Column(_("Which"), 66))
    return blocks.Table(_("Walks and participants"), columns, tuple(rows), style="facts", numbered=False)


def _participants(material: Material) -> str:
    """All of them, then by group: small groups together with their family, or not shown."""
    groups = []
    for name, count, why in tables.attendance_rows(material.results):
        if count is None:
            groups.append(_("%(group)s: not shown") % {"group": name})
        else:
            groups.append(
                f"{name} ({why[:1].lower()}{why[1:]}): {number(count)}" if why else f"{name}: {number(count)}"
            )
    return "; ".join([_("%(number)s in all") % {"number": number(material.results.participants)}, *groups])


@live("city_tours.score", gettext_lazy("Final score of the checklist"))
def score(material: Material):
    if not material.shows_figures:
        return ()
    figure = material.results.result.figure
    said = _(
        "The final score of the checklist is %(mean)s (n = %(n)s, sd %(sd)s): the mean over participants of what each "
        "of them scored."
    ) % {"mean": words.figure(figure.mean_shown), "n": number(figure.n), "sd": words.figure(figure.sd_shown)}
    if material.comparison and material.comparison.change.difference is not None:
        before, now = words.labels(material)
        change = material.comparison.change
        said += " " + _(
            "In %(then)s it was %(before)s and in %(today)s %(now)s, over the statements that both audits scored."
        ) % {
            "before": words.figure(change.before.mean_shown),
            "then": before,
            "now": words.figure(change.now.mean_shown),
            "today": now,
        }
    return (blocks.Paragraph(said),)


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
        statement=material.short(row.item),
        counts=row.result.distribution.counts,
        mean=words.as_float(row.mean),
        sd=words.as_float(row.sd),
        n=row.result.figure.n,
        discussed=row.discussed,
    )


@live("city_tours.groups", gettext_lazy("Groups side by side"), heading=True)
def groups_heading(material: Material):
    return (blocks.Section("city_tours.groups", _("Groups side by side"), in_contents=False),)


@live("city_tours.groups.table", gettext_lazy("Scores by stakeholder group"))
def groups(material: Material):
    """Areas by group, groups rolled up or hidden as on the results page (DESIGN rule 4)."""
    if not material.shows_figures:
        return ()
    side = tables.by_groups(material.results)
    columns = _coarse(side.columns)
    if len(columns) < 2:
        return (blocks.Paragraph(_few_groups(side)),)
    places = [place for place, _column in columns]
    rows = [
        blocks.ComparisonRow(
            str(Area(part.section.area).short),
            tuple(words.as_float(part.figures[place].mean) for place in places),
            area=part.section.area,
        )
        for part in side.sections
        if part.result.figure.n
    ]
    rows.append(
        blocks.ComparisonRow(
            _("The whole checklist"), tuple(words.as_float(side.checklist[place].mean) for place in places)
        )
    )
    return (
        blocks.Comparison(
            _("Scores by stakeholder group"),
            _("Area"),
            tuple(blocks.Series(_series(column), mark) for (_place, column), mark in zip(columns, MARKS, strict=False)),
            tuple(rows),
            short=_("Groups side by side"),
            source=_hidden(side, gaps=any(value is None for row in rows for value in row.values)),
        ),
    )


def _coarse(columns: Sequence[tables.Column]) -> list[tuple[int, tables.Column]]:
    """Of the columns with their places those that print can hold: families, and the only group of a family."""
    families = {column.key for column in columns if column.is_family}
    return [
        (place, column)
        for place, column in enumerate(columns)
        if column.is_family or StakeholderGroup(column.key).family.value not in families
    ]


def _series(column: tables.Column) -> str:
    if column.people is None:
        return column.label
    return f"{column.label}, n\u00a0=\u00a0{number(column.people)}"


def _hidden(side: tables.SideBySide, *, gaps: bool) -> str:
    """Why single figures and whole groups are not shown."""
    dash = _("A dash: not shown, since fewer than 5 people answered or others could be worked out from it.")
    return " ".join([dash, *side.hidden] if gaps else side.hidden)


def _few_groups(side: tables.SideBySide) -> str:
    return " ".join([_("No two groups were large enough to be shown beside each other."), *side.hidden])


@live("city_tours.before", gettext_lazy("Compared with the previous audit"), heading=True)
def before_heading(material: Material):
    title = _("Compared with the previous audit")
    if material.comparison:
        title = _("Compared with %(audit)s") % {"audit": words.labels(material)[0]}
    return (blocks.Section("city_tours.before", title, in_contents=False),)


@live("city_tours.before.table", gettext_lazy("Change since the previous audit"))
def before(material: Material):
    """Area by area, and the statements that changed most. It describes; other people walked then."""
    comparison = material.comparison
    if comparison is None:
        return ()
    then, now = words.labels(material)
    rows = [blocks.ComparisonRow(_("Areas and checklist"), style="band")]
    area_of = {block.section.key: block.section.area for block in material.checklist}
    for section in comparison.sections:
        area = Area(area_of[section.change.key])
        rows.append(_change(str(area.short), section.change, area=area.value))
    rows.append(_change(_("The whole checklist"), comparison.change))
    changed = sorted(
        (change for section in comparison.sections for change in section.items if change.difference),
        key=lambda change: change.difference,
        reverse=True,
    )
    for title, found in (
        (_("Statements that gained most"), [one for one in changed if one.difference > 0][:MOST_CHANGED]),
        (_("Statements that fell most"), [one for one in reversed(changed) if one.difference < 0][:MOST_CHANGED]),
    ):
        if found:
            rows.append(blocks.ComparisonRow(title, style="band"))
            rows += [_statement(material, change) for change in found]
    people = material.before.participants
    return (
        blocks.Comparison(
            _("%(then)s and %(now)s side by side") % {"then": then, "now": now},
            _("Area or statement"),
            (blocks.Series(then, "before"), blocks.Series(now)),
            tuple(rows),
            change=True,
            short=_("Comparison with %(audit)s") % {"audit": then},
            source=_(
                "Open mark: %(then)s (%(people)s participants), filled mark: %(now)s; change: difference of the means as "
                "shown, over the statements that both audits scored. Other people walked then: the comparison describes, "
                "it does not rank."
            )
            % {"then": then, "now": now, "people": number(people)},
        ),
    )


def _change(label: str, change, *, area: str = "", code: str = "") -> blocks.ComparisonRow:
    values = (words.as_float(change.before.mean_shown), words.as_float(change.now.mean_shown))
    return blocks.ComparisonRow(label, values, area=area, code=code)


def _statement(material: Material, change) -> blocks.ComparisonRow:
    item = material.items[change.key]
    return _change(material.short(item), change, area=item.section.area, code=change.key)


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
