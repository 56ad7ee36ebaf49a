"""The outline of the City Audit Report, exactly as the toolkit prescribes (toolkit, "City Audit Report Structure").

Keys never change: blocks and saved texts hang on them. Titles, page budgets and required points are the toolkit's;
the points are put to the writer in our words, as a list of what belongs in the section.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Point:
    """Something the toolkit asks the section to contain."""

    key: str
    text: Any


@dataclass(frozen=True)
class Entry:
    """A section of the outline. `pages` is the toolkit's (least, most) number of A4 pages, None where it gives none.

    `method` names the method whose results the section presents; a method that was not carried out appears as an
    honest sentence. `written` is False where the team has nothing to write (title page, contents).
    """

    key: str
    title: Any
    part: Any = ""
    number: str = ""
    pages: tuple[float, float] | None = None
    points: tuple[Point, ...] = ()
    method: str = ""
    written: bool = True
    entries: tuple[Entry, ...] = ()


AREAS = _(
    "How far the city’s strategies, policies and measures answer the four areas: vision and services, participation "
    "and inclusion, urban environment, attitudes"
)

OUTLINE = (
    Entry(
        "title_page",
        _("Title page"),
        points=(
            Point("title", _("Title of the document")),
            Point("logos", _("Logos of the city and its partners")),
            Point("authors", _("Names of the authors")),
            Point("disclaimer", _("Disclaimer: the European Commission is not responsible for the content")),
        ),
        written=False,
    ),
    Entry("toc", _("Contents"), written=False),
    Entry(
        "executive_summary",
        _("Executive summary"),
        pages=(1, 1.5),
        points=(
            Point("findings", _("Main findings")),
            Point("conclusions", _("Conclusions and outlook")),
            Point("recommendations", _("Main recommendations")),
            Point("areas", AREAS),
        ),
    ),
    Entry(
        "introduction",
        _("Introduction"),
        pages=(1, 1),
        points=(Point("project", _("Short description of the project or initiative that carried out the audit")),),
    ),
    Entry(
        "part_1",
        _("City context"),
        part=_("Part I"),
        pages=(1, 2),
        points=(
            Point("population", _("Population and territory, over at least three years")),
            Point("tcn", _("Statistics on third-country nationals, over at least three years")),
            Point("situation", _("Social, economic and political situation")),
            Point("responses", _("Social and political responses to TCN and migrants")),
            Point("attitudes", _("Overview of attitudes towards TCN and migrants")),
        ),
    ),
    Entry(
        "part_2",
        _("Main audit findings"),
        part=_("Part II"),
        pages=(5, 8),
        written=False,
        entries=(
            Entry(
                "desk_research",
                _("Desk research"),
                number="2.1",
                method="deskresearch",
                points=(
                    Point("documents", _("Documents, regulations and programmes reviewed")),
                    Point("provisions", _("Their provisions on urban security and TCN integration")),
                    Point(
                        "effectiveness", _("Effectiveness: cost, impact, alignment with city, national and EU policy")
                    ),
                    Point(
                        "vision", _("How far the city’s vision addresses services, participation, urban environment")
                    ),
                    Point("agencies", _("Agencies, institutions and mechanisms for TCN integration")),
                    Point("governance", _("Strengths and weaknesses of the governance model")),
                    Point("partnerships", _("Partnerships, and how citizens and TCN are involved")),
                    Point(
                        "cooperation", _("Co-operation and consultation between public bodies, civil society and TCN")
                    ),
                ),
            ),
            Entry(
                "focus_groups",
                _("Focus groups"),
                number="2.2",
                method="focusgroups",
                points=(
                    Point("participants", _("Number of participants")),
                    Point("themes", _("Main themes discussed")),
                    Point("results", _("Main results of the discussion in each area")),
                    Point("interest", _("Themes that stirred most interest")),
                    Point("success", _("Main successes and challenges of integration")),
                    Point("recommendations", _("Recommendations and suggestions")),
                ),
            ),
            Entry(
                "city_tours",
                _("City tours and checklists"),
                number="2.3",
                method="checklists",
                points=(
                    Point("tours", _("Number of tours and participants, by group")),
                    Point("locations", _("Locations visited")),
                    Point("results", _("Main findings based on the checklist")),
                    Point("extremes", _("Best-assessed and most challenging aspects in each area")),
                    Point("ideas", _("Ideas for improvement of each section")),
                ),
            ),
            Entry(
                "photovoice",
                _("Photovoice"),
                number="2.4",
                method="photovoice",
                points=(
                    Point("participants", _("Number and type of participants")),
                    Point("topics", _("Topics addressed")),
                    Point("deficiencies", _("Deficiencies: most common, urgent, subtle and hard to discern")),
                    Point("achievements", _("Achievements")),
                    Point("way_ahead", _("The way ahead: ideas, possible actions and solutions")),
                ),
            ),
        ),
    ),
    Entry(
        "part_3",
        _("Conclusions and recommendations"),
        part=_("Part III"),
        pages=(1, 1.5),
        points=(
            Point("conclusions", _("Main conclusions of the research")),
            Point("recommendations", _("Recommendations to local and regional bodies responsible for TCN integration")),
            Point("areas", _("How policy and practice can be improved in each of the four areas")),
        ),
    ),
)


def walk(entries: tuple[Entry, ...] = OUTLINE) -> Iterator[Entry]:
    """All entries in reading order, a parent before its children."""
    for entry in entries:
        yield entry
        yield from walk(entry.entries)


def get(key: str) -> Entry:
    """The entry of that key; raises KeyError."""
    return ENTRIES[key]


ENTRIES = {entry.key: entry for entry in walk()}
