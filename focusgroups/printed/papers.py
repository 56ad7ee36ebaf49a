"""The moderator's papers as a document: the opening, the questions by area, the steps at the end.

All in the language of the discussion; an untranslated question of the guide stands in the guide's, and is marked with it.
"""

from __future__ import annotations

from typing import Any

from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from audits.dates import clock, full_date
from audits.enums import Area
from reports.document import blocks

from ..guide import AreaLines, Line, by_area, lines_of
from ..models import FocusGroup
from ..scripts import Part, closing_steps, opening_of


def papers_document(group: FocusGroup) -> blocks.Document:
    """The papers of a group, ready for the document writer."""
    with translation.override(group.language):
        day = full_date(group.date)
        authority = group.audit.city.authority
        areas = [_questions(found) for found in by_area(lines_of(group)) if found.lines]
        return blocks.Document(
            title=_("Papers of the moderator: %(group)s") % {"group": group.title},
            language=group.language,
            author=authority,
            running_title=f"{group.title} · {day}",
            imprint=authority,
            areas=tuple(blocks.Area(area.value, area.letter, str(area.label)) for area in Area),
            chapters=(
                _opening(group, day),
                blocks.Section("questions", _("Questions"), new_page=True, blocks=tuple(areas)),
                blocks.Section(
                    "closing",
                    _("At the end"),
                    blocks=(blocks.Bullets(tuple(closing_steps(group.language)), ordered=True),),
                ),
            ),
        )


def _opening(group: FocusGroup, day: str) -> blocks.Section:
    facts = [
        (_("Day"), day),
        (_("Time"), f"{clock(group.starts_at)}–{clock(group.ends)}"),
        (_("Place"), group.venue),
        (_("Moderator"), group.moderator),
        (_("Rapporteur"), group.rapporteur),
    ]
    table = blocks.Table(
        _("The session"),
        (blocks.Column("", 25), blocks.Column("", 75)),
        tuple(blocks.Row(fact) for fact in facts if fact[1]),
        style="facts",
        numbered=False,
    )
    return blocks.Section("opening", group.title, blocks=(table, *(_part(part) for part in opening_of(group))))


def _part(part: Part) -> blocks.Section:
    said = (blocks.Bullets(points) if points else blocks.Paragraph(line) for line, points in part.passages)
    return blocks.Section(f"opening-{part.name}", part.title, blocks=tuple(said))


def _questions(found: AreaLines) -> blocks.Section:
    nodes = [node for number, line in enumerate(found.lines, start=1) for node in _question(number, line)]
    area = found.area
    return blocks.Section(f"questions-{area.value}", str(area.label), area=area.value, blocks=tuple(nodes))


def _question(number: int, line: Line) -> list[Any]:
    nodes: list[Any] = [blocks.Paragraph(f"{number}. {line.row.text}", style="lead", language=line.language)]
    if line.levels:
        levels = format_html_join("", "<li><strong>{}</strong>: {}</li>", line.levels)
        nodes.append(blocks.RichText(format_html("<ul>{}</ul>", levels), language=line.levels[0][1].language))
    return nodes
