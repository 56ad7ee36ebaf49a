"""Bases of the administration of instruments: each room declares its models with them in its `admin.py`.

What may not be changed (an original, an instrument in use) is shown read-only, with the reason and the way on:
an own version. Originals keep their wording, so that the results of different cities and years compare.
"""

from .finding import FoldedSearch, admin_url
from .parts import PartAdmin, PartInline
from .roots import InstrumentAdmin
from .shared import SharedPartAdmin

__all__ = ["FoldedSearch", "InstrumentAdmin", "PartAdmin", "PartInline", "SharedPartAdmin", "admin_url"]
