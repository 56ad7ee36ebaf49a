"""Sheets as a table: the template that a walk offers, and reading what was filled into it.

One row is one participant's sheet. The first row names the columns by codes that are the same in every language; rows
whose first cell begins with # are remarks. Where a part is filled in once per place, its columns stand once for each
place, named after it ("U3 @ Station Square"), so that a participant is one row all the same.
"""

from audits.spreadsheet import Problem, UnreadableError

from .columns import columns_of
from .reading import HIGHEST_NUMBER, Reading, read
from .template import template_csv, template_xlsx

MOST_PROBLEMS = 100
"""As many as a page shows at once."""

__all__ = [
    "HIGHEST_NUMBER",
    "MOST_PROBLEMS",
    "Problem",
    "Reading",
    "UnreadableError",
    "columns_of",
    "read",
    "template_csv",
    "template_xlsx",
]
