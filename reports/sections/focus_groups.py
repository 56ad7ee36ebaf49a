"""Part II, 2.2: focus groups (toolkit, "Focus Groups" of the report structure).

Several groups summed up: how many people, main themes, results in each area, what stirred most interest, successes and
challenges, recommendations. Everything that one group said, question by question, stands in the annex.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from audits.enums import Area
from audits.methods import Missing
from focusgroups.enums import Sufficiency
from focusgroups.printed import report
from focusgroups.printed.report import points_of, typed
from focusgroups.results import Session
from reports.document import blocks
from reports.document.numbers import listed, number
from reports.live import live
from reports.material import Material
from reports.sections import words
from reports.sections.composition import Check, Composition, Slot, either, text

METHOD = "focusgroups"
ANNEX = "annex-groups"
RESULT_WORDS, INTEREST_WORDS, MOST_POINTS = 40, 30, 3
"""How much of each text stands here; in full they stand in the annex."""

HEADINGS = {
    "results": gettext_lazy("What the groups discussed in each area"),
    "interest": gettext_lazy("What stirred most interest"),
    "success": gettext_lazy("Successes and challenges of integration"),
    "recommendations": gettext_lazy("Recommendations and suggestions of the groups"),
}


def _heading(key: str, title) -> None:
    @live(f"focus_groups.{key}", title, heading=True)
    def heading(material: Material):
        return (blocks.Section(f"focus_groups.{key}", str(title), in_contents=False),)


for _key, _title in HEADINGS.items():
    _heading(_key, _title)


@live("focus_groups.groups", gettext_lazy("Groups, participants and themes"))
def groups(material: Material):
    """What was held: each group with its day, its moderator and its people, then the themes of all."""
    if not material.sessions:
        return ()
    rows = [blocks.Row((f"{one.group.title}, {words.day(one.group.date)}", _who(one))) for one in material.sessions]
    if themes := _merged(material, lambda one: [report.theme(line) for line in one.group.topic_lines]):
        rows.append(blocks.Row((_("Main themes"), blocks.Points(tuple(themes)))))
    said = _("%(people)s in %(groups)s. Every question of every group: [[%(annex)s]].") % {
        "people": _people(sum(one.people for one in material.sessions)),
        "groups": _groups(len(material.sessions)),
        "annex": ANNEX,
    }
    if any(one.hides_people for one in material.sessions):
        said = f"{said} {report.HIDDEN}"
    rows.append(blocks.Row((_("In all"), said)))
    columns = (blocks.Column(_("What"), 34), blocks.Column(_("Which"), 66))
    return (blocks.Table(_("Focus groups"), columns, tuple(rows), style="facts", numbered=False),)


def _people(count: int) -> str:
    said = ngettext("%(number)s person took part", "%(number)s people took part", count)
    return said % {"number": number(count)}


def _groups(count: int) -> str:
    return ngettext("%(number)s focus group", "%(number)s focus groups", count) % {"number": number(count)}


def _who(one: Session) -> str:
    said = report.participants(one)
    if one.group.moderator:
        said = _("%(people)s. Moderator: %(name)s") % {"people": said, "name": typed(one.group.moderator)}
    return said


@live("focus_groups.areas", gettext_lazy("Results of the groups by area"))
def areas(material: Material):
    """Each area: whether the participants had enough information, and the main results of each group."""
    rows: list[blocks.Row] = []
    for area in Area:
        found = [(one, one.areas[area]) for one in material.sessions if area in one.areas]
        if found:
            rows.append(blocks.Row((str(area.short),), style="band", area=area.value))
        rows += [
            blocks.Row((one.group.title, _level(row.sufficiency), _short(row.results, RESULT_WORDS)))
            for one, row in found
        ]
    if not rows:
        return ()
    table = blocks.Table(
        _("Main results of the discussion in each area"),
        (
            blocks.Column(_("Group"), 22),
            blocks.Column(_("Enough information"), 18),
            blocks.Column(_("Main results"), 60),
        ),
        tuple(rows),
        key="group-results",
        style="tight",
        source=_("What information was lacking and why, and every question: [[%(annex)s]].") % {"annex": ANNEX},
        short=_("Results of the focus groups"),
    )
    said = " ".join([*_levels(material), *_places(material)])
    return (table, blocks.Paragraph(said, "note")) if said else (table,)


def _level(value: str) -> blocks.Level | None:
    sufficiency = Sufficiency(value)
    if sufficiency == Sufficiency.UNKNOWN:
        return None
    return blocks.Level(report.SUFFICIENCY[sufficiency], str(sufficiency.label))


def _levels(material: Material) -> Iterable[str]:
    """The question on levels in one sentence; each group's bars stand in the annex.

    A level that one group does not show is not shown of all together: the others stand in the annex, to be subtracted.
    """
    tallies = [(one, tally) for one in material.sessions for tally in one.tallies]
    if not tallies:
        return
    counts: dict[str, int | None] = {}
    for one, tally in tallies:
        for level, people in tally.counts:
            name = str(one.texts[level, "title"])
            before = counts.get(name, 0)
            counts[name] = None if people is None or before is None else before + people
    levels = [f"{name.lower()} {number(people)}" for name, people in counts.items() if people is not None]
    everybody = number(sum(tally.people for _one, tally in tallies))
    if not levels:
        said = _("%(people)s people judged the level of social inclusion; how many chose which level is not shown.")
        yield said % {"people": everybody}
        return
    if len(levels) < len(counts):
        levels.append(_("others: not shown"))
    said = _("The level of social inclusion, as %(people)s people judged it: %(levels)s.")
    yield said % {"people": everybody, "levels": listed(levels)}


def _places(material: Material) -> Iterable[str]:
    """How many hot spots may be published, and where they are told."""
    published = sum(len(one.hot_spots) for one in material.sessions)
    if published:
        said = ngettext(
            "%(number)s place that participants named as unsafe is published, with a plan, in [[%(annex)s]].",
            "%(number)s places that participants named as unsafe are published, with a plan, in [[%(annex)s]].",
            published,
        )
        yield said % {"number": number(published), "annex": ANNEX}


@live("focus_groups.interest.themes", gettext_lazy("Themes that stirred most interest"))
def interest(material: Material):
    said = []
    for one in material.sessions:
        found = one.conclusions
        if found is None:
            continue
        ideas = listed([code.name for code in found.interest_codes.all()])
        parts = [ideas and f"{typed(ideas)}.", _short(found.interest, INTEREST_WORDS)]
        if line := " ".join(part for part in parts if part):
            # Translators: a point of a list: a focus group, and what stirred it
            said.append(_("%(group)s: %(what)s") % {"group": _strong(one.group.title), "what": words.safe(line)})
    return (blocks.RichText(words.bulleted(said), side=str(HEADINGS["interest"]), style="note"),) if said else ()


@live("focus_groups.success.points", gettext_lazy("Successes and challenges that the groups named"))
def success(material: Material):
    nodes = []
    for title, field in ((_("Main successes"), "successes"), (_("Main challenges"), "challenges")):
        nodes += _points(title, _said(material, field))
    return nodes


@live("focus_groups.recommendations.points", gettext_lazy("Recommendations of the groups"))
def recommendations(material: Material):
    return _points(_("Recommendations of the groups"), _said(material, "recommendations"))


def _said(material: Material, field: str) -> list[str]:
    """The points of a field of all groups' conclusions: the first of every group, then the second ones, and so on."""
    return _merged(material, lambda one: points_of(getattr(one.conclusions, field)) if one.conclusions else [])


def _merged(material: Material, lines: Callable[[Session], list[str]]) -> list[str]:
    """Lines of all groups in turn, each once."""
    placed = [(place, line) for one in material.sessions for place, line in enumerate(lines(one))]
    return list(dict.fromkeys(typed(line) for _place, line in sorted(placed, key=lambda row: row[0])))


def _points(side: str, found: list[str]) -> list[blocks.RichText]:
    """The first points of several groups; the annex has them all."""
    if not found:
        return []
    html = words.bulleted(words.safe(line) for line in found[:MOST_POINTS])
    if len(found) > MOST_POINTS:
        said = _("%(number)s more in [[%(annex)s]].") % {"number": number(len(found) - MOST_POINTS), "annex": ANNEX}
        html = html.replace("</ul>", f"<li>{said}</li></ul>")
    return [blocks.RichText(html, side=side, style="note")]


def _short(text: str, most: int) -> str:
    return Truncator(typed(text)).words(most, truncate=" …")


def _strong(text: str) -> str:
    return f"<strong>{words.safe(typed(text))}</strong>"


@live("focus_groups.findings", gettext_lazy("Findings from focus groups"))
def findings(material: Material):
    return words.findings_of(material, METHOD)


COMPOSITION: Composition = (
    "focus_groups.groups",
    Slot(
        "participants",
        gettext_lazy("Participants and main themes"),
        gettext_lazy(
            "How many groups, how many people of which kind, what was discussed. Groups of fewer than 5 people "
            "are not named on their own."
        ),
    ),
    "focus_groups.results",
    "focus_groups.areas",
    Slot("results", HEADINGS["results"]),
    "focus_groups.interest.themes",
    Slot("interest", HEADINGS["interest"]),
    "focus_groups.success.points",
    Slot("success", HEADINGS["success"]),
    "focus_groups.recommendations.points",
    Slot("recommendations", HEADINGS["recommendations"]),
    "focus_groups.findings",
)


def _list_page(material: Material) -> str:
    return reverse("focusgroups:list", args=[material.audit.slug])


def _found(found: Callable[[Session], object], missing: Callable[[], str], slot: str) -> Check:
    """A point that is met by what a closed group has left, or by the team's own text."""

    def check(material: Material, written: Collection[str]) -> Missing | None:
        if any(found(one) for one in material.sessions):
            return None
        return Missing(missing(), _list_page(material))

    return either(check, text(slot, missing=""))


def _results(material: Material, written: Collection[str]) -> Missing | None:
    """Each of the four areas needs the results of a group."""
    there = {area for one in material.sessions for area, row in one.areas.items() if row.results.strip()}
    without = [str(area.short) for area in Area if area not in there]
    if not without:
        return None
    return Missing(_("No results of a group yet: %(areas)s.") % {"areas": "; ".join(without)}, _list_page(material))


def _concluded(*fields: str) -> Callable[[Session], bool]:
    return lambda one: (
        one.conclusions is not None and all(str(getattr(one.conclusions, field)).strip() for field in fields)
    )


POINTS: dict[str, Check] = {
    "participants": _found(
        lambda one: one.people, lambda: _("No closed group has anybody on its seats yet."), "participants"
    ),
    "themes": _found(
        lambda one: one.group.topic_lines, lambda: _("The main themes are not described yet."), "participants"
    ),
    "results": either(_results, text("results", missing="")),
    "interest": _found(
        lambda one: one.conclusions and (one.conclusions.interest.strip() or one.conclusions.interest_codes.all()),
        lambda: _("What stirred most interest is not described yet."),
        "interest",
    ),
    "success": _found(
        _concluded("successes", "challenges"),
        lambda: _("Successes and challenges are not described yet."),
        "success",
    ),
    "recommendations": _found(
        _concluded("recommendations"),
        lambda: _("There are no recommendations of the groups yet."),
        "recommendations",
    ),
}
