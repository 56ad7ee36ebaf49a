"""The opening script begins with the first thing that somebody words otherwise than the plan."""

from __future__ import annotations

from ..models import FocusGroup, OpeningScript


def script_of(*, group: FocusGroup) -> OpeningScript:
    """The group's script, to be written; made now, empty, where nobody has written one."""
    script: OpeningScript = OpeningScript.objects.get_or_create(group=group)[0]
    script.group = group
    return script
