"""The plan of participation as a document: steps by stage, working checklists, outreach. No contact data is in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from audits.dates import long_date, period
from audits.enums import Area
from audits.models import Audit
from reports.document import blocks

from .library import guide_of
from .models import Outreach
from .planning import (
    BarrierPlan,
    Point,
    StagePlan,
    Step,
    WorkingList,
    barrier_plans,
    lacking,
    stage_plans,
    working_lists,
)


def plan_document(audit: Audit, language: str) -> blocks.Document:
    """The plan as it stands, in a language. The audit's guide has to be there."""
    with translation.override(language):
        guide = guide_of(audit, language)
        plans = stage_plans(guide.plan, guide.stages, guide.tools)
        name = _("Plan of participation")
        source = guide.row
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
                disclaimer=_("Stages, checklists, barriers and tips: %(title)s (%(authors)s).")
                % {"title": source.source_title, "authors": source.authoring},
            ),
            chapters=(
                _steps(audit, plans),
                _checklists(working_lists(guide)),
                _outreach(barrier_plans(guide), {tip.row.pk: tip.texts["title"].text for tip in guide.tips}),
            ),
        )


def _steps(audit: Audit, plans: Iterable[StagePlan]) -> blocks.Section:
    plans = list(plans)
    facts = tuple(str(fact.text) for fact in lacking(audit, plans, writes=False))
    missing = [blocks.Paragraph(_("What is missing:")), blocks.Bullets(facts)] if facts else []
    return blocks.Section(
        "steps", _("Steps by stage of the policy cycle"), blocks=(*missing, *(_stage(plan) for plan in plans))
    )


def _stage(plan: StagePlan) -> blocks.Section:
    columns = (
        blocks.Column(_("Step"), 26),
        blocks.Column(_("Tool"), 14),
        blocks.Column(_("With whom"), 20),
        blocks.Column(_("When"), 16),
        blocks.Column(_("Who does it"), 12),
        blocks.Column(_("State"), 12),
    )
    table = blocks.Table(
        _("Steps of stage %(number)d") % {"number": plan.number},
        columns,
        tuple(_step(step) for step in plan.steps),
        style="tight",
        numbered=False,
    )
    notes = _notes((f"{step.code} {step.row}", step.row.note) for step in plan.steps)
    body = (table, *notes) if plan.steps else (blocks.Paragraph(_("There is no step yet.")),)
    return blocks.Section(f"stage-{plan.number}", plan.part.texts["title"].text, blocks=body)


def _step(step: Step) -> blocks.Row:
    row = step.row
    first, last = step.span or (None, None)
    when = None if first is None else long_date(first) if first == last else period(first, last)
    return blocks.Row(
        (
            f"{step.code} {row.title}",
            step.tool.texts["title"].text if step.tool else None,
            "; ".join(str(one) for one in row.stakeholders.all()) or None,
            _overdue(when, row),
            row.who or None,
            row.get_state_display(),
        )
    )


def _overdue(when: str | None, row) -> str | None:
    return _("%(day)s (overdue)") % {"day": when} if row.is_overdue else when


def _notes(notes: Iterable[tuple[str, str]]) -> list[blocks.Bullets]:
    lines = tuple(f"{name}: {' '.join(note.split())}" for name, note in notes if note)
    return [blocks.Bullets(lines)] if lines else []


def _checklists(lists: Iterable[WorkingList]) -> blocks.Section:
    return blocks.Section(
        "checklists",
        _("Working checklists"),
        blocks=tuple(_checklist(place, one) for place, one in enumerate(lists, start=1)),
    )


def _checklist(place: int, one: WorkingList) -> blocks.Section:
    columns = (
        blocks.Column(_("Point"), 44),
        blocks.Column(_("State"), 14),
        blocks.Column(_("Who does it"), 14),
        blocks.Column(_("Until"), 14),
        blocks.Column(_("Note"), 14),
    )
    rows, group = [], None
    for point in one.points:
        heading = point.part.texts["group"].text
        if heading and heading != group:
            rows.append(blocks.Row((heading,), style="band"))
        group = heading
        rows.append(_point(point))
    counted = _("%(done)d of %(total)d points are done.") % {"done": one.done, "total": one.total}
    caption = _("Points of checklist %(number)d") % {"number": place}
    table = blocks.Table(caption, columns, tuple(rows), style="tight", numbered=False)
    return blocks.Section(f"checklist-{place}", one.part.texts["title"].text, blocks=(blocks.Paragraph(counted), table))


def _point(point: Point) -> blocks.Row:
    row = point.row
    day = long_date(row.due) if row.due else None
    note = " ".join(row.note.split())
    return blocks.Row(
        (point.part.texts["text"].text, row.get_state_display(), row.who or None, _overdue(day, row), note or None)
    )


def _outreach(barriers: Iterable[BarrierPlan], tips: Mapping[int, str]) -> blocks.Section:
    parts = tuple(_barrier(barrier, tips) for barrier in barriers)
    return blocks.Section("outreach", _("Outreach by barrier"), blocks=parts)


def _barrier(barrier: BarrierPlan, tips: Mapping[int, str]) -> blocks.Section:
    columns = (
        blocks.Column(_("Who is missing"), 24),
        blocks.Column(_("What we do about it"), 34),
        blocks.Column(_("Who does it"), 14),
        blocks.Column(_("Until"), 14),
        blocks.Column(_("State"), 14),
    )
    table = blocks.Table(
        _("Outreach at barrier %(number)d") % {"number": barrier.number},
        columns,
        tuple(_entry(row, tips) for row in barrier.entries),
        style="tight",
        numbered=False,
    )
    notes = _notes((str(row), row.note) for row in barrier.entries)
    body = (table, *notes) if barrier.entries else (blocks.Paragraph(_("Nothing is written here yet.")),)
    return blocks.Section(f"barrier-{barrier.number}", barrier.part.texts["title"].text, blocks=body)


def _entry(row: Outreach, tips: Mapping[int, str]) -> blocks.Row:
    day = long_date(row.due) if row.due else None
    applying = "; ".join(tips[tip.pk] for tip in row.tips.all())
    action = " ".join([*row.action.split(), *([_("Tips: %(tips)s.") % {"tips": applying}] if applying else [])])
    return blocks.Row((row.missing, action or None, row.who or None, _overdue(day, row), row.get_state_display()))
