"""The focus groups one by one: what the toolkit's report form asks of each."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from focusgroups.printed import report
from reports.document import blocks
from reports.material import Material

KEY = "annex-groups"


def groups(material: Material) -> blocks.Section | None:
    """Every closed group with its participants, areas, questions and conclusions."""
    if not material.sessions:
        return None
    # The section on the groups says why people are not numbered, and names the themes of all.
    same = len({tuple(one.group.topic_lines) for one in material.sessions}) == 1
    told = ("hidden", "topics") if same else ("hidden",)
    parts = tuple(replace(report.chapter(one, told=told), in_contents=False) for one in material.sessions)
    return blocks.Section(KEY, _("Focus groups in detail"), blocks=parts)
