"""The development plan as a document: objective by objective a table of measures, for a file of its own or an annex."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audits.dates import long_date
from audits.enums import Area
from audits.models import Audit
from reports.document import blocks

from .models import Measure
from .plan import Objective, plan


def plan_document(audit: Audit, measures: Sequence[Measure], title: str, language: str) -> blocks.Document:
    """The plan as a document of its own in a language; `title` is what it is called, "" for the usual name."""
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
            chapters=(plan_section(measures, title=_("Measures")),),
        )


def plan_section(
    measures: Sequence[Measure], *, key: str = "plan", title: str = "", number: str = ""
) -> blocks.Section:
    """The measures by objective, in the active language; a section without measures says so.

    Asked for are objective, responsible, resources and timetable (UNITES benchmark): what of it a measure lacks is
    named under its table.
    """
    heading = title or _("Development plan")
    measures = list(measures)
    if not measures:
        return blocks.Section(key, heading, number=number, blocks=(blocks.Paragraph(_("There is no measure yet.")),))
    objectives = plan(measures)
    parts = [_objective(key, place, objective) for place, objective in enumerate(objectives, 1)]
    return blocks.Section(key, heading, number=number, blocks=(blocks.Paragraph(_summary(measures), "lead"), *parts))


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
    title = _("Objective %(number)d") % {"number": place} if objective.text else _("Without an objective yet")
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
    said = (blocks.Paragraph(text) for text in objective.text.splitlines() if text.strip())
    return blocks.Section(f"{key}-{place}", title, blocks=(*said, table))


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
