import factory

from deskresearch.enums import DocumentKind, GovernanceLevel, InstitutionKind, PartnershipKind, ProvisionTopic
from deskresearch.models import (
    Answer,
    Document,
    Institution,
    Partnership,
    Provision,
    Research,
    ResearchGuide,
    ResearchQuestion,
    SourceType,
    Step,
)

from .audits import AuditFactory
from .instruments import InstrumentFactory


class ResearchGuideFactory(InstrumentFactory):
    class Meta:
        model = ResearchGuide

    code = factory.Sequence(lambda n: f"guide-{n}")
    version = "own"
    title = "Desk research guide"
    source_title = "A toolkit"
    authoring = "Its authors"


class SourceTypeFactory(InstrumentFactory):
    class Meta:
        model = SourceType

    guide = factory.SubFactory(ResearchGuideFactory)
    key = factory.Sequence(lambda n: f"source-{n}")
    title = "Document review"
    position = factory.Sequence(int)


class StepFactory(InstrumentFactory):
    class Meta:
        model = Step

    guide = factory.SubFactory(ResearchGuideFactory)
    key = factory.Sequence(lambda n: f"step-{n}")
    title = factory.Sequence(lambda n: f"Step {n}")
    position = factory.Sequence(int)


class ResearchQuestionFactory(InstrumentFactory):
    class Meta:
        model = ResearchQuestion

    step = factory.SubFactory(StepFactory)
    key = factory.Sequence(lambda n: f"1.{n}")
    text = factory.Sequence(lambda n: f"What does the city do about {n}?")
    position = factory.Sequence(int)


class ResearchFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Research

    audit = factory.SubFactory(AuditFactory)
    guide = factory.SubFactory(ResearchGuideFactory)


class DocumentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Document

    audit = factory.SubFactory(AuditFactory)
    title = factory.Sequence(lambda n: f"Integration strategy {n}")
    kind = DocumentKind.STRATEGY
    source_type = factory.SubFactory(SourceTypeFactory)


class ProvisionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Provision

    document = factory.SubFactory(DocumentFactory)
    topic = ProvisionTopic.INTEGRATION
    text = factory.Sequence(lambda n: f"The city shall do thing {n}.")
    page = "4"


class InstitutionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Institution

    audit = factory.SubFactory(AuditFactory)
    name = factory.Sequence(lambda n: f"Department {n}")
    kind = InstitutionKind.DEPARTMENT
    level = GovernanceLevel.DELIVER


class PartnershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Partnership

    audit = factory.SubFactory(AuditFactory)
    title = factory.Sequence(lambda n: f"Agreement {n}")
    kind = PartnershipKind.COOPERATION


class AnswerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Answer

    research = factory.SubFactory(ResearchFactory)
    question = factory.SubFactory(ResearchQuestionFactory)
    text = factory.Sequence(lambda n: f"Answer {n}")
