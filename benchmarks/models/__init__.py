"""The benchmarks as instruments; a city's assessments, its charter commitments and peer reviews."""

from .assessment import AssessedFactor, Assessment, Evidence, Judgement, QuestionAnswer, Scheme
from .charter import CharterLink, CommitmentStance
from .instrument import (
    Benchmark,
    BenchmarkUse,
    CharterCommitment,
    ContextFactor,
    Criterion,
    Example,
    GuideQuestion,
    KeyFactor,
    PeerReviewStep,
    Term,
)
from .review import (
    FeedbackSession,
    InterviewEvidence,
    Meeting,
    Peer,
    PeerConclusions,
    PeerJudgement,
    PeerReview,
)

__all__ = [
    "AssessedFactor",
    "Assessment",
    "Benchmark",
    "BenchmarkUse",
    "CharterCommitment",
    "CharterLink",
    "CommitmentStance",
    "ContextFactor",
    "Criterion",
    "Evidence",
    "Example",
    "FeedbackSession",
    "GuideQuestion",
    "InterviewEvidence",
    "Judgement",
    "KeyFactor",
    "Meeting",
    "Peer",
    "PeerConclusions",
    "PeerJudgement",
    "PeerReview",
    "PeerReviewStep",
    "QuestionAnswer",
    "Scheme",
    "Term",
]
