"""The columns of the table of documents, by the codes of its first row."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from audits.spreadsheet import REMARK, compared

from ..enums import DocumentKind, Level, Point, ProvisionTopic, Published, Rating, Scope, Sector

DOCUMENTS = "Documents"
"""The worksheet that is filled in."""
TITLE, SOURCE, LANGUAGE, SUMMARY = "title", "source type", "language", "summary"
FROM, TO = "from year", "to year"
PUBLISHED_AT, LINK, DEAD, FILE = "published at", "link", "link dead since", "file"
TEXTS = {TITLE: ("title", 300), "issued by": ("issued_by", 200), "reference": ("reference", 200)}
"""Columns of plain text: the field and its length."""
CHOICES: dict[str, tuple[str, Any, str]] = {
    "kind": ("kind", DocumentKind, ""),
    "level": ("level", Level, Level.CITY),
    "published": ("published", Published, Published.UNKNOWN),
    "scope": ("scope", Scope, Scope.GENERAL),
    "sector": ("sector", Sector, ""),
}
"""Columns with values to choose from: the field, its values, and what an empty cell means."""
FIELDS = {
    **{name: field for name, (field, *_rest) in (*TEXTS.items(), *CHOICES.items())},
    SOURCE: "source_type_id",
    FROM: "from_year",
    TO: "to_year",
    LANGUAGE: "language",
    PUBLISHED_AT: "published_at",
    LINK: "link",
    DEAD: "link_dead_on",
    SUMMARY: "summary",
}
"""The columns that hold a field of the document."""
PROVISIONS = {f"provisions {topic.value}": topic for topic in ProvisionTopic}
RATINGS = {point.value: point for point in Point}
REASONS = {f"{point.value} reason": point for point in Point}
REQUIRED = {TITLE, "kind", SOURCE}


@dataclass(frozen=True)
class Column:
    """A column of the table. `name` stands in the first row, `explanation` in the second."""

    name: str
    explanation: str
    width: int = 16

    @property
    def required(self) -> bool:
        return self.name in REQUIRED


def columns() -> list[Column]:
    """All columns, explained in the language of the page."""
    title = _("Title of the document")
    from_list = _("From the list, or empty")
    quotations = _(
        "Quotations, each a paragraph of its own with an empty line between them; the page behind it in square brackets: [12]"
    )
    rating_words = ", ".join(str(label) for label in Rating.labels)
    rating = _("%(words)s; empty where it is not rated yet") % {"words": rating_words}
    found = [
        Column(TITLE, f"{REMARK} {title}", 44),
        Column("kind", _("Kind of document, from the list"), 20),
        Column(SOURCE, _("Type of source, from the list"), 22),
        Column("level", from_list),
        Column("issued by", _("Who has issued it"), 24),
        Column("reference", _("For example: Council decision 112/2024"), 24),
        Column(FROM, _("First year, for example 2024"), 10),
        Column(TO, _("Last year"), 10),
        Column(LANGUAGE, _("Language, by its name or its code: bg")),
        Column("scope", from_list, 24),
        Column("sector", _("Only where it was written for one sector")),
        Column("published", _("On the city’s website? Yes, no or not known")),
        Column(PUBLISHED_AT, _("Address on the city’s website"), 30),
        Column(LINK, _("Another address"), 30),
        Column(DEAD, _("Date since when the address does not work, for example 2026-10-31")),
        Column(SUMMARY, _("What it is about"), 44),
        Column(FILE, _("Name of the attached file; it is not brought in")),
    ]
    found += [Column(name, f"{topic.label}. {quotations}", 44) for name, topic in PROVISIONS.items()]
    for point in Point:
        found.append(Column(point.value, f"{point.question} {rating}", 14))
        found.append(Column(f"{point.value} reason", _("Reason"), 28))
    return found


@cache
def explanations() -> frozenset[str]:
    """The first cell of the second row of the template, in all languages."""
    found = set()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found.add(columns()[0].explanation)
    return frozenset(found)


def accepted() -> dict[str, Column]:
    """The columns by their name as it is compared."""
    return {compared(column.name): column for column in columns()}
