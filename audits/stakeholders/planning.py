"""How far the plan of participation is: steps by stage, checklists, outreach by barrier; what is missing, what is due.

`missing` and `deadlines` are what the audit home shows of it (`audits/methods.py`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from audits.instruments import translated
from audits.methods import Deadline, Missing
from audits.models import Audit, User
from audits.models.instrument import opening
from audits.permissions import Ability, may

from .enums import Known, PointState
from .library import Guide, Part, part_of, plan_of
from .models import ChecklistPoint, CodesignPlan, Outreach, ParticipationStep

# Steps ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Step:
    """A step as pages show it; `code` is what the planner calls it: 2.1 is the first of the second stage."""

    row: ParticipationStep
    code: str
    tool: Part | None = None

    @property
    def applies(self) -> bool:
        return self.row.state != PointState.NOT_FOR_US

    @property
    def span(self) -> tuple[date, date] | None:
        """First and last day; one day where the other is not known, None where neither is."""
        days = [day for day in (self.row.begins, self.row.due) if day]
        return (min(days), max(days)) if days else None


@dataclass(frozen=True)
class StagePlan:
    """A stage of the policy cycle and the steps planned in it."""

    number: int
    part: Part
    steps: tuple[Step, ...]

    @property
    def is_empty(self) -> bool:
        return not any(step.applies for step in self.steps)

    @property
    def overdue(self) -> int:
        return sum(step.row.is_overdue for step in self.steps)

    @property
    def without_tool(self) -> int:
        return sum(step.row.is_open and step.row.tool_id is None for step in self.steps)


def stage_plans(plan: CodesignPlan | None, stages: Iterable[Part], tools: Iterable[Part] = ()) -> tuple[StagePlan, ...]:
    """The stages with the steps of the plan, in two queries; each step with its tool where that is among `tools`."""
    by_tool = {tool.row.pk: tool for tool in tools}
    by_stage: dict[int, list[ParticipationStep]] = defaultdict(list)
    if plan:
        for row in plan.steps.prefetch_related("stakeholders"):
            by_stage[row.stage_id].append(row)
    return tuple(
        StagePlan(
            number,
            stage,
            tuple(
                Step(row, f"{number}.{place}", by_tool.get(row.tool_id))
                for place, row in enumerate(by_stage[stage.row.pk], start=1)
            ),
        )
        for number, stage in enumerate(stages, start=1)
    )


def lacking(audit: Audit, plans: Sequence[StagePlan], *, writes: bool) -> tuple[Missing, ...]:
    """What the planned steps lack, as facts; each with the page where it can be done, for those who write there."""
    return tuple(_lacking(audit, plans, writes=writes))


def _lacking(audit: Audit, plans: Sequence[StagePlan], *, writes: bool) -> Iterator[Missing]:
    page = reverse("stakeholders:codesign", args=[audit.slug])
    for plan in plans:
        if plan.is_empty:
            text = _("Stage %(number)d of the policy cycle has no step yet") % {"number": plan.number}
            yield Missing(text, new_step(audit, stage=plan.part.row.key) if writes else f"{page}#stage-{plan.number}")
    planned = [step for plan in plans for step in plan.steps if step.applies]
    if planned and not any(_is_migrant_led(step) for step in planned):
        yield Missing(_("No migrant-led stakeholder takes part in any step"), page)
    if overdue := sum(plan.overdue for plan in plans):
        text = ngettext(
            "%(count)d step of participation is overdue", "%(count)d steps of participation are overdue", overdue
        )
        yield Missing(text % {"count": overdue}, page)
    if without := sum(plan.without_tool for plan in plans):
        text = ngettext("%(count)d open step has no tool yet", "%(count)d open steps have no tool yet", without)
        yield Missing(text % {"count": without}, page)


def _is_migrant_led(step: Step) -> bool:
    return any(one.migrant_led == Known.YES for one in step.row.stakeholders.all())


def new_step(audit: Audit, **preset: str) -> str:
    """Address of the form of a new step, filled in beforehand: `stage` and `tool` by their keys."""
    return f"{reverse('stakeholders:step-create', args=[audit.slug])}?{urlencode(preset)}"


# Checklists -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Point:
    """A point of a checklist; one that nobody has touched has a row that is not saved."""

    part: Part
    row: ChecklistPoint


@dataclass(frozen=True)
class WorkingList:
    part: Part
    points: tuple[Point, ...]

    @property
    def total(self) -> int:
        """How many apply here."""
        return sum(point.row.state != PointState.NOT_FOR_US for point in self.points)

    @property
    def done(self) -> int:
        return sum(point.row.state == PointState.DONE for point in self.points)


def working_lists(guide: Guide) -> tuple[WorkingList, ...]:
    """The checklists with what the audit has written to their points, in one query."""
    written = {row.item_id: row for row in guide.plan.points.all()} if guide.plan else {}

    def point(item: Part) -> Point:
        row = written.get(item.row.pk) or ChecklistPoint(plan=guide.plan)
        row.item = item.row
        return Point(item, row)

    return tuple(WorkingList(checklist, tuple(map(point, checklist.below))) for checklist in guide.checklists)


# Outreach ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class BarrierPlan:
    """A barrier, and whom it keeps away."""

    number: int
    part: Part
    entries: tuple[Outreach, ...]

    @property
    def counts(self) -> list[tuple[PointState, int]]:
        """How many entries are in each state."""
        found = Counter(entry.state for entry in self.entries)
        return [(state, found[state]) for state in PointState]


def barrier_plans(guide: Guide) -> tuple[BarrierPlan, ...]:
    """The barriers with what the audit plans against them, in two queries."""
    by_barrier: dict[int, list[Outreach]] = defaultdict(list)
    if guide.plan:
        for row in guide.plan.outreach.prefetch_related("tips"):
            by_barrier[row.barrier_id].append(row)
    return tuple(
        BarrierPlan(number, barrier, tuple(by_barrier[barrier.row.pk]))
        for number, barrier in enumerate(guide.barriers, start=1)
    )


# What the audit home shows ----------------------------------------------------------------------------------


def missing(audit: Audit, user: User) -> tuple[Missing, ...]:
    """What the plan lacks, for whoever may see it; nothing while no plan has begun."""
    plan = plan_of(audit) if may(user, Ability.SEE_RESULTS, audit) else None
    if plan is None:
        return ()
    rows = list(plan.guide.stages.all())
    texts = translated(rows, get_language())
    plans = stage_plans(plan, [part_of(row, texts) for row in rows])
    return lacking(audit, plans, writes=may(user, Ability.PLAN_PARTICIPATION, audit))


def deadlines(audit: Audit) -> tuple[Deadline, ...]:
    """The days of open steps, points of checklists and outreach, in the same few queries for any number."""
    steps = ParticipationStep.objects.dated().filter(plan__audit=audit)
    outreach = Outreach.objects.dated().filter(plan__audit=audit)
    points = list(ChecklistPoint.objects.dated().filter(plan__audit=audit).select_related("item__checklist__guide"))
    texts = translated([point.item for point in points], get_language())
    found = [
        *(Deadline(row.due, _("Participation: %(what)s") % {"what": row}, row.who, _page(audit, row)) for row in steps),
        *(Deadline(row.due, _("Outreach: %(what)s") % {"what": row}, row.who, _page(audit, row)) for row in outreach),
        *(
            Deadline(
                row.due,
                _("Checklist: %(what)s") % {"what": opening(texts[row.item, "text"].text)},
                row.who,
                f"{reverse('stakeholders:codesign-checklists', args=[audit.slug])}#point-{row.item.uuid}",
            )
            for row in points
        ),
    ]
    return tuple(sorted(found, key=lambda one: one.date))


def _page(audit: Audit, row: ParticipationStep | Outreach) -> str:
    name = "step" if isinstance(row, ParticipationStep) else "outreach"
    return reverse(f"stakeholders:{name}", args=[audit.slug, row.uuid])
