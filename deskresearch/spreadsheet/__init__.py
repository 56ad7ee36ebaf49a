r"""The inventory as a table, out and in. Bringing in makes new documents; those that stand are not changed by it.

One row is one document. The first row names the columns by codes that are the same in every language, the second
explains them; rows whose first cell begins with # are remarks, a title that itself begins so is written as \#.
"""

from audits.spreadsheet import Problem, UnreadableError

from .reading import MOST_ROWS, Reading, read
from .writing import inventory_xlsx, template_xlsx

MOST_PROBLEMS = 100
"""As many as a page shows at once."""

__all__ = [
    "MOST_PROBLEMS",
    "MOST_ROWS",
    "Problem",
    "Reading",
    "UnreadableError",
    "inventory_xlsx",
    "read",
    "template_xlsx",
]
