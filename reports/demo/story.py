"""The story of the demo: Velmora, a city that does not exist. Every person, figure and remark is invented.

Only data stands here; `build.py` plays it through the same actions that people use.
"""

from __future__ import annotations

from datetime import date, time

CITY = {"name": "Velmora", "authority": "Municipality of Velmora", "country": "XV", "fictional": True}

PASSWORD = "velmora-demo"

TEAM = [
    ("coordinator", "irena.vidal@velmora.example", "Irena Vidal", "Municipality of Velmora"),
    ("facilitator", "tomas.berec@welcome.example", "Tomas Berec", "Welcome Velmora"),
    ("facilitator", "amina.haddad@bridge.example", "Amina Haddad", "Women’s Bridge"),
    ("researcher", "petra.kolar@university.example", "Petra Kolar", "University of Lower Velm"),
    ("partner", "yusuf.demir@forum.example", "Yusuf Demir", "Newcomers’ Forum Velmora"),
    ("viewer", "marta.lukic@velmora.example", "Marta Lukić", "City Council of Velmora"),
    ("reviewer", "jonas.lind@halberg.example", "Jonas Lind", "City of Halberg"),
]
ADMIN = ("admin@velmora.example", "Platform administration")
OPEN_INVITATION = ("ana.maric@schools.example", "facilitator")

AUDIT = {
    "title": "Velmora City Integration Audit 2026",
    "starts_on": date(2026, 3, 1),
    "ends_on": date(2026, 12, 18),
    "language": "en",
    "other_languages": ["hr"],
    "description": (
        "The project Velmora Welcomes examines every three years how well the city integrates third-country nationals; "
        "people who have moved to Velmora are partners in every step. After the first audit of 2023 the City Council "
        "adopted an Integration Strategy. This second audit asks what has changed since, and for whom."
    ),
    "authors": (
        "Irena Vidal, Municipality of Velmora\nTomas Berec, Welcome Velmora\nAmina Haddad, Women’s Bridge\n"
        "Petra Kolar, University of Lower Velm"
    ),
    "controller": "Municipality of Velmora, Main Square 1, Velmora; integration@velmora.example",
    "disclaimer": (
        "The content of this document represents the views of the authors only and is their sole responsibility. "
        "The European Commission does not accept any responsibility for use that may be made of the information it "
        "contains."
    ),
}
PREVIOUS = {
    "title": "Velmora City Integration Audit 2023",
    "starts_on": date(2023, 3, 1),
    "ends_on": date(2023, 11, 30),
}
PARTNERS = ["Municipality of Velmora", "Welcome Velmora", "Women’s Bridge", "University of Lower Velm"]

# Topic, indicator, unit, source, values of 2022 to 2025.
YEARS = (2022, 2023, 2024, 2025)
CONTEXT = [
    (
        "population",
        "Population",
        "people",
        "National Statistical Office, population register, 31 December",
        (211840, 212610, 213450, 214380),
    ),
    ("territory", "Territory", "km²", "Land register of Velmora", (148.2, 148.2, 148.2, 148.2)),
    (
        "tcn",
        "Third-country nationals",
        "people",
        "Ministry of the Interior, residence permits, 31 December",
        (9120, 10480, 11350, 12240),
    ),
    (
        "tcn",
        "Share of third-country nationals",
        "%",
        "Calculated from the population and the residence permits",
        (4.3, 4.9, 5.3, 5.7),
    ),
    (
        "tcn",
        "People with temporary protection",
        "people",
        "Ministry of the Interior, residence permits, 31 December",
        (2940, 3210, 3150, 3020),
    ),
    ("economy", "Unemployment, all residents", "%", "Employment Service, yearly average", (7.1, 6.6, 6.2, 6.0)),
    (
        "social",
        "TCN pupils in municipal schools",
        "pupils",
        "Department of Education, school year beginning",
        (1020, 1290, 1510, 1690),
    ),
    (
        "social",
        "Households waiting for a municipal flat",
        "households",
        "Housing Office, 31 December",
        (2110, 2360, 2540, 2720),
    ),
    (
        "politics",
        "Integration budget of the city",
        "thousand euro",
        "Budgets of the City of Velmora",
        (180, 240, 310, 335),
    ),
]

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

# Area, kind, text, evidence: codes of statements over all walks.
FINDINGS = [
    ("vision", "achievement", "One desk in City Hall has replaced five offices; no statement has gained more since 2023.", ["V5", "V4"]),
    ("vision", "good_practice", "Seven libraries offer computers and internet to everybody, without papers and also on Saturdays.", ["V7"]),
    ("vision", "deficiency", "The Integration Strategy has no budget of its own; what it promises depends on projects.", ["V2", "V8"]),
    ("vision", "deficiency", "Newcomers are informed but not heard: no standing body gives them a say in policy.", ["V3"]),
    ("civic", "achievement", "Events bring communities together and are liked by all groups.", ["C5", "C7"]),
    ("civic", "deficiency", "Volunteering is closed to people without a language certificate, and its costs are not paid back.", ["C3"]),
    ("civic", "unused_resource", "Associations of newcomers would open their rooms and networks to the city; nobody has asked them.", ["C2", "C4"]),
    ("urban", "achievement", "Public transport is affordable, and stops and routes are signed in two languages.", ["U5", "U2", "U7"]),
    ("urban", "deficiency", "Affordable rental housing is the lowest of all 30 statements and the one that fell most since 2023.", ["U8"]),
    ("urban", "task", "The underpass at Mill Street and the path behind the market need light; toilets close too early.", ["U1", "U4"]),
    ("urban", "observation", "People see safety outdoors very differently: after dark it depends on who walks and where.", ["U1", "U10"]),
    ("attitudes", "deficiency", "The city does not measure what residents think, and cannot tell whether its campaigns work.", ["A1"]),
    ("attitudes", "idea", "Show newcomers in the city’s ordinary campaigns: at work, at school, on the bus.", ["A4", "A5"]),
]  # fmt: skip
COMMENTS = [
    (4, "yusuf.demir@forum.example", "We offered to name two members for the working group in 2024 and had no answer. Please say so here."),
    (9, "yusuf.demir@forum.example", "True. In the Forum, housing is the first thing that people speak about, every week."),
]  # fmt: skip

# Area, title, text, addressee, horizon, numbers of the findings on which it rests.
RECOMMENDATIONS = [
    ("vision", "Give the Strategy a budget for several years", "Enter a budget line for 2027 to 2030 and five indicators with target values; report on both each spring.", "City Council, Department of Finance", "Budget of 2027", [3]),
    ("vision", "Bring the Integration Desk to the districts", "Open the Desk twice a week in Harbour and Mills, and its pool of interpreters by telephone to all counters and schools.", "Deputy Mayor for Social Affairs", "12 months", [1, 4]),
    ("civic", "Found a Newcomers’ Council", "Fifteen elected members with the right to be heard on every strategy that names third-country nationals, a secretariat of one post, and expenses paid.", "City Council", "18 months", [4, 7]),
    ("civic", "A volunteering card without hurdles", "No proof of language, fares paid back, and a certificate that employers know.", "Department of Social Affairs, NGOs", "12 months", [6]),
    ("urban", "A rental guarantee and a lettings desk", "The city stands surety for the deposit for three years; the Housing Office mediates between landlords and tenants and records refusals.", "City Council, Housing Office", "Budget of 2027", [9]),
    ("urban", "Mend the way home", "Light the underpass at Mill Street and the path behind the market, keep three toilets open in the evening, and name one officer to whom hate crime is reported.", "Public Works, Municipal Police", "6 months", [10, 11]),
    ("attitudes", "Ask residents every two years", "A representative survey with constant questions, owned by the city and published with its data.", "Deputy Mayor for Social Affairs", "Spring 2027", [12]),
    ("attitudes", "Show the ordinary", "Newcomers as faces of ordinary campaigns, and a yearly round table with the local newsrooms.", "Press Office", "12 months", [13]),
]  # fmt: skip

# Remarks that the report quotes where their authors agree to it: in which area, and the remark.
QUOTES = [
    ("vision", "One desk, one appointment, finished. In 2022 I went to five offices."),
    ("vision", "It works in City Hall. At the Housing Office nobody knew of it."),
    ("urban", "I feel safe here. My daughter does not."),
    ("urban", "Behind the market it is dark at six."),
]

# Own texts of the report by section of the outline and slot.
TEXTS = {
    "executive_summary": {
        "opening": (
            "<p>Velmora has learned to receive newcomers well at the counter. It has not yet learned to house them, or "
            "to let them into the room where decisions are made.</p>"
        ),
        "findings": (
            "<p>The largest gain since 2023 is in <strong>city vision and services</strong>: a desk in City Hall "
            "and information in six languages. "
            "<strong>Participation</strong> moved little: events are liked, but no standing body gives "
            "newcomers a voice. The <strong>urban environment</strong> is two stories: public transport is praised, and "
            "affordable rental housing is the lowest of all statements. On <strong>attitudes</strong>, the city speaks "
            "well and does not measure what its residents think.</p>"
        ),
        "conclusions": (
            "<p>Services respond well where they have a place, staff and a budget; the strategy itself has none of its "
            "own. If the first steps are decided with the budget of 2027, the next audit in 2029 can measure them with "
            "the same 30 statements.</p>"
        ),
    },
    "introduction": {
        "project": (
            "<p>Velmora Welcomes is financed by the city’s own budget and a grant for local integration. A steering "
            "group of the four partners met every month; two of its eight members moved to Velmora less than five "
            "years ago.</p>"
        ),
    },
    "part_1": {
        "opening": (
            "<p>Since 2022 the number of third-country nationals has grown by a third, and so has the queue for a "
            "municipal flat.</p>"
        ),
        "situation": (
            "<p>Velmora is a river port and university city. Almost six in a hundred residents are third-country "
            "nationals; a quarter of them hold temporary protection. Logistics, construction and care employ most of "
            "those who work. Unemployment has fallen for all residents, while the number of households waiting for a "
            "municipal flat has grown every year.</p>"
        ),
        "responses": (
            "<p>The City Council adopted its first Integration Strategy in March 2024 by 31 votes to 9. An Integration "
            "Desk opened in City Hall in September of that year. The Deputy Mayor for Social Affairs carries the mandate "
            "and reports to the council once a year. Civil society runs language cafés in four districts with grants of "
            "the city.</p>"
        ),
        "attitudes": (
            "<p>A single survey of 1,012 residents by the University of Lower Velm in autumn 2024 found 46 per cent "
            "comfortable with migrants as neighbours, 31 per cent undecided and 23 per cent uncomfortable. Among those "
            "who know a migrant by name, 64 per cent are comfortable.</p>"
        ),
    },
    "city_tours": {
        "results": (
            "<p>Both walks led through places where newcomers live, work and seek services, with a discussion before "
            "and after. Everybody filled in a checklist of their own.</p>"
        ),
        "vision": "<p>The strongest area and the one that gained most. What works has one address and one appointment.</p>",
        "civic": "<p>Events are strong, influence is weak. Volunteering fails on papers and fares.</p>",
        "urban": (
            "<p>Getting around is easy, finding a home is not. Light and safety divide people more than anything "
            "else.</p>"
        ),
        "attitudes": "<p>The city speaks well about migrants and knows little about what its residents think.</p>",
        "groups": (
            "<p>The administration sees the city more brightly than those who have moved here, in every area.</p>"
        ),
        "before": (
            "<p>The city gained where it has reformed a service: the desk in City Hall, the strategy, and the training "
            "of the police. It lost ground where the market decides, above all on rents. Public perception of migrants "
            "was not measured in 2023 and is not measured today.</p>"
        ),
    },
    "part_3": {
        "opening": "<p>Velmora has built the front door. The next three years should open the rooms behind it.</p>",
        "conclusions": (
            "<p>Three conclusions carry the recommendations. <strong>Service reform works</strong> where it has a "
            "place, staff and a budget. <strong>Voice is missing</strong>: no statement about participation in decisions "
            "is above the middle of the scale. <strong>Housing undoes</strong> what the other areas achieve, and the "
            "city has more levers than it uses.</p>"
        ),
    },
}
