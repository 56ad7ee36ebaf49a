"""Two focus groups: how they were planned, who was invited, who sat there, the places that they named."""

from __future__ import annotations

from datetime import date, time
from typing import Any

TOPICS = (
    "Who has moved to Velmora: figures, and what people guess\n"
    "What the city does for integration, and how well it works\n"
    "Social and cultural services: what there is, what is missing\n"
    "Good practice of NGOs and of the city"
)

# Invitees: target group, gender, name, organisation (or key of the register), mail, answer, came.
# Seats: stakeholder group, gender, age, agrees to quotation. All agree to take part, none was recorded.
GROUPS: list[dict[str, Any]] = [
    {
        "key": "institutions",
        "title": "Institutions at one table",
        "kind": "institutional",
        "date": date(2026, 5, 21),
        "starts_at": time(9, 30),
        "minutes": 105,
        "venue": "City Hall, room 12",
        "moderator": "Irena Vidal",
        "rapporteur": "Petra Kolar",
        "topics": TOPICS,
        "access": "Lift at the side entrance; toilet without steps on the same floor.",
        "invited_on": date(2026, 5, 4),
        "deleted_on": date(2026, 6, 21),
        "invitees": [
            ("government", "woman", "", "deputy", "", "yes", True),
            ("government", "woman", "", "council", "", "yes", True),
            ("administration", "man", "", "desk", "", "yes", True),
            ("administration", "woman", "", "housing", "", "yes", True),
            ("administration", "man", "", "employment", "", "yes", True),
            ("administration", "woman", "", "library", "", "no", None),
            ("police", "man", "", "police", "", "yes", True),
            ("police", "man", "", "police", "", "yes", True),
            ("schools", "woman", "", "mills_school", "", "yes", True),
            ("schools", "man", "", "college", "", "maybe", True),
            ("schools", "woman", "", "", "", "no", None),
        ],
        "seats": [
            ("administration", "woman", "45_64", True),
            ("administration", "woman", "45_64", False),
            ("administration", "man", "30_44", True),
            ("administration", "woman", "30_44", True),
            ("administration", "man", "45_64", True),
            ("police", "man", "30_44", True),
            ("police", "man", "45_64", False),
            ("schools", "woman", "45_64", True),
            ("schools", "woman", "30_44", True),
        ],
        "levels": {"none": 0, "low": 3, "medium": 6, "high": 0},
    },
    {
        "key": "communities",
        "title": "Communities and NGOs",
        "kind": "community",
        "date": date(2026, 11, 5),
        "starts_at": time(10, 0),
        "minutes": 120,
        "venue": "Women’s Bridge, ground floor",
        "moderator": "Amina Haddad",
        "rapporteur": "Tomas Berec",
        "topics": TOPICS,
        "childcare": "In the next room, free of charge",
        "interpreters": "Arabic, Dari, Ukrainian",
        "expenses": "Tickets and lost working hours",
        "payment": "A voucher of 30 euro for everybody who does not come as part of their work",
        "access": "No steps, seats with backs, breaks when somebody asks for one.",
        "invited_on": date(2026, 10, 14),
        "deleted_on": None,
        "invitees": [
            ("tcn", "man", "Farid Rahimi", "teahouse", "farid@teahouse.example", "yes", True),
            ("tcn", "woman", "Oksana Melnyk", "dnipro", "oksana@dnipro.example", "yes", True),
            ("tcn", "man", "Samuel Tesfay", "forum", "samuel@forum.example", "yes", True),
            ("tcn", "woman", "Nino Beridze", "forum", "nino@forum.example", "yes", True),
            ("tcn", "woman", "Rana Al-Sayed", "bridge", "rana@bridge.example", "yes", True),
            ("tcn", "man", "Bilal Noori", "teahouse", "bilal@teahouse.example", "no", None),
            ("ngos", "woman", "Jana Horn", "tenants", "jana@tenants.example", "yes", True),
            ("ngos", "man", "Stefan Roth", "welcome", "stefan@welcome.example", "yes", True),
            ("ngos", "man", "David Klein", "", "david@language-cafe.example", "yes", True),
            ("mediators", "woman", "Leila Osman", "mediators", "leila@mediators.example", "yes", True),
            ("mediators", "man", "Hassan Yilmaz", "mediators", "hassan@mediators.example", "yes", True),
        ],
        "seats": [
            ("migrants", "man", "45_64", True),
            ("migrants", "woman", "30_44", True),
            ("migrants", "man", "30_44", False),
            ("migrants", "woman", "18_29", True),
            ("migrants", "woman", "45_64", True),
            ("ngo", "woman", "45_64", True),
            ("ngo", "man", "30_44", True),
            ("ngo", "man", "30_44", True),
            ("mediators", "woman", "30_44", True),
            ("mediators", "man", "18_29", False),
        ],
        "levels": {"none": 0, "low": 5, "medium": 5, "high": 0},
    },
]

PLAN = {"title": "Velmora, schematic plan", "source": "Drawn for the demonstration; the city is invented."}
# Group, place, from the left and from the top in thousandths, safety issue, recommendation, published.
HOT_SPOTS: list[tuple[str, str, int, int, str, str, bool]] = [
    ("communities", "Mill Street underpass", 640, 610, "Dark after six; women take the long way round, and drivers have been followed.", "Lamps that stay on all night, and a mirror at the bend.", True),
    ("communities", "Path behind the Fish Market", 270, 380, "No lamps between the market and the port; insults were shouted at people coming from the late shift.", "Light the path first in the plan of the Development Plan.", True),
    ("communities", "Courtyard of block 7", 800, 690, "Quarrels at night, which the neighbours fear to report.", "One officer who is known by name.", False),
]  # fmt: skip
