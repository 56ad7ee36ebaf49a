"""The print pack of a walk as a document: the day, the briefing, and the checklist as a paper form for each participant.

Everything is said in one language, chosen when the pack is printed (toolkit, "City tours": agenda, checklist with
"Name of Area, Date, Specific Location, Time and Day of Walk").
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import translation
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from audits.dates import full_date
from audits.enums import Area
from audits.participation.consent import TEXTS
from audits.participation.papers import about_oneself
from audits.texts import in_a_line, in_passages
from reports.document import blocks

from .briefing import RESOURCES, SERVICES, STRATEGIES
from .lines import Part, plan_of
from .models import CityWalk
from .timetable import timetable_of
from .wording import Wording, wording_of


def pack_document(
    walk: CityWalk,
    *,
    language: str,
    forms: Sequence[tuple[str, str]] = (),
    agenda: bool = True,
    briefing: bool = True,
    address: str = "",
) -> blocks.Document:
    """The pack in a language, ready for the document writer.

    `forms` are number and personal code of each paper form, both empty for a copy to be numbered by hand;
    `address` is where a phone joins the walk. Parts that have nothing to say are left out.
    """
    with translation.override(language):
        day = full_date(walk.date)
        chapters: list[Any] = []
        if agenda:
            chapters.append(_agenda(walk, day, address))
        if briefing and walk.has_briefing:
            chapters.append(_briefing(walk))
        if forms:
            chapters.append(_paper_form(walk, language, forms, address))
        return blocks.Document(
            title=_("Walk pack: %(walk)s") % {"walk": walk.title},
            language=language,
            author=walk.audit.city.authority,
            running_title=f"{walk.title} · {day}",
            imprint=walk.audit.city.authority,
            areas=tuple(blocks.Area(area.value, area.letter, str(area.label)) for area in Area),
            layout="pack",
            chapters=tuple(chapters),
        )


def _agenda(walk: CityWalk, day: str, address: str) -> blocks.Section:
    times = timetable_of(walk)
    facts = [
        (_("Day"), day),
        (_("Time"), f"{_clock(walk.starts_at)}–{_clock(walk.ends_at)}"),
        (_("Meeting point"), walk.meeting_point),
        (_("Facilitator"), str(walk.facilitator or "")),
        (_("Childcare"), walk.childcare),
        (_("Interpreters"), walk.interpreters),
        (_("Travel and other expenses"), walk.expenses),
        (_("Payment for taking part"), walk.payment),
        (_("Access for people with disabilities"), walk.access),
        # Without its last stroke, which jumps to the front of the line where the writing runs from right to left.
        (_("By phone instead of paper"), address.rstrip("/")),
    ]
    parts: list[Any] = [
        blocks.Table(
            _("The walk"),
            (blocks.Column("", 34), blocks.Column("", 66)),
            tuple(blocks.Row(fact) for fact in facts if fact[1]),
            style="facts",
            numbered=False,
        ),
        blocks.Table(
            _("What happens when"),
            (blocks.Column(_("Time"), 20), blocks.Column(_("Part"), 60), blocks.Column(_("Length"), 20)),
            tuple(
                blocks.Row(
                    (f"{_clock(phase.begins)}–{_clock(phase.ends)}", f"{phase.name}: {phase.text}", phase.length)
                )
                for phase in times.phases
            ),
            numbered=False,
        ),
    ]
    places = [f"{place.name}, {place.location}" if place.location else place.name for place in walk.places.all()]
    if places:
        parts.append(
            blocks.Section(
                "places", _("Where we go"), in_contents=False, blocks=(blocks.Bullets(tuple(places), ordered=True),)
            )
        )
    return blocks.Section("agenda", walk.title, new_page=True, blocks=tuple(parts))


def _briefing(walk: CityWalk) -> blocks.Section:
    """A section of its own for each text that is written; lines that begin with a dash become a list."""
    titles = {
        STRATEGIES: _("The city’s strategies"),
        RESOURCES: _("The city’s resources"),
        SERVICES: _("The city’s services"),
    }
    sections = tuple(
        blocks.Section(name, title, in_contents=False, blocks=_passages(getattr(walk, name)))
        for name, title in titles.items()
        if getattr(walk, name).strip()
    )
    return blocks.Section(
        "briefing", _("Before you score: what to know about the city"), new_page=True, blocks=sections
    )


def _passages(text: str) -> tuple[Any, ...]:
    return tuple(blocks.Bullets(points) if points else blocks.Paragraph(line) for line, points in in_passages(text))


def _paper_form(walk: CityWalk, language: str, forms: Sequence[tuple[str, str]], address: str) -> blocks.PaperForm:
    plan = plan_of(walk)
    wording = wording_of(plan, walk.checklist, language)
    receipt = _(
        "With this code you can see, correct or take back what you gave, without an account. Nobody can find the code "
        "again for you."
    )
    if address:
        way = _("Go to %(address)s") % {"address": address.rstrip("/")}
        receipt = f"{receipt} {way}"
    return blocks.PaperForm(
        _("How well does %(city)s work for people who have moved here?") % {"city": walk.audit.city},
        tuple(blocks.FormSheet(number, code) for number, code in forms),
        tuple(section for part in plan.parts for section in _form_sections(part, wording)),
        poor=pgettext("end of the scale from 1 to 5", "poor"),
        excellent=pgettext("end of the scale from 1 to 5", "excellent"),
        intro=_instructions(walk, plan.statements),
        choices=_choices(),
        receipt=receipt,
    )


def _instructions(walk: CityWalk, statements: int) -> tuple[str, ...]:
    lines = [
        ngettext(
            "Here is %(number)s sentence about the city. How true is it? Cross one box: 1 is poor, 5 is excellent. "
            "If you do not know, cross the last box. You can leave sentences out and stop at any time.",
            "Here are %(number)s sentences about the city. How true is each? Cross one box: 1 is poor, 5 is excellent. "
            "If you do not know, cross the last box. You can leave sentences out and stop at any time.",
            statements,
        )
        % {"number": statements},
        _(
            "TCN are third-country nationals: people who are not citizens of a country of the European Union. In the "
            "comments, say why you chose a score, without any names. We do not ask for yours."
        ),
    ]
    if walk.audit.controller:
        lines.append(_("Who answers for the data: %(controller)s") % {"controller": in_a_line(walk.audit.controller)})
    return tuple(lines)


def _choices() -> tuple[blocks.FormChoice, ...]:
    consents = [f"{text.title}. {text.words}" for text in TEXTS.values()]
    guardian = _("Under 18: a parent or guardian agrees too. Signature: ____________________")
    return (
        blocks.FormChoice(_("You decide; each on its own. Only the first is needed."), (*consents, guardian)),
        *about_oneself(),
    )


def _form_sections(part: Part, wording: Wording) -> list[blocks.FormSection]:
    """The part once, or once for each place with the head that the toolkit asks for; ideas stand once, at its end."""
    title = str(wording.titles[part.section.pk])
    last = part.blocks[-1]
    return [
        blocks.FormSection(
            f"{title}: {block.place.name}" if block.place else title,
            tuple(blocks.FormItem(line.item.key, str(wording.statements[line.item.pk])) for line in block.lines),
            area=part.section.area,
            fields=(_("Specific location"), _("Date"), _("Time and day")) if block.place else (),
            ideas=_("Ideas for improvement") if block is last else "",
        )
        for block in part.blocks
    ]


def _clock(time: Any) -> str:
    return time_format(time, "H:i")
