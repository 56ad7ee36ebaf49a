"""System check: the PDF needs Pango from the system, which pip cannot install."""

from __future__ import annotations

import ctypes
from typing import Any

from django.core.checks import CheckMessage, Warning

LIBRARIES = ("libpango-1.0.so.0", "libpango-1.0.0.dylib", "libpango-1.0-0.dll")
NEEDED = (1, 44)
HINT = "Debian and Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


def pango_version() -> tuple[int, int] | None:
    """Returns Pango's version as (major, minor), or None where the library is missing."""
    for name in LIBRARIES:
        try:
            number = ctypes.CDLL(name).pango_version()
        except OSError:
            continue
        return number // 10000, number // 100 % 100
    return None


def check_pango(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Warns with the one command to type when no PDF can be made. Registered by the reports app."""
    version = pango_version()
    if version is None:
        return [Warning("PDFs cannot be made: Pango is missing.", hint=HINT, id="reports.W001")]
    if version < NEEDED:
        found = ".".join(map(str, version))
        return [Warning(f"PDFs cannot be made: Pango {found} is older than 1.44.", hint=HINT, id="reports.W001")]
    return []
