"""How people write figures: `1 234,5`, `1.234,5`, `1,234.5`, `1’234.5`. Pure."""

from decimal import Decimal, InvalidOperation
from enum import Enum

_SPACES = dict.fromkeys(map(ord, "  \u00a0\u2009\u202f\t'’"))
_MINUS = str.maketrans("−–", "--")


class Fault(Enum):
    """Why a text is no figure."""

    NO_FIGURE = "no figure"
    TWO_READINGS = "two readings"
    BAD_GROUPS = "bad groups"


class UnreadableFigureError(ValueError):
    """Raised with the reason in `reason`; of two readings, `small` and `large` are the two."""

    def __init__(self, reason: Fault, compact: str = ""):
        super().__init__(reason.value)
        self.reason = reason
        if reason is Fault.TWO_READINGS:
            self.small = Decimal(compact.replace(",", "."))
            self.large = compact.replace(",", "").replace(".", "")


def read_figure(text: str, *, thousands: str) -> Decimal:
    """The figure that a person wrote, given the sign with which their language groups thousands.

    Spaces and apostrophes group thousands in any language. A comma or point that can only be one thing is taken
    as that: the last of two kinds is the decimal one, a repeated one groups, one that cannot group is decimal.
    `1,234` groups where the language groups with a comma; where it does not, the text is refused, even if the mark
    is the language's decimal one: people of many languages share a table, and a figure wrong by a factor of a
    thousand would look right.
    Raises UnreadableFigureError.
    """
    compact = text.strip().translate(_SPACES).translate(_MINUS)
    marks = [sign for sign in compact if sign in ",."]
    point = ""
    if len(set(marks)) == 2:
        point = marks[-1]
        if marks.count(point) > 1:
            raise UnreadableFigureError(Fault.BAD_GROUPS)
    elif len(marks) == 1:
        before, after = compact.split(marks[0])
        if not _are_groups([before.removeprefix("-"), after]):
            point = marks[0]
        elif marks[0] != thousands:
            raise UnreadableFigureError(Fault.TWO_READINGS, compact)
    whole, _, fraction = compact.partition(point) if point else (compact, "", "")
    groups = whole.removeprefix("-").replace(".", ",").split(",")
    if len(groups) > 1 and not _are_groups(groups):
        raise UnreadableFigureError(Fault.BAD_GROUPS)
    sign = "-" if whole.startswith("-") else ""
    plain = f"{sign}{''.join(groups)}{'.' + fraction if fraction else ''}"
    if not plain.removeprefix("-").replace(".", "", 1).isdecimal():
        raise UnreadableFigureError(Fault.NO_FIGURE)
    try:
        return Decimal(plain)
    except InvalidOperation:
        raise UnreadableFigureError(Fault.NO_FIGURE) from None


def _are_groups(groups: list[str]) -> bool:
    """Whether the digits can stand for thousands: three in each group, no zero in front."""
    first, *others = groups
    return 1 <= len(first) <= 3 and not first.startswith("0") and all(len(group) == 3 for group in others)


def write_figure(value: Decimal, *, decimal: str, thousands: str) -> str:
    """A figure with its thousands grouped and without zeros at the end; `read_figure` reads it back."""
    whole, _, fraction = f"{value:,f}".partition(".")
    fraction = fraction.rstrip("0")
    if len(fraction) == 3 and "," not in whole and not whole.lstrip("-").startswith("0"):
        fraction += "0"  # 1.234 could be a thousand
    return whole.replace(",", thousands) + (decimal + fraction if fraction else "")
