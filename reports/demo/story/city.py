"""The city, its team, its audits and its figures."""

from __future__ import annotations

from datetime import date

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
