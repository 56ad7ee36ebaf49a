"""What the desk research came to: answers to its questions, and findings."""

from __future__ import annotations

# Code of the question, state, text, keys of the documents, institutions and titles of partnerships that it cites.
ANSWERS: list[tuple[str, str, str, list[str], list[str], list[str]]] = [
    ("1.1", "done", "The Community Safety Programme does not mention third-country nationals; the Strategy has one paragraph on security.", ["safety", "strategy"], [], []),
    ("1.2", "done", "The Strategy and its Action Plan follow the national programme, the sectoral documents in part, the Housing Ordinance not.", ["strategy", "plan", "national", "housing"], [], []),
    ("1.3", "done", "Only the Strategy, its Action Plan and the Education Programme refer to the EU Action Plan.", ["strategy", "plan", "education", "eu"], [], []),
    ("1.4", "done", "One document has indicators with target values, the Education Programme. The Action Plan is reported on once a year, in prose.", ["education", "plan"], [], []),
    ("1.5", "done", "The Strategy argues from rights; the Housing Ordinance makes five years of residence a condition.", ["strategy", "housing"], [], []),
    ("1.6", "done", "The Social Services Strategy does so throughout, the Strategy in its chapter on work; the safety documents say nothing of women after dark.", ["social", "strategy", "safety"], [], []),
    ("1.7", "done", "Social services and education refer to the Strategy. Housing and safety do not.", ["social", "education", "housing", "safety"], [], []),
    ("1.8", "done", "Three documents have money of their own; the Strategy has none.", ["plan", "social", "education", "strategy"], [], []),
    ("2.1", "done", "The Department of Public Safety with Municipal Police; crime is a matter of the national police.", [], ["safety"], []),
    ("2.2", "done", "Only the Deputy Mayor for Social Affairs has a mandate on integration, without authority over safety.", [], ["deputy"], []),
    ("2.3", "done", "Evening patrols at the station and the port since 2024, and walks with residents of Mills.", ["safety"], [], []),
    ("2.4", "done", "Language, working hours, no answer afterwards; and no body that could be asked.", [], [], ["Consultation on the Integration Strategy"]),
    ("2.5", "done", "Patrols, prevention and first contact; reports of crime are handed on.", [], ["safety"], []),
    ("2.6", "done", "With residents of one estate, yes; with NGOs of newcomers there is no regular contact.", ["safety"], [], []),
    ("2.7", "drafted", "Not in housing; in part elsewhere.", [], ["housing", "social", "safety"], []),
    ("2.8", "open", "", [], [], []),
]  # fmt: skip

# Area, kind, text, keys of the documents and of the institutions that show it.
RESEARCH_FINDINGS: list[tuple[str, str, str, list[str], list[str]]] = [
    ("vision", "achievement", "The Integration Strategy names third-country nationals as a target group in all four areas and follows the EU Action Plan.", ["strategy"], []),
    ("urban", "deficiency", "The Community Safety Programme does not mention third-country nationals, and hate crime is not recorded separately.", ["safety"], ["safety"]),
    ("civic", "deficiency", "No standing body or procedure lets third-country nationals take part in planning, carrying out and assessing policy.", [], ["forum"]),
]  # fmt: skip
