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
# Signs that are pictures by themselves (Unicode, Emoji_Presentation): the layout asks a font of colour pictures for
# them, which we have not, even where a font of symbols has the sign.
PICTURES = re.compile(
    "[\u231a\u231b\u23e9-\u23ec\u23f0\u23f3\u25fd\u25fe\u2614\u2615\u2648-\u2653\u267f\u2693\u26a1\u26aa\u26ab\u26bd\u26be"
    "\u26c4\u26c5\u26ce\u26d4\u26ea\u26f2\u26f3\u26f5\u26fa\u26fd\u2705\u270a\u270b\u2728\u274c\u274e\u2753-\u2755\u2757"
    "\u2795-\u2797\u27b0\u27bf\u2b1b\u2b1c\u2b50\u2b55\U0001f000-\U0001faff]"
)
LINES = set("\t\n\r\f")
JOINER = "\N{ZERO WIDTH JOINER}"


@cache
def covered() -> frozenset[str]:
    """Returns every letter that one of our fonts has and the layout takes from it."""
    from fontTools.ttLib import TTFont

    found: set[str] = set()
    for path in FONTS.glob("*.ttf"):
        with TTFont(path, lazy=True) as font:
            found.update(map(chr, font.getBestCmap()))
    return frozenset(sign for sign in found if not PICTURES.match(sign))


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
