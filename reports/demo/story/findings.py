"""What the team made of it: findings, comments, recommendations."""

from __future__ import annotations

# Area, kind, text, evidence: codes of statements over all walks.
FINDINGS = [
    ("vision", "achievement", "One desk in City Hall replaced five offices: the largest gain of all.", ["V5", "V4"]),
    ("vision", "good_practice", "Seven libraries offer computers and internet to all, without papers.", ["V7"]),
    ("vision", "deficiency", "The Integration Strategy has no budget of its own, only projects.", ["V2", "V8"]),
    ("vision", "deficiency", "Newcomers are informed but not heard: no standing body asks them.", ["V3"]),
    ("civic", "achievement", "Events bring communities together and are liked by all groups.", ["C5", "C7"]),
    ("civic", "deficiency", "Volunteering asks for a language certificate and pays no costs.", ["C3"]),
    ("civic", "unused_resource", "Associations of newcomers would open their rooms; nobody has asked.", ["C2", "C4"]),
    ("urban", "achievement", "Public transport is affordable, and signed in two languages.", ["U5", "U2", "U7"]),
    ("urban", "deficiency", "Affordable rental housing is the lowest of all, and fell most.", ["U8"]),
    ("urban", "task", "Mill Street and the market path need light; toilets close too early.", ["U1", "U4"]),
    ("urban", "observation", "How safe people feel after dark depends on who walks, and where.", ["U1", "U10"]),
    ("attitudes", "deficiency", "The city measures neither what residents think nor its campaigns.", ["A1"]),
    ("attitudes", "idea", "Show newcomers in ordinary campaigns: at work, school, on the bus.", ["A4", "A5"]),
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
