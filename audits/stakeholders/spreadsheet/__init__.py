r"""The register as a table, out and in. Bringing in makes new stakeholders; those that stand are not changed by it.

One row is one stakeholder. The first row names the columns by codes that are the same in every language, the second
explains them; rows whose first cell begins with # are remarks, a name that itself begins so is written as \#.
"""

from .reading import MOST_ROWS, Reading, read
from .writing import register_xlsx, template_xlsx

__all__ = ["MOST_ROWS", "Reading", "read", "register_xlsx", "template_xlsx"]
