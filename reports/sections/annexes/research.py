"""What the desk research found, in full: every document with its ratings and provisions, every institution and
partnership."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from deskresearch.enums import Point, Published, Rating, Scope
from deskresearch.models import Document, Institution, Partnership
from reports.document import blocks
from reports.document.numbers import listed
from reports.document.richtext import unreferenced
from reports.material import Material
from reports.sections.desk_research import governance, policies, wording


def documents(material: Material) -> blocks.Section | None:
    """Every document with what it is, how it was rated and why, and the provisions quoted from it."""
    found = material.desk.documents
    if not found:
        return None
    return blocks.Section(
        wording.DOCUMENTS,
        _("Documents reviewed"),
        blocks=(*_matrix(material), _ratings(material), *_provisions(material)),
    )


def _matrix(material: Material) -> tuple[blocks.Table, ...]:
    return (policies.matrix(material.desk),) if material.desk.city_documents else ()


def answers(material: Material) -> blocks.Section | None:
    """The answers to those guide questions in whose place the section has what was found."""
    keys = {key for keys, data in (*policies.DATA, *governance.DATA) if data(material) for key in keys}
    said = wording.answers(material, keys)
    return blocks.Section("annex-answers", _("Answers to the guide questions"), blocks=said) if said else None


def _ratings(material: Material) -> blocks.Table:
    rows = []
    for one in material.desk.documents:
        rows.append(blocks.Row((policies.name(one),), style="band"))
        rows.append(blocks.Row((_("What it is"), "", _described(material, one))))
        unexplained = []
        for point in Point:
            rating = material.desk.rating(one, point)
            if rating and rating.reason.strip():
                rows.append(blocks.Row((str(point.label), _level(rating.value), _typed(rating.reason))))
            elif rating:
                unexplained.append(
                    _("%(point)s: %(rating)s") % {"point": point.label, "rating": Rating(rating.value).label}
                )
        if unexplained:
            rows.append(blocks.Row((_("Without a reason"), "", "; ".join(unexplained))))
    return blocks.Table(
        _("The documents, how they were rated and why"),
        (blocks.Column(_("Point"), 27), blocks.Column(_("Rating"), 10), blocks.Column(_("Reason"), 63)),
        tuple(rows),
        key=policies.ALL,
        source=_("Points without a rating are left out."),
        style="tight",
        short=_("Documents reviewed"),
    )


def _typed(text: str) -> str:
    """What somebody typed, in one line."""
    return unreferenced(" ".join(text.split()))


def _level(value: str) -> blocks.Level:
    rating = Rating(value)
    return blocks.Level(rating.state, str(rating.label))


def _described(material: Material, one: Document) -> str:
    scope = str(one.get_scope_display())
    if one.scope == Scope.SECTORAL:
        scope = f"{scope}: {one.get_sector_display()}"
    facts = [
        str(material.texts[one.source_type, "title"]),
        str(one.get_kind_display()),
        _("level: %(level)s") % {"level": one.get_level_display()},
        scope,
        {
            Published.YES: _("published on the city’s website"),
            Published.NO: _("not published on the city’s website"),
            Published.UNKNOWN: _("not known whether it is published on the city’s website"),
        }[Published(one.published)],
    ]
    return ". ".join(part for part in ["; ".join(facts), _typed(one.summary)] if part)


def _provisions(material: Material) -> tuple[blocks.Table, ...]:
    rows = []
    for one in material.desk.documents:
        found = one.provisions.all()
        if found:
            rows.append(blocks.Row((policies.name(one),), style="band"))
        rows += [
            blocks.Row(
                (
                    _("“%(text)s”") % {"text": _typed(row.text)},
                    str(row.get_topic_display()),
                    _typed(row.page) or None,
                )
            )
            for row in found
        ]
    if not rows:
        return ()
    return (
        blocks.Table(
            _("Provisions on TCN integration and on urban security, word for word"),
            (
                blocks.Column(_("Provision"), 68),
                blocks.Column(_("On what"), 17),
                blocks.Column(_("Page or section"), 15),
            ),
            tuple(rows),
            key="provisions-quoted",
            style="tight",
            short=_("Provisions"),
        ),
    )


def institutions(material: Material) -> blocks.Section | None:
    """What the guide questions of step 2 ask of every institution, and how every partnership works."""
    desk = material.desk
    tables = [governance.mandates(desk)] if desk.institutions else []
    if desk.says:
        tables += governance.strengths(desk)
    tables += governance.together(desk)
    if rows := [row for one in desk.institutions for row in _facts(one.name, _of_institution(one))]:
        tables.append(_table(_("The institutions in detail"), "institutions-in-full", rows))
    if rows := [row for one in desk.partnerships for row in _facts(one.title, _of_partnership(one))]:
        tables.append(_table(_("Partnerships and mechanisms in detail"), "partnerships-in-full", rows))
    if not tables:
        return None
    return blocks.Section(wording.INSTITUTIONS, _("Institutions and partnerships"), blocks=tuple(tables))


def _table(caption: str, key: str, rows: list[blocks.Row]) -> blocks.Table:
    columns = (blocks.Column(_("What"), 30), blocks.Column(_("As found"), 70))
    return blocks.Table(caption, columns, tuple(rows), key=key, style="tight")


def _facts(name: str, found: Iterable[tuple[str, str]]) -> list[blocks.Row]:
    rows = [blocks.Row((label, _typed(text))) for label, text in found if text.strip()]
    return [blocks.Row((_typed(name),), style="band"), *rows] if rows else []


def _of_institution(one: Institution) -> list[tuple[str, str]]:
    return [
        (_("Kind"), str(one.get_kind_display())),
        (_("Mandate"), one.mandate),
        (_("Special mandate on TCN integration"), _rated(one.tcn_mandate, one.tcn_mandate_text)),
        (_("Responsible for urban security"), _rated(one.urban_security)),
        (_("Responsibilities"), one.responsibilities),
        (_("New measures for public safety"), one.measures),
        (_("Work with community leaders, NGOs and citizens’ groups"), one.cooperation),
        (_("Barriers to consulting TCN"), one.barriers),
        (_("Sufficient capacity, skills and resources"), _rated(one.capacity, one.capacity_text)),
        (_("What needs improvement"), one.improvement),
    ]


def _rated(value: str, text: str = "") -> str:
    """A rating with its explanation; either may be missing."""
    said = str(Rating(value).label) if value else ""
    return ". ".join(part for part in (said, text.strip()) if part)


def _of_partnership(one: Partnership) -> list[tuple[str, str]]:
    who = [row.name for row in one.institutions.all()] + ([one.others] if one.others else [])
    return [(_("Who takes part"), listed(who)), (_("How it works"), one.text)] if one.text.strip() else []
