"""Numbers as a document prints them, by the language that is active (`django.utils.translation`)."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import get_language, get_language_bidi, pgettext

DECIMAL_COMMA = {"bg", "hr", "cs", "it", "sk", "uk"}
# The same thin space in every language (ISO 80000-1): 1.012 and 1,012 would be read differently next door.
GROUP = "\N{NARROW NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"


def rounded(value: float, decimals: int) -> Decimal:
    """Returns `value` rounded half up on its decimal notation, as Django's floatformat does on the "
    "screens."""
    return Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def number(value: float | None, decimals: int = 0, *, sign: bool = False) -> str:
    """Returns the number with `decimals` places, or an en dash for None; `sign` writes a plus "
    "before gains."""
    if value is None:
        return "\N{EN DASH}"
    exact = rounded(value, decimals)
    text = f"{abs(exact):,f}".replace(",", GROUP)
    if (get_language() or "en").split("-")[0] in DECIMAL_COMMA:
        text = text.replace(".", ",")
    prefix = MINUS if exact < 0 else "+" if sign and exact > 0 else ""
    if prefix and get_language_bidi():
        # Without the mark a sign changes sides in right-to-left text.
        prefix = "\N{LEFT-TO-RIGHT MARK}" + prefix
    return prefix + text


def listed(parts: list[str]) -> str:
    """Returns the texts as one list in running text ("F1, F2")."""
    # Translators: stands between the parts of a short list such as "F1, F2"
    return pgettext("list separator", ", ").join(parts)
