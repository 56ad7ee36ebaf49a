"""Tables that people take along, fill in and bring back: making XLSX, reading XLSX and CSV, cells, the row of names. What a table means, its
method knows; each builds its own columns on this ground."""

from .cells import (
    FORMULA_SIGNS,
    CellError,
    Formula,
    choice,
    compared,
    dashless,
    day,
    harmless,
    in_all_languages,
    short,
    text_of,
    words,
)
from .files import MOST_BYTES, UnreadableError, holds_text, table
from .heads import REMARK, Problem, columns_in
from .writing import XLSX, add_sheet, workbook

__all__ = [
    "FORMULA_SIGNS",
    "MOST_BYTES",
    "REMARK",
    "XLSX",
    "CellError",
    "Formula",
    "Problem",
    "UnreadableError",
    "add_sheet",
    "choice",
    "columns_in",
    "compared",
    "dashless",
    "day",
    "harmless",
    "holds_text",
    "in_all_languages",
    "short",
    "table",
    "text_of",
    "words",
    "workbook",
]
