import factory

from audits.enums import TargetGroup
from audits.models import (
    CodesignChecklist,
    CodesignChecklistItem,
    CodesignGuide,
    CodesignStage,
    CodesignTool,
    OutreachBarrier,
    OutreachTip,
    SelectionQuestion,
)
from audits.stakeholders.models import ChecklistPoint, CodesignPlan, Outreach, ParticipationStep, Stakeholder

from .audits import AuditFactory
from .instruments import InstrumentFactory


class CodesignGuideFactory(InstrumentFactory):
    class Meta:
        model = CodesignGuide

    code = factory.Sequence(lambda n: f"codesign-{n}")
    version = "1"
    origin = "original"
    title = "Co-design guide"
    source_title = "A guide"
    authoring = "Its authors"


class CodesignPartFactory(InstrumentFactory):
    class Meta:
        abstract = True

    guide = factory.SubFactory(CodesignGuideFactory)
    key = factory.Sequence(lambda n: f"part-{n}")
    position = factory.Sequence(int)


class SelectionQuestionFactory(CodesignPartFactory):
    class Meta:
        model = SelectionQuestion

    text = factory.Sequence(lambda n: f"Do they have knowledge {n}?")


class CodesignStageFactory(CodesignPartFactory):
    class Meta:
        model = CodesignStage

    title = factory.Sequence(lambda n: f"Stage {n}")
    text = "What happens in it."


class CodesignToolFactory(CodesignPartFactory):
    class Meta:
        model = CodesignTool

    title = factory.Sequence(lambda n: f"Tool {n}")
    what = "What it is."


class OutreachBarrierFactory(CodesignPartFactory):
    class Meta:
        model = OutreachBarrier

    title = factory.Sequence(lambda n: f"Barrier {n}")
    text = "What keeps people away."


class OutreachTipFactory(CodesignPartFactory):
    class Meta:
        model = OutreachTip

    title = factory.Sequence(lambda n: f"Tip {n}")
    text = "What helps."


class CodesignChecklistFactory(CodesignPartFactory):
    class Meta:
        model = CodesignChecklist

    title = factory.Sequence(lambda n: f"Checklist {n}")


class CodesignChecklistItemFactory(InstrumentFactory):
    class Meta:
        model = CodesignChecklistItem

    checklist = factory.SubFactory(CodesignChecklistFactory)
    key = factory.Sequence(lambda n: f"item-{n}")
    text = factory.Sequence(lambda n: f"Point {n}")
    position = factory.Sequence(int)


class StakeholderFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Stakeholder

    audit = factory.SubFactory(AuditFactory)
    name = factory.Sequence(lambda n: f"Organisation {n}")
    target_group = TargetGroup.NGOS


class CodesignPlanFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CodesignPlan

    audit = factory.SubFactory(AuditFactory)
    guide = factory.SubFactory(CodesignGuideFactory)


class ChecklistPointFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ChecklistPoint

    plan = factory.SubFactory(CodesignPlanFactory)
    item = factory.SubFactory(CodesignChecklistItemFactory, checklist__guide=factory.SelfAttribute("...plan.guide"))


class ParticipationStepFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ParticipationStep

    plan = factory.SubFactory(CodesignPlanFactory)
    stage = factory.SubFactory(CodesignStageFactory, guide=factory.SelfAttribute("..plan.guide"))
    title = factory.Sequence(lambda n: f"Step {n}")


class OutreachFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Outreach

    plan = factory.SubFactory(CodesignPlanFactory)
    barrier = factory.SubFactory(OutreachBarrierFactory, guide=factory.SelfAttribute("..plan.guide"))
    missing = factory.Sequence(lambda n: f"People {n}")
