"""Governance models and institutional stability: bodies, strengths and weaknesses, partnerships, co-operation and
consultation (toolkit, "Desk Research", from step 2)."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from deskresearch.enums import GovernanceLevel, Participation, PartnershipKind
from deskresearch.governance import diagram
from deskresearch.models import Partnership
from reports.document import blocks
from reports.document.numbers import listed, number
from reports.document.richtext import unreferenced
from reports.live import live
from reports.material import Material
from reports.researched import Desk, lines
from reports.sections import words

from . import wording

AGENCIES = ("2.1", "2.2", "2.3", "2.5")
CAPACITY = ("2.7", "2.8")
INVOLVED = ("2.4",)
TOGETHER = ("2.6",)
ANSWERED = (*AGENCIES, *CAPACITY, *INVOLVED, *TOGETHER)

# Levels as marks of a table (`blocks.Level`), beside their names.
PARTICIPATION = {
    Participation.NONE: "none",
    Participation.LOW: "part",
    Participation.MEDIUM: "part",
    Participation.HIGH: "full",
}


@live("desk_research.governance", gettext_lazy("Governance models and institutional stability"), heading=True)
def governance(material: Material):
    title = _("Governance models and institutional stability")
    return (blocks.Section("desk_research.governance", title, in_contents=False),)


@live("desk_research.institutions", gettext_lazy("Agencies, institutions and mechanisms"))
def institutions(material: Material):
    return _institutions(material) or wording.answers(material, AGENCIES)


def _institutions(material: Material) -> list:
    """The governance diagram; the annex has the same in a table."""
    desk = material.desk
    source = _("The same stands in words in [[institutions]].")
    return [diagram(desk.institutions, desk.partnerships, source=source)] if desk.institutions else []


def mandates(desk: Desk) -> blocks.Table:
    """What the diagram shows, in words, with mandates and capacity."""
    names = {one.pk: one.name for one in desk.institutions}
    rows = []
    for level in GovernanceLevel:
        bodies = [one for one in desk.institutions if one.level == level]
        if bodies:
            rows.append(blocks.Row((str(level.label),), style="band"))
        for one in bodies:
            title = f"{one.name} ({one.note})" if one.note else one.name
            if not one.exists:
                title = _("%(name)s: missing, it should be there") % {"name": title}
            rows.append(
                blocks.Row(
                    (
                        title,
                        names.get(one.reports_to_id),
                        listed([other.name for other in desk.together(one)]) or None,
                        wording.level(one.tcn_mandate),
                        wording.level(one.urban_security),
                        wording.level(one.capacity),
                    )
                )
            )
    return blocks.Table(
        _("The institutions, their mandates and their capacity"),
        (
            blocks.Column(_("Institution"), 29),
            blocks.Column(_("Reports to"), 17),
            blocks.Column(_("Standing co-operation with"), 22),
            blocks.Column(_("TCN mandate"), 10),
            blocks.Column(_("Urban security"), 10),
            blocks.Column(_("Sufficient capacity"), 12),
        ),
        tuple(rows),
        key="institutions",
        style="tight",
        source=" ".join(wording.levels_explained(rows)),
        short=_("Institutions"),
    )


@live("desk_research.stability", gettext_lazy("Strengths and weaknesses of the governance model"))
def stability(material: Material):
    return _stability(material) or wording.answers(material, CAPACITY)


def _stability(material: Material) -> list:
    """Of the model as a whole in two lists; of the institutions, where nobody has summed up, in a table."""
    desk = material.desk
    nodes: list = []
    for title, found in ((_("Strengths"), desk.strengths), (_("Weaknesses"), desk.weaknesses)):
        if found:
            said = words.bulleted([words.safe(line) for line in found])
            nodes.append(blocks.RichText(said, side=title, style="note"))
    return nodes or strengths(desk)


def strengths(desk: Desk) -> list[blocks.Table]:
    """The institutions' own strengths and weaknesses; no table where none has any."""
    rows = [
        blocks.Row((one.name, _line(one.strengths), _line(one.weaknesses)))
        for one in desk.institutions
        if one.strengths.strip() or one.weaknesses.strip()
    ]
    columns = (
        blocks.Column(_("Institution"), 24),
        blocks.Column(_("Strengths"), 38),
        blocks.Column(_("Weaknesses"), 38),
    )
    caption = _("Strengths and weaknesses of the institutions")
    return [blocks.Table(caption, columns, tuple(rows), key="strengths", style="tight")] if rows else []


def _line(text: str) -> str | None:
    """Several lines in one cell."""
    return "; ".join(line.rstrip(".;") for line in lines(text)) or None


@live("desk_research.partnerships", gettext_lazy("Partnerships, and how TCN are involved"))
def partnerships(material: Material):
    return _partnerships(material) or wording.answers(material, INVOLVED)


def _partnerships(material: Material) -> list:
    desk = material.desk
    found = desk.of_kind(PartnershipKind.PARTNERSHIP)
    nodes: list = []
    if found:
        nodes.append(_named(found, _("Partnerships between stakeholders: %(names)s."), "partnerships"))
    if desk.partnerships:
        nodes.append(blocks.Paragraph(_involvement(desk), "note"))
    return nodes


def _involvement(desk: Desk) -> str:
    """On which level third-country nationals take part, over all partnerships and mechanisms that exist."""
    existing = sum(1 for one in desk.partnerships if one.exists)
    counts = desk.taking_part()
    if not existing:
        return _(
            "No partnership, co-operation or consultation mechanism exists in which third-country nationals could take part."
        )
    if not counts:
        return _("On which level third-country nationals take part is not known.")
    said = ngettext(
        "Third-country nationals take part in %(count)s existing partnership or mechanism on these levels: %(levels)s.",
        "Level on which third-country nationals take part in the %(count)s existing partnerships and mechanisms: "
        "%(levels)s.",
        existing,
    )
    levels = [f"{level.label}: {number(counts[level.value])}" for level in reversed(Participation) if counts[level]]
    if unknown := existing - counts.total():
        levels.append(_("not known: %(count)s") % {"count": number(unknown)})
    return said % {"count": number(existing), "levels": "; ".join(levels)}


@live("desk_research.cooperation", gettext_lazy("Co-operation and consultation mechanisms"))
def cooperation(material: Material):
    own = [one for one in material.desk.answers if one.question.step.position > 1]
    other = [one for one in own if one.question.key not in ANSWERED]
    said = _cooperation(material) or wording.answers(material, TOGETHER)
    return (*said, *wording.answered(other, material))


def _cooperation(material: Material) -> list:
    found = material.desk.of_kind(PartnershipKind.COOPERATION, PartnershipKind.CONSULTATION)
    nodes: list = []
    if found:
        nodes.append(_named(found, _("Co-operation and consultation: %(names)s."), "cooperation"))
    return nodes


def _named(found: Sequence[Partnership], sentence: str, key: str) -> blocks.Paragraph:
    """Partnerships or mechanisms by name; the annex has who takes part in each, when, and how far TCN do."""
    names = [one.title if one.exists else _("%(name)s (missing)") % {"name": one.title} for one in found]
    said = sentence % {"names": unreferenced("; ".join(names))}
    where = _("In detail: [[%(table)s]].") % {"table": key}
    return blocks.Paragraph(f"{said} {where}", "note")


def together(desk: Desk) -> list[blocks.Table]:
    """Who takes part in each partnership and mechanism, in which stages, and how far TCN do, for the annex."""
    mechanisms = desk.of_kind(PartnershipKind.COOPERATION, PartnershipKind.CONSULTATION)
    caption = _("Co-operation and consultation in planning, implementation and assessment")
    tables = (
        (desk.of_kind(PartnershipKind.PARTNERSHIP), _("Partnerships between stakeholders"), "partnerships"),
        (mechanisms, caption, "cooperation"),
    )
    return [_together(found, title, key) for found, title, key in tables if found]


def _together(found: Sequence[Partnership], caption: str, key: str) -> blocks.Table:
    rows = []
    for one in found:
        about = [] if one.kind == PartnershipKind.PARTNERSHIP else [str(one.get_kind_display())]
        about.append(_("standing") if one.standing else _("for an occasion or a project"))
        if not one.exists:
            about = [_("missing, it should be there")]
        who = [row.name for row in one.institutions.all()] + ([one.others] if one.others else [])
        stages = ((one.in_planning, _("planning")), (one.in_implementation, _("implementation")))
        stages = (*stages, (one.in_assessment, _("assessment")))
        rows.append(
            blocks.Row(
                (
                    f"{one.title} ({'; '.join(about)})",
                    listed(who) or None,
                    (", ".join(name for taken, name in stages if taken) or None) if one.exists else None,
                    blocks.Level(PARTICIPATION[Participation(one.tcn)], str(one.get_tcn_display()))
                    if one.tcn
                    else None,
                )
            )
        )
    return blocks.Table(
        caption,
        (
            blocks.Column(_("What"), 38),
            blocks.Column(_("Who takes part"), 32),
            blocks.Column(_("Stages"), 18),
            blocks.Column(_("TCN take part"), 12),
        ),
        tuple(rows),
        key=key,
        style="tight",
    )


DATA = ((AGENCIES, _institutions), (CAPACITY, _stability), (INVOLVED, _partnerships), (TOGETHER, _cooperation))
"""What speaks in the place of the answers to these questions."""
