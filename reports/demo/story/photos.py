"""Photovoice beside the walk through the Old Harbour: who took photos, what they show and say, what the review made of them."""

from __future__ import annotations

from datetime import time
from typing import Any

ACTIVITY: dict[str, Any] = {
    "title": "Between harbour and station",
    "walk": "Old Harbour",
    "facilitator": "amina.haddad@bridge.example",
    "starts_at": time(10, 0),
    "ends_at": time(13, 0),
    "meeting_point": "Harbour Library, main entrance",
    "final_point": "Women’s Bridge, ground floor",
    "target": 24,
    "asks_place": True,
    "childcare": "At Women’s Bridge, free of charge",
    "interpreters": "Arabic, Ukrainian",
    "expenses": "Tickets of the city’s transport and mobile data",
    "access": "All places without steps; rest every 20 minutes",
}

# Name as it stands below a photo ("" for none), stakeholder group, gender, age band, agrees to publication. The first four
# are those who score the walk on their phones; what they said there about themselves holds here too.
PHOTOGRAPHERS: list[tuple[str, str, str, str, bool]] = [
    ("Samira O.", "", "", "", True),
    ("Luka P.", "", "", "", True),
    ("Dana K.", "", "", "", True),
    ("", "", "", "", True),
    ("Oleksandra B.", "migrants", "woman", "30_44", True),
    ("Yusuf A.", "migrants", "man", "18_29", True),
    ("Rana S.", "migrants", "woman", "45_64", True),
    ("Petro H.", "migrants", "man", "65_up", True),
    ("Nino G.", "migrants", "woman", "18_29", True),
    ("Farid N.", "migrants", "man", "45_64", True),
    ("Selam T.", "migrants", "woman", "18_29", True),
    ("Iva D.", "ngo", "woman", "30_44", True),
    ("Mamadou D.", "migrants", "man", "30_44", True),
    ("", "migrants", "woman", "65_up", True),
    ("Tamar K.", "migrants", "woman", "65_up", True),
    ("Bilal R.", "migrants", "man", "30_44", False),
    ("Karel V.", "administration", "man", "45_64", True),
    ("Stefan R.", "ngo", "man", "65_up", True),
    ("Hassan Y.", "mediators", "man", "30_44", True),
    ("Jana L.", "schools", "woman", "30_44", True),
    ("", "migrants", "woman", "65_up", True),
    ("Eva S.", "ngo", "woman", "18_29", True),
    ("Milan F.", "administration", "man", "65_up", True),
    ("Abeba W.", "mediators", "woman", "18_29", True),
]
# Photographers without a phone: the team takes their photos in.
HANDED_IN = {14, 21}

# By (from 1), scene, variant, light, theme, category of the review, title, words, what can be seen. After that, what is not as usual:
# "own" language, title and words, of which those above are the translation; "use" and "people"; what nobody has "asked" yet;
# "mark" on the plan in thousandths; "hidden" and why; parts to "blur"; "late"; "tall". Usual is: the author's own, with the name above, for the report, nobody can be recognised.
PHOTOS: list[tuple[int, str, int, str, str, str, str, str, str, dict[str, Any]]] = [
    (1, "counter", 0, "day", "improvement", "most_common", "Nine in the morning", "Three counters, one is open. We wait for two hours.", "A long queue before three counters; the shutters of two are down.", {"mark": (450, 350)}),
    (1, "library", 0, "day", "friendly", "achievements", "Nobody asks for papers", "The computers are for everybody, also on Saturdays.", "Four people work at computers in a library.", {"mark": (220, 300), "use": "all"}),
    (1, "door", 0, "day", "improvement", "most_common", "Tuesday, nine to eleven", "Two hours a week, and I work on Tuesdays.", "Somebody stands before a closed door; a sheet on it says: DI, 9 to 11.", {}),
    (2, "tram", 0, "day", "friendly", "achievements", "One ticket for everything", "Line 5 takes me to work, to the course and to the sea.", "A red tram with passengers at a stop; two people wait.", {"mark": (180, 500)}),
    (2, "quay", 0, "day", "friendly", "achievements", "New light on the quay", "Since last year we can sit here in the evening.", "Three people below new lamps at the water.", {"mark": (130, 430), "use": "all"}),
    (2, "market", 2, "grey", "improvement", "urgent", "Behind the stalls", "The shortest way home from the late shift.", "A narrow path behind closed market stalls; the only lamp is broken.", {"mark": (270, 380)}),
    (3, "sign", 0, "grey", "improvement", "most_common", "Three words", "All of them are important, and I knew none of them.", "A signpost with three words in one language and somebody who looks at it.", {}),
    (3, "table", 0, "day", "friendly", "achievements", "Language café", "Nobody corrects you before you have finished.", "Five people with cups sit at a long table.", {"use": "all"}),
    (4, "underpass", 0, "day", "improvement", "urgent", "Mill Street, five lamps", "One of them works.", "A dark underpass with one lamp at its end and a person far away.", {"mark": (640, 610)}),
    (4, "waiting", 0, "day", "improvement", "most_common", "Number 87", "I have number 131.", "Six people on a row of chairs below a clock; a display shows 087.", {"people": "", "asked": "people"}),
    (5, "bus", 0, "day", "friendly", "achievements", "The driver got out", "He put out the ramp and waited until we sat.", "A bus with its ramp out; a driver waves to a woman with a pram.", {"own": ("uk", "Водій вийшов", "Він поставив пандус і чекав, поки ми сіли.")}),
    (5, "form", 0, "day", "improvement", "most_common", "Six pages", "For a place in the kindergarten.", "A form of many pages and a pen on a table.", {"own": ("uk", "Шість сторінок", "Щоб отримати місце в дитячому садку.")}),
    (5, "playground", 0, "day", "friendly", "achievements", "They need no interpreter", "My son found two friends in ten minutes.", "Children on a swing and a slide between blocks of flats.", {"own": ("uk", "Їм не потрібен перекладач", "Мій син за десять хвилин знайшов двох друзів.")}),
    (6, "board", 1, "day", "improvement", "urgent", "Eleven calls", "When they hear my name, the flat is gone.", "Notices of flats on a board; all but one are struck out.", {"own": ("ar", "أحد عشر اتصالاً", "عندما يسمعون اسمي تكون الشقة قد أُجّرت.")}),
    (6, "table", 1, "morning", "friendly", "achievements", "Two cups and a dictionary", "Every Thursday with my neighbour.", "Two cups and an open dictionary on a wooden table.", {"own": ("ar", "فنجانان وقاموس", "كل يوم خميس مع جاري.")}),
    (7, "blocks", 1, "morning", "friendly", "way_ahead", "Mint from five countries", "We asked for one bed and got four.", "Two people at garden beds before blocks of flats.", {"own": ("ar", "نعناع من خمسة بلدان", "طلبنا حوضاً واحداً وحصلنا على أربعة."), "mark": (800, 690)}),
    (7, "door", 2, "grey", "improvement", "urgent", "Three steps", "The advice for families is behind this door.", "A woman with a pram before a door with three steps.", {"own": ("ar", "ثلاث درجات", "خلف هذا الباب مكتب استشارات العائلات."), "mark": (520, 420)}),
    (8, "bench", 2, "day", "improvement", "subtle", "Two places free", "In one year nobody has sat down beside me.", "An old man sits alone at the end of a bench in a park.", {"own": ("uk", "Два вільні місця", "За рік ніхто не сів поруч зі мною."), "mark": (730, 200)}),
    (8, "quay", 2, "day", "friendly", "achievements", "They asked my advice", "I was a fisherman for forty years.", "Three fishing boats and somebody who looks at them from the quay.", {"own": ("uk", "Спитали моєї поради", "Я сорок років був рибалкою.")}),
    (9, "tram", 1, "grey", "improvement", "urgent", "23:10", "After my shift there is nothing for an hour.", "An empty tram stop below one lamp.", {"mark": (190, 520)}),
    (9, "festival", 0, "day", "friendly", "achievements", "Our song, their stage", "The second year that we are in the programme.", "A crowd before a stage below flags.", {"use": "all"}),
    (9, "portrait", 3, "day", "friendly", "achievements", "My brother, first in his class", "He gave me his word that I may show him.", "A boy with a bicycle looks into the camera.", {"people": "agreed"}),
    (10, "blocks", 0, "day", "improvement", "most_common", "Three families, two rooms", "Count the washing and you know.", "Fronts of blocks of flats full of washing.", {}),
    (10, "table", 3, "day", "friendly", "achievements", "Everybody brings one dish", "It began with four of us.", "Eleven dishes of food on a table, seen from above.", {"use": "all"}),
    (10, "board", 2, "grey", "improvement", "subtle", "The plan of the city", "Behind this glass are the bus lines.", "Papers behind a glass that is scratched all over.", {}),
    (11, "counter", 2, "day", "friendly", "achievements", "Somebody has time", "Half an hour for me alone, with an interpreter on the telephone.", "Two people talk at a counter; leaflets in several colours hang behind them.", {"mark": (450, 350)}),
    (11, "bench", 1, "grey", "improvement", "subtle", "Not for lying down", "Nor for my grandmother, who needs to stretch her leg.", "An empty bench divided by metal bars.", {}),
    (12, "sign", 1, "day", "friendly", "achievements", "Two languages on one post", "My guests find the port alone.", "A signpost in two languages with the number of the trams.", {"own": ("bg", "Два езика на един стълб", "Гостите ми намират пристанището сами."), "tall": True}),
    (12, "board", 0, "morning", "improvement", "most_common", "Eight notices, one language", "Half of those who live in this house cannot read them.", "Eight papers full of writing on a notice board.", {"own": ("bg", "Осем обяви, един език", "Половината от живеещите тук не могат да ги прочетат.")}),
    (13, "bells", 1, "day", "improvement", "subtle", "Paper names", "Whoever may stay gets a plate.", "Bells at a door; the names are on pieces of paper, some of them blurred.", {"tall": True, "blur": [(0.27, 0.14 + 0.0683 * row, 0.34, 0.05) for row in (1, 3, 6, 8)]}),
    (13, "portrait", 0, "day", "friendly", "achievements", "Our driver", "Everybody on line 2 knows him. I asked him.", "A man with a driver’s cap looks into the camera and smiles.", {"people": "agreed", "use": "all"}),
    (13, "quay", 1, "morning", "friendly", "way_ahead", "We know this port", "Half of those who unload here studied something else.", "A ship with containers between two cranes; four people look at it.", {}),
    (14, "library", 1, "day", "friendly", "achievements", "Mother reads, daughter corrects", "They come every Saturday.", "A woman with a headscarf and a child with a book on a sofa below a lamp.", {"people": "", "asked": "people"}),
    (14, "table", 2, "day", "improvement", "subtle", "Nobody told us", "The meeting of citizens: one poster, one language.", "One person at a long table; the other chairs are empty.", {}),
    (15, "underpass", 1, "day", "friendly", "way_ahead", "Painted by the street", "It was grey. Now children stop here.", "An underpass with large coloured flowers on both walls and two people.", {"tall": True, "mark": (645, 600)}),
    (15, "playground", 1, "morning", "improvement", "urgent", "Promised in 2021", "My grandchild is too old for it by now.", "A fenced empty lot; a board shows a playground and the year 2021.", {"mark": (820, 720)}),
    (16, "blocks", 2, "grey", "improvement", "urgent", "The way across the yard", "One lamp, and I come home at ten.", "A person below one lamp between blocks of flats.", {}),
    (16, "market", 1, "morning", "friendly", "achievements", "She knows how much I take", "Without words, since a year.", "A seller at a stall full of fruit and a customer.", {}),
    (17, "counter", 1, "day", "friendly", "achievements", "All three are open", "Since the appointments the hall is quiet.", "Three open counters with one person before each.", {"use": "all"}),
    (17, "sign", 2, "grey", "improvement", "most_common", "Eight to five", "The only toilet between the market and the port.", "A public toilet, shut; a sheet says 8 to 17.", {"mark": (260, 400)}),
    (17, "form", 2, "day", "improvement", "most_common", "From the city", "People bring it to me unopened: they are afraid of it.", "A closed envelope with the arms of the city.", {}),
    (18, "festival", 2, "day", "friendly", "achievements", "Drums of the harbour", "The band has members from seven countries.", "Five people with drums below flags.", {}),
    (18, "underpass", 2, "day", "friendly", "way_ahead", "The other underpass", "This one was mended in a week. It can be done.", "An underpass with four lamps that all work and two people.", {"mark": (600, 640)}),
    (18, "tram", 2, "grey", "improvement", "", "Which line?", "They look at the plan, and then they ask me.", "Six people before the plan of the lines at a stop.", {"alt": ""}),
    (19, "form", 1, "day", "improvement", "way_ahead", "The telephone reads it to me", "Why not the city?", "A telephone held over a form shows a translation.", {}),
    (19, "waiting", 1, "day", "improvement", "most_common", "Ten to four", "They close at four.", "One person on a row of empty chairs below a clock; a display shows 214.", {}),
    (19, "bus", 1, "morning", "improvement", "", "He did not see me", "Or he did.", "A bus leaves; somebody stays behind with a raised arm.", {"people": "", "asked": "people"}),
    (20, "library", 2, "day", "friendly", "achievements", "A table for two", "Help with homework, every day after two.", "Two people at a table with a sheet of paper in a library.", {"use": "inside"}),
    (20, "board", 3, "day", "friendly", "way_ahead", "A wall for everybody", "At our school each class has one sheet in its own languages.", "A notice board with coloured papers, each with a large dot.", {"use": "all"}),
    (20, "portrait", 1, "day", "improvement", "", "The neighbour", "She calls the police when we play.", "A woman with a headscarf behind a fence looks into the camera.", {"people": "not_agreed", "hidden": "Shows somebody who has not been asked, with an accusation."}),
    (21, "market", 0, "morning", "friendly", "achievements", "Saturday", "Here everybody is a customer.", "Three stalls with striped awnings and four people.", {}),
    (21, "festival", 1, "morning", "friendly", "achievements", "Lanterns", "For the harvest feast; the whole street came.", "A crowd before a stage below lanterns.", {"use": "inside"}),
    (22, "door", 1, "morning", "friendly", "way_ahead", "An open door", "The club leaves it open until nine. So people come in.", "Somebody waves from a bright open door.", {"tall": True, "alt": ""}),
    (22, "bells", 0, "day", "improvement", "", "Who lives here", "", "Bells at a door with seven names.", {"asked": "credit", "hidden": "Shows the names of people who live there."}),
    (22, "bench", 0, "day", "friendly", "achievements", "They meet here", "Every evening. One of them does not speak Velmorian.", "Two people talk on a bench in a park.", {"use": "all"}),
    (23, "quay", 0, "morning", "friendly", "achievements", "Morning round", "The walking group of the Old Port.", "Three people walk along the water in the morning.", {"asked": "credit"}),
    (23, "counter", 0, "grey", "improvement", "most_common", "The same hall in the rain", "I work behind the shutter on the left.", "A queue before three counters; two are shut.", {"use": "inside"}),
    (24, "portrait", 2, "day", "friendly", "achievements", "Bread from home", "He baked for two years before he had a shop.", "A baker behind loaves of bread looks into the camera.", {"people": "not_agreed"}),
    (24, "sign", 3, "grey", "improvement", "subtle", "Arrows", "Whoever knows the way needs no sign.", "Three arrows without words on a post.", {"tall": True, "alt": "", "asked": "declared"}),
    (24, "playground", 0, "evening", "friendly", "", "The next day", "I forgot to send this one.", "", {"late": True}),
]  # fmt: skip

# Under which category, on which theme, about which photo (by its number, 0 for none), what was said.
REVIEWED: list[tuple[str, str, int, str]] = [
    ("most_common", "improvement", 1, "Counters, forms and waiting rooms are in every third photo."),
    ("most_common", "improvement", 29, "One language on walls, letters and signs, although the city has the translations."),
    ("urgent", "improvement", 9, "The lamps of Mill Street have been reported four times; women walk round through the traffic."),
    ("urgent", "improvement", 17, "Whoever needs the advice for families comes with a pram and cannot get in."),
    ("subtle", "improvement", 18, "Loneliness cannot be reported to any office. Most who saw this photo first took it for a nice one."),
    ("subtle", "improvement", 30, "Paper and metal names: those who live there understood at once, the others needed an explanation."),
    ("achievements", "friendly", 2, "The library is the one place of the city that nobody had to explain."),
    ("way_ahead", "friendly", 43, "One underpass was mended in a week: do the same at Mill Street before winter."),
    ("way_ahead", "improvement", 45, "Print a code on each form that opens it in six languages."),
]  # fmt: skip

# Where some of those who took photos put photos on their own phones: a photo, and for each of VOTERS the category, ""
# for none. Of the last one too few have said so for their number to be told.
VOTERS = (1, 2, 5, 6, 9, 11, 16, 19)
VOTES: dict[int, tuple[str, ...]] = {
    1: ("urgent", "most_common", "most_common", "most_common", "urgent", "most_common", "most_common", "most_common"),
    2: (
        "achievements",
        "achievements",
        "achievements",
        "",
        "achievements",
        "achievements",
        "way_ahead",
        "achievements",
    ),
    9: ("urgent", "urgent", "urgent", "urgent", "urgent", "urgent", "most_common", "urgent"),
    17: ("urgent", "most_common", "urgent", "urgent", "", "", "subtle", "urgent"),
    18: ("achievements", "subtle", "achievements", "achievements", "subtle", "", "", "subtle"),
    27: ("subtle", "", "", "subtle", "", "", "", "most_common"),
}
# Who remarked what on an own phone, about which photo. They do not agree to be quoted: the report is without them.
PHONE_REMARKS: list[tuple[int, int, str, str]] = [
    (5, 9, "urgent", "Я ходжу тут щовечора з дітьми і тримаю телефон як ліхтар."),
    (19, 1, "most_common", "I go along as a mediator, and half of the time I only wait with people."),
]

# New findings, each with the photos on which it rests; and findings of the story above that a photo bears out.
PHOTO_FINDINGS = [
    ("vision", "deficiency", "What newcomers meet first is paper in one language: forms and signs.", [12]),
    ("urban", "deficiency", "Three steps keep prams and wheelchairs out of a place of advice.", [17]),
]  # fmt: skip
BORNE_OUT = {2: 2, 10: 9}
"""By the place of a finding among `FINDINGS`, the number of the photo."""
