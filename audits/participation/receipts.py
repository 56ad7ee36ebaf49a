"""The personal code in the hands of its owner: in a cookie of the browser for an hour, and as a picture to keep.

The code itself is stored nowhere (DESIGN section 3): both come from the cookie, or from the moment in which the code is
made.
"""

from __future__ import annotations

import re
from io import BytesIO

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from PIL import Image, ImageDraw, ImageFont, features

from audits import tokens
from audits.models import City

from .models import Participant

COOKIE = "receipt"
SECONDS = 60 * 60

FONTS = settings.BASE_DIR / "static" / "report" / "fonts"
ARABIC = re.compile(r"[\u0600-\u06ff]")
# As wide as a phone shows it, twice as sharp.
WIDTH, MARGIN = 1080, 80
INK, MUTED, SURFACE, ACCENT = "#1b2733", "#55606b", "#ffffff", "#1f4e79"


def hand_over(response: HttpResponse, participant: Participant, personal_code: str) -> HttpResponse:
    """Gives the browser the code, signed and for its owner alone."""
    response.set_signed_cookie(
        COOKIE,
        personal_code,
        salt=str(participant.uuid),
        max_age=SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def code_in(request: HttpRequest, participant: Participant) -> str:
    """The code that the browser was given for the participant; "" where there is none any more."""
    return request.get_signed_cookie(COOKIE, "", salt=str(participant.uuid), max_age=SECONDS)


def drawn(personal_code: str, *, city: City, address: str) -> bytes:
    """The code as a PNG in the active language: the city, what one does with the code, and where (`address`).

    Words in Arabic script are left out where their letters could not be joined.
    """
    rtl = get_language_bidi()
    lines = [
        (str(city.authority), 36, MUTED),
        (_("Your personal code"), 44, INK),
        (tokens.spaced(personal_code), 128, ACCENT),
        (_("With this code you see, change or take back what you gave, on any phone."), 36, INK),
        (_("Show it to nobody."), 36, INK),
        (address, 32, MUTED),
    ]
    lines = [line for line in lines if features.check("raqm") or not ARABIC.search(line[0])]
    set_up = [(_font(words, size), part, colour) for words, size, colour in lines for part in _broken(words, size)]
    height = 2 * MARGIN + sum(_height(font) for font, _words, _colour in set_up)
    image = Image.new("RGB", (WIDTH, height), SURFACE)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, WIDTH - 1, height - 1), outline=ACCENT, width=8)
    y = MARGIN
    for font, part, colour in set_up:
        x = WIDTH - MARGIN if rtl else MARGIN
        pen.text((x, y), part, font=font, fill=colour, anchor="ra" if rtl else "la")
        y += _height(font)
    target = BytesIO()
    image.save(target, "PNG", optimize=True)
    return target.getvalue()


def _font(words: str, size: int) -> ImageFont.FreeTypeFont:
    family = "NotoSansArabic" if ARABIC.search(words) else "NotoSans"
    weight = "600SemiBold" if size > 40 else "400Regular"
    return ImageFont.truetype(str(FONTS / f"{family}_{weight}.ttf"), size)


def _height(font: ImageFont.FreeTypeFont) -> int:
    return round(font.size * 1.6)


def _broken(words: str, size: int) -> list[str]:
    """The words in lines that fit."""
    font, lines = _font(words, size), [""]
    for word in words.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= WIDTH - 2 * MARGIN:
            lines[-1] = longer
        else:
            lines.append(word)
    return [line for line in lines if line]
