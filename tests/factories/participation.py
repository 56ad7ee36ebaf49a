import factory
from django.utils import timezone

from audits.enums import StakeholderGroup
from audits.participation.models import Participant

from .audits import AuditFactory


class ParticipantFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Participant

    audit = factory.SubFactory(AuditFactory)
    code_hash = factory.Sequence(lambda n: f"{n:064d}")
    group = StakeholderGroup.MIGRANTS
    joined_at = factory.LazyFunction(timezone.now)
