"""Two walks of this audit and one of the audit before: plans, answers, remarks, discussion, ideas."""

from __future__ import annotations

from datetime import date, time

# How the statements are meant to come out, 2026 and 2023; people scatter around it.
TARGET = {
    "V1": 3.9, "V2": 2.6, "V3": 2.4, "V4": 3.5, "V5": 3.9, "V6": 3.2, "V7": 4.4, "V8": 2.9, "C1": 2.7, "C2": 2.9, "C3": 2.2, "C4": 3.3, "C5": 3.9, "C6": 2.5,
    "C7": 3.5, "U1": 3.1, "U2": 3.7, "U3": 3.2, "U4": 2.2, "U5": 4.2, "U6": 3.7, "U7": 3.9, "U8": 1.7, "U9": 2.4, "U10": 2.9, "A1": 1.9, "A2": 3.1, "A3": 3.2,
    "A4": 3.6, "A5": 2.9,
}  # fmt: skip
TARGET_BEFORE = {
    "V1": 2.6, "V2": 2.5, "V3": 2.3, "V4": 2.7, "V5": 2.2, "V6": 3.1, "V7": 4.2, "V8": 2.4, "C1": 2.4, "C2": 2.2, "C3": 2.2, "C4": 3.2, "C5": 3.4, "C6": 2.9,
    "C7": 3.1, "U1": 2.6, "U2": 2.8, "U3": 3.0, "U4": 2.4, "U5": 4.0, "U6": 3.8, "U7": 3.3, "U8": 2.3, "U9": 2.3, "U10": 2.5, "A1": 1.9, "A2": 2.6, "A3": 2.8,
    "A4": 3.1, "A5": 2.6,
}  # fmt: skip
# Statements on which people disagree, with the width of the disagreement.
SPREAD = {"V3": 1.25, "V5": 1.15, "U1": 1.35, "U6": 1.1, "U10": 1.2, "C6": 1.15, "A4": 1.1}
USUAL_SPREAD = 0.62
# How the groups see the city, above or below the target.
LEAN = {"migrants": -0.35, "administration": 0.6, "ngo": -0.15, "mediators": -0.1, "schools": 0.1, "police": 0.5}

WALKS = [
    {
        "title": "Old Harbour",
        "date": date(2026, 10, 10),
        "starts_at": time(10, 0),
        "meeting_point": "Harbour Library, main entrance",
        "facilitator": "tomas.berec@welcome.example",
        "places": [("Harbour Library", "Reading room and internet corner"), ("Fish Market", "Stalls on the quay"), ("City Hall", "Main hall with the Integration Desk"), ("Old Port tram stop", "Lines 2 and 5")],
        "per_place": False,
        "groups": {"migrants": 5, "administration": 3, "schools": 2, "police": 1, "ngo": 2, "mediators": 1},
        "phones": 4,
    },
    {
        "title": "Station Quarter",
        "date": date(2026, 10, 17),
        "starts_at": time(14, 0),
        "meeting_point": "Central Station, east exit",
        "facilitator": "amina.haddad@bridge.example",
        "places": [("Station Square", "Bus stands and ticket office"), ("Mill Street underpass", "From the station to Mill Street"), ("Mills housing estate", "Courtyards of blocks 4 to 9")],
        "per_place": True,
        "groups": {"migrants": 4, "administration": 3, "schools": 1, "police": 1, "ngo": 2, "mediators": 1},
        "phones": 3,
    },
]  # fmt: skip
WALK_BEFORE = {
    "title": "City centre and harbour",
    "date": date(2023, 6, 3),
    "starts_at": time(10, 0),
    "meeting_point": "City Hall, main entrance",
    "facilitator": "tomas.berec@welcome.example",
    "places": [("City Hall", "Main hall"), ("Old Port", "Tram stop and quay")],
    "per_place": False,
    "groups": {"migrants": 8, "administration": 6, "schools": 3, "police": 2, "ngo": 4, "mediators": 1},
    "phones": 0,
}
BRIEFING = {
    "briefing_strategies": (
        "Velmora has an Integration Strategy for 2024 to 2030. It names third-country nationals as a target group for "
        "services, participation, housing and safety. Its action plan runs until the end of 2026."
    ),
    "briefing_resources": (
        "The city spends 335 thousand euro on integration in 2025, not counting schools and social benefits. Four people "
        "work at the Integration Desk. Eleven mediators work in schools."
    ),
    "briefing_services": (
        "Integration Desk in City Hall (information in six languages), language courses at the Harbour Library, legal "
        "advice at Welcome Velmora, a weekly meeting for women at Women’s Bridge, school mediators, seven libraries "
        "with free internet."
    ),
}

# Remarks on sheets: code, comment, suggestion.
REMARKS = [
    ("V1", "The strategy is on the website, but only in Velmorian.", "A short version in plain language and five languages."),
    ("V1", "I work for the city and read it for the first time today.", ""),
    ("V2", "Four people for twelve thousand newcomers.", "A budget for several years instead of one project after the other."),
    ("V2", "Money comes with projects and goes with projects.", ""),
    ("V3", "We were asked once, in 2023. Nobody told us what became of it.", "A council that newcomers elect."),
    ("V3", "There is a working group, and NGOs are in it.", ""),
    ("V3", "Being invited is not the same as being asked.", ""),
    ("V4", "The leaflets are in six languages. But you must first know that the office exists.", "Send a letter with the residence permit."),
    ("V4", "My mother waited three weeks for somebody who speaks Dari.", "Interpreters by telephone for all counters."),
    ("V5", "One desk, one appointment, finished. In 2022 I went to five offices.", ""),
    ("V5", "It works in City Hall. At the Housing Office nobody knew of it.", "The same desk twice a week in the districts."),
    ("V6", "The course for care workers got me my job.", ""),
    ("V7", "The computers in the library are new and nobody asks for papers.", ""),
    ("V7", "Very good, also on Saturdays.", ""),
    ("V8", "Reports are written. Who reads them?", "Five figures that everybody understands, every spring."),
    ("C1", "The citizens’ meeting was announced on a poster in one language.", ""),
    ("C2", "We got a room for our choir from the city.", ""),
    ("C3", "I wanted to help at the animal shelter. They asked for a language certificate.", "Volunteering without a certificate."),
    ("C3", "Nobody pays my bus ticket, so I cannot come.", "Pay back the fares."),
    ("C5", "The harbour festival is for everybody.", ""),
    ("C6", "When something happens, the newspaper writes where the person comes from.", "A round table with the newsroom."),
    ("C6", "The local radio is fair.", ""),
    ("C7", "The museum showed the photographs of my street.", ""),
    ("U1", "Good light on the quay since last year.", ""),
    ("U1", "Behind the market it is dark at six.", "Lamps on the path to the port."),
    ("U1", "I feel safe here. My daughter does not.", ""),
    ("U2", "Tram stops are in English too now.", ""),
    ("U4", "Closed at five, and there is no other one.", "Keep three toilets open in the evening."),
    ("U5", "One ticket for everything, and the price is on the machine.", ""),
    ("U6", "After my shift there is no tram for an hour.", "One more tram at night on line 5."),
    ("U7", "The plan is behind a scratched glass.", ""),
    ("U8", "Eleven calls. When they hear my name, the flat is gone.", "The city could vouch for the deposit."),
    ("U8", "Three families in two rooms in block 7.", ""),
    ("U8", "Landlords ask for a contract of three years that nobody gives us.", "A lettings desk at the Housing Office."),
    ("U9", "The estate waits for its playground since 2021.", ""),
    ("U10", "I reported it. They wrote down a theft.", "One person at the police whom one can ask for."),
    ("U10", "The new training of the municipal police is a beginning.", ""),
    ("A1", "Nobody ever asked us what people think of each other.", "A survey every two years with the same questions."),
    ("A3", "The campaign shows the harbour, not the people of the harbour.", ""),
    ("A4", "The mayor’s speech in May was good for us.", ""),
    ("A4", "The city’s own page shows migrants only with suitcases.", "Show people at work."),
    ("A5", "Our bus driver is from Georgia and everybody knows him.", ""),
]  # fmt: skip

CONSENSUS = [
    ("Old Harbour", "V3", "The working group exists and meets. It is not known outside, and newcomers are not in it.", "agreed", 2),
    ("Old Harbour", "V5", "Excellent in City Hall, unknown in the other offices. The group does not want to hide that behind a mean.", "no_agreement", None),
    ("Old Harbour", "U1", "The quay is well lit, the way behind the market is not. Women and men judged it differently.", "agreed", 3),
    ("Station Quarter", "U10", "The training is welcome; a clear way to report is missing.", "agreed", 2),
]  # fmt: skip

IDEAS = [
    ("Old Harbour", "vision", "Open the Integration Desk twice a week in the districts."),
    ("Old Harbour", "vision", "Send a welcome letter in six languages with every residence permit."),
    ("Old Harbour", "civic", "Volunteering without a language certificate, with fares paid back."),
    ("Station Quarter", "civic", "A council that newcomers elect, heard before the City Council decides."),
    ("Station Quarter", "urban", "Light the underpass and the path to the port; keep three toilets open in the evening."),
    ("Station Quarter", "urban", "A lettings desk and a guarantee of the deposit for the first three years."),
    ("Station Quarter", "attitudes", "A survey of residents every two years with the same questions."),
    ("Old Harbour", "attitudes", "Newcomers in the city’s ordinary campaigns, at work and at school."),
]  # fmt: skip
