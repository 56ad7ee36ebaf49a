"""Letters that our fonts do not have: a PDF must not hold them (PDF/UA), and nobody should miss them unawares."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from unicodedata import category

FONTS = Path(__file__).resolve().parents[2] / "static" / "report" / "fonts"
MARK = "\N{REPLACEMENT CHARACTER}"
# What only changes the look of the sign before it, or joins two signs into one: variation selectors, skin tones, the
# sign of a key, tags of flags.
MODIFIERS = "\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\u20e3\U000e0020-\U000e007f\U000e0100-\U000e01ef"
# Controls and separators that nobody sees, and signs that a PDF may not hold even where a font has them.
INVISIBLE = {"Cc", "Cf", "Zl", "Zp"}
NEVER = "\ufeff\ufffe\uffff\u2028\u2029"
LINES = set("\t\n\r\f")
JOINER = "\N{ZERO WIDTH JOINER}"


@cache
def covered() -> frozenset[str]:
    """Returns every letter that one of our fonts has."""
    from fontTools.ttLib import TTFont

    found: set[str] = set()
    for path in FONTS.glob("*.ttf"):
        with TTFont(path, lazy=True) as font:
            found.update(map(chr, font.getBestCmap()))
    return frozenset(found)


def printable(html: str) -> tuple[str, Mapping[str, int]]:
    """Returns the text with a visible mark in the place of each letter that no font has, and how often each was there.

    A sign of several characters, such as a family, counts as one.
    """
    used = set(html)
    invisible = {
        sign for sign in used if sign in NEVER or (category(sign) in INVISIBLE and sign not in covered())
    } - LINES
    html = html.translate(dict.fromkeys(map(ord, invisible)))
    lacking = used - covered() - invisible - LINES - set(re.findall(f"[{MODIFIERS}]", html))
    found: Counter[str] = Counter()
    if lacking:
        one = f"[{re.escape(''.join(sorted(lacking)))}]"
        whole = rf"{one}[{MODIFIERS}]*(?:{JOINER}{one}[{MODIFIERS}]*)*"

        def mark(match: re.Match[str]) -> str:
            found[match[0]] += 1
            return MARK

        html = re.sub(whole, mark, html)
    # A modifier that is left over stands behind a letter that we do have: it is printed as ordinary text.
    return re.sub(f"[{MODIFIERS}]", "", html), dict(found)
