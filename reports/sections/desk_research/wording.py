"""What both halves of the section, and the annexes about documents and institutions, say in the same way."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from deskresearch.enums import Point, Rating
from deskresearch.models import Answer, Document, Provision
from reports.document import blocks
from reports.document.numbers import listed
from reports.material import Material
from reports.sections import words
from reports.sections.sources import cite

DOCUMENTS, INSTITUTIONS = "annex-documents", "annex-institutions"
"""Keys of the annexes that hold the details."""

QUOTE_WORDS = 45
"""How much of a quotation stands in the text; in full it stands in the annex."""


def level(value: str) -> blocks.Level | None:
    """A rating as a table cell; nothing where nobody has rated."""
    if not value:
        return None
    rating = Rating(value)
    return blocks.Level(rating.state, _unknown() if rating == Rating.UNKNOWN else str(rating.label))


def _unknown() -> str:
    # Translators: short for "not known", in a narrow column; explained below the table
    return pgettext("rating in a narrow column", "n/k")


def levels_explained(rows: Iterable[blocks.Row]) -> list[str]:
    """What ratings and empty cells of a table do not say themselves: sentences for its note, of that alone which stands
    there."""
    cells = [cell for row in rows for cell in row.cells]
    said = []
    if any(isinstance(cell, blocks.Level) and cell.word == _unknown() for cell in cells):
        said.append(_("n/k: looked for and not found out."))
    if None in cells:
        said.append(_("A dash: none, or not rated."))
    return said


def citations(documents: Iterable[Document]) -> str:
    return " ".join(cite(one) for one in documents)


def where(document: Document, provision: Provision) -> str:
    """Where a provision stands: the document's number and the page or section."""
    page = provision.page.strip()
    if not page:
        return cite(document)
    if page[0].isdigit():
        page = _("p. %(page)s") % {"page": page}
    return f"{cite(document)}, {page}"


def quotation(text: str, *, most: int = QUOTE_WORDS) -> str:
    """Somebody's words in quotation marks; a long one ends in dots."""
    return _("“%(text)s”") % {"text": Truncator(" ".join(text.split())).words(most, truncate=" …")}


LABELS = {
    "1.1": gettext_lazy("Policies on urban security"),
    "1.2": Point.NATIONAL.label,
    "1.3": Point.EU.label,
    "1.4": Point.EVALUATED.label,
    "1.5": Point.RIGHTS.label,
    "1.6": Point.GENDER.label,
    "1.7": Point.CORRELATED.label,
    "1.8": Point.FINANCED.label,
    "2.1": gettext_lazy("Responsible for urban security"),
    "2.2": gettext_lazy("Special mandates"),
    "2.3": gettext_lazy("New measures for public safety"),
    "2.4": gettext_lazy("Barriers to consulting TCN"),
    "2.5": gettext_lazy("Responsibilities of the police"),
    "2.6": gettext_lazy("Work with community leaders, NGOs and citizens"),
    "2.7": gettext_lazy("Capacity, skills and resources"),
    "2.8": gettext_lazy("What needs improvement"),
}
"""What each guide question asks, in a few words. A reworded question has another key; it is then printed in full."""


def answers(material: Material, keys: Collection[str]) -> tuple[blocks.RichText, ...]:
    """The answers to these guide questions that are done, each with what it rests on, as one block; none without."""
    return answered([one for one in material.desk.answers if one.question.key in keys], material)


def answered(found: Iterable[Answer], material: Material) -> tuple[blocks.RichText, ...]:
    html = "".join(_answer(material, one) for one in found)
    return (blocks.RichText(html, style="note"),) if html else ()


def _answer(material: Material, one: Answer) -> str:
    """The text, its first paragraph after the words of what was asked, its last before the sources."""
    label = str(LABELS.get(one.question.key) or material.texts[one.question, "text"])
    parts = [words.safe(part.strip()) for part in one.text.splitlines() if part.strip()]
    if not label.endswith(("?", ".", ":")):
        # Translators: a heading in running text, before the answer to what it names
        label = _("%(label)s:") % {"label": label}
    parts[0] = f"<strong>{words.safe(label)}</strong> {parts[0]}"
    parts[-1] = " ".join(part for part in (parts[-1], words.safe(_rests_on(one))) if part)
    return "".join(f"<p>{part}</p>" for part in parts)


def _rests_on(one: Answer) -> str:
    """Documents and pages as citations; institutions and partnerships by name, where the answer has not named them."""
    provisions = list(one.provisions.all())
    quoted = {provision.document_id for provision in provisions}
    cited = [cite(document) for document in one.documents.all() if document.pk not in quoted]
    cited += [where(provision.document, provision) for provision in provisions]
    names = [row.name for row in one.institutions.all()] + [row.title for row in one.partnerships.all()]
    names = [name for name in names if name.casefold() not in one.text.casefold()]
    if names:
        cited.append(_("(see %(names)s)") % {"names": listed(names)})
    return " ".join(cited)
