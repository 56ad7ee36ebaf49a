"""Assessment of policy and strategic documents: documents, provisions, effectiveness, areas (toolkit, "Desk Research")."""

from __future__ import annotations

from collections import Counter

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from audits.enums import Area
from deskresearch.enums import Point, PointGroup, ProvisionTopic, Published, Rating, Scope
from deskresearch.models import Document
from reports.document import blocks
from reports.document.numbers import number
from reports.live import live
from reports.material import Material
from reports.researched import Desk
from reports.sections import words
from reports.sections.sources import cite, years

from . import wording

ASSESSED = ("1.4", "1.5", "1.6")
SECURITY = ("1.1",)
EFFECTIVE = ("1.2", "1.3", "1.7", "1.8")
ANSWERED = (*ASSESSED, *SECURITY, *EFFECTIVE)

MATRIX = "documents-by-aspect"
ALL = "documents"
"""Key of the annex's table that has every document, with the reasons of its ratings."""
MOST_DOCUMENTS = 15
MOST_PROVISIONS = 1


@live("desk_research.policies", gettext_lazy("Policy and strategic documents"), heading=True)
def policies(material: Material):
    return (blocks.Section("desk_research.policies", _("Policy and strategic documents"), in_contents=False),)


@live("desk_research.documents", gettext_lazy("Documents reviewed, aspect by aspect"))
def documents(material: Material):
    return _documents(material) or wording.answers(material, ASSESSED)


def _documents(material: Material) -> list:
    """What was read and is published, and how many of the city's documents have each of the seven aspects."""
    desk = material.desk
    if not desk.documents:
        return []
    said = [_reviewed(material), *_scopes(desk), *_unpublished(desk)]
    counted = [
        _line(str(point.label), _counted(counts))
        for point in Point.of(PointGroup.ASSESSMENT)
        if (counts := desk.counts(point))
    ]
    nodes: list = [blocks.Paragraph(" ".join(said))]
    if counted and desk.city_documents:
        counted.append(f"([[{MATRIX}]])")
    if counted:
        html = f"<p>{' '.join(counted)}</p>"
        nodes.append(blocks.RichText(html, side=_("Aspects of the documents rated"), style="note"))
    return nodes


def _reviewed(material: Material) -> str:
    """How many sources of which type, by the names that the guide has for them."""
    found = material.desk.documents
    types = {one.source_type_id: one.source_type for one in found}
    counts = Counter(one.source_type_id for one in found)
    kinds = "; ".join(
        f"{material.texts[types[pk], 'title']}: {number(counts[pk])}"
        for pk in sorted(types, key=lambda pk: types[pk].position)
    )
    said = ngettext(
        "%(count)s source was reviewed (%(kinds)s).", "%(count)s sources were reviewed (%(kinds)s).", len(found)
    )
    return said % {"count": number(len(found)), "kinds": kinds}


def _scopes(desk: Desk) -> list[str]:
    own = desk.city_documents
    if not own:
        return [_("None of them is a document of the city.")]
    said = ngettext(
        "%(count)s is a document of the city: %(tcn)s written for the integration of third-country nationals, "
        "%(sectoral)s for one sector, %(general)s for the city as a whole.",
        "%(count)s are documents of the city: %(tcn)s written for the integration of third-country nationals, "
        "%(sectoral)s for one sector, %(general)s for the city as a whole.",
        len(own),
    )
    scopes = Counter(one.scope for one in own)
    counts = {scope.value: number(scopes[scope.value]) for scope in Scope}
    return [said % {"count": number(len(own)), **counts}]


def _unpublished(desk: Desk) -> list[str]:
    """Which of the city's own documents its website does not have, as the toolkit asks that it has them."""
    own = desk.city_documents
    absent = [one for one in own if one.published == Published.NO]
    unknown = [one for one in own if one.published == Published.UNKNOWN]
    if own and not absent and not unknown:
        return [_("All documents of the city are published on its website.")]
    said = []
    if absent:
        said.append(_("Not published on the city’s website: %(documents)s.") % {"documents": wording.citations(absent)})
    if unknown:
        said.append(
            _("Not known whether it is published there: %(documents)s.") % {"documents": wording.citations(unknown)}
        )
    return said


def matrix(desk: Desk) -> blocks.Table:
    """For the annex: the city's documents by aspect and the areas that they address, as many as a page holds: those that are rated, then the others."""
    aspects = Point.of(PointGroup.ASSESSMENT)
    told = (*aspects, *Point.of(PointGroup.AREAS))
    ranked = sorted(desk.city_documents, key=lambda one: not any(desk.rating(one, point) for point in told))
    shown, left = ranked[:MOST_DOCUMENTS], len(ranked[MOST_DOCUMENTS:])
    columns = [
        blocks.Column(_("Document and period"), 33.7),
        *(blocks.Column(str(point.short), 7.8) for point in aspects),
        blocks.Column(_("Areas"), 11.7),
    ]
    rows = [
        blocks.Row((name(one), *(_level(desk, one, point) for point in aspects), _areas(desk, one))) for one in shown
    ]
    notes = wording.levels_explained(rows)
    notes.append(_("Areas: those that the document addresses, at least in part."))
    if left:
        said = ngettext(
            "%(count)s more document of the city is left out here; [[%(annex)s]] holds them all, with the reasons.",
            "%(count)s more documents of the city are left out here; [[%(annex)s]] holds them all, with the reasons.",
            left,
        )
        notes.append(said % {"count": number(left), "annex": ALL})
    return blocks.Table(
        _("What the city’s documents cover, aspect by aspect"),
        tuple(columns),
        tuple(rows),
        key=MATRIX,
        style="tight",
        source=" ".join(notes),
        short=_("City documents by aspect"),
    )


def name(one: Document) -> str:
    """A document with its number in the sources and the years it is for."""
    title = ", ".join(part for part in (one.title, years(one)) if part)
    return f"{cite(one)} {title}"


def _level(desk: Desk, one: Document, point: Point) -> blocks.Level | None:
    rating = desk.rating(one, point)
    return wording.level(rating.value) if rating else None


def _areas(desk: Desk, one: Document) -> blocks.Areas | None:
    addressed = [
        area.value
        for area in Area
        if (rating := desk.rating(one, Point(area.value))) and rating.value in (Rating.YES, Rating.PARTLY)
    ]
    return blocks.Areas(tuple(addressed)) if addressed else None


@live("desk_research.provisions", gettext_lazy("Provisions on integration and on urban security"))
def provisions(material: Material):
    return _provisions(material) or wording.answers(material, SECURITY)


def _provisions(material: Material) -> list:
    """The most telling of each topic, word for word with document and page; all of them stand in the annex."""
    desk = material.desk
    nodes: list = []
    shown = 0
    for topic in ProvisionTopic:
        found = desk.provisions(topic)[:MOST_PROVISIONS]
        shown += len(found)
        if found:
            quotes = [
                words.safe(f"{wording.quotation(one.text)} {wording.where(document, one)}") for document, one in found
            ]
            side = _("Provisions: %(topic)s") % {"topic": topic.label}
            nodes.append(blocks.RichText(words.bulleted(quotes), side=side, style="note"))
        elif desk.provision_count:
            nodes.append(
                blocks.Paragraph(_("No provision was found on this topic: %(topic)s.") % {"topic": topic.label})
            )
    if shown < desk.provision_count:
        said = ngettext(
            "%(shown)s of %(count)s provision stand here; all are quoted in full in [[%(annex)s]].",
            "%(shown)s of %(count)s provisions stand here; all are quoted in full in [[%(annex)s]].",
            desk.provision_count,
        )
        counts = {"shown": number(shown), "count": number(desk.provision_count), "annex": wording.DOCUMENTS}
        nodes.append(blocks.Paragraph(said % counts, "note"))
    return nodes


@live("desk_research.effectiveness", gettext_lazy("Effectiveness of policies and measures"))
def effectiveness(material: Material):
    return _effectiveness(material) or wording.answers(material, EFFECTIVE)


def _effectiveness(material: Material) -> list:
    """Cost-efficiency, impact and alignment: how the documents were rated; the annex says why."""
    desk = material.desk
    said = [
        _line(str(point.label), _counted(counts))
        for point in Point.of(PointGroup.EFFECTIVENESS)
        if (counts := desk.counts(point))
    ]
    return _list(said, _("Effectiveness of the documents rated"))


def _line(label: str, counts: str) -> str:
    # Translators: a point of a list: what was rated, how many documents had each rating
    return _("%(label)s: %(counts)s.") % {"label": f"<strong>{words.safe(label)}</strong>", "counts": counts}


def _list(said: list[str], side: str) -> list[blocks.RichText]:
    return [blocks.RichText(words.bulleted(said), side=side, style="note")] if said else []


def _counted(counts: Counter[str]) -> str:
    """How many documents have each rating: "yes 4, partly 3"."""
    found = [(rating, counts[rating.value]) for rating in Rating if counts[rating.value]]
    return ", ".join(f"{str(rating.label).lower()} {number(count)}" for rating, count in found)


@live("desk_research.areas", gettext_lazy("How far the documents answer the four areas"))
def areas(material: Material):
    desk = material.desk
    said = []
    for area in Area:
        point = Point(area.value)
        if counts := desk.counts(point):
            said.append(_line(str(area.short), _counted(counts)))
    own = [one for one in material.desk.answers if one.question.step.position <= 1]
    other = [one for one in own if one.question.key not in ANSWERED]
    side = _("How far the documents rated answer the four areas")
    return (*_list(said, side), *wording.answered(other, material))


DATA = ((ASSESSED, _documents), (SECURITY, _provisions), (EFFECTIVE, _effectiveness))
"""What speaks in the place of the answers to these questions."""
