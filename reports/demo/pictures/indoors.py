"""Scenes inside and at the door: counters, library, tables, papers on a wall, bells."""

from __future__ import annotations

from .canvas import COATS, PAPERS, Canvas


def counter(c: Canvas, variant: int) -> None:
    """A hall with three counters: 0 one of them open and a long queue, 1 all open, 2 a talk over leaflets."""
    c.room("#d9e1df", "#b9b2a4", 560)
    if variant == 2:
        _leaflets(c)
        return
    for place in range(3):
        left = 70 + place * 375
        is_open = variant == 1 or place == 0
        c.box(left, 130, left + 310, 470, "#8fa5a8")
        c.box(left + 16, 146, left + 294, 470, "#fff3cf" if is_open else "#c3c8c6", lit=is_open)
        if is_open:
            c.person(left + 155, 600, 380, skirt=False)
        else:
            for row in range(11):
                c.box(left + 16, 150 + row * 29, left + 294, 172 + row * 29, "#aab2b1")
        c.box(left - 14, 440, left + 324, 590, "#7b5a44")
        c.box(left - 24, 428, left + 334, 452, "#94705a")
        c.box(left + 110, 60, left + 200, 112, "#2f4f63", round=8)
        c.word(left + 155, 86, str(place + 1), 34, "#ffffff", lit=True)
    if variant == 1:
        c.people(3, 120, 1150, 850, 440)
    else:
        for place in range(8):
            c.person(210 + place * 128, 800 + (place % 3) * 34, 430)


def _leaflets(c: Canvas) -> None:
    c.box(90, 90, 470, 400, "#f4efe6", round=10)
    for place in range(6):
        x, y = 120 + place % 3 * 112, 116 + place // 3 * 138
        c.paper(x, y, 92, 118, (*PAPERS, "#e3d5ee")[place], lines=4)
    c.box(700, 70, 1090, 380, "#a9cbdc")
    c.tree(820, 380, 250)
    c.box(690, 376, 1100, 394, "#f4efe6")
    c.person(330, 860, 560, head="bun", skirt=False)
    c.person(860, 860, 580, head="scarf", coat="#2f6f8f")
    c.box(60, 660, 1140, 900, "#94705a")
    c.box(40, 640, 1160, 676, "#b38a6d")
    c.paper(520, 600, 150, 70, "#fdfbf5", lines=3)
    c.box(700, 600, 760, 652, "#e0a43a", round=6)


def library(c: Canvas, variant: int) -> None:
    """Shelves: 0 a row of computers, 1 a corner for reading, 2 a table at the window."""
    c.room("#efe4cf", "#b98f6c", 600)
    _shelves(c, 40, 70, 700 if variant else 1160, 430 if variant else 330)
    if variant == 0:
        for place in range(4):
            x = 170 + place * 285
            c.person(x, 800, 520, sits=False)
            c.box(x - 100, 400, x + 100, 540, "#2d3444", round=8)
            c.box(x - 88, 412, x + 88, 528, "#cfe6ee", lit=True)
            for row in range(3):
                c.box(x - 70, 432 + row * 28, x + 60 - row * 26, 444 + row * 28, "#6f9aab", lit=True)
            c.box(x - 14, 540, x + 14, 580, "#2d3444")
        c.box(0, 580, 1200, 640, "#d8b48e")
        c.box(0, 640, 1200, 690, "#a87e58")
    elif variant == 1:
        c.oval(470, 800, 400, 70, "#c8755d")
        c.box(200, 560, 760, 720, "#4aa19a", round=50)
        c.box(160, 620, 240, 790, "#3d8a84", round=30)
        c.box(720, 620, 800, 790, "#3d8a84", round=30)
        c.person(370, 690, 460, head="scarf", sits=True)
        c.person(580, 700, 320, head="hair", sits=True)
        c.box(400, 590, 540, 660, "#fdfbf5", round=6)
        c.box(468, 590, 472, 660, "#b9b2a4")
        c.box(930, 300, 942, 800, "#3c434c")
        c.glow(936, 300, 260)
        c.shape([(870, 330), (1002, 330), (970, 240), (902, 240)], "#ffe9b0", lit=True)
    else:
        c.box(760, 70, 1160, 480, "#bfe0ee")
        c.tree(960, 480, 330)
        c.box(952, 70, 964, 480, "#f4efe6")
        c.person(420, 840, 540, sits=False)
        c.person(780, 840, 540, sits=False)
        c.box(180, 640, 1020, 690, "#d8b48e", round=8)
        c.box(240, 690, 280, 900, "#a87e58")
        c.box(920, 690, 960, 900, "#a87e58")
        c.paper(520, 600, 130, 50, "#fdfbf5", lines=2)


def _shelves(c: Canvas, left: float, top: float, right: float, high: float) -> None:
    c.box(left, top, right, top + high, "#8a6648")
    rows = max(2, round(high / 130))
    step = high / rows
    for row in range(rows):
        y, x = top + row * step + 12, left + 14.0
        c.box(left + 12, y, right - 12, y + step - 22, "#5f442f")
        while x < right - 50:
            wide, short = c.chance.uniform(16, 34), c.chance.uniform(0, 0.3) * step
            if c.chance.random() < 0.92:
                c.box(x, y + short, x + wide, y + step - 22, c.chance.choice(COATS))
            x += wide + 3


def door(c: Canvas, variant: int) -> None:
    """An office door: 0 closed, with a sheet of hours, 1 open and bright, 2 behind three steps."""
    middle = c.w / 2
    c.box(0, 0, c.w, c.h, "#cdb79a")
    for row in range(int(c.h / 60)):
        c.box(0, row * 60, c.w, row * 60 + 4, "#bfa889")
    floor = c.h - (250 if variant == 2 else 110)
    c.box(0, c.h - 110, c.w, c.h, "#8f8a80")
    top = floor - 640
    c.box(middle - 220, top - 26, middle + 220, floor, "#f4efe6")
    if variant == 1:
        c.box(middle - 190, top, middle + 190, floor, "#fff0bf", lit=True)
        c.glow(middle, floor - 300, 420, strength=0.5)
        c.person(middle + 30, floor - 10, 470, head="bun", raised=True)
        c.shape([(middle - 190, top), (middle - 330, top - 30), (middle - 330, floor + 50), (middle - 190, floor)], "#3f7d6e")  # fmt: skip
        c.oval(middle - 308, floor - 280, 12, 12, "#e8d28a")
        for side in (-430, 400):
            c.shape([(middle + side - 50, floor - 100), (middle + side + 50, floor - 100), (middle + side + 36, floor + 20), (middle + side - 36, floor + 20)], "#b5583c")  # fmt: skip
            for dx in (-40, 0, 40):
                c.oval(middle + side + dx, floor - 150 - abs(40 - abs(dx)), 34, 60, "#5f8f5a")
        return
    c.box(middle - 190, top, middle + 190, floor, "#4a5d6b")
    for row in (0, 1):
        c.box(middle - 150, top + 50 + row * 300, middle + 150, top + 290 + row * 300, "#566b7a")
    c.oval(middle + 150, floor - 310, 14, 14, "#d9c27a")
    if variant == 0:
        c.paper(middle - 105, top + 110, 210, 250, "#fdfbf5", lines=0)
        c.word(middle, top + 165, "DI", 54, "#2d3444")
        c.word(middle, top + 245, "9 – 11", 58, "#b5402f")
        for row in range(3):
            c.box(middle - 75, top + 292 + row * 20, middle + 75 - row * 30, top + 298 + row * 20, "#7d7a74")
        c.person(middle - 340, c.h - 50, 480)
    else:
        for step in range(3):
            top_of = floor + step * 48
            c.box(
                middle - 250 - step * 60,
                top_of,
                middle + 250 + step * 60,
                top_of + 48,
                ("#d8d3c7", "#c6c0b2", "#b4ad9e")[step],
            )
        _pram(c, middle - 380, c.h - 40)
        c.person(middle - 490, c.h - 40, 450, skirt=True)


def _pram(c: Canvas, x: float, ground: float) -> None:
    c.line([(x - 110, ground - 210), (x - 40, ground - 120)], "#3c434c", 10)
    c.shape([(x - 80, ground - 150), (x + 80, ground - 150), (x + 50, ground - 60), (x - 50, ground - 60)], "#2f6f8f")
    c.shape([(x, ground - 150), (x + 80, ground - 150), (x + 70, ground - 225), (x + 20, ground - 240)], "#245a75")
    for side in (-50, 50):
        c.oval(x + side, ground - 28, 30, 30, "#2d3444")
        c.oval(x + side, ground - 28, 12, 12, "#c3c8c6")


def board(c: Canvas, variant: int) -> None:
    """A notice board: 0 papers in one language, 1 offers of flats struck out, 2 behind scratched glass, 3 many colours."""
    c.box(0, 0, c.w, c.h, "#a8b5ad")
    c.box(70, 60, c.w - 70, c.h - 110, "#6b4a35", round=8)
    c.box(100, 90, c.w - 100, c.h - 140, "#c99d6d" if variant != 2 else "#dfe7e6")
    columns = 4
    for place in range(columns * 2):
        x, y = 135 + place % columns * 245, 120 + place // columns * 275
        tilt = c.chance.uniform(-14, 14)
        colour = "#fdfbf5" if variant in (0, 2) else PAPERS[place % len(PAPERS)]
        c.paper(x + tilt, y + abs(tilt), 190, 225, colour, lines=6)
        c.oval(x + tilt + 95, y + abs(tilt) + 10, 9, 9, "#b5402f")
        if variant == 1:
            c.shape([(x + tilt + 30, y + 45), (x + tilt + 95, y + 20 + 8), (x + tilt + 160, y + 45)], "#5a6f7c")
            if place not in (5,):
                c.line([(x + tilt + 14, y + 200), (x + tilt + 176, y + 40)], "#b5402f", 12)
                c.line([(x + tilt + 14, y + 40), (x + tilt + 176, y + 200)], "#b5402f", 12)
        if variant == 3:
            c.oval(x + tilt + 95, y + 130, 46, 46, COATS[place % len(COATS)])
    if variant == 2:
        for _ in range(46):
            start, low = c.chance.uniform(100, c.w - 100), c.chance.uniform(90, c.h - 140)
            dx, dy = c.chance.uniform(-120, 120), c.chance.uniform(-70, 70)
            ends = (min(max(start + dx, 104), c.w - 104), min(max(low + dy, 94), c.h - 144))
            c.line([(start, low), ends], "#b9c6c6", 4)


def table(c: Canvas, variant: int) -> None:
    """A long table: 0 people with cups, 1 cups and a dictionary from above, 2 chairs that stayed empty, 3 dishes."""
    if variant in (1, 3):
        _from_above(c, dishes=variant == 3)
        return
    c.room("#e6d3c3", "#9c7a5e", 520)
    c.box(90, 70, 420, 330, "#a9cbdc")
    c.box(780, 70, 1110, 330, "#a9cbdc")
    for left in (90, 780):
        c.box(left + 158, 70, left + 172, 330, "#f4efe6")
        c.box(left - 14, 326, left + 344, 344, "#f4efe6")
    for place in range(5):
        x = 160 + place * 220
        c.box(x - 62, 420, x + 62, 700, "#7b5a44", round=20)
        if variant == 0 or place == 2:
            c.person(x, 830, 520)
    c.box(40, 620, 1160, 690, "#d8b48e", round=14)
    c.box(110, 690, 150, 900, "#7b5a44")
    c.box(1050, 690, 1090, 900, "#7b5a44")
    for place in range(5):
        x = 215 + place * 190
        c.box(x - 20, 585, x + 20, 628, COATS[place], round=6)
        if variant == 2:
            c.paper(x + 40, 596, 90, 26, "#fdfbf5", lines=1)


def _from_above(c: Canvas, *, dishes: bool) -> None:
    c.box(0, 0, c.w, c.h, "#c99d6d")
    for row in range(6):
        c.box(0, row * 150, c.w, row * 150 + 5, "#b98a5a")
    if dishes:
        c.box(0, 330, c.w, 570, "#f4efe6")
        spots = [(150, 170), (450, 200), (780, 160), (1060, 220), (230, 460), (600, 450), (950, 470), (160, 740), (480, 720), (800, 750), (1080, 700)]  # fmt: skip
        for place, (x, y) in enumerate(spots):
            c.oval(x + 6, y + 10, 128, 128, "#8d6a47")
            c.oval(x, y, 128, 128, "#fdfbf5")
            c.oval(x, y, 96, 96, ("#e0a43a", "#c8553d", "#8fae5f", "#f2d98c", "#8a4a3c")[place % 5])
            for _ in range(9):
                dx, dy = c.chance.uniform(-60, 60), c.chance.uniform(-60, 60)
                c.oval(x + dx, y + dy, 13, 13, c.chance.choice(("#5b7f57", "#f2efe6", "#b5402f", "#f7d774")))
        return
    for x, y, colour in ((300, 260, "#2f6f8f"), (900, 640, "#c8553d")):
        c.oval(x + 8, y + 12, 140, 140, "#8d6a47")
        c.oval(x, y, 140, 140, "#fdfbf5")
        c.oval(x, y, 92, 92, colour)
        c.oval(x, y, 76, 76, "#4a2f1f")
    c.shape([(480, 330), (860, 250), (930, 560), (550, 640)], "#3d4a66")
    c.shape([(490, 338), (690, 296), (758, 590), (560, 626)], "#fdfbf5")
    c.shape([(690, 296), (852, 262), (918, 552), (758, 590)], "#f4efe6")
    for row in range(7):
        dx, dy = row * 8, row * 36
        c.line([(526 + dx, 366 + dy), (660 + dx, 338 + dy)], "#8d8a84", 6)
        c.line([(720 + dx, 324 + dy), (830 + dx, 300 + dy)], "#8d8a84", 6)
    c.line([(180, 620), (420, 760)], "#e0a43a", 18)


def form(c: Canvas, variant: int) -> None:
    """A form on a table: 0 many pages and a pen, 1 a phone that reads it, 2 an envelope of the city."""
    c.box(0, 0, c.w, c.h, "#8fa3a0" if variant != 2 else "#d8b48e")
    for place in range(6 if variant == 0 else 2):
        c.paper(250 + place * 34, 80 + place * 22, 520, 690, "#fdfbf5", lines=0)
    left, top = (420, 190) if variant == 0 else (284, 102)
    if variant == 2:
        c.box(180, 250, 1020, 760, "#a98d66", round=6)
        c.box(170, 236, 1010, 746, "#fdfbf5", round=6)
        c.shape([(170, 236), (1010, 236), (590, 520)], "#efe8d8")
        c.line([(170, 240), (590, 520), (1010, 240)], "#d8ccb2", 5)
        c.box(520, 450, 660, 590, "#b5402f", round=70)
        c.shape([(560, 480), (620, 480), (620, 530), (590, 560), (560, 530)], "#fdfbf5")
        return
    for row in range(9):
        y = top + 70 + row * 66
        c.box(left + 50, y, left + 50 + c.chance.uniform(110, 230), y + 10, "#5d5a57")
        c.box(left + 50, y + 18, left + 470, y + 46, "#e4e9ea")
    c.box(left + 50, top + 24, left + 330, top + 46, "#2f4f63")
    if variant == 0:
        c.line([(960, 250), (1090, 660)], "#2f6f8f", 22)
        c.line([(1090, 660), (1100, 694)], "#2d3444", 10)
    else:
        c.box(610, 250, 890, 800, "#2d3444", round=34)
        c.box(628, 290, 872, 750, "#e9f5f8", round=8, lit=True)
        for row in range(7):
            y = 330 + row * 54
            c.box(850 - c.chance.uniform(120, 200), y, 850, y + 18, "#2f6f8f" if row % 2 else "#5d5a57", lit=True)
        c.shape([(820, 900), (880, 690), (960, 640), (1010, 700), (1000, 900)], "#b07a52")


def waiting(c: Canvas, variant: int) -> None:
    """A waiting room under a clock: 0 full, 1 one person late in the day."""
    c.room("#cfd8dc", "#a7a092", 620)
    c.oval(600, 190, 100, 100, "#3c434c")
    c.oval(600, 190, 88, 88, "#fdfbf5", lit=True)
    c.line([(600, 190), (600, 125)], "#2d3444", 8)
    c.line([(600, 190), (652, 214)] if variant else [(600, 190), (556, 222)], "#2d3444", 10)
    c.box(880, 90, 1120, 250, "#2d3444", round=8)
    c.word(1000, 170, "087" if variant == 0 else "214", 96, "#ffb84d", lit=True)
    for place in range(6):
        x = 140 + place * 185
        c.box(x - 66, 440, x + 66, 600, "#2f6f8f", round=14)
        c.box(x - 72, 600, x + 72, 636, "#28607c", round=10)
        c.box(x - 56, 636, x - 46, 780, "#5d6468")
        c.box(x + 46, 636, x + 56, 780, "#5d6468")
        if variant == 0 or place == 4:
            c.person(x, 618, 430, sits=True)


def bells(c: Canvas, variant: int) -> None:
    """Bells at a door with a name at each: 0 old plates, 1 with paper names stuck over them."""
    c.box(0, 0, c.w, c.h, "#b9786a")
    for row in range(int(c.h / 70)):
        for column in range(-1, int(c.w / 140) + 1):
            x = column * 150 + row % 2 * 75
            c.box(x, row * 75, x + 140, row * 75 + 66, ("#b5705f", "#bf8070", "#ad6a5a")[(row + column) % 3])
    left = c.w / 2 - 260
    c.box(left, 110, left + 520, c.h - 110, "#aab0b3", round=20)
    c.box(left + 20, 130, left + 500, c.h - 130, "#c9ced0", round=14)
    names = ("Novak", "Rahimi", "Melnyk", "Tesfay", "Horn", "Osman", "Marek", "Diallo", "Beridze", "Klein")
    rows = int((c.h - 320) / 82)
    for place in range(rows):
        y = 170 + place * 82
        c.box(left + 60, y, left + 350, y + 56, "#fdfbf5" if variant == 0 else c.chance.choice(("#fdfbf5", "#f7e9b8")))
        c.word(left + 205, y + 28, names[place % len(names)], 34, "#2d3444")
        c.oval(left + 425, y + 28, 24, 24, "#8a5a3c" if variant == 0 else "#5d6468")


SCENES = {
    "counter": counter,
    "library": library,
    "door": door,
    "board": board,
    "table": table,
    "form": form,
    "waiting": waiting,
    "bells": bells,
}
