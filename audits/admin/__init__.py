"""The platform's administration: cities and people, audits from outside, the co-design guide, translations, the log
of accesses.

Nothing that participants wrote or photographed is here (DESIGN section 1, platform admin).
"""

from . import accounts, audits, codesign, log, translations

__all__ = ["accounts", "audits", "codesign", "log", "translations"]
