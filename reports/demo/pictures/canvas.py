"""A canvas for flat scenes: shapes in units of 1200 to 900, in the light of a time of day, with a few things that recur."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from itertools import cycle

from django.conf import settings
from PIL import Image, ImageColor, ImageDraw, ImageFont, ImageOps

LONG, SHORT = 1200, 900
# Drawn so much larger and reduced, which makes edges smooth.
FINE = 2

Point = tuple[float, float]

COATS = ("#c8553d", "#2f6f8f", "#e0a43a", "#5b7f57", "#7a4f79", "#3d4a66", "#d98c8c", "#4aa19a", "#f2efe6", "#8a5a3c")
TROUSERS = ("#2d3444", "#4a5568", "#6b5b4b", "#24323f", "#7d7f86")
SKINS = ("#f0c9a4", "#d9a377", "#b07a52", "#7b4b30", "#5a3723")
HAIRS = ("#2b1d16", "#4a2f1f", "#7a4a24", "#1a1a1f", "#a5a29c", "#c99a4b")
PAPERS = ("#fdfbf5", "#f7e9b8", "#d8e8f0", "#f4d3cb", "#dcebd3")


@dataclass(frozen=True)
class Light:
    """A time of day: the sky from top to bottom, and how much of which tone lies over everything that has no lamp."""

    sky: tuple[str, str]
    tone: str
    share: float
    lamps: bool = False


LIGHTS = {
    "morning": Light(("#f3d3bd", "#fdf3e4"), "#f4c08f", 0.12),
    "day": Light(("#9fd0ea", "#e9f5f8"), "#ffffff", 0.0),
    "grey": Light(("#aeb9c1", "#dde3e5"), "#8f9aa2", 0.25),
    "evening": Light(("#d9745a", "#f8d59d"), "#8f3f4a", 0.28, lamps=True),
    "night": Light(("#10192f", "#2e4268"), "#131f3b", 0.52, lamps=True),
}


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(settings.BASE_DIR / "static" / "report" / "fonts" / "NotoSans_600SemiBold.ttf", size)


class Canvas:
    """One picture while it is drawn. `chance` decides what does not matter: colours of coats, the order of people."""

    def __init__(self, light: str, *, seed: str, tall: bool = False) -> None:
        self.w, self.h = (SHORT, LONG) if tall else (LONG, SHORT)
        self.light = LIGHTS[light]
        self.chance = random.Random(seed)
        self.coats = cycle(self.chance.sample(COATS, len(COATS)))
        self.image = Image.new("RGB", (self.w * FINE, self.h * FINE), self.light.sky[1])
        self.pen = ImageDraw.Draw(self.image)

    def jpeg(self) -> bytes:
        out = BytesIO()
        self.image.reduce(FINE).save(out, "JPEG", quality=90)
        return out.getvalue()

    def tone(self, colour: str, *, lit: bool = False) -> tuple[int, ...]:
        """The colour in this light; what is `lit` shines by itself."""
        share = 0.0 if lit else self.light.share
        pairs = zip(ImageColor.getrgb(colour), ImageColor.getrgb(self.light.tone), strict=True)
        return tuple(round(own + (over - own) * share) for own, over in pairs)

    # Shapes ---------------------------------------------------------------------------------------------------

    def box(self, left: float, top: float, right: float, bottom: float, colour: str, *, round: float = 0, lit: bool = False) -> None:  # fmt: skip
        place = [left * FINE, top * FINE, right * FINE, bottom * FINE]
        self.pen.rounded_rectangle(place, round * FINE, fill=self.tone(colour, lit=lit))

    def shape(self, points: Sequence[Point], colour: str, *, lit: bool = False) -> None:
        self.pen.polygon([(x * FINE, y * FINE) for x, y in points], fill=self.tone(colour, lit=lit))

    def oval(self, x: float, y: float, across: float, down: float, colour: str, *, lit: bool = False) -> None:
        """An ellipse around its middle, by its two radii."""
        place = [(x - across) * FINE, (y - down) * FINE, (x + across) * FINE, (y + down) * FINE]
        self.pen.ellipse(place, fill=self.tone(colour, lit=lit))

    def line(self, points: Sequence[Point], colour: str, width: float, *, lit: bool = False) -> None:
        """A line with round ends and corners."""
        for x, y in points:
            self.oval(x, y, width / 2, width / 2, colour, lit=lit)
        scaled = [(x * FINE, y * FINE) for x, y in points]
        self.pen.line(scaled, fill=self.tone(colour, lit=lit), width=round(width * FINE), joint="curve")

    def word(self, x: float, y: float, text: str, size: float, colour: str, *, lit: bool = False) -> None:
        """A word around its middle."""
        place, font = (x * FINE, y * FINE), _font(round(size * FINE))
        self.pen.text(place, text, font=font, fill=self.tone(colour, lit=lit), anchor="mm")

    def glow(self, x: float, y: float, radius: float, colour: str = "#ffdf9a", strength: float = 0.7) -> None:
        """Light of a lamp, fading outwards."""
        size = round(radius * 2 * FINE)
        fade = ImageOps.invert(Image.radial_gradient("L")).point(lambda value: round(max(0, value - 70) * strength))
        place = (round((x - radius) * FINE), round((y - radius) * FINE))
        self.image.paste(
            ImageColor.getrgb(colour), (*place, place[0] + size, place[1] + size), fade.resize((size, size))
        )

    # Things that recur ------------------------------------------------------------------------------------------

    def sky(self, down: float) -> None:
        """The sky from the upper edge down; stars or clouds as the hour wants."""
        top, bottom = (ImageColor.getrgb(colour) for colour in self.light.sky)
        fade = Image.linear_gradient("L").resize((self.w * FINE, round(down * FINE)))
        self.image.paste(ImageOps.colorize(fade, top, bottom), (0, 0))
        if self.light.share < 0.2:
            for _ in range(3):
                x, y = self.chance.uniform(0, self.w), self.chance.uniform(0.06, 0.35) * down
                for step in range(4):
                    self.oval(x + step * 42, y - (step % 2) * 16, 52, 24, "#fbfcfb", lit=True)

    def ground(self, top: float, colour: str) -> None:
        self.box(0, top, self.w, self.h, colour)

    def room(self, wall: str, floor: str, edge: float) -> None:
        self.box(0, 0, self.w, edge, wall)
        self.box(0, edge, self.w, self.h, floor)
        self.box(0, edge - 14, self.w, edge, "#f4efe6")

    def house(self, left: float, top: float, right: float, bottom: float, colour: str, *, across: int, down: int) -> None:  # fmt: skip
        """A front with windows; after dark some of them are lit."""
        self.box(left, top, right, bottom, colour)
        wide, high = (right - left) / across, (bottom - top) / down
        for row in range(down):
            for column in range(across):
                lit = self.light.lamps and self.chance.random() < 0.45
                x, y = left + column * wide, top + row * high
                glass = "#ffd98a" if lit else "#7f99a8"
                self.box(x + wide * 0.25, y + high * 0.25, x + wide * 0.75, y + high * 0.75, glass, lit=lit)

    def tree(self, x: float, ground: float, height: float, leaves: str = "#5f8f5a") -> None:
        self.box(x - height * 0.04, ground - height * 0.5, x + height * 0.04, ground, "#6d5140")
        for dx, dy, size in ((-0.17, 0.55, 0.2), (0.17, 0.55, 0.2), (0, 0.75, 0.25)):
            self.oval(x + dx * height, ground - dy * height, size * height, size * height, leaves)

    def lamp(self, x: float, ground: float, height: float, *, works: bool = True) -> None:
        """A street lamp; broken ones stay dark."""
        on = works and self.light.lamps
        if on:
            self.glow(x, ground - height, height * 0.55)
        self.box(x - 6, ground - height, x + 6, ground, "#3c434c")
        self.oval(x, ground - height, 24, 24, "#fff2c4" if on else "#aab0b3", lit=on)

    def paper(self, left: float, top: float, width: float, height: float, colour: str = "", *, lines: int = 5) -> None:
        """A sheet with lines of writing."""
        self.box(left + 4, top + 5, left + width + 4, top + height + 5, "#8d8371")
        self.box(left, top, left + width, top + height, colour or self.chance.choice(PAPERS))
        for row in range(lines):
            y = top + height * (row + 0.8) / (lines + 0.6)
            end = left + width * self.chance.uniform(0.55, 0.88)
            self.box(left + width * 0.12, y, end, y + max(3, height * 0.025), "#7d7a74")

    def person(self, x: float, ground: float, height: float, *, head: str = "", coat: str = "", skirt: bool | None = None, sits: bool = False, raised: bool = False) -> None:  # fmt: skip
        """A flat figure without a face, its feet (or its seat) on the ground. `head`: hair, bun, scarf or cap."""
        chance = self.chance
        coat = coat or next(self.coats)
        legs, skin, hair = chance.choice(TROUSERS), chance.choice(SKINS), chance.choice(HAIRS)
        head = head or chance.choice(("hair", "hair", "bun", "scarf", "cap"))
        wears_skirt = chance.random() < 0.3 if skirt is None else skirt
        hip = ground - (0.04 if sits else 0.44) * height
        neck = hip - 0.4 * height
        if sits:
            for side in (-0.07, 0.07):
                knee = (x + side * height, hip + 0.1 * height)
                self.line([(x + side * height, hip), knee, (knee[0], knee[1] + 0.26 * height)], legs, 0.1 * height)
        else:
            self.oval(x, ground, 0.17 * height, 0.025 * height, "#5d5a57")
            for side in (-0.06, 0.06):
                self.line([(x + side * height, hip), (x + side * height, ground - 0.03 * height)], legs, 0.1 * height)
            if wears_skirt:
                flare = [(x - 0.13 * height, hip - 4), (x + 0.13 * height, hip - 4), (x + 0.18 * height, ground - 0.14 * height), (x - 0.18 * height, ground - 0.14 * height)]  # fmt: skip
                self.shape(flare, coat)
        self.box(x - 0.14 * height, neck, x + 0.14 * height, hip + 0.03 * height, coat, round=0.08 * height)
        hand = (x + 0.23 * height, neck - 0.16 * height) if raised else (x + 0.17 * height, hip + 0.02 * height)
        for points in ([(x - 0.13 * height, neck + 0.07 * height), (x - 0.17 * height, hip + 0.02 * height)], [(x + 0.13 * height, neck + 0.07 * height), hand]):  # fmt: skip
            self.line(points, coat, 0.075 * height)
            self.oval(*points[1], 0.037 * height, 0.037 * height, skin)
        self._head(x, neck - 0.07 * height, 0.085 * height, skin, hair, head)

    def _head(self, x: float, y: float, size: float, skin: str, hair: str, head: str) -> None:
        if head == "scarf":
            cloth = self.chance.choice(COATS)
            self.oval(x, y + size * 0.2, size * 1.2, size * 1.4, cloth)
            self.oval(x, y, size * 0.75, size * 0.85, skin)
            return
        if head == "bun":
            self.oval(x, y - size * 1.05, size * 0.5, size * 0.5, hair)
        self.oval(x, y - size * 0.12, size * 1.08, size * 1.05, hair)
        self.oval(x, y + size * 0.22, size * 0.86, size * 0.9, skin)
        if head == "cap":
            self.box(x - size * 1.1, y - size * 1.1, x + size * 1.1, y - size * 0.25, self.chance.choice(COATS), round=size * 0.5)  # fmt: skip

    def people(self, number: int, left: float, right: float, ground: float, height: float) -> None:
        """People side by side, none as tall as the next."""
        step = (right - left) / max(1, number)
        for place in range(number):
            x = left + step * (place + 0.5) + self.chance.uniform(-0.12, 0.12) * step
            self.person(x, ground + self.chance.uniform(-6, 10), height * self.chance.uniform(0.88, 1.06))
