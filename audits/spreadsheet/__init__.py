"""Tables that people fill in and bring back: reading XLSX and CSV, cells, and the row of names. What a table means, its
method knows; each builds its own columns on this ground."""

from .cells import (
    FORMULA_SIGNS,
    CellError,
    Formula,
    choice,
    compared,
    dashless,
    harmless,
    in_all_languages,
    short,
    text_of,
    words,
)
from .files import MOST_BYTES, UnreadableError, table
from .heads import REMARK, Problem, columns_in

__all__ = [
    "FORMULA_SIGNS",
    "MOST_BYTES",
    "REMARK",
    "CellError",
    "Formula",
    "Problem",
    "UnreadableError",
    "choice",
    "columns_in",
    "compared",
    "dashless",
    "harmless",
    "in_all_languages",
    "short",
    "table",
    "text_of",
    "words",
]
