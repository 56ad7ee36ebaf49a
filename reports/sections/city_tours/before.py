"""The comparison with the previous audit, over the statements that both scored."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audits.enums import Area
from reports.document import blocks
from reports.document.numbers import number
from reports.live import live
from reports.material import Material
from reports.sections import words

KEY = "compared-areas"
MOST_CHANGED = 3


@live("city_tours.before", gettext_lazy("Compared with the previous audit"), heading=True)
def before_heading(material: Material):
    title = _("Compared with the previous audit")
    if material.comparison:
        title = _("Compared with %(audit)s") % {"audit": words.labels(material)[0]}
    return (blocks.Section("city_tours.before", title, in_contents=False),)


@live("city_tours.before.table", gettext_lazy("Change since the previous audit"))
def before(material: Material):
    """How far each area moved, in a sentence. It describes; other people walked then. The annex has the figures."""
    comparison = material.comparison
    if comparison is None:
        return ()
    area_of = {block.section.key: block.section.area for block in material.checklist}
    moved = [
        f"{Area(area_of[section.change.key]).short} {number(float(section.change.difference), 2, sign=True)}"
        for section in comparison.sections
        if section.change.difference is not None
    ]
    said = _(
        "Change of the means: %(areas)s. Other people walked then: this describes and ranks nothing ([[%(table)s]])."
    )
    return (blocks.Paragraph(said % {"areas": "; ".join(moved), "table": KEY}),) if moved else ()


def areas_compared(material: Material) -> blocks.Comparison | None:
    """Both audits area by area, for the annex; None without an earlier audit to compare with."""
    comparison = material.comparison
    if comparison is None:
        return None
    area_of = {block.section.key: block.section.area for block in material.checklist}
    rows = []
    for section in comparison.sections:
        area = Area(area_of[section.change.key])
        rows.append(_change(str(area.short), section.change, area=area.value))
    rows.append(_change(_("The whole checklist"), comparison.change))
    then, now = words.labels(material)
    source = _(
        "Open mark: %(then)s (%(people)s participants), filled mark: %(now)s; change: difference of the means as shown, "
        "over the statements that both audits scored. Other people walked then: the comparison describes, it does not "
        "rank."
    ) % {"then": then, "now": now, "people": number(material.before.participants)}
    title, short = _("%(then)s and %(now)s side by side"), _("Comparison with %(audit)s")
    return _side_by_side(material, rows, title, short, _("Area"), source, key=KEY)


def most_changed(material: Material) -> blocks.Comparison | None:
    """The statements that gained and that fell most since the previous audit, for the annex; None where none did."""
    if material.comparison is None:
        return None
    changed = sorted(
        (change for section in material.comparison.sections for change in section.items if change.difference),
        key=lambda change: change.difference,
        reverse=True,
    )
    rows = []
    for title, found in (
        (_("Statements that gained most"), [one for one in changed if one.difference > 0][:MOST_CHANGED]),
        (_("Statements that fell most"), [one for one in reversed(changed) if one.difference < 0][:MOST_CHANGED]),
    ):
        if found:
            rows.append(blocks.ComparisonRow(title, style="band"))
            rows += [_statement(material, change) for change in found]
    if not rows:
        return None
    title = _("Statements that changed most between %(then)s and %(now)s")
    return _side_by_side(material, rows, title, _("Statements changed since %(audit)s"), _("Statement"))


def _side_by_side(
    material: Material, rows: list, title: str, short: str, head: str, source: str = "", key: str = ""
) -> blocks.Comparison:
    then, now = words.labels(material)
    return blocks.Comparison(
        title % {"then": then, "now": now},
        head,
        (blocks.Series(then, "before"), blocks.Series(now)),
        tuple(rows),
        change=True,
        short=short % {"audit": then},
        source=source,
        key=key,
    )


def _change(label: str | blocks.Passage, change, *, area: str = "", code: str = "") -> blocks.ComparisonRow:
    values = (words.as_float(change.before.mean_shown), words.as_float(change.now.mean_shown))
    return blocks.ComparisonRow(label, values, area=area, code=code)


def _statement(material: Material, change) -> blocks.ComparisonRow:
    item = material.items[change.key]
    return _change(material.shortly(item), change, area=item.section.area, code=change.key)
