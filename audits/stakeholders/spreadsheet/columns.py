"""The columns of the table of stakeholders, by the codes of its first row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from audits.enums import TargetGroup
from audits.instruments import Text
from audits.models import SelectionQuestion
from audits.spreadsheet import REMARK

from ..enums import Degree, Known, Sector, StakeholderKind
from ..models import Stakeholder

SHEET = "Stakeholders"
"""The worksheet that is filled in."""
NAME, EMAIL, WEBSITE = "name", "e-mail", "website"
TEXTS = {
    NAME: "name",
    "contact": "contact_name",
    "position": "contact_role",
    EMAIL: "email",
    "telephone": "telephone",
    WEBSITE: "website",
    "involved in": "involved_in",
    "arguments": "arguments",
}
"""Columns of text: the field."""
CHOICES: dict[str, tuple[str, Any, str]] = {
    "kind": ("kind", StakeholderKind, StakeholderKind.ORGANISATION),
    "sector": ("sector", Sector, ""),
    "target group": ("target_group", TargetGroup, ""),
    "migrant-led": ("migrant_led", Known, Known.UNKNOWN),
}
"""Columns with values to choose from: the field, its values, and what an empty cell means."""
DEGREES = {"power": "power", "interest": "interest"}
WHY = "why"


@dataclass(frozen=True)
class Column:
    """A column of the table. `name` stands in the first row, `explanation` in the second; `question` is the key in the
    database of the selection question that it answers."""

    name: str
    explanation: str
    width: int = 16
    question: int | None = None

    @property
    def required(self) -> bool:
        return self.name == NAME

    @property
    def is_reason(self) -> bool:
        """Whether it tells why a question is answered so, instead of the answer."""
        return bool(self.question) and self.name.endswith(f" {WHY}")

    @property
    def reason(self) -> str:
        """The column of an answer's reason."""
        return f"{self.name} {WHY}"


def length_of(name: str) -> int:
    """How long a text may be."""
    field: Any = Stakeholder._meta.get_field(TEXTS[name])
    limit: int = field.max_length or next(one.limit_value for one in field.validators if hasattr(one, "limit_value"))
    return limit


def columns(asked: Iterable[tuple[SelectionQuestion, Text]]) -> list[Column]:
    """All columns, explained in the language of the page; `asked` are the guide's selection questions."""
    from_list = _("From the list, or empty")
    degree = _("1 to 5: %(words)s; or empty") % {"words": ", ".join(str(label) for label in Degree.labels)}
    found = [
        Column(NAME, f"{REMARK} " + _("Name of the organisation or function"), 40),
        Column("kind", from_list, 20),
        Column("sector", from_list, 26),
        Column("target group", from_list, 26),
        Column("migrant-led", _("Yes, no, or empty where it is not known"), 12),
        Column("contact", _("Who acts for it"), 24),
        Column("position", _("Their position there"), 24),
        Column(EMAIL, _("One address"), 30),
        Column("telephone", _("With the code of the country")),
        Column(WEBSITE, _("Address on the web"), 30),
        Column("involved in", _("What they are involved in so far"), 40),
        Column("power", _("How far they can affect what comes of the strategy.") + f" {degree}", 14),
        Column("interest", _("How much they want to take part in it.") + f" {degree}", 14),
        Column("arguments", _("Arguments for their taking part"), 40),
    ]
    for question, text in asked:
        found.append(Column(question.key, f"{text} " + _("Yes, no, or empty where it is not known"), 20, question.pk))
        found.append(Column(f"{question.key} {WHY}", _("Why"), 28, question.pk))
    return found
