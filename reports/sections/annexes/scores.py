"""All scores with the full wording, and what was agreed on in discussion."""

from __future__ import annotations

from django.utils.translation import gettext as _

from checklists.enums import Agreement
from reports.document import blocks
from reports.document.numbers import number
from reports.material import Material
from reports.sections import words
from reports.sections.city_tours.before import areas_compared, most_changed
from reports.sections.city_tours.groups import side_by_side


def scores(material: Material) -> blocks.Section | None:
    """The accessible form of the bars, with the statements in full."""
    if not material.shows_figures:
        return None
    nodes: list = [_all_scores(material)]
    nodes += [table for table in (side_by_side(material), areas_compared(material), most_changed(material)) if table]
    if material.notes:
        nodes.append(_consensus(material))
    return blocks.Section("annex-scores", _("All scores"), blocks=tuple(nodes))


def _all_scores(material: Material) -> blocks.Table:
    before = {}
    if material.comparison:
        before = {change.key: change.before for section in material.comparison.sections for change in section.items}
    columns = [
        blocks.Column(_("Statement"), 53 if before else 59),
        *(blocks.Column(str(score), 4, "number") for score in range(1, 6)),
        blocks.Column(_("none"), 5, "number"),
        blocks.Column(_("n"), 4, "number"),
        blocks.Column(_("Mean"), 6, "number"),
        blocks.Column(_("sd"), 6, "number"),
    ]
    if before:
        columns.append(blocks.Column(words.labels(material)[0], 0, "number"))
    rows = []
    for block in material.checklist:
        rows.append(blocks.Row((material.passage(block.section, "title"),), style="band", area=block.section.area))
        for row in block.rows:
            code = row.item.key
            cells = [
                material.passage(row.item, "statement", f"{code}. {{}}"),
                *row.result.distribution.counts,
                row.result.none_count,
                row.result.figure.n,
                blocks.Number(words.as_float(row.mean), 2, strong=True),
                blocks.Number(words.as_float(row.sd), 2, mark="*" if row.discussed else ""),
            ]
            if before:
                cells.append(blocks.Number(words.as_float(before[code].mean_shown) if code in before else None, 2))
            rows.append(blocks.Row(tuple(cells), key=material.item_key(code), code=code))
        rows.append(
            _total(
                _("Section, mean over participants"),
                block.result,
                before=_before(material, block.section.key) if before else None,
            )
        )
    rows.append(_whole(material))
    answers = any(
        row.result.distribution.answers > row.result.figure.n for block in material.checklist for row in block.rows
    )
    notes = [_("1 to 5: how often each score was given. none: participants without a score, never counted as zero.")]
    if answers:
        notes.append(_("Where a section was filled in once per place, 1 to 5 count answers and n counts people."))
    notes.append(_("* opinions differed widely."))
    return blocks.Table(
        _("How often each score was given, for every statement in its full wording"),
        tuple(columns),
        tuple(rows),
        key="all-scores",
        source=" ".join(notes),
        style="tight",
        short=_("All scores"),
    )


def _before(material: Material, section: str):
    found = {one.change.key: one.change.before for one in material.comparison.sections}
    return (found.get(section),)


def _total(label: str, result, *, before: tuple | None) -> blocks.Row:
    cells = [
        label,
        *result.distribution.counts,
        None,
        result.figure.n,
        blocks.Number(words.as_float(result.figure.mean_shown), 2),
        blocks.Number(words.as_float(result.figure.sd_shown), 2),
    ]
    if before:
        cells.append(blocks.Number(words.as_float(before[0].mean_shown) if before[0] else None, 2))
    return blocks.Row(tuple(cells), style="total")


def _whole(material: Material) -> blocks.Row:
    comparison = material.comparison
    before = (comparison.change.before,) if comparison else None
    return _total(_("Whole checklist, mean over participants"), material.results.result, before=before)


def _consensus(material: Material) -> blocks.Table:
    """What the groups agreed on, beside the means and never instead of them (DESIGN rule 3)."""
    many = len(material.walked) > 1
    rows = []
    for block in material.checklist:
        for row in block.rows:
            for note in row.notes:
                said = note.text.strip()
                if many:
                    said = f"{note.walk.title}: {said}" if said else note.walk.title
                agreed = (
                    number(note.agreed_score)
                    if note.agreement == Agreement.AGREED
                    else _("no agreement")
                    if note.agreement == Agreement.NO_AGREEMENT
                    else _("not decided")
                )
                rows.append(
                    blocks.Row(
                        (
                            material.shortly(row.item, f"{row.item.key}. {{}}"),
                            said or None,
                            agreed,
                            blocks.Number(words.as_float(row.mean), 2),
                            blocks.Number(words.as_float(row.sd), 2),
                        )
                    )
                )
    return blocks.Table(
        _("What participants said about statements on which they differed"),
        (
            blocks.Column(_("Statement"), 30),
            blocks.Column(_("What the group says"), 42),
            blocks.Column(_("Agreed score"), 14),
            blocks.Column(_("Mean"), 7, "number"),
            blocks.Column(_("sd"), 7, "number"),
        ),
        tuple(rows),
        key="consensus",
        source=_("An agreed score stands beside the mean. It changes no score and no mean."),
        style="tight",
        short=_("What was agreed in discussion"),
    )
