"""What the team made of the two focus groups: summaries that were read out, results by question and area, conclusions."""

from __future__ import annotations

from typing import Any

# What was read out at the end, what participants changed, what they said of it.
SUMMARIES: dict[str, tuple[str, str, str]] = {
    "institutions": (
        "One address for newcomers works, and it rests on four people. Housing undoes what other services achieve. "
        "Nobody has figures that all offices may use. Without a budget line of its own the Strategy stays a promise.",
        "",
        "confirmed",
    ),
    "communities": (
        "The city has become easier to ask and not easier to live in. A home, the way home after dark and a say in "
        "decisions were what moved us most. Mediators, the library and Women’s Bridge are what works.",
        "“Easier to ask” is true for those who know where; for people without papers nothing has become easier.",
        "with_changes",
    ),
}

# Group, question, codes, what was said.
QUESTIONS: dict[str, list[tuple[str, tuple[str, ...], str]]] = {
    "institutions": [
        ("vision-1", ("skills",), "Seen as positive where staff is short, as neutral by the police, who do not count by origin."),
        ("vision-2", ("address", "home"), "Services are easier to reach; housing takes back what they achieve."),
        ("vision-3", ("figures",), "Each office has figures of its own. Nobody can say who stays, learns or leaves."),
        ("vision-4", ("money", "skills"), "The Action Plan is known and used. A third of its measures end with projects."),
        ("vision-5", ("language", "mediators"), "Good at the desk and in schools, thin at the other counters."),
        ("urban-1", ("dark",), "Station Square and the port are patrolled. No link between crime and newcomers is seen."),
        ("urban-2", ("trust",), "Little is reported, above all of hate crime, and nobody knows how little."),
        ("urban-3", ("trust",), "A known officer in each district."),
        ("civic-1", ("voice",), "Newcomers are invited late, when papers are finished."),
        ("civic-2", ("meeting",), "Festivals and open days, well attended by long-term residents too."),
        ("civic-3", (), "Medium for most. Low for those who see who is missing at the table."),
        ("attitudes-1", ("address", "mediators"), "The Integration Desk and the school mediators."),
        ("attitudes-2", ("image",), "Campaigns are run and not measured; changes in the neighbourhood are not explained."),
        ("attitudes-3", ("money", "home"), "A budget line, and a guarantee for deposits."),
    ],
    "communities": [
        ("vision-1", ("image", "meeting"), "A value that is lived every day and rarely said aloud."),
        ("vision-2", ("home", "language", "money"), "Better than in 2022, until one looks for a flat."),
        ("vision-3", ("figures",), "Guesses near the register’s figure; languages are counted nowhere."),
        ("vision-4", ("address", "answer", "mediators"), "The desk is praised. Whoever took part in 2023 waits for an answer."),
        ("vision-5", ("language", "care", "meeting"), "Libraries, Women’s Bridge; courses at hours that exclude mothers."),
        ("urban-1", ("dark",), "The underpass at Mill Street and the path behind the Fish Market."),
        ("urban-2", ("trust", "dark"), "Insults and assaults that are not reported; checks that are felt as unjust."),
        ("urban-3", ("dark", "trust"), "Light, and an officer whom one knows."),
        ("civic-1", ("voice", "language"), "Guests at meetings about themselves."),
        ("civic-2", ("meeting",), "Saturday school, courtyard kitchens, the tea house; the city has not asked for its rooms."),
        ("civic-3", ("skills",), "Low for half, medium for the others; work below one’s skills weighs more than anything."),
        ("attitudes-1", ("address", "mediators"), "The desk, mediators in schools."),
        ("attitudes-2", ("image",), "Shown with suitcases, blamed for rents."),
        ("attitudes-3", ("home", "voice", "money"), "A guarantee to landlords, an elected council, contracts for mediators."),
    ],
}  # fmt: skip

# By group and area: enough information, what was lacking (statistics, knowledge, overall), why, results, recommendations.
AREAS: dict[str, dict[str, tuple[Any, ...]]] = {
    "institutions": {
        "vision": ("partly", (True, False, False), "Each office keeps figures of its own and may not share them.", "One address for all offices works. Housing has no part in it, and a third of the measures end with projects.", "A budget line for the Strategy; one yearly table of figures that all offices may use."),
        "civic": ("partly", (False, True, False), "Nobody present had taken part in a consultation.", "Newcomers are invited when papers are finished. Parents come when they are called by name.", "Invite before the first draft is written, and answer afterwards."),
        "urban": ("lacking", (True, False, False), "Hate crime is not recorded separately.", "The places that feel unsafe are dark for everybody. Little is reported, and nobody knows how little.", "A known officer in each district; a separate record of hate crime."),
        "attitudes": ("lacking", (True, True, False), "What residents think has not been asked since 2024.", "Campaigns are run and not measured. Rumours fill the gap where changes are not explained.", "Tell a neighbourhood what changes, and why, before it changes."),
    },
    "communities": {
        "vision": ("enough", (False, False, False), "", "Easier to ask, not easier to live: the desk and the library are praised, a flat is out of reach, courses exclude mothers.", "Interpreters by telephone at all counters; courses in the morning, with childcare."),
        "civic": ("enough", (False, False, False), "", "Guests at meetings about themselves; those who gave their Saturday in 2023 never had an answer. Associations offer rooms.", "A council that newcomers elect; a letter after every consultation that says what became of it."),
        "urban": ("partly", (False, True, False), "How a report to the police goes on was not known.", "Two ways home are avoided after dark. Assaults are not reported, since nobody expects anything of it.", "Lamps that stay on all night; an officer who comes for tea first."),
        "attitudes": ("partly", (True, False, False), "The survey of 2024 was not known.", "The pictures show arrival and never life. Rents are told as a story about newcomers.", "Show people at work and at home; meet the newsrooms once a year."),
    },
}  # fmt: skip

# By group: codes and words on what stirred most interest, then successes, challenges, conclusions, recommendations.
CONCLUSIONS: dict[str, dict[str, Any]] = {
    "institutions": {
        "codes": ("home", "figures", "money"),
        "interest": "Housing came back under every question. The longest exchange was on figures that may not be shared.",
        "successes": "The Integration Desk: one appointment for all offices\nSchool mediators, and fewer children who leave early",
        "challenges": "No budget line for the Strategy\nNo common figures\nNewcomers are asked when papers are finished",
        "conclusions": "What has an address and a budget works\nHousing has to become part of the Strategy",
        "recommendations": "Enter a budget line for the Strategy\nStand surety for deposits, fifty families first\nName an officer for each district",
    },
    "communities": {
        "codes": ("home", "voice", "dark"),
        "interest": "The closed door of the landlord, the way home, and meetings about people without them: here everybody spoke.",
        "successes": "Libraries and Women’s Bridge, which ask for no papers\nThe desk, with interpreters",
        "challenges": "No flat, whatever one earns\nAssaults that nobody reports\nConsultation without an answer",
        "conclusions": "People trust what answers them\nAssociations are partners who have not been asked",
        "recommendations": "A council that newcomers elect\nLight the underpass and the path to the port\nCourses with childcare\nLonger contracts for mediators",
    },
}  # fmt: skip

# Area, kind, text, group and numbers of its notes (from 1) from which it was made.
GROUP_FINDINGS: list[tuple[str, str, str, list[tuple[str, int]]]] = [
    ("civic", "deficiency", "Nobody who was consulted in 2023 has heard what became of it.", [("communities", 10), ("communities", 24)]),
    ("vision", "deficiency", "Offices may not share figures: nobody knows who stays or leaves.", [("institutions", 5), ("institutions", 6)]),
    ("urban", "deficiency", "Assaults are seldom reported: those affected expect nothing of it.", [("communities", 19), ("institutions", 13)]),
]  # fmt: skip
# What the report quotes, where whoever said it agrees to be quoted.
GROUP_QUOTE = "We are guests at meetings about ourselves."
