"""The development plan as a document: objective by objective a table of measures, for a file of its own or an annex."""

from __future__ import annotations

from collections.abc import Callable, Sequence

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
    """The measures by objective, in the active language; a section without measures says so.

    Asked for are objective, responsible, resources and timetable (UNITES benchmark): what of it a measure lacks is
    named under its table.
    """
    heading = title or _("Development plan")
    measures = list(measures)
    summary = (
        blocks.Paragraph(_summary(measures), "lead") if measures else blocks.Paragraph(_("There is no measure yet."))
    )
    gathered = plan(measures) if objectives is None else objectives
    parts = [_objective(key, place, objective) for place, objective in enumerate(gathered, 1)]
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


def _objective(key: str, place: int, objective: Objective) -> blocks.Section:
    title = objective.title
    if not title:
        title = _("Objective %(number)d") % {"number": place} if objective.text else _("Without an objective yet")
    said = [blocks.Paragraph(text) for text in (*objective.text.splitlines(), objective.note) if text.strip()]
    if objective.lines:
        said.append(blocks.Bullets(objective.lines))
    if not objective.measures:
        none = blocks.Paragraph(_("There is no measure for it yet."))
        return blocks.Section(f"{key}-{place}", title, blocks=(*said, none))
    columns = (
        blocks.Column(_("Measure"), 24),
        blocks.Column(_("Steps"), 24),
        blocks.Column(_("Responsible"), 14),
        blocks.Column(_("Due"), 12),
        blocks.Column(_("Resources"), 14),
        blocks.Column(_("State"), 12),
    )
    caption = _("Measures of objective %(number)d") if objective.text else _("Measures without an objective yet")
    table = blocks.Table(
        caption % {"number": place},
        columns,
        tuple(_row(measure) for measure in objective.measures),
        source=" ".join(_lacking(measure) for measure in objective.measures if measure.still_lacking),
        style="tight",
        numbered=False,
    )
    more = tuple(filter(None, map(_more, objective.measures)))
    return blocks.Section(f"{key}-{place}", title, blocks=(*said, table, *([blocks.Bullets(more)] if more else ())))


def _more(measure: Measure) -> str:
    """What the table has no column for: how one will see it, what inspired it, where it comes from, its last entry."""
    sources = [str(measure.recommendation)] if measure.recommendation else []
    sources += [link.caption for link in measure.evidence.all()]
    said = [
        (_("How one will see it"), measure.indicator),
        (_("Inspired by"), measure.inspired_by),
        (_("Made from"), "; ".join(sources)),
        (_("Last entry"), _last(measure)),
    ]
    lines = [_("%(name)s: %(text)s") % {"name": name, "text": " ".join(text.split())} for name, text in said if text]
    ends = (line if line.endswith((".", "!", "?")) else f"{line}." for line in lines)
    return f"{measure.code}. {' '.join(ends)}" if lines else ""


def _last(measure: Measure) -> str:
    """The last entry that somebody has written; that it was begun is none."""
    entries = list(measure.progress.all())
    if not entries or (len(entries) == 1 and not entries[0].note):
        return ""
    last = entries[-1]
    day = long_date(timezone.localtime(last.created_at).date())
    return ", ".join(filter(None, (day, str(last.get_state_display()), last.note)))


def _row(measure: Measure) -> blocks.Row:
    steps = "; ".join(line.strip().rstrip(";") for line in measure.step.splitlines() if line.strip())
    due = long_date(measure.due) if measure.due else None
    if measure.is_overdue:
        due = _("%(day)s (overdue)") % {"day": due}
    state = f"{measure.get_state_display()}; {measure.get_pace_display()}"
    mark = " *" if measure.still_lacking else ""
    cells = (
        f"{measure.code} {measure.title}{mark}",
        steps or None,
        measure.responsible or None,
        due,
        " ".join(measure.resources.split()) or None,
        state,
    )
    return blocks.Row(cells, area=measure.area)


def _lacking(measure: Measure) -> str:
    return _("* %(code)s is not complete yet: %(lacking)s.") % {
        "code": measure.code,
        "lacking": ", ".join(str(name) for name in measure.still_lacking),
    }
