"""The story of the demo: Velmora, a city that does not exist. Every person, figure and remark is invented.

Only data stands here; `reports.demo.build` plays it through the same actions that people use.
"""

from .analysis import AREAS, CONCLUSIONS, GROUP_FINDINGS, GROUP_QUOTE, QUESTIONS, SUMMARIES
from .benchmarks import ASSESSMENT, COORDINATOR, MEASURES, PEER, RESEARCHER, REVIEW, STANCES
from .city import (
    ADMIN,
    AUDIT,
    CITY,
    CONTEXT,
    OPEN_INVITATION,
    PARTNERS,
    PASSWORD,
    PREVIOUS,
    TEAM,
    YEARS,
)
from .documents import DOCUMENTS
from .findings import COMMENTS, FINDINGS, RECOMMENDATIONS
from .governance import GOVERNANCE, INSTITUTIONS, PARTNERSHIPS
from .groups import GROUPS, HOT_SPOTS, PLAN
from .notes import CODES, COMMUNITY_NOTES, DIFFERENCES, INSTITUTION_NOTES
from .photos import (
    ACTIVITY,
    BORNE_OUT,
    HANDED_IN,
    PHONE_REMARKS,
    PHOTO_FINDINGS,
    PHOTOGRAPHERS,
    PHOTOS,
    REVIEWED,
    VOTERS,
    VOTES,
)
from .research import ANSWERS, RESEARCH_FINDINGS
from .stakeholders import OUTREACH, POINTS, STAKEHOLDERS, STEPS
from .texts import QUOTES, REMOVED, TEXTS
from .walks import (
    BRIEFING,
    CONSENSUS,
    IDEAS,
    LEAN,
    REMARKS,
    SPREAD,
    TARGET,
    TARGET_BEFORE,
    USUAL_SPREAD,
    WALK_BEFORE,
    WALKS,
)

__all__ = [
    "ACTIVITY",
    "ADMIN",
    "ANSWERS",
    "AREAS",
    "ASSESSMENT",
    "AUDIT",
    "BORNE_OUT",
    "BRIEFING",
    "CITY",
    "CODES",
    "COMMENTS",
    "COMMUNITY_NOTES",
    "CONCLUSIONS",
    "CONSENSUS",
    "CONTEXT",
    "COORDINATOR",
    "DIFFERENCES",
    "DOCUMENTS",
    "FINDINGS",
    "GOVERNANCE",
    "GROUPS",
    "GROUP_FINDINGS",
    "GROUP_QUOTE",
    "HANDED_IN",
    "HOT_SPOTS",
    "IDEAS",
    "INSTITUTIONS",
    "INSTITUTION_NOTES",
    "LEAN",
    "MEASURES",
    "OPEN_INVITATION",
    "OUTREACH",
    "PARTNERS",
    "PARTNERSHIPS",
    "PASSWORD",
    "PEER",
    "PHONE_REMARKS",
    "PHOTOGRAPHERS",
    "PHOTOS",
    "PHOTO_FINDINGS",
    "PLAN",
    "POINTS",
    "PREVIOUS",
    "QUESTIONS",
    "QUOTES",
    "RECOMMENDATIONS",
    "REMARKS",
    "REMOVED",
    "RESEARCHER",
    "RESEARCH_FINDINGS",
    "REVIEW",
    "REVIEWED",
    "SPREAD",
    "STAKEHOLDERS",
    "STANCES",
    "STEPS",
    "SUMMARIES",
    "TARGET",
    "TARGET_BEFORE",
    "TEAM",
    "TEXTS",
    "USUAL_SPREAD",
    "VOTERS",
    "VOTES",
    "WALKS",
    "WALK_BEFORE",
    "YEARS",
]
