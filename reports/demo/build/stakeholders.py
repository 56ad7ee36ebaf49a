"""The register of stakeholders with its matrix and selection answers, and the plan of participation."""

from __future__ import annotations

from audits.models import (
    Audit,
    CodesignChecklistItem,
    CodesignGuide,
    CodesignStage,
    CodesignTool,
    OutreachBarrier,
    OutreachTip,
    SelectionQuestion,
    User,
)
from audits.stakeholders.enums import Known
from audits.stakeholders.models import (
    ChecklistPoint,
    CodesignPlan,
    Outreach,
    ParticipationStep,
    SelectionAnswer,
    Stakeholder,
)

from .. import story

ANSWERS = {"y": Known.YES, "n": Known.NO}


def build(audit: Audit, people: dict[str, User]) -> dict[str, Stakeholder]:
    """The stakeholders by their keys in the story."""
    guide = CodesignGuide.objects.originals().current().get()
    by = people[story.COORDINATOR]
    found = _register(audit, guide, by)
    plan = CodesignPlan.objects.create(audit=audit, guide=guide)
    _steps(plan, found, by)
    for checklist, item, state, who, note in story.POINTS:
        ChecklistPoint.objects.create(
            plan=plan,
            item=CodesignChecklistItem.objects.get(checklist__guide=guide, checklist__key=checklist, key=item),
            state=state,
            who=who,
            note=note,
            changed_by=by,
        )
    for barrier, missing, tips, action, state, who, due in story.OUTREACH:
        row = Outreach.objects.create(
            plan=plan,
            barrier=OutreachBarrier.objects.get(guide=guide, key=barrier),
            missing=missing,
            action=action,
            state=state,
            who=who,
            due=due,
            changed_by=by,
        )
        row.tips.set(OutreachTip.objects.filter(guide=guide, key__in=tips))
    return found


def _register(audit: Audit, guide: CodesignGuide, by: User) -> dict[str, Stakeholder]:
    questions = list(SelectionQuestion.objects.filter(guide=guide).order_by("position"))
    found = {}
    for (
        key,
        name,
        kind,
        sector,
        target,
        led,
        contact,
        role,
        involved,
        power,
        interest,
        letters,
        why,
    ) in story.STAKEHOLDERS:
        found[key] = Stakeholder.objects.create(
            audit=audit,
            kind=kind,
            name=name,
            sector=sector,
            target_group=target,
            migrant_led=led,
            contact_name=contact,
            contact_role=role,
            email=f"{key.replace('_', '-')}@velmora.example",
            involved_in=involved,
            power=power,
            interest=interest,
            arguments=why,
            changed_by=by,
        )
        SelectionAnswer.objects.bulk_create(
            SelectionAnswer(stakeholder=found[key], question=question, answer=ANSWERS[letter])
            for question, letter in zip(questions, letters, strict=True)
            if letter in ANSWERS
        )
    return found


def _steps(plan: CodesignPlan, stakeholders: dict[str, Stakeholder], by: User) -> None:
    for stage, title, tool, whom, begins, due, state, who, note in story.STEPS:
        step = ParticipationStep.objects.create(
            plan=plan,
            stage=CodesignStage.objects.get(guide=plan.guide, key=stage),
            title=title,
            tool=CodesignTool.objects.get(guide=plan.guide, key=tool) if tool else None,
            begins=begins,
            due=due,
            state=state,
            who=who,
            note=note,
            changed_by=by,
        )
        step.stakeholders.set(stakeholders[key] for key in whom)
