"""The benchmark on anti-discrimination: the city's own assessment, a peer review of three factors, the plan."""

from __future__ import annotations

from datetime import date, time
from typing import Any

COORDINATOR, RESEARCHER = "irena.vidal@velmora.example", "petra.kolar@university.example"
PEER = "jonas.lind@halberg.example"

# Judgements by code of the factor: verdict, reasons, context factors, evidence (kind, documentary kind, title, what it
# shows, where, key of a document or "" , code of the guide question or "").
ASSESSMENT: dict[str, Any] = {
    "benchmark": "anti_discrimination",
    "title": "Anti-discrimination policies, self-assessment 2026",
    "migrant_definition": (
        "People who have moved to Velmora from a country outside the EU, whatever their residence permit, and their "
        "children."
    ),
    "people": "five people of three departments and two NGOs",
    "starts_on": date(2026, 5, 4),
    "ends_on": date(2026, 6, 3),
    "judgements": {
        "01": ("in_place", "The mayor’s declaration of 2024 is read out every year and hangs in all counters.", [], [
            ("documentary", "press", "Mayor’s declaration of 10 December 2024", "The city opposes discrimination and says whom one can turn to.", "", "", "q1"),
        ]),
        "02": ("in_place", "The Integration Strategy has a chapter on equality which names migrants as a target group.", [], [
            ("documentary", "other", "Integration Strategy 2024–2030", "Chapter on equality", "pages 14–17", "strategy", "q1"),
        ]),
        "03": ("partly", "The Deputy Mayor has the mandate. Housing and public safety are outside it.", ["politics"], [
            ("documentary", "minutes", "Minutes of the Council, March 2024", "Assigns the mandate and the yearly report.", "item 7", "", "q1"),
        ]),
        "04": ("not_in_place", "One meeting in 2023 and no procedure since. Nobody was told what became of it.", ["civil_society"], [
            ("documentary", "annual_report", "Yearly report on integration 2025", "Names no consultation.", "chapter 5", "plan", "q1"),
        ]),
        "05": ("partly", "Seven agreements with NGOs; none with employers or landlords.", [], [
            ("interview", "", "Department of Social Affairs", "The agreements are renewed every year; employers were never asked.", "", "", "q1"),
        ]),
        "06": ("in_place", "An equal opportunities policy with a complaints body since 2021.", [], [
            ("documentary", "annual_report", "Report of the complaints body 2025", "Eleven complaints, all decided within three months.", "", "", "q2"),
        ]),
        "07": ("partly", "In schools and social services; not in housing.", ["economy"], [
            ("checklist", "", "Affordable rental housing", "The lowest of all 30 statements on the walks.", "", "item:U8", ""),
            ("documentary", "other", "Housing Ordinance", "Five years of residence.", "Article 4", "housing", "q4"),
        ]),
        "08": ("partly", "The Integration Desk is trained; other counters are not.", ["resources"], [
            ("documentary", "monitoring", "Training records 2025", "38 of 412 staff with contact to the public.", "", "", "q1"),
        ]),
        "09": ("partly", "A leaflet in five languages; no advice service of the city.", [], []),
        "10": ("not_relevant", "Contracts above the threshold are let by a national body; the city lets small ones only.", ["legislation"], []),
        "11": ("not_in_place", "No data on the use of services by nationality, and no survey.", ["data"], [
            ("documentary", "monitoring", "Yearly figures of the services 2025", "Counts of visits only.", "", "", "q3"),
        ]),
    },
    "answers": {
        "04": {
            "q1": "No. Consultation takes place when a strategy is written.",
            "q3": "We know of none.",
        },
        "05": {"q1": "Through the agreements with NGOs, and by example.", "q3": "A press round once a year, by invitation."},
    },
    "assigned": {"09": (RESEARCHER, date(2026, 5, 29)), "11": (COORDINATOR, date(2026, 5, 29))},
}  # fmt: skip

REVIEW: dict[str, Any] = {
    "title": "Anti-discrimination policies, for the peers from Halberg",
    "factors": ["03", "04", "07"],
    "expert_lead": "Sanna Vik, independent expert on integration policy",
    "team": "City of Halberg\nCity of Ostmark\nAssociation of Migrant Women Halberg",
    "visit": (date(2026, 9, 14), date(2026, 9, 15)),
    "letter": "Please look above all at how newcomers are heard, and at what the Housing Office could do with its means.",
    "meetings": [
        ("interview", date(2026, 9, 14), time(9, 30), time(10, 30), "Deputy Mayor for Social Affairs", "City Hall", ["03", "04"]),
        ("interview", date(2026, 9, 14), time(11, 0), time(12, 0), "Head of the Housing Office", "Housing Office", ["07"]),
        ("group", date(2026, 9, 14), time(17, 30), time(19, 0), "Eight members of associations of newcomers", "Harbour Library", ["04", "07"]),
        ("site", date(2026, 9, 15), time(9, 0), time(10, 30), "Integration Desk and its users", "City Hall", ["07"]),
        ("feedback", date(2026, 9, 15), time(14, 0), time(15, 30), "Steering group of the audit", "City Hall", []),
    ],
    "interviews": [
        (0, "Deputy Mayor’s office", "The mandate ends where the other departments begin; they are asked, not told.", ["03"]),
        (1, "Housing Office", "We could record refusals. Nobody has asked us to.", ["07"]),
        (2, "Member of an association", "In 2023 they wrote down what we said. We have not seen the paper since.", ["04"]),
        (2, "Member of an association", "At the Desk I was treated like everybody. At the Housing Office the first question was my passport.", ["07"]),
    ],
    "judgements": {
        "03": ("partly", "We see it as the host does: a clear mandate with a short reach."),
        "04": ("partly", "The walks with residents of Mills are a consultation that works; the host undervalues it. A standing form is missing."),
        "07": ("not_in_place", "The policy is not carried into the service that matters most. Two departments do well by themselves."),
    },
    "conclusions": (
        "Velmora has built one very good door. Where the Integration Desk has a say, newcomers are treated as residents; "
        "where it has none, little has changed.\n\nThe walks in Mills show that the city can listen when it goes to where "
        "people live."
    ),
    "recommendations": (
        "Give the Deputy Mayor a right of co-decision in housing and public safety.\n"
        "Make a standing form of the walks in Mills, in four districts.\n"
        "Let the Housing Office record refusals from next January on."
    ),
    "feedback": (
        date(2026, 9, 15),
        "The steering group agreed to the conclusions. The Housing Office asks for a form before it begins to record.",
    ),
}  # fmt: skip

# Factor, area, title, objective, steps, responsible, due, resources, indicator, pace, state and notes, example (city).
MEASURES: list[dict[str, Any]] = [
    {
        "factor": "04",
        "area": "civic",
        "title": "Walks with residents in four districts",
        "objective": "Newcomers are heard where they live, and told what became of it.",
        "step": "Choose the districts with the associations\nFour walks a year in each\nPublish what was decided within a month",
        "responsible": "Department of Public Safety with the Department of Social Affairs",
        "due": date(2027, 3, 31),
        "resources": "12 thousand euro a year; interpreters from the Desk’s pool",
        "indicator": "Sixteen walks a year; half of those who come were not born in the country",
        "pace": "quick",
        "progress": [("under_way", "Two districts are chosen.")],
        "example": "Ghent",
    },
    {
        "factor": "04",
        "area": "civic",
        "title": "Statute of the Newcomers’ Council",
        "objective": "A standing body with the right to be heard.",
        "step": "Draft with the associations\nHearing\nDecision of the City Council",
        "responsible": "Deputy Mayor for Social Affairs",
        "due": date(2027, 12, 15),
        "resources": "One post for the secretariat",
        "indicator": "The Council has met four times by the end of 2028",
        "pace": "longer",
        "recommendation": 3,
        "example": "Nantes",
    },
    {
        "factor": "07",
        "area": "urban",
        "title": "Record refusals on the housing market",
        "objective": "The city knows how often and why newcomers are refused a flat.",
        "step": "A form of one page\nCounting at the Desk and in three NGOs\nYearly report",
        "responsible": "Housing Office",
        "due": date(2026, 10, 31),
        "resources": "Two days for the form, one hour a week",
        "indicator": "First yearly report in spring 2028",
        "pace": "quick",
        "progress": [("under_way", "The form is drafted; the NGOs have not answered yet.")],
    },
    {
        "factor": "08",
        "area": "vision",
        "title": "Training for all counters",
        "objective": "Staff with contact to the public know the law on discrimination and how to work with interpreters.",
        "step": "Two mornings for each counter, given with NGOs\nA refresher every second year",
        "responsible": "Human Resources",
        "due": date(2027, 6, 30),
        "resources": "28 thousand euro",
        "indicator": "Nine in ten of the 412 have taken part",
        "pace": "longer",
        "progress": [("planned", "The offer of Women’s Bridge is accepted.")],
        "example": "Vienna",
    },
    {
        "factor": "11",
        "area": "attitudes",
        "title": "Ask users of the services once a year",
        "objective": "The city knows whether its services treat newcomers as they treat others.",
        "step": "Five questions in six languages at all counters",
        "responsible": "",
        "due": None,
        "resources": "",
        "indicator": "",
        "pace": "quick",
    },
]

# How the city keeps commitments of the charter: code, stance, what it does.
STANCES: list[tuple[str, str, str]] = [
    ("policy_makers-1", "own", "The mayor’s declaration of 2024, read out every year."),
    ("policy_makers-2", "own", "The chapter on equality of the Integration Strategy."),
    ("policy_makers-3", "own", "One meeting in 2023; a standing form is planned."),
    ("service_providers-1", "advocated", "Language courses and health care are provided by the state; the city writes to both once a year."),
    ("service_providers-2", "own", "The Integration Desk and its pool of interpreters."),
    ("employers-2", "own", "The equal opportunities policy with its complaints body."),
    ("buyers-1", "advocated", "Larger contracts are let by a national body."),
]  # fmt: skip
