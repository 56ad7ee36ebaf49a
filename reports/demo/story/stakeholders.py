"""The register of stakeholders, and how the city plans participation. Organisations and people are invented."""

from __future__ import annotations

from datetime import date
from typing import Any

# Key, name, kind, sector, target group, migrant-led, who acts for it, position, what it is involved in, power, interest,
# answers to the four selection questions (y, n or - for not known), arguments.
STAKEHOLDERS: list[tuple[Any, ...]] = [
    ("council", "Committee on Social Policy of the City Council", "function", "public", "government", "no", "Marta Lukić", "Chair of the committee", "Reads the yearly report on integration.", 5, 3, "ynyn", "The next budget decides whether the Strategy can be carried out."),
    ("deputy", "Deputy Mayor for Social Affairs", "function", "public", "government", "no", "Helena Brandt", "Deputy Mayor", "Steers the Integration Strategy.", 5, 4, "yyyy", ""),
    ("desk", "Integration Desk", "organisation", "public", "administration", "no", "Luka Weiss", "Head of the desk", "Information and appointments in six languages.", 3, 5, "yyny", ""),
    ("housing", "Housing Office", "organisation", "social", "administration", "no", "Silvia Moreau", "Head of allocations", "", 4, 2, "nnyy", "Fewer families in emergency flats is a gain of the office too."),
    ("employment", "Employment Service, Velmora branch", "organisation", "work", "administration", "no", "Viktor Amsel", "Adviser for newcomers", "Monthly case conference.", 3, 3, "yyn-", ""),
    ("police", "Municipal Police, prevention unit", "organisation", "safety", "police", "no", "Daniel Korda", "Head of the unit", "Safety walks with residents of Mills.", 4, 3, "nyyy", "People who know an officer by name report what happens to them."),
    ("mills_school", "Mills Primary School", "organisation", "education", "schools", "no", "Eva Lindqvist", "Head teacher", "School mediators since 2023.", 2, 4, "yyny", ""),
    ("college", "Harbour Vocational College", "organisation", "education", "schools", "no", "Peter Novak", "Deputy head", "Evening courses of the language.", 2, 3, "y-ny", ""),
    ("library", "Harbour Library", "organisation", "culture", "administration", "no", "Clara Benedek", "Librarian", "Internet corner, language café.", 2, 4, "yyn-", ""),
    ("clinic", "Riverside Health Centre", "organisation", "health", "other", "no", "Ines Falk", "Practice manager", "", 3, 2, "n--y", "Interpreters by telephone shorten every visit."),
    ("forum", "Newcomers’ Forum Velmora", "organisation", "community", "tcn", "yes", "Yusuf Demir", "Spokesperson", "Consultation on the Strategy in 2023.", 2, 5, "nyyy", "A council that newcomers elect has been the Forum’s aim from the first day."),
    ("bridge", "Women’s Bridge", "organisation", "community", "ngos", "yes", "Amina Haddad", "Director", "Weekly meeting for women, childcare, advice.", 2, 5, "yyny", ""),
    ("teahouse", "Teahouse at the Mills", "organisation", "community", "tcn", "yes", "Farid Rahimi", "Founder", "Opens its rooms for homework on Wednesdays.", 1, 4, "nyny", "It reaches men who come to no office."),
    ("dnipro", "Dnipro Saturday School", "organisation", "education", "tcn", "yes", "Oksana Melnyk", "Teacher", "Lessons in Ukrainian for ninety children.", 1, 4, "n-ny", ""),
    ("welcome", "Welcome Velmora", "organisation", "civil", "ngos", "no", "Tomas Berec", "Coordinator", "Legal advice under an agreement with the city.", 2, 5, "yyny", ""),
    ("tenants", "Tenants’ Association of Velmora", "organisation", "civil", "ngos", "", "Jana Horn", "Adviser", "", 2, 3, "n--y", "Refusals on the telephone are a matter for every tenant."),
    ("mediators", "School and health mediators", "function", "social", "mediators", "yes", "Leila Osman", "Speaks for the eleven mediators", "Paid by the Action Plan until the end of 2026.", 1, 5, "yyny", "They hear first what nobody writes down."),
    ("radio", "Radio Velm", "organisation", "media", "other", "no", "Marc Oliver", "Editor", "", 3, 2, "n---", "Reports at eye level have brought new listeners."),
    ("carriers", "Velm Port Carriers", "organisation", "work", "other", "no", "Robert Szabo", "Head of personnel", "", 3, 2, "n-y-", "One in three of its drivers has moved here."),
]  # fmt: skip

# Stage of the guide, what is done, tool, with whom, from, until, state, who, note.
STEPS: list[tuple[Any, ...]] = [
    ("stage-1", "Two focus groups, one with institutions, one with communities and NGOs", "", ("desk", "forum", "bridge", "mediators"), date(2026, 4, 1), date(2026, 11, 5), "done", "Irena Vidal", "Both summaries were confirmed at the table."),
    ("stage-1", "Community researchers ask about looking for a flat", "community_researchers", ("forum", "tenants", "teahouse"), date(2026, 9, 1), date(2026, 12, 15), "under_way", "Petra Kolar", "Six people trained, four of them paid by the hour."),
    ("stage-2", "Dialogue on the first four recommendations of the audit", "citizens_dialogues", ("council", "deputy", "housing", "forum", "bridge"), date(2027, 1, 20), date(2027, 2, 20), "open", "Irena Vidal", "In the Harbour Library, on a Saturday, with childcare."),
    ("stage-2", "Draft of a Newcomers’ Council with those who would sit in it", "", ("forum", "teahouse", "dnipro", "deputy"), date(2027, 3, 1), date(2027, 6, 30), "open", "Helena Brandt", ""),
    ("stage-3", "Newcomers test the counters of three offices", "mystery_shoppers", ("desk", "housing", "clinic"), date(2027, 9, 1), date(2027, 10, 31), "open", "Luka Weiss", "What is found is told to the offices first."),
    ("stage-4", "Forum theatre on the way home after dark, before the next audit", "forum_theatre", ("police", "bridge", "mills_school"), date(2028, 10, 1), None, "open", "Amina Haddad", ""),
]  # fmt: skip

# Checklist, point, state, who, note.
POINTS: list[tuple[str, str, str, str, str]] = [
    ("policy_cycle", "item-1", "done", "Petra Kolar", "Community researchers are paid as experts."),
    ("policy_cycle", "item-2", "under_way", "Irena Vidal", "Consulted once in 2023; the audit asks twice and answers."),
    ("policy_cycle", "item-3", "open", "", "Evaluation has no participants yet."),
    ("policy_cycle", "item-4", "done", "Tomas Berec", "Forum and Women’s Bridge speak for those who cannot come."),
    ("stakeholder_engagement", "item-1", "open", "Helena Brandt", "Needs a decision of the Council."),
    ("stakeholder_engagement", "item-2", "under_way", "Irena Vidal", "Five of nineteen in the register are led by migrants."),
    ("stakeholder_engagement", "item-4", "done", "Irena Vidal", ""),
    ("stakeholder_engagement", "item-6", "open", "", "One post is asked for in the budget of 2027."),
    ("codesign_tips", "item-1", "done", "Irena Vidal", ""),
    ("codesign_tips", "item-4", "under_way", "Amina Haddad", "A letter in six languages after each meeting."),
    ("codesign_tips", "item-6", "under_way", "Amina Haddad", "See outreach: men on night shifts, people without papers."),
    ("codesign_tips", "item-13", "open", "Irena Vidal", ""),
]  # fmt: skip

# Barrier, who is missing, tips, what is done, state, who, until.
OUTREACH: list[tuple[Any, ...]] = [
    ("practical", "Men who work nights at the port", ("go_there", "space_and_time"), "Meet at the canteen of the carriers at six in the morning, with breakfast.", "done", "Tomas Berec", date(2026, 10, 30)),
    ("legal_status", "People without a residence permit", ("ambassadors", "different_ways"), "Ask through Welcome Velmora; no names, no lists, no officials in the room.", "under_way", "Tomas Berec", date(2026, 12, 1)),
    ("language", "Older women who speak Dari or Tigrinya alone", ("plain_language", "ambassadors"), "Two mediators interpret; the questions are sent as voice messages before.", "done", "Leila Osman", date(2026, 11, 1)),
    ("gender", "Mothers of small children", ("childcare", "space_and_time"), "Groups in the morning, with childcare in the next room.", "done", "Amina Haddad", date(2026, 11, 5)),
    ("age", "Young people between school and work", ("social_media", "different_ways"), "Short films with the Vocational College.", "open", "Peter Novak", date(2027, 2, 1)),
    ("disability", "People who cannot climb the stairs of our usual rooms", ("space_and_time",), "Only rooms without steps; transport is paid.", "done", "Irena Vidal", date(2026, 5, 1)),
]  # fmt: skip
