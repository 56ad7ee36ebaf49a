import uuid

import factory

from audits.agenda.enums import FindingKind
from audits.agenda.models import EvidenceLink, Finding, FindingComment, Measure, MeasureProgress, Recommendation
from audits.enums import Area

from .audits import AuditFactory, UserFactory


class FindingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Finding

    audit = factory.SubFactory(AuditFactory)
    number = factory.Sequence(lambda n: n + 1)
    area = Area.URBAN
    kind = FindingKind.DEFICIENCY
    text = factory.Sequence(lambda n: f"Finding text {n}")


class RecommendationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Recommendation

    audit = factory.SubFactory(AuditFactory)
    number = factory.Sequence(lambda n: n + 1)
    area = Area.URBAN
    title = factory.Sequence(lambda n: f"Recommendation {n}")
    text = "What to do."


class EvidenceLinkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EvidenceLink

    holder = factory.SubFactory(FindingFactory)
    app = "checklists"
    type = "item:X1"
    source = factory.LazyFunction(uuid.uuid4)
    caption = factory.Sequence(lambda n: f"Source {n}")


class FindingCommentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FindingComment

    finding = factory.SubFactory(FindingFactory)
    author = factory.SubFactory(UserFactory)
    text = factory.Sequence(lambda n: f"Comment {n}")


class MeasureFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Measure

    audit = factory.SubFactory(AuditFactory)
    number = factory.Sequence(lambda n: n + 1)
    area = Area.URBAN
    title = factory.Sequence(lambda n: f"Measure {n}")


class MeasureProgressFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MeasureProgress

    measure = factory.SubFactory(MeasureFactory)
    state = "planned"
    by = factory.SubFactory(UserFactory)
