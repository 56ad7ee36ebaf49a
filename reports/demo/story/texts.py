"""The team’s own texts of the report, and whom it quotes."""

from __future__ import annotations

# Remarks that the report quotes where their authors agree to it: in which area, and the remark.
QUOTES = [
    ("vision", "One desk, one appointment, finished. In 2022 I went to five offices."),
    ("vision", "It works in City Hall. At the Housing Office nobody knew of it."),
]

# Live blocks that the coordinator takes out so that Part II keeps to its pages; the annexes have what they show.
REMOVED = ["desk_research.provisions", "photovoice.achievements.photos", "photovoice.way_ahead.photos"]

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
        "vision": "<p>The area that gained most: what works has one address and one appointment.</p>",
        "civic": "<p>Events are strong, influence is weak. Volunteering fails on papers and fares.</p>",
        "urban": (
            "<p>Getting around is easy, finding a home is not. Light and safety divide people more than anything "
            "else.</p>"
        ),
        "attitudes": "<p>The city speaks well and knows little of what its residents think.</p>",
        "before": "<p>The city gained where it reformed a service, and lost ground where the market decides.</p>",
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
