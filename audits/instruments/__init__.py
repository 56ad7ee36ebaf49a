"""What all instruments share: copying, comparing, protecting, translating, seeding.

Works on any tree declared with `audits.models.Instrument` and `InstrumentPart`, whichever room it is in.
"""

from .comparing import Difference, difference
from .copying import make_own_version
from .protecting import Use, publish, retire, take_back, used_by
from .translating import (
    Text,
    Texts,
    load_translations,
    save_translation,
    translated,
)

__all__ = [
    "Difference",
    "Text",
    "Texts",
    "Use",
    "difference",
    "load_translations",
    "make_own_version",
    "publish",
    "retire",
    "save_translation",
    "take_back",
    "translated",
    "used_by",
]
