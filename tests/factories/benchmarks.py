import factory

from benchmarks.enums import EvidenceKind
from benchmarks.models import (
    AssessedFactor,
    Assessment,
    CharterCommitment,
    ContextFactor,
    Evidence,
    InterviewEvidence,
    Judgement,
    Meeting,
    Peer,
    PeerJudgement,
    PeerReview,
    Scheme,
)

from .audits import AuditFactory, UserFactory
from .instruments import BenchmarkFactory, KeyFactorFactory


class ContextFactorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ContextFactor

    key = factory.Sequence(lambda n: f"context-{n}")
    title = factory.Sequence(lambda n: f"Context {n}")
    text = "Largely outside the city's control."


class CharterCommitmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CharterCommitment

    key = factory.Sequence(lambda n: f"commitment-{n}")
    role = "policy_makers"
    text = factory.Sequence(lambda n: f"Commit to thing {n};")


class AssessmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Assessment

    audit = factory.SubFactory(AuditFactory)
    benchmark = factory.SubFactory(BenchmarkFactory)
    title = factory.Sequence(lambda n: f"Assessment {n}")


class SchemeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Scheme

    assessment = factory.SubFactory(AssessmentFactory)
    name = factory.Sequence(lambda n: f"Neighbourhood {n}")


class AssessedFactorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AssessedFactor

    assessment = factory.SubFactory(AssessmentFactory)
    factor = factory.SubFactory(KeyFactorFactory, benchmark=factory.SelfAttribute("..assessment.benchmark"))


class JudgementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Judgement

    assessed = factory.SubFactory(AssessedFactorFactory)


class EvidenceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Evidence

    judgement = factory.SubFactory(JudgementFactory)
    kind = EvidenceKind.DOCUMENTARY
    title = factory.Sequence(lambda n: f"Annual report {n}")


class PeerReviewFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PeerReview

    assessment = factory.SubFactory(AssessmentFactory, kind="peer")


class PeerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Peer

    review = factory.SubFactory(PeerReviewFactory)
    user = factory.SubFactory(UserFactory)


class MeetingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Meeting

    review = factory.SubFactory(PeerReviewFactory)
    whom = factory.Sequence(lambda n: f"Head of department {n}")


class InterviewEvidenceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = InterviewEvidence

    review = factory.SubFactory(PeerReviewFactory)
    text = factory.Sequence(lambda n: f"Words {n}")


class PeerJudgementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PeerJudgement

    review = factory.SubFactory(PeerReviewFactory)
    assessed = factory.SubFactory(AssessedFactorFactory, assessment=factory.SelfAttribute("..review.assessment"))
