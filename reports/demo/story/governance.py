"""Who governs integration: six institutions and a missing one, and how they work together."""

from __future__ import annotations

from typing import Any

INSTITUTIONS: list[dict[str, Any]] = [
    {
        "key": "council",
        "name": "City Council",
        "kind": "council",
        "level": "decide",
        "note": "Committee on Social Policy",
        "mandate": "Adopts strategies and the budget.",
        "tcn_mandate": "partly",
        "tcn_mandate_text": "The Committee on Social Policy reads the yearly report on integration.",
        "urban_security": "partly",
        "responsibilities": "Decides on the Community Safety Programme.",
        "strengths": "Adopted the Strategy with a broad majority.",
        "weaknesses": "Has not decided on money for it.",
    },
    {
        "key": "deputy",
        "name": "Deputy Mayor for Social Affairs",
        "kind": "leadership",
        "level": "decide",
        "reports_to": "council",
        "note": "integration mandate",
        "mandate": "Carries the integration mandate and leads the services.",
        "tcn_mandate": "yes",
        "tcn_mandate_text": "Steers the Integration Strategy and reports to the Council once a year.",
        "urban_security": "no",
        "capacity": "partly",
        "capacity_text": "Authority over social services and schools, none over housing and public safety.",
        "strengths": "A short and clear line to the Integration Desk.",
        "improvement": "A say in housing and public safety.",
    },
    {
        "key": "social",
        "name": "Department of Social Affairs",
        "kind": "department",
        "level": "deliver",
        "reports_to": "deputy",
        "note": "Integration Desk",
        "mandate": "Social services and the Integration Desk.",
        "tcn_mandate": "yes",
        "urban_security": "no",
        "responsibilities": "Information, appointments and advice for newcomers in six languages.",
        "cooperation": "Monthly case conference with seven NGOs.",
        "barriers": "Consultation takes place in Velmorian and during working hours.",
        "capacity": "partly",
        "capacity_text": "Four permanent posts for twelve thousand people.",
        "strengths": "Permanent posts and one address.",
    },
    {
        "key": "housing",
        "name": "Housing Office",
        "kind": "department",
        "level": "deliver",
        "reports_to": "council",
        "mandate": "Municipal flats and the waiting list.",
        "tcn_mandate": "no",
        "urban_security": "no",
        "capacity": "no",
        "capacity_text": "No staff with training or languages; refusals on the private market are not recorded.",
        "weaknesses": "No mandate for the service that matters most to newcomers.",
        "improvement": "Mediation between landlords and tenants.",
    },
    {
        "key": "safety",
        "name": "Department of Public Safety with Municipal Police",
        "kind": "municipal_police",
        "level": "deliver",
        "reports_to": "council",
        "mandate": "Order and safety in public places.",
        "tcn_mandate": "no",
        "tcn_mandate_text": "The Community Safety Programme does not mention third-country nationals.",
        "urban_security": "yes",
        "responsibilities": "Patrols, prevention, first contact after an incident; crime is for the national police.",
        "measures": "Evening patrols at the station and the port since 2024; a training on hate crime in 2026.",
        "cooperation": "Meets residents of Mills four times a year; no regular contact with NGOs of newcomers.",
        "capacity": "partly",
        "capacity_text": "Enough patrols; two of sixty officers speak a language of newcomers.",
        "weaknesses": "Hate crime is not recorded separately.",
        "improvement": "One officer to whom people can turn by name.",
    },
    {
        "key": "ngos",
        "name": "NGOs of the case conference",
        "kind": "ngo",
        "level": "consult",
        "note": "7 organisations",
        "mandate": "Advice, language, meeting places; by agreements with the city.",
        "tcn_mandate": "yes",
        "urban_security": "no",
        "strengths": "Bound in by agreements and by a monthly conference.",
        "weaknesses": "Paid by yearly grants.",
    },
    {
        "key": "forum",
        "name": "Council of newcomers",
        "kind": "body",
        "level": "consult",
        "exists": False,
        "improvement": "A standing body through which third-country nationals take part in decisions.",
    },
]

PARTNERSHIPS: list[dict[str, Any]] = [
    {
        "title": "Agreements with seven NGOs",
        "kind": "partnership",
        "standing": True,
        "institutions": ["social", "ngos"],
        "tcn": "low",
        "in_implementation": True,
        "text": "The NGOs give advice and courses for the city; two of the seven were founded by newcomers.",
    },
    {
        "title": "Monthly case conference",
        "kind": "cooperation",
        "standing": True,
        "institutions": ["social", "ngos"],
        "others": "School mediators, Employment Service",
        "tcn": "low",
        "in_implementation": True,
        "in_assessment": True,
        "text": "Single cases and what they show of the services.",
    },
    {
        "title": "Safety walks of the municipal police with residents of Mills",
        "kind": "cooperation",
        "institutions": ["safety"],
        "others": "Tenants of the Mills estate",
        "tcn": "medium",
        "in_planning": True,
        "text": "Four times a year; lamps and paths are decided on the way.",
    },
    {
        "title": "Consultation on the Integration Strategy",
        "kind": "consultation",
        "institutions": ["deputy", "social", "ngos"],
        "tcn": "low",
        "in_planning": True,
        "text": "One meeting in 2023; nobody was told what became of it.",
    },
    {
        "title": "Standing consultation of third-country nationals",
        "kind": "consultation",
        "exists": False,
        "institutions": ["forum"],
        "tcn": "none",
        "text": "No body and no procedure lets newcomers take part in planning, carrying out and assessing policy.",
    },
]

GOVERNANCE = {
    "strengths": (
        "A short and clear line from the Council to the Integration Desk\n"
        "Four permanent posts, independent of projects\n"
        "NGOs bound in by agreements and a monthly conference"
    ),
    "weaknesses": (
        "Housing and public safety have no mandate for third-country nationals\n"
        "No budget line for the Strategy\n"
        "Third-country nationals are heard in projects only"
    ),
}
