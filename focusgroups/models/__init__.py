from .analysis import Code, Coding, Settlement
from .conclusions import AreaSummary, GroupConclusions, GroupSummary, QuestionSummary
from .group import FocusGroup, FocusGroupQuerySet, GroupEvent, InvitationLetter, OpeningScript, SessionQuestion
from .instrument import DiscussionGuide, InclusionLevel, Question, ReportQuestion, TargetGroup, Topic
from .people import Invitee, Seat
from .session import HotSpot, LevelCount, Note, Recording

__all__ = [
    "AreaSummary",
    "Code",
    "Coding",
    "DiscussionGuide",
    "FocusGroup",
    "FocusGroupQuerySet",
    "GroupConclusions",
    "GroupEvent",
    "GroupSummary",
    "HotSpot",
    "InclusionLevel",
    "InvitationLetter",
    "Invitee",
    "LevelCount",
    "Note",
    "OpeningScript",
    "Question",
    "QuestionSummary",
    "Recording",
    "ReportQuestion",
    "Seat",
    "SessionQuestion",
    "Settlement",
    "TargetGroup",
    "Topic",
]
