"""The checklist's texts in the language of a page, and which wording it was (DESIGN section 3, "Instrument texts")."""

import hashlib
from dataclasses import dataclass

from django.utils.translation import pgettext_lazy

from audits.enums import Area
from audits.instruments import Text, translated

from .lines import Plan
from .models import Checklist

# One word for each part, as participants read it on a phone.
SHORT_TITLES = {
    Area.VISION: pgettext_lazy("part of the sheet", "City"),
    Area.CIVIC: pgettext_lazy("part of the sheet", "Taking part"),
    Area.URBAN: pgettext_lazy("part of the sheet", "Streets"),
    Area.ATTITUDES: pgettext_lazy("part of the sheet", "Attitudes"),
}


@dataclass(frozen=True)
class Wording:
    """Titles by section and statements by item (primary keys), in the sheet's order."""

    language: str
    titles: dict[int, Text]
    statements: dict[int, Text]

    @property
    def revision(self) -> str:
        """Identifies exactly these statements, 16 hex digits: it changes with every word of them and only then."""
        words = "\n".join(text.text for text in self.statements.values())
        return hashlib.sha256(words.encode()).hexdigest()[:16]


def wording_of(plan: Plan, checklist: Checklist, language: str) -> Wording:
    """The checklist in a language, one query; a text that nobody has translated stands in its source language."""
    # With the way up to the checklist at hand, its language needs no query of its own.
    for part in plan.parts:
        part.section.checklist = checklist
        for line in (line for block in part.blocks for line in block.lines):
            line.item.section = part.section
    sections = [part.section for part in plan.parts]
    items = list({line.item.pk: line.item for line in plan}.values())
    texts = translated([*sections, *items], language)
    return Wording(
        language,
        {section.pk: texts[section, "title"] for section in sections},
        {item.pk: texts[item, "statement"] for item in items},
    )
