"""The story of the demo: Velmora, a city that does not exist. Every person, figure and remark is invented.

Only data stands here; `reports.demo.build` plays it through the same actions that people use.
"""

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
from .findings import COMMENTS, FINDINGS, RECOMMENDATIONS
from .research import ANSWERS, DOCUMENTS, GOVERNANCE, INSTITUTIONS, PARTNERSHIPS, RESEARCH_FINDINGS
from .texts import QUOTES, TEXTS
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
    "ADMIN",
    "ANSWERS",
    "ASSESSMENT",
    "AUDIT",
    "BRIEFING",
    "CITY",
    "COMMENTS",
    "CONSENSUS",
    "CONTEXT",
    "COORDINATOR",
    "DOCUMENTS",
    "FINDINGS",
    "GOVERNANCE",
    "IDEAS",
    "INSTITUTIONS",
    "LEAN",
    "MEASURES",
    "OPEN_INVITATION",
    "PARTNERS",
    "PARTNERSHIPS",
    "PASSWORD",
    "PEER",
    "PREVIOUS",
    "QUOTES",
    "RECOMMENDATIONS",
    "REMARKS",
    "RESEARCHER",
    "RESEARCH_FINDINGS",
    "REVIEW",
    "SPREAD",
    "STANCES",
    "TARGET",
    "TARGET_BEFORE",
    "TEAM",
    "TEXTS",
    "USUAL_SPREAD",
    "WALKS",
    "WALK_BEFORE",
    "YEARS",
]
