from .agenda import EvidenceLinkFactory, FindingCommentFactory, FindingFactory, RecommendationFactory
from .audits import (
    AuditFactory,
    CityFactory,
    ContextIndicatorFactory,
    InvitationFactory,
    MembershipFactory,
    PartnerOrganisationFactory,
    PictureFactory,
    UserFactory,
)
from .checklists import (
    ChecklistFactory,
    CityWalkFactory,
    ItemFactory,
    ScoreFactory,
    SectionFactory,
    SheetFactory,
    WalkPlaceFactory,
)
from .instruments import BenchmarkFactory, ExampleFactory, GuideQuestionFactory, KeyFactorFactory
from .participation import ParticipantFactory

__all__ = [
    "AuditFactory",
    "BenchmarkFactory",
    "ChecklistFactory",
    "CityFactory",
    "CityWalkFactory",
    "ContextIndicatorFactory",
    "EvidenceLinkFactory",
    "ExampleFactory",
    "FindingCommentFactory",
    "FindingFactory",
    "GuideQuestionFactory",
    "InvitationFactory",
    "ItemFactory",
    "KeyFactorFactory",
    "MembershipFactory",
    "ParticipantFactory",
    "PartnerOrganisationFactory",
    "PictureFactory",
    "RecommendationFactory",
    "ScoreFactory",
    "SectionFactory",
    "SheetFactory",
    "UserFactory",
    "WalkPlaceFactory",
]
