"""The development plan as a document: a table of measures by objective, for a file of its own or an annex."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audits.dates import long_date
from audits.enums import Area
from audits.models import Audit
from reports.document import blocks

from .models import Measure
from .plan import Objective, plan


def plan_document(
    audit: Audit,
    measures: Sequence[Measure],
    title: str,
    language: str,
    objectives: Callable[[], Sequence[Objective]] | None = None,
) -> blocks.Document:
    """The plan as a document of its own in a language; `title` is what it is called, "" for the usual name. `measures`
    come `for_plan()`; `objectives` gathers them otherwise than by what is written as their objective.
    """
    with translation.override(language):
        name = title or _("Development plan")
        return blocks.Document(
            title=f"{name}: {audit.title}",
            language=language,
            author=audit.city.authority,
            running_title=name,
            imprint=audit.city.authority,
            areas=tuple(blocks.Area(area.value, area.letter, str(area.label)) for area in Area),
            cover=blocks.Cover(
                kicker=audit.city.authority,
                title=name,
                subtitle=audit.title,
                lines=(_("State of: %(day)s") % {"day": long_date(timezone.localdate())},),
            ),
            chapters=(plan_section(measures, title=_("Measures"), objectives=objectives() if objectives else None),),
        )


def plan_section(
    measures: Sequence[Measure],
    *,
    key: str = "plan",
    title: str = "",
    objectives: Sequence[Objective] | None = None,
) -> blocks.Section:
    """The measures by objective in one table, in the active language; a section without measures says so. `objectives`
    that have names of their own are sections instead, each with its table.

    Asked for are objective, responsible, resources and timetable (UNITES benchmark): what of it a measure lacks is
    named under the table.
    """
    heading = title or _("Development plan")
    measures = list(measures)
    if not measures and objectives is None:
        return blocks.Section(key, heading, blocks=(blocks.Paragraph(_("There is no measure yet.")),))
    summary = (
        blocks.Paragraph(_summary(measures), "lead") if measures else blocks.Paragraph(_("There is no measure yet."))
    )
    if objectives is None:
        parts = _tables(_("Measures by objective"), tuple(_rows(plan(measures))), measures)
    else:
        parts = tuple(_objective(key, place, objective) for place, objective in enumerate(objectives, 1))
    return blocks.Section(key, heading, blocks=(summary, *parts))


def _summary(measures: Sequence[Measure]) -> str:
    quick = sum(1 for measure in measures if measure.pace == "quick")
    lacking = sum(1 for measure in measures if measure.still_lacking)
    overdue = sum(1 for measure in measures if measure.is_overdue)
    total = len(measures)
    said = [
        ngettext("The plan has %(count)d measure.", "The plan has %(count)d measures.", total) % {"count": total},
        ngettext("%(count)d of them is a quick win.", "%(count)d of them are quick wins.", quick) % {"count": quick},
    ]
    if overdue:
        text = ngettext("%(count)d measure is overdue.", "%(count)d measures are overdue.", overdue)
        said.append(text % {"count": overdue})
    if lacking:
        text = ngettext("%(count)d measure is not complete yet.", "%(count)d measures are not complete yet.", lacking)
        said.append(text % {"count": lacking})
    return " ".join(said)


def _rows(objectives: Iterable[Objective]) -> Iterator[blocks.Row]:
    for objective in objectives:
        yield blocks.Row((" ".join(objective.text.split()) or _("Without an objective yet"),), style="band")
        yield from map(_row, objective.measures)


def _objective(key: str, place: int, objective: Objective) -> blocks.Section:
    said: list[Any] = [
        blocks.Paragraph(text) for text in (*objective.text.splitlines(), objective.note) if text.strip()
    ]
    if objective.lines:
        said.append(blocks.Bullets(objective.lines))
    if objective.measures:
        caption = _("Measures: %(objective)s") % {"objective": objective.title}
        said += _tables(caption, tuple(map(_row, objective.measures)), objective.measures)
    else:
        said.append(blocks.Paragraph(_("There is no measure for it yet.")))
    return blocks.Section(f"{key}-{place}", objective.title, blocks=tuple(said))


def _tables(caption: str, rows: tuple[blocks.Row, ...], measures: Sequence[Measure]) -> tuple[blocks.Table, ...]:
    """The rows of measures, with what of them is not complete, and a table of what else there is to say."""
    columns = (
        blocks.Column(_("Measure"), 24),
        blocks.Column(_("Steps"), 24),
        blocks.Column(_("Responsible"), 14),
        blocks.Column(_("Due"), 12),
        blocks.Column(_("Resources"), 14),
        blocks.Column(_("State"), 12),
    )
    table = blocks.Table(caption, columns, rows, source=_lacking(measures), style="tight", numbered=False)
    more = tuple(row for row in map(_more, measures) if any(row.cells[1:]))
    if not more:
        return (table,)
    about = (
        blocks.Column(_("Measure"), 10),
        blocks.Column(_("How one will see it"), 19),
        blocks.Column(_("Made from"), 20),
        blocks.Column(_("Inspired by"), 31),
        blocks.Column(_("Last entry"), 20),
    )
    return table, blocks.Table(_("More about the measures"), about, more, style="tight", numbered=False)


def _more(measure: Measure) -> blocks.Row:
    """What the first table has no column for."""
    sources = [str(measure.recommendation)] if measure.recommendation else []
    sources += [link.caption for link in measure.evidence.all()]
    said = (measure.indicator, "; ".join(sources), measure.inspired_by, _last(measure))
    return blocks.Row((measure.code, *(" ".join(text.split()) or None for text in said)))


def _last(measure: Measure) -> str:
    """The last entry that somebody has written; that it was begun is none."""
    entries = list(measure.progress.all())
    if not entries or (len(entries) == 1 and not entries[0].note):
        return ""
    last = entries[-1]
    day = long_date(timezone.localtime(last.created_at).date())
    return ", ".join(filter(None, (day, str(last.get_state_display()), last.note)))


def _row(measure: Measure) -> blocks.Row:
    steps = tuple(line.strip().rstrip(";") for line in measure.step.splitlines() if line.strip())
    due = long_date(measure.due) if measure.due else None
    if measure.is_overdue:
        due = _("%(day)s (overdue)") % {"day": due}
    state = f"{measure.get_state_display()}; {measure.get_pace_display()}"
    mark = " *" if measure.still_lacking else ""
    cells = (
        f"{measure.code} {measure.title}{mark}",
        blocks.Points(steps) if len(steps) > 1 else next(iter(steps), None),
        measure.responsible or None,
        due,
        " ".join(measure.resources.split()) or None,
        state,
    )
    return blocks.Row(cells, area=measure.area)


def _lacking(measures: Iterable[Measure]) -> str:
    lacking = [
        f"{measure.code} ({', '.join(str(name) for name in measure.still_lacking)})"
        for measure in measures
        if measure.still_lacking
    ]
    return _("* Not complete yet: %(measures)s.") % {"measures": "; ".join(lacking)} if lacking else ""
