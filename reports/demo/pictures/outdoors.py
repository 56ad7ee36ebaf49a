"""Scenes outside: streets, stops, squares, courtyards, the harbour."""

from __future__ import annotations

import math

from .canvas import COATS, Canvas


def _street(c: Canvas, horizon: float, *, paving: str = "#b7b1a5") -> None:
    """Sky, a row of houses and the street before them."""
    c.sky(horizon)
    left = -20.0
    for colour in ("#d8a77f", "#c9b79c", "#b9786a", "#dcc9a3", "#a9b3a6", "#c98f6b"):
        wide = c.chance.uniform(180, 280)
        top = horizon * c.chance.uniform(0.28, 0.5)
        c.shape([(left, top), (left + wide / 2, top - 60), (left + wide, top)], "#8f5648")
        c.house(left, top, left + wide, horizon, colour, across=3, down=4)
        left += wide
    c.ground(horizon, paving)


def tram(c: Canvas, variant: int) -> None:
    """A stop: 0 a tram and people, 1 nobody and no tram, 2 a crowd before a board with the lines."""
    _street(c, 560)
    c.box(0, 800, c.w, 900, "#8f8a80")
    for y in (824, 868):
        c.box(0, y, c.w, y + 7, "#5d6468")
    if variant == 0:
        c.box(330, 260, 1190, 800, "#c8553d", round=40)
        for place in range(4):
            left = 372 + place * 206
            c.box(left, 320, left + 170, 520, "#ffe6a8" if c.light.lamps else "#bfe0ee", round=12, lit=c.light.lamps)
            c.person(left + 85, 545, 330, sits=True)
        c.box(330, 520, 1190, 700, "#c8553d")
        c.box(330, 600, 1190, 640, "#f2efe6")
        c.box(690, 270, 830, 312, "#2d3444", round=6)
        c.word(760, 291, "5", 34, "#ffb84d", lit=True)
        c.person(130, 860, 400)
        c.person(250, 870, 420, raised=True)
        return
    c.box(240, 300, 960, 322, "#3c434c")
    c.box(262, 322, 276, 790, "#3c434c")
    c.box(924, 322, 938, 790, "#3c434c")
    c.box(276, 340, 924, 640, "#c8d9dd")
    c.box(1040, 200, 1052, 800, "#3c434c")
    c.box(990, 200, 1102, 300, "#2f6f8f", round=10)
    c.word(1046, 250, "2  5", 46, "#ffffff", lit=True)
    if variant == 1:
        c.lamp(150, 800, 560)
        c.glow(600, 420, 330, strength=0.35)
        c.box(400, 660, 800, 690, "#7b5a44", round=6)
        c.box(430, 690, 444, 790, "#3c434c")
        c.box(756, 690, 770, 790, "#3c434c")
    else:
        c.box(480, 380, 720, 560, "#f2efe6")
        for row, colour in enumerate(("#c8553d", "#2f6f8f", "#5b7f57")):
            c.line([(510, 420 + row * 44), (600, 420 + row * 44), (690, 400 + row * 60)], colour, 9)
        c.people(6, 60, 1000, 830, 400)


def bus(c: Canvas, variant: int) -> None:
    """A bus: 0 its ramp is out for a pram, 1 it leaves and somebody stays behind."""
    _street(c, 540)
    left, right = (240, 1180) if variant == 0 else (560, 1300)
    c.box(left, 230, right, 760, "#2f6f8f", round=44)
    for place in range(3):
        c.box(left + 50 + place * 200, 290, left + 220 + place * 200, 480, "#ffe6a8" if c.light.lamps else "#cfe6ee", round=12, lit=c.light.lamps)  # fmt: skip
        c.person(left + 135 + place * 200, 510, 320, sits=True)
    c.box(left, 480, right, 660, "#2f6f8f")
    c.box(left, 590, right, 620, "#f2efe6")
    for x in (left + 180, right - 180):
        c.oval(x, 770, 74, 74, "#2d3444")
        c.oval(x, 770, 34, 34, "#aab0b3")
    if variant == 0:
        c.box(left + 640, 290, left + 830, 740, "#1f4a60", round=12)
        c.shape([(left + 640, 740), (left + 830, 740), (left + 780, 840), (left + 560, 840)], "#e0a43a")
        c.person(left + 735, 735, 400, raised=True, coat="#3d4a66", head="cap", skirt=False)
        c.person(left + 470, 870, 410, skirt=True, coat="#c8553d")
        x, y = left + 590, 850
        c.shape([(x - 70, y - 130), (x + 70, y - 130), (x + 44, y - 50), (x - 44, y - 50)], "#7a4f79")
        for side in (-42, 42):
            c.oval(x + side, y - 24, 26, 26, "#2d3444")
    else:
        for row in range(3):
            c.line([(430, 560 + row * 60), (540, 560 + row * 60)], "#dfe4e5", 8)
        c.person(220, 850, 430, raised=True)


def underpass(c: Canvas, variant: int) -> None:
    """A way below the railway: 0 dark, with one lamp that works, 1 painted by neighbours, 2 lit again."""
    c.box(0, 0, c.w, c.h, "#7d8085" if variant == 0 else "#a3a49f")
    middle, far, low = c.w / 2, c.h * 0.36, c.h * 0.66
    inner = 130
    dark = variant == 0
    c.shape([(0, 0), (c.w, 0), (middle + inner, far), (middle - inner, far)], "#3f434b" if dark else "#8f9294")
    c.shape([(0, c.h), (c.w, c.h), (middle + inner, low), (middle - inner, low)], "#54565c" if dark else "#b7b1a5")
    for side in (-1, 1):
        wall = [(middle + side * middle, 0), (middle + side * inner, far), (middle + side * inner, low), (middle + side * middle, c.h)]  # fmt: skip
        c.shape(wall, "#4a4d55" if dark else "#d9cdb8")
        if variant == 1:
            for place in range(6):
                share = place / 6
                x = middle + side * (middle - (middle - inner) * share - 40)
                size = 90 * (1 - share * 0.75)
                y = c.h * 0.5 + math.sin(place * 2) * 60 * (1 - share)
                c.oval(x, y, size * 0.62, size, COATS[(place + (side > 0) * 3) % 9])
                c.oval(x, y - size * 0.2, size * 0.3, size * 0.4, "#f7d774")
    c.box(middle - inner, far, middle + inner, low, "#c7d3d8" if not c.light.lamps else "#33435f", lit=dark)
    for place in range(4):
        y, size = far * (0.2 + place * 0.24), 44 * (1 - place * 0.2)
        works = not dark or place == 3
        if works:
            c.glow(middle, y + 10, size * 6, strength=0.55)
        c.oval(middle, y, size, size * 0.35, "#fff2c4" if works else "#2d3036", lit=works)
    if variant == 0:
        c.person(middle - 40, low + 40, 210)
    else:
        c.person(middle - 150, c.h - 130, 400)
        c.person(middle + 130, c.h - 200, 330)


def playground(c: Canvas, variant: int) -> None:
    """0 swing and slide with children, 1 an empty lot behind a fence."""
    c.sky(480)
    c.house(40, 120, 420, 520, "#c9b79c", across=5, down=5)
    c.house(800, 80, 1180, 520, "#b9a894", across=5, down=5)
    c.ground(500, "#8fae6f" if variant == 0 else "#a89a7a")
    if variant == 0:
        c.oval(620, 760, 560, 120, "#e3cfa0")
        for x in (180, 480):
            c.line([(x - 50, 780), (x, 400), (x + 50, 780)], "#c8553d", 14)
        c.line([(180, 400), (480, 400)], "#c8553d", 14)
        for x, dx in ((270, -40), (400, 60)):
            c.line([(x, 400), (x + dx, 650)], "#5d6468", 5)
            c.person(x + dx, 655, 230, sits=True)
        c.line([(760, 800), (760, 460)], "#2f6f8f", 14)
        c.line([(830, 800), (830, 460)], "#2f6f8f", 14)
        for row in range(6):
            c.line([(760, 500 + row * 52), (830, 500 + row * 52)], "#2f6f8f", 9)
        c.line([(830, 460), (1060, 780), (1120, 786)], "#e0a43a", 40)
        c.person(930, 590, 220, sits=True, raised=True)
        c.person(620, 850, 250)
        return
    for _ in range(40):
        root, low = c.chance.uniform(0, c.w), c.chance.uniform(540, 880)
        c.line([(root, low), (root + c.chance.uniform(-10, 10), low - c.chance.uniform(20, 50))], "#7d8a55", 5)
    c.box(470, 500, 490, 760, "#7b5a44")
    c.box(720, 500, 740, 760, "#7b5a44")
    c.box(420, 380, 790, 590, "#fdfbf5")
    for x, size in ((500, 34), (600, 46), (700, 30)):
        c.oval(x, 480 - size, size * 0.5, size * 0.5, "#c9d3c6")
        c.shape([(x - size * 0.7, 540), (x + size * 0.7, 540), (x, 480 - size * 0.4)], "#c9d3c6")
    c.word(605, 563, "2021", 34, "#8f8a80")
    for place in range(25):
        c.line([(place * 50, 640), (place * 50, 900)], "#5d6468", 6)
    for y in (660, 860):
        c.line([(0, y), (c.w, y)], "#5d6468", 8)


def market(c: Canvas, variant: int) -> None:
    """Stalls: 0 in the morning, with people, 1 one stall from near, 2 shut, and the path behind them."""
    _street(c, 470)
    if variant == 2:
        c.shape([(480, 470), (700, 470), (1000, 900), (200, 900)], "#5a5a60")
        c.lamp(1090, 800, 420, works=False)
        for left in (40, 760):
            c.box(left, 430, left + 380, 720, "#6f7d70")
            for row in range(8):
                c.box(left, 440 + row * 35, left + 380, 464 + row * 35, "#5f6d61")
        c.person(590, 620, 200)
        return
    stalls = ((30, 560), (420, 950), (810, 1340)) if variant == 0 else ((60, 1140),)
    for place, (left, right) in enumerate(stalls):
        near = variant == 1
        c.person(
            (left + right) / 2,
            830 if near else 790,
            450 if near else 380,
            head="cap" if place else "scarf",
            skirt=False,
        )
        stripe = (right - left) / 8
        for row in range(8):
            colour = (COATS[place * 3], "#f7f1e3")[row % 2]
            x = left + row * stripe
            c.shape([(x + 20, 250), (x + stripe + 20, 250), (x + stripe, 360), (x, 360)], colour)
            c.oval(x + stripe / 2, 360, stripe / 2, 22, colour)
        for x in (left + 12, right - 12):
            c.box(x - 6, 360, x + 6, 820, "#6d5140")
        c.box(left, 620, right, 800, "#a87e58")
        c.box(left - 8, 604, right + 8, 632, "#c99d6d")
        for row in range(int((right - left) / 44)):
            for layer in range(2):
                tint = ("#c8553d", "#e0a43a", "#8fae5f", "#7a4f79")[row // 3 % 4]
                c.oval(left + 30 + row * 44 + layer * 20, 596 - layer * 30, 26, 26, tint)
    if variant == 0:
        c.people(4, 80, 1150, 880, 400)
    else:
        c.person(250, 930, 470, head="bun")


def festival(c: Canvas, variant: int) -> None:
    """0 flags, a stage and a crowd, 1 below lanterns, 2 a procession with drums."""
    c.sky(620)
    c.box(0, 520, c.w, 700, "#7fa9bb")
    c.ground(660, "#c9b79c")
    if variant == 2:
        for place in range(5):
            x = 150 + place * 230
            c.person(x, 850, 440, raised=place % 2 == 0)
            c.oval(x + 10, 690, 66, 46, "#c8553d")
            c.oval(x + 10, 672, 66, 20, "#f7f1e3")
    else:
        c.box(380, 300, 820, 640, "#5b4a66")
        c.box(360, 640, 840, 700, "#7b5a44")
        c.shape([(350, 310), (850, 310), (600, 190)], "#c8553d")
        for x in (480, 600, 720):
            c.person(x, 646, 250, raised=x == 600)
        c.people(9, -20, 1220, 910, 380)
        c.people(8, 30, 1170, 960, 420)
    for row, height in enumerate((90, 190)):
        for place in range(15):
            x = place * 86 - 20 + row * 40
            y = height + math.sin(place / 14 * math.pi) * 70
            colour = COATS[(place + row * 4) % 9]
            if variant == 1:
                c.glow(x, y + 20, 80, strength=0.6)
                c.oval(x, y + 20, 24, 30, colour, lit=True)
            else:
                c.shape([(x - 28, y), (x + 28, y), (x, y + 62)], colour)


def bench(c: Canvas, variant: int) -> None:
    """A bench in a park: 0 two people talking, 1 empty, with bars so that nobody lies down, 2 an old man alone."""
    c.sky(420)
    for place in range(6):
        c.tree(60 + place * 220, 470, c.chance.uniform(280, 420), ("#5f8f5a", "#7aa35f", "#4f7f62")[place % 3])
    c.ground(440, "#9dbb7c")
    c.shape([(0, 900), (1200, 900), (1200, 700), (0, 780)], "#d8cbb0")
    for row in range(3):
        c.box(270, 500 + row * 44, 930, 530 + row * 44, "#8a6648", round=8)
    if variant == 0:
        c.person(450, 660, 470, sits=True, head="scarf")
        c.person(720, 660, 490, sits=True, head="hair", raised=True)
    elif variant == 2:
        c.person(780, 660, 480, sits=True, head="cap", coat="#5d6468", skirt=False)
        c.box(520, 600, 600, 652, "#a87e58", round=8)
    c.box(250, 650, 950, 684, "#94705a", round=10)
    for x in (310, 890):
        c.box(x - 12, 684, x + 12, 800, "#3c434c")
    if variant == 1:
        for x in (320, 490, 710, 880):
            c.line([(x, 650), (x, 560), (x + 10, 552)], "#3c434c", 14)


def sign(c: Canvas, variant: int) -> None:
    """0 a sign in one language, 1 signs in two languages, 2 a toilet that is shut, 3 arrows without words."""
    _street(c, c.h * 0.72)
    middle = c.w / 2
    if variant == 2:
        c.box(middle - 330, 230, middle + 330, c.h * 0.9, "#d8d3c7")
        c.box(middle - 350, 190, middle + 350, 236, "#8f5648")
        for side in (-170, 170):
            c.box(middle + side - 110, 360, middle + side + 110, c.h * 0.9, "#4a5d6b")
            c.oval(middle + side, 440, 26, 26, "#fdfbf5")
            c.box(middle + side - 24, 472, middle + side + 24, 560, "#fdfbf5", round=12)
        c.line([(middle - 300, 640), (middle + 300, 700)], "#e0a43a", 14)
        c.box(middle - 90, 250, middle + 90, 340, "#fdfbf5")
        c.word(middle, 295, "8 – 17", 44, "#b5402f")
        return
    c.box(middle - 12, c.h * 0.3, middle + 12, c.h * 0.95, "#5d6468")
    if variant == 0:
        rows = [("UPRAVA", "#2f4f63"), ("PRIJAVE", "#2f4f63"), ("STAN", "#2f4f63")]
    elif variant == 1:
        rows = [("LUKA", "#2f6f8f"), ("HARBOUR", "#4aa19a"), ("TRAM 2 · 5", "#c8553d")]
    else:
        rows = [("", "#7a4f79")] * 3
    for place, (word, colour) in enumerate(rows):
        y, side = c.h * 0.16 + place * 130, (1, -1)[place % 2]
        points = [(middle - side * 240, y), (middle + side * 220, y), (middle + side * 280, y + 52), (middle + side * 220, y + 104), (middle - side * 240, y + 104)]  # fmt: skip
        c.shape(points, colour)
        c.word(middle, y + 50, word, 62, "#ffffff", lit=True)
    c.person(middle + 300, c.h * 0.97, 400)


def blocks(c: Canvas, variant: int) -> None:
    """Blocks of flats: 0 a whole front with washing, 1 garden beds in the courtyard, 2 one lamp in the yard."""
    c.sky(640)
    c.house(30, 60, 560, 700, "#b9a894", across=6, down=7)
    c.house(620, 120, 1170, 700, "#a9b3a6", across=6, down=6)
    c.ground(690, "#9a968c" if variant != 1 else "#9dbb7c")
    if variant == 0:
        for row in range(3):
            y = 190 + row * 160
            c.line([(60, y), (1140, y + 30)], "#f4efe6", 4)
            for place in range(9):
                x = 90 + place * 122
                c.box(x, y + place * 3, x + 60, y + 74 + place * 3, c.chance.choice(COATS), round=4)
        c.people(3, 200, 1000, 860, 300)
    elif variant == 1:
        for place in range(4):
            x = 60 + place * 290
            c.box(x, 740, x + 220, 830, "#8a6648", round=6)
            for step in range(6):
                c.oval(x + 26 + step * 34, 730 - step % 2 * 18, 22, 30, ("#5f8f5a", "#c8553d", "#8fae5f")[step % 3])
        c.person(330, 880, 330, raised=True)
        c.person(900, 880, 320, head="scarf")
    else:
        c.lamp(590, 860, 460)
        c.person(340, 860, 240)


def quay(c: Canvas, variant: int) -> None:
    """The harbour: 0 lamps along the water, 1 a ship and cranes, 2 boats of fishermen."""
    c.sky(500)
    c.box(0, 470, c.w, 700, "#6f9fb3")
    for _ in range(26):
        x, y = c.chance.uniform(0, c.w), c.chance.uniform(500, 690)
        c.line([(x, y), (x + c.chance.uniform(30, 90), y)], "#8fb9c9", 4)
    c.ground(690, "#c2b59d")
    c.box(0, 690, c.w, 712, "#9c8f78")
    if variant == 0:
        for x in (120, 440, 760, 1080):
            c.lamp(x, 760, 430)
        c.person(330, 860, 380)
        c.person(430, 868, 400)
        c.person(930, 850, 370)
    elif variant == 1:
        c.shape([(260, 470), (1020, 470), (940, 600), (330, 600)], "#b5402f")
        for place in range(9):
            c.box(
                350 + place % 5 * 120, 400 - place // 5 * 70, 460 + place % 5 * 120, 466 - place // 5 * 70, COATS[place]
            )
        for x in (160, 1080):
            c.line([(x - 50, 690), (x, 180), (x + 50, 690)], "#e0a43a", 14)
            c.line([(x - 130, 230), (x + 190, 160)], "#e0a43a", 14)
        c.people(4, 200, 900, 860, 330)
    else:
        for place in range(3):
            x, colour = 220 + place * 370, COATS[place]
            c.shape([(x - 150, 560), (x + 160, 560), (x + 110, 660), (x - 110, 660)], colour)
            c.box(x - 60, 480, x + 30, 562, "#f4efe6")
            c.line([(x + 60, 560), (x + 60, 350)], "#6d5140", 9)
        c.person(650, 860, 390, head="cap")


def portrait(c: Canvas, variant: int) -> None:
    """Somebody from near: 0 a driver, 1 a neighbour at a fence, 2 a baker, 3 a pupil with a bicycle."""
    _street(c, 620)
    coat, head, hair = (("#3d4a66", "cap", "#2b1d16"), ("#7a4f79", "scarf", "#4a2f1f"), ("#f2efe6", "cap", "#a5a29c"), ("#e0a43a", "hair", "#1a1a1f"))[variant]  # fmt: skip
    skin = ("#b07a52", "#d9a377", "#f0c9a4", "#7b4b30")[variant]
    x, y = c.w / 2, 400
    c.box(x - 230, 560, x + 230, 960, coat, round=110)
    c.box(x - 54, 500, x + 54, 620, skin, round=40)
    if head == "scarf":
        c.oval(x, y + 20, 176, 205, "#c8553d")
    else:
        c.oval(x, y - 20, 150, 165, hair)
    c.oval(x, y + 20, 126, 156, skin)
    if head == "cap":
        c.box(x - 150, y - 175, x + 150, y - 62, coat, round=54)
        c.box(x - 120, y - 84, x + 185, y - 56, "#2d3444", round=14)
    for side in (-48, 48):
        c.oval(x + side, y + 4, 11, 13, "#2d2320")
        c.line([(x + side - 22, y - 32), (x + side + 22, y - 34)], hair, 8)
    c.line([(x - 38, y + 88), (x, y + 102), (x + 38, y + 88)], "#8a3f36", 9)
    c.line([(x, y + 20), (x + 14, y + 54), (x - 4, y + 56)], "#8a5a3c", 5)
    if variant == 1:
        for place in range(13):
            c.box(place * 96, 720, place * 96 + 62, 900, "#f4efe6", round=10)
        c.box(0, 780, c.w, 812, "#dcd3c2")
    elif variant == 2:
        for place in range(5):
            c.oval(220 + place * 190, 850, 110, 62, ("#c98f4b", "#b57a3c")[place % 2])
    elif variant == 3:
        for wheel in (250, 950):
            c.oval(wheel, 850, 150, 150, "#2d3444")
            c.oval(wheel, 850, 130, 130, "#b7b1a5")
        c.line([(250, 850), (480, 700), (780, 700), (950, 850)], "#c8553d", 18)


SCENES = {
    "tram": tram,
    "bus": bus,
    "underpass": underpass,
    "playground": playground,
    "market": market,
    "festival": festival,
    "bench": bench,
    "sign": sign,
    "blocks": blocks,
    "quay": quay,
    "portrait": portrait,
}
